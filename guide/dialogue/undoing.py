"""Taking an answer back gives back the one it took the place of, when there was one. Pure; works on the log's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checklists.facts import Event
from guide.commands_text import parse
from guide.turns import Draft, Focus, Message, Reply

GIVEN_BACK = "gendannet"
"""The note of a row that repeats an earlier answer after a later one was taken back."""


def given_back(reply: Reply, stored: Sequence[Event], text: str = "") -> Reply:
    """``reply`` as it is, unless it only withdraws a row of ``stored`` that had corrected a whole earlier answer.

    Then the earlier answer is written again instead, and both stay in the log. When ``text`` is ``/fortryd`` and the
    last thing written closed a run or took it back, it is the run that is given back.
    """
    typed = parse(text)
    run = run_given_back(stored) if typed is not None and typed.name == "/fortryd" else None
    if run is not None:
        return run
    if len(reply.drafts) != 1 or reply.drafts[0].value != {"status": "withdrawn"}:
        return reply
    row = reply.drafts[0]
    earlier = before(stored, row.replaces)
    if earlier is None:
        return reply
    again = replace(row, items=earlier.items, day=earlier.day, at=earlier.at, value=earlier.value, note=GIVEN_BACK)
    told = Message("system", "Det svar, der stod før, gælder igen.")
    return replace(reply, drafts=(again,), said=(*reply.said, told))


def run_given_back(stored: Sequence[Event]) -> Reply | None:
    """The reply that opens again the run whose closing or taking back is the last thing written in the case; or None.

    Both rows stay in the log; a third repeats the run as it stood before.
    """
    last = max(
        (row for row in stored if row.kind in ("run", "record")), key=lambda row: (row.recorded, row.id), default=None
    )
    if last is None or last.kind != "run" or last.note == GIVEN_BACK:
        return None
    earlier = next((row for row in stored if row.id == last.replaces), None)
    if earlier is None or not (_is_taken_back(last) or _end(last) != _end(earlier)):
        return None
    row = Draft(
        kind="run",
        case=earlier.case,
        run=earlier.run,
        procedure=earlier.procedure,
        day=earlier.day,
        at=earlier.at,
        value=earlier.value,
        note=GIVEN_BACK,
        replaces=earlier.run,
        version=earlier.version,
    )
    told = Message("system", f"Forløbet {earlier.run} står igen, som det stod før.")
    return Reply((row,), Focus(earlier.run, earlier.procedure, ""), said=(told,))


def _is_taken_back(row: Event) -> bool:
    return isinstance(row.value, Mapping) and row.value.get("status") == "withdrawn"


def _end(row: Event) -> object:
    return row.value.get("to") if isinstance(row.value, Mapping) else None


def before(stored: Sequence[Event], row_id: str) -> Event | None:
    """The whole answer that the row took the place of; None when it was the first."""
    by_id = {row.id: row for row in stored}
    row = by_id.get(row_id)
    row = _origin(row, by_id) if row else None
    while row is not None:
        row = by_id.get(row.replaces)
        if row is not None and _is_whole(row):
            return row
    return None


def _origin(row: Event, by_id: Mapping[str, Event]) -> Event:
    """The row itself, or the one it repeats when it was written to give that one back."""
    found = by_id.get(row.replaces) if row.note == GIVEN_BACK else None
    while found is not None and _content(found) != _content(row):
        found = by_id.get(found.replaces)
    return _origin(found, by_id) if found is not None else row


def _content(row: Event) -> tuple[Any, ...]:
    return (row.value, row.day, row.at, row.items)


def _is_whole(row: Event) -> bool:
    """Whether everything the row was asked about is answered: rows that an answer grew through are not."""
    value = row.value if isinstance(row.value, Mapping) else {}
    return None not in value.values() and "" not in (value.get("why"), value.get("cause"))
