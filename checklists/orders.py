"""The **Før:** and **Efter:** lines of a step against what has happened."""

from __future__ import annotations

from checklists.facts import Record
from checklists.view import Place, View, not_after
from handbook.model import Order, Step


def standing(view: View, place: Place) -> list[tuple[Order, Record]]:
    """The order lines that stand, each with the event on the other side, where that has happened."""
    found = []
    for line in place.step.orders:
        if view.holds(place, line.when):
            events = view.done(place, line.anchor)
            if events:
                found.append((line, events[0]))
    return found


def broken(record: Record, orders: list[tuple[Order, Record]]) -> tuple[Order, Record] | None:
    """The first order line that the record breaks, with the event on the other side; None when it is in order."""
    for line, other in orders:
        in_order = not_after(record, other) if line.before else not_after(other, record)
        if not in_order:
            return line, other
    return None


def other_name(view: View, place: Place, line: Order) -> str:
    """The short name of the step on the other side of an order line."""
    run = view.resolve(place, line.anchor.procedure)
    page = view.page_of(run) if run else None
    step: Step | None = page.by_id.get(line.anchor.step) if page else None
    return step.name if step else line.anchor.step
