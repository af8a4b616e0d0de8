"""An app for the tests: a database of its own, two small pages of handbook, and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from textual.message import Message
from textual.pilot import Pilot

from checklists.calendar import TZ
from guide.app import TraadApp
from guide.casework import Casework
from guide.settings import Settings, save
from handbook.load import load
from store.database import open_store

NOW = datetime(2020, 2, 17, 10, 0, tzinfo=TZ)
PAGES = Path(__file__).parent / "pages" / "serviceloven"


class Bench:
    """Makes apps over one database in ``folder``, and a second window's casework on the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{(folder / 'prøve.db').as_posix()}"
        self.settings_path = folder / "hvem.json"
        self.handbooks = {"serviceloven": load(PAGES, "serviceloven")}
        self.work = Casework(open_store(self.url), self.handbooks, lambda: NOW, "AS")  # type: ignore[arg-type]

    def case(self, ref: str = "S-2020-001", notified: bool = True, me: str = "LH") -> str:
        """A case with a notification from the morning before."""
        self.work.new_case(ref, "2010-11", "Rådgivning", me, date(2020, 2, 16), ("forælder A",))
        if notified:
            self.work.open_notification([ref], date(2020, 2, 16), datetime(2020, 2, 16, 14, 0, tzinfo=TZ))
        return ref

    def known(self, **changes: str) -> None:
        """The first start has been answered."""
        save(Settings(**{"initials": "LH", "team": "Rådgivning", **changes}), self.settings_path)  # type: ignore[arg-type]

    def app(self, **given: object) -> TraadApp:
        """An app on the database, with the small handbook."""
        return TraadApp(self.url, lambda: NOW, moved=True, settings_path=self.settings_path, **given)  # type: ignore[arg-type]

    @asynccontextmanager
    async def run(
        self,
        size: tuple[int, int] = (80, 24),
        hook: Callable[[Message], None] | None = None,
        toasts: bool = False,
        **given: object,
    ) -> AsyncIterator[Pilot[int]]:
        """Run an app until its first page is filled."""
        app = self.app(**given)
        async with app.run_test(size=size, message_hook=hook, notifications=toasts) as pilot:
            await settled(pilot)
            yield pilot
            app.close_desk()


Posted = TypeVar("Posted", bound=Message)


def posted(seen: list[Message], kind: type[Posted]) -> list[Posted]:
    """The messages of one kind, in order; the hook sees a message once for every widget it passes on its way up."""
    return list({id(message): message for message in seen if isinstance(message, kind)}.values())


async def settled(pilot: Pilot[int]) -> None:
    """Wait until no worker runs and what they posted has been handled."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, then wait until everything has settled."""
    await pilot.press(*keys)
    await settled(pilot)


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type a text as keys."""
    named = {" ": "space", "/": "slash", ".": "full_stop", "-": "minus", "=": "equals_sign", ",": "comma"}
    await pilot.press(*(named.get(c, c) for c in text))
    await settled(pilot)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A fresh database and handbook."""
    made = Bench(tmp_path)
    for where in ("casework", "editions"):
        monkeypatch.setattr(f"guide.{where}.load_handbooks", lambda folder=None: made.handbooks)
    return made
