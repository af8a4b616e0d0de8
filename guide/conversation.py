"""The dialogue without a terminal: a case's progress -> what is said and asked; an answer -> rows to save.

Pure. The state of the dialogue is folded from the records each time; ``Focus`` only says where the eyes are, and may
be lost without harm. Commands begin with a slash; everything else is content and is never searched for intent.
"""

from __future__ import annotations

from datetime import datetime

from checklists.facts import Record
from checklists.states import Progress
from checklists.wording import within
from guide import commands_text
from guide.commands_text import content
from guide.date_text import format_day
from guide.dialogue import age_text, command_replies, words
from guide.dialogue.agenda import propose, rests
from guide.dialogue.answers import answer, keep_as_note
from guide.dialogue.asks import is_unfinished
from guide.dialogue.deadline_text import deadline_line
from guide.dialogue.deviation import weights
from guide.dialogue.journal import KEPT
from guide.dialogue.law_text import crossing, step_of
from guide.dialogue.prompts import NO, YES, asks_step, confirm, edited, prompt_for
from guide.dialogue.saving import Asking
from guide.dialogue.scene import ACTS, Handbooks, Scene, Spot, entered
from guide.turns import Focus, Message, Prompt, Reply, Turn
from store.privacy import cpr_like

__all__ = ["reply", "turn"]


def turn(progress: Progress, focus: Focus | None, handbooks: Handbooks) -> Turn:
    """The conversation at ``focus``: what was answered in that run so far, then the step and its prompt.

    A focus that is None, that names only a run, or that points at something no longer there, gives the step to
    propose. The prompt is None when nothing in the case asks anything.
    """
    scene = Scene(progress, handbooks)
    if focus is not None and focus.text and not focus.step:
        return Turn(_history(scene, None, None), confirm(focus))
    spot, focus = _where(scene, focus)
    prompt = prompt_for(scene, spot, focus) if spot and focus else None
    if spot is not None and focus is not None and prompt is None:
        # The field it names has been answered meanwhile: on to what the run proposes.
        spot, focus = _where(scene, Focus(spot.run_id or None, spot.procedure.id, "", serves=focus.serves))
        prompt = prompt_for(scene, spot, focus) if spot and focus else None
    if spot is None or focus is None or prompt is None:
        return Turn((*_all_history(scene), *_nothing_open(scene)), None)
    about = _about(scene, spot, focus) if asks_step(focus) and not focus.text else ()
    return Turn((*_history(scene, spot, focus), *about), prompt)


def reply(progress: Progress, prompt: Prompt | None, text: str, me: str, now: datetime, handbooks: Handbooks) -> Reply:
    """What ``text`` leads to at ``prompt`` (None when nothing is asked): typed, or the id of an option picked.

    Several picked options are parted by commas; empty text gives the prompt's default. ``me`` is who answers
    (initials), ``now`` an aware instant. Never raises for any text.
    """
    scene = Scene(progress, handbooks)
    typed = commands_text.parse(text)
    if typed is not None:
        return command_replies.run(scene, prompt, typed, now)
    if prompt is None:
        return keep_as_note(Focus(None, "", ""), content(text))
    if prompt.kind == "confirm":
        return _confirmed(scene, prompt, text, now)
    spot = scene.find(prompt.focus)
    if spot is None:
        return Reply(problem="Sagen er ændret imens. Her er den, som den står nu; intet er gået tabt.")
    if _corrected_meanwhile(scene, spot, prompt.focus):
        told = "Svaret er rettet i et andet vindue imens. Her er det, som det står nu; dit står endnu på linjen."
        return Reply(focus=spot.focus(), problem=told)
    return answer(Asking(scene, spot, prompt, me, now), text)


def _where(scene: Scene, focus: Focus | None) -> tuple[Spot | None, Focus | None]:
    """The spot to ask about, and the focus brought up to date: as given, else as proposed."""
    spot = scene.find(focus)
    if focus is not None and spot is not None:
        return spot, focus
    known = focus is not None and (focus.run or focus.procedure)
    run = scene.run_state(focus.run, focus.procedure, focus.serves) if focus is not None and known else None
    proposed = propose(scene, run)
    return scene.find(proposed), proposed


def _corrected_meanwhile(scene: Scene, spot: Spot, focus: Focus) -> bool:
    """Whether the record that an answer would correct has been replaced since the question was put."""
    if focus.act not in ACTS or not focus.editing or focus.editing in scene.case.items:
        return False
    return scene.record(spot.run.run, focus.editing) is None


def _confirmed(scene: Scene, prompt: Prompt, text: str, now: datetime) -> Reply:
    picked = text.strip().casefold() or YES.id
    back = command_replies.without_text(prompt.focus)
    if picked in (YES.id, "1", "j", "ja", YES.label.casefold()):
        return command_replies.note(scene, prompt.focus.text, prompt.focus, back, now)
    if picked in (NO.id, "2", "n", "nej", NO.label.casefold()):
        return Reply(focus=back)
    if cpr_like(text):
        return Reply(focus=prompt.focus, problem=words.CPR_REFUSED)
    return Reply(focus=prompt.focus, problem="Tryk Enter for at gemme noten, eller vælg 2 for at lade være.")


# -- what is said -----------------------------------------------------------------------------------------------


