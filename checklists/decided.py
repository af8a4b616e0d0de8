"""The day on which the child's age counts for a step: a page has its own decision, which is not always afgørelse."""

from __future__ import annotations

from datetime import date

from checklists.laws import DECISION, ENDINGS, TIED, ended
from checklists.view import Place, View


def day_decided(view: View, place: Place) -> date:
    """The local day whose age counts: that of what the step must come before or its page ends in, else today.

    A homecoming is decided years after the placement, and an examination may follow an old decision, so only the
    pages that belong to one afgørelse look to its day.
    """
    if place.procedure.id == DECISION or place.procedure.id in TIED:
        run, step = view.decision_of(place), ENDINGS[DECISION]
    else:
        own = (o.anchor for o in place.step.orders if o.before and o.anchor.procedure == place.procedure.id)
        run, step = place.run, next((a.step for a in own), ENDINGS.get(place.procedure.id, ""))
    return (ended(run, step) if run else None) or view.today
