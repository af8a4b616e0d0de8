"""The import's temporary table, and the questions about how its rows stand to each other and to the stored ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from store.checks import shown
from store.event_log import Parsed, Refused
from store.events import Event
from store.references import runs_named
from store.reviews import BEGINS
from store.rows import items_text, subject_of
from store.tables import COLUMNS
from store.tombstones import about, refused_lines

MAX_REFUSED = 100_000
"""How many refused rows are listed; more are only counted, so that a wrong file cannot fill the memory."""

_PIECE = 50_000

_QUOTED = ", ".join(f'"{name}"' for name in COLUMNS)
_TYPES = {"day": "DATE", "at": "TIMESTAMP WITH TIME ZONE", "recorded": "TIMESTAMP WITH TIME ZONE"}

_SAME_PLACE = (  # a correction gives the same case, kind, run or item as the row it corrects
    "t.case_id = s.case_id AND t.kind = s.kind AND (s.kind NOT IN ('run', 'review') OR t.run = s.run)"
    " AND (s.kind <> 'item' OR t.items = s.items)"
)
_BEGINS = "(" + ", ".join(f"'{step}'" for step in BEGINS) + ")"
_FIRST = "kind = '{kind}' AND replaces IS NULL"


def make(connection: Connection) -> None:
    """Make the temporary tables: one for the rows, one for the items and runs that they name."""
    drop(connection)
    types = _TYPES if connection.dialect.name == "postgresql" else {}
    columns = ", ".join(f'"{name}" {types.get(name, "TEXT")}' for name in COLUMNS)
    columns = f"line INTEGER PRIMARY KEY, derived INTEGER, known INTEGER, {columns}"
    _run(connection, f"CREATE TEMP TABLE import_row ({columns})")
    _run(connection, "CREATE TEMP TABLE import_name (line INTEGER, kind TEXT, case_id TEXT, target TEXT)")
    if connection.dialect.name == "sqlite":
        _run(connection, "PRAGMA temp.cache_size = -65536")
        _run(connection, "PRAGMA main.cache_size = -65536")


def drop(connection: Connection) -> None:
    """Remove the temporary tables if they are there."""
    for table in ("import_row", "import_name"):
        schema = "temp" if connection.dialect.name == "sqlite" else "pg_temp"
        _run(connection, f"DROP TABLE IF EXISTS {schema}.{table}")


def add(connection: Connection, rows: list[Parsed]) -> None:
    """Put rows that are good by themselves into the temporary table."""
    instant = _for_sqlite if connection.dialect.name == "sqlite" else datetime.isoformat
    _put(connection, "import_row", len(COLUMNS) + 3, [_cells(row, instant) for row in rows])
    _put(connection, "import_name", 4, [name for row in rows for name in _names(row)])


def _put(connection: Connection, table: str, columns: int, rows: list[tuple[Any, ...]]) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join([mark] * columns)})", rows)


def index(connection: Connection) -> None:
    """Once every row is in: the indexes the questions need, and different ids for equal rows that had none."""
    _run(connection, "CREATE INDEX import_id ON import_row (id)")
    for kind, columns in (("case", "case_id"), ("run", "case_id, run"), ("item", "case_id, items"), ("review", "run")):
        _run(connection, f"CREATE INDEX import_{kind} ON import_row ({columns}) WHERE {_FIRST.format(kind=kind)}")
    _run(connection, "CREATE INDEX import_replaces ON import_row (replaces) WHERE replaces IS NOT NULL")
    if connection.dialect.name == "postgresql":
        _run(connection, "ANALYZE import_row")
    _run(
        connection,
        "UPDATE import_row SET id = id || '-' || d.n FROM (SELECT line AS l, row_number() OVER"
        " (PARTITION BY id ORDER BY line) AS n FROM import_row WHERE derived = 1 AND id IN"
        " (SELECT id FROM import_row WHERE derived = 1 GROUP BY id HAVING count(*) > 1)) AS d"
        " WHERE line = d.l AND d.n > 1",
    )


def refused(connection: Connection) -> Iterator[Refused]:
    """Mark the rows that are known already; then every row that does not fit the others, with the first reason."""
    _mark_known(connection)
    told: set[int] = set()
    for line, text in refused_lines(connection):
        if line not in told:
            yield Refused(line, text)
        told.add(line)
    for question, text in _QUESTIONS:
        for line, *names in connection.exec_driver_sql(question):
            if line not in told:
                yield Refused(line, text.format(*map(shown, names)))
            if len(told) < MAX_REFUSED:
                told.add(line)
    for line in _rings(connection):
        if line not in told:
            yield Refused(line, "replaces går i ring: rækkerne retter hinanden")


def counts(connection: Connection) -> tuple[int, int]:
    """How many rows are known already, and how many are new."""
    known = connection.exec_driver_sql("SELECT count(*) FROM import_row WHERE known = 1").scalar_one()
    return known, connection.exec_driver_sql("SELECT count(*) FROM import_row WHERE known = 0").scalar_one()


def copy(connection: Connection) -> Iterator[tuple[int, int]]:
    """Write the new rows, in the file's order; yields how far it is, in lines done of lines in all."""
    last = connection.exec_driver_sql("SELECT max(line) FROM import_row").scalar() or 0
    for start in range(0, last, _PIECE):
        _run(
            connection,
            f"INSERT INTO entry ({_QUOTED}) SELECT {_QUOTED} FROM import_row"
            f" WHERE known = 0 AND line > {start} AND line <= {start + _PIECE} ORDER BY line",
        )
        yield min(start + _PIECE, last), last


