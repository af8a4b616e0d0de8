"""What each command answers. Texts and a focus; only /note and /fortryd make rows. Looking up is in ``lookups``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from checklists import calendar
from checklists.facts import NOTE, Record
from checklists.states import StepState
from guide.commands_text import Typed, content, unknown
from guide.dialogue import asking, closing, journal, lookups, sparring, versions, words
from guide.dialogue.agenda import home, urgency
from guide.dialogue.asks import asks
from guide.dialogue.scene import ACTS, Scene, Spot, entered
from guide.turns import Draft, Focus, Message, Prompt, Reply
from store.privacy import cpr_like

_SCREENS = {"/ny": "ny", "/hurtig": "hurtig", "/håndbog": "håndbog", "/dokument": "dokument"}
Told = Callable[[Scene, Prompt | None, Typed, datetime], Reply]


def run(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """The reply to a command line; an unknown one gets a kind word and the nearest known."""
    focus = prompt.focus if prompt else None
    if not typed.name:
        return Reply(focus=focus, problem=unknown(typed))
    if typed.name in _SCREENS:
        return Reply(focus=focus, screen=_SCREENS[typed.name], argument=typed.argument)
    return _COMMANDS[typed.name](scene, prompt, typed, now)


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
        procedure=state.run.procedure if state and state.run else "",
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
    if focus is not None and spot is not None and focus.field and focus.act in ACTS:
        record = scene.growing(spot, focus.act, focus.editing)
        names = [a.name for a in asks(scene, spot, focus.act, record)]
        at = names.index(focus.field) if focus.field in names else 0
        if record is not None and at > 0:
            return Reply(focus=spot.focus(focus.act, names[at - 1], record.id))
        if focus.act != "done":
            return Reply(focus=spot.focus())
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


def _act(record: Record) -> str:
    return record.status if record.status in ACTS else "done"


def _before(written: list[Record], editing: str) -> Record | None:
    at = next((i for i, r in enumerate(written) if r.id == editing), len(written))
    return written[at - 1] if at > 0 else None


def _all_written(scene: Scene) -> list[Record]:
    return sorted((r for run in scene.progress.runs for r in scene.written(run.run)), key=entered)


def _undo(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Withdraws the last record of the run; an answer that opened a run leaves that run open."""
    focus = prompt.focus if prompt else None
    newest = journal.newest_of_the_case(scene)
    if newest is not None:
        return journal.undo(scene, focus, withdrawal(scene, newest, ""), newest)
    spot = scene.find(focus)
    written = scene.written(spot.run.run) if spot else []
    written = written or ([] if spot and spot.run.run else _all_written(scene))
    if not written:
        return Reply(focus=focus, problem="Der er ikke noget svar at fortryde her.")
    last = written[-1]
    state = scene.run_state(last.run)
    step = state.procedure.by_id.get(last.step) if state else None
    told = words.answer_text(scene.case, step, last, scene.now) if step else last.step
    row = withdrawal(scene, last, state.run.procedure if state and state.run else "")
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
    """Step instances whose id, name or title fits ``wanted``: the best fit first, then open, this run, most urgent.

    One that is not relevant comes last, unless it is named exactly.
    """
    text = _folded(wanted.strip())
    found = []
    for run_state in scene.progress.runs:
        for state in run_state.steps:
            fit = _fit(text, state)
            if fit is not None:
                own = 0 if here is not None and run_state is here.run else 1
                aside = fit > EXACT and state.state == "not relevant"
                rank = (aside, fit, state.settled, own, urgency(scene, state))
                found.append((rank, scene.instance(run_state, state)))
    return [spot for _, spot in sorted(found, key=lambda pair: pair[0])]


EXACT = 1
"""The worst fit that still names the whole step: 0 is its name on the screen, 1 its id or title."""


def _fit(text: str, state: StepState) -> int | None:
    # The name is what stands on the screen: an id that happens to read the same belongs to somebody else's step.
    names = [_folded(state.step.name), _folded(state.step.id), _folded(state.step.title)]
    if text in names:
        return min(names.index(text), EXACT)
    if any(n.startswith(text) for n in names):
        return EXACT + 1
    return EXACT + 2 if any(text in n for n in names) else None


def _folded(text: str) -> str:
    """Small letters, with æ, ø and å as ids spell them, so that either spelling finds a step."""
    return text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def _names(scene: Scene) -> list[str]:
    return list(dict.fromkeys((s.step.name or s.step.id).casefold() for r in scene.progress.runs for s in r.steps))


def _close(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    return closing.wanted(scene, prompt.focus if prompt else None)


def _version(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Which version of its page the run follows; where there is a newer one, whether it is to be moved."""
    spot = scene.find(prompt.focus if prompt else None) or _left_at(scene)
    if spot is None:
        return lookups.says(prompt, "Der er ikke åbnet noget forløb endnu.")
    there = versions.offered(scene, spot)
    said = lookups.says(prompt, *versions.lines(scene, spot.run))
    return replace(said, focus=there) if there is not None else said


def _left_at(scene: Scene) -> Spot | None:
    run = home(scene)
    return scene.instance(run, run.steps[0]) if run is not None and run.steps else None


def _only_practice(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    told = f"{typed.name} hører til øvesagerne; her er uret det rigtige. Find dem under Øv dig (Ctrl+P)."
    return Reply(focus=prompt.focus if prompt else None, problem=told)


_COMMANDS: dict[str, Told] = {
    "/hvorfor": lookups.why,
    "/lov": lookups.laws,
    "/tilbage": _back,
    "/fortryd": _undo,
    "/frister": lookups.deadlines,
    "/klar": lookups.ready,
    "/note": _note,
    "/status": lookups.status,
    "/gå": _go,
    "/version": _version,
    "/spørg": asking.reply,
    "/journal": journal.reply,
    "/sparring": sparring.reply,
    "/luk": _close,
    "/spol": _only_practice,
    "/facit": _only_practice,
    "/hjælp": lookups.show_help,
}
