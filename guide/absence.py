"""Absence: cover somebody's cases for a while, or move them. Ordinary assignment rows, all or none, undone in one go.

A cover ends by itself: after its last day the case is back with whoever held it. Deadlines that have passed stay with
whoever held the case then; that is why neither can begin before today.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checklists import calendar
from checklists.facts import NOTE
from checklists.summary_model import Summary
from checklists.wording import spell
from guide import intake
from guide.casework import Casework
from guide.dialogue import opening
from guide.dialogue.scene import Scene
from guide.turns import Draft
from store.errors import StoreError
from store.events import Event

HANDOVER = "overdragelse"

_AT_ONCE = timedelta(milliseconds=1)
"""The rows one change writes in a case are this close together (see ``guide.recording``)."""


@dataclass(frozen=True, slots=True)
class Change:
    """Cases of ``who`` go to ``to`` from the local day ``start``; up to and with ``until``, or for good when None.

    ``message`` is a short word for whoever takes over, kept as a note in each case. ``handover`` opens the procedure
    overdragelse in each.
    """

    who: str
    to: str
    start: date
    until: date | None
    cases: tuple[str, ...]
    message: str = ""
    handover: bool = False

    @property
    def told(self) -> str:
        """What it says in each case, and what it is found by when it is undone."""
        if self.until is None:
            return f"{_marks(self.who, self.to)[1]} {spell(self.start)}."
        return f"{_marks(self.who, self.to)[0]} fra {spell(self.start)} til og med {spell(self.until)}."


@dataclass(frozen=True, slots=True)
class Done:
    """A change as it stands in the log: the rows it wrote, by case, what it said and when it was written down."""

    told: str
    recorded: datetime
    rows: Mapping[str, tuple[Event, ...]]


def _marks(who: str, to: str) -> tuple[str, str]:
    """How the note of a cover and of a move begins."""
    return (f"{to} dækker for {who}", f"Sagen er flyttet fra {who} til {to}")


def held(work: Casework, who: str) -> list[Summary]:
    """The open cases that ``who`` holds today."""
    today = calendar.local_day(work.now())
    return [c for c in work.summaries(work.store.case_ids(staff=who, today=today)) if c.closed is None]


def plan(work: Casework, change: Change, own: Sequence[Summary]) -> list[Summary]:
    """The cases of ``own`` (what ``change.who`` holds) that the change is about; all when it names none.

    Raises StoreError, in Danish, when it cannot be done: a day that has passed, the same person twice, or a case
    that ``change.who`` does not hold.
    """
    today = calendar.local_day(work.now())
    if change.who == change.to:
        raise StoreError(f"{change.who} har sagerne i forvejen. Skriv, hvem der skal have dem.")
    if change.start < today:
        raise StoreError(
            f"Det kan tidligst begynde i dag, {spell(today)}: det, der allerede er passeret, hører til den, "
            "der havde sagen."
        )
    if change.until is not None and change.until < change.start:
        raise StoreError(f"Den sidste dag, {spell(change.until)}, ligger før den første, {spell(change.start)}.")
    by_id = {c.case: c for c in own}
    if foreign := [case for case in change.cases if case not in by_id]:
        raise StoreError(f"{change.who} har ikke {', '.join(foreign)}. Intet er ændret.")
    if not own:
        raise StoreError(f"{change.who} har ingen åbne sager i dag.")
    return [by_id[case] for case in dict.fromkeys(change.cases)] or list(own)


def carry_out(work: Casework, change: Change, cases: Collection[str]) -> list[Event]:
    """Write the change in every one of ``cases``, all or none. Returns the rows; ``undo`` takes them back."""
    drafts: list[Draft] = []
    for case in cases:
        drafts += _drafts(work, change, case)
    return work.save(drafts)


def _drafts(work: Casework, change: Change, case: str) -> list[Draft]:
    value = {"staff": change.to, **({"to": change.until.isoformat()} if change.until else {})}
    found = [Draft("assignment", case, day=change.start, value=value, note=change.told)]
    if change.handover:
        scene = Scene(work.progress(case), work.handbooks)
        found.append(opening.run_row(scene, intake.page_of(scene, HANDOVER), change.start))
    if change.message:
        text = {"tekst": f"{change.told} {change.message}"}
        found.append(Draft("record", case, step=NOTE, day=calendar.local_day(work.now()), value=text))
    return found


def standing(work: Casework, who: str, to: str, cover: bool) -> Done | None:
    """The latest change of that kind between the two that has not been taken back, or None."""
    begins = _marks(who, to)[0 if cover else 1]
    today = calendar.local_day(work.now())
    once = dict.fromkeys((*work.store.case_ids(staff=to), *work.store.case_ids(staff=to, today=today)))
    once |= dict.fromkeys(work.store.case_ids(staff=who, today=today))
    log = work.store.events_of(once)
    written = [
        e
        for rows in log.values()
        for e in _live(rows)
        if e.kind == "assignment" and e.note.startswith(begins) and (e.value or {}).get("staff") == to
    ]
    last = max(written, key=lambda e: e.recorded, default=None)
    if last is None:
        return None
    rows_of = {
        case: tuple(e for e in _live(rows) if e.by == last.by and timedelta(0) <= e.recorded - last.recorded < _AT_ONCE)
        for case, rows in log.items()
    }
    return Done(last.note, last.recorded, {case: rows for case, rows in rows_of.items() if rows})


def undo(work: Casework, done: Done) -> int:
    """Take a change back in every case, all or none; a handover that has been begun stays. Returns how many cases."""
    drafts: list[Draft] = []
    for case, rows in done.rows.items():
        runs = work.progress(case).case.runs
        for row in rows:
            begun = row.kind == "run" and row.run in runs and runs[row.run].records
            if row.kind in ("assignment", "run", "record") and not begun:
                drafts.append(_taken_back(row))
    work.save(drafts)
    return len(done.rows)


def _taken_back(row: Event) -> Draft:
    return Draft(
        row.kind,
        row.case,
        run=row.run,
        procedure=row.procedure,
        step=row.step,
        day=row.day,
        value={"status": "withdrawn", "why": "fortrudt"},
        replaces=row.id,
        version=row.version,
    )


def _live(rows: Sequence[Event]) -> list[Event]:
    replaced = {e.replaces for e in rows}
    return [e for e in rows if e.id not in replaced and not _withdrawn(e)]


def _withdrawn(row: Event) -> bool:
    return isinstance(row.value, Mapping) and row.value.get("status") == "withdrawn"
