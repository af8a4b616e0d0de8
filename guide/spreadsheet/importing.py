"""A mapped spreadsheet into the database, all or nothing, through the same door as an event log."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from checklists.calendar import local_day
from checklists.facts import fold
from checklists.links import unclear_links
from guide.casework import Casework
from guide.spreadsheet import grouping
from guide.spreadsheet.drafts import Said
from guide.spreadsheet.mapping import MappingRules
from guide.spreadsheet.mapping_file import MappingFault, kinds
from guide.spreadsheet.plan import CasePlan, Context
from guide.spreadsheet.reading import Broken, Row, Sheet, opened, places
from guide.spreadsheet.rows import RowReader
from guide.spreadsheet.terms import terms_of
from store.checks import MAX_NAME, faults_of
from store.event_log import Parsed, Refused
from store.events import Event, encoded
from store.importing import import_rows

Progress = Callable[[int, int], None]

MAX_WARNINGS = 10_000
"""How many warnings are kept; more are only counted."""

_CASES_AT_A_TIME = 200
_WHOLE = 1_000_000


@dataclass(slots=True)
class Outcome:
    """What an import did, or with ``dry_run`` would have done. Either ``refused`` is empty, or nothing was written."""

    rows: int = 0
    """Rows of the spreadsheet under the heading, blank ones left out."""
    cases: int = 0
    read: int = 0
    """Rows of the event log that the spreadsheet became; the next three are counted in them."""
    written: int = 0
    new: int = 0
    known: int = 0
    refused: list[Said] = field(default_factory=list)
    refused_count: int = 0
    warnings: list[Said] = field(default_factory=list)
    warning_count: int = 0
    unused: list[str] = field(default_factory=list)
    """Columns of the file that the mapping does not name: they are not read."""


def import_spreadsheet(
    work: Casework,
    rules: MappingRules,
    path: Path,
    *,
    sheet: str = "",
    known_from: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Read the spreadsheet at ``path`` into the database by ``rules``; nothing at all when a single row is refused.

    ``sheet`` and ``known_from`` (a local day, for every case) come before what the mapping says. Raises MappingFault
    when the mapping does not fit the file, FileFault when the file cannot be read, StoreError when the database
    cannot be written, and OSError.
    """
    rules = replace(rules, file=replace(rules.file, sheet=sheet)) if sheet else rules
    keys = rules.columns()
    with opened(path, rules.file, list(keys)) as found:
        where, faults = places(found.header, list(keys), keys)
        if faults:
            raise MappingFault(faults)
        reading = _Reading(work, rules, found, where, known_from, progress)
        report = import_rows(
            work.store.engine, reading.parsed(), (reading.done, _WHOLE), reading.inner, dry_run, reading.unclear
        )
    if progress:
        progress(_WHOLE, _WHOLE)
    out = reading.outcome
    used = {name.casefold() for name in keys}
    out.unused = [name for name in found.header if name and name.casefold() not in used]
    out.read, out.written, out.new, out.known = report.known + report.new, report.written, report.new, report.known
    out.refused_count = report.refused_count
    out.refused = sorted({reading.place(one) for one in report.refused}, key=lambda one: (one.row, one.column))
    out.warnings.sort(key=lambda one: (one.row, one.column))
    return out


