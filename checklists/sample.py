"""The draw for ledelsestilsyn: a few cases from each caseworker's own, the same for a seed whatever order they come in.

Pure. A case's place is the hash of seed, caseworker and case, so anybody can draw again and get the same cases, and
nobody can choose them. A case that falls out is replaced by the next in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from checklists import calendar
from checklists.facts import Case, Event, fold
from checklists.holding import holder_on
from checklists.measures.entering import enter
from checklists.measures.model import Round
from checklists.predicates import PREDICATES
from checklists.view import View
from handbook.model import Handbook, Law

Concept = Literal["advisory", "intake"]
"""Which cases a team's supervision is about: those with a decision, offer or placement; or with a notification."""

NOTIFICATION = "underretning"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that can be drawn, and whose it is on the day of the draw."""

    case: str
    staff: str


@dataclass(frozen=True, slots=True)
class Share:
    """One caseworker's part of a draw. ``drawn`` is in the order of the draw; ``left_out`` were drawn recently."""

    staff: str
    eligible: tuple[str, ...]
    left_out: tuple[str, ...]
    drawn: tuple[str, ...]
    wanted: int

    @property
    def short(self) -> int:
        """How many cases there are too few."""
        return self.wanted - len(self.drawn)


def draw(candidates: Iterable[Candidate], seed: str, wanted: int, recent: Collection[str] = ()) -> tuple[Share, ...]:
    """Each caseworker's share, by initials: the first ``wanted`` of their cases in the seed's order.

    ``recent`` are cases left out because they were drawn not long ago. A caseworker with fewer gets what there is.
    """
    own: dict[str, set[str]] = {}
    for candidate in candidates:
        own.setdefault(candidate.staff, set()).add(candidate.case)
    shares = []
    for staff, cases in sorted(own.items()):
        order = in_order(seed, staff, cases)
        left = [case for case in order if case not in recent]
        shares.append(
            Share(
                staff=staff,
                eligible=tuple(sorted(cases)),
                left_out=tuple(sorted(case for case in cases if case in recent)),
                drawn=tuple(left[:wanted]),
                wanted=wanted,
            )
        )
    return tuple(shares)


def next_case(
    candidates: Iterable[Candidate], seed: str, staff: str, used: Collection[str], recent: Collection[str] = ()
) -> str | None:
    """The case that comes in for one of ``staff`` that falls out: the first in order that is not ``used``, or None."""
    cases = {candidate.case for candidate in candidates if candidate.staff == staff}
    return next((c for c in in_order(seed, staff, cases) if c not in used and c not in recent), None)


def in_order(seed: str, staff: str, cases: Iterable[str]) -> list[str]:
    """The cases in the seed's order for that caseworker."""
    return sorted(cases, key=lambda case: (sha256("\0".join((seed, staff, case)).encode()).digest(), case))


def candidates(
    cases: Iterable[tuple[str, Sequence[Event]]],
    handbooks: Mapping[Law, Handbook],
    asked: Round,
    concept_of: Callable[[str], Concept],
) -> Iterator[Candidate]:
    """The cases (id and events) that somebody held when the look-back year ended and their team's concept takes in.

    ``asked`` is the look-back year and the moment the facts are known to; ``concept_of`` says a team's concept.
    """
    for case_id, events in cases:
        case = fold(case_id, events, asked.seen)
        staff = holder_on(case.assignments, calendar.local_day(asked.seen))
        if staff and eligible(case, handbooks, asked, concept_of(case.team)):
            yield Candidate(case_id, staff)


def eligible(case: Case, handbooks: Mapping[Law, Handbook], asked: Round, concept: Concept) -> bool:
    """Whether the case belongs to a draw of that concept: the auditors' own rule, or a notification in the period."""
    if concept == "intake":
        return any(asked.holds(day) for day in _received(case))
    return enter(View(case, handbooks, asked.seen, PREDICATES), asked) is not None


def _received(case: Case) -> Iterator[date]:
    for run in case.runs.values():
        if run.procedure == NOTIFICATION:
            yield from (r.day for r in run.records.get("modtaget", ()) if r.status == "done")
