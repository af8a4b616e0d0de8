"""The projection in the database: rows worked out of the log, which are out of date, and which stand.

Knows nothing of what is worked out: ``guide.projecting`` does that and hands the rows over. Days are ordinals and
instants microseconds since 1970 in UTC; a value lies in a span from its first up to, not including, its last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult, Engine, Table, bindparam, func, insert, select, text

from store.events import WITHDRAWN, Event
from store.rows import from_row
from store.tables import ENTRY, TABLES
from store.transactions import reading, writing

_, _PROJECTION, _CASES, _ROUNDS = TABLES
_AT_A_TIME = 500
_KEPT_ROUNDS = 8
"""For about how many rounds the cases are kept; then those of other rounds make room."""

_CHANGED = "(SELECT case_id FROM entry WHERE seq > :since)"
_STANDING = (  # cases with such a row about them that nothing has replaced: see store.register
    "(SELECT e.case_id FROM entry e WHERE e.kind = 'case' AND e.subject = :{subject}"
    " AND NOT EXISTS (SELECT 1 FROM entry later WHERE later.replaces = e.id))"
)
_GONE = f"case_id NOT IN {_STANDING.format(subject='withdrawn')}"
_OF_TEAM = f"case_id IN {_STANDING.format(subject='team')}"


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


class Asked(NamedTuple):
    """A round: first and last day, the last moment looked at, now, and whether the 4 months begin with the period."""

    start: int
    end: int
    seen: int
    now: int
    from_start: int


ANSWERS = ("entered", "why", "law", "kind", "age", "relevant", "deficient", "has_targets", "late")
"""The columns of a case in a round that are counted, in the order ``tally`` gives them."""


def catch_up(engine: Engine, rules: str) -> int:
    """The number of the projection by ``rules``, in which what has been written about since is now marked out of date.

    Made where there is none. When nobody has written it only reads.
    """
    with reading(engine) as connection:
        known, last = _stand(connection, rules), _version(connection)
    if known is not None and known[1] == last:
        return known[0]
    with writing(engine) as connection:
        known, last = _stand(connection, rules), _version(connection)
        if known is None:
            made = connection.execute(insert(_PROJECTION).values(rules=rules, seq=0))
            known = int(made.inserted_primary_key[0]), 0  # type: ignore[index]  # it is there: the key is one column
        _mark(connection, *known)
        connection.execute(_PROJECTION.update().where(_PROJECTION.c.id == known[0]).values(seq=last))
    return known[0]


def _stand(connection: Connection, rules: str) -> tuple[int, int] | None:
    found = connection.execute(select(_PROJECTION.c.id, _PROJECTION.c.seq).where(_PROJECTION.c.rules == rules)).first()
    return (found.id, found.seq) if found else None


def _version(connection: Connection) -> int:
    return connection.execute(select(func.max(ENTRY.c.seq))).scalar() or 0


def _mark(connection: Connection, number: int, since: int) -> None:
    """Cases written in after ``since``, new ones too, are right at no moment until they are worked out again."""
    given = {"projection": number, "since": since}
    if since:
        connection.execute(
            text(
                "UPDATE projected_case SET valid_from = 0, valid_until = 0"
                f" WHERE projection = :projection AND case_id IN {_CHANGED}"
            ),
            given,
        )
        connection.execute(
            text(f"DELETE FROM projected_round WHERE projection = :projection AND case_id IN {_CHANGED}"), given
        )
    connection.execute(
        text(
            "INSERT INTO projected_case"
            " (projection, case_id, valid_from, valid_until, team, holder, law, findings, body)"
            " SELECT :projection, case_id, 0, 0, '', '', '', 0, '' FROM entry"
            " WHERE kind = 'case' AND replaces IS NULL AND seq > :since ON CONFLICT DO NOTHING"
        ),
        given,
    )


def start_again(engine: Engine, rules: str) -> int:
    """Throw away everything kept, by whatever rules, and begin a projection by ``rules`` with nothing worked out."""
    with writing(engine) as connection:
        for table in (_ROUNDS, _CASES, _PROJECTION):
            connection.execute(table.delete())
    return catch_up(engine, rules)


def events_now(engine: Engine, cases: Sequence[str]) -> tuple[int, dict[str, list[Event]]]:
    """The rows of a few cases in the order written, and how far the log went when they were read."""
    with reading(engine) as connection:
        version = _version(connection)
        found: dict[str, list[Event]] = {case: [] for case in cases}
        query = select(ENTRY).where(ENTRY.c.case_id.in_(cases)).order_by(ENTRY.c.case_id, ENTRY.c.seq)
        for row in connection.execute(query):
            found[row.case_id].append(from_row(row))
    return version, found


def stale_cases(engine: Engine, number: int, now: int) -> list[str]:
    """The cases whose row is not right at ``now``, withdrawn cases left out."""
    # Two halves, each the end of an index: an OR over both would be read as a whole.
    condition = f"projection = :projection AND {_GONE}"
    query = text(
        f"SELECT case_id FROM projected_case WHERE {condition} AND valid_until <= :now UNION ALL"
        f" SELECT case_id FROM projected_case WHERE {condition} AND valid_until > :now AND valid_from > :now"
    )
    with reading(engine) as connection:
        given = {"projection": number, "now": now, "withdrawn": WITHDRAWN}
        return sorted(connection.execute(query, given).scalars())


def keep_cases(engine: Engine, number: int, version: int, rows: Sequence[CaseRow]) -> None:
    """Keep what was worked out from the log as it was at ``version``, but for cases written in since."""
    _keep(engine, _CASES, number, version, rows)


def keep_rounds(engine: Engine, number: int, version: int, rows: Sequence[RoundRow]) -> None:
    """As ``keep_cases``, for cases in a round."""
    _keep(engine, _ROUNDS, number, version, rows)


def _keep(engine: Engine, table: Table, number: int, version: int, rows: Sequence[CaseRow | RoundRow]) -> None:
    with writing(engine) as connection:
        since = set(connection.execute(select(ENTRY.c.case_id).where(ENTRY.c.seq > version)).scalars())
        values = [{"projection": number, **row._asdict()} for row in rows if row.case_id not in since]
        there = connection.execute(select(_PROJECTION.c.id).where(_PROJECTION.c.id == number)).first()
        if not values or there is None:  # somebody has started again meanwhile
            return
        key = [column.name for column in table.primary_key]
        same = " AND ".join(f"{name} = :{name}" for name in key)
        connection.execute(
            text(f"DELETE FROM {table.name} WHERE {same}"), [{name: row[name] for name in key} for row in values]
        )
        connection.execute(insert(table), values)


def make_room(engine: Engine, number: int, asked: Asked) -> None:
    """Forget what is kept of other rounds than ``asked``, once there is more of it than of several rounds."""
    with reading(engine) as connection:
        given = {"projection": number}
        cases = connection.execute(
            text("SELECT count(*) FROM projected_case WHERE projection = :projection"), given
        ).scalar_one()
        rounds = connection.execute(
            text("SELECT count(*) FROM projected_round WHERE projection = :projection"), given
        ).scalar_one()
    if rounds > _KEPT_ROUNDS * cases + _AT_A_TIME:
        with writing(engine) as connection:
            connection.execute(
                text(f"DELETE FROM projected_round WHERE projection = :projection AND NOT ({_IN_BOX})"),
                given | asked._asdict(),
            )


# -- reading ----------------------------------------------------------------------------------------------------------


def bodies(engine: Engine, number: int, now: int, cases: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Case and summary as kept, for those that stand at ``now``: all that are not withdrawn, or those named."""
    right = "projection = :projection AND valid_from <= :now AND valid_until > :now"
    given: dict[str, Any] = {"projection": number, "now": now}
    with reading(engine) as connection:
        if cases is None:
            query = text(f"SELECT case_id, body FROM projected_case WHERE {right} AND {_GONE}")
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


