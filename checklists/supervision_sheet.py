"""A case's review sheet, what a round showed, and the trend over rounds: the verdicts with the reviewers' answers.

Counted by measure over the round's reviewed cases. Nothing here is counted by caseworker, and nothing can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.facts import Event
from checklists.measures.findings import MEASURES
from checklists.measures.model import Verdict
from checklists.measures.overrides import outcome
from checklists.measures.rules import rules_id
from checklists.requirements import requirement
from checklists.supervision import ANSWER, Compliance, Judged, Note, Repair, Reviewed, SupervisionRound
from checklists.verdicts import Said, verdicts
from handbook.model import Basis, Handbook, Law

_COMPLIANCE: Mapping[str, Compliance] = {answer: word for word, answer in ANSWER.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a case. ``dates_say`` is prefilled from the records, ``why`` its reason; ``judged`` the answer.

    ``name`` is the measure's as in the auditors' table, which names the fault; ``requirement`` what it asks for.

    ``counts`` is False where the measure does not ask about this type of case; then nobody can answer it. ``procedure``
    and ``step`` are where the handbook tells about it, empty when no single page does.
    """

    code: str
    theme: str
    name: str
    requirement: str
    basis: Basis
    clause: str
    dates_say: Compliance
    why: str
    judged: Judged | None
    counts: bool
    procedure: str
    step: str
    records: tuple[str, ...] = ()
    """The ids of the records the prefilled answer rests on."""

    @property
    def answer(self) -> Compliance:
        """What counts: the reviewer's answer, else what the dates say."""
        return self.judged.answer if self.judged else self.dates_say

    @property
    def overridden(self) -> bool:
        """Whether the reviewer sees it otherwise than the dates do."""
        return self.answer != self.dates_say

    @property
    def reason(self) -> str:
        """Why the answer is what it is."""
        return self.judged.reason if self.judged and self.overridden else self.why


@dataclass(frozen=True, slots=True)
class Sheet:
    """A case's review. ``law`` is None when nothing in the period can be judged."""

    round: SupervisionRound
    reviewed: Reviewed
    law: Law | None
    lines: tuple[Line, ...]

    def line(self, code: str) -> Line | None:
        """The measure's line, or None."""
        return next((line for line in self.lines if line.code == code), None)


def sheet(
    found: SupervisionRound,
    reviewed: Reviewed,
    events: Sequence[Event],
    handbooks: Mapping[Law, Handbook],
    now: datetime,
) -> Sheet:
    """The review sheet of a case in a round, prefilled as the facts were known at the end of the round's period."""
    law, said = verdicts(reviewed.case, events, handbooks, (found.start, found.end), now)
    lines = tuple(_line(each, law, reviewed.judged.get(each.measure.code)) for each in said)
    return Sheet(found, reviewed, law, lines)


def complied(verdict: Verdict) -> Compliance:
    """A verdict as the national template asks it."""
    return _COMPLIANCE[outcome(verdict)]


def _line(said: Said, law: Law | None, judged: Judged | None) -> Line:
    measure = said.measure
    known = MEASURES[law] if law else {}
    places = [fault for fault, code in known.items() if code == measure.code]
    judged_there = [fault for fault in places if fault[0] == "sagsgennemgang"]
    place = next(iter([*judged_there, *places]), ("", "", ""))
    return Line(
        code=measure.code,
        theme=measure.theme,
        name=said.name,
        requirement=requirement(measure.code, law),
        basis=measure.basis,
        clause=said.clause,
        dates_say=complied(said.verdict),
        why=said.verdict.reason,
        judged=judged if said.counts else None,
        counts=said.counts,
        procedure=place[0],
        step=place[1],
        records=said.verdict.records,
    )


