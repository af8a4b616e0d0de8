"""What a projection keeps of a case: its summary, and what the measures say of it in a round; how long each stands.

Both are the ordinary computation (``summary``, and what ``audit`` does for one case), run with a watched clock and a
watched period: see ``horizon``. Nothing is counted in a second way, so nothing can come to differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists.audit import bracket
from checklists.calendar import end_of_day
from checklists.counts import Cell, Listed, cells, listed, quiet_since, scope, urgency_key
from checklists.facts import Event, fold
from checklists.horizon import Span, WatchedDay, WatchedInstant, happening_span
from checklists.measures.catalogue import ALL
from checklists.measures.causes import CAUSES, NONE, OTHER
from checklists.measures.dossier import dossier
from checklists.measures.entering import enter, why_outside
from checklists.measures.model import Dossier, Round, Verdict
from checklists.predicates import PREDICATES
from checklists.progress import assess
from checklists.summary import REVIEW, summary
from checklists.summary_text import dumped
from checklists.view import View
from handbook.model import Handbook, Law


@dataclass(frozen=True, slots=True)
class Kept:
    """A case's summary as text (``summary_text.loaded`` reads it) and the instants, in microseconds, it is right for.

    The rest is what a list is filtered, sorted and counted by (``counts``): ``first_due`` is the earliest day an open
    step aims at, ``quiet_since`` an ordinal.
    """

    case: str
    span: Span
    team: str
    holder: str
    law: str
    closed: date | None
    first_due: date | None
    findings: int
    text: str
    urgency: str
    quiet_since: int | None
    scope: str
    cells: Counter[Cell]
    listed: tuple[Listed, ...]


def kept(case_id: str, events: Sequence[Event], handbooks: Mapping[Law, Handbook], now: datetime) -> Kept:
    """The summary of a case as of ``now`` (aware), and how long the same rows give the same."""
    clock = WatchedInstant.of(now)
    found = summary(assess(fold(case_id, events, now), handbooks, clock), handbooks)
    text = dumped(found)  # before the clock is read: writing down today's date is a use of it
    what = cells(found, clock), tuple(listed(found, clock))  # likewise: they ask what still lies ahead
    return Kept(
        case=case_id,
        span=clock.span().both(happening_span(events, now)),
        team=found.team,
        holder=found.holder,
        law=found.law,
        closed=found.closed,
        first_due=min((line.aim for line in found.dues), default=None),
        findings=len(found.findings),
        text=text,
        urgency=urgency_key(found),
        quiet_since=quiet_since(found),
        scope=scope(found),
        cells=what[0],
        listed=what[1],
    )


@dataclass(frozen=True, slots=True)
class Box:
    """The rounds an answer is right for: first and last day (ordinals), the last moment looked at, and now."""

    start: Span
    end: Span
    seen: Span
    now: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One case in a round. ``entered`` is empty where it stands outside, and ``why`` says why.

    ``relevant`` and ``deficient`` have a bit for each measure, in the catalogue's order.
    """

    case: str
    box: Box
    from_start: bool
    entered: str = ""
    why: str = ""
    law: str = ""
    kind: str = ""
    age: str = ""
    relevant: int = 0
    deficient: int = 0
    has_targets: bool = False
    late: str = ""
    """How many of its late steps have each cause, in the order of ``LATE``, with commas; empty for none."""


LATE = (*CAUSES, OTHER, NONE)


def piece(
    case_id: str,
    events: Sequence[Event],
    handbooks: Mapping[Law, Handbook],
    period: tuple[date, date],
    now: datetime,
    from_start: bool = True,
) -> Piece:
    """What ``audit`` says of one case in a round, and every other round in which it says the same."""
    start, end = (WatchedDay.of(day) for day in period)
    last = min(now, end_of_day(period[1]))
    seen = WatchedInstant.of(last)
    asked = Round(start, end, seen, from_start)
    case = fold(case_id, events, last)
    view = View(case, handbooks, seen, PREDICATES)
    entry = enter(view, asked)
    answer: dict[str, Any]
    if entry is None:
        answer = {"why": why_outside(view, asked)}
    else:
        answer = _counted(dossier(view, entry, asked, case if now <= last else fold(case_id, events, now)), asked)
    box = Box(
        start=start.watch.span(),
        end=end.watch.span(),
        seen=seen.span().both(happening_span(events, last)),
        now=happening_span(_reviews(events), now),
    )
    return Piece(case_id, box, from_start, **answer)


def _counted(found: Dossier, asked: Round) -> dict[str, Any]:
    verdicts = [measure(found, asked) for measure in ALL]
    return {
        "entered": found.entered,
        "law": found.law,
        "kind": found.kind,
        "age": bracket(found.born, found.day),
        "relevant": sum(verdict.relevant << bit for bit, verdict in enumerate(verdicts)),
        "deficient": sum(verdict.deficient << bit for bit, verdict in enumerate(verdicts)),
        "has_targets": found.has_targets,
        "late": late_text(verdict for verdict in verdicts),
    }


def late_text(verdicts: Iterable[Verdict]) -> str:
    """What of one case came too late, by its cause; a record late for several measures counts once."""
    causes = {verdict.late: verdict.cause for verdict in verdicts if verdict.late}
    counts = Counter(c if c in CAUSES else OTHER if c else NONE for c in causes.values())
    return ",".join(str(counts[cause]) for cause in LATE) if counts else ""


def _reviews(events: Sequence[Event]) -> list[Event]:
    """The rows that reviewers' judgements are folded from, the only ones looked at after the round's last moment."""
    runs = {e.run for e in events if e.procedure == REVIEW}
    return [e for e in events if e.run in runs] if runs else []
