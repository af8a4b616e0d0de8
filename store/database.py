"""Opening a database: which file, with which guarantees, and whether its schema is this program's."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from store import migrations
from store.backup import backup_file, dated_name, make_private
from store.cases import Store
from store.errors import NOT_OURS, READ_ONLY, StoreError, plain_errors
from store.places import APP, default_file, default_url
from store.tables import TABLES
from store.transactions import BUSY_SECONDS, reading, writing

__all__ = ["Store", "StoreError", "default_file", "default_url", "open_store"]

_NEWER = (
    "Databasen er lavet med en nyere udgave af Rød tråd. Installér den nyeste udgave, og åbn den igen. "
    "Intet er ændret i den."
)
_STRANGER = "Databasen hører til et andet program end Rød tråd. Vælg en anden med --db. Intet er ændret i den."
_MISSING = "Databasefilen findes ikke: {path}. Se efter, om --db peger på den rigtige fil."
_NO_FOLDER = "Mappen findes ikke: {folder}. Opret den først, eller vælg en anden med --db."
_BAD_URL = "--db skal være en sti til en fil, sqlite:///sti eller postgresql://bruger@server/base."


def open_store(url: str | None = None, create: bool = True) -> Store:
    """Open the database at ``url`` (a SQLAlchemy URL or the path of a file; None for the default one).

    A missing file is made when ``create`` is true (0600; the default folder too, 0700), an older schema is brought
    up to date after a backup beside the file. Raises StoreError in plain Danish for everything that stands in the
    way; then nothing has been changed.
    """
    address = _address(default_url() if url is None else url)
    with plain_errors():
        if address.get_backend_name() == "sqlite":
            _look_at_file(address, create)
        engine = _engine(address)
        try:
            _settle_schema(engine, create)
        except BaseException:
            engine.dispose()
            raise
        return Store(engine)


def _address(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=url)
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError):
        raise StoreError(_BAD_URL) from None
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not address.database or address.database == ":memory:":
        raise StoreError(_BAD_URL)
    return address.set(drivername="sqlite")


def _look_at_file(address: URL, create: bool) -> None:
    """Refuse a file that cannot be ours, before anything writes to it; make a missing one with its rights."""
    path = Path(str(address.database))
    if path.parent.name == APP and path == default_file():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.parent.is_dir():
        raise StoreError(_NO_FOLDER.format(folder=path.parent))
    if not path.exists():
        if not create:
            raise StoreError(_MISSING.format(path=path))
        make_private(path)
    if not path.is_file():
        raise StoreError(_BAD_URL)
    if not (_may(path, os.R_OK | os.W_OK) and _may(path.parent, os.W_OK)):
        raise StoreError(READ_ONLY)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and not {"entry", "alembic_version"} <= tables:
            raise StoreError(_STRANGER)


def _may(path: Path, rights: int) -> bool:
    return os.access(path, rights, effective_ids=os.access in os.supports_effective_ids)


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _sqlite_guarantees)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    try:
        return create_engine(
            address, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": int(BUSY_SECONDS)}
        )
    except ImportError:
        raise StoreError("PostgreSQL kræver tilvalget postgres: installér roed-traad[postgres].") from None


def _sqlite_guarantees(connection: Any, _record: Any) -> None:
    """Every commit is on the disk before it returns (FULL, and on macOS F_FULLFSYNC); readers do not wait for it."""
    connection.isolation_level = None  # the driver's own BEGIN comes too late; _sqlite_begin gives it
    for pragma in (
        f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = ON",
        "foreign_keys = ON",
        "journal_size_limit = 67108864",  # the log of a large import is given back to the disk
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _sqlite_begin(connection: Connection) -> None:
    """A writer takes its place in the queue at once: a lock asked for halfway can be refused without waiting."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _settle_schema(engine: Engine, create: bool) -> None:
    with reading(engine) as connection:
        version = _version(connection)
    if version == migrations.REVISIONS[-1]:
        return
    if version and version not in migrations.REVISIONS:
        raise StoreError(_NEWER)
    if version:
        _upgrade(engine, version)
    elif create:
        _create(engine)
    else:
        raise StoreError(NOT_OURS)


def _version(connection: Connection) -> str:
    """The schema version the database says it has; empty for a database without tables."""
    if not inspect(connection).has_table("alembic_version"):
        if inspect(connection).has_table("entry"):
            raise StoreError(_STRANGER)
        return ""
    rows = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(rows) != 1:
        raise StoreError(_STRANGER)
    return str(rows[0])


def _create(engine: Engine) -> None:
    with writing(engine) as connection:
        if _version(connection):
            return  # another window made it while this one waited for its turn
        for table in TABLES:
            table.create(connection)
        connection.execute(
            text(
                "CREATE TABLE alembic_version"
                " (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
        connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": migrations.REVISIONS[-1]})


def _upgrade(engine: Engine, version: str) -> None:
    """Take a copy of the file, then migrate in one transaction: an upgrade that fails leaves the database as it was."""
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        backup_file(path, dated_name(path, version))
    with writing(engine) as connection:
        if _version(connection) == version:
            migrations.migrate(connection, migrations.REVISIONS[-1])
