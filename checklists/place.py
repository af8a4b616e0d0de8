"""Where a question is asked from, and what a record answers: the small things every rule uses."""

from __future__ import annotations

from typing import Any

from checklists.facts import Item, Record, Run
from handbook.model import Procedure, Step


class Place:
    """A step of a run, for one item: where a question is asked from. ``run`` is None for a run only expected."""

    __slots__ = ("item", "procedure", "run", "serves", "step")

    def __init__(self, procedure: Procedure, run: Run | None, serves: str, step: Step, item: Item | None) -> None:
        self.procedure = procedure
        self.run = run
        self.serves = serves
        self.step = step
        self.item = item


def answers(step: Step, record: Record) -> tuple[str, ...]:
    """The choice ids that ``record`` answers ``step`` with: none, one, or several for "flere valg"."""
    choice_field = step.choice_field
    if choice_field is None:
        return ()
    value = record.value.get(choice_field.name, record.value.get(""))
    if isinstance(value, str):
        return (value,)
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def field_of(step: Step, record: Record, name: str) -> Any:
    """The value of a named field; a bare value answers the step's first field that is not its time.

    One choice may be written as a list of one, as the event log allows, and means the same.
    """
    first = next((f for f in step.fields if not f.is_time), None)
    bare = record.value.get("") if first is not None and first.name == name else None
    value = record.value.get(name, bare)
    single = any(f.name == name and f.type == "valg" for f in step.fields)
    return value[0] if single and isinstance(value, list) and len(value) == 1 else value


def not_after(a: Record, b: Record) -> bool:
    """Whether ``a`` is in order before ``b``: two events on one day, either without an hour, are in order."""
    if a.at is not None and b.at is not None:
        return a.at <= b.at
    return a.day <= b.day
