"""The tombstones: who took content away, when and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, unless it is there: a copy from before this version was given it when content left the copy."""
    text = sa.String()
    op.create_table(
        "removal",
        sa.Column("id", text, nullable=False),
        sa.Column("case_id", text, nullable=False),
        sa.Column("what", text, nullable=False),
        sa.Column("why", text, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("ix_removal_case", "removal", ["case_id", "what"], if_not_exists=True)
    op.create_index("ix_removal_seq", "removal", ["seq"], if_not_exists=True)
