"""What is counted over all cases of a projection, and where the lists behind the numbers find their cases.

Each case says what it adds (``projected_case.cells``). When its row is replaced or out of date the same is taken off
again, in the same transaction; so the sums are always those of the rows that are kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, insert, text

from store.tables import TABLES
from store.transactions import reading

COUNTS, LINES = TABLES[4:6]
CELL = ("part", "own", "team", "holder", "law", "basis", "procedure", "step", "name", "day", "mask")
"""The columns of a cell, in the order it is handed over."""

_SOME = 500
_KEY = ("projection", *CELL)
_ADD = text(
    f"INSERT INTO projected_count ({', '.join(_KEY)}, n) VALUES ({', '.join(f':{name}' for name in _KEY)}, :n)"
    f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET n = projected_count.n + excluded.n"
)
_CLEAR = text(f"DELETE FROM projected_count WHERE {' AND '.join(f'{name} = :{name}' for name in _KEY)} AND n = 0")

Added = tuple[str, str, str, Sequence[tuple[Any, ...]], Sequence[tuple[Any, ...]]]
"""A case's number, team and holder, its cells with how many of each at the end, and where it is listed."""


class Wanted(NamedTuple):
    """Sums of a ``part`` by some columns; see ``checklists.numbers.Question``. Of any of the teams and holders."""

    part: str
    own: int
    by: tuple[str, ...]
    same: Mapping[str, str]
    until: int | None
    mask: int
    teams: Sequence[str] | None
    holders: Sequence[str] | None


def as_text(cells: Iterable[tuple[Any, ...]]) -> str:
    """A case's cells as its row keeps them."""
    return json.dumps([list(cell) for cell in cells], ensure_ascii=False, separators=(",", ":"))


def put_in(connection: Connection, number: int, cases: Sequence[Added]) -> None:
    """Count and list the cases, and what they added before no more."""
    change = Counter[tuple[Any, ...]]()
    for at in range(0, len(cases), _SOME):
        given = {"projection": number, "cases": [case for case, *_ in cases[at : at + _SOME]]}
        _take(connection, "projection = :projection AND case_id IN :cases", given, change)
    for _, _, _, cells, _ in cases:
        for *cell, n in cells:
            change[(number, *cell)] += n
    _write(connection, change)
    columns = ("part", "procedure", "step", "law", "basis", "day")
    lines = [
        {"projection": number, "case_id": case, "team": team, "holder": holder, **dict(zip(columns, line, strict=True))}
        for case, team, holder, _, listed in cases
        for line in listed
    ]
    if lines:
        connection.execute(insert(LINES), lines)


def take_out(connection: Connection, which: str, given: Mapping[str, Any]) -> None:
    """Count and list no more the cases of ``which``, a condition on ``projected_case``; their rows stay."""
    change = Counter[tuple[Any, ...]]()
    _take(connection, which, given, change)
    _write(connection, change)


def _take(connection: Connection, which: str, given: Mapping[str, Any], change: Counter[tuple[Any, ...]]) -> None:
    several: list[Any] = [bindparam("cases", expanding=True)] if "cases" in given else []
    query = text(f"SELECT projection, cells FROM projected_case WHERE {which} AND cells <> '[]'")
    for number, cells in connection.execute(query.bindparams(*several), given):
        for *cell, n in json.loads(cells):
            change[(number, *cell)] -= n
    connection.execute(text(f"DELETE FROM projected_line WHERE {which}").bindparams(*several), given)


def _write(connection: Connection, change: Counter[tuple[Any, ...]]) -> None:
    rows = [dict(zip((*_KEY, "n"), (*cell, n), strict=True)) for cell, n in sorted(change.items()) if n]
    if rows:
        connection.execute(_ADD, rows)
    if less := [row for row in rows if row["n"] < 0 or row["part"] == "past"]:
        connection.execute(_CLEAR, less)


# -- reading ----------------------------------------------------------------------------------------------------------


def sums(engine: Engine, number: int, wanted: Mapping[str, Wanted]) -> dict[str, list[tuple[Any, ...]]]:
    """What is wanted, by name, all of one moment: the columns it is summed by, then the sum; nothing where it is 0."""
    with reading(engine) as connection:
        return {name: _sum(connection, number, one) for name, one in wanted.items()}


def _sum(connection: Connection, number: int, wanted: Wanted) -> list[tuple[Any, ...]]:
    where = ["projection = :projection", "part = :part", "own = :own", *(f"{n} = :same_{n}" for n in wanted.same)]
    given: dict[str, Any] = {"projection": number, "part": wanted.part, "own": wanted.own}
    given |= {f"same_{name}": value for name, value in wanted.same.items()}
    if wanted.until is not None:
        where.append("day <= :until")
        given["until"] = wanted.until
    if wanted.mask:
        where.append("(mask & :mask) <> 0")
        given["mask"] = wanted.mask
    several = _whose(wanted.teams, wanted.holders, where, given)
    by = ", ".join(wanted.by)
    group = f" GROUP BY {by}" if by else ""
    query = f"SELECT {by + ', ' if by else ''}sum(n) FROM projected_count WHERE {' AND '.join(where)}{group}"
    found = connection.execute(text(f"{query} HAVING sum(n) <> 0").bindparams(*several), given)
    return [(*row[:-1], int(row[-1])) for row in found]