def _history(scene: Scene, spot: Spot | None, focus: Focus | None) -> tuple[Message, ...]:
    """Every answer given in the run, in the order it was entered, each with what is wrong with it."""
    if spot is None:
        return ()
    run = spot.run.run
    notes = [n for n in scene.case.notes if run is not None and n.run == run.id]
    records = sorted([*scene.written(run), *notes], key=entered)
    last = {(r.step, i): r.id for r in records for i in (r.items or ("",))}
    said: list[Message] = []
    said += crossing(scene, spot.run)
    for record in records:
        step = step_of(scene, spot.run, record)
        if step is None:
            text = f"Note: {words.value_text(record.value.get('tekst') or record.note, scene.now)}"
            said.append(Message("dig", f"{text}{_kept(scene, record)}", "muted"))
            continue
        there = Focus(record.run, spot.procedure.id, step.id, ",".join(record.items), record.status, "", record.id)
        said.append(Message("guide", words.step_name(step) if record.status != "done" else step.title, "muted", there))
        told = words.answer_text(scene.case, step, record, scene.now)
        said.append(Message("dig", f"{told}{_kept(scene, record)}", "", there))
        newest = any(last[(record.step, i)] == record.id for i in (record.items or ("",)))
        if newest and not is_unfinished(record) and record.step != spot.step.id:
            said += _warnings(scene, spot, record.step, record.items)
    return tuple(said)


def _kept(scene: Scene, record: Record) -> str:
    return KEPT if record.id in scene.journalised else ""


def _all_history(scene: Scene) -> tuple[Message, ...]:
    """The history of the run written in last, for a case where nothing is asked."""
    written = [(entered(r), run) for run in scene.progress.runs for r in scene.written(run.run)]
    if not written:
        return ()
    run = max(written, key=lambda pair: pair[0])[1]
    return _history(scene, scene.instance(run, run.steps[0]), None) if run.steps else ()


def _warnings(scene: Scene, spot: Spot, step: str, items: tuple[str, ...]) -> list[Message]:
    run = spot.run_id or None
    return [
        Message("guide", words.finding_text(f), "warn")
        for f in scene.progress.findings
        if f.run == run and f.step == step and (not f.items or not items or set(f.items) & set(items))
    ]


def _about(scene: Scene, spot: Spot, focus: Focus) -> tuple[Message, ...]:
    """The step asked about: what it belongs to, its guidance, its deadline, what is wrong, what earlier answers say."""
    said: list[Message] = []
    served = scene.run_state(spot.run.serves) if spot.run.serves else None
    if served is not None:
        text = f"Det hører til {words.run_name(served.procedure, spot.run.serves)}."
        said.append(Message("guide", text if spot.run.run else f"{spot.procedure.title}. {text}", "muted"))
    if spot.step.local:
        said.append(Message("guide", "Kommunens eget trin: lokalt, ikke et lovkrav.", "muted"))
    if spot.state.state == "not relevant":
        because = f": {within(spot.state.reason.rstrip('.'))}" if spot.state.reason else ""
        said.append(
            Message("guide", f"Trinnet er ikke relevant lige nu{because}. Du kan godt svare alligevel.", "muted")
        )
    said += [Message("guide", text) for text in words.guidance(spot.step.text)]
    said += [Message("guide", f"Lokalt: {text}") for text in words.guidance(spot.step.local_text)]
    said.append(Message("guide", deadline_line(scene, spot), "law"))
    if spot.step.target and not (spot.state.due and spot.state.due.local):
        said.append(Message("guide", f"Lokalt mål: {words.plain(spot.step.target)}.", "law"))
    said += age_text.ahead(scene, spot)
    said += _warnings(scene, spot, spot.step.id, spot.items)
    said += [Message("guide", text) for text in _standing(scene, spot)]
    if edited(scene, spot, focus) is not None:
        said.append(
            Message(
                "guide", "Du ser på et svar, der allerede er givet. Et nyt svar afløser det; intet går tabt.", "muted"
            )
        )
    said += weights(scene, spot)
    return tuple(said)


def _standing(scene: Scene, spot: Spot) -> list[str]:
    """What has been agreed, asked for or tried already, or that the step is new: how it stands beyond being open."""
    record = spot.state.record
    if record is None and spot.state.state in ("open", "due soon") and spot.state.reason:
        return [words.sentence(spot.state.reason)]
    if record is None or record.status == "done" or spot.state.settled:
        return []
    text = words.answer_text(scene.case, spot.step, record, scene.now)
    if record.status == "planned" and record.day <= scene.view.today:
        return [f"{words.sentence(text)} Hvordan gik det?"]
    return [words.sentence(text)]


def _nothing_open(scene: Scene) -> tuple[Message, ...]:
    if not scene.progress.runs:
        return (Message("guide", "Der er ikke åbnet noget forløb i sagen endnu. Skriv /ny for at begynde på ét."),)
    waiting = [s for r in scene.progress.runs for s in r.steps if s.state == "waiting"]
    resting = [s for r in scene.progress.runs for s in r.open_steps if rests(s, scene.view.today)]
    text = "Der er ingen åbne trin lige nu."
    next_round = min((s.due.day for s in resting if s.due), default=None)
    if next_round is not None:
        text += f" Næste gang noget kommer igen, er senest {format_day(next_round, scene.now)}."
    if waiting:
        text += f" {len(waiting)} trin venter på noget, der ikke er sket endnu."
    if not scene.progress.findings:
        text += f" {words.NOTHING_MISSING}"
    return (Message("guide", text),)
