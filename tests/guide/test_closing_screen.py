"""A run taken back from the case view and given back with Ctrl+Z; an import that finds no file makes no database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guide.cli import main
from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import screen_text

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_luk_takes_a_run_back_and_ctrl_z_gives_it_back(bench: Bench, size: tuple[int, int]) -> None:
    bench.known()
    bench.case()
    bench.work.open_run("S-2020-001", "afgoerelse", day=date(2020, 2, 17))
    async with bench.run(size) as pilot:
        page = CasePage("S-2020-001")
        pilot.app.push_screen(page)
        await settled(pilot)
        await type_text(pilot, "/ga samtale")
        await press(pilot, "enter")
        await type_text(pilot, "/luk")
        await press(pilot, "enter")
        assert "[1] Tag forløbet tilbage" in screen_text(pilot.app)
        await press(pilot, "1")
        assert "er taget tilbage." in screen_text(pilot.app)
        assert "afgoerelse-1" not in bench.work.progress("S-2020-001").case.runs
        await press(pilot, "ctrl+z")
        assert "Skal forløbet afgoerelse-1 stå igen" in " ".join(screen_text(pilot.app).split())
        await press(pilot, "j")
        assert "afgoerelse-1" in bench.work.progress("S-2020-001").case.runs


def test_importing_a_file_that_is_not_there_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "standard.db"
    monkeypatch.setattr("store.database.default_url", lambda: f"sqlite:///{database.as_posix()}")
    for missing in (tmp_path / "borte.csv", tmp_path):
        assert main(["import", str(missing)]) == 2
        assert "findes ikke" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_example_municipality_is_checked_with_the_rest() -> None:
    assert "-m guide check handbook/eksempel_stevns\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", ["leder", "ny"])
async def test_m_leads_from_deadlines_and_handbook_to_the_cases(bench: Bench, role: str) -> None:
    bench.known(role=role)
    bench.case()
    async with bench.run() as pilot:
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, CasesPage)
