"""What lies open while the app runs: the database, the handbook, and the casework that ties them together."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from guide.settings import Settings
from handbook.model import Fault, Handbook, Law

if TYPE_CHECKING:
    from guide.casework import Casework
    from guide.first_list import FirstList
    from store.database import Store

DEMO_DAY = date(2020, 2, 17)
"""The day the fictional cases are seen from: the end of the published audit's period."""


class DeskError(Exception):
    """The database cannot be opened. The message is plain Danish and says what to do."""


@dataclass
class Desk:
    """Everything that is open. ``faults`` are the handbook pages that are out of order."""

    store: Store
    casework: Casework
    handbooks: Mapping[Law, Handbook]
    faults: tuple[Fault, ...]
    lock: RLock = field(default_factory=RLock)
    """Held around every call of ``casework``: it keeps what it has read, and several workers ask it."""

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def demo_clock() -> Callable[[], datetime]:
    """The clock of the fictional cases: it stands at the end of DEMO_DAY."""
    from checklists.calendar import end_of_day

    now = end_of_day(DEMO_DAY)
    return lambda: now


def open_desk(
    url: str | None,
    now: Callable[[], datetime],
    settings: Settings,
    *,
    demo: bool = False,
    handbook: Path | None = None,
    found: FirstList | None = None,
    practice: bool = False,
) -> Desk:
    """Open the database at ``url`` and read the handbook. Slow (it imports the database layer): call it in a thread.

    With ``demo`` and no ``url`` it is the database of the fictional cases, filled the first time. ``handbook`` is the
    municipality's own folder; without it the one in ``settings``, but not for the fictional cases. ``found`` is what
    has been read of this database already.

    Raises DeskError with what the store says when the database is newer, locked, corrupt or out of reach.
    """
    with _everything_stays():
        from guide.casework import Casework, load_handbooks
        from guide.layering import faults
        from store.database import open_store
        from store.errors import StoreError

        handbooks = load_handbooks(handbook or (None if demo else settings.layer))
    try:
        store = open_store(_practice_url() if practice else _demo_url() if demo and url is None else url)
        if practice:
            casework = _practising(store, handbooks, now, settings, handbook)
        else:
            casework = Casework(store, handbooks, now, settings.initials)
        if found is not None:
            casework.take_over(found)
        if demo:
            from guide.demo import load

            load(store, casework.vocabulary())
    except StoreError as error:
        raise DeskError(str(error)) from error
    return Desk(store, casework, handbooks, faults(handbooks))


_ROUNDS = (2_000, 10, 20)
"""When garbage is looked for, as gc.set_threshold takes it. By Python's own numbers about every fifteenth answer waits
for a round through all that a screen has drawn, 20 to 70 ms; by these less than every fiftieth.
"""


@contextmanager
def _everything_stays() -> Iterator[None]:
    """Start-up makes a hundred thousand objects that all stay.

    Looking through them for garbage costs 70 ms of the start, and again at every later round: none is looked for
    meanwhile, and what is there afterwards is left out of later rounds.
    """
    gc.disable()  # already off where the app was started (guide.commands.open_command), on where it is tested
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*_ROUNDS)
        gc.enable()


def _demo_url() -> str:
    from guide.demo import demo_url

    return demo_url()


def _practice_url() -> str:
    from guide.practice.place import practice_url

    return practice_url()


def _practising(
    store: Store,
    handbooks: Mapping[Law, Handbook],
    now: Callable[[], datetime],
    settings: Settings,
    folder: Path | None,
) -> Casework:
    from guide.practice.casework import PracticeCasework
    from guide.practice.clock import PracticeClock

    clock = now if isinstance(now, PracticeClock) else PracticeClock()
    return PracticeCasework(store, handbooks, clock, settings.initials, folder or settings.layer)
