"""What a case's papers are made of: headings, facts and paragraphs, and one visible mark for everything missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

GAP = re.compile(r"\[mangler: [^\[\]]+\]")
"""The mark of something that is not recorded: what it is, and where it is recorded."""

SHEET: Final = "sagsark"
LETTER: Final = "sagsbrev"
"""The two templates that come with the program; a paper of one kind can have its own."""


class PaperError(Exception):
    """A paper that does not belong in this case; the text is Danish, says why and what helps."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a table. ``key`` is the field's name in a municipality's own template (``felt.KEY``)."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with paragraphs, then facts, then points; each of the three may be empty."""

    title: str
    texts: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    points: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready for its template.

    ``advice`` is for whoever writes it and stands on the screen, never in the document.
    """

    kind: str
    case: str
    """The case's number; empty in a letter that must not carry it."""
    form: Literal["sagsark", "sagsbrev"]
    title: str
    subtitle: str
    facts: Sequence[Fact]
    parts: Sequence[Part]
    foot: str = ""
    greeting: Sequence[str] = ()
    advice: Sequence[str] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    """More fields for a municipality's own template."""


def gap(what: str, where: str) -> str:
    """The mark: what is missing, and where it is recorded or written."""
    return f"[mangler: {_unbracketed(what)}. {_unbracketed(where)}]"


def gaps(paper: Paper) -> tuple[str, ...]:
    """Every mark in the paper, in reading order, each once."""
    return tuple(dict.fromkeys(mark for text in _texts(paper) for mark in GAP.findall(text)))


def context(paper: Paper) -> dict[str, Any]:
    """The values of its template: the whole paper in order, and each fact under its own name in ``felt``."""
    facts = [*paper.facts, *(fact for part in paper.parts for fact in part.facts)]
    return {
        "titel": paper.title,
        "sag": paper.case,
        "undertitel": paper.subtitle,
        "fakta": [_row(fact) for fact in paper.facts],
        "afsnit": [
            {
                "titel": part.title,
                "tekster": list(part.texts),
                "raekker": [_row(fact) for fact in part.facts],
                "punkter": list(part.points),
            }
            for part in paper.parts
        ],
        "hilsen": list(paper.greeting),
        "fod": paper.foot,
        "felt": {**{fact.key: fact.text for fact in reversed(facts) if fact.key}, **paper.named},
    }


def _row(fact: Fact) -> dict[str, str]:
    return {"navn": fact.name, "tekst": fact.text}


def _texts(paper: Paper) -> Iterable[str]:
    yield from (paper.subtitle, *(fact.text for fact in paper.facts))
    for part in paper.parts:
        yield from (part.title, *part.texts, *(fact.text for fact in part.facts), *part.points)
    yield from paper.greeting
    yield paper.foot


def _unbracketed(text: str) -> str:
    return text.replace("[", "(").replace("]", ")").strip().rstrip(".?")
