"""From the records of a case to a ``Duty`` or a ``Rhythm``: the checklist's step rules, told without a state."""

from __future__ import annotations

from checklists import calendar, orders
from checklists.deficiencies import deficiency, unnamed_ground
from checklists.due import Due
from checklists.facts import Item, Record, Run
from checklists.judge import deadline, ended
from checklists.measures.model import Duty, Missed, Rhythm
from checklists.rhythm import judge_rhythm
from checklists.view import Place, View, answers
from checklists.wording import within
from handbook.model import Law


def place_of(view: View, run: Run, step_id: str, item: Item | None = None) -> Place | None:
    """The step of a run, or None when its page has no such step."""
    page = view.page_of(run)
    step = page.by_id.get(step_id) if page else None
    return Place(page, run, run.serves, step, item) if page and step else None


def companions(view: View, decision: Run, *procedures: str) -> tuple[Run, ...]:
    """The runs of ``procedures`` that serve the decision; those that serve none count where it is the only one."""
    alone = len(view.runs_of(decision.procedure)) == 1
    return tuple(
        run
        for run in view.case.runs.values()
        if run.procedure in procedures
        and (run.serves == decision.id or (not run.serves and (alone or run.opened_by == decision.id)))
    )


def companion_places(
    view: View, decision: Run, procedure: str, step_id: str, item: Item | None = None, also: tuple[str, ...] = ()
) -> list[Place]:
    """The step in each run that serves the decision, or as it is expected where nobody has opened one.

    ``also`` are ids the same procedure goes by in runs begun under the other law.
    """
    runs = companions(view, decision, procedure, *also)
    found = [place for run in runs if (place := place_of(view, run, step_id, item)) is not None]
    if found:
        return found
    page = view.handbooks[law_of(view, decision)].procedures.get(procedure)
    page = view.pages.expected(page, decision.id) if page else None
    step = page.by_id.get(step_id) if page else None
    return [Place(page, None, decision.id, step, item)] if page and step else []


def law_of(view: View, decision: Run) -> Law:
    """The law of the page the decision's run follows."""
    page = view.page_of(decision)
    return page.law if page else view.pages.law_on(view.today)


def duty(view: View, place: Place) -> Duty:
    """What is recorded for the step at the place, and what its page asks: its best record, or its ground."""
    done = [r for r in view.records(place) if r.status == "done"]
    standing = orders.standing(view, place)
    judged = [(r, orders.broken(r, standing) is None, deficiency(view, place, r)) for r in done]
    ordered = [j for j in judged if j[1]]
    best = next((j for j in ordered if j[2] is None), None) or next(iter(ordered), None) or next(iter(judged), None)
    record, in_order, fault = best or (None, True, None)
    ground, ground_text, ground_fault = _ground(view, place)
    due = deadline(view, place)
    return Duty(
        name=place.step.name,
        item=place.item,
        why_not=view.why_not(place),
        record=record,
        answers=answers(place.step, record) if record else (),
        fault=fault,
        due=due,
        over=over(view, place, due),
        before=next((event for line, event in standing if line.before), None),
        in_order=in_order,
        ground=ground,
        ground_text=ground_text,
        attempts=tuple(r for r in view.records(place) if r.status == "attempted"),
        ground_fault=ground_fault,
    )


def over(view: View, place: Place, due: Due | None) -> str:
    """Why the duty had ended by the day it was due; empty when it had not."""
    horizon = ended(view, place)
    return horizon[1] if horizon and due and calendar.local_day(due.late_after) >= horizon[0] else ""


def best_of(duties: list[Duty], name: str) -> Duty:
    """Of the same step in several runs: one that stands and is done right, else one done, left out, or asked for."""
    return min(duties, key=_rank, default=Duty(name, why_not="findes ikke"))


def _rank(found: Duty) -> int:
    if found.record is not None:
        return 0 if found.in_order and found.fault is None else 1
    if found.ground is not None:
        return 2 if not found.ground_fault else 3
    return 4 if not found.why_not else 5


def _ground(view: View, place: Place) -> tuple[Record | None, str, str]:
    """The record that leaves the step out, its ground in words, and what is wrong with a ground no law names."""
    own = next((r for r in reversed(view.records(place)) if r.status == "left out"), None)
    if own is not None:
        ground = str(own.value.get("ground") or "")
        choices = [c for s in place.procedure.steps for c in s.choices if ground.lower() in (c.id, c.label.lower())]
        unnamed = unnamed_ground(place, ground)
        return own, within(choices[0].label) if choices else ground, unnamed.code if unnamed else ""
    marks = list(view.marks(place, "leaves_out"))
    if not marks:
        return None, "", ""
    faults = [choice.deficiency.code for _, choice in marks if choice.deficiency]
    words = " og ".join(within(choice.label) for _, choice in marks)
    return marks[-1][0], words, faults[0] if len(faults) == len(marks) else ""


def first_due(view: View, place: Place) -> Due | None:
    """The deadline of a first follow-up, also one from before the case was known: the earliest of its lines."""
    rule = place.step.recurrence
    if rule is not None:
        return view.due(place, rule.first, rule.text) if rule.first else None
    dues = [
        due
        for line in place.step.deadlines
        if view.holds(place, line.when)
        for term in line.terms
        if (due := view.due(place, term, line.text)) is not None
    ]
    return min(dues, key=lambda due: due.late_after.timestamp(), default=None)


def rhythm(view: View, place: Place) -> Rhythm:
    """The rounds of a step that comes back, as the checklist judges them."""
    rule = place.step.recurrence
    if rule is None:
        return Rhythm()
    verdict = judge_rhythm(view, place, rule)
    done = [r for r in view.records(place) if r.status == "done"]
    held = tuple(r for r in done if deficiency(view, place, r) is None)
    by_code = {f"late-{r.day}": r for r in held}
    missed = [
        Missed(calendar.add(f.since, -1, "dage"), by_code.get(f.code))
        for f in verdict.findings
        if f.since is not None and f.kind in ("late", "overdue")
    ]
    coming = verdict.due.day if verdict.due and verdict.state != "overdue" else None
    others = tuple(r for r in done if r not in held)
    return Rhythm(held, tuple(sorted(missed, key=lambda m: m.due)), others, coming)
