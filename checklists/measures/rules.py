"""By which rules a round was counted, as one short text: two rounds with different ones cannot simply be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from checklists.measures.model import RULES
from handbook.model import SHORT, Choice, Handbook, Law, Step


def rules_id(handbooks: Mapping[Law, Handbook], laws: Iterable[Law], from_start: bool) -> str:
    """``1 SEL:3f2a9c1b periodestart``: the counting rules' version, each governing edition, the 4 months' fallback.

    An edition's digits change when a rule on one of its pages does; a changed word of guidance changes nothing.
    """
    editions = [f"{SHORT[law]}:{_digits(handbooks[law])}" for law in laws if law in handbooks]
    return " ".join([str(RULES), *editions, "periodestart" if from_start else "kendskab"])


def _digits(book: Handbook) -> str:
    content = sha256()
    for page in sorted(book.procedures):
        for step in book.procedures[page].steps:
            content.update(f"{page} {_rule(step)}\n".encode())
    return content.hexdigest()[:8]


def _rule(step: Step) -> str:
    """What a step asks, without its words."""
    terms = [(line.terms, line.when) for line in (*step.deadlines, *step.targets)]
    orders = [(o.before, o.anchor, o.when) for o in step.orders]
    rule = step.recurrence
    rhythm = (rule.first, rule.every_months, rule.times, rule.window_months, rule.start, rule.then) if rule else ()
    conditions = [(c.choices, c.predicate, c.pointed_at, c.optional) for c in step.conditions]
    choices = [_choice(choice) for choice in step.choices]
    return repr((step.id, terms, orders, rhythm, conditions, step.for_each, step.checks, choices))


def _choice(choice: Choice) -> tuple[object, ...]:
    return (choice.id, choice.deficiency.code if choice.deficiency else "", choice.not_relevant, choice.leaves_out)