_IN_BOX = (
    "from_start = :from_start AND start_from <= :start AND start_until > :start AND end_from <= :end"
    " AND end_until > :end AND seen_from <= :seen AND seen_until > :seen AND now_from <= :now AND now_until > :now"
)


def _round_of(number: int, asked: Asked, team: str | None) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {"projection": number, **asked._asdict(), "withdrawn": WITHDRAWN}
    if team is None:
        return f"projection = :projection AND {_GONE}", given
    return f"projection = :projection AND {_GONE} AND {_OF_TEAM}", given | {"team": team}


def count_cases(engine: Engine, number: int, team: str | None) -> int:
    """How many cases (of ``team``) there are, withdrawn ones left out."""
    given = {"projection": number, "withdrawn": WITHDRAWN, "team": team}
    whose = f"projection = :projection AND {_GONE}" + (f" AND {_OF_TEAM}" if team is not None else "")
    if team is None:
        del given["team"]
    with reading(engine) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM projected_case WHERE {whose}"), given).scalar_one())


def missing_rounds(engine: Engine, number: int, asked: Asked, team: str | None) -> list[str]:
    """The cases (of ``team``) of which nothing kept answers the round."""
    whose, given = _round_of(number, asked, team)
    with reading(engine) as connection:

        def answer(columns: str, table: str, also: str = "") -> CursorResult[Any]:
            return connection.execute(text(f"SELECT {columns} FROM {table} WHERE {whose}{also}"), given)

        in_box = f" AND {_IN_BOX}"
        there = set(answer("case_id", "projected_round", in_box).scalars())
        return sorted(case for case in answer("case_id", "projected_case").scalars() if case not in there)


def tally(
    engine: Engine, number: int, asked: Asked, team: str | None, but: Collection[str] = ()
) -> list[tuple[Any, ...]]:
    """The cases (of ``team``) in a round but some, those alike counted together: ANSWERS, then how many cases."""
    whose, given = _round_of(number, asked, team)
    answers = ", ".join(ANSWERS)
    left_out = " AND case_id NOT IN :but" if but else ""
    query = text(
        f"SELECT {answers}, count(*) FROM projected_round WHERE {whose} AND {_IN_BOX}{left_out} GROUP BY {answers}"
    )
    if but:
        query = query.bindparams(bindparam("but", expanding=True))
        given["but"] = list(but)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query, given)]


def outside_of(engine: Engine, number: int, asked: Asked, team: str | None) -> list[tuple[str, str]]:
    """The cases (of ``team``) that stand outside a round, each with why."""
    whose, given = _round_of(number, asked, team)
    query = text(f"SELECT case_id, why FROM projected_round WHERE {whose} AND {_IN_BOX} AND entered = ''")
    with reading(engine) as connection:
        return [(row[0], row[1]) for row in connection.execute(query, given)]