def cases(connection: Connection) -> list[tuple[str, int]]:
    """The cases that get new rows, each with the line of the first."""
    query = "SELECT case_id, min(line) FROM import_row WHERE known = 0 AND case_id <> '' GROUP BY case_id"
    return [(case_id, line) for case_id, line in connection.exec_driver_sql(query)]


def _cells(row: Parsed, instant: Any) -> tuple[Any, ...]:
    event = row.event
    return (
        row.row,
        1 if row.derived else 0,
        0,
        event.id,
        event.kind,
        event.case,
        event.run,
        event.procedure,
        event.step,
        items_text(event.items),
        event.day and event.day.isoformat(),
        event.at and instant(event.at),
        row.value or None,
        event.by,
        event.note,
        instant(event.recorded),
        event.replaces or None,
        event.version,
        subject_of(event),
    )


def _for_sqlite(at: datetime) -> str:
    """A UTC instant as SQLAlchemy keeps it in SQLite."""
    return at.isoformat(" ", "microseconds")[:26]


def _names(row: Parsed) -> Iterator[tuple[Any, ...]]:
    event: Event = row.event
    if event.kind == "run":
        for run in runs_named(event.value).values():
            yield row.row, "run", event.case, run
    elif event.kind == "review":
        yield row.row, "review", event.case, event.run
        if isinstance(event.value, dict) and event.value.get("repair"):
            yield row.row, "repair", event.case, event.value["repair"]
        if about(event) != event.case:
            yield row.row, "about", "", about(event)
    elif event.kind == "record":
        for item in event.items:
            yield row.row, "item", event.case, items_text((item,))


def _mark_known(connection: Connection) -> None:
    is_same = "IS" if connection.dialect.name == "sqlite" else "IS NOT DISTINCT FROM"
    same = " AND ".join(f't."{name}" {is_same} import_row."{name}"' for name in COLUMNS)
    _run(
        connection,
        "UPDATE import_row SET known = 1 WHERE id IN (SELECT id FROM import_row GROUP BY id HAVING count(*) > 1)"
        f" AND EXISTS (SELECT 1 FROM import_row t WHERE t.line < import_row.line AND {same})",
    )
    if connection.exec_driver_sql("SELECT 1 FROM entry LIMIT 1").first():
        _run(connection, f"UPDATE import_row SET known = 1 WHERE EXISTS (SELECT 1 FROM entry t WHERE {same})")


def _rings(connection: Connection) -> list[int]:
    """Lines that replace each other in a ring. A ring holds a row that replaces a later one, which is rare."""
    forward = connection.exec_driver_sql(
        "SELECT s.line, s.id FROM import_row s JOIN import_row t ON t.id = s.replaces WHERE t.line > s.line"
    ).all()
    if not forward:
        return []
    pairs = connection.exec_driver_sql("SELECT id, replaces FROM import_row WHERE replaces IS NOT NULL").all()
    replaces: dict[str, str] = dict(map(tuple, pairs))
    walked: set[str] = set()
    in_ring: set[str] = set()
    for _, id_ in forward:
        path: dict[str, int] = {}
        at = id_
        while at in replaces and at not in walked and at not in path:
            path[at] = len(path)
            at = replaces[at]
        if at in path:
            in_ring.update(list(path)[path[at] :])
        walked.update(path)
    return sorted({line for line, id_ in forward if id_ in in_ring})


def _missing(kind: str, join: str) -> str:
    """The condition that neither the file nor the database has a first row of ``kind`` for which ``join`` holds."""
    first = f"t.{_FIRST.format(kind=kind)}".replace("AND replaces", "AND t.replaces")
    return " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} t WHERE {first} AND {join})" for table in ("import_row", "entry")
    )


