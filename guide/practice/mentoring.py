"""The first real run of each procedure, and who has seen it through. A sign-off is a note in the run: it holds nothing.

Kept as a free note (step ``note``) in the run itself, with ``mentor`` beside its text: append-only, exported with the
case, gone when the case is, and read by every version of the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checklists.calendar import local_day
from checklists.facts import MENTOR, NOTE, Case, Record
from guide.casework import Casework
from guide.turns import Draft
from store.errors import StoreError


@dataclass(frozen=True, slots=True)
class First:
    """The first run of a procedure that ``staff`` opened. ``signed_by`` is empty while nobody has seen it through."""

    procedure: str
    title: str
    case: str
    run: str
    began: date
    signed_by: str = ""
    signed_on: date | None = None


def first_runs(work: Casework, staff: str) -> tuple[First, ...]:
    """The first real run of each procedure that ``staff`` has opened, the earliest first. Raises StoreError."""
    found: dict[str, tuple[tuple[object, str], First]] = {}
    for case_id in work.store.case_ids():
        events = work.store.events(case_id)
        if not any(e.kind == "run" and e.by == staff for e in events):
            continue
        case = work.progress(case_id).case
        opened = {e.run: e for e in events if e.kind == "run" and not e.replaces and e.by == staff}
        for run_id, row in opened.items():
            run = case.runs.get(run_id)
            if run is None:
                continue
            order = (row.recorded, row.id)
            kept = found.get(run.procedure)
            if kept is None or order < kept[0]:
                note = _signature(case, run_id)
                by = str(note.value.get(MENTOR)) if note else ""
                title = _title(work, run.procedure)
                found[run.procedure] = (order, First(
                    run.procedure, title, case_id, run_id, run.start, by, note.day if note else None
                ))  # fmt: skip
    return tuple(sorted((first for _, first in found.values()), key=lambda f: (f.began, f.title)))


def sign(work: Casework, case_id: str, run_id: str) -> str:
    """Sign off a run as seen through by whoever sits here. Returns what to tell.

    Raises StoreError for an unknown run, a run of one's own, or one that is no first run of whoever opened it.
    """
    row = next((e for e in work.store.events(case_id) if e.kind == "run" and e.run == run_id and not e.replaces), None)
    if row is None:
        raise StoreError(f"Sagen {case_id} har intet forløb, der hedder {run_id}. Se dem med traad status {case_id}.")
    if not work.me:
        raise StoreError("Skriv, hvem du er: --as MK, eller åbn Rød tråd og skriv dine initialer.")
    if row.by == work.me:
        raise StoreError("Man ser ikke sit eget første forløb igennem. Bed din mentor om det.")
    first = next((f for f in first_runs(work, row.by) if (f.case, f.run) == (case_id, run_id)), None)
    if first is None:
        raise StoreError(f"{run_id} er ikke {row.by}s første forløb af sin slags. Se dem med traad mentor {row.by}.")
    if first.signed_by:
        raise StoreError(f"Forløbet er allerede set igennem af {first.signed_by}.")
    text = f"Første forløb af {first.title}: set igennem af {work.me}"
    day = local_day(work.now())
    work.save(
        [
            Draft(
                "record", case_id, run_id, row.procedure, NOTE, day=day, value={"tekst": text, MENTOR: work.me},
                version=row.version,
            )
        ]
    )  # fmt: skip
    return f"{text}."


def _signature(case: Case, run: str) -> Record | None:
    found: Iterable[Record] = (n for n in case.notes if n.run == run and n.value.get(MENTOR))
    return next(iter(found), None)


def _title(work: Casework, procedure: str) -> str:
    pages = (book.procedures.get(procedure) for book in work.handbooks.values())
    return next((page.title for page in pages if page is not None), procedure)
