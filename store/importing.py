"""An event log into the database: read in pieces into a temporary table, held against what is there, then copied in.

The temporary table is the connection's own, so other windows can go on writing while the file is read. What the rows
say about each other is asked of the database, not of memory: a log of millions of rows takes no more than a small one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import groupby, islice
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, Engine, select

from store import staging
from store.errors import StoreError, plain_errors
from store.event_log import Parsed, Refused, Vocabulary, limited_lines, read_rows
from store.events import Event
from store.rows import from_row
from store.tables import ENTRY
from store.transactions import take_turn

Progress = Callable[[int, int], None]
"""Called now and then with how much is done and how much there is (no unit: only their ratio means something)."""

Validate = Callable[[str, list[Event]], list[str]]
"""Asked once for every case the import adds to, with all its rows; the faults it names refuse the case's rows."""

Source = Path | str | TextIO
"""The path of a file, or a text stream opened with ``newline=""``."""

_PIECE = 5_000
_ASKED_AT_A_TIME = 200
_STEPS = 10_000
"""How finely a quarter of the way is told."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Either ``refused`` is empty, or nothing was written."""

    read: int
    """Rows in the file besides the header and blank ones."""
    written: int
    """Rows added; 0 when any was refused and in a dry run."""
    refused: tuple[Refused, ...]
    """By row number; row 1 is the header."""
    known: int = 0
    """Rows that were there already with the same content."""
    new: int = 0
    """Rows that were not: what a dry run would have added."""
    refused_count: int = 0
    """As many as ``refused``, or more when there are over staging.MAX_REFUSED."""


def import_log(
    engine: Engine,
    source: Source,
    vocabulary: Vocabulary | None = None,
    progress: Progress | None = None,
    dry_run: bool = False,
    validate: Validate | None = None,
) -> ImportReport:
    """Read an event log into the database in one transaction: all of it, or nothing when a single row is refused.

    Rows that are there already are skipped, so the same file twice changes nothing. ``vocabulary`` is what procedures,
    steps, fields and choices are checked against (None: not checked). ``dry_run`` reports and writes nothing. Raises
    StoreError when the file cannot be read or the database not written.
    """
    if not isinstance(source, (str, Path)):
        return import_rows(engine, read_rows(limited_lines(source), vocabulary), None, progress, dry_run, validate)
    try:
        with open(source, "rb") as raw, TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as stream:
            size = os.fstat(raw.fileno()).st_size
            rows = read_rows(limited_lines(stream), vocabulary)
            return import_rows(engine, rows, (raw.tell, size), progress, dry_run, validate)
    except OSError as error:
        raise StoreError(f"Filen kan ikke læses: {source}. Se efter, om den findes, og om du må læse den.") from error


def import_rows(
    engine: Engine,
    rows: Iterable[Parsed | Refused],
    place: tuple[Callable[[], int], int] | None = None,
    progress: Progress | None = None,
    dry_run: bool = False,
    validate: Validate | None = None,
) -> ImportReport:
    """As ``import_log`` for rows that somebody else has read, such as a mapped spreadsheet.

    ``place`` tells how far the reading is and how far there is to go, for ``progress``.
    """
    report = _Count(progress, place)
    with plain_errors(), engine.connect() as connection:
        try:
            with connection.begin():
                staging.make(connection)
                _read(connection, rows, report)
                staging.index(connection)
            connection.execution_options(writes=not dry_run or validate is not None)
            with connection.begin() as transaction:
                take_turn(connection)
                _settle(connection, report, dry_run, validate)
                if dry_run or report.refused_count:
                    transaction.rollback()
        finally:
            connection.rollback()
            with connection.begin():
                staging.drop(connection)
    return report.done(dry_run)


class _Count:
    """The report while it grows, and the way to ``progress``: half is reading, a quarter writing, a quarter asking.

    ``place`` tells how far the reading is; without it (a stream) the way begins at the writing.
    """

    def __init__(self, progress: Progress | None, place: tuple[Callable[[], int], int] | None) -> None:
        self.read = self.known = self.new = self.refused_count = 0
        self.refused: list[Refused] = []
        self._progress = progress
        self._place = place

    def refuse(self, refused: Refused) -> None:
        self.refused_count += 1
        if len(self.refused) < staging.MAX_REFUSED:
            self.refused.append(refused)

    def while_reading(self) -> None:
        if self._place:
            where, size = self._place
            self._tell(0, 2, min(where(), size), size)

    def while_writing(self, done: int, total: int) -> None:
        self._tell(2, 1, done, total)

    def while_asking(self, done: int, total: int) -> None:
        self._tell(3, 1, done, total)

    def finished(self) -> None:
        self._tell(4, 0, 0, 1)

    def _tell(self, quarters: int, more: int, done: int, total: int) -> None:
        if self._progress:
            self._progress(quarters * _STEPS + more * _STEPS * done // (total or 1), 4 * _STEPS)

    def done(self, dry_run: bool) -> ImportReport:
        good = not self.refused_count
        refused = tuple(sorted(self.refused, key=lambda one: one.row))
        written = self.new if good and not dry_run else 0
        return ImportReport(self.read, written, refused, self.known, self.new, self.refused_count)


def _read(connection: Connection, rows: Iterable[Parsed | Refused], report: _Count) -> None:
    stream = iter(rows)
    while piece := list(islice(stream, _PIECE)):
        good = []
        for row in piece:
            if isinstance(row, Parsed):
                good.append(row)
            else:
                report.refuse(row)
        header = len(piece) == 1 and isinstance(piece[0], Refused) and piece[0].row == 1
        report.read += 0 if header else len(piece)
        staging.add(connection, good)
        report.while_reading()


def _settle(connection: Connection, report: _Count, dry_run: bool, validate: Validate | None) -> None:
    for refused in staging.refused(connection):
        report.refuse(refused)
    report.known, report.new = staging.counts(connection)
    if report.refused_count or (dry_run and validate is None):
        return
    for done, total in staging.copy(connection):
        report.while_writing(done, total)
    if validate is not None:
        for refused in _validated(connection, validate, report):
            report.refuse(refused)
    report.finished()


def _validated(connection: Connection, validate: Validate, report: _Count) -> Iterator[Refused]:
    cases = staging.cases(connection)
    for at in range(0, len(cases), _ASKED_AT_A_TIME):
        some = dict(cases[at : at + _ASKED_AT_A_TIME])
        query = select(ENTRY).where(ENTRY.c.case_id.in_(some)).order_by(ENTRY.c.case_id, ENTRY.c.seq)
        for case_id, stored in groupby(connection.execute(query), key=lambda row: str(row.case_id)):
            for fault in validate(case_id, [from_row(row) for row in stored]):
                yield Refused(some[case_id], f"sag {case_id}: {fault}")
        report.while_asking(at + len(some), len(cases))
