"""What is typed in the overview's filter: each word is a team, initials, a law, a basis, a procedure, or a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checklists.caseload import BASES, WINDOWS, Filters
from handbook.model import Handbook, Law

LAWS = ("SEL", "BL")


def parse(
    text: str, names: tuple[Sequence[str], Sequence[str]], books: Mapping[Law, Handbook], start: Filters | None = None
) -> tuple[Filters, int]:
    """The filters in ``text`` on top of ``start``, and the days ahead (14 unless 7 is typed).

    ``names`` are the teams and the initials there are. A word that is none of the known ones has to be found in the
    case's number, the step or the procedure. ``start`` is what the page already keeps to (one person's own cases, one
    team's).
    """
    found, days = start or Filters(), WINDOWS[-1]
    teams = {team.casefold(): team for team in names[0]}
    holders = {who.casefold(): who for who in names[1]}
    procedures = {p for book in books.values() for p in book.procedures}
    for word in text.split():
        folded = word.casefold()
        if folded in teams:
            found = replace(found, team=teams[folded])
        elif folded in holders:
            found = replace(found, holder=holders[folded])
        elif word.upper() in LAWS:
            found = replace(found, law=word.upper())
        elif folded in BASES:
            found = replace(found, basis=folded)
        elif folded in procedures:
            found = replace(found, procedure=folded)
        elif folded.isdecimal() and int(folded) in WINDOWS:
            days = int(folded)
        else:
            found = replace(found, words=(*found.words, word))
    return found, days


def spoken(filters: Filters) -> str:
    """What is looked at, in Danish, for a heading: ``team raadgivning · LH · SEL``."""
    parts = (
        f"team {filters.team}" if filters.team else "",
        f"{filters.holder}s sager" if filters.holder else "",
        filters.law,
        filters.basis,
        filters.procedure,
        *(f"»{word}«" for word in filters.words),
    )
    return " · ".join(part for part in parts if part) or "alle teams"
