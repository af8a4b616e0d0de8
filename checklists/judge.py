"""The state of one step instance, and the one fault it may have. Rhythms (**Gentages:**) are in ``rhythm``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from checklists import calendar, orders, wording
from checklists.calendar import end_of_day, has_passed, start_of_day
from checklists.deficiencies import deficiency, unnamed_ground
from checklists.due import Due
from checklists.facts import Record
from checklists.holding import inherited
from checklists.measures import measures_of
from checklists.measures.kinds import label_of
from checklists.states import Finding, Kind, State, StepState
from checklists.terms import deadline as deadline
from checklists.terms import deadlines, earliest, exceeded
from checklists.terms import first_day_over as first_day_over
from checklists.view import BORN_OF_LAW, Place, View
from handbook.model import SHORT, Basis

SOON_DAYS = 7
"""A step is "due soon" in the last days before its aim; deadlines in hours always are."""


@dataclass(slots=True)
class Verdict:
    """A step instance under judgement; becomes a StepState and at most one Finding."""

    state: State
    reason: str = ""
    due: Due | None = None
    record: Record | None = None
    findings: list[Finding] = field(default_factory=list)
    against: tuple[str, str] | None = None
    """For a wrong order: procedure and step of the other event, whose own fault would make this a repetition."""


def judge(view: View, place: Place) -> Verdict:
    """The state of the step at the place as of the view's ``now``."""
    history = view.records(place)
    done = [r for r in history if r.status == "done"]
    why_not = view.why_not(place)
    if why_not:
        return Verdict("not relevant", why_not, record=done[-1] if done else None)
    dues = deadlines(view, place)
    if done:
        return _judge_done(view, place, done, dues)
    omitted = _left_out(view, place, history)
    if omitted is not None:
        return omitted
    return _judge_undone(view, place, history, dues)


def _judge_done(view: View, place: Place, done: list[Record], dues: list[Due]) -> Verdict:
    due = earliest(dues)
    standing = orders.standing(view, place)
    broken = [(r, orders.broken(r, standing), deficiency(view, place, r)) for r in done]
    best = next((b for b in broken if not b[1] and not b[2]), None) or next((b for b in broken if not b[1]), broken[0])
    record, order, fault = best
    name = place.step.name
    if order is not None:
        line, other = order
        text = wording.wrong_order(name, record.day, line.before, orders.other_name(view, place, line), other.day)
        since = other.day if line.before else record.day
        found = finding(view, place, "order", "order", text, since, line.basis)
        return Verdict("done with deficiency", text, due, record, [found], (line.anchor.procedure, line.anchor.step))
    over = exceeded(dues, record.at or start_of_day(record.day))
    if over is not None:
        limit = calendar.local_day(over.late_after)
        text = wording.late(name, record.day, limit)
        found = finding(view, place, "late", "late", text, first_day_over(over), over.basis, passed=limit)
        return Verdict("done late", text, due, record, [found])
    if fault is not None:
        kind: Kind = "judgement" if place.procedure.id == "sagsgennemgang" else fault.kind
        found = finding(view, place, kind, fault.code, fault.text, record.day, fault.basis, fault.mend)
        return Verdict("done with deficiency", fault.text, due, record, [found])
    return Verdict("done", "", due, record)


def _left_out(view: View, place: Place, history: tuple[Record, ...]) -> Verdict | None:
    own = next((r for r in reversed(history) if r.status == "left out"), None)
    if own is not None:
        ground = str(own.value.get("ground") or "")
        fault = unnamed_ground(place, ground)
        found = [finding(view, place, "deficient", fault.code, fault.text, own.day)] if fault else []
        return Verdict("left out", ground, record=own, findings=found)
    for record, choice in view.marks(place, "leaves_out"):
        return Verdict("left out", choice.label, record=record)
    return None


def _judge_undone(view: View, place: Place, history: tuple[Record, ...], dues: list[Due]) -> Verdict:
    due = earliest(dues)
    horizon = ended(view, place)
    over = exceeded(dues, view.now)
    if over is not None and horizon is not None and calendar.local_day(over.late_after) >= horizon[0]:
        over = None
    if over is not None and over.basis is None:
        return _overdue(view, place, history, due, over)
    for line, other in orders.standing(view, place):
        if line.before and _stood(view, place, other.day) and (horizon is None or other.day <= horizon[0]):
            text = wording.missing(place.step.name, None, orders.other_name(view, place, line), other.day)
            found = finding(view, place, "overdue", "missing", text, other.day, "praksis" if line.practice else None)
            return Verdict("overdue", text, due, latest_sign(history), [found])
    if over is not None:
        return _overdue(view, place, history, due, over)
    if horizon is not None:
        return Verdict("not relevant", horizon[1], due, latest_sign(history))
    if due is None and view.over_before_known(place):
        return Verdict("not relevant", "ligger før det, sagen er kendt fra her")
    if due is None and orders.settled_before_law(view, place):
        return Verdict("not relevant", "det blev afgjort, før barnets lov bragte kravet")
    return _judge_open(view, place, history, due)


def _overdue(view: View, place: Place, history: tuple[Record, ...], due: Due | None, over: Due) -> Verdict:
    limit = calendar.local_day(over.late_after)
    text = wording.missing(place.step.name, limit, "", limit)
    found = finding(view, place, "overdue", "missing", text, first_day_over(over), over.basis, passed=limit)
    return Verdict("overdue", text, due, latest_sign(history), [found])


