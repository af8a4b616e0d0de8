"""What is left when content has been taken away: who did it, when and why; and how it is kept from coming back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, text

from store.errors import StoreError
from store.events import REMOVED, Event
from store.moments import local_day
from store.tables import REMOVAL

What = Literal["redact", "purge"]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One removal. ``at`` is an instant in UTC; ``rows`` is how many rows of the log were changed or deleted."""

    id: str
    case: str
    what: What
    why: str
    by: str
    at: datetime
    rows: int = 0

    @property
    def told(self) -> str:
        """When and by whom, as it stands in a sentence: ``17-02-2020 af LH``."""
        return f"{local_day(self.at):%d-%m-%Y} af {self.by}"


def tombstones(connection: Connection, case: str | None = None) -> list[Tombstone]:
    """What was taken away (of ``case``), oldest first."""
    query = select(REMOVAL).order_by(REMOVAL.c.seq)
    if case is not None:
        query = query.where(REMOVAL.c.case_id == case)
    return [Tombstone(r.id, r.case_id, r.what, r.why, r.by, _aware(r.at), r.rows) for r in connection.execute(query)]


def _aware(at: datetime) -> datetime:
    """SQLite keeps the instant without saying that it is UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def lay(connection: Connection, stone: Tombstone, seq: int) -> None:
    """Keep the tombstone under a number of the log."""
    cells = {"id": stone.id, "case_id": stone.case, "what": stone.what, "why": stone.why, "by": stone.by}
    connection.execute(insert(REMOVAL).values(**cells, at=stone.at, rows=stone.rows, seq=seq))


def about(event: Event) -> str:
    """The case that a row belongs to, or that a row about a round or a person was seen in; or empty."""
    if event.case or event.kind != "review" or not isinstance(event.value, Mapping):
        return event.case
    return str(event.value.get("about") or "")


def refuse_purged(connection: Connection, events: Iterable[Event]) -> None:
    """Raise StoreError when any of ``events`` would bring back a case that has been deleted."""
    cases = {about(event) for event in events} - {""}
    query = select(REMOVAL.c.id).where(REMOVAL.c.what == "purge", REMOVAL.c.case_id.in_(sorted(cases))).limit(1)
    if cases and connection.execute(query).first():
        stone = next(s for case in sorted(cases) for s in tombstones(connection, case) if s.what == "purge")
        raise StoreError(f"Sagen {stone.case} {purged(stone)}. Vælg et andet nummer til en ny sag.")


def purged(stone: Tombstone) -> str:
    """What a refusal says of a deleted case, after its number."""
    return f"blev slettet {stone.told}, og nummeret kan ikke bruges igen"


def refused_lines(connection: Connection) -> Iterator[tuple[int, str]]:
    """The lines of an import that would bring back what was taken away, each with the reason.

    A row of a deleted case, or about it; and a row whose text was taken out, with another content than it has now.
    """
    for stone in tombstones(connection):
        given = {"case": stone.case}
        for (line,) in connection.execute(_LINES[stone.what], given).all():
            yield line, _REASONS[stone.what].format(told=stone.told)


_REASONS = {
    "purge": "sagen blev slettet {told}, og den kan ikke hentes ind igen",
    "redact": "rækkens tekst blev fjernet {told}, og den kan ikke hentes ind igen. Brug en nyere eksport",
}
_LINES = {
    "purge": text(
        "SELECT line FROM import_row WHERE case_id = :case UNION"
        " SELECT line FROM import_name WHERE kind = 'about' AND target = :case"
    ),
    "redact": text(
        "SELECT s.line FROM import_row s JOIN entry e ON e.id = s.id WHERE s.known = 0"
        " AND (e.case_id = :case OR s.line IN (SELECT line FROM import_name WHERE kind = 'about' AND target = :case))"
        f" AND (e.note = '{REMOVED}' OR e.value LIKE '%\"{REMOVED}\"%')"
    ),
}
