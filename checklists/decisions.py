"""A decision in its case: which runs belong to it, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.facts import Item, Record, Run
from checklists.predicates import PREDICATES
from checklists.states import Progress, RunState, StepState
from checklists.view import DECISION as DECISION
from checklists.view import Place, View
from handbook.model import Handbook, Law

INVESTIGATION = "boernefaglig-undersoegelse"
TAKEN = "truffet"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in its case, with the runs that belong to it: itself, what serves it, and its investigation."""

    view: View
    state: RunState
    run: Run
    family: tuple[RunState, ...]

    @property
    def taken(self) -> Record | None:
        """The first record of its having been taken."""
        return next((r for r in self.run.records.get(TAKEN, ()) if r.status == "done"), None)


def find_decision(progress: Progress, handbooks: Mapping[Law, Handbook], run: str | None = None) -> Decision | None:
    """The decision that ``run`` is, serves or leads to; without ``run`` the latest not taken yet, or None."""
    view = View(progress.case, handbooks, progress.now, PREDICATES)
    decisions = [r for r in progress.runs if r.procedure.id == DECISION and r.run is not None]
    found = _named(view, progress, decisions, run) if run else [d for d in decisions if d.run and not _is_taken(d.run)]
    if not found or found[-1].run is None:
        return None
    state, chosen = found[-1], found[-1].run
    family = tuple(r for r in progress.runs if _belongs(view, r, state, chosen))
    return Decision(view, state, chosen, family)


def measures(found: Decision) -> tuple[Item, ...]:
    """The measures the decision is about, oldest first."""
    step = found.state.procedure.by_id.get(TAKEN)
    if step is None:
        return ()
    return found.view.items_for(Place(found.state.procedure, found.run, found.run.serves, step, None), "foranstaltning")


def place_of(found: Decision, run: RunState, state: StepState) -> Place:
    """Where a step of one of the decision's runs is asked from."""
    return Place(run.procedure, run.run, run.serves or "", state.step, state.item)


def _named(view: View, progress: Progress, decisions: list[RunState], run: str) -> list[RunState]:
    start = next((r for r in progress.runs if r.run is not None and r.run.id == run), None)
    near = [d for d in decisions if d.run and start and d.run.id in (run, start.serves)]
    if near or start is None or start.run is None:
        return near
    led_to = {r.id for r in view.kinship.candidates(start.run, start.serves or "", DECISION)}
    return [d for d in decisions if d.run and d.run.id in led_to]


def _is_taken(run: Run) -> bool:
    return any(r.status == "done" for r in run.records.get(TAKEN, ()))


def _belongs(view: View, state: RunState, decided: RunState, run: Run) -> bool:
    if state is decided or state.serves == run.id:
        return True
    if state.procedure.id != INVESTIGATION or state.run is None:
        return False
    near = view.kinship.candidates(run, run.serves, INVESTIGATION)
    return bool(near) and state.run.id == near[-1].id
