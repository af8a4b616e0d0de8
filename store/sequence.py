"""How far the database has come: one number that grows with every row written and with everything taken away."""

from __future__ import annotations

from sqlalchemy import Connection, text

from store.tables import ENTRY, REMOVAL

NEWEST = "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM entry UNION ALL SELECT max(seq) FROM removal) AS newest"
"""The number, as text: also asked without the database layer."""

CHANGED = "SELECT case_id FROM entry WHERE seq > :since UNION ALL SELECT case_id FROM removal WHERE seq > :since"
"""The cases written in, or taken from, after ``since``. No DISTINCT: SQLite would read the whole index over cases."""


def newest(connection: Connection) -> int:
    """The number of the last thing that happened; 0 for an empty database."""
    return connection.execute(text(NEWEST)).scalar() or 0


def changed_since(connection: Connection, since: int) -> set[str]:
    """The cases that are not what they were when ``since`` was the newest number.

    What is about no case ("") is among them when anything was taken away: a round of supervision may have lost rows.
    """
    changed = set(connection.execute(text(CHANGED), {"since": since}).scalars())
    taken = connection.execute(REMOVAL.select().where(REMOVAL.c.seq > since).limit(1)).first()
    return changed | {""} if taken else changed


def take_number(connection: Connection) -> int:
    """A number later than every one before, which no row of the log will ever have."""
    if connection.dialect.name == "postgresql":
        return int(connection.execute(text("SELECT nextval(pg_get_serial_sequence('entry', 'seq'))")).scalar_one())
    given = {"table": ENTRY.name}
    known = connection.execute(text("SELECT max(seq) FROM sqlite_sequence WHERE name = :table"), given).scalar()
    number = max(known or 0, newest(connection)) + 1
    write = (
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)"
        if known is None
        else "UPDATE sqlite_sequence SET seq = :number WHERE name = :table"
    )
    connection.execute(text(write), given | {"number": number})
    return number
