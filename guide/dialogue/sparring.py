"""``/sparring``: asks for the page with the case for the weekly meeting. The page itself is in ``guide.sparring``."""

from __future__ import annotations

from datetime import datetime

from guide.commands_text import Typed, content
from guide.dialogue import words
from guide.dialogue.scene import Scene
from guide.turns import Prompt, Reply
from store.privacy import cpr_like


def reply(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """Opens the page; what stands after the command is the question to the colleagues."""
    focus = prompt.focus if prompt else None
    question = content(typed.argument)
    if cpr_like(question):
        return Reply(focus=focus, problem=words.CPR_REFUSED)
    return Reply(focus=focus, screen="sparring", argument=question)
