"""Worklists over many cases: the backlog with its curve, idle cases, and a total review. To be worked off.

Pure, over summaries and a moment. What is of one day stands in the order of the cases given. How many lay open on a
day is worked out from when each fault arose and was mended.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checklists.audit import natural
from checklists.calendar import local_day
from checklists.summary_model import PastLine, Summary

IDLE_DAYS = 42
"""Days without a record before a case is listed as idle. A local habit, not law."""

OTHER = "andre trin"
BACKLOG: dict[str, frozenset[tuple[str, str]]] = {
    "undersøgelser": frozenset({("boernefaglig-undersoegelse", "afsluttet"), ("afdaekning", "afsluttet")}),
    "planer": frozenset((p, "udarbejdet") for p in ("handleplan", "barnets-plan", "ungeplan")),
    "børnesamtaler": frozenset({("boernesamtale", "holdt")}),
    "opfølgninger": frozenset({("opfoelgning", "vurdering"), ("opfoelgning", "foerste"), ("opfoelgning", "rytme")}),
    "tilsynsbesøg": frozenset({("personrettet-tilsyn", "besoeg")}),
    "vurdering og kvittering": frozenset({("underretning", "risikovurdering"), ("underretning", "kvittering")}),
    OTHER: frozenset(),
}
"""Kind of backlog -> the steps (procedure, step) that belong to it; OTHER holds the rest."""

_KIND = {step: kind for kind, steps in BACKLOG.items() for step in steps}


@dataclass(frozen=True, slots=True)
class Undone:
    """A duty past its time and not done, with its case."""

    case: Summary
    line: PastLine

    @property
    def before_holder(self) -> bool:
        """Whether somebody else held the case when its time passed."""
        return bool(self.line.holder_then) and self.line.holder_then != self.case.holder


@dataclass(frozen=True, slots=True)
class Point:
    """How many lay open at the end of a local day."""

    day: date
    open: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """One kind of backlog: what is open now, the oldest first, and how many were open at each month's end."""

    kind: str
    open: tuple[Undone, ...]
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Idle:
    """An open case in which nothing has been recorded since ``since``."""

    case: Summary
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A case of a total review, and the first day a reviewer recorded something after it began; None when not yet."""

    case: Summary
    day: date | None


def kind_of(line: PastLine) -> str:
    """The kind of backlog a duty belongs to."""
    return _KIND.get((line.procedure, line.step), OTHER)


def backlog(summaries: Sequence[Summary], now: datetime, months: int = 12) -> tuple[Backlog, ...]:
    """Every kind that has lain undone at any time in the last ``months``, with its curve up to today."""
    days = month_ends(local_day(now), months)
    kinds: dict[str, list[Undone]] = {kind: [] for kind in BACKLOG}
    for case in summaries:
        for line in case.past:
            kinds[kind_of(line)].append(Undone(case, line))
    found = []
    for kind, lines in kinds.items():
        still = _still(lines)
        points = curve([(u.line.since, u.line.until) for u in lines], days)
        if any(point.open for point in points):
            found.append(Backlog(kind, tuple(still), points))
    return tuple(found)


def undone(summaries: Iterable[Summary], kind: str) -> list[Undone]:
    """What lies open of one kind, the oldest first."""
    return _still(Undone(case, line) for case in summaries for line in case.past if kind_of(line) == kind)


def _still(lines: Iterable[Undone]) -> list[Undone]:
    return sorted((u for u in lines if u.line.until is None), key=lambda u: u.line.since)


def month_ends(today: date, months: int) -> tuple[date, ...]:
    """The last day of each of the ``months`` months before this one, then ``today``."""
    ends = []
    last = today.replace(day=1) - timedelta(days=1)
    for _ in range(months):
        ends.append(last)
        last = last.replace(day=1) - timedelta(days=1)
    return (*reversed(ends), today)


def curve(spans: Iterable[tuple[date, date | None]], days: Sequence[date]) -> tuple[Point, ...]:
    """How many spans were open at the end of each of ``days``.

    A span runs from its first day up to its end day, not included; without an end it is still open.
    """
    known = [(a, b) for a, b in spans if b is None or b > a]
    begun, ended = sorted(a for a, _ in known), sorted(b for _, b in known if b is not None)
    return tuple(Point(day, bisect_right(begun, day) - bisect_right(ended, day)) for day in days)


def idle(summaries: Iterable[Summary], now: datetime, days: int = IDLE_DAYS) -> list[Idle]:
    """The open cases in which nothing has been recorded for more than ``days`` days, the quietest first.

    A case in which nothing was ever recorded counts from the day it became known; without that day it is left out.
    """
    today = local_day(now)
    found = []
    for case in summaries:
        since = case.idle_since or case.known_from
        if case.closed is None and since is not None and (today - since).days > days:
            found.append(Idle(case, since, (today - since).days))
    return sorted(found, key=lambda i: i.since)


def review(summaries: Iterable[Summary], started: date) -> list[Reviewed]:
    """The open cases of a total review begun on the local day ``started``: not looked at yet first, then by number."""
    found = [Reviewed(c, next((d for d in c.reviewed if d >= started), None)) for c in summaries if _stood(c, started)]
    return sorted(found, key=lambda r: (r.day is not None, natural(r.case.case)))


def _stood(case: Summary, started: date) -> bool:
    return case.closed is None or case.closed >= started


def review_curve(reviewed: Sequence[Reviewed], started: date, now: datetime) -> tuple[Point, ...]:
    """How many were still to be looked at when the review began, at each month's end since, and today."""
    today = local_day(now)
    days = [day for day in month_ends(today, 24) if started <= day]
    points = curve([(started, r.day or r.case.closed) for r in reviewed], days)
    return points if days[0] == started else (Point(started, len(reviewed)), *points)
