"""The projection: what is worked out of the log, kept until it is out of date. A cache; it can be emptied any time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; store/tables.py says what each is for. They are filled when somebody looks."""
    text, number, big, day = sa.String(), sa.Integer(), sa.BigInteger(), sa.Date()
    op.create_table(
        "projection",
        sa.Column("id", number, nullable=False),
        sa.Column("rules", text, nullable=False),
        sa.Column("seq", big, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("rules"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "projected_case",
        sa.Column("projection", number, nullable=False),
        sa.Column("case_id", text, nullable=False),
        sa.Column("valid_from", big, nullable=False),
        sa.Column("valid_until", big, nullable=False),
        sa.Column("team", text, nullable=False),
        sa.Column("holder", text, nullable=False),
        sa.Column("law", text, nullable=False),
        sa.Column("closed", day, nullable=True),
        sa.Column("first_due", day, nullable=True),
        sa.Column("findings", number, nullable=False),
        sa.Column("urgency", text, nullable=False),
        sa.Column("quiet_since", number, nullable=True),
        sa.Column("scope", text, nullable=False),
        sa.Column("cells", text, nullable=False),
        sa.Column("body", text, nullable=False),
        sa.PrimaryKeyConstraint("projection", "case_id"),
    )
    op.create_index("ix_projected_case_valid", "projected_case", ["projection", "valid_until", "valid_from", "case_id"])
    op.create_index("ix_projected_case_order", "projected_case", ["projection", "urgency", "case_id"])
    op.create_index(
        "ix_projected_case_list",
        "projected_case",
        ["projection", "quiet_since", "case_id", "team", "holder", "closed", "scope"],
    )
    spans = [
        sa.Column(f"{name}_{edge}", big, nullable=False)
        for name in ("start", "end", "seen", "now")
        for edge in ("from", "until")
    ]
    op.create_table(
        "projected_round",
        sa.Column("projection", number, nullable=False),
        sa.Column("case_id", text, nullable=False),
        sa.Column("from_start", number, nullable=False),
        *spans,
        sa.Column("entered", text, nullable=False),
        sa.Column("why", text, nullable=False),
        sa.Column("law", text, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("age", text, nullable=False),
        sa.Column("relevant", big, nullable=False),
        sa.Column("deficient", big, nullable=False),
        sa.Column("has_targets", number, nullable=False),
        sa.Column("late", text, nullable=False),
        sa.PrimaryKeyConstraint(
            "projection", "case_id", "from_start", "start_from", "end_from", "seen_from", "now_from"
        ),
        sqlite_with_rowid=False,
    )
    _counted()


def _counted() -> None:
    text, number = sa.String(), sa.Integer()
    of_count = {"own": number, "day": number, "mask": number}
    key = ("part", "own", "holder", "team", "day", "procedure", "step", "law", "basis", "name", "mask")
    op.create_table(
        "projected_count",
        sa.Column("projection", number, nullable=False),
        *(sa.Column(name, of_count.get(name, text), nullable=False) for name in key),
        sa.Column("n", number, nullable=False),
        sa.PrimaryKeyConstraint("projection", *key),
        sqlite_with_rowid=False,
    )
    found = ("case_id", "part", "procedure", "step", "law", "basis")
    op.create_table(
        "projected_line",
        sa.Column("projection", number, nullable=False),
        *(sa.Column(name, text, nullable=False) for name in found),
        sa.Column("day", number, nullable=False),
        sa.Column("team", text, nullable=False),
        sa.Column("holder", text, nullable=False),
        sa.PrimaryKeyConstraint("projection", *found),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_projected_line",
        "projected_line",
        ["projection", "part", "day", "case_id", "procedure", "step", "law", "basis", "team", "holder"],
    )
