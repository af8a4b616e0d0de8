"""The auditors' table as numbers alone, from cases counted together: what a projection answers in no time.

The numbers are those of ``audit`` over the same cases; the lists behind them are worked out by ``audit`` itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from checklists.audit import BRACKETS, UNKNOWN_AGE, Audit, CaseType, bracket, caveat
from checklists.calendar import end_of_day
from checklists.laws import law_on
from checklists.measures.catalogue import ALL
from checklists.measures.causes import OTHER
from checklists.measures.kinds import FOLLOW_UP, LABELS, clause
from checklists.measures.model import Measure, Round
from checklists.measures.rules import rules_id
from checklists.projected import LATE, late_text
from handbook.model import Handbook, Law


class Alike(NamedTuple):
    """So many ``cases`` of a round with the same answers; the columns are those of ``projected.Piece``."""

    entered: str
    why: str
    law: str
    kind: str
    age: str
    relevant: int
    deficient: int
    has_targets: int
    late: str
    cases: int


@dataclass(frozen=True, slots=True)
class Number:
    """One measure: deficient in n of the m cases it is relevant in."""

    measure: Measure
    name: str
    deficient: int
    relevant: int


@dataclass(frozen=True, slots=True)
class AuditTable:
    """A round in numbers. ``causes`` are late steps by cause; ``outside`` how many cases stand outside for a reason."""

    asked: Round
    rules: str
    laws: tuple[Law, ...]
    cases: int
    measures: tuple[Number, ...]
    types: tuple[CaseType, ...]
    ages: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]
    outside: tuple[tuple[str, int], ...]
    caveat: str


def audit_table(
    rows: Iterable[Alike],
    handbooks: Mapping[Law, Handbook],
    period: tuple[date, date],
    now: datetime,
    law: Law | None = None,
    from_start: bool = True,
) -> AuditTable:
    """The table of ``rows`` for a period of local days, both included, as known at ``now`` (aware): see ``audit``."""
    start, end = period
    every = [row for row in rows if not row.entered or law in (None, row.law)]
    entered = [row for row in every if row.entered]
    laws = tuple(dict.fromkeys(each for each in (law_on(start), law_on(end)) if law in (None, each)))
    measures = tuple(_number(bit, entered) for bit, m in enumerate(ALL) if _shown(m, laws, entered))
    cases = sum(row.cases for row in entered)
    return AuditTable(
        asked=Round(start, end, min(now, end_of_day(end)), from_start),
        rules=rules_id(handbooks, laws, from_start),
        laws=laws,
        cases=cases,
        measures=measures,
        types=_types(entered),
        ages=_ages(entered),
        causes=_causes(entered),
        outside=tuple(sorted(_sums((row.why, row.cases) for row in every if not row.entered).items())),
        caveat=caveat(cases, [number.relevant for number in measures]),
    )


def alike(found: Audit) -> list[Alike]:
    """The cases of a round that ``audit`` counted, as rows of one case each: to be counted together with others."""
    bits = {measure.code: 1 << bit for bit, measure in enumerate(ALL)}
    rows = []
    for at, dossier in enumerate(found.entered):
        verdicts = [(bits[counted.measure.code], counted.verdicts[at][1]) for counted in found.measures]
        rows.append(
            Alike(
                entered=dossier.entered,
                why="",
                law=dossier.law,
                kind=dossier.kind,
                age=bracket(dossier.born, dossier.day),
                relevant=sum(bit for bit, verdict in verdicts if verdict.relevant),
                deficient=sum(bit for bit, verdict in verdicts if verdict.deficient),
                has_targets=dossier.has_targets,
                late=late_text(verdict for _, verdict in verdicts),
                cases=1,
            )
        )
    return rows + [Alike("", why, "", "", "", 0, 0, 0, "", 1) for _, why in found.outside]


def _sums(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, count in pairs:
        found[name] += count
    return found


def _shown(measure: Measure, laws: Sequence[Law], entered: Sequence[Alike]) -> bool:
    """As the full table: the published measures, what barnets lov brought where it governs, local targets if any."""
    if measure.code == "local-targets":
        return any(row.has_targets for row in entered)
    return "serviceloven" in measure.clauses or "barnets_lov" in laws


def _number(bit: int, entered: Sequence[Alike]) -> Number:
    measure = ALL[bit]
    return Number(
        measure=measure,
        name=measure.named({row.law for row in entered}),
        deficient=sum(row.cases for row in entered if row.deficient >> bit & 1),
        relevant=sum(row.cases for row in entered if row.relevant >> bit & 1),
    )


def _types(entered: Sequence[Alike]) -> tuple[CaseType, ...]:
    counts: dict[tuple[str, Law, bool], int] = {}
    for row in entered:
        law: Law = "barnets_lov" if row.law == "barnets_lov" else "serviceloven"
        key = (row.kind, law, row.entered == "offer")
        counts[key] = counts.get(key, 0) + row.cases
    return tuple(
        CaseType(kind, LABELS.get(kind, kind), clause(kind, law, offer), law, counts[kind, law, offer])
        for kind, law, offer in sorted(counts, key=_in_order)
    )


def _in_order(row: tuple[str, Law, bool]) -> tuple[int, int, Law, str]:
    kind, law, offer = row
    group = 1 if offer else 2 if kind == FOLLOW_UP else 0
    return group, list(LABELS).index(kind) if kind in LABELS else len(LABELS), law, kind


def _ages(entered: Sequence[Alike]) -> tuple[tuple[str, int], ...]:
    counts = _sums((row.age, row.cases) for row in entered)
    names = [name for name, _, _ in BRACKETS[:4]] + [n for n in (BRACKETS[4][0], UNKNOWN_AGE) if counts[n]]
    return tuple((name, counts[name]) for name in names)


def _causes(entered: Sequence[Alike]) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(LATE, 0)
    for row in entered:
        for cause, late in zip(LATE, row.late.split(","), strict=False) if row.late else ():
            counts[cause] += int(late) * row.cases
    return tuple((cause, late) for cause, late in counts.items() if late or cause != OTHER)
