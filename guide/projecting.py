"""Cases by the hundred thousand: read from the projection where it stands, worked out and kept where it does not.

The projection is a cache. Without it (a database that somebody else is writing in, a full disk) everything is worked
out as it always was; it only takes longer.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from checklists import projected
from checklists.audit_table import Alike
from checklists.calendar import add, end_of_day, local_day
from checklists.horizon import micros
from checklists.projected import Kept, Piece
from checklists.summary import Summary
from checklists.summary_text import loaded
from handbook.model import Handbook, Law
from store import projection
from store.database import Store, StoreError, open_store
from store.events import Event
from store.projection import Asked, CaseRow, RoundRow

if TYPE_CHECKING:
    from guide.casework import Casework

Progress = Callable[[int, int], None]
"""Called now and then with how many cases are worked out, and how many there are to do."""

Row = TypeVar("Row", Kept, Piece)

AT_A_TIME = 250
"""Cases read, worked out and written in one go: so much is in memory, and so long another window waits to write."""

_MANY = 3_000
"""From this many cases on it pays to start a second process."""

_ROOT = Path(__file__).resolve().parent.parent
_RULES = ("checklists/**/*.py", "handbook/*.py", "handbook/*.csv")


def rules_key(handbooks: Mapping[Law, Handbook]) -> str:
    """What a projection rests on besides the log: every page, the municipality's layer, and the program's own rules."""
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
    fresh = {row.case: row.text for _, rows in _worked_out(_keeping(work), missing) for row in rows}
    with no_garbage_rounds():
        return [loaded(found.pop(case, "") or fresh[case]) for case in wanted]


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
    for version, rows in _worked_out(_keeping(work), stale):
        projection.keep_cases(engine, number, version, [_case_row(row) for row in rows])
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
    rows = [Alike(*row) for row in projection.tally(engine, number, asked, team, but)]
    if not but and sum(row.cases for row in rows) == projection.count_cases(engine, number, team):
        return rows
    missing = projection.missing_rounds(engine, number, asked, team)
    if not missing:
        return rows
    projection.make_room(engine, number, asked)
    each = partial(projected.piece, handbooks=work.handbooks, period=period, now=now, from_start=from_start)
    done = 0
    for version, pieces in _worked_out(_Task(work.store, each), missing):
        projection.keep_rounds(engine, number, version, [_round_row(one) for one in pieces])
        done += len(pieces)
        if progress:
            progress(done, len(missing))
    return [Alike(*row) for row in projection.tally(engine, number, asked, team, but)]


def outside(work: Casework, period: tuple[date, date], team: str | None, from_start: bool) -> list[tuple[str, str]]:
    """The cases that stand outside a round ``audit_rows`` has been asked about, each with why."""
    engine = work.store.engine
    number = projection.catch_up(engine, rules_key(work.handbooks))
    return projection.outside_of(engine, number, asked_of(period, work.now(), from_start), team)


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
    task = _Task(work.store, partial(_everything, handbooks=work.handbooks, now=now, rounds=rounds))
    done = 0
    for version, rows in _worked_out(task, cases):
        projection.keep_cases(engine, number, version, [_case_row(row) for row, _ in rows])
        projection.keep_rounds(engine, number, version, [_round_row(one) for _, pieces in rows for one in pieces])
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


# -- working out ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Task:
    """What a process needs to work out cases: where they are, by what, and ``each`` of them how."""

    store: Store
    each: partial[Any]


def _keeping(work: Casework) -> _Task:
    return _Task(work.store, partial(projected.kept, handbooks=work.handbooks, now=work.now()))


def _worked_out(task: _Task, cases: Sequence[str]) -> Iterator[tuple[int, list[Any]]]:
    """The rows of ``cases`` in portions, each with how far the log went when it was read."""
    portions = [list(cases[at : at + AT_A_TIME]) for at in range(0, len(cases), AT_A_TIME)]
    workers = min(os.cpu_count() or 1, 4)
    if len(cases) < _MANY or workers < 2:
        yield from (_portion(task, portion) for portion in portions)
        return
    yield from _in_processes(task, portions, workers)


def _portion(task: _Task, cases: Sequence[str]) -> tuple[int, list[Any]]:
    version, events = projection.events_now(task.store.engine, cases)
    return version, [task.each(case, events[case]) for case in cases]


def _in_processes(task: _Task, portions: Iterable[list[str]], workers: int) -> Iterator[tuple[int, list[Any]]]:
    """As ``_portion`` for each, in processes that only read; what waits to be written is never more than a few."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    address = task.store.engine.url.render_as_string(hide_password=False)
    waiting: list[Future[tuple[int, list[Any]]]] = []
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (address, task.each)) as pool:
        try:
            for portion in portions:
                waiting.append(pool.submit(_in_process, portion))
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


_task: _Task | None = None


def _begin(address: str, each: partial[Any]) -> None:
    global _task  # a process of the pool has no other place for what is the same in all its portions
    _task = _Task(open_store(address, create=False), each)


def _in_process(cases: Sequence[str]) -> tuple[int, list[Any]]:
    assert _task is not None
    return _portion(_task, cases)


def _case_row(row: Kept) -> CaseRow:
    return CaseRow(
        case_id=row.case,
        valid_from=row.span.low,
        valid_until=row.span.high,
        team=row.team,
        holder=row.holder,
        law=row.law,
        closed=row.closed,
        first_due=row.first_due,
        findings=row.findings,
        body=row.text,
    )


def _round_row(row: Piece) -> RoundRow:
    box = row.box
    return RoundRow(
        case_id=row.case,
        from_start=int(row.from_start),
        start_from=box.start.low,
        start_until=box.start.high,
        end_from=box.end.low,
        end_until=box.end.high,
        seen_from=box.seen.low,
        seen_until=box.seen.high,
        now_from=box.now.low,
        now_until=box.now.high,
        entered=row.entered,
        why=row.why,
        law=row.law,
        kind=row.kind,
        age=row.age,
        relevant=row.relevant,
        deficient=row.deficient,
        has_targets=int(row.has_targets),
        late=row.late,
    )
