"""The commands that only tell: why, by which law, by when, how far, what is missing. None of them makes a row."""

from __future__ import annotations

from datetime import datetime

from checklists.states import StepState
from guide import readiness_text
from guide.commands_text import Typed, help_lines
from guide.dates import format_moment, format_relative
from guide.dialogue import age_text, law_text, provenance_text, words
from guide.dialogue.deadline_text import ground
from guide.dialogue.scene import Scene
from guide.turns import Message, Prompt, Reply

NOT_ASKED = "Der spørges ikke om noget lige nu."


def says(prompt: Prompt | None, *texts: str, tone: str = "") -> Reply:
    """The texts said by the program, and the same question once more."""
    said = tuple(Message("system", text, tone) for text in texts if text)
    return Reply(focus=prompt.focus if prompt else None, said=said)


def why(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Why the step is asked for: clauses, guidance, what auditors find, and how sure each clause is."""
    spot = scene.find(prompt.focus if prompt else None)
    if spot is None:
        return says(prompt, NOT_ASKED)
    step = spot.step
    sure = provenance_text.lines(step.references)
    return says(
        prompt,
        words.clauses(step.references),
        *words.guidance(step.text, 20),
        *(f"Lokalt: {text}" for text in words.guidance(step.local_text, 20)),
        f"Det finder tilsyn: {words.plain(step.audit_note)}" if step.audit_note else "",
        f"I journalen: {words.plain(step.journal_note)}" if step.journal_note else "",
        f"Hvis det mangler eller er sent: {words.plain(step.mend)}" if step.mend else "",
        f"Kilde: {words.plain(step.source)}" if step.source else "",
        "\n".join(("Hvor sikre er henvisningerne?", *sure)) if sure else "",
    )


def laws(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """The step under both laws."""
    spot = scene.find(prompt.focus if prompt else None)
    return says(prompt, *(law_text.both(scene, spot) if spot else (NOT_ASKED,)))


def deadlines(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Every running deadline of the case, the nearest first, then the birthdays to come."""
    found = [s for r in scene.progress.runs for s in r.steps if s.due is not None and not s.settled]
    found.sort(key=lambda s: s.due.late_after if s.due else scene.now)
    running = ("Frister, den nærmeste først:", *(_deadline(scene, s) for s in found))
    ages = age_text.lines(scene.case.born, scene.handbooks, scene.now)
    return says(prompt, *(running if found else ("Ingen frister løber lige nu.",)), *ages)


def _deadline(scene: Scene, state: StepState) -> str:
    if state.due is None:
        return ""
    about = f" ({words.item_name(state.item)})" if state.item else ""
    when = f"{format_moment(state.due.aim, scene.now)}, {format_relative(state.due.aim, scene.now)}"
    return f"{when}: {words.step_name(state.step)}{about}. {ground(state)}"


def status(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """How far each run is, and what is wrong."""
    told = []
    for run_state in scene.progress.runs:
        asked = [s for s in run_state.steps if s.state not in ("not relevant", "waiting")]
        if not asked:
            continue
        settled = sum(s.settled for s in asked)
        name = words.run_name(run_state.procedure, run_state.run.id if run_state.run else None)
        told.append(f"{name}: {settled} af {len(asked)} trin" + ("" if run_state.run else ", ikke åbnet endnu"))
    found = [words.finding_text(f) for f in scene.progress.findings] or [words.NOTHING_MISSING]
    return says(prompt, *(told or ["Der er ikke åbnet noget forløb endnu."]), *found)


def ready(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """What is missing before the decision; ``/klar akut`` shows the way when the child cannot wait."""
    hurry = typed.argument.casefold() == "akut"
    run = prompt.focus.run if prompt else None
    return says(prompt, *readiness_text.lines(scene.progress, scene.handbooks, run, hurry))


def show_help(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Every command."""
    return says(prompt, *help_lines())
