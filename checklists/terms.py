"""The **Frist:** lines of a step, counted for one case: when it falls due, and which of its deadlines is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from checklists import calendar
from checklists.calendar import end_of_day, has_passed, start_of_day
from checklists.due import Due
from checklists.facts import Run
from checklists.laws import BORN_OF_LAW, DECISION, ENDINGS, ended
from checklists.predicates import PLACEMENTS
from checklists.view import Place, View
from handbook.model import Term


def deadlines(view: View, place: Place) -> list[Due]:
    """The step's deadlines that stand. One from before the case was known here is left out."""
    dues = []
    for line in place.step.deadlines:
        if not view.holds(place, line.when):
            continue
        for term in line.terms:
            due = view.due(place, term, line.text)
            if due is not None:
                due = _not_before_duty(view, place, due, term) if term.amount < 0 else due
                due = _aimed(due, view.due(place, line.aim, line.text) if line.aim else None)
                dues.append(replace(due, basis=line.basis) if line.basis else due)
    if dues and view.pages.is_new(place.procedure, place.step):
        # A duty that barnets lov brought cannot have been broken before barnets lov.
        dues = [d for d in dues if d.late_after >= start_of_day(BORN_OF_LAW)]
    known = view.case.known_from
    return [d for d in dues if known is None or d.late_after >= start_of_day(known)]


def _aimed(due: Due, aim: Due | None) -> Due:
    """The deadline with the day to work towards, where that comes before it."""
    return replace(due, aim=aim.day) if aim is not None and aim.day < due.day else due


def deadline(view: View, place: Place) -> Due | None:
    """The earliest of the step's deadlines that stands, or None."""
    return earliest(deadlines(view, place))


def earliest(dues: Sequence[Due]) -> Due | None:
    """The one that is over first, or None."""
    return min(dues, default=None, key=_late)


def exceeded(dues: Sequence[Due], at: datetime) -> Due | None:
    """The deadline that was over at the aware instant ``at``: one of the step's own clause before a thinner one."""
    over = [d for d in dues if has_passed(d.late_after, at)]
    return min(over, key=lambda d: (d.basis is not None, _late(d)), default=None)


def first_day_over(due: Due) -> date:
    """The local day on which the deadline was first exceeded: its own day when it is counted in hours."""
    return calendar.local_day(due.late_after + timedelta(microseconds=1))


def _late(due: Due) -> float:
    return due.late_after.timestamp()


def _not_before_duty(view: View, place: Place, due: Due, term: Term) -> Due:
    # "Senest 6 måneder før 18 år" can lie before the placement that made it a duty. The statute does not say what holds
    # then: it is due at once, and late only when what it had to come before has come.
    limit = calendar.local_day(due.late_after)
    begins = _placed(view, place, limit)
    if begins is None or limit >= begins:
        return due
    end = view.due(place, Term(0, "dage", term.anchors), due.text)
    return Due(begins, max(end.late_after if end else due.late_after, end_of_day(begins)), due.text)


def _placed(view: View, place: Place, limit: date) -> date | None:
    """The first day of a placement that was decided and had not ended on ``limit``; of the own decision without one."""
    own = view.decision_of(place)
    runs = view.runs_of(DECISION)
    days = [day for run in runs for day in _placements(view, run, limit)]
    return min(days, default=ended(own, ENDINGS[DECISION]) if own else None)


def _placements(view: View, run: Run, limit: date) -> list[date]:
    found = []
    for record in run.records.get(ENDINGS[DECISION], ()):
        named = [view.case.items[i] for i in record.items if i in view.case.items]
        items = named or [i for i in view.case.items.values() if run.id in view.kinship.decisions_of(i)]
        running = [i for i in items if i.kind in PLACEMENTS and (i.end is None or i.end > limit)]
        if record.status == "done" and running:
            found.append(record.day)
    return found
