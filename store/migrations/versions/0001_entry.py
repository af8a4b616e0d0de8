"""The event log: one append-only table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its indexes; store/tables.py says what each is for."""
    text = sa.String()
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "entry",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", text, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("case_id", text, nullable=False),
        sa.Column("run", text, nullable=False),
        sa.Column("procedure", text, nullable=False),
        sa.Column("step", text, nullable=False),
        sa.Column("items", text, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("at", instant, nullable=True),
        sa.Column("value", text, nullable=True),
        sa.Column("by", text, nullable=False),
        sa.Column("note", text, nullable=False),
        sa.Column("recorded", instant, nullable=False),
        sa.Column("replaces", text, nullable=True),
        sa.Column("version", text, nullable=False),
        sa.Column("subject", text, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.ForeignKeyConstraint(["replaces"], ["entry.id"], deferrable=True, initially="DEFERRED"),
        sqlite_autoincrement=True,
    )
    _index("ix_entry_case", ["case_id", "seq"])
    _index("ix_entry_subject", ["subject", "kind", "case_id"], "subject IS NOT NULL")
    _index("ix_entry_register", ["case_id", "kind"], "subject IS NOT NULL")
    _index("uq_entry_case", ["case_id"], "kind = 'case' AND replaces IS NULL", unique=True)
    _index("uq_entry_run", ["case_id", "run"], "kind = 'run' AND replaces IS NULL", unique=True)
    _index("uq_entry_item", ["case_id", "items"], "kind = 'item' AND replaces IS NULL", unique=True)
    _index("uq_entry_replaces", ["replaces"], "replaces IS NOT NULL", unique=True)


def _index(name: str, columns: list[str], where: str | None = None, unique: bool = False) -> None:
    condition = sa.text(where) if where else None
    op.create_index(name, "entry", columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
