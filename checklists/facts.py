"""A case as recorded: events folded into runs, items and records. Corrections applied, order of arrival irrelevant.

An event is anything with the attributes of ``Event`` (the store's rows have them); this room does not import the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from checklists.calendar import local_day, start_of_day

NOTE = "note"
"""The step id of a free note; it belongs to no procedure's page."""

JOURNAL, SPARRING = "journal", "sparring"
"""Step ids of records of the case as a whole (no run): rows journalised, and what a talk with colleagues came to."""

MENTOR = "mentor"
"""What the note of a mentor's sign-off carries besides its text: the mentor's initials."""


class Event(Protocol):
    """One row of the event log, parsed. ``day`` is the local day it happened; ``at`` the instant, if known."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def case(self) -> str: ...
    @property
    def run(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def items(self) -> tuple[str, ...]: ...
    @property
    def day(self) -> date | None: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def value(self) -> Any: ...
    @property
    def by(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def recorded(self) -> datetime: ...
    @property
    def replaces(self) -> str: ...
    @property
    def version(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Record:
    """A step recorded. ``status`` is done, planned, attempted, awaiting or left out.

    ``day`` is when it happened (for planned: the agreed day; for awaiting: when it was asked for), local to
    Europe/Copenhagen; ``at`` the aware instant when the hour is known. ``value`` holds the page's named fields;
    a bare JSON value stands under the empty key.
    """

    id: str
    run: str
    step: str
    items: tuple[str, ...]
    day: date
    at: datetime | None
    status: str
    value: Mapping[str, Any]
    by: str
    note: str
    recorded: datetime
    version: str

    @property
    def signs_off(self) -> bool:
        """True for a mentor's sign-off: it is about a colleague's training, and nothing happened in the case by it."""
        return self.step == NOTE and bool(self.value.get(MENTOR))


@dataclass(frozen=True, slots=True)
class Item:
    """A measure, custody holder, sibling or piece of information: pseudonymous, valid from ``start`` to ``end``."""

    id: str
    type: str
    kind: str
    label: str
    start: date
    end: date | None
    run: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who holds the case from ``start`` (a local day) to the next assignment or ``end``."""

    staff: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Run:
    """A procedure under way. ``serves`` and ``opened_by`` are run ids; ``links`` are anchors the caseworker chose."""

    id: str
    procedure: str
    start: date
    end: date | None
    serves: str
    opened_by: str
    version: str
    records: Mapping[str, tuple[Record, ...]]
    """Step id -> live records, oldest first."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Procedure id -> run id, where several were possible and the caseworker was asked."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything recorded about one case that had happened by ``now``."""

    id: str
    born: str
    """``2009-11`` or ``2002-02-21``; empty when not recorded."""
    known_from: date | None
    team: str
    runs: Mapping[str, Run]
    items: Mapping[str, Item]
    assignments: tuple[Assignment, ...]
    notes: tuple[Record, ...]
    last_recorded: date | None
    """The latest local day on which something happened in the case."""
    sparrings: tuple[Record, ...] = ()
    """What talks with colleagues came to, oldest first."""
    marks: tuple[Record, ...] = ()
    """Rows said to stand in the journal, as they were said: no event in the child's life."""

    @property
    def journalised(self) -> frozenset[str]:
        """Ids of the records that stand in the journal. A corrected record has an id of its own, and does not."""
        named = (mark.value.get("records") for mark in self.marks)
        return frozenset(str(one) for ids in named if isinstance(ids, list) for one in ids)


def fold(case_id: str, events: Iterable[Event], now: datetime) -> Case:
    """The case as it stood at ``now`` (an aware instant), whatever order ``events`` arrive in.

    Events of other cases are left out, replaced and withdrawn ones too, and what happened after ``now``. When a row
    was entered only breaks ties. Planned records count from the day they were agreed (always, when that is unknown).
    """
    own = [e for e in events if e.case == case_id]
    replaced = {e.replaces for e in own if e.replaces}
    live = sorted((e for e in own if e.id not in replaced and not _withdrawn(e)), key=_order)
    today = local_day(now)
    happened = [e for e in live if _has_happened(e, now, today)]

    about: dict[str, Any] = {}
    for event in happened:
        if event.kind == "case" and isinstance(event.value, Mapping):
            about.update(event.value)
    every = [_record(e) for e in happened if e.kind == "record"]
    marks = tuple(r for r in every if r.step == JOURNAL and not r.run)
    sparrings = tuple(r for r in every if r.step == SPARRING and not r.run)
    records = [r for r in every if r.run or r.step != JOURNAL]
    return Case(
        id=case_id,
        born=str(about.get("born", "") or ""),
        known_from=_day(about.get("known_from")) or next((e.day for e in happened if e.kind == "case"), None),
        team=str(about.get("team", "") or ""),
        runs=_runs(happened, [r for r in records if r.run and r.step != NOTE]),
        items=_items(happened),
        assignments=_assignments(happened),
        notes=tuple(r for r in records if r.step == NOTE),
        last_recorded=max((r.day for r in records if r.status != "planned" and not r.signs_off), default=None),
        sparrings=sparrings,
        marks=marks,
    )


