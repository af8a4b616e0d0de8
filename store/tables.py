"""The tables. One holds what was recorded: every row of the log in the order written, added to and never changed.

The others hold what was worked out of it (the projection): a cache, which can be emptied and made again at any time.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, DateTime, ForeignKey, Index, Integer, String, Table, event, text
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


class Projection(SQLModel, table=True):
    """One reading of the log by one handbook and one version of the rules.

    ``seq`` says how far: no row of this projection rests on less of the log than that, as far as its case goes.
    """

    __tablename__ = "projection"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number is never used again: see store.projection

    id: int | None = Field(default=None, primary_key=True)
    rules: str = Field(unique=True)
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))


class ProjectedCase(SQLModel, table=True):
    """A case's summary (``body``, JSON) and what a list of cases is filtered and sorted by.

    It is right from ``valid_from`` up to ``valid_until`` (microseconds since 1970, UTC); never, where they are equal.
    ``urgency`` sorts as text, ``quiet_since`` is the ordinal of the day an open case was last worked on, ``scope`` has
    the laws, bases and procedures of its lines. ``cells`` is what it has added to ``projected_count`` (JSON).
    """

    __tablename__ = "projected_case"
    __table_args__ = (
        Index("ix_projected_case_valid", "projection", "valid_until", "valid_from", "case_id"),
        Index("ix_projected_case_order", "projection", "urgency", "case_id"),
        Index("ix_projected_case_list", "projection", "quiet_since", "case_id", "team", "holder", "closed", "scope"),
    )

    projection: int = Field(primary_key=True)
    case_id: str = Field(primary_key=True)
    valid_from: int = Field(sa_column=Column(BigInteger, nullable=False))
    valid_until: int = Field(sa_column=Column(BigInteger, nullable=False))
    team: str
    holder: str
    law: str
    closed: date | None
    first_due: date | None
    findings: int
    urgency: str
    quiet_since: int | None
    scope: str
    cells: str
    body: str


def _key(kind: type[Any]) -> Any:
    return Field(sa_column=Column(kind, primary_key=True, autoincrement=False, nullable=False))


class ProjectedRound(SQLModel, table=True):
    """What the measures say of one case in every audit round within a box of rounds.

    A round is in the box when its first and last day (ordinals), the last moment looked at and now (microseconds since
    1970, UTC) each lie from ``_from`` up to ``_until``. Boxes of one case never overlap. ``relevant`` and ``deficient``
    have a bit a measure; ``late`` counts what came too late by its cause; ``entered`` is empty where the case stands
    outside, and ``why`` says why.
    """

    __tablename__ = "projected_round"
    __table_args__ = ({"sqlite_with_rowid": False},)

    projection: int = Field(primary_key=True)
    case_id: str = Field(primary_key=True)
    from_start: int = Field(primary_key=True)
    start_from: int = _key(BigInteger)
    start_until: int = Field(sa_column=Column(BigInteger, nullable=False))
    end_from: int = _key(BigInteger)
    end_until: int = Field(sa_column=Column(BigInteger, nullable=False))
    seen_from: int = _key(BigInteger)
    seen_until: int = Field(sa_column=Column(BigInteger, nullable=False))
    now_from: int = _key(BigInteger)
    now_until: int = Field(sa_column=Column(BigInteger, nullable=False))
    entered: str
    why: str
    law: str
    kind: str
    age: str
    relevant: int = Field(sa_column=Column(BigInteger, nullable=False))
    deficient: int = Field(sa_column=Column(BigInteger, nullable=False))
    has_targets: int
    late: str


class ProjectedCount(SQLModel, table=True):
    """Sums over all cases that are kept: ``n`` of what ``part`` names (see ``checklists.counts``).

    ``own`` is 1 among one person's cases, 0 in a team as a whole.
    """

    __tablename__ = "projected_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    projection: int = Field(primary_key=True)
    part: str = Field(primary_key=True)
    own: int = Field(primary_key=True)
    holder: str = Field(primary_key=True)
    team: str = Field(primary_key=True)
    day: int = Field(primary_key=True)
    procedure: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    law: str = Field(primary_key=True)
    basis: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    mask: int = Field(primary_key=True)
    n: int


class ProjectedLine(SQLModel, table=True):
    """Where the lists behind the sums find a case: ``day`` (ordinal) is the first of its lines alike in the rest."""

    __tablename__ = "projected_line"
    __table_args__ = (
        Index(
            "ix_projected_line", "projection", "part", "day", "case_id", "procedure", "step", "law", "basis", "team",
            "holder",
        ),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    projection: int = Field(primary_key=True)
    case_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    procedure: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    law: str = Field(primary_key=True)
    basis: str = Field(primary_key=True)
    day: int
    team: str
    holder: str


class Removal(SQLModel, table=True):
    """What is left of content that was taken away: of which case, what was done, why, by whom and when (UTC).

    ``what`` is ``redact`` or ``purge``; ``rows`` is how many rows of the log were changed or deleted. ``seq`` is a
    number of the log's own order, so that whoever asks what has happened since a number is told of it.
    """

    __tablename__ = "removal"
    __table_args__ = (Index("ix_removal_case", "case_id", "what"), Index("ix_removal_seq", "seq"))

    id: str = Field(primary_key=True)
    case_id: str
    what: str
    why: str
    by: str
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    rows: int
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))


REMOVAL: Table = SQLModel.metadata.tables["removal"]

TABLES: tuple[Table, ...] = tuple(
    SQLModel.metadata.tables[name]
    for name in (
        *("entry", "projection", "projected_case", "projected_round", "projected_count", "projected_line"),
        "removal",
    )
)
"""Every table of the database, but Alembic's own."""

COLUMNS = tuple(column.name for column in ENTRY.columns if column.name != "seq")
"""Every column that a writer fills in."""
