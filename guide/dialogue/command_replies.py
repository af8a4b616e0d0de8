"""What each command answers. Texts and a focus; only /note and /fortryd make rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from checklists import calendar
from checklists.facts import NOTE, Record
from checklists.states import StepState
from guide import readiness_text
from guide.commands_text import Typed, content, help_lines, unknown
from guide.dates import format_moment, format_relative
from guide.dialogue import words
from guide.dialogue.agenda import urgency
from guide.dialogue.asks import asks
from guide.dialogue.scene import Scene, Spot, entered
from guide.turns import Draft, Focus, Message, Prompt, Reply
from store.privacy import cpr_like

_SCREENS = {"/ny": "ny", "/hurtig": "hurtig", "/håndbog": "håndbog"}
Told = Callable[[Scene, Prompt | None, Typed, datetime], Reply]


def run(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """The reply to a command line; an unknown one gets a kind word and the nearest known."""
    focus = prompt.focus if prompt else None
    if not typed.name:
        return Reply(focus=focus, problem=unknown(typed))
    if typed.name in _SCREENS:
        return Reply(focus=focus, screen=_SCREENS[typed.name], argument=typed.argument)
    return _COMMANDS[typed.name](scene, prompt, typed, now)


def _says(prompt: Prompt | None, *texts: str, tone: str = "") -> Reply:
    said = tuple(Message("system", text, tone) for text in texts if text)
    return Reply(focus=prompt.focus if prompt else None, said=said)


def without_text(focus: Focus) -> Focus | None:
    """The focus from before a sentence was offered as a note."""
    return replace(focus, text="") if focus.step else None


# -- notes and corrections --------------------------------------------------------------------------------------


def note(scene: Scene, text: str, about: Focus, back: Focus | None, now: datetime) -> Reply:
    """The row of a free note in the run that the focus is on."""
    if cpr_like(text):
        return Reply(focus=back, problem=words.CPR_REFUSED)
    state = scene.run_state(about.run, about.procedure) if about.run else None
    today = calendar.local_day(now)
    at = None if now >= calendar.end_of_day(today) else now
    row = Draft(
        kind="record",
        case=scene.case.id,
        run=state.run.id if state and state.run else "",
        procedure=state.procedure.id if state else "",
        step=NOTE,
        day=today,
        at=at,
        value={"tekst": text},
        version=state.procedure.edition if state else "",
    )
    return Reply((row,), back, said=(Message("system", "Noten er gemt.", "muted"),))


def _note(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    focus = prompt.focus if prompt else Focus(None, "", "")
    if not typed.argument:
        return Reply(
            focus=prompt.focus if prompt else None, problem="Skriv noten efter kommandoen: /note det, du vil huske."
        )
    return note(scene, content(typed.argument), focus, without_text(focus) if prompt else None, now)


def _back(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """To the answer before this one: the previous field of the same record, else the record entered before."""
    focus = prompt.focus if prompt else None
    spot = scene.find(focus)
    if focus is not None and spot is not None and focus.field and focus.act in _ACTS:
        record = scene.growing(spot, focus.act, focus.editing)
        names = [a.name for a in asks(scene, spot, focus.act, record)]
        at = names.index(focus.field) if focus.field in names else 0
        if record is not None and at > 0:
            return Reply(focus=spot.focus(focus.act, names[at - 1], record.id))
        if record is not None:
            return Reply(focus=spot.focus(focus.act, "", record.id))
    state = spot.run if spot else None
    written = scene.written(state.run) if state else _all_written(scene)
    earlier = _before(written, focus.editing if focus else "")
    if earlier is None:
        return Reply(focus=focus, problem="Der er ikke noget tidligere svar at gå tilbage til her.")
    page = next((r.procedure for r in scene.progress.runs if r.run and r.run.id == earlier.run), None)
    if page is None:
        return Reply(focus=focus, problem="Siden for det forrige svar kan ikke læses lige nu.")
    there = Focus(earlier.run, page.id, earlier.step, ",".join(earlier.items), _act(earlier), "", earlier.id)
    return Reply(focus=there)


_ACTS = ("done", "planned", "attempted", "awaiting", "left out")


def _act(record: Record) -> str:
    return record.status if record.status in _ACTS else "done"


def _before(written: list[Record], editing: str) -> Record | None:
    at = next((i for i, r in enumerate(written) if r.id == editing), len(written))
    return written[at - 1] if at > 0 else None


def _all_written(scene: Scene) -> list[Record]:
    return sorted((r for run in scene.progress.runs for r in scene.written(run.run)), key=entered)


def _undo(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Withdraws the last record of the run; an answer that opened a run leaves that run open."""
    focus = prompt.focus if prompt else None
    spot = scene.find(focus)
    written = scene.written(spot.run.run) if spot else []
    written = written or ([] if spot and spot.run.run else _all_written(scene))
    if not written:
        return Reply(focus=focus, problem="Der er ikke noget svar at fortryde her.")
    last = written[-1]
    state = scene.run_state(last.run)
    step = state.procedure.by_id.get(last.step) if state else None
    told = words.answer_text(scene.case, step, last, scene.now) if step else last.step
    row = withdrawal(scene, last, state.procedure.id if state else "")
    said = [Message("system", f"Trukket tilbage: {words.step_name(step) if step else last.step}: {told}.")]
    if state is not None and any(r.run and r.run.opened_by == last.run for r in scene.progress.runs):
        said.append(Message("system", "Forløb, som svaret åbnede, er ikke lukket.", "muted"))
    where = Focus(last.run, state.procedure.id, last.step, ",".join(last.items)) if state else None
    return Reply((row,), where, said=tuple(said))


