"""Which points of choice a practice case has passed: computed from its records, never from what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from checklists.calendar import TZ
from checklists.facts import Record
from checklists.states import Progress, StepState
from guide.practice.clock import instant
from guide.turns import Message
from handbook.practice_model import Condition, Moment, Place, Point, PracticePage


def passed(page: PracticePage, progress: Progress) -> tuple[Point, ...]:
    """The points whose conditions all hold, in the page's order."""
    return tuple(p for p in page.points if all(holds(c, progress) for c in p.conditions))


def told(points: tuple[Point, ...]) -> tuple[Message, ...]:
    """What is said at each point: calm, about the case and not about the person."""
    said: list[Message] = []
    for point in points:
        sign = "✓ I orden" if point.way == "facit" else "○ Et andet blik"
        said.append(Message("guide", f"{sign}: {point.title}"))
        said.append(Message("guide", point.text))
        if point.audit_note:
            said.append(Message("guide", f"Det ser tilsyn: {point.audit_note}", "law"))
    return tuple(said)


def told_again(points: tuple[Point, ...]) -> tuple[Message, ...]:
    """All that has been said so far, under one heading; nothing when nothing has."""
    return (Message("guide", "Det, du har fået at vide undervejs:", "muted"), *told(points)) if points else ()


def holds(condition: Condition, progress: Progress) -> bool:
    """Whether the case as it stands meets ``condition``."""
    if condition.said in ("i orden", "har en mangel"):
        states = [s for s in _states(condition, progress) if s.record is not None]
        wanted = "done" if condition.said == "i orden" else "done with deficiency"
        return any(s.state == wanted or (wanted != "done" and s.state == "done late") for s in states)
    found = list(_records(condition.place, progress, condition.item))
    if condition.said == "noteret":
        return any(_stands(record, condition, progress) for record in found)
    return _lacks(found, condition, progress)


def _stands(record: Record, condition: Condition, progress: Progress) -> bool:
    if condition.moment is not None:
        late = _at(record) > _end(condition.moment)
        return late if condition.than == "efter" else not late
    if condition.other is not None:
        others = [_at(r) for r in _records(condition.other, progress)]
        if condition.than == "før":
            return not others or _at(record).date() <= min(others).date()
        return bool(others) and _at(record).date() > min(others).date()
    return True


def _lacks(found: list[Record], condition: Condition, progress: Progress) -> bool:
    if condition.moment is not None:
        end = _end(condition.moment)
        return progress.now > end and not any(_at(record) <= end for record in found)
    if condition.other is not None:
        others = [_at(r) for r in _records(condition.other, progress)]
        return bool(others) and not any(_at(r).date() <= min(others).date() for r in found)
    return not found


def _states(condition: Condition, progress: Progress) -> Iterator[StepState]:
    for run in progress.runs:
        if run.procedure.id == condition.place.procedure:
            own = (s for s in run.steps if s.step.id == condition.place.step)
            yield from (s for s in own if not condition.item or (s.item is not None and s.item.id == condition.item))


def _records(place: Place, progress: Progress, item: str = "") -> Iterator[Record]:
    """The done records of a step in every run of the procedure, those about ``item`` and with the answer named."""
    for run in progress.case.runs.values():
        if run.procedure != place.procedure:
            continue
        for record in run.records.get(place.step, ()):
            answers = [a for v in record.value.values() for a in (v if isinstance(v, list) else [v])]
            kinds = [progress.case.items[i].kind for i in record.items if i in progress.case.items]
            if record.status != "done" or (item and item not in record.items):
                continue
            if not place.choice or place.choice in answers or place.choice in kinds:
                yield record


def _at(record: Record) -> datetime:
    return record.at.astimezone(TZ) if record.at else datetime.combine(record.day, time(), TZ)


def _end(moment: Moment) -> datetime:
    return instant(moment) if moment.clock else datetime.combine(moment.day, time(23, 59, 59), TZ)
