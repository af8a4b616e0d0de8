"""What to propose next: the question that was interrupted, what the last answer points at, else what is most urgent.

Nothing here shuts anything out; any step can be gone to and recorded at any time.
"""

from __future__ import annotations

from datetime import date

from checklists import urgency as urgent
from checklists.facts import Record
from checklists.states import RunState, StepState
from checklists.urgency import FAR, Urgency
from checklists.view import answers
from guide.dialogue.asks import pending, unfinished
from guide.dialogue.linking import unclear
from guide.dialogue.scene import Scene, Spot, entered
from guide.turns import Focus
from handbook.model import Choice


def propose(scene: Scene, run: RunState | None) -> Focus | None:
    """Where the conversation stands in ``run`` (without one: where the case was left), or None when all is settled."""
    run = run or home(scene)
    if run is None:
        return None
    interrupted = _interrupted(scene, run)
    if interrupted is not None:
        return interrupted
    link = unclear(scene, run)
    if link is not None:
        return link
    pointed = _pointed_at(scene, run)
    if pointed is not None:
        return pointed.focus()
    own = agenda(scene, run) or elsewhere(scene, run)
    return own[0].focus() if own else None


def home(scene: Scene) -> RunState | None:
    """The run that was written in last; in an untouched case the one with the most urgent step."""
    written = [(entered(r), run) for run in scene.progress.runs for r in scene.written(run.run)]
    if written:
        return max(written, key=lambda pair: pair[0])[1]
    runs = [r for r in scene.progress.runs if r.run is not None]
    return min(runs, key=lambda r: _most_urgent(scene, r), default=None)


def _interrupted(scene: Scene, run: RunState) -> Focus | None:
    record = unfinished(scene.written(run.run))
    if record is None:
        return None
    spot = scene.spot(run, record.step, record.items)
    ask = pending(scene, spot, record) if spot else None
    if spot is None or ask is None:
        return None
    return Spot(run, spot.state, record.items or spot.items).focus(record.status, ask.name, record.id)


def _pointed_at(scene: Scene, run: RunState) -> Spot | None:
    """The step that the latest answered choice leads to, while it still asks something."""
    for record in reversed(scene.written(run.run)):
        choices = given(run, record)
        if record.status != "done" or not choices:
            continue
        for choice in choices:
            spot = target(scene, run, choice)
            if spot is not None and not spot.state.settled and _asks_now(scene, spot.state):
                return spot
        return None
    return None


def given(run: RunState, record: Record) -> list[Choice]:
    """The choices that a record answered its step with."""
    step = run.procedure.by_id.get(record.step)
    return [c for i in answers(step, record) if (c := step.choice(i))] if step else []


def target(scene: Scene, run: RunState, choice: Choice) -> Spot | None:
    """The instance that a choice's link means, in this run or in the related run of the other procedure."""
    if choice.target is None:
        return None
    there: RunState | None = run
    if choice.target.procedure != run.procedure.id:
        related = scene.view.kinship.candidates(run.run, run.serves or "", choice.target.procedure)
        there = scene.run_state(related[-1].id) if related else None
    step = choice.target.step
    if there is not None and not step:
        found = agenda(scene, there)
        return found[0] if found else None
    return scene.spot(there, step) if there is not None else None


def _asks_now(scene: Scene, state: StepState) -> bool:
    """Whether a step has more to ask than that its agreed day or its answer comes."""
    return urgency(scene, state)[0] < 3 and not rests(state, scene.view.today)


def rests(state: StepState, today: date) -> bool:
    """Whether a duty that comes back has been seen to and its next round is not near: then it is not proposed.

    On the day it was answered it rests even when the next round is near. A round that is over time never rests.
    """
    if state.step.recurrence is None or state.record is None or state.record.status != "done":
        return False
    return state.state == "open" or (state.state == "due soon" and state.record.day == today)


def urgency(scene: Scene, state: StepState) -> Urgency:
    """What sorts open steps of a run: see ``checklists.urgency``."""
    return urgent.urgency(state, scene.view.today)


def pressing(scene: Scene, run: RunState, state: StepState) -> tuple[int, float, int]:
    """What sorts open steps of different runs: see ``checklists.urgency``."""
    return urgent.pressing(run, state, scene.view.today)


