"""What of a step can be searched and shown: its texts as plain sentences, and its clauses as terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Procedure, Step

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9\"»(])")
_SHORT_FORMS = re.compile(r"(?:\b(?:stk|nr|jf|fx|bl\.a|ca|pct|mv|evt|kl|inkl|f|eks|m)\.|\b\d+\.)$")
_LAW = re.compile(r"\b(?:SEL|BL|servicelov(?:en)?s?|barnets\s+lovs?)\b", re.IGNORECASE)
_TIME = re.compile(r"\d+\.? (?:time|dag|hverdag|uge|måned|år|gang)|\b(?:inden|senest|før|højst|straks|snarest)\b")
_CLAUSE = re.compile(r"§+\s*(\d+)(?:\s?([a-e])\b(?!\w))?(?:,?\s*stk\.?\s*(\d+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Texts:
    """A step as the index holds it: each text for one field, without Markdown."""

    title: str
    page: str
    rules: str
    text: str
    notes: str
    clauses: tuple[str, ...]


def texts(page: Procedure, step: Step) -> Texts:
    """The texts of a step on its page."""
    rules = [f"Frist: {sentence}" for sentence in deadlines(step)] + ["Gentages"] * bool(step.recurrence)
    notes = (step.audit_note, step.journal_note, step.mend, *(c.label for c in step.choices))
    clause_text = " ".join([*(r.clause for r in step.references), step.text, step.local_text])
    return Texts(
        title=f"{step.name} {plain(step.title)}",
        page=f"{page.title} {step.phase}",
        rules=" ".join(rules + [o.text for o in step.orders]),
        text=plain(f"{step.text}\n\n{step.local_text}"),
        notes=plain("\n".join(notes)),
        clauses=tuple(clauses(clause_text)),
    )


def plain(markdown: str) -> str:
    """Markdown as words: links become their text, emphasis and bullets go."""
    return _MARKS.sub("", _LINK.sub(r"\1", _BULLET.sub("", markdown))).strip()


def deadlines(step: Step) -> tuple[str, ...]:
    """The step's deadlines and rhythm as the page words them."""
    rhythm = [step.recurrence.text] if step.recurrence else []
    return tuple(plain(text) for text in [*(d.text for d in step.deadlines), *rhythm, *(t.text for t in step.targets)])


def sentences(step: Step) -> tuple[str, ...]:
    """The sentences a question can be answered with: the guidance, and the municipality's after it."""
    return tuple(s for part in (step.text, step.local_text) for block in part.split("\n\n") for s in _split(block))


def tells_time(sentence: str) -> bool:
    """Whether the sentence says when, or how long."""
    return _TIME.search(sentence) is not None


def _split(block: str) -> Iterator[str]:
    said = ""
    for part in _END.split(" ".join(plain(block).split())):
        said = f"{said} {part}".strip()
        if said and not _SHORT_FORMS.search(said):
            yield said
            said = ""
    if said:
        yield said


def clauses(text: str) -> Iterator[str]:
    """Every clause that ``text`` names as terms: ``§155b``, and with a stykke ``§155b.2`` as well."""
    for number, letter, part in _CLAUSE.findall(text):
        name = f"§{number}{letter.lower()}"
        yield name
        if part:
            yield f"{name}.{part}"


def without_law(text: str) -> str:
    """``text`` with the clauses and the laws it names left out."""
    return _LAW.sub(" ", _CLAUSE.sub(" ", text))
