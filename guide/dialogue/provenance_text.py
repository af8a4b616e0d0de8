"""How sure each clause is, in words: what it was checked against, or that nobody has checked it."""

from __future__ import annotations

from collections.abc import Iterable

from guide.dialogue import words
from handbook.model import Reference, State

STATES: dict[State, str] = {
    "kontrolleret": "kontrolleret",
    "signeret": "signeret af kommunens jurist",
    "praksis": "officiel praksis",
    "lokal": "lokal, kommunens egen regel",
    "ikke kontrolleret": "ikke kontrolleret",
    "faglig": "fagligt råd, ingen regel",
}
"""State -> how it is told."""


def state_text(reference: Reference) -> str:
    """``kontrolleret mod LBK 282 af 17/03/2025``: the state of one reference, with what it rests on."""
    told = STATES[reference.state]
    source = words.plain(reference.source)
    if not source:
        return told
    return f"{told} mod {source}" if reference.state == "kontrolleret" else f"{told} ({source})"


def lines(references: Iterable[Reference]) -> tuple[str, ...]:
    """One line for each state the references are in: the clauses, then the state."""
    groups: dict[str, list[str]] = {}
    for reference in references:
        groups.setdefault(state_text(reference), []).append(words.plain(reference.clause))
    return tuple(f"{'; '.join(clauses)}: {state}." for state, clauses in groups.items())
