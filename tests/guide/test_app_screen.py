"""The app itself: what it imports before the first paint, its looks, its messages, and how one gets about."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.filter import Monochrome

from guide.app import TraadApp
from guide.desk import open_desk
from guide.screens.cases import CasesPage
from guide.screens.deadlines import DeadlinesPage
from guide.screens.handbook import HandbookPage
from guide.screens.message import MessageScreen
from guide.screens.opening import Opening
from handbook.model import Fault
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "markdown_it", "pydantic")


@pytest.mark.parametrize(
    "first",
    ["opening", "cases", "welcome", "deadlines", "handbook"],
)
def test_the_first_frame_needs_neither_database_nor_markdown(first: str) -> None:
    code = f"import sys, guide.app, guide.screens.{first}; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_a_database_that_cannot_be_opened_is_told_in_danish(bench: Bench, tmp_path: Path) -> None:
    bench.known()
    broken = tmp_path / "ødelagt.db"
    broken.write_bytes(b"ikke en database" * 500)
    bench.url = f"sqlite:///{broken.as_posix()}"
    async with bench.run() as pilot:
        assert isinstance(pilot.app.screen, MessageScreen)
        shown = screen_text(pilot.app)
        assert "Databasen kunne ikke åbnes" in shown
        assert "Prøv igen" in shown
        await press(pilot, "escape")
        assert "Databasen er ikke åbnet." in screen_text(pilot.app)
    assert broken.read_bytes().startswith(b"ikke en database")


async def test_a_page_out_of_order_is_named_and_the_rest_works(bench: Bench) -> None:
    bench.known()
    bench.case()
    fault = Fault("handbook/serviceloven/afgoerelse.md", 12, "unknown-line", "Linjen »Frit« kendes ikke.", "Ret ordet.")
    book = bench.handbooks["serviceloven"]
    bench.handbooks["serviceloven"] = type(book)("serviceloven", book.procedures, (fault,))
    async with bench.run() as pilot:
        assert_screen(pilot.app, "fault-80x24")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CasesPage)
        assert "S-2020-001" in screen_text(pilot.app)


async def test_light_and_dark_are_remembered(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        dark = pilot.app.theme
        await press(pilot, "f9")
        assert pilot.app.theme != dark
    assert bench.app().theme != dark


async def test_without_colour_everything_is_still_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.known()
    bench.case()
    monkeypatch.setenv("NO_COLOR", "1")
    async with bench.run() as pilot:
        assert any(isinstance(filter_, Monochrome) for filter_ in pilot.app._filters)
        await press(pilot, "enter")
        assert "[1] Ja, der skal handles nu" in screen_text(pilot.app)


async def test_the_palette_leads_everywhere(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        for words, page in (("håndbog", HandbookPage), ("alle frister", DeadlinesPage), ("mine sager", CasesPage)):
            await press(pilot, "ctrl+p")
            await type_text(pilot, words)
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, page)
        assert len(pilot.app.screen_stack) == 2


async def test_escape_on_the_last_page_tells_how_to_leave(bench: Bench) -> None:
    bench.known()
    async with bench.run(toasts=True) as pilot:
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesPage)
        assert "Ctrl+Q" in screen_text(pilot.app)


async def test_the_practice_cases_are_a_database_of_their_own(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.known()
    bench.case()
    monkeypatch.setattr("guide.demo.demo_url", lambda: f"sqlite:///{(tmp_path / 'demo.db').as_posix()}")
    monkeypatch.setattr("guide.demo.load", lambda store, vocabulary: bench.case("D1") and 1)
    monkeypatch.setattr("store.database.default_url", lambda: bench.url)
    async with bench.run() as pilot:
        await press(pilot, "ctrl+p")
        await type_text(pilot, "øvesager")
        await press(pilot, "enter")
        shown = screen_text(pilot.app)
        assert "Øvesager: alle personer er fiktive" in shown
        assert "S-2020-001" not in shown
        await press(pilot, "ctrl+p")
        await type_text(pilot, "mine egne")
        await press(pilot, "enter")
        assert "S-2020-001" in screen_text(pilot.app)


async def test_every_binding_has_an_id_and_a_tooltip() -> None:
    import guide.screens as screens

    names = sorted(path.stem for path in Path(screens.__file__).parent.glob("[a-z]*.py"))
    for name in names:
        module = __import__(f"guide.screens.{name}", fromlist=["x"])
        for found in vars(module).values():
            own = (
                vars(found).get("BINDINGS", ())
                if isinstance(found, type) and found.__module__ == module.__name__
                else ()
            )
            for binding in own:
                assert binding.id, (name, binding)
                assert binding.tooltip, (name, binding)
    assert all(binding.id and binding.tooltip for binding in TraadApp.BINDINGS)  # type: ignore[union-attr]


async def test_the_first_frame_is_the_bar_alone(bench: Bench) -> None:
    bench.known()
    app = bench.app()
    async with app.run_test() as pilot:
        assert isinstance(app.screen_stack[0], Opening)
        assert len(app.screen_stack[0].children) == 2
        await settled(pilot)
        assert isinstance(app.screen, CasesPage)
        app.close_desk()


async def test_a_database_that_opens_too_late_does_not_replace_the_one_chosen_since(
    bench: Bench, tmp_path: Path
) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        app = pilot.app
        assert isinstance(app, TraadApp)
        chosen = app.desk
        late = open_desk(str(tmp_path / "andre.db"), app.now, app.settings)
        app._opened(late, (not app.demo, app.url))
        await settled(pilot)
        assert app.desk is chosen
        assert app.desk is not None
        assert app.desk.store.has_case("S-2020-001")
