"""Every reference of the pages with how sure it is, and what the municipality's lawyer has signed off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from handbook.earlier import Changed
from handbook.model import Basis, Handbook, Law, Procedure, Reference, State
from handbook.signoffs import Signoff

ORDER: tuple[State, ...] = ("kontrolleret", "signeret", "praksis", "lokal", "ikke kontrolleret", "faglig")
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Referenced:
    """A clause in one state, and the steps that lean on it so.

    ``law`` is the edition whose pages it stands on. ``source`` says against what it was checked, who signed it off, or
    else what the steps' **Kilde:** says. ``pages`` are ``procedure#step``, in the order of the pages. A clause that one
    step has read in the statute and another only assumes to cover its case is two of these.
    """

    clause: str
    law: Law
    basis: Basis
    state: State
    source: str
    pages: tuple[str, ...]


def references(books: Iterable[Handbook], signoffs: Sequence[Signoff] = ()) -> tuple[Referenced, ...]:
    """Every reference of the editions, by law, state (as in ``ORDER``) and clause.

    Good professional work ("faglig") names no rule that could be checked and is left out, unless the page itself says
    that something in it is not checked.
    """
    found: dict[tuple[Law, str, Basis, State], tuple[dict[str, None], dict[str, None]]] = {}
    for book in books:
        for page in book.procedures.values():
            for step in page.steps:
                for written in step.references:
                    reference = signed_reference(written, book.law, signoffs)
                    if reference.state == "faglig":
                        continue
                    at = (book.law, reference.clause, reference.basis, reference.state)
                    sources, pages = found.setdefault(at, ({}, {}))
                    sources[reference.source or step.source] = None
                    pages[f"{page.id}#{step.id}"] = None
    listed = [
        Referenced(clause, law, basis, state, " · ".join(filter(None, sources)), tuple(pages))
        for (law, clause, basis, state), (sources, pages) in found.items()
    ]
    return tuple(sorted(listed, key=_order))


def signed(book: Handbook, signoffs: Sequence[Signoff]) -> Handbook:
    """The edition with the signed references in state "signeret", for everything that shows a clause."""
    if not signoffs:
        return book
    sign = partial(_signed_page, signoffs=signoffs)
    return replace(
        book,
        procedures={name: sign(page) for name, page in book.procedures.items()},
        earlier=Changed(book.earlier, sign),
    )


def signed_reference(reference: Reference, law: Law, signoffs: Sequence[Signoff]) -> Reference:
    """The reference as signed by the latest sign-off that covers it, or unchanged."""
    covering = [signoff for signoff in signoffs if signoff.covers(reference, law)]
    if not covering:
        return reference
    latest = max(covering, key=lambda signoff: (signoff.day, signoff.line))
    return replace(reference, checked=True, state="signeret", source=latest.source)


def _signed_page(page: Procedure, signoffs: Sequence[Signoff]) -> Procedure:
    steps = (
        replace(step, references=tuple(signed_reference(r, page.law, signoffs) for r in step.references))
        for step in page.steps
    )
    return replace(page, steps=tuple(steps))


def _order(reference: Referenced) -> tuple[bool, int, list[tuple[int, str]], str, str]:
    parts = [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(reference.clause)]
    return reference.law != "serviceloven", ORDER.index(reference.state), parts, reference.basis, reference.clause
