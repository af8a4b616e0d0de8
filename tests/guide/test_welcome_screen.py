"""The first start: who you are, kept in a file of one's own."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from guide import settings
from guide.screens.cases import CasesPage
from guide.screens.deadlines import DeadlinesPage
from guide.screens.handbook import HandbookPage
from guide.screens.practice import PracticePage
from guide.screens.welcome import Welcome
from tests.guide.desk_app import Bench, press, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


async def test_first_start_asks_who_you_are(bench: Bench) -> None:
    async with bench.run() as pilot:
        assert isinstance(pilot.app.screen, Welcome)
        assert_screen(pilot.app, "welcome-80x24")
        await type_text(pilot, "lh")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CasesPage)
    assert settings.load(bench.settings_path).initials == "LH"


async def test_without_initials_it_stays_and_says_why(bench: Bench) -> None:
    async with bench.run() as pilot:
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Welcome)
        assert "Skriv dine initialer" in screen_text(pilot.app)
    assert not settings.load(bench.settings_path).known


@pytest.mark.parametrize(
    ("role", "first"), [("ny", HandbookPage), ("sagsbehandler", CasesPage), ("leder", DeadlinesPage)]
)
async def test_the_role_chooses_the_first_screen(bench: Bench, role: str, first: type) -> None:
    bench.known(role=role)
    async with bench.run() as pilot:
        assert isinstance(pilot.app.screen, first)


async def test_the_arrows_choose_the_role(bench: Bench) -> None:
    async with bench.run() as pilot:
        await type_text(pilot, "pb")
        await press(pilot, "enter", "enter", "down", "ctrl+s")
        assert isinstance(pilot.app.screen, DeadlinesPage)
    assert settings.load(bench.settings_path).role == "leder"


async def test_whoever_is_new_is_offered_practice(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{(tmp_path / 'practice.db').as_posix()}"
    monkeypatch.setattr("guide.practice.place.practice_url", lambda: url)
    async with bench.run() as pilot:
        await type_text(pilot, "ny")
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, Welcome)
        assert "Øv dig" not in screen_text(pilot.app)
        await press(pilot, "enter", "enter", "up")
        assert_screen(pilot.app, "welcome-new-80x24")
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, PracticePage)
        assert "øvesager" in screen_text(pilot.app)
    assert settings.load(bench.settings_path).role == "ny"
    assert bench.work.store.case_ids() == []


def test_settings_are_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "hvem.json"
    settings.save(settings.Settings("LH", "Rådgivning", "leder"), path)
    assert settings.load(path) == settings.Settings("LH", "Rådgivning", "leder")
    assert [p.name for p in path.parent.iterdir()] == ["hvem.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("text", ["", "[]", "{", '{"initials": 7, "role": "direktør"}', '{"initials": "a b c!"}'])
def test_a_damaged_file_is_no_reason_to_stop(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hvem.json"
    path.write_text(text, encoding="utf-8")
    assert settings.load(path) == settings.Settings()


def test_odd_choices_fall_back(tmp_path: Path) -> None:
    path = tmp_path / "hvem.json"
    path.write_text(json.dumps({"initials": "lh", "role": "direktør", "theme": 3, "checklist": "ja"}), encoding="utf-8")
    assert settings.load(path) == settings.Settings("LH")
