"""A step's rules as a reader would say them, and as values that two versions of a page can be compared by.

Line numbers and the words of links are left out of the values, and a link to the step's own page is the same link
whatever the page is called: ``handleplan.md#maal`` and ``barnets-plan.md#maal`` are each "the goal, here".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from handbook.model import Anchor, Choice, Deadline, Law, Step, StepRef, Term

LAW: dict[Law, str] = {"serviceloven": "Serviceloven", "barnets_lov": "Barnets lov"}

AspectKind = Literal["deadline", "rhythm", "order", "condition", "clause", "choices", "fields", "rule", "target"]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One side of a step: ``value`` is compared, ``shown`` are the Danish phrases it is told with."""

    kind: AspectKind
    what: str
    value: Callable[[Step], object]
    shown: Callable[[Step], list[str]]


def rules(step: Step) -> tuple[object, ...]:
    """When the step must be done and in what order, as values."""
    return tuple(value for value in (_deadlines(step), _rhythm(step), _orders(step)) if value)


def shown_rules(step: Step) -> list[str]:
    """The same in words: ``før afgørelsen``, ``24 timer efter modtagelsen``."""
    return [*_orders_shown(step), *_deadlines_shown(step), *_rhythm_shown(step)]


def texts(old: Step, new: Step) -> Iterator[tuple[str, str, str]]:
    """What each of the step's texts is called, before and after."""
    yield "Vejledningen", old.text, new.text
    yield "Den lokale vejledning", old.local_text, new.local_text
    yield "Kilde", old.source, new.source
    yield "Tilsyn", old.audit_note, new.audit_note
    yield "Notat", old.journal_note, new.journal_note
    yield "Ret op", old.mend, new.mend


def _anchor(anchor: Anchor | None, step: Step) -> object:
    if isinstance(anchor, StepRef):
        return ("" if anchor.procedure == step.procedure else anchor.procedure, anchor.step, anchor.part)
    return anchor


def _term(term: Term, step: Step) -> object:
    return (term.amount, term.unit, tuple(_anchor(a, step) for a in term.anchors))


def _deadline(deadline: Deadline, step: Step) -> object:
    aim = (_term(deadline.aim, step),) if deadline.aim else ()
    return (*aim, tuple(_term(term, step) for term in deadline.terms), deadline.when)


def _deadlines(step: Step) -> object:
    return tuple(_deadline(d, step) for d in step.deadlines)


def _deadlines_shown(step: Step) -> list[str]:
    return [d.text for d in step.deadlines]


def _rhythm(step: Step) -> object:
    found = step.recurrence
    if found is None:
        return ()
    first = _term(found.first, step) if found.first else None
    days = tuple(_anchor(a, step) for a in (*found.start, *found.then))
    return (first, found.every_months, found.times, found.window_months, days)


def _rhythm_shown(step: Step) -> list[str]:
    return [step.recurrence.text] if step.recurrence else []


def _orders(step: Step) -> object:
    return frozenset((o.before, _anchor(o.anchor, step), o.when) for o in step.orders)


def _orders_shown(step: Step) -> list[str]:
    def shown(text: str, anchor: StepRef, when: str) -> str:
        return text or anchor.step.replace("-", " ") + (f", når {when}" if when else "")

    return [
        f"{f'{o.basis}: ' if o.basis else ''}{'før' if o.before else 'efter'} {shown(o.text, o.anchor, o.when)}"
        for o in step.orders
    ]


def _conditions(step: Step) -> object:
    return frozenset(
        (frozenset(_anchor(r, step) for r in c.choices), c.predicate, c.pointed_at, c.optional) for c in step.conditions
    )


def _conditions_shown(step: Step) -> list[str]:
    return [c.text or c.predicate or "efter et svar" for c in step.conditions]


def _clauses(step: Step) -> object:
    return tuple((r.clause, r.basis, r.checked) for r in step.references)


def _clauses_shown(step: Step) -> list[str]:
    marks = {"lov": "", "praksis": "praksis: ", "lokal": "lokal: ", "faglig": "faglig: "}
    return [f"{marks[r.basis]}{r.clause}{'' if r.checked else ' (ikke kontrolleret)'}" for r in step.references]


def _choice(choice: Choice, step: Step) -> object:
    return (
        choice.id,
        choice.label,
        _anchor(choice.target, step),
        choice.deficiency,
        tuple(_anchor(r, step) for r in choice.not_relevant),
        tuple(_anchor(r, step) for r in choice.leaves_out),
        choice.opens,
        tuple((_anchor(w.target, step), w.speaks_for, w.text) for w in choice.weights),
    )


def _choices(step: Step) -> object:
    return tuple(_choice(choice, step) for choice in step.choices)


def _choices_shown(step: Step) -> list[str]:
    return [choice.label + (" (mangel)" if choice.deficiency else "") for choice in step.choices]


def _fields(step: Step) -> object:
    return step.fields


def _fields_shown(step: Step) -> list[str]:
    return [f"{field.label} ({field.type})" for field in step.fields]


def _others(step: Step) -> object:
    return (step.for_each, step.checks, step.opens, step.creates)


def _others_shown(step: Step) -> list[str]:
    found = [f"for hver {step.for_each}"] if step.for_each else []
    found += [f"kontrol: {name}" for name in step.checks]
    found += [f"åbner {page.replace('-', ' ')}" for page in step.opens]
    return [*found, *([f"opretter {step.creates}"] if step.creates else [])]


def _targets(step: Step) -> object:
    return tuple(_deadline(target, step) for target in step.targets)


def _targets_shown(step: Step) -> list[str]:
    return [target.text for target in step.targets]


ASPECTS: tuple[Aspect, ...] = (
    Aspect("deadline", "Frist", _deadlines, _deadlines_shown),
    Aspect("rhythm", "Gentages", _rhythm, _rhythm_shown),
    Aspect("order", "Rækkefølge", _orders, _orders_shown),
    Aspect("condition", "Gælder kun, når", _conditions, _conditions_shown),
    Aspect("clause", "Hjemmel", _clauses, _clauses_shown),
    Aspect("choices", "Svar", _choices, _choices_shown),
    Aspect("fields", "Registreres", _fields, _fields_shown),
    Aspect("rule", "Sætter i gang", _others, _others_shown),
    Aspect("target", "Lokalt mål", _targets, _targets_shown),
)
"""In the order they are told."""
