"""The lists on the page Ledelsestilsyn as plain rows: rounds, one's own cases, repairs by date, and the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checklists.supervision import Note, Repair
from checklists.wording import sentence
from guide.date_text import format_day
from guide.supervision import Supervision
from guide.supervision_words import bar, case_state, repair_state, repair_text, round_state

OVER = "Runderne er ikke en karakterbog: tal tallene igennem med medarbejderne, før I bruger dem."


@dataclass(frozen=True, slots=True)
class Table:
    """A tab's table. ``things`` stand behind the rows: a round's id, a case's number, or a repair.

    The column ``wide`` takes what room the others leave; ``notes`` are said over the table.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    things: Sequence[str | Repair] = ()
    wide: int = 0
    notes: Sequence[str] = ()


def rounds(loop: Supervision) -> Table:
    """Every round, the newest first."""
    found = list(reversed(loop.rounds()))
    rows = []
    for one in found:
        done = sum(reviewed.done is not None for reviewed in one.present)
        open_ones = sum(not repair.closed for reviewed in one.present for repair in reviewed.repairs)
        rows.append(
            (one.id, format_day(one.day), round_state(one), f"{done} af {len(one.present)}", str(open_ones or ""))
        )
    return Table(("Runde", "Trukket", "Status", "Gennemgået", "Åbne rettelser"), rows, [one.id for one in found], 2)


def own_cases(loop: Supervision) -> Table:
    """The cases drawn from whoever asks, the newest round first, and what has been answered in them."""
    rows, cases = [], []
    for one in reversed(loop.rounds()):
        for reviewed in one.present:
            if loop.is_own(reviewed):
                points: list[Note | Repair] = [*reviewed.notes, *reviewed.repairs]
                left = sum(not point.replies for point in points)
                told = f"{len(points)}, {left} uden svar" if points else ""
                rows.append((reviewed.case, one.id, case_state(reviewed), told))
                cases.append(reviewed.case)
    return Table(("Sag", "Runde", "Status", "Punkter"), rows, cases, 2)


def repairs(loop: Supervision, today: date, staff: str = "") -> dict[str, Table]:
    """The open repairs by agreed day, and apart from them what cannot be undone; with ``staff`` only about theirs."""
    holder = {(one.id, r.case): r.staff for one in loop.rounds() for r in one.cases}
    listed = [r for r in loop.repairs() if not staff or holder.get((r.round, r.case)) == staff]
    mendable, undone = [r for r in listed if r.undoable], [r for r in listed if not r.undoable]
    days = [format_day(r.agreed, today) if r.agreed else "-" for r in mendable]
    rows = [(day, r.key, repair_state(r, today), repair_text(r)) for day, r in zip(days, mendable, strict=True)]
    apart = [(r.key, repair_text(r)) for r in undone]
    return {
        "repairs": Table(("Aftalt", "Punkt", "Status", "Hvad"), rows, mendable, 3),
        "undone": Table(("Punkt", "Hvad, og hvad der hjælper barnet nu"), apart, undone, 1),
    }


def trend(loop: Supervision) -> Table:
    """The measures over the rounds, with bars that need no colour, and what keeps rounds from being compared."""
    found = loop.trend()
    told = [row for row in found.rows if any(count and count.relevant for count in row.counts)]
    rows = [(sentence(row.requirement), *(bar(count) for count in row.counts)) for row in told]
    columns = ("Mål", *(one.round.id for one in found.rounds))
    return Table(columns, rows, (), 0, (*found.notes, OVER) if rows else ())
