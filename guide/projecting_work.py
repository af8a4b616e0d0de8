"""Cases worked out a portion at a time, in this process or in several that only read."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from checklists import projected
from checklists.projected import Kept, Piece
from store import projection
from store.database import Store, open_store
from store.projection import CaseRow, RoundRow

if TYPE_CHECKING:
    from guide.casework import Casework

AT_A_TIME = 250
"""Cases read, worked out and written in one go: so much is in memory, and so long another window waits to write."""

_MANY = 3_000
"""From this many cases on it pays to start a second process."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a process needs to work out cases: where they are, by what, and ``each`` of them how."""

    store: Store
    each: partial[Any]


def keeping(work: Casework) -> Task:
    """The task of working out the summaries as of now."""
    return Task(work.store, partial(projected.kept, handbooks=work.handbooks, now=work.now()))


def worked_out(task: Task, cases: Sequence[str]) -> Iterator[tuple[int, list[Any]]]:
    """The rows of ``cases`` in portions, each with how far the log went when it was read."""
    portions = [list(cases[at : at + AT_A_TIME]) for at in range(0, len(cases), AT_A_TIME)]
    workers = min(os.cpu_count() or 1, 4)
    if len(cases) < _MANY or workers < 2:
        yield from (portion(task, some) for some in portions)
        return
    done = 0
    try:
        for found in _in_processes(task, portions, workers):
            done += 1
            yield found
    except BrokenExecutor:  # a process that cannot start, or was ended by somebody: then this one does the rest
        yield from (portion(task, some) for some in portions[done:])


def portion(task: Task, cases: Sequence[str]) -> tuple[int, list[Any]]:
    """The rows of a few cases, and how far the log went when they were read."""
    version, events = projection.events_now(task.store.engine, cases)
    return version, [task.each(case, events[case]) for case in cases]


def _in_processes(task: Task, portions: Iterable[list[str]], workers: int) -> Iterator[tuple[int, list[Any]]]:
    """As ``_portion`` for each, in processes that only read; what waits to be written is never more than a few."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    address = task.store.engine.url.render_as_string(hide_password=False)
    waiting: list[Future[tuple[int, list[Any]]]] = []
    with TemporaryDirectory() as folder:
        # Through a file of our own (0700): a process that dies before it has read its pipe leaves the writer waiting.
        file = Path(folder) / "task"
        file.write_bytes(pickle.dumps(task.each))
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (address, file))
        try:
            for some in portions:
                waiting.append(pool.submit(_in_process, some))
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            pool.shutdown(cancel_futures=True)


_task: Task | None = None


def _begin(address: str, file: Path) -> None:
    global _task  # a process of the pool has no other place for what is the same in all its portions
    _task = Task(open_store(address, create=False), pickle.loads(file.read_bytes()))


def _in_process(cases: Sequence[str]) -> tuple[int, list[Any]]:
    assert _task is not None
    return portion(_task, cases)


def case_row(row: Kept) -> CaseRow:
    """A case as the store keeps it."""
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
        urgency=row.urgency,
        quiet_since=row.quiet_since,
        scope=row.scope,
        cells=tuple((*cell, n) for cell, n in row.cells.items()),
        listed=row.listed,
    )


def round_row(row: Piece) -> RoundRow:
    """A case in a round as the store keeps it."""
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
