"""What the supervision's screens say: states, what an answer rests on, bars for the trend. Plain texts, no terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from checklists.facts import Event
from checklists.supervision import Note, Repair, Reviewed, SupervisionRound
from checklists.supervision_sheet import Count, Line, Sheet
from checklists.wording import sentence
from guide.date_text import format_day, format_moment
from guide.documents.audit_words import BASIS
from guide.documents.review_letters import STATES, stopped
from guide.supervision import THEMES
from handbook.model import Handbook, Law

CONCEPTS = {"advisory": "afgørelser, tilbud og anbringelser", "intake": "underretninger"}
"""What a round is drawn among."""

KINDS = {"quality": "Kvalitet", "strength": "Styrke", "learning": "Læring"}

_BAR = 5
"""Cells in a bar of the trend: each is a fifth."""


def groups(sheet: Sheet) -> list[tuple[str, tuple[Line, ...]]]:
    """The sheet by pejlemærke: the measures that ask about this case, in the sheet's order.

    A pejlemærke that quality is judged by is there also when none of its measures asks.
    """
    found: dict[str, list[Line]] = {}
    for line in sheet.lines:
        found.setdefault(line.theme, []).extend([line] if line.counts else [])
    for theme in THEMES if sheet.lines else ():
        found.setdefault(theme, [])
    return [(theme, tuple(lines)) for theme, lines in found.items() if lines or theme in THEMES]


def rests_on(line: Line, events: Sequence[Event], handbooks: Mapping[Law, Handbook]) -> list[str]:
    """The records behind a prefilled answer, one line each: the step, its day and who wrote it."""
    by_id = {event.id: event for event in events}
    told = []
    for record in line.records:
        event = by_id.get(record)
        when = (event.at or event.day) if event else None
        if event is not None and event.step and when:
            told.append(f"{step_title(event.procedure, event.step, handbooks)}, {format_moment(when)} ({event.by})")
    return list(dict.fromkeys(told))


def step_title(procedure: str, step: str, handbooks: Mapping[Law, Handbook]) -> str:
    """``Børnesamtale: Er samtalen holdt?`` as the newest handbook that has the step says it."""
    for book in reversed(list(handbooks.values())):
        page = book.procedures.get(procedure)
        found = next((one for one in page.steps if one.id == step), None) if page else None
        if page and found:
            return f"{page.title.split(',')[0].split(':')[0]}: {found.title}"
    return step


def measure_detail(line: Line, rests: Sequence[str]) -> list[str]:
    """What stands under a marked measure: what the records say and why, what counts instead, and the basis."""
    told = [f"Registreringerne siger {line.dates_say}: {stopped(line.why)}"]
    told += [f"Bygger på: {'; '.join(rests)}."] if rests else []
    if line.overridden:
        told.append(f"I svarer {line.answer}: {stopped(line.reason)}")
    told.append(f"{sentence(BASIS[line.basis])}: {line.clause}.")
    return told


def round_state(found: SupervisionRound) -> str:
    """Closed and when; else how many cases are left."""
    if found.closed:
        return f"lukket {format_day(found.closed)}"
    left = sum(reviewed.done is None for reviewed in found.present)
    return f"{left} ikke gennemgået" if left else "klar til at lukke"


def how_drawn(found: SupervisionRound) -> str:
    """Among what, in which period, and from which seed."""
    whose = f" i {found.team}" if found.team else ""
    own = f" Efter underretninger: {', '.join(found.intake)}." if found.intake else ""
    return (
        f"{found.wanted} hos hver{whose} blandt {CONCEPTS.get(found.concept, found.concept)}, "
        f"{format_day(found.start)} til {format_day(found.end)}.{own} Frø: {found.seed}."
    )


def shares(staff: str, drawn: int, eligible: int, left_out: int, wanted: int) -> str:
    """``LH: 2 af 5 mulige, 1 for lidt; 3 holdt ude, trukket for nylig``."""
    told = f"{staff}: {drawn} af {eligible} {'mulig' if eligible == 1 else 'mulige'}"
    told += f", {wanted - drawn} for lidt" if drawn < wanted else ""
    return told + (f"; {left_out} holdt ude, trukket for nylig" if left_out else "")


def case_state(reviewed: Reviewed) -> str:
    """How far the case is in its round."""
    if reviewed.out:
        return f"udgået: {reviewed.out}"
    if reviewed.done:
        return f"gennemgået {format_day(reviewed.done)}"
    begun = reviewed.judged or reviewed.notes or reviewed.repairs
    told = "begyndt" if begun else "ikke begyndt"
    return f"{told} (i stedet for {reviewed.instead_of})" if reviewed.instead_of else told


def repair_state(repair: Repair, today: date) -> str:
    """Where a repair stands, and whether its day has passed."""
    if repair.state == "open" and repair.agreed and repair.agreed < today:
        return "! over den aftalte dag"
    return STATES[repair.state]


def repair_text(repair: Repair) -> str:
    """What is to be mended, or what helps the child now."""
    helps = f" Det hjælper barnet nu: {stopped(repair.helps)}" if repair.helps else ""
    return stopped(repair.text) + helps


def point_text(point: Note | Repair) -> str:
    """A point in one line."""
    if isinstance(point, Repair):
        return repair_text(point)
    if point.kind == "quality":
        return f"{point.theme}: i {point.degree} grad. {stopped(point.text)}".strip()
    return stopped(point.text)


def point_detail(point: Note | Repair) -> list[str]:
    """Everything said about a point, the oldest first."""
    told = [point_text(point)]
    if isinstance(point, Repair):
        told += [f"Aftalt til {format_day(point.agreed)}."] if point.agreed else []
        told += [f"{one.by} meldte den rettet {format_day(one.day)}. {one.text}".strip() for one in point.said]
        for check in point.rechecks:
            result = "i orden" if check.in_order else "ikke i orden endnu"
            told.append(f"{check.by} så efter {format_day(check.day)}: {result}. {check.text}".strip())
    return told + [f"Svar fra {one.by} {format_day(one.day)}: {stopped(one.text)}" for one in point.replies]


def bar(count: Count | None) -> str:
    """``3 af 8 ▮▮▯▯▯``: readable without colour; an empty m is words, a round that did not ask is a dash."""
    if count is None:
        return "-"
    if not count.relevant:
        return "ikke relevant"
    filled = -(-count.deficient * _BAR // count.relevant)
    return f"{count.deficient} af {count.relevant} {'▮' * filled}{'▯' * (_BAR - filled)}"