def _order(event: Event) -> tuple[date, datetime, datetime, str]:
    day = event.day or date.min
    return (day, event.at or start_of_day(day) if event.day else event.recorded, event.recorded, event.id)


def _withdrawn(event: Event) -> bool:
    return isinstance(event.value, Mapping) and event.value.get("status") == "withdrawn"


def happens(event: Event) -> date | datetime | None:
    """From when an event counts: an aware instant, a local day, or None for always."""
    if event.kind == "case" or event.kind == "staff":
        return None
    if isinstance(event.value, Mapping) and event.value.get("status") == "planned":
        return _day(event.value.get("agreed"))
    return event.at if event.at is not None else event.day


def _has_happened(event: Event, now: datetime, today: date) -> bool:
    when = happens(event)
    return when is None or (when <= now if isinstance(when, datetime) else when <= today)


def _record(event: Event) -> Record:
    value = event.value
    named: Mapping[str, Any] = value if isinstance(value, Mapping) else ({} if value is None else {"": value})
    return Record(
        id=event.id,
        run=event.run,
        step=event.step,
        items=event.items,
        day=event.day or local_day(event.recorded),
        at=event.at,
        status=str(named.get("status") or "done"),
        value=named,
        by=event.by,
        note=event.note,
        recorded=event.recorded,
        version=event.version,
    )


def _runs(events: list[Event], records: list[Record]) -> dict[str, Run]:
    steps: dict[str, dict[str, list[Record]]] = {}
    for record in records:
        steps.setdefault(record.run, {}).setdefault(record.step, []).append(record)
    rows = {e.run: e for e in events if e.kind == "run"}
    implied = {e.run: e for e in reversed(events) if e.kind == "record" and e.run and e.run not in rows}
    runs = {}
    for run_id, event in (rows | implied).items():
        value: Mapping[str, Any] = event.value if event.kind == "run" and isinstance(event.value, Mapping) else {}
        links = value.get("links")
        runs[run_id] = Run(
            id=run_id,
            procedure=event.procedure,
            start=event.day or local_day(event.recorded),
            end=_day(value.get("to")),
            serves=str(value.get("serves") or ""),
            opened_by=str(value.get("opened_by") or ""),
            version=event.version,
            records={step: tuple(found) for step, found in steps.get(run_id, {}).items()},
            links={str(k): str(v) for k, v in links.items()} if isinstance(links, Mapping) else {},
        )
    return dict(sorted(runs.items(), key=lambda pair: (pair[1].start, pair[0])))


def _items(events: list[Event]) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for event in events:
        if event.kind != "item" or not event.items:
            continue
        value: Mapping[str, Any] = event.value if isinstance(event.value, Mapping) else {}
        item_id = event.items[0]
        before = items.get(item_id)
        items[item_id] = Item(
            id=item_id,
            type=str(value.get("type") or (before.type if before else "")),
            kind=str(value.get("kind") or (before.kind if before else "")),
            label=str(value.get("label") or (before.label if before else "")),
            start=before.start if before else event.day or local_day(event.recorded),
            end=_day(value.get("to")) or (before.end if before else None),
            run=event.run or (before.run if before else ""),
        )
    return items


def _assignments(events: list[Event]) -> tuple[Assignment, ...]:
    found = []
    for event in events:
        if event.kind == "assignment" and event.day:
            value: Mapping[str, Any] = event.value if isinstance(event.value, Mapping) else {}
            found.append(Assignment(str(value.get("staff") or event.by), event.day, _day(value.get("to"))))
    return tuple(found)


def _day(value: object) -> date | None:
    """The date in an ISO text (``2019-11`` counts as its first day), or None."""
    if not isinstance(value, str) or len(value) < 7:
        return None
    try:
        return date.fromisoformat(value[:10] if len(value) >= 10 else value[:7] + "-01")
    except ValueError:
        return None
