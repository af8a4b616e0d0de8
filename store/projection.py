"""The projection in the database: rows worked out of the log, which are out of date, and which stand.

Knows nothing of what is worked out: ``guide.projecting`` does that and hands the rows over. Days are ordinals and
instants microseconds since 1970 in UTC; a value lies in a span from its first up to, not including, its last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, Table, insert, select, text

from store import projection_counts as counts
from store.events import WITHDRAWN, Event
from store.projection_rounds import GONE
from store.rows import from_row
from store.sequence import CHANGED, changed_since, newest
from store.tables import ENTRY, TABLES
from store.transactions import reading, writing

_PROJECTION, _CASES, _ROUNDS = TABLES[1:4]
_AT_A_TIME = 500
_CHANGED = f"({CHANGED})"
_NEVER = "valid_from = 0, valid_until = 0, urgency = '', quiet_since = NULL, scope = '', cells = '[]'"
"""A case's row as it is right at no moment and counted nowhere."""


class CaseRow(NamedTuple):
    """A case to be kept: the columns of ``projected_case`` after the projection's number."""

    case_id: str
    valid_from: int
    valid_until: int
    team: str
    holder: str
    law: str
    closed: date | None
    first_due: date | None
    findings: int
    body: str
    urgency: str = ""
    quiet_since: int | None = None
    scope: str = ""
    cells: tuple[tuple[Any, ...], ...] = ()
    """What it adds to ``projected_count``: the columns there after the projection's number."""
    listed: tuple[tuple[Any, ...], ...] = ()
    """Its rows in ``projected_line``: part, procedure, step, law, basis and day."""


class RoundRow(NamedTuple):
    """A case in a round, to be kept: the columns of ``projected_round`` after the projection's number."""

    case_id: str
    from_start: int
    start_from: int
    start_until: int
    end_from: int
    end_until: int
    seen_from: int
    seen_until: int
    now_from: int
    now_until: int
    entered: str
    why: str
    law: str
    kind: str
    age: str
    relevant: int
    deficient: int
    has_targets: int
    late: str


def catch_up(engine: Engine, rules: str) -> int:
    """The number of the projection by ``rules``, in which what has been written about since is now marked out of date.

    Made where there is none. When nobody has written it only reads.
    """
    with reading(engine) as connection:
        known, last = _stand(connection, rules), newest(connection)
    if known is not None and known[1] == last:
        return known[0]
    with writing(engine) as connection:
        known, last = _stand(connection, rules), newest(connection)
        if known is None:
            made = connection.execute(insert(_PROJECTION).values(rules=rules, seq=0))
            known = int(made.inserted_primary_key[0]), 0  # type: ignore[index]  # it is there: the key is one column
        _mark(connection, *known)
        connection.execute(_PROJECTION.update().where(_PROJECTION.c.id == known[0]).values(seq=last))
    return known[0]


def _stand(connection: Connection, rules: str) -> tuple[int, int] | None:
    found = connection.execute(select(_PROJECTION.c.id, _PROJECTION.c.seq).where(_PROJECTION.c.rules == rules)).first()
    return (found.id, found.seq) if found else None


def _mark(connection: Connection, number: int, since: int) -> None:
    """Cases written in after ``since``, new ones too, are right at no moment until they are worked out again."""
    given = {"projection": number, "since": since}
    if since:
        counts.take_out(connection, f"projection = :projection AND case_id IN {_CHANGED}", given)
        connection.execute(
            text(f"UPDATE projected_case SET {_NEVER} WHERE projection = :projection AND case_id IN {_CHANGED}"),
            given,
        )
        connection.execute(
            text(f"DELETE FROM projected_round WHERE projection = :projection AND case_id IN {_CHANGED}"), given
        )
    connection.execute(
        text(
            "INSERT INTO projected_case"
            " (projection, case_id, valid_from, valid_until, team, holder, law, findings, urgency, scope, cells, body)"
            " SELECT :projection, case_id, 0, 0, '', '', '', 0, '', '', '[]', '' FROM entry"
            " WHERE kind = 'case' AND replaces IS NULL AND seq > :since ON CONFLICT DO NOTHING"
        ),
        given,
    )


def start_again(engine: Engine, rules: str) -> int:
    """Throw away everything kept, by whatever rules, and begin a projection by ``rules`` with nothing worked out."""
    with writing(engine) as connection:
        for table in (counts.COUNTS, counts.LINES, _ROUNDS, _CASES, _PROJECTION):
            connection.execute(table.delete())
    return catch_up(engine, rules)


