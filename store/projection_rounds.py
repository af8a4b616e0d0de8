"""The cases of an audit round in the projection: which are kept, counted together where they are alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, Engine, bindparam, text

from store.events import WITHDRAWN
from store.transactions import reading, writing

_ROOM = 500
_KEPT_ROUNDS = 8
"""For about how many rounds the cases are kept; then those of other rounds make room."""

_STANDING = (  # cases with such a row about them that nothing has replaced: see store.register
    "(SELECT e.case_id FROM entry e WHERE e.kind = 'case' AND e.subject = :{subject}"
    " AND NOT EXISTS (SELECT 1 FROM entry later WHERE later.replaces = e.id))"
)
GONE = f"case_id NOT IN {_STANDING.format(subject='withdrawn')}"
"""A case that is not withdrawn; ``withdrawn`` is to be given."""
_OF_TEAM = f"case_id IN {_STANDING.format(subject='team')}"


class Asked(NamedTuple):
    """A round: first and last day, the last moment looked at, now, and whether the 4 months begin with the period."""

    start: int
    end: int
    seen: int
    now: int
    from_start: int


ANSWERS = ("entered", "why", "law", "kind", "age", "relevant", "deficient", "has_targets", "late")
"""The columns of a case in a round that are counted, in the order ``tally`` gives them."""

_TOGETHER = " || '|' || ".join(
    f"CAST({name} AS TEXT)" if name in ("relevant", "deficient", "has_targets") else name
    for name in ANSWERS
    if name != "why"
)

_IN_BOX = (
    "from_start = :from_start AND start_from <= :start AND start_until > :start AND end_from <= :end"
    " AND end_until > :end AND seen_from <= :seen AND seen_until > :seen AND now_from <= :now AND now_until > :now"
)


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
    if rounds > _KEPT_ROUNDS * cases + _ROOM:
        with writing(engine) as connection:
            connection.execute(
                text(f"DELETE FROM projected_round WHERE projection = :projection AND NOT ({_IN_BOX})"),
                given | asked._asdict(),
            )


def _round_of(number: int, asked: Asked, team: str | None) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {"projection": number, **asked._asdict(), "withdrawn": WITHDRAWN}
    if team is None:
        return f"projection = :projection AND {GONE}", given
    return f"projection = :projection AND {GONE} AND {_OF_TEAM}", given | {"team": team}


def count_cases(engine: Engine, number: int, team: str | None) -> int:
    """How many cases (of ``team``) there are, withdrawn ones left out."""
    given = {"projection": number, "withdrawn": WITHDRAWN, "team": team}
    whose = f"projection = :projection AND {GONE}" + (f" AND {_OF_TEAM}" if team is not None else "")
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
    if team is None:  # nothing is kept of a withdrawn case: its rows went when it was written in
        whose = "projection = :projection"
        del given["withdrawn"]
    left_out = " AND case_id NOT IN :but" if but else ""
    # Most cases of a large town stand outside and differ in nothing but why; the others are told apart by one text,
    # which is compared in half the time of its parts.
    query = text(
        f"SELECT why, CASE WHEN entered = '' THEN '' ELSE {_TOGETHER} END AS answers, count(*)"
        f" FROM projected_round WHERE {whose} AND {_IN_BOX}{left_out} GROUP BY why, answers"
    )
    if but:
        query = query.bindparams(bindparam("but", expanding=True))
        given["but"] = list(but)
    with reading(engine) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size = -65536")  # the whole table is gone through
        return [_apart(*row) for row in connection.execute(query, given)]


def _apart(why: str, answers: str, cases: int) -> tuple[Any, ...]:
    if not answers:
        return ("", why, "", "", "", 0, 0, 0, "", cases)
    entered, law, kind, age, relevant, deficient, has_targets, late = answers.split("|")
    return (entered, why, law, kind, age, int(relevant), int(deficient), int(has_targets), late, cases)


def outside_of(engine: Engine, number: int, asked: Asked, team: str | None) -> list[tuple[str, str]]:
    """The cases (of ``team``) that stand outside a round, each with why."""
    whose, given = _round_of(number, asked, team)
    query = text(f"SELECT case_id, why FROM projected_round WHERE {whose} AND {_IN_BOX} AND entered = ''")
    with reading(engine) as connection:
        return [(row[0], row[1]) for row in connection.execute(query, given)]
