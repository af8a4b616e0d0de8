"""A run opened by mistake taken back, one that is over closed, and a closed one opened again. Pure.

A run with answers in it is never taken back: what stands in it is named, and closing it is offered instead.
"""

from __future__ import annotations

from dataclasses import replace

from checklists.facts import Run
from guide.date_text import format_day
from guide.dialogue import words
from guide.dialogue.agenda import home
from guide.dialogue.opening import run_again
from guide.dialogue.scene import Scene, Spot
from guide.turns import Draft, Focus, Message, Option, Prompt, Reply

CLOSE = "close"
"""The act of saying what is to become of a run."""
TAKE_BACK = Option("act:take-back", "Tag forløbet tilbage")
END = Option("act:end", "Luk forløbet i dag")
REOPEN = Option("act:reopen", "Åbn forløbet igen")
LEAVE = Option("act:leave", "Lad det stå")
_NAMED = 5
"""How many answers are named; the rest are counted."""


def wanted(scene: Scene, focus: Focus | None) -> Reply:
    """Where to ask about the run in hand; a problem when there is none, or when it is not opened yet."""
    spot = scene.find(focus) or _left_at(scene)
    if spot is None:
        return Reply(focus=focus, problem="Der er ikke åbnet noget forløb endnu, så der er intet at lukke.")
    if spot.run.run is None:
        name = words.quoted(spot.procedure.title)
        return Reply(focus=focus, problem=f"{name} er ikke åbnet endnu; det er kun ventet. Der er intet at lukke.")
    return Reply(focus=spot.focus(CLOSE))


def _left_at(scene: Scene) -> Spot | None:
    run = home(scene)
    return scene.instance(run, run.steps[0]) if run is not None and run.steps else None


def prompt(scene: Scene, spot: Spot, focus: Focus) -> Prompt | None:
    """The question with what stands in the run; None when the run is gone."""
    run = spot.run.run
    if run is None:
        return None
    name = words.run_name(spot.procedure, run.id)
    if run.end is not None and run.end <= scene.view.today:
        question = f"{name} blev lukket {format_day(run.end, scene.now)}. Skal det åbnes igen?"
        return Prompt("choice", focus, question, (REOPEN, LEAVE), "Enter = lad det stå.", LEAVE.id)
    standing = stands_in(scene, run)
    if not standing:
        hint = "Der er ikke svaret på noget i det. Begge rækker bliver i loggen, og /fortryd giver det igen."
        return Prompt("choice", focus, f"Skal {name} tages tilbage?", (TAKE_BACK, END, LEAVE), hint, "")
    more = f" og {len(standing) - _NAMED} til" if len(standing) > _NAMED else ""
    question = f"I {name} står {'; '.join(standing[:_NAMED])}{more}. Skal det lukkes?"
    hint = (
        "Det kan ikke tages tilbage, så længe der står noget i det. Lukket bliver alt stående, og intet nyt falder for."
    )
    return Prompt("choice", focus, question, (END, LEAVE), f"{hint} Enter = lad det stå.", LEAVE.id)


def stands_in(scene: Scene, run: Run) -> list[str]:
    """What stands in a run, each thing in a few words: its answers, notes, and the runs and items that belong to it."""
    state = scene.run_state(run.id)
    page = state.procedure.by_id if state else {}
    answers = [
        f"»{words.step_name(page[r.step]) if r.step in page else r.step}« {words.moment_of(r, scene.now)}"
        for r in scene.written(run)
    ]
    notes = [f"en note {format_day(n.day, scene.now)}" for n in scene.case.notes if n.run == run.id]
    runs = [
        f"forløbet {words.run_name(r.procedure, r.run.id)}"
        for r in scene.progress.runs
        if r.run is not None and run.id in (r.run.serves, r.run.opened_by)
    ]
    items = [words.item_name(i) for i in scene.case.items.values() if i.run == run.id]
    return [*answers, *notes, *runs, *items]


def answered(scene: Scene, spot: Spot, option: Option) -> Reply:
    """The row that does what was chosen, and what is said about it."""
    run = spot.run.run
    here = spot.focus()
    if run is None or option.id == LEAVE.id:
        return Reply(focus=here)
    name = words.run_name(spot.procedure, run.id)
    if option.id == TAKE_BACK.id:
        if stands_in(scene, run):
            return Reply(
                focus=spot.focus(CLOSE), problem="Der er svaret i forløbet imens, så det er ikke taget tilbage."
            )
        return Reply((_withdrawn(scene, run),), None, said=(_said(f"{name} er taget tilbage."),))
    today = scene.view.today
    if option.id == END.id:
        row = run_again(replace(run, end=today), scene.case.id)
        return Reply(
            (row,), replace(here, step=""), said=(_said(f"{name} er lukket i dag. Alt i det bliver stående."),)
        )
    row = run_again(replace(run, end=None), scene.case.id)
    return Reply((row,), here, said=(Message("system", f"{name} er åbnet igen."),))


def _withdrawn(scene: Scene, run: Run) -> Draft:
    return replace(run_again(run, scene.case.id), value={"status": "withdrawn"})


def _said(text: str) -> Message:
    return Message("system", f"{text} /fortryd giver det igen.")
