"""Everything a step points at, with the line it stands on: what ``handbook.check`` looks up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handbook.model import Anchor, Choice, Procedure, Step, StepRef

Key = tuple[str, str]
"""Procedure id and step id."""

Kind = Literal["step", "anchor", "choice", "target", "page"]


@dataclass(frozen=True, slots=True)
class Use:
    """One link from a step. ``what`` names in Danish who points; ``kind`` says what the target must be."""

    what: str
    kind: Kind
    ref: StepRef
    line: int


def key(step: Step) -> Key:
    """The step's own key."""
    return (step.procedure, step.id)


def line_of(procedure: Procedure, step: Step, word: str) -> int:
    """The line of the step's ``**word:**``, counted from 1; the heading's line when there is none."""
    head = re.compile(rf"\s*[-*+]\s+(?:\*\*|__){re.escape(word)}\b")
    source = procedure.source.split("\n")
    following = min((s.line for s in procedure.steps if s.line > step.line), default=len(source) + 1)
    return next((n for n in range(step.line, following) if head.match(source[n - 1])), step.line)


def uses(procedure: Procedure, step: Step) -> Iterator[Use]:
    """Every link of the step, in the order of the model."""
    for what, found in (
        ("Fristen", (*starts(step), *_aims(step))),
        ("Gentagelsen", _later(step)),
        ("Målet", targets(step)),
    ):
        for anchor, line in found:
            if isinstance(anchor, StepRef):
                yield Use(what, "anchor", anchor, line)
    for order in step.orders:
        yield Use("Før" if order.before else "Efter", "step", order.anchor, order.line)
    for condition in step.conditions:
        for ref in condition.choices:
            yield Use("Betingelsen", "choice", ref, condition.line)
    for page in step.opens:
        yield Use("Åbner", "page", StepRef(page, ""), line_of(procedure, step, "Åbner"))
    for field in step.fields:
        if field.procedure:
            yield Use("Feltet forløb", "page", StepRef(field.procedure, ""), line_of(procedure, step, "Registrér"))
    for choice in step.choices:
        yield from _choice_uses(procedure, choice)


def anchors(step: Step) -> Iterator[tuple[Anchor, int]]:
    """Everything that the step's deadlines, rhythm and targets count from, with the line."""
    yield from starts(step)
    yield from _aims(step)
    yield from _later(step)
    yield from targets(step)


def targets(step: Step) -> Iterator[tuple[Anchor, int]]:
    """What a municipality's targets for the step count from."""
    for target in step.targets:
        for term in target.terms:
            for anchor in term.anchors:
                yield anchor, target.line


def _aims(step: Step) -> Iterator[tuple[Anchor, int]]:
    """What the day to work towards counts from: it starts no clock."""
    for deadline in step.deadlines:
        for anchor in deadline.aim.anchors if deadline.aim else ():
            yield anchor, deadline.line


def _later(step: Step) -> Iterator[tuple[Anchor, int]]:
    if step.recurrence:
        for anchor in step.recurrence.then:
            yield anchor, step.recurrence.line


def starts(step: Step) -> Iterator[tuple[Anchor, int]]:
    """What sets the step's own clock going: without one of them a deadline, or the first of a rhythm, never begins.

    Not the later rounds of a rhythm (a round may well set the day of the next), nor a municipality's target.
    """
    for deadline in step.deadlines:
        for term in deadline.terms:
            for anchor in term.anchors:
                yield anchor, deadline.line
    rhythm = step.recurrence
    if rhythm:
        for anchor in (*(rhythm.first.anchors if rhythm.first else ()), *rhythm.start):
            yield anchor, rhythm.line


def _choice_uses(procedure: Procedure, choice: Choice) -> Iterator[Use]:
    def line(link: str) -> int:
        source = procedure.source.split("\n")
        return next((n for n in range(choice.line, len(source) + 1) if link in source[n - 1]), choice.line)

    what = f'Svaret "{choice.label}"'
    if choice.target:
        yield Use(what, "target", choice.target, choice.line)
    for ref in (*choice.not_relevant, *choice.leaves_out):
        yield Use(what, "step", ref, line(f"#{ref.step})"))
    for page in choice.opens:
        yield Use(what, "page", StepRef(page, ""), line(f"{page}.md"))
    for weight in choice.weights:
        yield Use(what, "choice", weight.target, line(f"#{weight.target.step}/{weight.target.part})"))
