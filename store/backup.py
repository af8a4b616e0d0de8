"""Copies of a SQLite database, and the check that it is whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from store.checks import faults_of
from store.errors import CORRUPT, StoreError, plain_errors
from store.moments import TZ
from store.rows import from_row
from store.tables import ENTRY


def make_private(path: Path) -> None:
    """Create an empty file that only its owner can read (0600). An existing one is left as it is."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError(f"Filen kan ikke oprettes: {path}. Se efter, om du har ret til at skrive i mappen.") from error


def dated_name(path: Path, version: str) -> Path:
    """A free name beside ``path`` for a copy of schema ``version`` taken now: ``traad-2020-02-17-140502-v0001.db``."""
    stem = f"{path.stem}-{datetime.now(TZ):%Y-%m-%d-%H%M%S}-v{version}"
    names = (path.with_name(f"{stem}{f'-{n}' if n else ''}{path.suffix}") for n in range(1000))
    return next(name for name in names if not name.exists())


def backup_file(source: Path, target: Path) -> None:
    """Copy the database at ``source`` to ``target`` (a new file, 0600) while others may go on writing in it.

    The copy appears under its name only when it is whole. Raises StoreError when ``target`` exists or cannot be
    written.
    """
    if target.exists():
        raise StoreError(f"Filen findes allerede: {target}. Vælg et andet navn til sikkerhedskopien.")
    if not target.parent.is_dir():
        raise StoreError(f"Mappen findes ikke: {target.parent}. Opret den først, eller vælg en anden.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        with plain_errors(), closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE").close()  # one file, with no -wal beside it
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def faults_in(connection: Connection) -> list[str]:
    """What is wrong with the stored rows, in Danish; empty when all is whole. Reads the whole database."""
    faults: list[str] = []
    if connection.dialect.name == "sqlite":
        answers = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
        faults += [CORRUPT] if list(answers) != ["ok"] else []
    lost = connection.exec_driver_sql(
        "SELECT count(*) FROM entry a WHERE replaces IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM entry b WHERE b.id = a.replaces AND b.case_id = a.case_id)"
    ).scalar_one()
    homeless = connection.exec_driver_sql(
        "SELECT count(*) FROM entry a WHERE case_id <> ''"
        " AND NOT EXISTS (SELECT 1 FROM entry b WHERE b.kind = 'case' AND b.replaces IS NULL AND b.case_id = a.case_id)"
    ).scalar_one()
    faults += [f"{lost} rettelse(r) peger på en række, der ikke findes."] if lost else []
    faults += [f"{homeless} række(r) hører til en sag, der ikke findes."] if homeless else []
    unreadable = sum(1 for row in connection.execution_options(yield_per=2_000).execute(select(ENTRY)) if _broken(row))
    faults += [f"{unreadable} række(r) kan ikke læses."] if unreadable else []
    return faults


def _broken(row: Row[Any]) -> bool:
    try:
        return bool(faults_of(from_row(row)))
    except (ValueError, TypeError):
        return True
