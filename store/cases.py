"""What the app reads and writes: the cases of a caseworker, a case's rows, and one answer saved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby, islice
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from store import audit_trail
from store.backup import backup_file, faults_in
from store.checks import Vocabulary, faults_of
from store.errors import TAKEN, Conflict, StoreError, plain_errors
from store.events import NOT_YET, Event, ValueFault, new_id
from store.exporting import export_log
from store.importing import ImportReport, Progress, Source, Validate, import_log
from store.references import known_of, take_in
from store.register import current_cases, has_case
from store.reviews import DRAW
from store.rows import from_row, tidy, to_row
from store.sequence import changed_since, newest
from store.tables import ENTRY
from store.tombstones import Tombstone, refuse_purged, tombstones
from store.transactions import reading, writing

_AT_A_TIME = 500
"""Cases asked for in one statement; far below what either database allows."""


class Store:
    """An open database. Every method is one transaction; safe to call from several threads.

    Every method raises StoreError, in plain Danish, when the database cannot do it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def where(self) -> str:
        """The database's address, without a password: fit to be shown."""
        return self.engine.url.render_as_string(hide_password=True)

    def case_ids(self, staff: str | None = None, team: str | None = None, today: date | None = None) -> list[str]:
        """The cases in the order they were entered; those assigned to ``staff`` and belonging to ``team`` if given.

        ``today`` (a local day) leaves out assignments that begin later or have ended; None asks who was assigned
        last, whenever it begins. A case taken back (withdrawn) is not among them.
        """
        with reading(self.engine) as connection:
            return current_cases(connection, staff, team, today)

    def has_case(self, case_id: str) -> bool:
        """Whether the number is taken, also by a case taken back; one look-up, however many are stored."""
        with reading(self.engine) as connection:
            return has_case(connection, case_id)

    def events(self, case_id: str) -> list[Event]:
        """Every row of the case in the order written, also replaced ones; an unknown case gives an empty list."""
        with reading(self.engine) as connection:
            return _events(connection, case_id)

    def events_of(self, case_ids: Collection[str]) -> dict[str, list[Event]]:
        """The rows of several cases, by case id in the order asked for; every case asked for has a list."""
        found: dict[str, list[Event]] = {case_id: [] for case_id in case_ids}
        wanted = iter(found)
        with reading(self.engine) as connection:
            while some := list(islice(wanted, _AT_A_TIME)):
                query = select(ENTRY).where(ENTRY.c.case_id.in_(some)).order_by(ENTRY.c.case_id, ENTRY.c.seq)
                for row in connection.execute(query):
                    found[row.case_id].append(from_row(row))
        return found

    def all_cases(self) -> Iterator[tuple[str, list[Event]]]:
        """Every case with its rows, one case in memory at a time; all as of one moment, whatever others write."""
        query = select(ENTRY).where(ENTRY.c.case_id != "").order_by(ENTRY.c.case_id, ENTRY.c.seq)
        with reading(self.engine) as connection:
            rows = connection.execution_options(yield_per=2_000).execute(query)
            for case_id, of_case in groupby(rows, key=lambda row: str(row.case_id)):
                yield case_id, [from_row(row) for row in of_case]

    def staff(self) -> list[Event]:
        """The rows about staff, in the order written."""
        return [event for event in self.events("") if event.kind == "staff"]

    def reviews(self, begins: str = DRAW) -> list[Event]:
        """Every row of the supervision, on cases and on rounds, in the order written.

        ``begins`` is the step such a round begins with (``store.reviews.BEGINS``).
        """
        begun = select(ENTRY.c.run).where(ENTRY.c.case_id == "", ENTRY.c.kind == "review", ENTRY.c.step == begins)
        with reading(self.engine) as connection:
            rounds = sorted(set(connection.execute(begun).scalars()))
            query = select(ENTRY).where(ENTRY.c.kind == "review", ENTRY.c.subject.in_(rounds))
            found = [(row.seq, from_row(row)) for row in connection.execute(query)] if rounds else []
        return [event for _, event in sorted(found, key=lambda pair: pair[0])]

    def append(self, events: Sequence[Event]) -> list[Event]:
        """Save ``events``, all or none; when this returns they are on the disk. Returns them as they will be read back.

        An empty id is given a new one, and a ``recorded`` left out is now. Raises StoreError for a row that cannot be
        kept (unknown case, run or item, text like a CPR number ...) and Conflict when another window took the same
        id, run or item, or replaced the same row, first.
        """
        tidied = [_tidied(event) for event in events]
        if not tidied:
            return []
        with writing(self.engine) as connection:
            ids = [event.id for event in tidied]
            if connection.execute(select(ENTRY.c.id).where(ENTRY.c.id.in_(ids)).limit(1)).first():
                raise Conflict(TAKEN)
            refuse_purged(connection, tidied)
            involved = {event.case for event in tidied} | {"" for event in tidied if event.kind == "review"}
            known = {case: known_of(_events(connection, case)) for case in involved}
            take_in(tidied, known)
            connection.execute(insert(ENTRY), [to_row(event) for event in tidied])
        return tidied

    def new_id(self) -> str:
        """An id no row has."""
        return new_id()

    def version(self) -> int:
        """A number that grows with every commit and removal, whoever made it. Cheap: ask it several times a second."""
        with reading(self.engine) as connection:
            return newest(connection)

    def changed_since(self, version: int) -> set[str]:
        """The cases written in, or taken from, since ``version`` was read."""
        with reading(self.engine) as connection:
            return changed_since(connection, version)

    def import_log(
        self,
        source: Source,
        vocabulary: Vocabulary | None = None,
        progress: Progress | None = None,
        dry_run: bool = False,
        validate: Validate | None = None,
    ) -> ImportReport:
        """Read an event log into the database, all or nothing: see ``store.importing.import_log``."""
        return import_log(self.engine, source, vocabulary, progress, dry_run, validate)

    def export_log(self, path: Path, progress: Progress | None = None) -> int:
        """Write every row to ``path`` as an event log: see ``store.exporting.export_log``. Returns how many."""
        return export_log(self.engine, path, progress)

    def history(self, record_id: str) -> list[Event]:
        """A row with all it replaced and all that replaced it, oldest first: see ``store.audit_trail``."""
        with reading(self.engine) as connection:
            return audit_trail.history(connection, record_id)

    def trail(self, case_id: str) -> list[audit_trail.Trace]:
        """Who wrote what when in the case, in the order written: see ``store.audit_trail``."""
        return audit_trail.trail(self.events(case_id))

    def removals(self, case_id: str | None = None) -> list[Tombstone]:
        """What was taken away (of one case), by whom, when and why; oldest first."""
        with reading(self.engine) as connection:
            return tombstones(connection, case_id)

    def backup(self, path: Path) -> None:
        """Copy the database to ``path``, a new file (0600), while it is in use."""
        if self.engine.dialect.name != "sqlite":
            raise StoreError("En PostgreSQL-database sikkerhedskopieres med pg_dump. traad export virker også.")
        with plain_errors():
            backup_file(Path(str(self.engine.url.database)), path)

    def verify(self) -> list[str]:
        """What is wrong with the database as stored, in Danish; empty when it is whole. Reads everything."""
        with reading(self.engine) as connection:
            return faults_in(connection)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _events(connection: Connection, case_id: str) -> list[Event]:
    query = select(ENTRY).where(ENTRY.c.case_id == case_id).order_by(ENTRY.c.seq)
    return [from_row(row) for row in connection.execute(query)]


def _tidied(event: Event) -> Event:
    named = event if event.id else replace(event, id=new_id())
    named = replace(named, recorded=datetime.now(UTC)) if event.recorded == NOT_YET else named
    try:
        tidied = tidy(named)
        faults = faults_of(tidied)
    except ValueFault as fault:
        faults = [str(fault)]
    except OverflowError:
        faults = ["tiden har et årstal, der ikke findes"]
    if faults:
        raise StoreError(f"Det kan ikke gemmes: {'; '.join(faults)}.")
    return tidied
