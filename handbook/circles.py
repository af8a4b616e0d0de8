"""Orders and deadlines that go round in a ring, so that no step could ever be first."""

from __future__ import annotations

from handbook.faults import Report
from handbook.model import Fault, Step, StepRef
from handbook.references import Key, key, starts
from handbook.rings import rings
from handbook.web import Web


def circular_orders(web: Web) -> list[Fault]:
    """Rings of Før and Efter, also across pages. Orders under two different conditions do not make a ring together:
    nobody can say that the two hold at once.
    """
    orders = [(step, order) for step in web.steps.values() for order in step.orders if web.at(order.anchor)]
    found: dict[frozenset[Key], Fault] = {}
    for when in sorted({order.when for _, order in orders} | {""}):
        edges: dict[Key, list[Key]] = {at: [] for at in web.steps}
        lines: dict[tuple[Key, Key], tuple[Key, int]] = {}
        for step, order in orders:
            other = (order.anchor.procedure, order.anchor.step)
            pair = (key(step), other) if order.before else (other, key(step))
            if order.when in ("", when):
                edges[pair[0]].append(pair[1])
                lines[pair] = (key(step), order.line)
        for ring in rings(edges):
            owner, line = lines[ring[-1], ring[0]]
            fault = _ring_fault(web, ring, owner, line, "circular-order")
            found.setdefault(frozenset(ring), fault)
    return list(found.values())


def deadline_cycles(web: Web) -> list[Fault]:
    """Steps whose deadlines count from each other, or from the step itself, so that none of them ever begins."""
    grounded = _grounded(web)
    edges: dict[Key, list[Key]] = {}
    lines: dict[tuple[Key, Key], int] = {}
    for at, step in web.steps.items():
        edges[at] = []
        for anchor, line in starts(step):
            other = (anchor.procedure, anchor.step) if isinstance(anchor, StepRef) else None
            if other in web.steps and (other == at or not {at, other} & grounded):
                edges[at].append(other)
                lines.setdefault((at, other), line)
    return [
        _ring_fault(web, ring, ring[0], lines[ring[0], ring[1 % len(ring)]], "deadline-cycle") for ring in rings(edges)
    ]


def _grounded(web: Web) -> set[Key]:
    """Steps without a deadline, and those with one that counts from a birthday or from a grounded step."""
    grounded: set[Key] = set()
    while True:
        more = {
            at
            for at, step in web.steps.items()
            if at not in grounded and (not any(starts(step)) or _has_ground(step, grounded, web))
        }
        if not more:
            return grounded
        grounded |= more


def _has_ground(step: Step, grounded: set[Key], web: Web) -> bool:
    return any(
        not isinstance(a, StepRef) or web.at(a) is None or (a.procedure, a.step) in grounded for a, _ in starts(step)
    )


def _ring_fault(web: Web, ring: list[Key], owner: Key, line: int, code: str) -> Fault:
    shown = " → ".join(web.steps[at].title for at in [*ring, ring[0]])
    report = Report(str(web.owner(web.steps[owner]).path))
    report.add(line, code, ring=shown)
    return report.faults[0]
