"""Small cases and pages for tests: events said in one line each, pages written as they stand in the handbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from checklists.calendar import TZ, end_of_day
from checklists.facts import fold
from checklists.progress import assess
from checklists.states import Progress, StepState
from handbook.load import bundled
from handbook.model import Handbook
from handbook.page import read

SEL = bundled("serviceloven")
ENTERED = datetime(2030, 1, 1, tzinfo=UTC)
"""Entered long after: when a record was entered must never decide anything."""


@dataclass(frozen=True)
class Row:
    """An event as the store would hand it over."""

    id: str
    kind: str
    case: str = "S-1"
    run: str = ""
    procedure: str = ""
    step: str = ""
    items: tuple[str, ...] = ()
    day: date | None = None
    at: datetime | None = None
    value: Any = None
    by: str = "LH"
    note: str = ""
    recorded: datetime = ENTERED
    replaces: str = ""
    version: str = ""


def moment(text: str) -> tuple[date, datetime | None]:
    """``2019-03-01`` or ``2019-03-01 15:40`` (Copenhagen) as day and instant."""
    if len(text) == 10:
        return date.fromisoformat(text), None
    local = datetime.fromisoformat(text).replace(tzinfo=TZ)
    return local.date(), local.astimezone(UTC)


class Log:
    """Collects rows; every method returns the row's id so that a later one can replace it."""

    def __init__(self, known: str = "2019-01-01", born: str = "2009-11") -> None:
        self.rows: list[Row] = []
        self._add("case", known, value={"born": born, "known_from": known, "team": "t"})

    def _add(self, kind: str, when: str, **columns: Any) -> str:
        day, at = moment(when)
        row = Row(id=f"e{len(self.rows):03d}", kind=kind, day=day, at=at, **columns)
        self.rows.append(row)
        return row.id

    def item(
        self, item: str, when: str, type_: str = "foranstaltning", kind: str = "kontaktperson", **value: Any
    ) -> str:
        return self._add("item", when, items=(item,), value={"type": type_, "kind": kind, "label": item, **value})

    def holder(self, staff: str, when: str) -> str:
        return self._add("assignment", when, value={"staff": staff})

    def run(self, run: str, when: str, replaces: str = "", **value: Any) -> str:
        procedure = run.rpartition("-")[0]
        return self._add("run", when, run=run, procedure=procedure, value=value or None, replaces=replaces)

    def step(self, path: str, when: str, value: Any = None, items: str = "", replaces: str = "") -> str:
        run, _, step = path.partition("/")
        listed = tuple(items.split()) if items else ()
        procedure = run.rpartition("-")[0]
        return self._add("record", when, run=run, procedure=procedure, step=step, items=listed, value=value,
                         replaces=replaces)  # fmt: skip

    def assess(self, today: str, book: Handbook = SEL, rows: Iterable[Row] | None = None) -> Progress:
        day, at = moment(today)
        now = at or end_of_day(day)
        return assess(fold("S-1", self.rows if rows is None else rows, now), {book.law: book}, now)


def page(text: str) -> Handbook:
    """A handbook of the one page ``text``: steps of a procedure ``proeve`` without its front matter and title."""
    front = "---\nid: proeve\ntitel: Prøve\nlov: serviceloven\nhjemmel: SEL § 1\nmodpart: ingen\n---\n\n"
    found = read(f"{front}# Prøve\n\nKort.\n\n{text}".encode(), Path("proeve.md"))
    assert found.procedure is not None
    assert not found.faults
    return Handbook("serviceloven", {"proeve": found.procedure})


def state(progress: Progress, path: str, item: str = "") -> StepState:
    """The step instance at ``run/step``; the run is empty for one that is only expected."""
    run, _, step = path.partition("/")
    found = progress.find(run or None, step, item)
    assert found is not None, f"{path} {item} does not stand"
    return found


def told(progress: Progress) -> list[str]:
    """Every finding as ``run/step item kind code``."""
    return [
        " ".join(filter(None, (f"{f.run or f.procedure}/{f.step}", *f.items, f.kind, f.code)))
        for f in progress.findings
    ]
