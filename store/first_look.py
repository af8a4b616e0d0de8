"""One person's cases read with the standard library alone: the list stands while the database layer is being imported.

Only for what the everyday start needs, and only ever read. Whatever is out of the ordinary (another kind of database,
an older schema, a busy or damaged file) gives None, and ``store.database`` then says what is wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from store.events import WITHDRAWN, Event
from store.holders import holder
from store.migrations import REVISIONS
from store.places import default_file
from store.rows import from_row

_WAIT_SECONDS = 0.1
_AT_A_TIME = 500

_ROW = (
    "e.seq, e.id, e.kind, e.case_id, e.run, e.procedure, e.step, e.items, e.day, e.at, e.value, e.by, e.note,"
    " e.recorded, e.replaces, e.version, e.subject"
)
_NEWEST = (  # as store.sequence asks it
    "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM entry UNION ALL SELECT max(seq) FROM removal)"
)
_ASSIGNMENTS = (
    f"SELECT {_ROW} FROM entry e WHERE e.kind = 'assignment' AND e.subject IS NOT NULL AND e.case_id IN"
    " (SELECT case_id FROM entry WHERE kind = 'assignment' AND subject = ?) ORDER BY e.seq"
)
_WITHDRAWN = (
    "SELECT e.case_id FROM entry e WHERE e.kind = 'case' AND e.subject = ?"
    " AND NOT EXISTS (SELECT 1 FROM entry later WHERE later.replaces = e.id)"
)


@dataclass(frozen=True, slots=True)
class FirstLook:
    """``cases``: the rows of each case the person holds, in the order written; ``version``: the store's, when read."""

    version: int
    cases: dict[str, list[Event]]


def first_look(url: str | None, staff: str, today: date) -> FirstLook | None:
    """The cases that ``staff`` holds on the local day ``today`` in the database at ``url`` (None: the default one)."""
    file = _file(url)
    if file is None or not file.is_file():
        return None
    try:
        address = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)) as database:
            database.execute("BEGIN")
            if database.execute("SELECT version_num FROM alembic_version").fetchall() != [(REVISIONS[-1],)]:
                return None
            version = database.execute(_NEWEST).fetchone()[0] or 0
            return FirstLook(version, _rows(database, _held(database, staff, today)))
    except (sqlite3.Error, OSError, ValueError):
        return None


def _file(url: str | None) -> Path | None:
    if url is None:
        return default_file()
    path = url.removeprefix("sqlite:///")
    return None if "://" in path else Path(path)


def _held(database: sqlite3.Connection, staff: str, today: date) -> list[str]:
    found: dict[str, list[Event]] = {}
    for event in _events(database, _ASSIGNMENTS, (staff,)):
        found.setdefault(event.case, []).append(event)
    gone = {case for (case,) in database.execute(_WITHDRAWN, (WITHDRAWN,))}
    return [case for case, rows in found.items() if case not in gone and holder(rows, today) == staff]


def _rows(database: sqlite3.Connection, cases: Collection[str]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {case: [] for case in cases}
    wanted = list(found)
    for first in range(0, len(wanted), _AT_A_TIME):
        some = tuple(wanted[first : first + _AT_A_TIME])
        marks = ", ".join("?" * len(some))
        query = f"SELECT {_ROW} FROM entry e WHERE e.case_id IN ({marks}) ORDER BY e.case_id, e.seq"
        for event in _events(database, query, some):
            found[event.case].append(event)
    return found


def _events(database: sqlite3.Connection, query: str, given: tuple[str, ...]) -> Iterator[Event]:
    for row in database.execute(query, given):
        cells = list(row)
        cells[8] = cells[8] and date.fromisoformat(cells[8])
        cells[9] = cells[9] and _instant(cells[9])
        cells[13] = _instant(cells[13])
        yield from_row(cells)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
