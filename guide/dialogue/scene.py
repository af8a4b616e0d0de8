"""One case in front of the conversation: its runs and steps looked up by focus, and what was entered last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from checklists.facts import Record, Run
from checklists.predicates import PREDICATES
from checklists.states import Progress, RunState, StepState
from checklists.view import Place, View
from guide.turns import Focus
from handbook.model import Handbook, Law, Procedure, Step

Handbooks = Mapping[Law, Handbook]

ACTS = ("done", "planned", "attempted", "awaiting", "left out")
"""What can be recorded about a step."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A step instance in its run. ``items`` are the items an answer will be recorded for."""

    run: RunState
    state: StepState
    items: tuple[str, ...] = ()

    @property
    def step(self) -> Step:
        """The step on the page."""
        return self.state.step

    @property
    def procedure(self) -> Procedure:
        """The page the step stands on."""
        return self.run.procedure

    @property
    def run_id(self) -> str:
        """The run's id; empty while the run is only expected."""
        return self.run.run.id if self.run.run else ""

    @property
    def opened_as(self) -> str:
        """The procedure the run was opened as, which its rows name: a handleplan that follows barnets plan now."""
        return self.run.run.procedure if self.run.run else self.procedure.id

    def focus(self, act: str = "done", field: str = "", editing: str = "") -> Focus:
        """The spot as the value that screens carry around."""
        return Focus(
            run=self.run_id or None,
            procedure=self.procedure.id,
            step=self.step.id,
            item=",".join(self.items),
            act=act,
            field=field,
            editing=editing,
            serves=(self.run.serves or "") if self.run.run is None else "",
        )


def entered(record: Record) -> tuple[datetime, str]:
    """What orders records by when they were written down; the conversation follows that order."""
    return (record.recorded, record.id)


class Scene:
    """A case's progress with the handbooks, for the length of one turn."""

    def __init__(self, progress: Progress, handbooks: Handbooks) -> None:
        self.progress = progress
        self.case = progress.case
        self.now = progress.now
        self.handbooks = handbooks

    @cached_property
    def view(self) -> View:
        """The case as the rules see it, for predicates and for which run an anchor means."""
        return View(self.case, self.handbooks, self.now, PREDICATES)

    @cached_property
    def journalised(self) -> frozenset[str]:
        """Ids of the records that stand in the journal."""
        return self.case.journalised

    @property
    def law(self) -> Law:
        """The law of the day, as far as its edition is at hand."""
        return self.view.pages.law_on(self.view.today)

    def run_state(self, run: str | None, procedure: str = "", serves: str = "") -> RunState | None:
        """The run with that id; for None the expected run of ``procedure``, the latest when several expect it."""
        if run is not None:
            return next((r for r in self.progress.runs if r.run is not None and r.run.id == run), None)
        found = [r for r in self.progress.runs if r.procedure.id == procedure and (r.serves or "") == serves]
        if not found:
            found = [r for r in self.progress.runs if r.procedure.id == procedure and r.run is None]
        return found[-1] if found else None

    def find(self, focus: Focus | None) -> Spot | None:
        """The spot that ``focus`` points at, or None when nothing in the case answers to it."""
        if focus is None or not focus.step:
            return None
        run = self.run_state(focus.run, focus.procedure, focus.serves)
        if run is None:
            return None
        items = tuple(i for i in focus.item.split(",") if i)
        return self.spot(run, focus.step, items)

    def spot(self, run: RunState, step_id: str, items: tuple[str, ...] = ()) -> Spot | None:
        """A step of ``run``; without ``items`` its first instance that still asks something."""
        found = [s for s in run.steps if s.step.id == step_id]
        if items:
            named = [s for s in found if s.item is not None and s.item.id in items]
            if named:
                known = {s.item.id for s in found if s.item is not None}
                return Spot(run, named[0], tuple(i for i in items if i in known))
        state = next((s for s in found if not s.settled), found[0] if found else None)
        if state is None:
            step = run.procedure.by_id.get(step_id)
            if step is None:
                return None
            state = StepState(step, run.run.id if run.run else None, None, "not relevant")
        return self.instance(run, state)

    @staticmethod
    def instance(run: RunState, state: StepState) -> Spot:
        """A step instance as a spot of its own."""
        return Spot(run, state, (state.item.id,) if state.item else ())

    def siblings(self, spot: Spot) -> tuple[StepState, ...]:
        """The other instances of a step that stands once for each item, those that still ask something."""
        return tuple(
            s
            for s in spot.run.steps
            if s.step.id == spot.step.id and s.item is not None and s.item.id not in spot.items and not s.settled
        )

    def place(self, spot: Spot) -> Place:
        """The spot as the rules know it."""
        return Place(spot.procedure, spot.run.run, spot.run.serves or "", spot.step, spot.state.item)

    # -- what was recorded --------------------------------------------------------------------------------------

    def written(self, run: Run | None) -> list[Record]:
        """The live records of a run in the order they were entered."""
        return sorted((r for found in run.records.values() for r in found), key=entered) if run else []

    def record(self, run: Run | None, record_id: str) -> Record | None:
        """The live record with that id in the run, or None."""
        return next((r for r in self.written(run) if r.id == record_id), None) if record_id else None

    def growing(self, spot: Spot, act: str, editing: str) -> Record | None:
        """The record an answer adds to: the one being corrected, else the step's last entered of this kind."""
        run = spot.run.run
        if run is None:
            return None
        named = self.record(run, editing)
        if named is not None:
            return named
        own = [
            r
            for r in run.records.get(spot.step.id, ())
            if r.status == act and (not r.items or not spot.items or set(r.items) & set(spot.items))
        ]
        return max(own, key=entered, default=None)

    def page(self, procedure: str, law: Law) -> Procedure | None:
        """The page of a procedure to open now: in the law of the day, else in ``law``, else where it exists."""
        for name in (self.law, law, *self.handbooks):
            found = self.handbooks[name].procedures.get(procedure) if name in self.handbooks else None
            if found is not None:
                return found
        return None
