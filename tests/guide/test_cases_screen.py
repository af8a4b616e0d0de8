"""Mine sager: by urgency, searched by typing, paged when long, and kind when empty."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from textual.widgets import DataTable

from checklists.calendar import TZ
from guide.screens import cases
from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


async def test_an_empty_list_says_what_to_do(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        assert_screen(pilot.app, "cases-empty-80x24")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_most_pressing_case_comes_first(bench: Bench, size: tuple[int, int]) -> None:
    bench.known()
    bench.case("S-2020-002", notified=False)
    bench.case("S-2020-001")
    bench.case("S-2020-009", me="PB")
    async with bench.run(size) as pilot:
        assert_screen(pilot.app, f"cases-{size[0]}x{size[1]}")


async def test_typing_a_number_finds_the_case_and_enter_opens_it(bench: Bench) -> None:
    bench.known()
    bench.case("S-2020-001")
    bench.case("S-2020-002")
    async with bench.run() as pilot:
        await type_text(pilot, "/002")
        assert "1 sag" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CasePage)
        assert pilot.app.screen.case == "S-2020-002"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesPage)
        await press(pilot, "escape")
        assert "2 sager" in screen_text(pilot.app)


async def test_a_search_without_hits_says_how_to_leave_it(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await type_text(pilot, "/[b]ukendt")
        assert "Ingen sager passer på »[b]ukendt«. Esc rydder søgningen." in screen_text(pilot.app)


async def test_a_shows_everybodys(bench: Bench) -> None:
    bench.known()
    bench.case("S-2020-009", me="PB")
    async with bench.run() as pilot:
        assert "Du har ingen sager" in screen_text(pilot.app)
        await press(pilot, "a")
        assert "S-2020-009" in screen_text(pilot.app)


async def test_a_long_list_is_paged(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "PAGE", 3)
    bench.known()
    for n in range(7):
        bench.case(f"S-2020-{n:03}", notified=False)
    async with bench.run() as pilot:
        table = pilot.app.screen.query_one(DataTable)
        assert table.row_count == 3
        await press(pilot, "greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert table.row_count == 1
        assert "viser 7-7 af 7" in screen_text(pilot.app)
        await press(pilot, "less_than_sign")
        assert "viser 4-6 af 7" in screen_text(pilot.app)


async def test_what_another_window_writes_comes_by_itself(bench: Bench) -> None:
    bench.known()
    bench.case("S-2020-001")
    async with bench.run() as pilot:
        bench.work.new_case("S-2020-002", caseworker="LH")
        await pilot.pause(1.3)
        await settled(pilot)
        assert "S-2020-002" in screen_text(pilot.app)


async def test_a_late_case_says_so_in_words(bench: Bench) -> None:
    bench.known()
    bench.work.new_case("S-2020-003", "2012-02-21", "Rådgivning", "LH", date(2020, 1, 1))
    bench.work.open_notification(["S-2020-003"], date(2020, 1, 6), datetime(2020, 1, 6, 9, 0, tzinfo=TZ))
    async with bench.run() as pilot:
        assert "! 41 dage over" in screen_text(pilot.app)


async def test_of_very_many_the_most_urgent_are_listed_and_any_is_found_by_its_number(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "MOST", 2)
    bench.known()
    for number in range(4):
        bench.case(f"S-2020-00{number}", notified=number > 1)
    async with bench.run() as pilot:
        await press(pilot, "a")
        shown = screen_text(pilot.app)
        assert "2 sager · de mest presserende af 4" in shown
        assert "S-2020-003" in shown
        assert "S-2020-000" not in shown
        await type_text(pilot, "/S-2020-000")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CasePage)
        assert pilot.app.screen.case == "S-2020-000"
