"""The auditors' table over many cases: n of m for each measure, with the list and the reason behind every number.

Pure: the same cases, pages, period and ``now`` give the same table. Nothing is counted by caseworker; ``held_by``
is the view of one person's own cases, for the talk about them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from checklists import calendar
from checklists.calendar import add, end_of_day
from checklists.facts import Case, Event, fold
from checklists.holding import holder_on
from checklists.laws import law_on
from checklists.measures.catalogue import ALL
from checklists.measures.causes import Cause, causes
from checklists.measures.dossier import dossier
from checklists.measures.entering import enter, why_outside
from checklists.measures.kinds import LABELS, clause
from checklists.measures.model import Counted, Dossier, Measure, Round, Verdict, out
from checklists.measures.overrides import Override, overridden
from checklists.measures.rules import rules_id
from checklists.predicates import PREDICATES
from checklists.view import View
from handbook.model import Handbook, Law

BRACKETS = (("0-3", 0, 3), ("4-7", 4, 7), ("8-14", 8, 14), ("15-17", 15, 17), ("18+", 18, 99))
"""The published table's ages in years, both ends included, and those after it."""
UNKNOWN_AGE = "ukendt"

Overrides = Mapping[str, Mapping[str, Sequence[Override]]]
"""Case -> measure code -> what reviewers answered about it, in any order."""


@dataclass(frozen=True, slots=True)
class CaseType:
    """A row of the second table."""

    kind: str
    label: str
    clause: str
    law: Law
    cases: int


@dataclass(frozen=True, slots=True)
class Audit:
    """A round: the measures, the types and ages of the cases that entered, and the cases that did not and why."""

    asked: Round
    rules: str
    laws: tuple[Law, ...]
    entered: tuple[Dossier, ...]
    measures: tuple[Counted, ...]
    types: tuple[CaseType, ...]
    ages: tuple[tuple[str, int], ...]
    causes: tuple[Cause, ...]
    outside: tuple[tuple[str, str], ...]
    caveat: str


def audit(
    cases: Iterable[tuple[str, Sequence[Event]]],
    handbooks: Mapping[Law, Handbook],
    period: tuple[date, date],
    now: datetime,
    law: Law | None = None,
    held_by: str = "",
    from_start: bool = True,
    overrides: Overrides | None = None,
) -> Audit:
    """The table of ``cases`` (id and events) for a period of local days, both included, as known at ``now`` (aware).

    Facts after the period's end are not looked at, but for the reviewers' judgements. ``law`` keeps the cases judged
    under it. ``held_by`` keeps the cases that person held some day in the period, and leaves out the faults that
    arose while somebody else held the case. ``from_start`` is the auditors' fallback for the 4 months (see ``Round``).
    ``overrides`` are the reviewers' answers against what the dates say, case -> measure code -> every one given.
    """
    start, end = period
    known = _known(overrides or {}, now)
    asked = Round(start, end, min(now, end_of_day(end)), from_start)
    entered: list[Dossier] = []
    outside: list[tuple[str, str]] = []
    held: dict[str, Case] = {}
    for case_id, events in cases:
        case = fold(case_id, events, asked.seen)
        if held_by and not _held(case, held_by, start, end):
            continue
        found = _entered(case, events, handbooks, asked, now)
        if isinstance(found, str):
            outside.append((case_id, found))
        elif law in (None, found.law):
            entered.append(found)
            held[case_id] = case
    entered.sort(key=lambda d: natural(d.case))
    laws = tuple(dict.fromkeys(each for each in (law_on(start), law_on(end)) if law in (None, each)))
    measures = tuple(_count(m, entered, asked, known, held, held_by) for m in ALL if _shown(m, laws, entered))
    return Audit(
        asked=asked,
        rules=rules_id(handbooks, laws, from_start),
        laws=laws,
        entered=tuple(entered),
        measures=measures,
        types=_types(entered),
        ages=_ages(entered),
        causes=causes(measures),
        outside=tuple(sorted(outside, key=lambda pair: natural(pair[0]))),
        caveat=caveat(len(entered), [c.relevant for c in measures]),
    )


