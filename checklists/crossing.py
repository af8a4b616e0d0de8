"""One step of a run that met New Year 2023/24: a run follows one page, a single duty of it may follow the other law.

A step is judged by the other law's step of the same id, in the same run and with the same records.
"""

from __future__ import annotations

from datetime import date

from checklists import orders
from checklists.calendar import start_of_day
from checklists.facts import Record
from checklists.laws import BORN_OF_LAW, DECISION, ENDINGS, TIED, YOUTH_PLAN
from checklists.terms import deadline
from checklists.view import Place, View


def as_it_was(view: View, place: Place) -> Place:
    """The place under the law of the day its step was done, had to be there, or was still running."""
    decided = _decided(view, place)
    if decided is not None and view.pages.law_on(decided) != place.procedure.law:
        return _under_other_law(view, place) or place
    done = next((r for r in view.records(place) if r.status == "done"), None)
    if place.step.recurrence is not None:
        return place
    if place.procedure.law == "barnets_lov":
        return _of_2023(view, place, done)
    return _running_on(view, place, done)


def _of_2023(view: View, place: Place, done: Record | None) -> Place:
    began_since = place.run is not None and place.run.procedure == YOUTH_PLAN
    then = None if began_since else _under_other_law(view, place)
    if then is None or (done is not None and done.day < BORN_OF_LAW):
        return then or place
    # What had to come before something of 2023 is serviceloven's still, and stays breached when it was not there.
    return then if not view.why_not(then) and orders.missed_before(view, then, done, BORN_OF_LAW) else place


def _running_on(view: View, place: Place, done: Record | None) -> Place:
    """A deadline that was running at New Year is kept under barnets lov, also in a run that was over but for it."""
    settled = view.today < BORN_OF_LAW or (done is not None and done.day < BORN_OF_LAW)
    over = place.run is None or place.run.end is not None or place.procedure.id in TIED
    if settled or over or not place.step.deadlines or view.why_not(place):
        return place
    due = deadline(view, place)
    running = due is not None and due.late_after >= start_of_day(BORN_OF_LAW)
    return (_under_other_law(view, place) if running else None) or place


def _decided(view: View, place: Place) -> date | None:
    """The day the place's own measure was decided: two measures of one decision run may have a law each."""
    if place.item is None or place.item.type != "foranstaltning" or place.procedure.id not in {*TIED, DECISION}:
        return None
    run = view.decision_of(place)
    page = view.page_of(run) if run else None
    step = page.by_id.get(ENDINGS[DECISION]) if page else None
    found = view.records(place, step, run) if step else ()
    return next((r.day for r in found if r.status == "done"), None)


def _under_other_law(view: View, place: Place) -> Place | None:
    """The same step of the page's counterpart, or None when the other law has none by that id."""
    other = view.pages.counterpart(place.procedure)
    step = other.by_id.get(place.step.id) if other else None
    return Place(other, place.run, place.serves, step, place.item) if other and step else None