def _taken(kind: str, join: str) -> str:
    first = f"t.{_FIRST.format(kind=kind)}".replace("AND replaces", "AND t.replaces")
    return (
        f"SELECT s.line FROM import_row s WHERE s.known = 0 AND s.kind = '{kind}' AND s.replaces IS NULL AND ("
        f"EXISTS (SELECT 1 FROM entry t WHERE {first} AND {join}) OR"
        f" EXISTS (SELECT 1 FROM import_row t WHERE {first} AND {join} AND t.line < s.line AND t.known = 0))"
    )


_QUESTIONS = (
    (
        "SELECT s.line FROM import_row s WHERE s.known = 0 AND (EXISTS (SELECT 1 FROM entry t WHERE t.id = s.id)"
        " OR EXISTS (SELECT 1 FROM import_row t WHERE t.id = s.id AND t.line < s.line))",
        "id findes allerede med et andet indhold. En rettelse er en ny række med nyt id og replaces",
    ),
    (_taken("case", "t.case_id = s.case_id"), "sagen findes allerede. En rettelse af den skal have replaces"),
    (
        _taken("run", "t.case_id = s.case_id AND t.run = s.run"),
        "forløbet findes allerede i sagen. En rettelse af det skal have replaces",
    ),
    (
        _taken("item", "t.case_id = s.case_id AND t.items = s.items"),
        "items findes allerede i sagen. En rettelse af den skal have replaces",
    ),
    (
        "SELECT s.line, s.case_id FROM import_row s WHERE s.kind NOT IN ('case', 'staff') AND s.case_id <> '' AND "
        + _missing("case", "t.case_id = s.case_id"),
        "sagen {0} findes ikke, hverken i filen eller i databasen",
    ),
    (
        "SELECT s.line, s.run, s.procedure FROM import_row s WHERE s.kind = 'record' AND s.run <> '' AND "
        + "s.step <> 'note' AND "
        + _missing("run", "t.case_id = s.case_id AND t.run = s.run AND t.procedure = s.procedure"),
        "sagen har intet forløb {0} af proceduren {1}",
    ),
    (
        "SELECT s.line, s.run FROM import_row s WHERE s.run <> '' AND (s.kind = 'item' OR s.step = 'note') AND "
        + _missing("run", "t.case_id = s.case_id AND t.run = s.run"),
        "sagen har intet forløb {0}",
    ),
    (
        "SELECT s.line, s.target FROM import_name s WHERE s.kind = 'run' AND "
        + _missing("run", "t.case_id = s.case_id AND t.run = s.target"),
        "value peger på forløbet {0}, som sagen ikke har",
    ),
    (
        "SELECT s.line, s.target FROM import_name s WHERE s.kind = 'item' AND "
        + _missing("item", "t.case_id = s.case_id AND t.items = s.target"),
        "items har {0}, som sagen ikke har",
    ),
    (
        _taken("review", f"t.step IN {_BEGINS} AND s.step IN {_BEGINS} AND t.run = s.run"),
        "tilsynsrunden findes allerede. En rettelse af den skal have replaces",
    ),
    (
        "SELECT s.line, s.target FROM import_name s WHERE s.kind = 'review' AND "
        + _missing("review", f"t.step IN {_BEGINS} AND t.case_id = '' AND t.run = s.target"),
        "tilsynsrunden {0} findes ikke, hverken i filen eller i databasen",
    ),
    (
        "SELECT s.line FROM import_name s WHERE s.kind = 'repair' AND "
        + _missing("review", "t.case_id = s.case_id AND t.id = s.target"),
        "value peger på en rettelse, sagen ikke har",
    ),
    (
        "SELECT s.line FROM import_row s WHERE s.replaces IS NOT NULL AND s.known = 0 AND "
        + " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = s.replaces AND {_SAME_PLACE})"
            for table in ("import_row", "entry")
        ),
        "replaces peger på en række, der ikke findes i sagen med samme kind, forløb og indsats",
    ),
    (
        "SELECT s.line FROM import_row s WHERE s.replaces IS NOT NULL AND s.known = 0 AND ("
        "EXISTS (SELECT 1 FROM entry t WHERE t.replaces = s.replaces) OR EXISTS"
        " (SELECT 1 FROM import_row t WHERE t.replaces = s.replaces AND t.line < s.line AND t.known = 0))",
        "replaces peger på en række, som en anden række allerede har rettet",
    ),
)


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