def natural(case_id: str) -> tuple[tuple[bool, int, str], ...]:
    """Sorts case numbers as people do: D2 before D10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", case_id)
    return tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)


def _entered(
    case: Case, events: Sequence[Event], handbooks: Mapping[Law, Handbook], asked: Round, now: datetime
) -> Dossier | str:
    """The case as it enters, or in Danish why it does not."""
    view = View(case, handbooks, asked.seen, PREDICATES)
    entry = enter(view, asked)
    if entry is None:
        return why_outside(view, asked)
    reviewed = case if now <= asked.seen else fold(case.id, events, now)
    return dossier(view, entry, asked, reviewed)


def _shown(measure: Measure, laws: Sequence[Law], entered: Sequence[Dossier]) -> bool:
    """The published measures always; what barnets lov brought where it governs; local targets where there are any."""
    if measure.code == "local-targets":
        return any(d.has_targets for d in entered)
    return "serviceloven" in measure.clauses or "barnets_lov" in laws


def _count(
    measure: Measure,
    entered: Sequence[Dossier],
    asked: Round,
    overrides: Overrides,
    cases: Mapping[str, Case],
    held_by: str,
) -> Counted:
    verdicts = []
    for found in entered:
        given = overrides.get(found.case, {}).get(measure.code, ())
        verdict = overridden(measure(found, asked), given, found, asked)
        if held_by and verdict.deficient and verdict.since is not None:
            verdict = _of_holder(verdict, cases[found.case], held_by)
        verdicts.append((found, verdict))
    return Counted(measure, measure.named({d.law for d in entered}), tuple(verdicts))


def _known(overrides: Overrides, now: datetime) -> Overrides:
    """The answers given by the local day of ``now``."""
    today = calendar.local_day(now)
    return {
        case: {code: [o for o in given if o.day <= today] for code, given in codes.items()}
        for case, codes in overrides.items()
    }


def _held(case: Case, staff: str, start: date, end: date) -> bool:
    return any(_holder(case, day) == staff for day in _changes(case, start, end))


def _changes(case: Case, start: date, end: date) -> list[date]:
    """The period's first day, and each later day in it on which the case changed hands or came back from a cover."""
    back = (add(a.end, 1, "dage") for a in case.assignments if a.end is not None)
    return [start, *(day for day in (*(a.start for a in case.assignments), *back) if start < day <= end)]


def _holder(case: Case, day: date) -> str:
    return holder_on(case.assignments, day)


def _of_holder(verdict: Verdict, case: Case, staff: str) -> Verdict:
    """A deadline belongs to whoever held the case when it passed."""
    if verdict.since is None or _holder(case, verdict.since) == staff:
        return verdict
    told = out(f"opstået, mens {staff} ikke havde sagen: {verdict.reason}")
    return replace(told, records=verdict.records)


def _types(entered: Sequence[Dossier]) -> tuple[CaseType, ...]:
    counts = Counter((d.kind, d.law, d.entered == "offer") for d in entered)
    order = list(LABELS)
    rows = sorted(counts, key=lambda row: (row[2], order.index(row[0]) if row[0] in LABELS else len(order), row[1]))
    rows.sort(key=lambda row: ("decision", "offer", "follow-up").index(_group(row)))
    return tuple(
        CaseType(k, LABELS.get(k, k), clause(k, law, offer), law, counts[k, law, offer]) for k, law, offer in rows
    )


def _group(row: tuple[str, Law, bool]) -> str:
    kind, _, offer = row
    return "offer" if offer else "follow-up" if kind == "opfoelgning" else "decision"


def _ages(entered: Sequence[Dossier]) -> tuple[tuple[str, int], ...]:
    counts = Counter(bracket(d.born, d.day) for d in entered)
    names = [name for name, _, _ in BRACKETS[:4]] + [n for n in (BRACKETS[4][0], UNKNOWN_AGE) if counts[n]]
    return tuple((name, counts[name]) for name in names)


def bracket(born: str, on: date) -> str:
    """The age bracket of a child ``born`` then (see ``calendar.birthday``) on a local day."""
    if calendar.birthday(born, 0) is None:
        return UNKNOWN_AGE
    return next((name for name, low, high in reversed(BRACKETS) if _reached(born, low, on)), BRACKETS[0][0])


def _reached(born: str, years: int, on: date) -> bool:
    return calendar.age_reached(born, years, on)


def caveat(cases: int, relevant: Sequence[int]) -> str:
    """What has to be said under the table: how little it rests on, and what it is for. Danish."""
    counted = "1 sag" if cases == 1 else f"{cases} sager"
    told = f"Tabellen bygger på {counted} og viser, hvad der er registreret."
    smallest = min((m for m in relevant if m), default=0)
    if smallest:
        share = round(100 / smallest)
        told += f" Hvor et mål kun er relevant i {smallest}, flytter én sag andelen {share} procentpoint."
    return (
        f"{told} Tallene er et øjebliksbillede og ingen statistik. De siger ikke, hvor godt et menneske arbejder: "
        "tal dem igennem med medarbejderne, før I bruger dem."
    )
