"""The municipality's own folder laid over the editions that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from handbook.model import Fault, Handbook, Law

Editions = Mapping[Law, Handbook]


def over(books: Editions, folder: Path) -> dict[Law, Handbook]:
    """``books`` with what lies in ``folder``: a municipality's layer, or whole pages that take the place of theirs.

    A layer is merged into both editions, and what its lawyer has signed off is marked. What is wrong in the folder
    (also that it is not there) stands among the editions' faults, each once; the national pages stay as they are.
    """
    from handbook import layer, load

    if layer.is_layer(folder) or not _has_pages(folder):
        return _layered(books, folder)
    return {**books, **{law: load.load(path, law) for law, path in load.editions(folder)}}


def _layered(books: Editions, folder: Path) -> dict[Law, Handbook]:
    from handbook import layer, provenance, signoffs

    merged = {law: layer.apply(book, folder) for law, book in books.items()}
    signed, faults = signoffs.read_signoffs(folder)
    faults += signoffs.unknown_clauses(signed, merged.values(), str(folder / signoffs.NAME))
    told: set[Fault] = set()
    found: dict[Law, Handbook] = {}
    for law, book in merged.items():
        own = tuple(f for f in dict.fromkeys((*book.faults, *faults)) if f not in told)
        told.update(own)
        found[law] = replace(provenance.signed(book, signed), faults=own)
    return found


def _has_pages(folder: Path) -> bool:
    return any(folder.glob("*.md")) or any(folder.glob("*/*.md"))


def faults(books: Editions) -> tuple[Fault, ...]:
    """Everything that is wrong in the pages at hand, each fault once."""
    return tuple(dict.fromkeys(fault for book in books.values() for fault in book.faults))
