"""Who wrote what when: every row of a case with what became of it, and the history of one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from store.events import Event
from store.rows import from_row
from store.tables import ENTRY


@dataclass(frozen=True, slots=True)
class Trace:
    """One row as it was written (``by`` whom and ``recorded`` when stand on the event) and what it is worth now.

    ``replaced_by`` is the row that corrected or took it back, None while it stands.
    """

    event: Event
    replaced_by: Event | None


def trail(events: Sequence[Event]) -> list[Trace]:
    """The rows of a case, in the order given, each with the row that replaced it."""
    replacing = {event.replaces: event for event in events if event.replaces}
    return [Trace(event, replacing.get(event.id)) for event in events]


def history(connection: Connection, record_id: str) -> list[Event]:
    """Everything that was ever written in the place of ``record_id``: first the original, last what stands now.

    Any row of the chain may be asked for. An unknown id gives an empty list.
    """
    found = _one(connection, ENTRY.c.id == record_id)
    chain: list[Event] = []
    earlier = found
    while earlier is not None:
        chain.insert(0, earlier)
        earlier = _one(connection, ENTRY.c.id == earlier.replaces) if earlier.replaces else None
    later = found
    while later is not None:
        later = _one(connection, ENTRY.c.replaces == later.id)
        chain += [later] if later is not None else []
    return chain


def _one(connection: Connection, condition: ColumnElement[bool]) -> Event | None:
    row = connection.execute(select(ENTRY).where(condition)).first()
    return None if row is None else from_row(row)
