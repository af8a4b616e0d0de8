"""What is missing before a decision, as it stands in the records: by law, practice, local rule and professional habit.

It never says that something is allowed, only what is known to be missing and what helps. Nothing is stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checklists import wording
from checklists.calendar import local_day
from checklists.judge import finding
from checklists.states import Finding, Progress, RunState, StepState
from checklists.view import DECISION
from guide.dates import format_day
from guide.dialogue import words
from guide.dialogue.scene import Handbooks, Scene
from handbook.model import Basis, Order

INVESTIGATION = "boernefaglig-undersoegelse"
TAKEN = "truffet"
_ORDER: tuple[Basis, ...] = ("lov", "praksis", "lokal", "faglig")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing missing before the decision. ``before`` says by when, in words."""

    finding: Finding
    before: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is missing for one decision. ``decided`` is true when it has been taken already."""

    run: str | None
    decided: bool
    missing: tuple[Missing, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is known to be missing in what is recorded."""
        return not self.missing


def readiness(progress: Progress, handbooks: Handbooks, run: str | None = None) -> Readiness | None:
    """What is missing for the decision ``run`` is, serves or leads to; None names the decision under way.

    None when the case has no decision under way.
    """
    scene = Scene(progress, handbooks)
    decision = _decision(scene, run)
    if decision is None or decision.run is None:
        return None
    found: list[Missing] = []
    for state in scene.progress.runs:
        if _belongs(scene, state, decision):
            found += [m for s in state.steps for m in _missing(scene, state, s, decision)]
    found.sort(key=lambda m: _ORDER.index(m.finding.basis))
    decided = any(r.status == "done" for r in decision.run.records.get(TAKEN, ()))
    return Readiness(decision.run.id, decided, tuple(found))


def lines(progress: Progress, handbooks: Handbooks, run: str | None = None) -> tuple[str, ...]:
    """The same as sentences for the conversation and the command line."""
    found = readiness(progress, handbooks, run)
    if found is None:
        return ("Der er ingen afgørelse på vej i sagen. Åbn forløbet Afgørelse, når I begynder på den.",)
    head = f"Afgørelsen ({found.run}) er truffet." if found.decided else f"Før afgørelsen ({found.run}):"
    if found.ready:
        return (f"{head} {words.NOTHING_MISSING}",)
    return (head, *(_line(m) for m in found.missing))


def _line(missing: Missing) -> str:
    f = missing.finding
    known_missing = f.kind in ("missing", "overdue")
    word = words.MISSING[f.basis] if known_missing else words.NOT_AS_SAID[f.basis]
    clause = words.sentence(words.plain(f.clause))
    mend = f"Det hjælper: {f.mend}" if f.mend else ""
    told = (f"{word}: {words.finding_words(f)}", clause, missing.before, mend)
    return " ".join(part for part in told if part)


def _decision(scene: Scene, run: str | None) -> RunState | None:
    """The decision that ``run`` is or serves; else the latest not taken yet, else the latest."""
    decisions = [r for r in scene.progress.runs if r.procedure.id == DECISION and r.run is not None]
    start = scene.run_state(run) if run else None
    if start is not None:
        near = [d for d in decisions if d.run and d.run.id in (run, start.serves)]
        if near:
            return near[0]
    waiting = [d for d in decisions if d.run and not any(r.status == "done" for r in d.run.records.get(TAKEN, ()))]
    latest = waiting or decisions
    return latest[-1] if latest else None


def _belongs(scene: Scene, state: RunState, decision: RunState) -> bool:
    """The decision itself, what serves it, and the investigation it rests on."""
    if decision.run is None:
        return False
    if state is decision or state.serves == decision.run.id:
        return True
    if state.procedure.id != INVESTIGATION or state.run is None:
        return False
    near = scene.view.kinship.candidates(decision.run, decision.serves or "", INVESTIGATION)
    return bool(near) and state.run.id == near[-1].id


def _missing(scene: Scene, run: RunState, state: StepState, decision: RunState) -> list[Missing]:
    if state.finding is not None and state.finding.kind == "late":
        return []  # done, only late: nothing is missing, and the finding stands elsewhere
    if state.finding is not None:
        return [Missing(state.finding, _by_when(scene, state))]
    if state.settled:
        return []
    place = scene.place(scene.instance(run, state))
    for line in state.step.orders:
        if line.before and line.anchor.procedure == DECISION and scene.view.holds(place, line.when):
            text = wording.sentence(f"{state.step.name or state.step.title} er ikke noteret")
            # The page's "Ret op" is for what is already a fault; before the decision the guidance itself helps.
            now = _first_sentence(state.step.text)
            open_now = finding(scene.view, place, "missing", "missing", text, None, mend=now)
            return [Missing(open_now, _before(scene, decision, line))]
    return []


def _first_sentence(text: str) -> str:
    plain = words.plain(text.strip().split("\n\n")[0].replace("\n", " "))
    return re.split(r"(?<=[.!?])\s", plain, maxsplit=1)[0]


def _by_when(scene: Scene, state: StepState) -> str:
    if state.due is None or state.settled:
        return ""
    return f"Frist: {format_day(local_day(state.due.late_after), scene.now)}."


def _before(scene: Scene, decision: RunState, line: Order) -> str:
    found = decision.run.records.get(line.anchor.step, ()) if decision.run else ()
    planned = [r for r in found if r.status == "planned" and r.day >= scene.view.today]
    expected = f", ventet {format_day(planned[-1].day, scene.now)}" if planned else ""
    return f"Senest: før afgørelsen{expected}."
