"""When a committee meets next, and by when a referral has to be in. The municipality's own days (``kommune.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from checklists.calendar import add, add_hverdage, is_hverdag
from handbook.settings import Committee


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting day and the last day a referral can come in, both local days and both in time.

    ``cutoff`` is the meeting's own day when the municipality has named no time before it.
    """

    committee: Committee
    day: date
    cutoff: date


def meeting_on(committee: Committee, day: date) -> Meeting:
    """The meeting held on ``day``."""
    return Meeting(committee, day, _cutoff(committee, day))


def next_meeting(committee: Committee, today: date) -> Meeting | None:
    """The first meeting, from ``today`` on, that a referral can still come in for; None when no days are known.

    A meeting that falls on a holiday is passed over: it may be moved, and that is for people to say.
    """
    if not committee.days:
        return None
    for ahead in range(120):
        day = today + timedelta(days=ahead)
        if day.weekday() in committee.days and (day.weekday() >= 5 or is_hverdag(day, saturday=True)):
            found = meeting_on(committee, day)
            if found.cutoff >= today:
                return found
    return None


def closed_meeting(committee: Committee, today: date) -> Meeting | None:
    """The next meeting when it is too late to come in for it; None when the next one is still open."""
    following = next_meeting(committee, today)
    if following is None:
        return None
    earlier = [following.day - timedelta(days=back) for back in range(1, (following.day - today).days + 1)]
    days = [day for day in earlier if day.weekday() in committee.days and is_hverdag(day, saturday=True)]
    return meeting_on(committee, min(days)) if days else None


def _cutoff(committee: Committee, day: date) -> date:
    if not committee.cutoff:
        return day
    if committee.unit == "hverdage":
        return add_hverdage(day, -committee.cutoff, saturday=False)
    return add(day, -committee.cutoff, committee.unit)
