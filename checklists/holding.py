"""Who held a case on a day. A cover is an assignment with a last day while another runs on behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checklists.facts import Assignment, Case


def holder_on(assignments: Sequence[Assignment], day: date) -> str:
    """Initials of whoever holds the case on a local day; empty when nobody does.

    ``assignments`` are oldest first. One that has ended is passed over, so that after a cover the case is back with
    whoever held it.
    """
    current = [a for a in assignments if a.start <= day and (a.end is None or a.end >= day)]
    return current[-1].staff if current else ""


def lasting(assignments: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """The assignments, oldest first, without those that only cover for somebody who holds the case again afterwards."""
    return tuple(a for n, a in enumerate(assignments) if not any(_outlasts(b, a) for b in assignments[:n]))


def inherited(case: Case, arose: date | None, today: date) -> bool:
    """Whether somebody else, or nobody, held the case on the local day a fault arose. False while nobody holds it."""
    holder = holder_on(case.assignments, today)
    return bool(holder) and arose is not None and holder_on(case.assignments, arose) != holder


def _outlasts(one: Assignment, other: Assignment) -> bool:
    return other.end is not None and (one.end is None or one.end > other.end)
