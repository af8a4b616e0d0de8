"""The whole database as an event log on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from store.backup import make_private
from store.errors import StoreError
from store.event_log import write_rows
from store.events import Event
from store.rows import from_row
from store.tables import ENTRY
from store.transactions import reading

Progress = Callable[[int, int], None]
"""Called now and then with how much is done and how much there is."""

_BETWEEN_CALLS = 5_000


def export_log(engine: Engine, path: Path, progress: Progress | None = None) -> int:
    """Write every row, in the order written, to ``path`` (0600); an older file of that name is replaced when all is
    written. Returns how many rows. ``progress`` counts rows. Raises StoreError when the file cannot be written.
    """
    part = path.with_name(path.name + ".part")
    if not path.parent.is_dir():
        raise StoreError(f"Mappen findes ikke: {path.parent}. Opret den først, eller vælg en anden.")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        with reading(engine) as connection, part.open("w", encoding="utf-8", newline="") as stream:
            count = write_rows(stream, _all(connection, progress))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise StoreError(f"Filen kan ikke skrives: {path}. Se efter, om der er plads og skriveret.") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _all(connection: Connection, progress: Progress | None) -> Iterator[Event]:
    total = connection.execute(select(func.count()).select_from(ENTRY)).scalar_one()
    query = select(ENTRY).order_by(ENTRY.c.seq)
    for done, row in enumerate(connection.execution_options(yield_per=2_000).execute(query), start=1):
        yield from_row(row)
        if progress and (done % _BETWEEN_CALLS == 0 or done == total):
            progress(done, total)