def agenda(scene: Scene, run: RunState) -> list[Spot]:
    """The open steps of ``run`` in the order to take them.

    What a companion run (a talk, a plan) has to be done before one of them is put right before it, so that the talk
    with the child is proposed before the decision.
    """
    found: dict[tuple[object, ...], tuple[Urgency, int, Spot]] = {}
    companions = _companions(scene, run)
    for state, rank in _ranked(scene, run):
        spot = scene.instance(run, state)
        for first in _to_do_before(scene, companions, spot):
            _add(found, min(rank, urgency(scene, first.state)), first)
        _add(found, rank, spot)
    return [spot for _, _, spot in sorted(found.values(), key=lambda entry: entry[:2])]


def _ranked(scene: Scene, run: RunState) -> list[tuple[StepState, Urgency]]:
    """The open steps in page order with their urgency.

    A question that decides what else is relevant is as urgent as what comes after it on the page: whether there are
    signs of violence is asked before the assessment that is running late.
    """
    deciding = {
        ref.step
        for step in run.procedure.steps
        for condition in step.conditions
        for ref in condition.choices
        if ref.procedure == run.procedure.id
    }
    ranked: list[tuple[StepState, Urgency]] = []
    ahead: Urgency = (9, FAR)
    for state in reversed([s for s in run.open_steps if not rests(s, scene.view.today)]):
        rank = urgency(scene, state)
        if state.step.id in deciding and rank[0] == 2:
            rank = min(rank, ahead)
        ahead = min(ahead, rank)
        ranked.append((state, rank))
    return ranked[::-1]


def _add(found: dict[tuple[object, ...], tuple[Urgency, int, Spot]], rank: Urgency, spot: Spot) -> None:
    key = (spot.run.procedure.id, spot.run.serves, *spot.state.key)
    if key not in found:
        found[key] = (rank, len(found), spot)


def _companions(scene: Scene, run: RunState) -> list[RunState]:
    if run.run is None:
        return []
    return [r for r in scene.progress.runs if r is not run and r.serves == run.run.id]


def _to_do_before(scene: Scene, companions: list[RunState], spot: Spot) -> list[Spot]:
    found = []
    for companion in companions:
        for state in companion.open_steps:
            first = scene.instance(companion, state)
            if any(
                line.before
                and line.anchor.procedure == spot.procedure.id
                and line.anchor.step == spot.step.id
                and scene.view.holds(scene.place(first), line.when)
                for line in state.step.orders
            ):
                found.append(first)
    return found


def elsewhere(scene: Scene, run: RunState) -> list[Spot]:
    """The first open step of every other run: kin first (opened by this one, served, its opener), then by urgency."""
    kin = _kin(run)
    found = []
    for other in scene.progress.runs:
        own = agenda(scene, other) if other is not run else []
        if own:
            related = other.run is not None and (other.run.id in kin or other.run.opened_by in kin[:1])
            found.append((0 if related else 1, pressing(scene, own[0].run, own[0].state), own[0]))
    return [spot for _, _, spot in sorted(found, key=lambda entry: entry[:2])]


def _kin(run: RunState) -> tuple[str, ...]:
    own = run.run.id if run.run else ""
    return tuple(i for i in (own, run.serves or "", run.run.opened_by if run.run else "") if i)


def _most_urgent(scene: Scene, run: RunState) -> Urgency:
    return min((urgency(scene, s) for s in run.open_steps), default=(9, FAR))


def after(scene: Scene, spot: Spot) -> Spot | None:
    """The open step to propose when ``spot`` is passed over; it comes round again. None when there is no other."""
    listed = agenda(scene, spot.run)
    same = [i for i, s in enumerate(listed) if s.state.key == spot.state.key and s.run is spot.run]
    if not same:
        listed = _agenda_with(scene, spot) or listed
        same = [i for i, s in enumerate(listed) if s.state.key == spot.state.key and s.run is spot.run]
    at = same[0] if same else -1
    rest = [*listed[at + 1 :], *listed[: max(at, 0)]]
    rest = [s for s in rest if s.step.id != spot.step.id or s.run is not spot.run or not set(s.items) & set(spot.items)]
    rest = [s for s in rest if s.state.key != spot.state.key or s.run is not spot.run] or elsewhere(scene, spot.run)
    return rest[0] if rest else None


def _agenda_with(scene: Scene, spot: Spot) -> list[Spot]:
    served = scene.run_state(spot.run.serves) if spot.run.serves else None
    return agenda(scene, served) if served is not None else []
