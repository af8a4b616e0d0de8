"""A fault in the program: one plain line, never what somebody has written about a child."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App

from guide.app import TraadApp, run
from guide.cli import BROKEN
from guide.fatal import HINT, told
from guide.screens.cases import CasesPage
from tests.guide.desk_app import Bench
from tests.guide.desk_app import bench as bench

SECRET = "barnet er bange derhjemme"


def fail(*_given: object) -> None:
    note = SECRET
    raise ValueError(f"kan ikke: {note}")


@pytest.fixture
def broken_run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the app without a terminal, and ends it should nothing go wrong."""
    bench.known()
    bench.case()
    monkeypatch.delenv("TRAAD_DEBUG", raising=False)
    monkeypatch.setattr("guide.settings.default_path", lambda: bench.settings_path)

    def headless(app: TraadApp) -> int | None:
        return App.run(app, headless=True)

    monkeypatch.setattr(TraadApp, "run", headless)
    return lambda: run(bench.url, bench.work.now)


@pytest.mark.parametrize("where", ["filled", "cases_found", "_draw", "on_screen_resume"])
def test_a_fault_on_a_page_is_told_in_one_line(
    broken_run: Any, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(CasesPage, where, fail)
    assert broken_run() == BROKEN
    shown = " ".join("".join(capsys.readouterr()).split())
    assert "måtte lukke på grund af en fejl i programmet (ValueError)" in shown
    assert HINT in shown
    assert SECRET not in shown
    assert "Traceback" not in shown
    assert "NOTE" not in shown


@pytest.mark.parametrize("where", ["guide.desk.open_desk", "guide.first_list.first_list"])
def test_so_is_one_in_a_worker(
    broken_run: Any, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(where, lambda *given, **named: fail())
    assert broken_run() == BROKEN
    shown = "".join(capsys.readouterr())
    assert "(ValueError)" in shown
    assert SECRET not in shown


def test_debugging_shows_where_but_no_local_variables(
    broken_run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRAAD_DEBUG", "1")
    monkeypatch.setattr(CasesPage, "_draw", fail)
    assert broken_run() == BROKEN
    shown = "".join(capsys.readouterr())
    assert "Traceback" in shown
    assert "in fail" in shown
    assert "locals" not in shown
    assert f"note = '{SECRET}'" not in shown


def test_an_error_of_an_error_is_told_by_its_own_name() -> None:
    assert "(KeyError)" in told(KeyError(SECRET), debug=False)
    assert SECRET not in told(KeyError(SECRET), debug=False)
