"""How well and how fast the handbook answers: the question set's two halves, latency, and what an index costs to build.

The set is ``tests/handbook/questions*.csv``: ``law;question;steps``, the steps that answer with a space between them,
none for a question that the handbook does not hold. Half A is every other row of each file from its first and was tuned
on; half B is the rest and was kept apart. ``questions_later.csv`` was written when the search had been tuned once.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.report import Line, median, percentile
from handbook import search, synonyms
from handbook.load import bundled
from handbook.model import Law

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "handbook"
QUESTIONS = (FOLDER / "questions.csv", FOLDER / "questions_later.csv")
LAWS: dict[str, Law] = {"sel": "serviceloven", "bl": "barnets_lov"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to the edition of ``law``; ``steps`` (``procedure#step``) answer it, none when it is outside."""

    law: Law
    text: str
    steps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares from 0 to 1. ``hit1`` and ``hit3`` are of the questions inside, where one called outside is no hit."""

    inside: int
    outside: int
    hit1: float
    hit3: float
    recognised: float
    """Of the questions outside, how many were told to be."""
    turned_away: int
    """Questions inside that were told to be outside."""


def questions() -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """The set's two halves, A and B."""
    files = [_read(path) for path in QUESTIONS]
    return tuple(q for rows in files for q in rows[::2]), tuple(q for rows in files for q in rows[1::2])


def _read(path: Path) -> list[Question]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [Question(LAWS[row["law"]], row["question"], frozenset(row["steps"].split())) for row in rows]


def rates(half: Sequence[Question]) -> Rates:
    """How one half of the set is answered."""
    inside = [question for question in half if question.steps]
    outside = [question for question in half if not question.steps]
    found = [(question, search.ask(bundled(question.law), question.text)) for question in inside]
    told = [(q, [f"{a.page.id}#{a.step.id}" for a in answer.answers]) for q, answer in found if not answer.outside]
    return Rates(
        len(inside),
        len(outside),
        sum(bool(q.steps & set(steps[:1])) for q, steps in told) / len(inside),
        sum(bool(q.steps & set(steps[:3])) for q, steps in told) / len(inside),
        sum(search.ask(bundled(q.law), q.text).outside for q in outside) / len(outside),
        len(inside) - len(told),
    )


def answers() -> list[Line]:
    """Build time, latency, and the rates of both halves."""
    books = [bundled(law) for law in LAWS.values()]
    began = time.perf_counter()
    search.Index(books[0], synonyms.load())
    first = time.perf_counter() - began
    known = synonyms.load()
    built = [_seconds(partial(search.Index, book, known)) for book in books for _ in range(5)]
    halves = questions()
    asked = [q for half in halves for q in half]
    took = [_seconds(partial(search.ask, bundled(q.law), q.text)) for _ in range(3) for q in asked]
    lines = [
        Line("index of one law, the first", first * 1000, "ms", budget=300),
        Line("index of one law, p50", median(built) * 1000, "ms"),
        Line("question -> answers, p50", median(took) * 1000, "ms"),
        Line("question -> answers, p95", percentile(took, 0.95) * 1000, "ms", budget=10),
    ]
    for name, half in zip(("A, tuned on", "B, kept apart"), halves, strict=True):
        found = rates(half)
        lines += [
            Line(f"half {name}: hit@1", found.hit1 * 100, "%", note=f"({found.inside} questions)"),
            Line(f"half {name}: hit@3", found.hit3 * 100, "%", note=f"({found.turned_away} turned away)"),
            Line(f"half {name}: outside recognised", found.recognised * 100, "%", note=f"({found.outside} questions)"),
        ]
    return lines


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