def _judge_open(view: View, place: Place, history: tuple[Record, ...], due: Due | None) -> Verdict:
    if due is None:
        due = _before_a_planned(view, place)
    sign = latest_sign(history)
    if sign is not None and sign.status in ("planned", "awaiting"):
        state: State = "planned" if sign.status == "planned" else "awaiting"
        verdict = Verdict(state, "", due, sign)
        if due is not None and sign.status == "planned" and start_of_day(sign.day) > due.late_after:
            limit = calendar.local_day(due.late_after)
            verdict.reason = wording.planned_late(place.step.name, sign.day, limit)
            late = finding(view, place, "planned late", "planned-late", verdict.reason, view.today, due.basis)
            verdict.findings = [late]
        return verdict
    if due is not None:
        soon = not isinstance(due.aim, date) or calendar.add(due.day, -SOON_DAYS, "dage") <= view.today
        soon = soon or due.aim != due.day
        return Verdict("due soon" if soon else "open", "", due, sign)
    if _waits(view, place):
        return Verdict("waiting", "venter på det, fristen regnes fra", None, sign)
    return Verdict("open", "", None, sign)


def _waits(view: View, place: Place) -> bool:
    step = place.step
    standing = [d for d in step.deadlines if view.holds(place, d.when)]
    after = [o for o in step.orders if not o.before and view.holds(place, o.when)]
    if any(not view.done(place, o.anchor) for o in after):
        return True
    known = view.case.known_from
    counted = [view.due(place, t, "") for d in standing for t in d.terms]
    before_known = any(d is not None and known is not None and d.late_after < start_of_day(known) for d in counted)
    return bool(standing) and not before_known and not any(o.before for o in step.orders)


def _before_a_planned(view: View, place: Place) -> Due | None:
    """What must come before an event that is agreed for a day is due by that day."""
    days = []
    for line in place.step.orders:
        if not line.before or not view.holds(place, line.when):
            continue
        run = view.resolve(place, line.anchor.procedure)
        page = view.page_of(run) if run else None
        step = page.by_id.get(line.anchor.step) if page else None
        if run is None or step is None:
            continue
        planned = [r for r in view.records(place, step, run) if r.status == "planned" and r.day >= view.today]
        days += [r.day for r in planned]
    return Due(min(days), end_of_day(min(days)), "før den aftalte dag") if days else None


def latest_sign(history: tuple[Record, ...]) -> Record | None:
    """The record that says how an undone step stands: the plan, attempt or wait entered last."""
    # Planned days lie ahead of attempts, so the order of happening says nothing here: the last entered stands.
    return max(history, key=lambda r: (r.recorded, r.day, r.id), default=None)


def is_late(record: Record, due: Due) -> bool:
    """Whether a record happened after the last moment in time; a bare day counts from its beginning."""
    return has_passed(due.late_after, record.at or start_of_day(record.day))


def _stood(view: View, place: Place, day: date) -> bool:
    """Whether the duty could be broken on ``day``: the case was known, and its law had brought the duty."""
    if view.pages.is_new(place.procedure, place.step) and day < BORN_OF_LAW:
        return False
    return view.case.known_from is None or day >= view.case.known_from


def _owed_to_others(place: Place) -> bool:
    """A duty of hours or hverdage is owed to whoever wrote to the municipality: closing the case does not end it."""
    return any(term.unit in ("timer", "hverdage") for line in place.step.deadlines for term in line.terms)


def ended(view: View, place: Place) -> tuple[date, str] | None:
    """The day after which nothing more is asked of the instance, and why: case closed, run or item ended."""
    ends: list[tuple[date, str]] = []
    if view.closed is not None and place.procedure.id != "afslutning" and not _owed_to_others(place):
        ends.append((view.closed, f"sagen blev lukket {wording.spell(view.closed)}"))
    if place.run is not None and place.run.end is not None and place.run.end <= view.today:
        ends.append((place.run.end, f"forløbet sluttede {wording.spell(place.run.end)}"))
    if place.item is not None and place.item.end is not None and place.item.end <= view.today:
        ends.append((place.item.end, f"{label_of(place.item) or 'det'} sluttede {wording.spell(place.item.end)}"))
    return min(ends, default=None)


def finding(
    view: View,
    place: Place,
    kind: Kind,
    code: str,
    text: str,
    since: date | None,
    basis: Basis | None = None,
    mend: str = "",
    measure_kind: str = "",
    passed: date | None = None,
) -> Finding:
    """A fault at a place as a Finding; basis, clause and mend default to the page's.

    ``passed`` is the deadline's own day, which says whose it was; without one that is ``since``.
    """
    step = place.step
    item = place.item
    label = label_of(item) if item else ""
    fault = measure_kind or kind
    return Finding(
        run=place.run.id if place.run else None,
        procedure=place.procedure.id,
        step=step.id,
        items=(item.id,) if item else (),
        kind=kind,
        code=code,
        # What the municipality asks for itself is no measure of the audits.
        measures=() if basis == "lokal" else measures_of(place.procedure.id, step.id, fault, place.procedure.law),
        basis=basis or step.basis,
        law=SHORT[place.procedure.law],
        clause=step.clause_of(basis or step.basis),
        text=f"{text} ({label})" if label else text,
        # What the page says helps is for what is missing; something done or agreed too late is not to be done again.
        mend=mend or (step.mend if kind not in wording.LATE else "") or wording.MEND[kind],
        who=view.holder or "sagsbehandler",
        since=since,
        inherited=inherited(view.case, passed or since, view.today),
    )


def as_state(place: Place, verdict: Verdict, history: tuple[Record, ...]) -> StepState:
    """The verdict as the value that screens and CLI read."""
    return StepState(
        step=place.step,
        run=place.run.id if place.run else None,
        item=place.item,
        state=verdict.state,
        reason=verdict.reason,
        due=verdict.due,
        record=verdict.record,
        history=history,
        finding=verdict.findings[0] if verdict.findings else None,
        page=place.procedure,
    )
