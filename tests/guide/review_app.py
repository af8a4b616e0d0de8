"""The app over a copy of the 20 fictional cases, with a round drawn, for the tests of the supervision's pages."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from checklists.calendar import end_of_day
from guide.app import TraadApp
from guide.casework import Casework, load_handbooks
from guide.cli import OK, main
from guide.desk import DEMO_DAY, demo_clock
from guide.settings import Settings, save
from guide.supervision import Supervision
from handbook.model import Handbook, Law
from store.database import open_store
from tests.guide.desk_app import press, settled
from tests.guide.snapshot import assert_screen


@cache
def handbooks() -> Mapping[Law, Handbook]:
    """The pages that come with the program, read once for all the tests."""
    return load_handbooks()


class Rounds:
    """A database of the fictional cases in ``folder``; pages and loops over it as different people."""

    def __init__(self, folder: Path, demo: Path) -> None:
        self.folder = folder
        self.path = Path(shutil.copy(demo, folder / "traad.db"))
        self.url = f"sqlite:///{self.path.as_posix()}"

    @contextmanager
    def loop(self, me: str = "FL") -> Iterator[Supervision]:
        """The loop as somebody else than the one at the screen."""
        store = open_store(self.url)
        yield Supervision(Casework(store, handbooks(), lambda: end_of_day(DEMO_DAY), me))
        store.close()

    def draw(self, seed: str = "stevns", wanted: int = 5) -> None:
        """A round by FL; five of each takes every case in."""
        with self.loop() as loop:
            loop.draw(seed, wanted)

    @asynccontextmanager
    async def run(self, me: str = "FL", role: str = "leder") -> AsyncIterator[Pilot[int]]:
        """The app on the page Ledelsestilsyn."""
        settings = self.folder / "hvem.json"
        save(Settings(initials=me, role=role), settings)  # type: ignore[arg-type]
        app = TraadApp(self.url, demo_clock(), moved=True, settings_path=settings)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "f10")
            yield pilot
            app.close_desk()


async def write(pilot: Pilot[int], text: str) -> None:
    """Put a text where the keyboard is, as pasting does; the walk in a terminal types letter by letter."""
    focused = pilot.app.screen.focused
    assert isinstance(focused, TextArea | Input)
    focused.insert(text) if isinstance(focused, TextArea) else focused.insert_text_at_cursor(text)
    await settled(pilot)


async def both_sizes(pilot: Pilot[int], name: str) -> None:
    """The screen as it is kept in ``screens/``, at 80x24 and at 120x40."""
    for size in ((120, 40), (80, 24)):
        await pilot.resize_terminal(*size)
        await settled(pilot)
        assert_screen(pilot.app, f"{name}-{size[0]}x{size[1]}")


async def to_case(pilot: Pilot[int], case: str) -> None:
    """From the list of rounds to the review of a case in the newest one."""
    from guide.screens.review_round import RoundPage

    await press(pilot, "enter")
    page = pilot.app.screen
    assert isinstance(page, RoundPage)
    assert page._found is not None
    page.table.move_cursor(row=[one.case for one in page._found.cases].index(case))
    await press(pilot, "enter")


@pytest.fixture(scope="session")
def review_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional cases, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert main(["demo", "--no-open", "--db", str(path)]) == OK
    return path


@pytest.fixture
def rounds(tmp_path: Path, review_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """A copy of them for one test."""
    for where in ("casework", "editions"):
        monkeypatch.setattr(f"guide.{where}.load_handbooks", lambda folder=None: handbooks())
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "papirer"))
    return Rounds(tmp_path, review_demo)
