"""Taking a case's content away: from the database and every copy named; and which cases are old enough."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklists.calendar import add, local_day
from guide.cleaning import Cleaner
from store import copies, removal
from store.checks import NOTE_STEP, faults_of
from store.errors import StoreError
from store.events import Event, new_id
from store.removal import Done, Order
from store.tombstones import Tombstone, What

if TYPE_CHECKING:
    from guide.casework import Casework
    from handbook.model import Handbook
    from handbook.settings import Retention

Progress = Callable[[int, int], None]

MAX_WHY = 1000
"""Longest reason of a tombstone, in characters."""


# -- taking away ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InOne:
    """What happened in one database or copy: ``fault`` says in Danish what could not be done there."""

    where: str
    rows: int
    fault: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is left to do there."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class Removed:
    """A removal, carried out: the tombstone (None: there was nothing to remove), every file, and copies not named."""

    stone: Tombstone | None
    files: tuple[InOne, ...]
    left: tuple[Path, ...]
    """The dated copies beside the database that were not cleaned."""

    @property
    def ok(self) -> bool:
        """Whether the content is gone from every file that was to be cleaned."""
        return all(found.ok for found in self.files)


def ready_to(
    work: Casework, what: What, case: str, why: str, backups: Sequence[Path] = (), records: Collection[str] = ()
) -> Order:
    """What is to be done, when nothing stands in its way. Changes nothing.

    Raises StoreError for an unknown case or row, a reason that cannot be kept, nobody to name, and a file in
    ``backups`` that is no copy.
    """
    for path in backups:
        copies.refuse(path, work.store.engine)
    stone = Tombstone(new_id(), case, what, _reason(why), _who(work), work.entered().astimezone(UTC))
    order = Order(stone, Cleaner(work.handbooks), tuple(records))
    _refuse_unknown(work, order, backups)
    return order


def take_away(
    work: Casework,
    what: What,
    case: str,
    why: str,
    backups: Sequence[Path] = (),
    all_backups: bool = False,
    records: Collection[str] = (),
    progress: Progress | None = None,
) -> Removed:
    """Take the case's texts (or all of it) out of the database and the copies named, and lay a tombstone.

    Each file is changed whole or not at all; every file is looked at before the first is changed. Raises StoreError
    when something stands in the way there, or in the database itself.
    """
    engine = work.store.engine
    found = copies.beside(engine)
    named = list(dict.fromkeys(path.resolve() for path in (*backups, *(found if all_backups else ()))))
    order = ready_to(work, what, case, why, named, records)
    tell = progress or (lambda done, whole: None)
    tell(0, len(named) + 1)
    done = removal.remove(engine, order, always=_any_knows(named, case))
    files = [InOne(work.store.where, done.rows, _not_packed(done))]
    for n, path in enumerate(named, 1):
        tell(n, len(named) + 1)
        files.append(_in_copy(path, replace(order, stone=done.stone or order.stone)))
    tell(len(named) + 1, len(named) + 1)
    left = tuple(path for path in found if path.resolve() not in named)
    return Removed(done.stone, tuple(files), left)


def _in_copy(path: Path, order: Order) -> InOne:
    try:
        with copies.opened(path) as engine:
            done = removal.remove(engine, order, copy=True)
    except StoreError as error:
        return InOne(str(path), 0, str(error))
    return InOne(str(path), done.rows, _not_packed(done))


def _not_packed(done: Done) -> str:
    if not done.not_packed:
        return ""
    return (
        f"Rækkerne er ændret, men filen er ikke pakket endnu, så rester af teksten kan stå i den. {done.not_packed} "
        "Luk de andre vinduer, og kør den samme kommando igen."
    )


def _any_knows(named: Sequence[Path], case: str) -> bool:
    for path in named:
        with copies.opened(path) as engine:
            if removal.knows(engine, case):
                return True
    return False


def _refuse_unknown(work: Casework, order: Order, named: Sequence[Path]) -> None:
    case = order.stone.case
    if not (removal.knows(work.store.engine, case) or _any_knows(named, case)):
        raise StoreError(f"Sagen {case} findes ikke. Se sagerne med traad cases.")
    unknown = removal.unknown_ids(work.store.engine, order)
    if unknown:
        raise StoreError(f"Sagen har ikke {', '.join(unknown)}. Se rækkernes id i en eksport (traad export).")


def _reason(why: str) -> str:
    text = " ".join(why.split())
    if not text:
        raise StoreError("Skriv hvorfor med --why, fx: opbevaringstiden er udløbet. Skriv intet om barnet.")
    if len(text) > MAX_WHY:
        raise StoreError(f"Begrundelsen er for lang. Skriv højst {MAX_WHY} tegn og intet om barnet.")
    faults = faults_of(Event("x", "record", "x", step=NOTE_STEP, by="x", note=text, recorded=datetime.now(UTC)))
    if faults:
        raise StoreError(f"Begrundelsen kan ikke gemmes: {'; '.join(faults)}.")
    return text


def _who(work: Casework) -> str:
    if not work.me:
        raise StoreError("Rød tråd ved ikke, hvem du er. Skriv dine initialer med --by.")
    return work.me


# -- what is due ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expired:
    """A closed case kept longer than the municipality wants. Local days: ``kept_until`` is the last day it is kept."""

    case: str
    team: str
    caseworker: str
    closed: date
    last: date
    """The last day anything happened in it; the time is counted from it when it is later than the closing."""
    kept_until: date


def retention(handbooks: Mapping[Any, Handbook]) -> Retention | None:
    """How long the municipality keeps a closed case (``opbevaring`` in kommune.md); None when it has not said."""
    local = next((book.local for book in handbooks.values() if book.local), None)
    return local.retention if local else None


def expired(work: Casework, progress: Progress | None = None) -> list[Expired]:
    """The closed cases past the municipality's time, longest past first. Empty without a time. Deletes nothing."""
    span = retention(work.handbooks)
    if span is None:
        return []
    today = local_day(work.now())
    found = []
    for one in work.summaries(None, progress):
        if one.closed is None:
            continue
        last = max(one.closed, one.idle_since or one.closed)
        until = add(last, span.months, "måneder")
        if until < today:
            found.append(Expired(one.case, one.team, one.holder, one.closed, last, until))
    return sorted(found, key=lambda e: (e.kept_until, e.case))
