"""What can be wrong with a record that is there: a check of its page, or an answer that is itself a fault."""

from __future__ import annotations

from checklists.checks import CHECKS, Fault
from checklists.facts import Record
from checklists.view import Place, View, answers
from handbook.model import Choice, Deficiency


def deficiency(view: View, place: Place, record: Record) -> Fault | None:
    """The first fault that the step's checks, or a choice marked as one, find in a done record."""
    for name in place.step.checks:
        rule = CHECKS.get(name)
        fault = rule(view, place, record) if rule else None
        if fault is not None:
            return fault
    for choice_id in answers(place.step, record):
        choice = place.step.choice(choice_id)
        if choice is not None and choice.deficiency is not None and not _done_after_all(view, place, choice):
            return Fault(choice.deficiency.code, choice.deficiency.text)
    return None


def unnamed_ground(place: Place, ground: str) -> Deficiency | None:
    """The deficiency of a ground given straight on the step, when the page has it among those not named by law."""
    for step in place.procedure.steps:
        for choice in step.choices:
            named = ground.strip().lower() in (choice.id, choice.label.lower())
            if named and any(ref.step == place.step.id for ref in choice.leaves_out):
                return choice.deficiency
    return None


def _done_after_all(view: View, place: Place, choice: Choice) -> bool:
    """Whether what the answer left out was done in the end: then its ground is no fault of its own."""
    steps = [s for ref in choice.leaves_out if (s := place.procedure.by_id.get(ref.step)) is not None]
    return bool(steps) and all(any(r.status == "done" for r in view.records(place, s)) for s in steps)
