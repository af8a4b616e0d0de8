"""The handbooks the program runs on, and the words they know, as the import of an event log checks them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from guide import page_cache
from guide.dialogue.scene import Handbooks
from handbook.model import Handbook, Law, Step


@cache
def load_handbooks(folder: Path | None = None) -> Handbooks:
    """Every edition that comes with the program and has pages; those under ``folder`` take the place of theirs."""
    found = dict(page_cache.editions(_bundled))
    if folder is not None:
        from handbook.load import editions, load

        for law, path in editions(folder):
            found[law] = load(path, law)
    return found


def _bundled() -> dict[Law, Handbook]:
    from handbook.load import bundled  # the Markdown reader: not needed where the parsed pages are kept

    laws: tuple[Law, ...] = get_args(Law)
    books = {law: bundled(law) for law in laws}
    return {law: book for law, book in books.items() if book.procedures or law == "serviceloven"}


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
