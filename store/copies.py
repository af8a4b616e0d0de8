"""Copies of a SQLite database that content is to leave too: which there are, and opening one as it is.

A copy is never upgraded here: only what was asked to leave it leaves it.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from store import migrations
from store.errors import READ_ONLY, StoreError, plain_errors
from store.transactions import BUSY_SECONDS

_DATED = r"-\d{4}-\d\d-\d\d-\d{6}-v\d+(-\d+)?"
_NOT_A_COPY = (
    "{path} er ikke en kopi af en Rød tråd-database. Er den pakket eller krypteret, så pak den ud først; en eksport "
    "(CSV) skal du slette eller rette selv. Intet er ændret."
)


def beside(engine: Engine) -> list[Path]:
    """The dated copies beside the database (``store.backup.dated_name``), oldest first; none for PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return []
    path = Path(str(engine.url.database))
    named = re.compile(re.escape(path.stem) + _DATED + re.escape(path.suffix))
    return sorted(found for found in path.parent.iterdir() if named.fullmatch(found.name) and found.is_file())


def refuse(path: Path, database: Engine) -> None:
    """Raise StoreError, naming the file, when ``path`` is no copy that can be written in. Changes nothing."""
    if not path.is_file():
        raise StoreError(f"Filen findes ikke: {path}. Se efter, om stien er rigtig. Intet er ændret.")
    if database.dialect.name == "sqlite" and path.samefile(str(database.url.database)):
        raise StoreError(f"{path} er selve databasen. Med --backup navngives kun kopier af den. Intet er ændret.")
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(f"{path}: {READ_ONLY.replace(', eller vælg en anden med --db', '')} Intet er ændret.")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as raw:
            tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            ours = {"entry", "alembic_version"} <= tables
            versions = raw.execute("SELECT version_num FROM alembic_version").fetchall() if ours else []
    except sqlite3.Error:
        raise StoreError(_NOT_A_COPY.format(path=path)) from None
    if not ours:
        raise StoreError(_NOT_A_COPY.format(path=path))
    if len(versions) != 1 or versions[0][0] not in migrations.REVISIONS:
        raise StoreError(f"{path} er lavet med en nyere udgave af Rød tråd. Brug den udgave. Intet er ændret.")


@contextmanager
def opened(path: Path) -> Iterator[Engine]:
    """A copy to write in, with its schema and its way of keeping a journal left as they are."""
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _careful)
    event.listen(engine, "begin", _begin)
    try:
        with plain_errors():
            yield engine
    finally:
        engine.dispose()


def _careful(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late; _begin gives it
    for pragma in ("secure_delete = ON", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
