"""Who has been heard before a decision: the child about each measure, each custody holder in each phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from checklists.decisions import INVESTIGATION, Decision
from checklists.facts import Item, Record
from checklists.states import RunState, StepState
from checklists.view import field_of
from handbook.model import Procedure, Step

TALK = ("boernesamtale", "holdt")
HOLDER = "forældremyndighedsindehaver"


Heard = Literal["held", "planned", "attempted", "awaiting", "left out", "missing"]

_UNDER_WAY: Mapping[str, Heard] = {"planned": "planned", "attempted": "attempted", "awaiting": "awaiting"}


@dataclass(frozen=True, slots=True)
class Talk:
    """The child talk about one measure. ``by`` is who held it, as the page's choice id; empty when not recorded."""

    item: Item
    heard: Heard
    record: Record | None
    by: str
    why: str
    """The ground it was left out with, or why an attempt failed; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A step in which every custody holder is to be involved, for one of them. ``record`` decides the state."""

    procedure: Procedure
    step: Step
    involved: bool
    record: Record | None


@dataclass(frozen=True, slots=True)
class Holder:
    """One custody holder through the phases of the case, in page order."""

    item: Item
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Parity:
    """A phase in which one custody holder has been involved and another has not."""

    left_out: Item
    involved: Item
    procedure: Procedure
    step: Step


def talks(found: Decision) -> tuple[Talk, ...]:
    """The child talk about each measure the decision is about: before it, about it, and by whom."""
    states = [s for run in found.family if run.procedure.id == TALK[0] for s in run.steps if s.step.id == TALK[1]]
    return tuple(_talk(s) for s in states if s.item is not None and s.state != "not relevant")


def _talk(state: StepState) -> Talk:
    assert state.item is not None
    record = state.record
    if state.state == "left out":
        return Talk(state.item, "left out", record, "", state.reason)
    if record is None:
        return Talk(state.item, "missing", None, "", "")
    if record.status == "done":
        return Talk(state.item, "held", record, str(field_of(state.step, record, "holdt_af") or ""), "")
    return Talk(state.item, _UNDER_WAY.get(record.status, "missing"), record, "", str(record.value.get("why") or ""))


def holders(found: Decision, runs: Iterable[RunState]) -> tuple[Holder, ...]:
    """Each custody holder through every step that stands for each of them, in the runs that lead to the decision.

    ``runs`` are the runs to look in, in the order they are shown: the decision's own and those before it.
    """
    by_item: dict[str, tuple[Item, list[Phase]]] = {}
    for run in runs:
        for state in run.steps:
            if state.step.for_each != HOLDER or state.item is None or state.state == "not relevant":
                continue
            involved = state.state in ("done", "done late", "done with deficiency")
            phase = Phase(run.procedure, state.step, involved, state.record)
            by_item.setdefault(state.item.id, (state.item, []))[1].append(phase)
    return tuple(Holder(item, tuple(phases)) for item, phases in by_item.values())


def leading_to(found: Decision, runs: Iterable[RunState]) -> list[RunState]:
    """The notification, screening and investigation the decision came from, then the decision and what serves it."""
    kin = found.view.kinship
    before = []
    for procedure in ("underretning", "screening", "afdaekning", INVESTIGATION):
        near = kin.candidates(found.run, found.run.serves, procedure)
        before += [r for r in runs if r.run is not None and near and r.run.id == near[-1].id]
    return [*before, *(r for r in found.family if r not in before)]


def parity(all_of: Iterable[Holder]) -> tuple[Parity, ...]:
    """Where one custody holder has been involved and another has not, phase by phase."""
    known = tuple(all_of)
    unequal = []
    for one in known:
        for phase in one.phases:
            if phase.involved or (phase.record is not None and phase.record.status in ("planned", "left out")):
                continue
            other = next((o for o in known if o is not one and _in_phase(o, phase)), None)
            if other is not None:
                unequal.append(Parity(one.item, other.item, phase.procedure, phase.step))
    return tuple(unequal)


def _in_phase(holder: Holder, phase: Phase) -> bool:
    return any(p.involved and p.step is phase.step and p.procedure is phase.procedure for p in holder.phases)
