"""Cases by the hundred thousand: read from the projection where it stands, worked out and kept where it does not.

The projection is a cache. Without it (a database that somebody else is writing in, a full disk) everything is worked
out as it always was; it only takes longer.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from checklists import projected
from checklists.audit_table import Alike
from checklists.calendar import add, end_of_day, local_day
from checklists.horizon import micros
from checklists.projected import Kept, Piece
from checklists.summary_model import Summary
from checklists.summary_text import loaded
from guide.projecting_work import Task, case_row, keeping, round_row, worked_out
from handbook.model import Handbook, Law
from store import projection, projection_counts, projection_rounds
from store.database import StoreError
from store.events import Event
from store.projection_rounds import Asked

if TYPE_CHECKING:
    from guide.casework import Casework

Progress = Callable[[int, int], None]
"""Called now and then with how many cases are worked out, and how many there are to do."""

Row = TypeVar("Row", Kept, Piece)

_ROOT = Path(__file__).resolve().parent.parent
_RULES = ("checklists/**/*.py", "handbook/*.py", "handbook/*.csv")


_KEYS: dict[int, tuple[Mapping[Law, Handbook], str]] = {}


def rules_key(handbooks: Mapping[Law, Handbook]) -> str:
    """What a projection rests on besides the log: every page, the municipality's layer, and the program's own rules."""
    # By identity: reading every page takes longer than the answer. They are kept, so their id stays their own.
    if id(handbooks) not in _KEYS:
        _KEYS[id(handbooks)] = handbooks, _key_of(handbooks)
    return _KEYS[id(handbooks)][1]


def _key_of(handbooks: Mapping[Law, Handbook]) -> str:
    from guide.commands.common import digest

    content = hashlib.sha256(_program().encode())
    for law in sorted(handbooks):
        book = handbooks[law]
        content.update(f"{law} {digest(book)}".encode())
        for page in book.earlier.values():
            content.update(page.source.encode())
    return content.hexdigest()[:24]


@cache
def _program() -> str:
    content = hashlib.sha256()
    for pattern in _RULES:
        for file in sorted(_ROOT.glob(pattern)):
            content.update(file.relative_to(_ROOT).as_posix().encode())
            content.update(file.read_bytes())
    return content.hexdigest()


def summaries(work: Casework, cases: Collection[str] | None = None, progress: Progress | None = None) -> list[Summary]:
    """The cases (None: every one, by number) as an overview needs them, as of ``work.now()``, in the order asked for.

    What is not kept, or not right at this moment, is worked out and kept.
    """
    now = work.now()
    try:
        number = refreshed(work, cases, progress)
        found = dict(projection.bodies(work.store.engine, number, micros(now), cases))
        wanted = sorted(found) if cases is None else list(dict.fromkeys(cases))
    except StoreError:  # somebody is writing: then everything is worked out here, and nothing kept
        found = {}
        wanted = work.store.case_ids() if cases is None else list(dict.fromkeys(cases))
    missing = [case for case in wanted if case not in found]
    fresh = {row.case: row.text for _, rows in worked_out(keeping(work), missing) for row in rows}
    with no_garbage_rounds():
        return [loaded(found.pop(case, "") or fresh[case]) for case in wanted]


def with_words(work: Casework, words: Collection[str]) -> list[Summary]:
    """The cases in whose summary every one of ``words`` stands somewhere, in small letters or large, by number."""
    now = work.now()
    # As they stand in the summary's text: a quotation mark is written with a stroke before it.
    wanted = [json.dumps(word.casefold(), ensure_ascii=False)[1:-1] for word in words]
    try:
        number = refreshed(work)
        found = {}
        for case, body in projection.bodies(work.store.engine, number, micros(now)):
            folded = body.casefold()
            if all(word in folded for word in wanted):
                found[case] = body
    except StoreError:  # somebody is writing
        return summaries(work)
    with no_garbage_rounds():
        return [loaded(found[case]) for case in sorted(found)]


def most_urgent(work: Casework, most: int) -> tuple[list[Summary], int]:
    """The first ``most`` cases, the most urgent first, and how many there are."""
    try:
        number = refreshed(work)
        cases, many = projection_counts.urgent_cases(work.store.engine, number, most)
    except StoreError:  # somebody is writing
        everyone = summaries(work)
        return everyone, len(everyone)
    return summaries(work, cases), many


@contextmanager
def no_garbage_rounds() -> Iterator[None]:
    """Many values are made and none is garbage: looking for it in between takes as long as making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def refreshed(work: Casework, cases: Collection[str] | None = None, progress: Progress | None = None) -> int:
    """Bring the summaries (of ``cases``) up to now. Returns the projection's number. Raises StoreError."""
    engine = work.store.engine
    number = projection.catch_up(engine, rules_key(work.handbooks))
    stale = projection.stale_cases(engine, number, micros(work.now()))
    if cases is not None:
        wanted = set(cases)
        stale = [case for case in stale if case in wanted]
    done = 0
    for version, rows in worked_out(keeping(work), stale):
        projection.keep_cases(engine, number, version, [case_row(row) for row in rows])
        done += len(rows)
        if progress:
            progress(done, len(stale))
    return number