def events_now(engine: Engine, cases: Sequence[str]) -> tuple[int, dict[str, list[Event]]]:
    """The rows of a few cases in the order written, and how far the log went when they were read."""
    with reading(engine) as connection:
        version = newest(connection)
        found: dict[str, list[Event]] = {case: [] for case in cases}
        query = select(ENTRY).where(ENTRY.c.case_id.in_(cases)).order_by(ENTRY.c.case_id, ENTRY.c.seq)
        for row in connection.execute(query):
            found[row.case_id].append(from_row(row))
    return version, found


def stale_cases(engine: Engine, number: int, now: int) -> list[str]:
    """The cases whose row is not right at ``now``, withdrawn cases left out."""
    # Two halves, each the end of an index: an OR over both would be read as a whole.
    condition = f"projection = :projection AND {GONE}"
    query = text(
        f"SELECT case_id FROM projected_case WHERE {condition} AND valid_until <= :now UNION ALL"
        f" SELECT case_id FROM projected_case WHERE {condition} AND valid_until > :now AND valid_from > :now"
    )
    with reading(engine) as connection:
        given = {"projection": number, "now": now, "withdrawn": WITHDRAWN}
        return sorted(connection.execute(query, given).scalars())


def keep_cases(engine: Engine, number: int, version: int, rows: Sequence[CaseRow]) -> None:
    """Keep what was worked out from the log as it was at ``version``, but for cases written in since."""
    with writing(engine) as connection:
        kept = _not_written_in(connection, number, version, rows)
        if kept:
            counts.put_in(connection, number, [(r.case_id, r.team, r.holder, r.cells, r.listed) for r in kept])
        cells = [row._asdict() | {"cells": counts.as_text(row.cells)} for row in kept]
        _replace(connection, _CASES, number, [{n: v for n, v in row.items() if n != "listed"} for row in cells])


def keep_rounds(engine: Engine, number: int, version: int, rows: Sequence[RoundRow]) -> None:
    """As ``keep_cases``, for cases in a round."""
    with writing(engine) as connection:
        kept = _not_written_in(connection, number, version, rows)
        _replace(connection, _ROUNDS, number, [row._asdict() for row in kept])


Kept = TypeVar("Kept", CaseRow, RoundRow)


def _not_written_in(connection: Connection, number: int, version: int, rows: Sequence[Kept]) -> list[Kept]:
    if connection.execute(select(_PROJECTION.c.id).where(_PROJECTION.c.id == number)).first() is None:
        return []  # somebody has started again meanwhile
    since = changed_since(connection, version)
    return [row for row in rows if row.case_id not in since]


def _replace(connection: Connection, table: Table, number: int, rows: Sequence[dict[str, Any]]) -> None:
    values = [{"projection": number, **row} for row in rows]
    if not values:
        return
    key = [column.name for column in table.primary_key]
    same = " AND ".join(f"{name} = :{name}" for name in key)
    connection.execute(
        text(f"DELETE FROM {table.name} WHERE {same}"), [{name: row[name] for name in key} for row in values]
    )
    connection.execute(insert(table), values)


def forget(connection: Connection, case: str, *, gone: bool) -> None:
    """Nothing that was worked out of the case is left; it is worked out again from what is left, unless it is gone."""
    given = {"case": case}
    counts.take_out(connection, "case_id = :case", given)
    connection.execute(text("DELETE FROM projected_round WHERE case_id = :case"), given)
    if gone:
        connection.execute(text("DELETE FROM projected_case WHERE case_id = :case"), given)
    else:
        connection.execute(text(f"UPDATE projected_case SET {_NEVER}, body = '' WHERE case_id = :case"), given)


# -- reading ----------------------------------------------------------------------------------------------------------


def bodies(engine: Engine, number: int, now: int, cases: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Case and summary as kept, for those that stand at ``now``: all that are not withdrawn, or those named."""
    right = "projection = :projection AND valid_from <= :now AND valid_until > :now"
    given: dict[str, Any] = {"projection": number, "now": now}
    with reading(engine) as connection:
        if cases is None:
            query = text(f"SELECT case_id, body FROM projected_case WHERE {right} AND {GONE}")
            rows = connection.execution_options(yield_per=2_000).execute(query, given | {"withdrawn": WITHDRAWN})
            yield from (tuple(row) for row in rows)
            return
        wanted = iter(dict.fromkeys(cases))
        while some := list(islice(wanted, _AT_A_TIME)):
            found = select(_CASES.c.case_id, _CASES.c.body).where(
                _CASES.c.projection == number,
                _CASES.c.case_id.in_(some),
                _CASES.c.valid_from <= now,
                _CASES.c.valid_until > now,
            )
            yield from (tuple(row) for row in connection.execute(found))
