"""The one table: every row of the event log, in the order it was written. Rows are added, never changed or removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Index, Integer, String, Table, event, text
from sqlmodel import Field, SQLModel


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition)}


class Entry(SQLModel, table=True):
    """One row of the event log.

    ``seq`` is the order of writing and grows with every commit. ``items`` is a JSON list of ids and ``value``
    canonical JSON (NULL for none), both as text. ``day`` is local to Europe/Copenhagen; ``at`` and ``recorded`` are
    instants in UTC. ``subject`` is what the row is looked up by, taken from its value when it is written: an
    assignment's caseworker, a case's team; NULL on every other kind.

    The unique indexes are what two windows meet on: one row for a case number, a run and an item of a case (their
    corrections name the row they replace), and one correction of a row.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_case", "case_id", "seq"),
        Index("ix_entry_subject", "subject", "kind", "case_id", **_where("subject IS NOT NULL")),
        Index("ix_entry_register", "case_id", "kind", **_where("subject IS NOT NULL")),
        Index("uq_entry_case", "case_id", unique=True, **_where("kind = 'case' AND replaces IS NULL")),
        Index("uq_entry_run", "case_id", "run", unique=True, **_where("kind = 'run' AND replaces IS NULL")),
        Index("uq_entry_item", "case_id", "items", unique=True, **_where("kind = 'item' AND replaces IS NULL")),
        Index("uq_entry_replaces", "replaces", unique=True, **_where("replaces IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    id: str = Field(unique=True)
    kind: str
    case_id: str
    run: str
    procedure: str
    step: str
    items: str
    day: date | None
    at: datetime | None
    value: str | None
    by: str
    note: str
    recorded: datetime
    replaces: str | None = Field(
        sa_column=Column(String, ForeignKey("entry.id", deferrable=True, initially="DEFERRED"), nullable=True)
    )
    version: str
    subject: str | None


ENTRY: Table = SQLModel.metadata.tables["entry"]
"""The same table for Core statements, which is how the store reads and writes: a row is never an object to change."""


@event.listens_for(ENTRY, "before_create")
def _on_postgresql_too(table: Table, connection: Connection, **_given: Any) -> None:
    """The same partial indexes there. Said here: naming PostgreSQL above imports its dialect, 20 ms of every start."""
    if connection.dialect.name == "postgresql":
        for index in table.indexes:
            index.dialect_kwargs["postgresql_where"] = index.dialect_kwargs.get("sqlite_where")


COLUMNS = tuple(column.name for column in ENTRY.columns if column.name != "seq")
"""Every column that a writer fills in."""
