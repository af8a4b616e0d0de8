"""Alembic's way in: the connection and its open transaction come from ``store.migrations.migrate``."""

from __future__ import annotations

from alembic import context

from store.tables import Entry

context.configure(connection=context.config.attributes["connection"], target_metadata=Entry.metadata)
with context.begin_transaction():
    context.run_migrations()
