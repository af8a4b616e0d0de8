"""The runs that a ``forløb`` field can name: all notifications on the child, with the due date each would give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checklists import calendar
from checklists.checks import unanswered
from checklists.facts import Run
from guide.dates import format_day
from guide.dialogue.scene import Scene, Spot
from guide.turns import Option
from handbook.model import Field, StepRef, Term, Unit

MONTHS_TO_INVESTIGATE = 4
"""SEL § 50, stk. 7: used only when the page itself counts nothing from the step."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run that may be named: the local day it was received and the day the deadline would then fall."""

    run: Run
    received: date
    due: date


def candidates(scene: Scene, spot: Spot, field: Field) -> list[Candidate]:
    """Every run of the field's procedure, the earliest received first."""
    amount, unit = _counted(scene, spot, field)
    found = []
    for run in scene.view.runs_of(field.procedure):
        received = received_day(scene, run)
        day = calendar.add(received, amount, unit)
        found.append(Candidate(run, received, day))
    return sorted(found, key=lambda c: (c.received, c.run.id))


def received_day(scene: Scene, run: Run) -> date:
    """The local day a run's matter reached the municipality: its first step's own time, else the day it was opened."""
    page = scene.view.page_of(run)
    first = page.steps[0].id if page and page.steps else ""
    days = [r.day for r in run.records.get(first, ()) if r.status == "done"]
    return min(days, default=run.start)


def proposed(scene: Scene, spot: Spot, field: Field) -> str:
    """The id of the run proposed: the earliest that nothing has answered yet; else the earliest; empty without any."""
    if field.procedure == "underretning":
        waiting = unanswered(scene.view, spot.run.run)
        if waiting:
            return waiting[0][0].id
    found = candidates(scene, spot, field)
    return found[0].run.id if found else ""


def options(scene: Scene, spot: Spot, field: Field) -> tuple[Option, ...]:
    """One option for each run: when it was received, and when the work would be due."""
    first = proposed(scene, spot, field)
    waiting = (
        {run.id for run, _ in unanswered(scene.view, spot.run.run)} if field.procedure == "underretning" else set()
    )
    listed = []
    for c in candidates(scene, spot, field):
        marks = ["foreslået: den tidligste ubesvarede"] if c.run.id == first else []
        marks += ["besvaret"] if field.procedure == "underretning" and c.run.id not in waiting else []
        told = f" ({', '.join(marks)})" if marks else ""
        listed.append(
            Option(
                c.run.id, f"Modtaget {format_day(c.received, scene.now)}: frist {format_day(c.due, scene.now)}{told}"
            )
        )
    return tuple(listed)


def is_later(scene: Scene, spot: Spot, field: Field, chosen: str) -> Candidate | None:
    """The earlier unanswered run that was passed over by choosing ``chosen``, or None."""
    first = proposed(scene, spot, field)
    found = {c.run.id: c for c in candidates(scene, spot, field)}
    if first not in found or chosen not in found or found[chosen].received <= found[first].received:
        return None
    return found[first]


def _counted(scene: Scene, spot: Spot, field: Field) -> tuple[int, Unit]:
    """What the page counts from this step, in days, weeks or months."""
    here = StepRef(spot.procedure.id, spot.step.id)
    terms = [t for step in spot.procedure.steps for d in step.deadlines for t in d.terms if _starts_at(t, here, field)]
    for term in terms:
        if term.unit in ("dage", "uger", "måneder"):
            return term.amount, term.unit
    return MONTHS_TO_INVESTIGATE, "måneder"


def _starts_at(term: Term, here: StepRef, field: Field) -> bool:
    return any(
        isinstance(a, StepRef)
        and ((a.procedure, a.step) == (here.procedure, here.step) or a.procedure == field.procedure)
        for a in term.anchors
    )
