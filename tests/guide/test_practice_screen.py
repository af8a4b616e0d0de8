"""Øv dig and Oplæring on the screen: the list, a case under its own clock, and the way back to the real cases."""

from datetime import date
from pathlib import Path

import pytest

from guide.practice.mentoring import first_runs
from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from guide.screens.practice import PracticePage
from guide.screens.training import TrainingPage
from tests.guide.desk_app import Bench, bench, press, settled, type_text  # noqa: F401
from tests.guide.practising import BOOKS
from tests.guide.snapshot import assert_screen, screen_text


@pytest.fixture
def home(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:  # noqa: F811
    """The bundled pages, and a practice database in the test's own folder."""
    bench.handbooks = BOOKS  # type: ignore[assignment]
    bench.known()
    bench.case()
    url = f"sqlite:///{(tmp_path / 'practice.db').as_posix()}"
    monkeypatch.setattr("guide.practice.place.practice_url", lambda: url)
    return bench


async def test_from_the_real_cases_to_practice_and_back(home: Bench) -> None:
    async with home.run() as pilot:
        app = pilot.app
        app.action_page("practice")  # type: ignore[attr-defined]
        await settled(pilot)
        assert isinstance(app.screen, PracticePage)
        assert "S-2020-001" not in screen_text(app)  # type: ignore[arg-type]
        await press(pilot, "enter")
        assert isinstance(app.screen, CasePage)
        assert_screen(app, "practice_case")  # type: ignore[arg-type]
        await type_text(pilot, "/spol")
        await press(pilot, "enter")
        shown = screen_text(app)  # type: ignore[arg-type]
        assert "Uret er stillet til 17. feb. 2020" in shown
        await press(pilot, "escape")
        assert isinstance(app.screen, PracticePage)
        assert "i gang" in screen_text(app)  # type: ignore[arg-type]
        await press(pilot, "f")
        assert "Uret er stillet til 3. feb. 2020" in screen_text(app)  # type: ignore[arg-type]
        await press(pilot, "escape", "o")
        assert isinstance(app.screen, CasesPage)
        assert "S-2020-001" in screen_text(app)  # type: ignore[arg-type]
        assert "Øvesag" not in screen_text(app)  # type: ignore[arg-type]
    assert home.work.store.case_ids() == ["S-2020-001"]


async def test_the_first_weeks_and_the_first_runs(home: Bench) -> None:
    async with home.run() as pilot:
        pilot.app.action_page("training")  # type: ignore[attr-defined]
        await settled(pilot)
        assert isinstance(pilot.app.screen, TrainingPage)
        assert_screen(pilot.app, "training")  # type: ignore[arg-type]


async def test_a_mentor_signs_a_colleagues_first_run_on_the_page(home: Bench) -> None:
    home.case("S-2020-002", me="NY")
    casework = home.work
    casework.me = "NY"
    casework.open_notification(["S-2020-002"], date(2020, 2, 16))
    async with home.run(toasts=True) as pilot:
        pilot.app.action_page("training")  # type: ignore[attr-defined]
        await settled(pilot)
        for learner, mentor, told in (("lh", "lh", "sit eget"), ("ny", "mk", "Her sidder LH")):
            await press(pilot, "s")
            await type_text(pilot, learner)
            await press(pilot, "tab")
            await type_text(pilot, mentor)
            await press(pilot, "ctrl+s")
            assert told in " ".join(n.message for n in pilot.app._notifications)
        await press(pilot, "s")
        await type_text(pilot, "ny")
        await press(pilot, "tab")
        await type_text(pilot, "lh")
        await press(pilot, "ctrl+s")
        assert "Underretning" in screen_text(pilot.app)  # type: ignore[arg-type]
        assert not first_runs(casework, "NY")[0].signed_by
        await press(pilot, "enter")
    assert [f.signed_by for f in first_runs(casework, "NY")] == ["LH"]


async def test_winding_belongs_to_practice(home: Bench) -> None:
    async with home.run() as pilot:
        await press(pilot, "enter")
        await type_text(pilot, "/spol 3 dage")
        await press(pilot, "enter")
        assert "hører til øvesagerne" in screen_text(pilot.app)  # type: ignore[arg-type]
