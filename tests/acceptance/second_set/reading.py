"""The second set's tables read: skeletons, rounds and the numbers counted by hand. Nothing here judges a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

PAGE = Path(__file__).with_name("sager.md")
LEFT_OUT, OUTSIDE = "ude", "uden for"

Facts = dict[str, str]
Outcomes = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One case in one round: which it is, and measure -> code, ``ok`` or ``ude`` where it is not ``ok``."""

    case: str
    outcomes: Outcomes
    outside: bool


@dataclass(frozen=True)
class Round:
    """A round of the page: its period, and the cases its table names."""

    number: int
    start: date
    end: date
    entries: tuple[Entry, ...]


@cache
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def pairs(cell: str) -> Facts:
    parts = (part.partition(": ") for part in cell.split("; ") if part)
    return {key.strip(): value.strip() for key, _, value in parts}


def outcomes(cell: str) -> Outcomes:
    return dict(part.strip().rsplit(" ", 1) for part in cell.split("; ") if part.strip())


def skeleton(name: str) -> tuple[Facts, Outcomes]:
    """The facts and outcomes of a skeleton, with those of the one it builds on."""
    body = re.search(rf"^### {re.escape(name)}$(.*?)(?=^##)", text(), re.MULTILINE | re.DOTALL)
    assert body, name
    facts = dict(re.findall(r"^- ([^:\n]+): (.+)$", body.group(1), re.MULTILINE))
    told = outcomes(facts.pop("udfald", ""))
    before = facts.pop("som", "")
    if not before:
        return facts, told
    older, earlier = skeleton(before)
    return older | facts, earlier | told


def table(heading: str) -> list[list[str]]:
    """The rows of the tables under a heading, cells stripped, without heads and rules."""
    body = text().split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split(" |")] for line in body.splitlines() if line.startswith("|")
    ]
    return [
        [cell.strip("| ") for cell in row]
        for row in rows
        if not row[0].startswith("| ---") and row[0].strip() not in ("", "---")
    ]


@cache
def page() -> tuple[dict[str, Facts], tuple[Round, ...]]:
    """Case -> its facts, and the rounds."""
    cases: dict[str, Facts] = {}
    rounds = []
    for number, start, end in re.findall(r"^## Runde (\d): (\S+) til (\S+),", text(), re.MULTILINE):
        entries = []
        for case, base, differs, _, told in table(f"Runde {number}:"):
            if case == "sag":
                continue
            facts, expected = skeleton(base)
            cases.setdefault(case, facts | pairs(differs))
            outside = told == OUTSIDE
            entries.append(Entry(case, expected | outcomes("" if outside else told), outside))
        rounds.append(Round(int(number), date.fromisoformat(start), date.fromisoformat(end), tuple(entries)))
    return cases, tuple(rounds)


def numbers(number: int) -> dict[str, tuple[int, int] | None]:
    """Measure -> n and m as counted by hand for a round; None where the round does not show it."""
    found: dict[str, tuple[int, int] | None] = {}
    for row in table("Tallene"):
        told = re.fullmatch(r"(\d+) af (\d+)", row[number])
        if told:
            found[row[0]] = (int(told.group(1)), int(told.group(2)))
        elif row[number] == "-":
            found[row[0]] = None
    return found


def types(number: int) -> dict[str, int]:
    """Case type -> how many, as counted by hand; ``i alt`` is all of them."""
    return {row[0]: int(row[number]) for row in table("Tallene") if row[number].isdigit()}
