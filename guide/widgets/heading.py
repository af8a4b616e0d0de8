"""What the bar of a case says: which child, how many of the 120 days are used, and what comes first. Pure."""

from __future__ import annotations

from datetime import date

from checklists.calendar import local_day
from checklists.laws import law_on
from checklists.states import Progress, RunState
from guide.date_text import format_day, format_relative
from guide.widgets.words import step_name
from handbook.model import SHORT

INVESTIGATION = "boernefaglig-undersoegelse"
DAYS = 120
"""Four months in the days people count; the deadline itself is counted in months on the page."""


def heading(progress: Progress) -> tuple[str, str]:
    """Left: case, age, team, law. Right: days used while an investigation runs, and the nearest deadline."""
    case, today = progress.case, local_day(progress.now)
    left = [case.id, _child(case.born, today), f"team {case.team}" if case.team else "", law_of(progress)]
    return " · ".join(part for part in left if part), " · ".join(
        part for part in (_used(progress, today), nearest(progress)) if part
    )


def law_of(progress: Progress) -> str:
    """The abbreviation of the law the case is worked under now: that of the run begun last of those with open steps.

    Without any such, of the run begun last; in a case where nothing is begun, the law of the day.
    """
    begun = [state for state in progress.runs if state.run is not None]
    standing = [state for state in begun if state.open_steps] or begun
    # Of two begun on one day, the one that has crossed New Year 2023/24 is the one that is worked in.
    ranked = [
        (state.run.start, state.procedure.law == "barnets_lov", state.procedure.law) for state in standing if state.run
    ]
    return SHORT[max(ranked)[2] if ranked else law_on(local_day(progress.now))]


def nearest(progress: Progress) -> str:
    """``nærmeste: børnesamtale 9. okt. (om 2 dage)``; empty when nothing has a deadline."""
    state = progress.nearest
    if state is None or state.due is None:
        return ""
    day = format_day(state.due.day, progress.now).split(" ", 1)[1]
    late = "! " if progress.now > state.due.late_after else ""
    return f"{late}nærmeste: {step_name(state.step)} {day} ({format_relative(state.due.aim, progress.now)})"


def age(born: str, today: date) -> int | None:
    """Whole years on ``today``; with only a month known the birthday is the month's last day. None if unknown."""
    from checklists.calendar import age_reached

    try:
        years = today.year - int(born[:4])
        return years if age_reached(born, years, today) else years - 1
    except ValueError:
        return None


def _child(born: str, today: date) -> str:
    years = age(born, today)
    return "" if years is None else f"barn {years} år"


def _used(progress: Progress, today: date) -> str:
    running = [
        state for state in progress.runs if state.procedure.id == INVESTIGATION and state.run and not _finished(state)
    ]
    if not running:
        return ""
    starts = [start for state in running if (start := _start(progress, state)) is not None]
    return f"{(today - min(starts)).days} af {DAYS} dage" if starts else ""


def _finished(state: RunState) -> bool:
    return any(step.step.id == "afsluttet" and step.settled for step in state.steps)


def _start(progress: Progress, state: RunState) -> date | None:
    """The day the municipality knew: as chosen in the investigation, else the notification that led to it."""
    assert state.run is not None
    chosen = [r for r in state.run.records.get("udloesende", ()) if r.status == "done"]
    if chosen:
        return chosen[-1].day
    opened = progress.case.runs.get(state.run.opened_by)
    runs = [opened] if opened and "modtaget" in opened.records else list(progress.case.runs.values())
    received: list[date] = [r.records["modtaget"][0].day for r in runs if r.records.get("modtaget")]
    return min(received, default=state.run.start)
