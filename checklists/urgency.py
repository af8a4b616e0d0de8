"""How pressing an open step is: what sorts the steps of a case, and the cases in a list. Pure."""

from __future__ import annotations

from datetime import date

from checklists.calendar import end_of_day
from checklists.states import RunState, StepState

FAR = 1e18
"""When a step without a deadline falls due: after all others."""

Urgency = tuple[int, float]


def urgency(state: StepState, today: date) -> Urgency:
    """What sorts open steps: over time, nearly due or agreed for a day that has come, open, waiting for others."""
    late = _late(state)
    if state.state == "overdue":
        return (0, late)
    if state.state == "due soon":
        return (1, late)
    if state.state in ("planned", "awaiting"):
        return (1, late) if _day_has_come(state, today) else (3, late)
    return (2, FAR)


def pressing(run: RunState, state: StepState, today: date) -> tuple[int, float, int]:
    """What sorts open steps of different runs: urgency, then the nearest deadline, then the run that began last.

    What was left open in a notification answered a year ago does not come before this month's follow-up.
    """
    return (urgency(state, today)[0], _late(state), -(run.run.start.toordinal() if run.run else 0))


def _late(state: StepState) -> float:
    """When the step falls due; one that is missing without a deadline of its own fell due when it became a fault."""
    if state.due is not None:
        return state.due.late_after.timestamp()
    since = state.finding.since if state.finding and state.state == "overdue" else None
    return end_of_day(since).timestamp() if since else FAR


def _day_has_come(state: StepState, today: date) -> bool:
    if state.record is None:
        return False
    if state.state == "planned":
        return state.record.day <= today
    try:
        return date.fromisoformat(str(state.record.value.get("expected"))[:10]) < today
    except ValueError:
        return False