def audit_rows(
    work: Casework,
    period: tuple[date, date],
    team: str | None = None,
    from_start: bool = True,
    but: Collection[str] = (),
    progress: Progress | None = None,
) -> list[Alike]:
    """The cases (of ``team``, ``but`` some) in an audit round, counted together where they are alike.

    Raises StoreError when the projection cannot be kept.
    """
    engine, now = work.store.engine, work.now()
    number = projection.catch_up(engine, rules_key(work.handbooks))
    asked = asked_of(period, now, from_start)
    rows = [Alike(*row) for row in projection_rounds.tally(engine, number, asked, team, but)]
    if not but and sum(row.cases for row in rows) == projection_rounds.count_cases(engine, number, team):
        return rows
    missing = projection_rounds.missing_rounds(engine, number, asked, team)
    if not missing:
        return rows
    projection_rounds.make_room(engine, number, asked)
    each = partial(projected.piece, handbooks=work.handbooks, period=period, now=now, from_start=from_start)
    done = 0
    for version, pieces in worked_out(Task(work.store, each), missing):
        projection.keep_rounds(engine, number, version, [round_row(one) for one in pieces])
        done += len(pieces)
        if progress:
            progress(done, len(missing))
    return [Alike(*row) for row in projection_rounds.tally(engine, number, asked, team, but)]


def outside(work: Casework, period: tuple[date, date], team: str | None, from_start: bool) -> list[tuple[str, str]]:
    """The cases that stand outside a round ``audit_rows`` has been asked about, each with why."""
    engine = work.store.engine
    number = projection.catch_up(engine, rules_key(work.handbooks))
    return projection_rounds.outside_of(engine, number, asked_of(period, work.now(), from_start), team)


def asked_of(period: tuple[date, date], now: datetime, from_start: bool) -> Asked:
    """A round as the projection's rows are held against it."""
    start, end = period
    seen = min(now, end_of_day(end))
    return Asked(start.toordinal(), end.toordinal(), micros(seen), micros(now), int(from_start))


def usual_rounds(now: datetime) -> tuple[tuple[date, date], ...]:
    """The rounds people ask about most: the last whole calendar year, and the twelve months up to today."""
    today = local_day(now)
    year = today.year - 1
    return ((date(year, 1, 1), date(year, 12, 31)), (add(add(today, -12, "måneder"), 1, "dage"), today))


def rebuild(work: Casework, rounds: Sequence[tuple[date, date]] = (), progress: Progress | None = None) -> int:
    """Throw the projection away and work every case out again, in these ``rounds`` too. Returns how many cases.

    Stopped halfway it leaves what it has done, and the rest is worked out when somebody looks. Raises StoreError.
    """
    engine, now = work.store.engine, work.now()
    number = projection.start_again(engine, rules_key(work.handbooks))
    cases = projection.stale_cases(engine, number, micros(now))
    task = Task(work.store, partial(_everything, handbooks=work.handbooks, now=now, rounds=rounds))
    done = 0
    for version, rows in worked_out(task, cases):
        projection.keep_cases(engine, number, version, [case_row(row) for row, _ in rows])
        projection.keep_rounds(engine, number, version, [round_row(one) for _, pieces in rows for one in pieces])
        done += len(rows)
        if progress:
            progress(done, len(cases))
    return len(cases)


def _everything(
    case: str,
    events: Sequence[Event],
    handbooks: Mapping[Law, Handbook],
    now: datetime,
    rounds: Sequence[tuple[date, date]],
) -> tuple[Kept, list[Piece]]:
    pieces = {projected.piece(case, events, handbooks, period, now) for period in rounds}
    return projected.kept(case, events, handbooks, now), list(pieces)
