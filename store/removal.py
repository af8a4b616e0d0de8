"""Content taken away for good: from the log, from what was worked out of it, and from the file's own leftovers.

The log is otherwise only added to. This is the one place that changes or deletes its rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, inspect, select, text, update

from store.errors import LOCKED, StoreError, plain_errors
from store.events import Event
from store.projection import forget
from store.rows import from_row, to_row
from store.sequence import take_number
from store.tables import ENTRY, REMOVAL, TABLES
from store.tombstones import Tombstone, about, lay, tombstones
from store.transactions import BUSY_SECONDS, reading, writing

Clean = Callable[[Event], Event]
"""A row -> the same row with every free text taken out; given back as it is when it has none."""

_PROJECTED = ("projected_count", "projected_line", "projected_round", "projected_case", "projection")
_TOO_MANY = 500


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken away. ``stone`` is laid where nothing tells of it yet; its ``rows`` is counted here.

    ``clean`` is asked of every row when texts are taken out. ``ids`` are the rows meant, with all they replaced and
    all that replaced them; empty means the whole case.
    """

    stone: Tombstone
    clean: Clean
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What happened in one database: rows changed or deleted, and what stood in the way of packing the file."""

    rows: int
    stone: Tombstone | None
    """The tombstone that tells of it; None when there was nothing to take away and nothing had been before."""
    not_packed: str = ""
    """Why leftovers may still stand in the file, in Danish; empty when it is packed."""


def knows(engine: Engine, case: str) -> bool:
    """Whether the database has rows of the case, or tells that it had."""
    with reading(engine) as connection:
        held = connection.execute(select(ENTRY.c.seq).where(ENTRY.c.case_id == case).limit(1)).first()
        return held is not None or (_has(connection, REMOVAL) and bool(tombstones(connection, case)))


def unknown_ids(engine: Engine, order: Order) -> list[str]:
    """Those of the order's ids that are no row of the case or about it."""
    with reading(engine) as connection:
        known = {row.id for row in _rows(connection, order.stone.case)}
    return [id_ for id_ in order.ids if id_ not in known]


def remove(engine: Engine, order: Order, always: bool = False, copy: bool = False) -> Done:
    """Carry out ``order`` in one transaction, then pack the database. Done twice, the second only packs.

    ``always`` lays a tombstone though nothing was found. A ``copy`` gets the database's own tombstone in any case, so
    that it is there if the copy is restored. Raises StoreError, with nothing changed, when it cannot
    be done.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        changed = _take_away(connection, order)
        stone = _told(connection, order.stone, changed, always, copy)
        if changed:
            _forget_projected(connection, order.stone, copy)
    return Done(changed, stone, _packed(engine))


def _take_away(connection: Connection, order: Order) -> int:
    rows = _rows(connection, order.stone.case)
    if order.ids:
        rows = _chains(rows, order.ids)
    if order.stone.what == "purge":
        for at in range(0, len(rows), _TOO_MANY):
            some = [row.seq for row in rows[at : at + _TOO_MANY]]
            connection.execute(delete(ENTRY).where(ENTRY.c.seq.in_(some)))
        return len(rows)
    changed = 0
    for row in rows:
        event = from_row(row)
        cleaned = order.clean(event)
        if cleaned != event:
            cells = to_row(cleaned)
            written = {"value": cells["value"], "note": cells["note"]}
            connection.execute(update(ENTRY).where(ENTRY.c.seq == row.seq).values(**written))
            changed += 1
    return changed


def _rows(connection: Connection, case: str) -> list[Row[Any]]:
    """The rows of the case, and those of rounds of supervision that were written about it, with their corrections."""
    own = list(connection.execute(select(ENTRY).where(ENTRY.c.case_id == case).order_by(ENTRY.c.seq)))
    elsewhere = select(ENTRY).where(ENTRY.c.case_id == "", ENTRY.c.kind == "review").order_by(ENTRY.c.seq)
    rest = list(connection.execute(elsewhere))
    named = [row.id for row in rest if about(from_row(row)) == case]
    return own + (_chains(rest, named) if named else [])


def _chains(rows: Collection[Row[Any]], ids: Collection[str]) -> list[Row[Any]]:
    """The rows named, with all they replaced and all that replaced them."""
    replaced_by = {row.replaces: row.id for row in rows if row.replaces}
    replaces = {row.id: row.replaces for row in rows if row.replaces}
    found: set[str] = set()
    todo = list(ids)
    while todo:
        id_ = todo.pop()
        if id_ not in found:
            found.add(id_)
            todo += [near for near in (replaced_by.get(id_), replaces.get(id_)) if near]
    return [row for row in rows if row.id in found]


def _told(connection: Connection, stone: Tombstone, changed: int, always: bool, copy: bool) -> Tombstone | None:
    """The tombstone that tells of the removal: a new one when anything was taken away, else the one from last time."""
    if not _has(connection, REMOVAL):
        REMOVAL.create(connection)
    before = [s for s in tombstones(connection, stone.case) if s.what == stone.what]
    if any(s.id == stone.id for s in before):
        return stone
    if before and not changed and not copy:
        return before[-1]
    if not (changed or always or copy):
        return None
    laid = replace(stone, rows=changed)
    lay(connection, laid, take_number(connection))
    return laid


def _forget_projected(connection: Connection, stone: Tombstone, copy: bool) -> None:
    """What was worked out of the case holds what was written in it. It is worked out again from what is left."""
    if not copy:
        forget(connection, stone.case, gone=stone.what == "purge")
        return
    for table in _PROJECTED:  # a copy can be of any age; its own first look makes it all again
        if inspect(connection).has_table(table):
            connection.execute(text(f"DELETE FROM {table}"))


def _has(connection: Connection, table: Table) -> bool:
    return inspect(connection).has_table(table.name)


# -- the file itself --------------------------------------------------------------------------------------------------


def _packed(engine: Engine) -> str:
    """Write the database anew without its leftovers. Why that could not be done, in Danish; or empty."""
    try:
        with plain_errors():
            if engine.dialect.name == "sqlite":
                return _pack_file(Path(str(engine.url.database)))
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text(f"SET lock_timeout = {int(BUSY_SECONDS * 1000)}"))
                for table in TABLES:
                    connection.execute(text(f"VACUUM (FULL) {table.name}"))
                connection.execute(text("RESET lock_timeout"))
    except StoreError as error:
        return str(error).removesuffix(" Intet er ændret.")
    return ""


def _pack_file(path: Path) -> str:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete = ON").close()
        raw.execute("PRAGMA synchronous = FULL").close()
        raw.execute("VACUUM").close()
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return LOCKED.removesuffix(" Intet er ændret.") if busy else ""
