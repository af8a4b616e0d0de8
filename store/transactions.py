"""Reading and writing in one transaction, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from store.errors import plain_errors

BUSY_SECONDS = 5.0
"""How long a window waits for another one's commit before it says that the database is busy."""

_WRITERS_QUEUE = 7_263_415
"""The advisory lock PostgreSQL's writers take in turn, as SQLite's do: so ``seq`` grows in the order of commits."""


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one unchanging picture of the database until the block ends."""
    with plain_errors(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection that is alone in writing; committed and on the disk when the block ends, undone if it raises."""
    with plain_errors(), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            take_turn(connection)
            yield connection


def take_turn(connection: Connection) -> None:
    """Wait for the writers before us (PostgreSQL; on SQLite BEGIN IMMEDIATE has done so)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {int(BUSY_SECONDS * 1000)}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_QUEUE})