def _whose(
    teams: Sequence[str] | None, holders: Sequence[str] | None, where: list[str], given: dict[str, Any]
) -> list[Any]:
    several: list[Any] = []
    for name, values in (("team", teams), ("holder", holders)):
        if values is not None:
            where.append(f"{name} IN :{name}s")
            given[f"{name}s"] = list(values)
            several.append(bindparam(f"{name}s", expanding=True))
    return several


class Scope(NamedTuple):
    """Which cases: of any of these teams and holders (None: all), with one of these in its scope (none: any)."""

    teams: Sequence[str] | None
    holders: Sequence[str] | None
    patterns: tuple[str, ...]


def _cases(number: int, scope: Scope) -> tuple[list[str], dict[str, Any], list[Any]]:
    where = ["projection = :projection", "scope <> ''"]  # empty: nothing of the case is right
    given: dict[str, Any] = {"projection": number}
    if scope.patterns:
        where.append(f"({' OR '.join(f'scope LIKE :like{n}' for n in range(len(scope.patterns)))})")
        given |= {f"like{n}": f"%{pattern}%" for n, pattern in enumerate(scope.patterns)}
    return where, given, _whose(scope.teams, scope.holders, where, given)


def held(engine: Engine, number: int, scope: Scope) -> list[tuple[str, str, int, int]]:
    """The cases by team, holder and whether open (1 or 0), with how many."""
    where, given, several = _cases(number, scope)
    is_open = "CASE WHEN closed IS NULL THEN 1 ELSE 0 END"
    query = f"SELECT team, holder, {is_open}, count(*) FROM projected_case WHERE {' AND '.join(where)}"
    with reading(engine) as connection:
        rows = connection.execute(text(f"{query} GROUP BY team, holder, {is_open}").bindparams(*several), given)
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def quiet(engine: Engine, number: int, scope: Scope, before: int) -> int:
    """How many open cases have lain still since before a day (an ordinal)."""
    return int(_quiet(engine, number, scope, before, "count(*)", "")[0])


def quiet_cases(engine: Engine, number: int, scope: Scope, before: int, most: int | None) -> list[str]:
    """Those cases, the quietest first."""
    limit = "" if most is None else f" LIMIT {most:d}"
    return _quiet(engine, number, scope, before, "case_id", f" ORDER BY quiet_since, {_exact(engine)}{limit}")


def _quiet(engine: Engine, number: int, scope: Scope, before: int, what: str, then: str) -> list[Any]:
    where, given, several = _cases(number, scope)
    query = f"SELECT {what} FROM projected_case WHERE {' AND '.join(where)} AND quiet_since < :before{then}"
    with reading(engine) as connection:
        return list(connection.execute(text(query).bindparams(*several), given | {"before": before}).scalars())


def _exact(engine: Engine, column: str = "case_id") -> str:
    """A column sorted as Python sorts, whatever language the server's texts are in."""
    return f'{column} COLLATE "C"' if engine.dialect.name == "postgresql" else column


def listed_cases(
    engine: Engine,
    number: int,
    parts: Sequence[str],
    same: Mapping[str, str],
    whose: tuple[Sequence[str] | None, Sequence[str] | None],
    until: int | None = None,
    most: int | None = None,
) -> list[str]:
    """The cases with such a line (``same``: what it has where), the one with the oldest first; the first ``most``.

    The first ``most`` lines, in the order of their days and then their cases, are all in these cases.
    """
    where = ["projection = :projection", "part IN :parts", *(f"{name} = :same_{name}" for name in same)]
    given: dict[str, Any] = {"projection": number, "parts": list(parts), **{f"same_{n}": v for n, v in same.items()}}
    if until is not None:
        where.append("day <= :until")
        given["until"] = until
    several = [*_whose(*whose, where, given), bindparam("parts", expanding=True)]
    order = f" ORDER BY day, {_exact(engine)}" if most is not None else ""
    query = text(f"SELECT case_id FROM projected_line WHERE {' AND '.join(where)}{order}").bindparams(*several)
    found: dict[str, None] = {}
    with reading(engine) as connection:
        rows = iter(connection.execute(query, given).scalars())
        while (most is None or len(found) < most) and (some := list(islice(rows, 200))):
            found |= dict.fromkeys(some)
    return list(found)[:most]


def urgent_cases(engine: Engine, number: int, most: int) -> tuple[list[str], int]:
    """The first ``most`` cases, the most urgent first; and how many there are."""
    where = "projection = :projection AND urgency <> ''"
    with reading(engine) as connection:
        given = {"projection": number}
        many = connection.execute(text(f"SELECT count(*) FROM projected_case WHERE {where}"), given).scalar_one()
        query = f"SELECT case_id FROM projected_case WHERE {where} ORDER BY urgency, {_exact(engine)} LIMIT {most:d}"
        return list(connection.execute(text(query), given).scalars()), int(many)
