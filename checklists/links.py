"""Anchors on another page that can mean several runs: the caseworker is asked, and the answer is recorded as a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from checklists.facts import Case
from checklists.predicates import PREDICATES
from checklists.view import View
from handbook.model import Handbook, Law, Procedure, StepRef


@dataclass(frozen=True, slots=True)
class Unclear:
    """``run`` counts from ``procedure``, of which the case has several runs and nothing says which."""

    run: str
    procedure: str
    candidates: tuple[str, ...]


def unclear_links(case: Case, handbooks: Mapping[Law, Handbook], now: datetime) -> tuple[Unclear, ...]:
    """Every link that somebody has to choose before the deadlines and orders of its run can be worked out.

    A run says which it means through what it serves, what opened it, what it opened, or a recorded link.
    """
    view = View(case, handbooks, now, PREDICATES)
    found = []
    for run in case.runs.values():
        page = view.page_of(run)
        for procedure in dict.fromkeys(_leans_on(page)) if page else ():
            candidates = view.kinship.candidates(run, run.serves, procedure)
            if len(candidates) > 1:
                found.append(Unclear(run.id, procedure, tuple(c.id for c in candidates)))
    return tuple(found)


def _leans_on(page: Procedure) -> Iterator[str]:
    """The other pages that deadlines, orders and conditions of ``page`` point at first."""
    for step in page.steps:
        refs: list[object] = [line.anchor for line in step.orders]
        refs += [term.anchors[0] for line in step.deadlines for term in line.terms]
        rule = step.recurrence
        if rule is not None:
            refs += [*(rule.first.anchors[:1] if rule.first else ()), *rule.start[:1]]
        refs += [ref for condition in step.conditions for ref in condition.choices[:1]]
        yield from (r.procedure for r in refs if isinstance(r, StepRef) and r.procedure != page.id)