@dataclass(frozen=True, slots=True)
class Count:
    """n of m for one measure over the reviewed cases of a round."""

    code: str
    theme: str
    name: str
    requirement: str
    basis: Basis
    deficient: int
    relevant: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a round showed. ``strengths`` are without case and person; ``repairs`` are the open ones."""

    round: SupervisionRound
    reviewed: int
    drawn: int
    counts: tuple[Count, ...]
    strengths: tuple[str, ...]
    learning: tuple[Note, ...]
    repairs: tuple[Repair, ...]
    rules: str
    """By which rules its cases are counted (``rules_id``); ``current`` are all the rules of today's handbook."""
    current: str


def shown(found: SupervisionRound, sheets: Iterable[Sheet], handbooks: Mapping[Law, Handbook]) -> Shown:
    """What the round showed, over those of its ``sheets`` whose review is finished."""
    done = [one for one in sheets if one.reviewed.done is not None]
    laws = tuple(dict.fromkeys(one.law for one in done if one.law is not None))
    lines: dict[str, list[Line]] = {}
    for one in done:
        for line in one.lines:
            lines.setdefault(line.code, []).append(line)
    strengths = [n.text for one in done for n in one.reviewed.notes if n.kind == "strength"]
    repairs = [r for case in found.present for r in case.repairs if not r.closed]
    return Shown(
        round=found,
        reviewed=len(done),
        drawn=len(found.present),
        counts=tuple(_count(of_code) for of_code in lines.values()),
        strengths=tuple(dict.fromkeys(strengths)),
        learning=found.learning,
        repairs=tuple(repairs),
        rules=rules_id(handbooks, sorted(laws, reverse=True), True),
        current=current_rules(handbooks),
    )


def current_rules(handbooks: Mapping[Law, Handbook]) -> str:
    """The rules of every edition as they are now; kept with a draw, so that a later change of them can be told."""
    return rules_id(handbooks, sorted(handbooks, reverse=True), True)


def _count(lines: Sequence[Line]) -> Count:
    first = lines[-1]
    asked = [line for line in lines if line.answer != "ikke relevant"]
    bad = sum(line.answer == "nej" for line in asked)
    return Count(first.code, first.theme, first.name, first.requirement, first.basis, bad, len(asked))


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A measure over the rounds, in their order; None in a round that did not ask about it."""

    code: str
    theme: str
    name: str
    requirement: str
    counts: tuple[Count | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The rounds side by side by measure. ``notes`` say in Danish what keeps them from being the same measurement."""

    rounds: tuple[Shown, ...]
    rows: tuple[TrendRow, ...]
    notes: tuple[str, ...]


def trend(rounds: Sequence[Shown]) -> Trend:
    """The measures over ``rounds``, the oldest first; rounds in which nothing is reviewed are left out."""
    seen = [one for one in rounds if one.reviewed]
    by_round = [{count.code: count for count in one.counts} for one in seen]
    names = {code: count for found in by_round for code, count in found.items()}
    rows = tuple(
        TrendRow(code, last.theme, last.name, last.requirement, tuple(found.get(code) for found in by_round))
        for code, last in names.items()
    )
    return Trend(tuple(seen), rows, tuple(_notes(seen)))


def _notes(rounds: Sequence[Shown]) -> list[str]:
    notes = []
    rules = dict.fromkeys(one.rules for one in rounds)
    if len(rules) > 1:
        told = "; ".join(f"{one.round.id}: {one.rules}" for one in rounds)
        notes.append(
            f"Runderne er ikke talt efter de samme regler ({told}). "
            "En forskel kan komme af reglerne og ikke af arbejdet."
        )
    elif any(one.round.rules and one.round.rules != one.current for one in rounds):
        notes.append("Håndbogens regler er ændret, siden en af runderne blev trukket. Alle er talt efter de nye.")
    if len({(one.round.team, one.round.concept) for one in rounds}) > 1:
        notes.append("Runderne er ikke trukket blandt de samme teams eller efter samme koncept.")
    if any(one.reviewed < one.drawn for one in rounds):
        notes.append("I mindst én runde er ikke alle sager gennemgået endnu.")
    return notes
