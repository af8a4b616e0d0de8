"""What the handbook lets a spreadsheet say: procedures, their steps, each field with its type and choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import get_args

from guide.dialogue.scene import Handbooks
from guide.editions import startable
from handbook.model import FieldType, Procedure, Step
from store.values import RESERVED, STATUSES


@dataclass(slots=True)
class Term:
    """A field: its type, and for one with choices the words it is known by (casefolded id or label) -> the id."""

    type: FieldType = "tekst"
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the choices."""
        return tuple(dict.fromkeys(self.choices.values()))


@dataclass(slots=True)
class StepTerms:
    """A step: whether it has a day of its own, and its fields."""

    has_time: bool = False
    fields: dict[str, Term] = field(default_factory=dict)


Terms = Mapping[str, Mapping[str, StepTerms]]
"""Procedure -> step -> what it may hold, both laws together."""

DAYS = frozenset(("expected", "agreed"))
"""Names every record may use that hold a day."""


def terms_of(books: Handbooks) -> Terms:
    """The terms of every edition; a procedure knows the steps of its counterpart in the other law too."""
    found: dict[str, dict[str, StepTerms]] = {}
    for book in books.values():
        for page in (*startable(book), *book.earlier.values()):
            steps = found.setdefault(page.id, {})
            for known in (page, *_counterparts(books, page)):
                for step in known.steps:
                    _add(steps.setdefault(step.id, StepTerms()), step)
    return found


def reserved(name: str) -> Term:
    """The term of a name that every record may use, such as ``status``."""
    if name in DAYS:
        return Term("dato")
    return Term("valg", {status: status for status in STATUSES}) if name == "status" else Term()


def field_names(step: StepTerms) -> list[str]:
    """Every name a record of the step may use."""
    return [*step.fields, *RESERVED]


def near(text: str, known: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """``Mente du "x"?`` for the nearest of ``known``, else the known ones, all in one sentence."""
    names = list(known)
    close = get_close_matches(text.casefold(), {name.casefold(): name for name in names}, n=1, cutoff=0.6)
    if close:
        return f'Mente du "{next(name for name in names if name.casefold() == close[0])}"?'
    shown = ", ".join(names[:20])
    return f"Kendte: {shown}{' ...' if len(names) > 20 else ''}." if names else "Der er ingen at vælge mellem."


def _counterparts(books: Handbooks, page: Procedure) -> list[Procedure]:
    others = (p for law, book in books.items() if law != page.law for p in book.procedures.values())
    return [p for p in others if p.id == page.counterpart or p.counterpart == page.id]


def _add(terms: StepTerms, step: Step) -> None:
    choices = {word.casefold(): c.id for c in step.choices for word in (c.label, c.id)}
    asked = step.choice_field
    if choices and asked is None:
        _term(terms, "valg", "valg").choices.update(choices)
    for one in step.fields:
        if one.is_time:
            terms.has_time = True
            continue
        term = _term(terms, one.name, one.type)
        if one is asked:
            term.choices.update(choices)


def _term(terms: StepTerms, name: str, kind: FieldType) -> Term:
    assert kind in get_args(FieldType)
    return terms.fields.setdefault(name, Term(kind))
