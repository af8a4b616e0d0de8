"""``/journal``: what waits for the journal, and the row that says it stands there. The text is in ``guide.journal``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from checklists.facts import JOURNAL, Record
from checklists.states import Progress
from guide import journal
from guide.commands_text import Typed
from guide.date_text import format_day
from guide.dialogue.scene import Scene, entered
from guide.dialogue.words import IN_JOURNAL
from guide.turns import Draft, Focus, Message, Prompt, Reply

KEPT = f" · {IN_JOURNAL} i journalen"
"""What stands at a record that is in the journal."""
_KEPT_ALREADY = ("ført", "foert")
_HELP = (
    "Skriv /journal for det, der ikke er i journalen endnu, /journal dag for i dag, /journal alt for hele forløbet, "
    "eller /journal ført, når resten allerede er ført."
)


def reply(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Opens the text; ``ført`` marks everything that waits without one."""
    focus = prompt.focus if prompt else None
    what = typed.argument.casefold()
    if what in _KEPT_ALREADY:
        return _kept_already(scene, focus, now)
    if what not in ("", "alt", "dag"):
        return Reply(focus=focus, problem=_HELP)
    run = focus.run if focus and focus.run else ""
    if what == "alt" and not run:
        return Reply(focus=focus, problem="Gå ind i et forløb først: /journal alt er hele forløbet.")
    found = journal.journal(scene, cast(journal.What, what), run, "")
    if not found.told:
        return Reply(focus=focus, said=(Message("system", nothing(found)),))
    return Reply(focus=focus, screen="journal", argument=what)


def nothing(found: journal.Journal) -> str:
    """What to say when there is nothing to tell of."""
    if found.waiting:
        return f"Der er ikke noget her. {waits(found.waiting)} Skriv /journal for at få dem med."
    half = " Et svar, du er midt i, kommer med, når det er helt." if found.unfinished else ""
    return f"Alt, der er noteret i sagen, står som ført i journalen.{half}"


def waits(count: int) -> str:
    """How many records are not in the journal."""
    return f"{count} svar er ikke i journalen endnu."


def _kept_already(scene: Scene, focus: Focus | None, now: datetime) -> Reply:
    found = journal.journal(scene, "", "", "")
    if not found.ids:
        return Reply(focus=focus, said=(Message("system", nothing(found)),))
    told = Message(
        "system", f"{len(found.ids)} svar står nu som ført i journalen ({IN_JOURNAL}). /fortryd tager det tilbage."
    )
    return Reply((journal.mark(scene, found.ids, now),), focus, said=(told,))


# -- taking back ------------------------------------------------------------------------------------------------


def newest_of_the_case(scene: Scene) -> Record | None:
    """The last mark or sparring, when nothing has been recorded in the case since; that is what /fortryd takes."""
    case = scene.case
    last = max((*case.marks, *case.sparrings), key=entered, default=None)
    rest = [*(r for run in case.runs.values() for rs in run.records.values() for r in rs), *case.notes]
    if last is None or any(entered(r) > entered(last) for r in rest):
        return None
    return last


def newest_words(progress: Progress) -> str:
    """That record in a few words, for the question before it is taken back; empty when there is none."""
    record = newest_of_the_case(Scene(progress, {}))
    if record is None:
        return ""
    return _words(record)


def undo(scene: Scene, focus: Focus | None, withdrawal: Draft, record: Record) -> Reply:
    """The reply that takes the record back with ``withdrawal``; the conversation stays where it was."""
    there = replace(focus, text="") if focus is not None and focus.step else None
    return Reply((withdrawal,), there, said=(Message("system", f"Trukket tilbage: {_words(record)}."),))


def _words(record: Record) -> str:
    if record.step == JOURNAL:
        named = record.value.get("records")
        return f"{len(named) if isinstance(named, list) else 0} svar ført i journalen"
    return f"sparringen {format_day(record.day)}"
