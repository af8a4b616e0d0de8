"""One case as numbers that can be added: what an overview counts, ready to be summed over any cases at once.

``cells`` is worked out where the summary is, by the same rules (``caseload``, ``worklists``); a ``Cell`` says what is
counted and ``numbers`` puts the sums together again as ``computed`` would count the lines themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from checklists.calendar import local_day
from checklists.caseload import BASES, Fault, agreed
from checklists.summary_model import DueLine, FindingLine, PastLine, Summary
from checklists.worklists import kind_of

LAWS = ("SEL", "BL")
NO_DAY = date.max.toordinal()
"""Where a line has no day it stands after all others."""


class Cell(NamedTuple):
    """What is counted. ``part`` says of what; ``own`` is 1 among one person's cases, 0 in a team as a whole.

    ``day`` is an ordinal, or for ``past`` a month (``month``); ``mask`` has a bit for every law and basis (``bit``).
    A field that does not matter to the part is empty.
    """

    part: str
    own: int
    team: str
    holder: str = ""
    law: str = ""
    basis: str = ""
    procedure: str = ""
    step: str = ""
    name: str = ""
    day: int = 0
    mask: int = 0


class Listed(NamedTuple):
    """Where a list of lines finds the case: the first ``day`` of its lines that are alike in everything named."""

    part: str
    procedure: str
    step: str
    law: str
    basis: str
    day: int


def month(day: date) -> int:
    """The number of a day's month; months that follow each other have numbers that do."""
    return day.year * 12 + day.month - 1


def bit(law: str, basis: str) -> int:
    """The bit of a law and a basis in a mask; what is neither SEL nor BL, or rests on nothing named, has one too."""
    return 1 << (_at(LAWS, law) * (len(BASES) + 1) + _at(BASES, basis))


def _at(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def mask_of(law: str, basis: str) -> int:
    """The bits that a filter lets through; empty means every one."""
    laws, bases = (*LAWS, ""), (*BASES, "")
    return sum(bit(one, other) for one in laws for other in bases if law in ("", one) and basis in ("", other))


def cells(case: Summary, clock: datetime) -> Counter[Cell]:
    """Everything an overview counts in the case as of ``clock`` (aware), which notes what it is compared with."""
    found: Counter[Cell] = Counter()
    whose = (case.team, case.holder)
    found[Cell("held", 1, *whose, mask=int(case.closed is None))] += 1
    for due in case.dues:
        if clock <= due.late_after:
            key = (due.law, due.basis, due.procedure)
            found[Cell("due", 1, *whose, *key, day=due.aim.toordinal(), mask=int(agreed(due)))] += 1
    inherited = [f for f in case.findings if Fault(case, f).before_holder]
    own = [f for f in case.findings if not Fault(case, f).before_holder]
    _add_findings(found, (0, case.team, ""), case.findings)
    _add_findings(found, (1, *whose), own)
    for finding in inherited:
        found[Cell("earlier", 1, *whose, finding.law, finding.basis, finding.procedure)] += 1
    _add_cases(found, "earlier-cases", (1, *whose), inherited)
    for level in ((0, case.team, ""), (1, *whose)):
        _add_past(found, level, case.past, local_day(clock))
    return Counter({cell: n for cell, n in found.items() if n})


Level = tuple[int, str, str]


def _add_findings(found: Counter[Cell], level: Level, lines: Iterable[FindingLine]) -> None:
    steps: dict[tuple[str, str], int] = {}
    kept = list(lines)
    for line in kept:
        key = (line.law, line.basis, line.procedure)
        found[Cell("finding", *level, *key, line.step, line.name)] += 1
        if line.kind in ("late", "overdue"):
            found[Cell("cause", *level, *key, name=line.cause)] += 1
        step = (line.procedure, line.step)
        steps[step] = steps.get(step, 0) | bit(line.law, line.basis)
    for (procedure, name), mask in steps.items():
        found[Cell("step-cases", *level, procedure=procedure, step=name, mask=mask)] += 1
    _add_cases(found, "team-cases", level, kept)


def _add_cases(found: Counter[Cell], part: str, level: Level, lines: Iterable[FindingLine]) -> None:
    """The case once for everything, and once for each procedure."""
    masks: dict[str, int] = {}
    for line in lines:
        for procedure in ("", line.procedure):
            masks[procedure] = masks.get(procedure, 0) | bit(line.law, line.basis)
    for procedure, mask in masks.items():
        found[Cell(part, *level, procedure=procedure, mask=mask)] += 1


def _add_past(found: Counter[Cell], level: Level, lines: Iterable[PastLine], today: date) -> None:
    for line in lines:
        key = (*level, line.law, line.basis, line.procedure, kind_of(line))
        if line.until is None:
            found[Cell("open", *key)] += 1
        elif line.until <= line.since:
            continue
        if today >= line.since:
            found[Cell("past", *key, day=month(line.since))] += 1
        if line.until is not None and today >= line.until:
            found[Cell("past", *key, day=month(line.until))] -= 1


def listed(case: Summary, clock: datetime) -> list[Listed]:
    """Where the lists behind the numbers find the case."""
    first: dict[tuple[str, str, str, str, str], int] = {}
    for part, step, line, day in _lines(case, clock):
        key = (part, line.procedure, step, line.law, line.basis)
        at = day.toordinal() if day else NO_DAY
        first[key] = min(at, first.get(key, at))
    return [Listed(*key, day) for key, day in first.items()]


def _lines(case: Summary, clock: datetime) -> Iterator[tuple[str, str, DueLine | FindingLine | PastLine, date | None]]:
    for due in case.dues:
        if clock <= due.late_after:
            yield "due", "", due, due.aim
    for finding in case.findings:
        yield "earlier" if Fault(case, finding).before_holder else "finding", finding.step, finding, finding.since
    for past in case.past:
        if past.until is None:
            yield "open", kind_of(past), past, past.since


def scope(case: Summary) -> str:
    """What a filter by law, basis or procedure looks for: ``|SEL.lov.handleplan|``, with ``*`` for the case itself."""
    lines: tuple[DueLine | FindingLine | PastLine, ...] = (*case.dues, *case.findings, *case.past)
    found = {f"{line.law}.{line.basis}.{line.procedure}" for line in lines}
    found |= {f"{case.law}.*.{procedure}" for procedure in ("*", *case.procedures)}
    return f"|{'|'.join(sorted(found))}|"


def patterns(law: str, basis: str, procedure: str) -> tuple[str, ...]:
    """What a ``scope`` contains one of when ``caseload.narrowed`` keeps the case; empty when it keeps every case."""
    if not (law or basis or procedure):
        return ()
    if law and procedure:
        return tuple(f"|{law}.{one}.{procedure}|" for one in ((basis,) if basis else (*BASES, "*")))
    if law:
        return (f"|{law}.{basis}." if basis else f"|{law}.",)
    return (f".{basis}.{procedure}|" if basis and procedure else f".{basis}." if basis else f".{procedure}|",)


def urgency_key(case: Summary) -> str:
    """The case's place among all cases, the most urgent first, as text in the same order (``overview.in_order``)."""
    level, late, begun = case.rank
    return f"{level}{late:027.6f}{9_999_999 + begun:07d}{9_999_999 - len(case.findings):07d}"


def quiet_since(case: Summary) -> int | None:
    """The ordinal of the day an open case was last worked on, else known from; None for a closed one (``idle``)."""
    since = case.idle_since or case.known_from
    return since.toordinal() if since and case.closed is None else None
