"""An event as the table's columns, and back. Imports no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any

from store.events import WITHDRAWN, Event, ValueFault, dump_value, load_value
from store.moments import local_day


def tidy(event: Event) -> Event:
    """The event as it will be read back: instants in UTC, the day of a known hour, canonical JSON, LF line ends.

    Raises ValueFault when the value is no JSON, or an instant has no time zone.
    """
    if event.recorded.tzinfo is None or (event.at is not None and event.at.tzinfo is None):
        raise ValueFault("et tidspunkt mangler sin tidszone")
    return replace(
        event,
        items=tuple(event.items),
        day=local_day(event.at) if event.at else event.day,
        at=event.at and event.at.astimezone(UTC),
        value=load_value(dump_value(event.value)),
        note=event.note.replace("\r\n", "\n"),
        recorded=event.recorded.astimezone(UTC),
    )


def to_row(event: Event) -> dict[str, Any]:
    """The columns of a tidy event, by name."""
    return {
        "id": event.id,
        "kind": event.kind,
        "case_id": event.case,
        "run": event.run,
        "procedure": event.procedure,
        "step": event.step,
        "items": items_text(event.items),
        "day": event.day,
        "at": event.at,
        "value": dump_value(event.value) or None,
        "by": event.by,
        "note": event.note,
        "recorded": event.recorded,
        "replaces": event.replaces or None,
        "version": event.version,
        "subject": subject_of(event),
    }


def from_row(row: Iterable[Any]) -> Event:
    """The event of a row selected as ``select(ENTRY)``: the columns in their order in the table."""
    cells = tuple(row)
    id_, kind, case, run, procedure, step, items, day, at, value, by, note, recorded, replaces, version = cells[1:-1]
    return Event(
        id=id_,
        kind=kind,
        case=case,
        run=run,
        procedure=procedure,
        step=step,
        items=() if items == "[]" else tuple(json.loads(items)),
        day=day,
        at=at,
        value=None if value is None else json.loads(value),
        by=by,
        note=note,
        recorded=recorded,
        replaces=replaces or "",
        version=version,
    )


def items_text(items: tuple[str, ...]) -> str:
    """A row's item ids as the JSON list the table holds."""
    return json.dumps(items, ensure_ascii=False, separators=(",", ":")) if items else "[]"


def subject_of(event: Event) -> str | None:
    """What the row is looked up by: an assignment's caseworker, a case's team, a review's round.

    WITHDRAWN for a case taken back.
    """
    kind, by = event.kind, event.by
    fields = event.value if isinstance(event.value, Mapping) else {}
    if kind == "assignment":
        return str(fields.get("staff") or by)
    if kind == "case":
        return WITHDRAWN if fields.get("status") == "withdrawn" else str(fields.get("team") or "")
    if kind == "staff":
        return str(fields.get("staff") or by)
    return event.run if kind == "review" else None
