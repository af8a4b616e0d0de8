"""Mine sager stands before the database layer is imported, and says the same as afterwards."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from guide import desk as desks
from guide.desk import Desk
from guide.first_list import first_list
from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from tests.guide.desk_app import NOW, Bench, press, settled
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import screen_text

ROOT = Path(__file__).parents[2]


def test_it_is_the_overview(bench: Bench) -> None:
    for number in (2, 1, 3):
        bench.case(f"S-2020-00{number}", notified=number != 2, me="PB" if number == 3 else "LH")
    bench.work.me = "LH"
    found = first_list(bench.url, lambda: NOW, "LH")
    assert found is not None
    assert list(found.lines.values()) == bench.work.overview()
    assert list(found.lines) == ["S-2020-001", "S-2020-002"]


def test_what_was_taken_over_is_computed_again_when_somebody_has_written(bench: Bench) -> None:
    case = bench.case()
    found = first_list(bench.url, lambda: NOW, "LH")
    assert found is not None
    bench.work.me = "LH"
    bench.work.open_run(case, "underretning")
    bench.work.take_over(found)
    again = first_list(bench.url, lambda: NOW, "LH")
    assert again is not None
    assert bench.work.overview() == list(again.lines.values())


def test_it_needs_no_database_layer(bench: Bench) -> None:
    bench.case()
    script = (
        "import sys; from datetime import datetime, UTC; from guide.first_list import first_list;"
        "found = first_list(sys.argv[1], lambda: datetime(2020, 2, 17, 9, tzinfo=UTC), 'LH');"
        "print(list(found.lines), *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, bench.url], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    shown = done.stdout.split()
    assert shown[0] == "['S-2020-001']", done.stderr
    assert not set(shown) & {"sqlmodel", "sqlalchemy", "pydantic", "textual"}


async def test_a_case_can_be_opened_before_the_database_is(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.known()
    bench.case()
    may_open = threading.Event()
    ordinary = desks.open_desk

    def held_back(*given: object, **named: object) -> Desk:
        assert may_open.wait(30)
        return ordinary(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desks, "open_desk", held_back)
    app = bench.app()
    async with app.run_test(size=(80, 24)) as pilot:
        while "1 sag" not in screen_text(app):
            await pilot.pause()
        assert app.desk is None
        await pilot.press("a", "f5", "enter")
        while not isinstance(app.screen, CasePage):
            await asyncio.sleep(0)
        await pilot.pause()
        assert "henter" in screen_text(app)
        may_open.set()
        await settled(pilot)
        assert "underretning" in screen_text(app).casefold()
        await press(pilot, "escape")
        assert isinstance(app.screen, CasesPage)
        assert "1 sag" in screen_text(app)
        app.close_desk()