class _Reading:
    """Goes through the spreadsheet once, remembering which cell every row of the log came from."""

    def __init__(
        self,
        work: Casework,
        rules: MappingRules,
        sheet: Sheet,
        where: Mapping[str, int],
        known_from: date | None,
        progress: Progress | None,
    ) -> None:
        now = work.now()
        self.work = work
        self.sheet = sheet
        self.outcome = Outcome()
        self.reader = RowReader(rules, where, kinds(terms_of(work.handbooks)), now)
        self.context = Context(work.handbooks, work.me or "import", local_day(now), work.entered(), known_from)
        self._vocabulary = work.vocabulary()
        self._progress = progress
        self._columns = ["", *where]
        self._numbers = {name: n for n, name in enumerate(self._columns)}
        self._row_of, self._column_of = array("L"), array("H")
        self._taken = 0

    def parsed(self) -> Iterator[Parsed | Refused]:
        """Every row of the log, numbered in turn; ``place`` knows the cell behind a number."""
        self._broken: list[Said] = []
        groups = grouping.by_case(self._rows())
        while some := list(islice(groups, _CASES_AT_A_TIME)):
            yield from self._refuse(self._broken)
            self._broken.clear()
            stored = self.work.store.events_of([case for case, _ in some])
            for case, rows in some:
                yield from self._case(case, rows, stored[case])
        yield from self._refuse(self._broken)

    def inner(self, done: int, whole: int) -> None:
        """Tells how far it is; that it is done is told by whoever began it."""
        if self._progress and done < whole:
            self._progress(int(_WHOLE * done / whole), _WHOLE)

    def done(self) -> int:
        """How far the work is before anything is written, of a million: half for reading, half for working out."""
        share = self._taken / max(self.outcome.rows, 1)
        return int(_WHOLE * (0.5 + share / 2)) if self._taken else 0

    def place(self, refused: Refused) -> Said:
        """The spreadsheet's row and column of a refused row, and why."""
        n = refused.row - 1
        if not 0 <= n < len(self._row_of):
            return Said(0, "", refused.text)
        return Said(self._row_of[n], self._columns[self._column_of[n]], refused.text)

    def unclear(self, case: str, events: list[Event]) -> list[str]:
        """What the case leaves open that only a person can choose: which of several runs a deadline counts from."""
        now = self.work.now()
        return [
            f"{found.run} kan regnes fra flere: {', '.join(found.candidates)}. Skriv i opskriften hvilken, under "
            f'forløbet: tjener, aabnet_af eller regnes_fra.{found.procedure} = "navnet på et forløb"'
            for found in unclear_links(fold(case, events, now), self.work.handbooks, now)
        ]

    def _rows(self) -> Iterator[tuple[str, Row]]:
        width = len(self.sheet.header)
        for row in self.sheet.rows:
            self.outcome.rows += 1
            if self.outcome.rows % 1000 == 0:
                self.inner(_WHOLE // 2 * min(self.sheet.done(), self.sheet.size) // max(self.sheet.size, 1), 2 * _WHOLE)
            if isinstance(row, Broken):
                self._broken.append(Said(row.number, row.column, row.text))
                continue
            cells = [*row.cells, *[None] * (width - len(row.cells))]
            case = self.reader.case(cells)
            if case and case.isprintable() and len(case) <= MAX_NAME:
                yield case, Row(row.number, cells)
                continue
            text = f"sagsnummeret har styretegn i sig eller er over {MAX_NAME} tegn" if case else "sagsnummeret mangler"
            self._broken.append(
                Said(row.number, self.reader.rules.case.number.column, f"{text}. Skriv det i hver række")
            )

    def _case(self, case: str, rows: Sequence[Row], stored: Sequence[Event]) -> Iterator[Parsed | Refused]:
        self.outcome.cases += 1
        self._taken += len(rows)
        drafts = [self.reader.read(row.number, row.cells) for row in rows]
        for draft in drafts:
            self._warn(draft.warnings)
        faults = [fault for draft in drafts for fault in draft.faults]
        if faults:
            yield from self._refuse(faults)
            return
        plan = CasePlan(self.context, case, drafts, stored)
        plan.work_out()
        self._warn(plan.warnings)
        yield from self._refuse(plan.faults)
        for made in () if plan.faults else plan.made:
            line = self._line(made.row, made.column)
            known = made.event.recorded != self.context.entered and made.event in stored
            wrong = [] if known else faults_of(made.event, self._vocabulary)
            if wrong:
                yield Refused(line, f"kan ikke gemmes: {'; '.join(wrong)}")
            else:
                yield Parsed(line, made.event, False, encoded(made.event.value))

    def _refuse(self, faults: Sequence[Said]) -> Iterator[Refused]:
        for fault in faults:
            yield Refused(self._line(fault.row, fault.column), fault.text)

    def _warn(self, warnings: Sequence[Said]) -> None:
        self.outcome.warning_count += len(warnings)
        self.outcome.warnings += warnings[: max(0, MAX_WARNINGS - len(self.outcome.warnings))]

    def _line(self, row: int, column: str) -> int:
        self._row_of.append(row)
        self._column_of.append(self._numbers.get(column, 0))
        return len(self._row_of)
