"""Cycles in a directed graph: small, deterministic, without recursion."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def rings(edges: Mapping[N, list[N]]) -> list[list[N]]:
    """Disjoint cycles, each as its nodes in order, the shortest through the first node that is in one.

    Out of every knot of cycles at least one is found; breaking it and asking again finds the next.
    """
    knot = _knots(edges)
    found: list[list[N]] = []
    used: set[N] = set()
    for node in knot:
        ring = None if node in used else _shortest(node, knot)
        if ring and not used.intersection(ring):
            used.update(ring)
            found.append(ring)
    return found


def _knots(edges: Mapping[N, list[N]]) -> dict[N, list[N]]:
    """The graph without the nodes that nothing leads to or that lead nowhere, again and again: few or none are left."""
    left = {node: [n for n in nexts if n in edges] for node, nexts in edges.items()}
    while True:
        reached = {n for nexts in left.values() for n in nexts}
        kept = {node: nexts for node, nexts in left.items() if nexts and node in reached}
        if len(kept) == len(left):
            return kept
        left = {node: [n for n in nexts if n in kept] for node, nexts in kept.items()}


def _shortest(start: N, edges: Mapping[N, list[N]]) -> list[N] | None:
    came_from: dict[N, N] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in edges.get(node, []):
            if following == start:
                ring = [node]
                while ring[-1] != start:
                    ring.append(came_from[ring[-1]])
                return ring[::-1]
            if following not in came_from:
                came_from[following] = node
                queue.append(following)
    return None
