"""Symbols, words and cleaned text: what a state is called on screen, and text that can do the terminal no harm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from handbook.model import Step

SYMBOLS: Final[dict[str, tuple[str, str]]] = {
    "not relevant": ("–", "ikke relevant"),
    "waiting": ("·", "senere"),
    "open": ("○", "åben"),
    "planned": ("◇", "aftalt"),
    "awaiting": ("…", "venter på svar"),
    "due soon": ("●", "frist snart"),
    "overdue": ("!", "over frist"),
    "done": ("✓", "gjort"),
    "done late": ("✓", "gjort sent"),
    "done with deficiency": ("▲", "mangel"),
    "left out": ("×", "undladt"),
}
"""State -> symbol and word. The word is always shown with the symbol, so that nothing hangs on colour."""

TONES: Final[dict[str, str]] = {
    "overdue": "$text-error",
    "due soon": "$text-warning",
    "done with deficiency": "$text-warning",
    "done late": "$text-warning",
    "planned": "$text-secondary",
    "awaiting": "$text-secondary",
    "done": "$text-success",
    "waiting": "$text-muted",
    "not relevant": "$text-muted",
    "left out": "$text-muted",
}
"""State -> the colour that helps the eye; it never carries meaning alone."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_DANISH = {"aa": "å", "ae": "æ", "oe": "ø"}


def plain(text: str) -> str:
    """``text`` without control characters and direction marks; tabs and carriage returns become spaces."""
    return _CONTROL.sub(
        lambda found: " " if found.group() in "\t\r\v\f\u2028\u2029" else "", text.replace("\r\n", "\n")
    )


def one_line(text: str) -> str:
    """``plain`` text on a single line."""
    return " ".join(plain(text).split())


def step_name(step: Step) -> str:
    """The few words a step is listed under: its **Navn:**, else its id with spaces and Danish letters."""
    plain_id = step.id.replace("-", " ")
    if step.name and step.name != plain_id:
        return one_line(step.name)
    return re.sub(r"aa|ae|oe", lambda found: _DANISH[found.group()], plain_id)


def shorten(text: str, width: int) -> str:
    """``text`` cut to ``width`` cells with an ellipsis; Danish letters are one cell each."""
    return text if len(text) <= width else text[: max(0, width - 1)].rstrip() + "…"


def split_list(text: str) -> list[str]:
    """What stands between the commas, each once, without empty parts."""
    return list(dict.fromkeys(one_line(part) for part in text.split(",") if part.strip()))
