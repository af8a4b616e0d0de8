"""Which cases enter a round, and under what: each at most once.

Under the latest of these: its last decision in the period; else its last early offer (SEL § 11, stk. 3, BL § 30); else
a running placement that was decided before the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checklists import calendar
from checklists.facts import Item, Record, Run
from checklists.laws import DECISION
from checklists.measures.kinds import FOLLOW_UP, UNKNOWN, main_kind
from checklists.measures.model import Entered, Round
from checklists.predicates import PLACEMENTS
from checklists.view import Place, View, answers

OFFER = "tidlig-indsats"
NOTHING = "ingen afgørelse, intet tidligt tilbud og ingen løbende anbringelse i perioden"
NOT_YET_KNOWN = "sagen er først kendt her efter perioden"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a case enters a round under. ``decided`` are the measures that count, with the day of each decision."""

    entered: Entered
    day: date
    kind: str
    run: Run
    record: Record
    decided: tuple[Item, ...] = ()


def enter(view: View, asked: Round) -> Entry | None:
    """The one entry of the case, or None when nothing of it belongs to the round."""
    if why_outside(view, asked) == NOT_YET_KNOWN or (view.closed is not None and view.closed < asked.start):
        return None
    return _last_decision(view, asked) or _last_offer(view, asked) or _running_placement(view, asked)


def why_outside(view: View, asked: Round) -> str:
    """Why a case without an entry stands outside, in Danish."""
    known = view.case.known_from
    return NOT_YET_KNOWN if known is not None and known > asked.end else NOTHING


def _last_decision(view: View, asked: Round) -> Entry | None:
    found = []
    for run in view.runs_of(DECISION):
        taken = [r for r in run.records.get("truffet", ()) if r.status == "done" and asked.holds(r.day)]
        if taken and not _before_known(view, taken[0].day):
            items = _items(view, run, taken)
            kind = main_kind(i.kind for i in items)
            found.append(Entry("decision", taken[0].day, kind, run, taken[0], items))
    return max(found, key=lambda e: (e.day, e.run.id), default=None)


def _last_offer(view: View, asked: Round) -> Entry | None:
    found = []
    for run in view.runs_of(OFFER):
        page = view.page_of(run)
        step = page.by_id.get("tilbud") if page else None
        for record in run.records.get("tilbud", ()):
            if record.status == "done" and asked.holds(record.day) and not _before_known(view, record.day):
                kind = next(iter(answers(step, record)), UNKNOWN) if step else UNKNOWN
                found.append(Entry("offer", record.day, kind, run, record))
    return max(found, key=lambda e: (e.day, e.run.id), default=None)


def _running_placement(view: View, asked: Round) -> Entry | None:
    found = []
    for run in view.runs_of(DECISION):
        taken = [r for r in run.records.get("truffet", ()) if r.status == "done"]
        earlier = [r for r in taken if r.day < asked.start or (r.day <= asked.end and _before_known(view, r.day))]
        begun = {i for r in run.records.get("ivaerksat", ()) if r.status == "done" for i in r.items or ("",)}
        for item in _items(view, run, earlier) if earlier else ():
            ended = item.end is not None and item.end < asked.start
            if item.kind in PLACEMENTS and not ended and begun & {item.id, ""}:
                day = calendar.local_day(asked.seen)
                found.append(Entry("follow-up", day, FOLLOW_UP, run, earlier[0], (item,)))  # never after asked.end
    return max(found, key=lambda e: (e.record.day, e.run.id), default=None)


def _items(view: View, run: Run, taken: list[Record]) -> tuple[Item, ...]:
    """The measures these records decide: those they name, or all of the decision's when they name none."""
    page = view.page_of(run)
    step = page.by_id.get("truffet") if page else None
    if page is None or step is None:
        return ()
    items = view.items_for(Place(page, run, run.serves, step, None), "foranstaltning")
    named = {i for record in taken for i in record.items}
    return tuple(i for i in items if i.id in named) if all(r.items for r in taken) else items


def _before_known(view: View, day: date) -> bool:
    return view.case.known_from is not None and day < view.case.known_from
