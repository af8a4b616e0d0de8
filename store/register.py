"""Which cases there are and who holds them now, answered from the small index over ``subject``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from sqlalchemy import Connection, Select, exists, select, text

from store.events import WITHDRAWN, Event
from store.holders import holder
from store.rows import from_row
from store.tables import ENTRY

_AT_A_TIME = 500
_MANY = 5_000
"""From here on it is quicker to read the list of all cases than to look each one up."""

_CASE_ROWS = text("kind = 'case' AND replaces IS NULL")
"""As text: the condition of the index uq_entry_case, which a bound parameter would not be seen to match."""


def current_cases(connection: Connection, staff: str | None, team: str | None, today: date | None) -> list[str]:
    """The ids of the cases in the order entered, held by ``staff`` (None: anyone) in ``team`` (None: any).

    A caseworker's cases are found among those once assigned to them, so the time follows one person's cases, not
    all that are stored.
    """
    chosen: set[str] | None = None
    if staff is not None:
        once = connection.execute(_about("assignment", staff).distinct()).scalars()
        chosen = {case for case, rows in _assignments(connection, once) if holder(rows, today) == staff}
    if team is not None:
        of_team = set(connection.execute(_standing("case", team)).scalars())
        chosen = of_team if chosen is None else chosen & of_team
    taken_back = set(connection.execute(_standing("case", WITHDRAWN)).scalars())
    return _in_order(connection, chosen, taken_back)


def has_case(connection: Connection, case_id: str) -> bool:
    """Whether a case of that number was ever entered."""
    query = select(ENTRY.c.seq).where(_CASE_ROWS, ENTRY.c.case_id == case_id)
    return connection.execute(query).first() is not None


def _about(kind: str, subject: str) -> Select[str]:
    return select(ENTRY.c.case_id).where(ENTRY.c.kind == kind, ENTRY.c.subject == subject)


def _standing(kind: str, subject: str) -> Select[str]:
    """The cases with such a row that nothing has replaced."""
    later = ENTRY.alias("later")
    return _about(kind, subject).where(~exists().where(later.c.replaces == ENTRY.c.id))


def _assignments(connection: Connection, cases: Iterable[str]) -> Iterable[tuple[str, list[Event]]]:
    found: dict[str, list[Event]] = {}
    left = iter(cases)
    while some := list(islice(left, _AT_A_TIME)):
        query = select(ENTRY).where(ENTRY.c.kind == "assignment", ENTRY.c.case_id.in_(some))
        for row in connection.execute(query.where(ENTRY.c.subject.is_not(None)).order_by(ENTRY.c.seq)):
            found.setdefault(row.case_id, []).append(from_row(row))
    return found.items()


def _in_order(connection: Connection, chosen: set[str] | None, taken_back: set[str]) -> list[str]:
    """The chosen cases (None: all) but those taken back. Sorted here: asked to sort, SQLite reads the whole table."""
    query = select(ENTRY.c.seq, ENTRY.c.case_id).where(_CASE_ROWS)
    order: list[tuple[int, str]] = []
    if chosen is None or len(chosen) > _MANY:
        found = ((row.seq, row.case_id) for row in connection.execute(query))
        order = [(seq, case) for seq, case in found if chosen is None or case in chosen]
        chosen = None
    left = iter(chosen or ())
    while some := list(islice(left, _AT_A_TIME)):
        order += [(row.seq, row.case_id) for row in connection.execute(query.where(ENTRY.c.case_id.in_(some)))]
    return [case for _, case in sorted(order) if case not in taken_back]
