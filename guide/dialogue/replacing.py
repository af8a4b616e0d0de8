"""A done answer that somebody is about to correct into a plan, an attempt or a wait: asked first, never silent."""

from __future__ import annotations

from checklists.facts import Record
from guide.dialogue import words
from guide.dialogue.asks import asks
from guide.dialogue.scene import Scene, Spot
from guide.turns import Focus, Option, Prompt

REPLACE = "replace"
"""The act of choosing; Focus.field names what is to be recorded, Focus.editing the done answer."""
BESIDE = Option("act:beside", "Behold svaret, og notér det nye ved siden af")
INSTEAD = Option("act:instead", "Svaret var forkert: lad det nye træde i stedet")
BACK = Option("act:back", "Fortryd")

_NAMES = {"planned": "Aftalt til", "attempted": "Forsøgt", "awaiting": "Venter på", "left out": "Undlades"}


def wanted(spot: Spot, record: Record | None, act: str) -> Focus | None:
    """Where to ask what becomes of the done ``record`` when ``act`` is to be recorded; None when it is not done."""
    return spot.focus(REPLACE, act, record.id) if record is not None and record.status == "done" else None


def prompt(scene: Scene, spot: Spot, focus: Focus) -> Prompt | None:
    """The question, with the answer that stands; None when it has been corrected meanwhile."""
    record = scene.record(spot.run.run, focus.editing)
    if record is None or focus.field not in _NAMES:
        return None
    stands = words.quoted(words.answer_text(scene.case, spot.step, record, scene.now))
    question = f"Trinnet er gjort: {stands}. Hvad skal der ske med det svar, når du noterer »{_NAMES[focus.field]}«?"
    return Prompt("choice", focus, question, (BESIDE, INSTEAD, BACK), "Enter = behold svaret.", BESIDE.id)


def chosen(scene: Scene, spot: Spot, focus: Focus, option: Option) -> Focus:
    """Where the choice leads: on to what is to be recorded, beside the done answer or in its place; or back to it."""
    if option.id == BACK.id:
        return spot.focus(editing=focus.editing)
    first = asks(scene, spot, focus.field, None)[0]
    return spot.focus(focus.field, first.name, focus.editing if option.id == INSTEAD.id else "")
