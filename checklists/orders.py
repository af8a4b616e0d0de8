"""The **Før:** and **Efter:** lines of a step against what has happened."""

from __future__ import annotations

from datetime import date

from checklists.facts import Record
from checklists.view import BORN_OF_LAW, Place, View, not_after
from handbook.model import Order, Step


def standing(view: View, place: Place) -> list[tuple[Order, Record]]:
    """The order lines that stand, each with the event on the other side, where that has happened."""
    found = []
    new = bool(place.step.orders) and view.pages.is_new(place.procedure, place.step)
    for line in place.step.orders:
        if view.holds(place, line.when):
            # What happened before barnets lov had nothing to wait for in a duty that barnets lov brought.
            events = [e for e in view.done(place, line.anchor) if not new or e.day >= BORN_OF_LAW]
            if events:
                found.append((line, events[0]))
    return found


def settled_before_law(view: View, place: Place) -> bool:
    """Whether what a duty of barnets lov has to come before had happened before barnets lov."""
    if not place.step.orders or not view.pages.is_new(place.procedure, place.step):
        return False
    lines = [line for line in place.step.orders if line.before and view.holds(place, line.when)]
    return any(e.day < BORN_OF_LAW for line in lines for e in view.done(place, line.anchor)[:1])


def broken(record: Record, orders: list[tuple[Order, Record]]) -> tuple[Order, Record] | None:
    """The first order line that the record breaks, with the event on the other side; None when it is in order."""
    for line, other in orders:
        in_order = not_after(record, other) if line.before else not_after(other, record)
        if not in_order:
            return line, other
    return None


def missed_before(view: View, place: Place, done: Record | None, day: date) -> bool:
    """Whether the step was not there (``done``: its first record) when something it precedes came, before ``day``."""
    happened = [event for line, event in standing(view, place) if line.before and event.day < day]
    return any(done is None or not not_after(done, event) for event in happened)


def other_name(view: View, place: Place, line: Order) -> str:
    """The short name of the step on the other side of an order line."""
    run = view.resolve(place, line.anchor.procedure)
    page = view.page_of(run) if run else None
    step: Step | None = page.by_id.get(line.anchor.step) if page else None
    return step.name if step else line.anchor.step
