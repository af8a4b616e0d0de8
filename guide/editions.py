"""The handbooks the program runs on, and the words they know, as the import of an event log checks them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from guide.dialogue.scene import Handbooks
from handbook.load import bundled, editions, load
from handbook.model import Handbook, Law, Step


@cache
def load_handbooks(folder: Path | None = None) -> Handbooks:
    """Every edition that comes with the program and has pages; those under ``folder`` take the place of theirs."""
    laws: tuple[Law, ...] = get_args(Law)
    found: dict[Law, Handbook] = {}
    for law in laws:
        book = bundled(law)
        if book.procedures or law == "serviceloven":
            found[law] = book
    for law, path in editions(folder) if folder else ():
        found[law] = load(path, law)
    return found


Fields = dict[str, tuple[str, ...] | None]


def vocabulary(handbooks: Handbooks) -> dict[str, dict[str, Fields]]:
    """Procedure -> step -> field -> the ids of its choices (None when free), all editions together."""
    found: dict[str, dict[str, Fields]] = {}
    for book in handbooks.values():
        for page in book.procedures.values():
            steps = found.setdefault(page.id, {})
            for step in page.steps:
                _add(steps.setdefault(step.id, {}), step)
    return found


def _add(fields: Fields, step: Step) -> None:
    choices = tuple(c.id for c in step.choices)
    if choices and step.choice_field is None:
        fields["valg"] = choices
    for field in step.fields:
        if field.is_time:
            continue
        known = fields.get(field.name) or ()
        asked = bool(choices) and field is step.choice_field
        fields[field.name] = tuple(dict.fromkeys((*known, *choices))) if asked else None
