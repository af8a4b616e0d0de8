"""A municipality's cases as an event log, as many as asked for: the fictional cases, moved in time and grown.

Each case is one of the twenty with every day moved by the same number of days, so what came before what stays as it
was, over both laws; with later notifications taken from others of the twenty, and most of them closed in the end. The
same seed gives the same file. Nothing is kept in memory but the twenty.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from guide.demo import LOG
from store.event_log import COLUMNS

LAST_DAY = date(2025, 6, 30)
"""What is recorded last in the youngest case; the cases are looked at as of this day."""
YEARS = 9
"""Over so many years the cases end."""
TEAMS = tuple(f"team-{letter}" for letter in "abcdefgh")
STAFF = tuple(f"{a}{b}" for a in "ABCDEFGHKLMNPRST" for b in "ABCDEFGHKLMNPRST")
ROWS_A_CASE = 60
_OPEN = 0.3
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(.*)", re.ASCII)
_AT = {name: at for at, name in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class _Case:
    """One of the twenty: its rows as cells, the days it spans, the items it knows, its first notification."""

    rows: list[list[str]]
    first: date
    last: date
    items: frozenset[str]
    notification: list[list[str]]


def write(path: Path, cases: int, seed: int = 1) -> int:
    """Write ``cases`` cases to ``path`` as an event log; about ROWS_A_CASE rows each. Returns how many rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows(cases, seed):
            writer.writerow(row)
            count += 1
    return count


def rows(cases: int, seed: int = 1) -> Iterator[list[str]]:
    """The cells of every row, case by case."""
    chance = random.Random(seed)
    kinds = _twenty()
    for number in range(cases):
        kind = chance.choice(kinds)
        ends = LAST_DAY - timedelta(days=int(chance.random() * YEARS * 365))
        grown = _grown(kind, kinds, chance)
        last = max(day for day, _ in grown)
        found = [_moved(row, ends - last + (day - _day(row))) for day, row in grown]
        if chance.random() > _OPEN and ends < LAST_DAY - timedelta(days=120):
            found += _closed(ends + timedelta(days=60))
        yield from _named(found, number, chance)


def _twenty() -> list[_Case]:
    with LOG.open(encoding="utf-8", newline="") as stream:
        log = list(csv.reader(stream, delimiter=";"))[1:]
    by_case: dict[str, list[list[str]]] = {}
    for row in log:
        by_case.setdefault(row[_AT["case"]], []).append(row)
    return [_read(found) for found in by_case.values()]


def _read(found: list[list[str]]) -> _Case:
    # The twenty were all reviewed on one day, long after some; here a review comes with the last row of its case.
    days = [_day(row) for row in found if not _of_review(row)]
    items = frozenset(row[_AT["items"]] for row in found if row[_AT["kind"]] == "item")
    notification = [row for row in found if row[_AT["run"]] == "underretning-1"]
    return _Case(found, min(days), max(days), items, notification)


def _of_review(row: list[str]) -> bool:
    return row[_AT["procedure"]] == "sagsgennemgang"


def _grown(kind: _Case, kinds: list[_Case], chance: random.Random) -> list[tuple[date, list[str]]]:
    """The case's rows, each with its day, and later notifications until there are about ROWS_A_CASE."""
    grown = [(min(_day(row), kind.last), row) for row in kind.rows]
    runs = 1 + sum(row[_AT["kind"]] == "run" and row[_AT["procedure"]] == "underretning" for row in kind.rows)
    begins = kind.last
    while len(grown) < ROWS_A_CASE - 8:
        begins += timedelta(days=chance.randint(20, 200))
        other = chance.choice(kinds)
        if not other.notification:
            continue
        shift = begins - _day(other.notification[0])
        for row in other.notification:
            if set(row[_AT["items"]].split(",")) - {""} <= kind.items:
                copy = list(row)
                copy[_AT["run"]] = f"underretning-{runs}"
                copy[_AT["value"]] = "" if row[_AT["kind"]] == "run" else row[_AT["value"]]
                grown.append((_day(row) + shift, copy))
        runs += 1
    return grown


def _closed(day: date) -> list[list[str]]:
    cells = {"procedure": "afslutning", "run": "afslutning-1", "time": day.isoformat(), "by": "LH"}
    cells["recorded"] = f"{day}T15:00"
    return [
        [({"kind": kind, "step": step} | cells).get(name, "") for name in COLUMNS]
        for kind, step in (("run", ""), ("record", "lukket"))
    ]


def _named(found: list[list[str]], number: int, chance: random.Random) -> Iterator[list[str]]:
    case, team, staff = f"S{number:06d}", chance.choice(TEAMS), chance.choice(STAFF)
    ids = {row[_AT["id"]]: f"{case}-{at}" for at, row in enumerate(found)}
    for at, row in enumerate(found):
        row[_AT["id"]], row[_AT["case"]], row[_AT["by"]], row[_AT["version"]] = f"{case}-{at}", case, staff, ""
        row[_AT["replaces"]] = ids[row[_AT["replaces"]]] if row[_AT["replaces"]] else ""
        if row[_AT["kind"]] == "case":
            row[_AT["value"]] = json.dumps(json.loads(row[_AT["value"]]) | {"team": team})
        elif row[_AT["kind"]] == "assignment":
            row[_AT["value"]] = json.dumps({"staff": staff})
        yield row


def _moved(row: list[str], by: timedelta) -> list[str]:
    """A copy of the row, every day in it moved; an hour stands as the clock in Copenhagen showed it."""
    moved = list(row)
    for name in ("time", "recorded"):
        day, hour = _parts(row[_AT[name]])
        if day is not None:
            moved[_AT[name]] = f"{day + by}{hour[:6]}"
    if moved[_AT["value"]].startswith("{"):
        value = {name: _later(inner, by) for name, inner in json.loads(moved[_AT["value"]]).items()}
        moved[_AT["value"]] = json.dumps(value, ensure_ascii=False)
    return moved


def _later(value: object, by: timedelta) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (date.fromisoformat(value) + by).isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d", value):
        return (date.fromisoformat(f"{value}-15") + by).isoformat()[:7]
    return value


def _parts(text: str) -> tuple[date | None, str]:
    found = _DAY.fullmatch(text)
    return (date.fromisoformat(found[1]), found[2]) if found else (None, "")


def _day(row: list[str]) -> date:
    day, _ = _parts(row[_AT["time"]] or row[_AT["recorded"]])
    assert day is not None
    return day
