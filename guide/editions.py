"""The handbooks the program runs on, and the words they know, as the import of an event log checks them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from checklists.ages import PAGE as AGES
from guide import page_cache
from guide.dialogue.scene import Handbooks
from handbook.model import Handbook, Law, Procedure, Step


@cache
def load_handbooks(folder: Path | None = None) -> Handbooks:
    """Every edition that comes with the program and has pages, the municipality's own ``folder`` laid over them."""
    found = dict(page_cache.editions(_bundled))
    if folder is not None:
        from guide import layering

        return layering.over(found, folder)
    return found


def _bundled() -> dict[Law, Handbook]:
    from handbook.load import bundled  # the Markdown reader: not needed where the parsed pages are kept

    laws: tuple[Law, ...] = get_args(Law)
    books = {law: bundled(law) for law in laws}
    return {law: book for law, book in books.items() if book.procedures or law == "serviceloven"}


Fields = dict[str, tuple[str, ...] | None]


def vocabulary(handbooks: Handbooks) -> dict[str, dict[str, Fields]]:
    """Procedure -> step -> field -> the ids of its choices (None when free), all editions and versions together.

    A procedure knows the steps of its counterpart too: a run that crossed New Year 2023/24 keeps its own name.
    """
    found: dict[str, dict[str, Fields]] = {}
    for book in handbooks.values():
        for page in (*startable(book), *book.earlier.values()):
            steps = found.setdefault(page.id, {})
            for step in page.steps:
                _add(steps.setdefault(step.id, {}), step)
    for book in handbooks.values():
        for page in startable(book):
            for step in _counterpart_steps(handbooks, page):
                _add(found[page.id].setdefault(step.id, {}), step)
    return found


def _counterpart_steps(handbooks: Handbooks, page: Procedure) -> tuple[Step, ...]:
    others = (p for law, book in handbooks.items() if law != page.law for p in book.procedures.values())
    pages = [p for p in others if p.id == page.counterpart or p.counterpart == page.id]
    return tuple(step for other in pages for step in other.steps)


def startable(book: Handbook) -> tuple[Procedure, ...]:
    """The procedures that a run can be opened of: every page but the one that only tells what an age brings."""
    return tuple(page for page in book.procedures.values() if page.id != AGES)


def _add(fields: Fields, step: Step) -> None:
    choices = tuple(c.id for c in step.choices)
    if choices and step.choice_field is None:
        fields["valg"] = tuple(dict.fromkeys((*(fields.get("valg") or ()), *choices)))
    for field in step.fields:
        if field.is_time:
            continue
        known = fields.get(field.name) or ()
        asked = bool(choices) and field is step.choice_field
        fields[field.name] = tuple(dict.fromkeys((*known, *choices))) if asked else None
