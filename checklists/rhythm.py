"""Steps that come back: a first follow-up and then a rhythm, or a number of visits within so many months."""

from __future__ import annotations

from datetime import date

from checklists import calendar, wording
from checklists.calendar import end_of_day, has_passed, start_of_day
from checklists.deficiencies import deficiency
from checklists.due import Due
from checklists.facts import Record
from checklists.judge import SOON_DAYS, Verdict, ended, finding, is_late, latest_sign
from checklists.states import Finding, State
from checklists.view import BORN_OF_LAW, Place, View, answers
from handbook.model import Basis, Recurrence, StepRef, Term


def judge_rhythm(view: View, place: Place, rule: Recurrence) -> Verdict:
    """The state of the round that runs now; every earlier round that was late is a finding of its own."""
    why_not = view.why_not(place)
    history = view.records(place)
    done = [r for r in history if r.status == "done"]
    if why_not:
        return Verdict("not relevant", why_not, record=done[-1] if done else None)
    begun = _begun(view, place, rule)
    if begun is None and not done:
        return Verdict("waiting", "venter på det, fristen regnes fra", None, latest_sign(history))
    counting = [r for r in done if deficiency(view, place, r) is None]
    late = [f for i in range(len(counting)) for f in _late_round(view, place, rule, begun, counting, i)]
    due = _next(view, place, rule, begun, counting)
    verdict = _current(view, place, rule, due, history, counting, len(done) - len(counting))
    verdict.findings += late
    return verdict


def _begun(view: View, place: Place, rule: Recurrence) -> date | None:
    anchors = rule.first.anchors if rule.first else rule.start
    due = view.due(place, Term(0, "dage", anchors), "")
    return due.day if due else None


def _next(view: View, place: Place, rule: Recurrence, begun: date | None, done: list[Record]) -> Due | None:
    """When the round after ``done`` is due. A duty with no known predecessor starts where the case became known."""
    known = view.case.known_from
    if rule.then:
        return _agreed(view, place, rule, done)
    if rule.times:
        if len(done) >= rule.times:
            return _months_after(done[-rule.times].day, rule.window_months, rule.text)
        start = max(begun, known) if begun and known else begun or known
        return _months_after(start, rule.window_months, rule.text) if start else None
    if done:
        return _months_after(done[-1].day, rule.every_months, rule.text) if rule.every_months else None
    first = view.due(place, rule.first, rule.text) if rule.first else None
    if first is None and begun is not None and rule.first is None:
        first = _months_after(begun, rule.every_months, rule.text)
    if first is not None and known is not None and first.late_after < start_of_day(known) and rule.every_months:
        return _months_after(known, rule.every_months, rule.text)
    return first


def _agreed(view: View, place: Place, rule: Recurrence, done: list[Record]) -> Due | None:
    """The agreed day of the next round; after a last round under serviceloven, that law's own rhythm still holds."""
    last = done[-1].day if done else None
    for anchor in rule.then:
        if not isinstance(anchor, StepRef):
            continue
        stated = (r.value.get(anchor.part) for r in reversed(view.done(place, anchor)))
        days = [date.fromisoformat(str(s)[:10]) for s in stated if s]
        after = next((d for d in days if last is None or d > last), None)
        if after is not None:
            return Due(after, end_of_day(after), rule.text)
    before = view.pages.earlier(place.procedure, place.step)
    old = before[1].recurrence if before else None
    if last is not None and last < BORN_OF_LAW and old is not None and old.every_months:
        return _months_after(last, old.every_months, old.text)
    return None


def _months_after(day: date, months: int, text: str) -> Due:
    due = calendar.add(day, months, "måneder")
    return Due(due, end_of_day(due), text)


def _late_round(
    view: View, place: Place, rule: Recurrence, begun: date | None, done: list[Record], i: int
) -> list[Finding]:
    before = view.pages.earlier(place.procedure, place.step) if done[i].day < BORN_OF_LAW else None
    if before is not None and before[1].recurrence is not None:
        place = Place(before[0], place.run, place.serves, before[1], place.item)
        rule = before[1].recurrence
        begun = _begun(view, place, rule)
    due = _next(view, place, rule, begun, done[:i])
    known = view.case.known_from
    if due is None or not is_late(done[i], due) or (known is not None and due.late_after < start_of_day(known)):
        return []
    text = wording.late(place.step.name, done[i].day, due.day)
    since = calendar.add(due.day, 1, "dage")
    kind = "later" if i else "first"
    basis = _basis(place, rule, done[:i])
    return [finding(view, place, "late", f"late-{done[i].day}", text, since, basis, measure_kind=kind, passed=due.day)]


def _basis(place: Place, rule: Recurrence, done: list[Record]) -> Basis | None:
    """What the day of the round after ``done`` rests on: "faglig" where no statute names it, None for the step's own.

    A day the municipality set itself is no deadline of the law (BL § 95, stk. 3). The twelve months to the parents'
    plan run from a revision (BL § 79, stk. 3); what holds after an offer that changed nothing, the text does not say.
    """
    if rule.then:
        return "faglig"
    if done and (place.procedure.law, place.step.id) == ("barnets_lov", "foraeldreplan"):
        return None if "aendres" in answers(place.step, done[-1]) else "faglig"
    return None


def _current(
    view: View,
    place: Place,
    rule: Recurrence,
    due: Due | None,
    history: tuple[Record, ...],
    done: list[Record],
    elsewhere: int,
) -> Verdict:
    last = done[-1] if done else None
    basis = _basis(place, rule, done)
    horizon = ended(view, place)
    if due is not None and has_passed(due.late_after, view.now) and (horizon is None or due.day < horizon[0]):
        text = wording.missing(place.step.name, due.day, "", due.day)
        if rule.times:
            text = wording.visits_missing(place.step.name, due.day, rule.times, rule.window_months, elsewhere)
        since = calendar.add(due.day, 1, "dage")
        measure = "agreed" if rule.then else "later" if done else "first"
        found = finding(view, place, "overdue", "missing", text, since, basis, measure_kind=measure, passed=due.day)
        return Verdict("overdue", text, due, last, [found])
    if horizon is not None:
        return Verdict("not relevant", horizon[1], None, last)
    sign = latest_sign(tuple(r for r in history if last is None or r.recorded > last.recorded))
    if sign is not None and sign.status in ("planned", "awaiting"):
        verdict = Verdict("planned" if sign.status == "planned" else "awaiting", "", due, sign)
        if due is not None and sign.status == "planned" and start_of_day(sign.day) > due.late_after:
            verdict.reason = wording.planned_late(place.step.name, sign.day, due.day)
            verdict.findings = [finding(view, place, "planned late", "planned-late", verdict.reason, view.today, basis)]
        return verdict
    if due is None:
        return Verdict("done" if last else "open", "", None, last)
    soon = calendar.add(due.day, -SOON_DAYS, "dage") <= view.today
    state: State = "due soon" if soon else "open"
    return Verdict(state, f"sidst {wording.spell(last.day)}" if last else "", due, last)
