"""The numbers of an overview: counted from the lines of the cases at hand, or put together from sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists import caseload, worklists
from checklists.calendar import add, local_day
from checklists.caseload import BASES, BUSY, WINDOWS, Filters, Pressure, Tally
from checklists.counts import mask_of, month
from checklists.summary_model import Summary
from checklists.worklists import BACKLOG, Point, month_ends

MONTHS = 12
"""How many month ends a backlog's curve goes back."""


@dataclass(frozen=True, slots=True)
class Heap:
    """One kind of backlog in numbers: how much lies open now, and how much lay open at each month's end."""

    kind: str
    open: int
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an overview says before a line is opened.

    ``ahead`` counts deadlines in each of WINDOWS. With one person's cases the findings are those since they took over,
    and ``earlier`` is what arose before; else it is None.
    """

    cases: int
    open: int
    ahead: tuple[int, ...]
    pressure: tuple[Pressure, ...]
    teams: tuple[Tally, ...]
    steps: tuple[Tally, ...]
    earlier: Tally | None
    causes: tuple[tuple[str, int], ...]
    backlog: tuple[Heap, ...]
    idle: int


def computed(cases: Sequence[Summary], filters: Filters, now: datetime, idle_days: int) -> Numbers:
    """Counted line by line over ``cases`` (narrowed by ``filters``) as of ``now`` (aware)."""
    own = caseload.since_taken_over(cases) if filters.holder else cases
    earlier = [f for f in caseload.faults(cases) if f.before_holder] if filters.holder else []
    return Numbers(
        cases=len(cases),
        open=sum(case.closed is None for case in cases),
        ahead=tuple(len(caseload.due_within(cases, now, days)) for days in WINDOWS),
        pressure=caseload.pressure(cases, now),
        teams=caseload.by_team(own),
        steps=caseload.by_step(own),
        earlier=_earlier(Counter(f.line.basis for f in earlier), len({f.case.case for f in earlier})),
        causes=caseload.causes(own),
        backlog=tuple(Heap(b.kind, len(b.open), b.curve) for b in worklists.backlog(cases, now, MONTHS)),
        idle=len(worklists.idle(cases, now, idle_days)),
    )


def _earlier(bases: Mapping[str, int], cases: int) -> Tally | None:
    return Tally(("*",), "", tuple(bases.get(b, 0) for b in BASES), cases) if cases else None


# -- from sums --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """Sums asked for: of which part, among one person's cases (1) or in teams (0), added up by which fields.

    ``same`` are fields that must have a value; ``until`` is the last ``day``; ``mask`` must have a bit in common.
    """

    part: str
    own: int
    by: tuple[str, ...]
    same: Mapping[str, str]
    until: int | None = None
    mask: int = 0


def questions(filters: Filters, now: datetime) -> dict[str, Question]:
    """What has to be summed for ``counted``, by name. Teams and holders are told apart by whoever sums."""
    own = int(bool(filters.holder))
    lines = {"law": filters.law, "basis": filters.basis, "procedure": filters.procedure}
    same = {name: value for name, value in lines.items() if value}
    mask = mask_of(filters.law, filters.basis) if filters.law or filters.basis else 0
    page = {"procedure": filters.procedure}
    last = add(local_day(now), WINDOWS[-1], "dage").toordinal()
    step = {"procedure": filters.procedure} if filters.procedure else {}
    found = {
        "held": Question("held", 1, ("team", "holder", "mask"), {}),
        "due": Question("due", 1, ("team", "holder", "day", "mask"), same, until=last),
        "finding": Question("finding", own, ("team", "procedure", "step", "name", "basis"), same),
        "cause": Question("cause", own, ("name",), same),
        "steps": Question("step-cases", own, ("procedure", "step"), step, mask=mask),
        "teams": Question("team-cases", own, ("team",), page, mask=mask),
        "past": Question("past", own, ("step", "day"), same),
        "open": Question("open", own, ("step",), same),
    }
    if own:
        found["earlier"] = Question("earlier", 1, ("basis",), same)
        found["earlier-cases"] = Question("earlier-cases", 1, (), page, mask=mask)
    return found


Sums = Mapping[str, Sequence[Any]]
"""Question -> its rows: the fields added up by, then the sum."""


def counted(sums: Sums, held: Iterable[tuple[str, str, int, int]], idle: int, now: datetime) -> Numbers:
    """The same numbers from ``sums``; ``held`` is team, initials, whether open, and how many cases."""
    cases = list(held)
    due = sums["due"]
    soon = add(local_day(now), WINDOWS[0], "dage").toordinal()
    bases: dict[str, int] = dict(sums.get("earlier", ()))
    in_cases = sum(row[-1] for row in sums.get("earlier-cases", ()))
    return Numbers(
        cases=sum(n for *_, n in cases),
        open=sum(n for _, _, is_open, n in cases if is_open),
        ahead=(sum(n for _, _, day, _, n in due if day <= soon), sum(row[-1] for row in due)),
        pressure=_pressure(cases, due, soon),
        teams=caseload.teams_in_order(_tallies(sums, "teams", lambda team, *_: (team,))),
        steps=caseload.steps_in_order(_tallies(sums, "steps", lambda _, procedure, step: (procedure, step))),
        earlier=_earlier(bases, in_cases),
        causes=caseload.causes_in_order(dict(sums["cause"])),
        backlog=tuple(_heaps(sums, local_day(now))),
        idle=idle,
    )


def _pressure(
    cases: Iterable[tuple[str, str, int, int]], due: Iterable[Sequence[Any]], soon: int
) -> tuple[Pressure, ...]:
    held: Counter[tuple[str, str]] = Counter()
    for team, holder, is_open, n in cases:
        held[team, holder] += n * is_open
    ahead = (Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]())
    for team, holder, day, is_agreed, n in due:
        ahead[0][team, holder] += n * (day <= soon)
        ahead[1][team, holder] += n
        ahead[2][team, holder] += n * is_agreed
    return caseload.in_initials_order(+held, *ahead, BUSY)


def _tallies(sums: Sums, question: str, key_of: Callable[[str, str, str], tuple[str, ...]]) -> list[Tally]:
    """The findings by team or by step; in how many cases is asked for apart, as cases cannot be added up."""
    bases: dict[tuple[str, ...], Counter[str]] = {}
    names: dict[tuple[str, ...], Counter[str]] = {}
    for team, procedure, step, name, basis, n in sums["finding"]:
        key = key_of(team, procedure, step)
        bases.setdefault(key, Counter())[basis] += n
        names.setdefault(key, Counter())[team if len(key) == 1 else name] += n
    cases = {tuple(key): n for *key, n in sums[question]}
    return [Tally(k, caseload.usual(names[k]), tuple(n[b] for b in BASES), cases.get(k, 0)) for k, n in bases.items()]


def _heaps(sums: Sums, today: date) -> Iterable[Heap]:
    ends = month_ends(today, MONTHS)
    open_now: dict[str, int] = dict(sums["open"])
    for kind in BACKLOG:
        months = [(at, n) for name, at, n in sums["past"] if name == kind]
        curve = tuple(Point(day, sum(n for at, n in months if at <= month(day))) for day in ends)
        if any(point.open for point in curve):
            yield Heap(kind, open_now.get(kind, 0), curve)
