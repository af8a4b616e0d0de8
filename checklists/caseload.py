"""Many cases at once: what is due soon and where help is needed, then the findings by step, team and basis.

Pure, over summaries and a moment. Pressure is about what lies ahead, and stands in the order of the initials; nothing
is counted or ranked by person among what is already late. Lines of one day stand in the order of the cases given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from checklists.calendar import add, local_day
from checklists.summary_model import DueLine, FindingLine, PastLine, Summary

BASES = ("lov", "praksis", "lokal", "faglig")
"""In the order they are shown: the law first."""

WINDOWS = (7, 14)
"""Days ahead that the overview looks, today included in neither."""

Belongs = Callable[[Summary, FindingLine], bool]
"""Whether a finding of a case is one of those meant."""

BUSY = 5
"""From more than this many deadlines in 7 days on somebody may need a hand. A local habit, not law."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look at. Empty means everything; ``words`` must all be found in a line (case, step, holder, team)."""

    team: str = ""
    holder: str = ""
    law: str = ""
    basis: str = ""
    procedure: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline ahead, or passed, with its case."""

    case: Summary
    line: DueLine


@dataclass(frozen=True, slots=True)
class Pressure:
    """What lies ahead of one caseworker in one team. ``soon`` and ``later`` count deadlines in the two windows.

    ``agreed`` are those of ``later`` with a day already agreed in time. ``busy`` when help may be needed.
    """

    team: str
    holder: str
    cases: int
    soon: int
    later: int
    agreed: int
    busy: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one step (or team): how many rest on each basis, in the order of BASES, and in how many cases."""

    key: tuple[str, ...]
    name: str
    bases: tuple[int, ...]
    cases: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.bases)


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding with its case. ``before_holder``: it arose before the one who holds the case now had it."""

    case: Summary
    line: FindingLine

    @property
    def before_holder(self) -> bool:
        """Whether somebody else held the case when the deadline passed."""
        return bool(self.line.holder_then) and self.line.holder_then != self.case.holder


def narrowed(summaries: Iterable[Summary], filters: Filters) -> list[Summary]:
    """The cases and lines that ``filters`` let through.

    A filter by law, basis, procedure or words leaves the cases
    that have such a line, with those lines alone; so nothing is counted that would not be listed.
    """
    found = []
    by_line = bool(filters.law or filters.basis or filters.procedure or filters.words)
    for case in summaries:
        if filters.team and case.team.casefold() != filters.team.casefold():
            continue
        if filters.holder and case.holder.casefold() != filters.holder.casefold():
            continue
        kept = _lines(case, filters) if by_line else case
        about_case = _mentions(f"{case.case} {case.holder} {case.team}", filters.words)
        whole = filters.procedure in ("", *case.procedures) and filters.law in ("", case.law) and not filters.basis
        if not by_line or kept.dues or kept.findings or kept.past or (whole and about_case):
            found.append(kept)
    return found


def _lines(case: Summary, filters: Filters) -> Summary:
    def fits(line: DueLine | FindingLine | PastLine) -> bool:
        return (
            filters.law in ("", line.law)
            and filters.basis in ("", line.basis)
            and filters.procedure in ("", line.procedure)
            and _mentions(f"{case.case} {case.holder} {case.team} {line.name} {line.procedure}", filters.words)
        )

    return replace(
        case,
        dues=tuple(filter(fits, case.dues)),
        findings=tuple(filter(fits, case.findings)),
        past=tuple(filter(fits, case.past)),
    )


def _mentions(text: str, words: Iterable[str]) -> bool:
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)


def due_within(summaries: Iterable[Summary], now: datetime, days: int) -> list[Due]:
    """The deadlines that are still in time at ``now`` (aware) and fall within so many days, the nearest first."""
    last = add(local_day(now), days, "dage")
    found = [Due(c, d) for c in summaries for d in c.dues if d.late_after >= now and d.aim <= last]
    return sorted(found, key=lambda due: due.line.late_after)


def pressure(summaries: Sequence[Summary], now: datetime, busy: int = BUSY) -> tuple[Pressure, ...]:
    """What lies ahead of each caseworker with open cases, by team and initials.

    ``busy`` is how many deadlines in the first window are no cause to ask whether help is needed.
    """
    later = due_within(summaries, now, WINDOWS[1])
    last = add(local_day(now), WINDOWS[0], "dage")
    cases = Counter(_whose(c) for c in summaries if c.closed is None)
    in_later = Counter(_whose(d.case) for d in later)
    in_soon = Counter(_whose(d.case) for d in later if d.line.aim <= last)
    with_a_day = Counter(_whose(d.case) for d in later if agreed(d.line))
    return in_initials_order(cases, in_soon, in_later, with_a_day, busy)


Whose = tuple[str, str]


def in_initials_order(
    cases: Counter[Whose], soon: Counter[Whose], later: Counter[Whose], agreed: Counter[Whose], busy: int
) -> tuple[Pressure, ...]:
    """The counts of everyone who has open cases or something due, by team and initials."""
    everyone = sorted({*+cases, *+later}, key=lambda who: (who[0].casefold(), who[1], who[0]))
    return tuple(Pressure(*who, cases[who], soon[who], later[who], agreed[who], soon[who] > busy) for who in everyone)


def _whose(case: Summary) -> Whose:
    return (case.team, case.holder)


def agreed(line: DueLine) -> bool:
    """Whether a day in time is agreed for it."""
    return line.planned is not None and line.planned <= local_day(line.late_after)


def faults(summaries: Iterable[Summary], belongs: Belongs | None = None) -> list[Fault]:
    """Every finding (that ``belongs``) with its case, the oldest first; those without a day last."""
    found = [Fault(c, f) for c in summaries for f in c.findings if belongs is None or belongs(c, f)]
    return sorted(found, key=lambda f: f.line.since or date.max)


def since_taken_over(summaries: Iterable[Summary]) -> list[Summary]:
    """The cases without the findings that arose before the one who holds them now had them: they are not theirs."""
    return [replace(c, findings=tuple(f for f in c.findings if not Fault(c, f).before_holder)) for c in summaries]


def by_step(summaries: Iterable[Summary]) -> tuple[Tally, ...]:
    """Findings by procedure and step, the most common first."""
    found = _tallies((c, f, (f.procedure, f.step), f.name) for c in summaries for f in c.findings)
    return steps_in_order(found)


def steps_in_order(found: Iterable[Tally]) -> tuple[Tally, ...]:
    """Steps, those with the most findings first."""
    return tuple(sorted(found, key=lambda t: (-t.total, t.name.casefold(), t.key)))


def by_team(summaries: Iterable[Summary]) -> tuple[Tally, ...]:
    """Findings by team, in the order of the alphabet: how many cases a team has is no fault of it."""
    found = _tallies((c, f, (c.team,), c.team) for c in summaries for f in c.findings)
    return teams_in_order(found)


def teams_in_order(found: Iterable[Tally]) -> tuple[Tally, ...]:
    """Teams by the alphabet."""
    return tuple(sorted(found, key=lambda t: (t.name.casefold(), t.key)))


def _tallies(rows: Iterable[tuple[Summary, FindingLine, tuple[str, ...], str]]) -> list[Tally]:
    counts: dict[tuple[str, ...], Counter[str]] = {}
    names: dict[tuple[str, ...], Counter[str]] = {}
    cases: dict[tuple[str, ...], set[str]] = {}
    for case, line, key, name in rows:
        if key not in counts:
            counts[key], names[key], cases[key] = Counter(), Counter(), set()
        counts[key][line.basis] += 1
        names[key][name] += 1
        cases[key].add(case.case)
    return [Tally(k, usual(names[k]), tuple(n[b] for b in BASES), len(cases[k])) for k, n in counts.items()]


def usual(names: Counter[str]) -> str:
    """The name that most of them have: a step may be called differently in the two editions."""
    return min(names, key=lambda name: (-names[name], name))


def causes(summaries: Iterable[Summary]) -> tuple[tuple[str, int], ...]:
    """The causes recorded with what came late, the most common first; the empty one last: no cause is recorded."""
    found = Counter(f.cause for c in summaries for f in c.findings if f.kind in ("late", "overdue"))
    return causes_in_order(found)


def causes_in_order(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Causes with how often, the most common first; the empty one last."""
    return tuple(sorted(found.items(), key=lambda pair: (not pair[0], -pair[1], pair[0])))


def different(values: Iterable[Hashable]) -> list[str]:
    """The different texts among ``values``, without the empty one, by the alphabet."""
    return sorted({str(value) for value in values if value}, key=str.casefold)