def withdrawal(scene: Scene, record: Record, procedure: str) -> Draft:
    """The row that takes a record back; both stay in the log."""
    return Draft(
        kind="record",
        case=scene.case.id,
        run=record.run,
        procedure=procedure,
        step=record.step,
        items=record.items,
        day=record.day,
        at=record.at,
        value={"status": "withdrawn"},
        replaces=record.id,
        version=record.version,
    )


# -- looking things up ------------------------------------------------------------------------------------------


def _why(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    spot = scene.find(prompt.focus if prompt else None)
    if spot is None:
        return _says(prompt, "Der spørges ikke om noget lige nu.")
    step = spot.step
    doubt = [r.clause for r in step.references if not r.checked]
    return _says(
        prompt,
        words.clauses(step.references),
        *words.guidance(step.text, 20),
        f"Det finder tilsyn: {words.plain(step.audit_note)}" if step.audit_note else "",
        f"I journalen: {words.plain(step.journal_note)}" if step.journal_note else "",
        f"Hvis det mangler eller er sent: {words.plain(step.mend)}" if step.mend else "",
        f"Kilde: {words.plain(step.source)}" if step.source else "",
        f"Ikke kontrolleret mod lovteksten: {'; '.join(doubt)}." if doubt else "",
    )


def _deadlines(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    found = [(s, r) for r in scene.progress.runs for s in r.steps if s.due is not None and not s.settled]
    found.sort(key=lambda pair: pair[0].due.late_after if pair[0].due else scene.now)
    if not found:
        return _says(prompt, "Ingen frister løber lige nu.")
    return _says(prompt, "Frister, den nærmeste først:", *(_deadline(scene, s) for s, _ in found))


def _deadline(scene: Scene, state: StepState) -> str:
    if state.due is None:
        return ""
    about = f" ({words.item_name(state.item)})" if state.item else ""
    when = f"{format_moment(state.due.aim, scene.now)}, {format_relative(state.due.aim, scene.now)}"
    return f"{when}: {words.step_name(state.step)}{about}. {words.BASIS[state.step.basis]}: {state.step.clause}"


def _status(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    lines = []
    for run_state in scene.progress.runs:
        asked = [s for s in run_state.steps if s.state not in ("not relevant", "waiting")]
        if not asked:
            continue
        settled = sum(s.settled for s in asked)
        name = words.run_name(run_state.procedure, run_state.run.id if run_state.run else None)
        lines.append(f"{name}: {settled} af {len(asked)} trin" + ("" if run_state.run else ", ikke åbnet endnu"))
    found = [words.finding_text(f) for f in scene.progress.findings] or [words.NOTHING_MISSING]
    return _says(prompt, *(lines or ["Der er ikke åbnet noget forløb endnu."]), *found)


def _ready(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    return _says(prompt, *readiness_text.lines(scene.progress, scene.handbooks, prompt.focus.run if prompt else None))


def _help(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    return _says(prompt, *help_lines())


# -- going somewhere --------------------------------------------------------------------------------------------


def _go(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    focus = prompt.focus if prompt else None
    if not typed.argument:
        return Reply(focus=focus, problem="Skriv, hvilket trin du vil til: /gå samtale.")
    here = scene.find(focus)
    found = _matching(scene, typed.argument, here)
    if not found:
        near = get_close_matches(typed.argument.casefold(), _names(scene), 1, 0.5)
        hint = f" Mente du {words.quoted(near[0])}?" if near else ""
        return Reply(focus=focus, problem=f"Jeg finder intet trin, der hedder {words.quoted(typed.argument)}.{hint}")
    return Reply(focus=found[0].focus())


def _matching(scene: Scene, wanted: str, here: Spot | None) -> list[Spot]:
    """Step instances whose id, name or title fits ``wanted``: the best fit first, then open, this run, most urgent."""
    text = wanted.casefold().strip()
    found = []
    for run_state in scene.progress.runs:
        for state in run_state.steps:
            fit = _fit(text, state)
            if fit is not None:
                own = 0 if here is not None and run_state is here.run else 1
                found.append(((fit, state.settled, own, urgency(scene, state)), scene.instance(run_state, state)))
    return [spot for _, spot in sorted(found, key=lambda pair: pair[0])]


def _fit(text: str, state: StepState) -> int | None:
    names = [state.step.id.casefold(), state.step.name.casefold(), state.step.title.casefold()]
    if text in names:
        return 0
    if any(n.startswith(text) for n in names):
        return 1
    return 2 if any(text in n for n in names) else None


def _names(scene: Scene) -> list[str]:
    return list(dict.fromkeys((s.step.name or s.step.id).casefold() for r in scene.progress.runs for s in r.steps))


_COMMANDS: dict[str, Told] = {
    "/hvorfor": _why,
    "/tilbage": _back,
    "/fortryd": _undo,
    "/frister": _deadlines,
    "/klar": _ready,
    "/note": _note,
    "/status": _status,
    "/gå": _go,
    "/hjælp": _help,
}
