"""Which version of its page a run follows, what is new in the current one, and moving the run to it.

Answers are kept; a step that is new then reads "ikke vurderet". The switch of law at New Year 2023/24 is no such move.
"""

from __future__ import annotations

from checklists.states import RunState
from guide.dialogue import words
from guide.dialogue.opening import run_again
from guide.dialogue.scene import Scene, Spot
from guide.turns import Draft, Focus, Message, Option, Prompt
from handbook.diff import Change, differences
from handbook.model import Procedure
from handbook.numbering import page_on

MOVE = "version"
"""The act of moving a run to the current version of its page."""
YES = Option("act:move", "Flyt forløbet til den nye version")
NO = Option("act:stay", "Bliv på den gamle")
_TOLD = 12
"""How many changes are told in the conversation; `traad handbook diff` tells them all."""


def current(scene: Scene, run: RunState) -> Procedure | None:
    """The page that a new run would follow; None when it is out of order."""
    found = scene.handbooks[run.procedure.law].procedures.get(run.procedure.id)
    return page_on(found, scene.view.pages.governing_day(run.run)) if found and run.run else found


def lines(scene: Scene, run: RunState) -> tuple[str, ...]:
    """Which version the run follows, and what has changed since."""
    page, newest = run.procedure, current(scene, run)
    name = words.run_name(page, run.run.id if run.run else None)
    if newest is None or newest.version == page.version:
        return (f"{name} følger version {page.version} af siden. Det er den nyeste.",)
    head = f"{name} følger version {page.version} af siden. Den nyeste er version {newest.version}. Det nye er:"
    found = differences(page, newest)
    more = len(found) - _TOLD
    rest = (f"… og {more} til. Se dem alle med traad handbook diff {page.id}.",) if more > 0 else ()
    return ("\n".join((head, *(f"· {change_text(c)}" for c in found[:_TOLD]), *rest)),)


def change_text(found: Change) -> str:
    """A change as one line, with the step it is about before it."""
    text = words.plain(found.text)
    return f"{found.name}: {text}" if found.name and found.kind not in ("added", "removed") else text


def offered(scene: Scene, spot: Spot) -> Focus | None:
    """Where to ask whether the run is to be moved; None when it follows the newest version already."""
    newest = current(scene, spot.run)
    if spot.run.run is None or newest is None or newest.version == spot.procedure.version:
        return None
    return spot.focus(MOVE)


def prompt(scene: Scene, spot: Spot, focus: Focus) -> Prompt | None:
    """The question; None when the run has been moved meanwhile."""
    newest = current(scene, spot.run)
    if offered(scene, spot) is None or newest is None:
        return None
    question = f"Skal {words.run_name(spot.procedure, spot.run_id)} flyttes til version {newest.version}?"
    return Prompt("choice", focus, question, (YES, NO), "Dine svar følger med. Nye trin står som »ikke vurderet«.")


def moved(scene: Scene, spot: Spot) -> tuple[tuple[Draft, ...], tuple[Message, ...]]:
    """The row that moves the run, and what to say about it."""
    newest, run = current(scene, spot.run), spot.run.run
    if newest is None or run is None or offered(scene, spot) is None:
        return (), ()
    text = f"Forløbet følger nu version {newest.version}. Dine svar er fulgt med."
    return (run_again(run, scene.case.id, version=newest.edition),), (Message("system", text),)
