"""The provisional route, when a child cannot wait: what the pages ask for afterwards, and by when. Nothing is stopped.

SEL § 52, stk. 2, § 75 and § 140, stk. 1; BL § 46, stk. 3, and § 143. What each step says, its clause and its deadline
stand on its page; here is only which steps make up the route, in the order they come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists import calendar
from checklists.decisions import Decision
from checklists.due import Due
from checklists.predicates import PREDICATES
from checklists.states import Progress
from checklists.view import View
from handbook.model import AgeAnchor, Deadline, Handbook, Law, Procedure, Step, Term

CANNOT_WAIT = "afgørelsen ikke kan vente"
"""The predicate by which a page gives a deadline of its own to a decision that could not wait."""

ROUTE: dict[Law, tuple[tuple[str, str], ...]] = {
    "serviceloven": (
        ("boernesamtale", "holdt"),
        ("handleplan", "formaal"),
        ("afgoerelse", "formand"),
        ("afgoerelse", "formand-meddelelse"),
        ("afgoerelse", "formand-forelagt"),
        ("afgoerelse", "formand-gyldighed"),
        ("boernefaglig-undersoegelse", "afsluttet"),
        ("handleplan", "udarbejdet"),
        ("opfoelgning", "vurdering"),
    ),
    "barnets_lov": (
        ("boernesamtale", "holdt"),
        ("afgoerelse", "formand"),
        ("afgoerelse", "formand-meddelelse"),
        ("afgoerelse", "formand-forelagt"),
        ("afgoerelse", "formand-gyldighed"),
        ("boernefaglig-undersoegelse", "afsluttet"),
        ("barnets-plan", "udarbejdet"),
        ("opfoelgning", "foerste"),
    ),
}
"""The steps of the route under each law: (procedure, step)."""


@dataclass(frozen=True, slots=True)
class Follow:
    """A step of the route. ``due`` is its deadline: as it runs in the case, or, with ``if_today``, as it would run
    if what starts its clock happened today. None when the page counts from no day. ``done`` says that it is recorded.
    """

    procedure: Procedure
    step: Step
    due: Due | None
    if_today: bool
    done: bool


def route(progress: Progress, handbooks: Mapping[Law, Handbook], found: Decision | None) -> tuple[Follow, ...]:
    """The route under the law of the decision under way, else of the day the case is seen from."""
    view = found.view if found else View(progress.case, handbooks, progress.now, PREDICATES)
    law = found.state.procedure.law if found else view.pages.law_on(view.today)
    book = handbooks[law]
    follows = []
    for procedure, step_id in ROUTE[law]:
        page = book.procedures.get(procedure)
        step = page.by_id.get(step_id) if page else None
        if page is not None and step is not None:
            follows.append(_follow(progress, view, found, page, step))
    return tuple(follows)


def _follow(progress: Progress, view: View, found: Decision | None, page: Procedure, step: Step) -> Follow:
    runs = found.family if found else tuple(progress.runs)
    states = [s for r in runs if r.procedure.id == page.id and r.procedure.law == page.law for s in r.steps]
    own = [s for s in states if s.step.id == step.id and s.state != "not relevant"]
    done = bool(own) and all(s.settled for s in own)
    running = next((s.due for s in own if s.due is not None and not s.settled), None)
    if running is not None or done:
        return Follow(page, step, running, if_today=False, done=done)
    term = _term(step)
    due = calendar.due(term.amount, term.unit, view.today, None, None, "") if term else None
    if term is not None and term.unit == "timer":
        due = calendar.due(term.amount, term.unit, view.today, view.now, None, "")
    return Follow(page, step, due, if_today=due is not None, done=False)


def _term(step: Step) -> Term | None:
    """The deadline that a decision that could not wait has: the page's own for it, else the one without condition."""
    if step.recurrence is not None:
        return step.recurrence.first
    lines: tuple[Deadline, ...] = step.deadlines
    line = next((d for d in lines if d.when == CANNOT_WAIT), None) or next((d for d in lines if not d.when), None)
    terms = [t for t in line.terms if not any(isinstance(a, AgeAnchor) for a in t.anchors)] if line else []
    return terms[0] if terms else None
