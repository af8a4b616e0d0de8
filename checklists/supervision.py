"""Rounds of supervision (ledelsestilsyn): what was drawn, what was seen, what is to be mended. Values only.

A repair is open until somebody else has looked again, whatever was ticked. ``supervision_fold`` makes them of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from checklists.measures.overrides import Answer, Override

Compliance = Literal["ja", "nej", "ikke relevant"]
Degree = Literal["lav", "nogen", "høj"]
NoteKind = Literal["quality", "strength", "learning"]
RepairState = Literal["open", "said done", "closed", "cannot be undone"]

ANSWER: Mapping[Compliance, Answer] = {"ja": "fine", "nej": "deficient", "ikke relevant": "not relevant"}
"""Compliance -> the answer of a measure."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reviewer's answer about one measure. ``reason`` is empty where it agrees with what the dates say."""

    measure: str
    answer: Compliance
    reason: str
    by: str
    day: date
    id: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The caseworker's answer to a point."""

    text: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the caseworker: a quality judgement, a strength or a learning point. ``about`` is the case.

    ``about`` is empty for what everybody can learn. ``key`` is what a person types, ``D5.2``.
    """

    id: str
    key: str
    kind: NoteKind
    about: str
    theme: str
    degree: str
    text: str
    by: str
    day: date
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Recheck:
    """Somebody looked again. Only one made by another than the caseworker, and in order, closes the repair."""

    in_order: bool
    text: str
    by: str
    day: date
    counts: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """What is to be mended in a case, by an ``agreed`` local day (None: no day agreed)."""

    id: str
    key: str
    round: str
    case: str
    text: str
    agreed: date | None
    measure: str
    undoable: bool
    """False for a fault that cannot be undone; then ``helps`` answers what helps the child now."""
    helps: str
    by: str
    day: date
    said: tuple[Reply, ...] = ()
    """The caseworker saying that it is done. Closes nothing."""
    rechecks: tuple[Recheck, ...] = ()
    replies: tuple[Reply, ...] = ()
    waiting: bool = False
    """Whether it was said to be done after the last time somebody else looked, also on the same day."""

    @property
    def state(self) -> RepairState:
        """Where the repair stands."""
        counting = [check for check in self.rechecks if check.counts]
        if counting and counting[-1].in_order:
            return "closed"
        if not self.undoable:
            return "cannot be undone"
        return "said done" if self.waiting else "open"

    @property
    def closed(self) -> bool:
        """Whether it has been looked at again and was in order."""
        return self.state == "closed"


@dataclass(frozen=True, slots=True)
class Talk:
    """The oral talk with a caseworker: ``when`` it is booked for, and whether it has been held."""

    staff: str
    about: str
    when: date | datetime
    held: bool
    id: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A drawn case with everything said about it in this round. ``out`` is why it was replaced; empty if it stays."""

    case: str
    staff: str
    instead_of: str = ""
    out: str = ""
    replaced_by: str = ""
    judged: Mapping[str, Judged] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()
    done: date | None = None
    """When the review was finished."""
    filed: date | None = None
    letter: date | None = None


@dataclass(frozen=True, slots=True)
class SupervisionRound:
    """A round: how it was drawn, its cases, the talks, what everybody can learn, and whether it is closed."""

    id: str
    day: date
    drawn_at: datetime
    seed: str
    wanted: int
    start: date
    end: date
    team: str
    concept: str
    intake: tuple[str, ...]
    months: int
    rules: str
    by: str
    shares: tuple[Mapping[str, Any], ...]
    cases: tuple[Reviewed, ...]
    talks: tuple[Talk, ...]
    learning: tuple[Note, ...]
    closed: date | None

    @property
    def present(self) -> tuple[Reviewed, ...]:
        """The cases that are part of the round: those replaced are not."""
        return tuple(case for case in self.cases if not case.out)

    def find(self, case: str) -> Reviewed | None:
        """The case as it stands in the round, or None."""
        return next((found for found in self.present if found.case == case), None)


def repairs(found: Iterable[SupervisionRound], *, all_of_them: bool = False) -> tuple[Repair, ...]:
    """The repairs not closed, by agreed day; those without a day last. ``all_of_them``: the closed ones too."""
    listed = [r for one in found for case in one.cases for r in case.repairs if all_of_them or not r.closed]
    return tuple(sorted(listed, key=lambda r: (r.agreed is None, r.agreed or date.max, r.case, r.key)))


def overrides(found: Iterable[SupervisionRound]) -> dict[str, dict[str, list[Override]]]:
    """What reviewers answered against the dates, as ``audit`` takes it: case -> measure -> answers.

    An answer without a reason agrees with the dates and changes nothing.
    """
    told: dict[str, dict[str, list[Override]]] = {}
    for one in found:
        for case in one.present:
            for judged in case.judged.values():
                if judged.reason.strip():
                    override = Override(ANSWER[judged.answer], judged.reason, judged.by, judged.day, judged.id)
                    told.setdefault(case.case, {}).setdefault(judged.measure, []).append(override)
    return told


def recently_drawn(found: Iterable[SupervisionRound], since: date) -> set[str]:
    """The cases drawn on ``since`` (a local day) or later, but for those that fell out again."""
    return {case.case for one in found if one.day >= since for case in one.present}


def number(round_id: str) -> int:
    """``tilsyn-10`` -> 10; 0 for anything else."""
    tail = round_id.rpartition("-")[2]
    return int(tail) if tail.isascii() and tail.isdigit() else 0
