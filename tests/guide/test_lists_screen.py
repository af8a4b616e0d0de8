"""Deadlines, readiness, and the form for a new case."""

from __future__ import annotations

from datetime import date

import pytest

from guide.screens.case import CasePage
from guide.screens.new_case import NewCasePage
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_leader_begins_with_everybodys_deadlines(bench: Bench, size: tuple[int, int]) -> None:
    bench.known(role="leder")
    bench.case("S-2020-001")
    bench.case("S-2020-009", me="PB")
    async with bench.run(size) as pilot:
        assert_screen(pilot.app, f"deadlines-{size[0]}x{size[1]}")


async def test_a_deadline_opens_the_case_at_its_step(bench: Bench) -> None:
    bench.known(role="leder")
    bench.case()
    async with bench.run() as pilot:
        await press(pilot, "down", "enter")
        page = pilot.app.screen
        assert isinstance(page, CasePage)
        assert "Har underretteren fået besked?" in str(page.pane.question.visual)
        await press(pilot, "f4", "enter")
        assert pilot.app.screen is page
        assert "Er barnets sundhed" in str(page.pane.question.visual)


async def test_no_deadlines_says_so(bench: Bench) -> None:
    bench.known(role="leder")
    async with bench.run() as pilot:
        assert "Ingen frister løber lige nu." in screen_text(pilot.app)


async def test_readiness_tells_what_is_missing(bench: Bench) -> None:
    bench.known()
    bench.case()
    bench.work.open_run("S-2020-001", "afgoerelse", day=date(2020, 2, 17))
    async with bench.run() as pilot:
        pilot.app.push_screen(CasePage("S-2020-001"))
        await settled(pilot)
        await press(pilot, "f5")
        assert_screen(pilot.app, "ready-80x24")


async def test_a_new_case_is_opened_with_its_notification(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, NewCasePage)
        await type_text(pilot, "S-2020-014")
        await press(pilot, "enter")
        await type_text(pilot, "nov. 2010")
        await press(pilot, "enter", "enter", "enter", "down", "enter")
        await type_text(pilot, "i går kl. 14")
        assert_screen(pilot.app, "new-case-80x24")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CasePage)
        assert "Er barnets sundhed" in str(pilot.app.screen.pane.question.visual)
    case = bench.work.progress("S-2020-014").case
    assert case.born == "2010-11"
    assert [item.label for item in case.items.values()] == ["forælder A", "forælder B"]


async def test_one_notification_on_siblings(bench: Bench) -> None:
    bench.known()
    bench.case("S-2020-001", notified=False)
    async with bench.run() as pilot:
        await press(pilot, "n")
        await type_text(pilot, "S-2020-002")
        await press(pilot, "tab", "tab", "tab", "tab", "tab")
        await type_text(pilot, "i går")
        await press(pilot, "tab")
        await type_text(pilot, "S-2020-001, S-2020-001")
        await press(pilot, "ctrl+s")
        assert "lagt på 2 børn" in screen_text(pilot.app)
    for case in ("S-2020-001", "S-2020-002"):
        assert list(bench.work.progress(case).case.runs) == ["underretning-1"]


@pytest.mark.parametrize(
    ("ref", "born", "told"),
    [
        ("", "", "Skriv sagens nummer."),
        ("S-2020-001", "", "findes allerede"),
        ("S-2020-002", "i fjor", "i fjor"),
        ("S-2020-002", "010210-1234", "010210-1234"),
    ],
)
async def test_a_form_that_cannot_be_read_creates_nothing(bench: Bench, ref: str, born: str, told: str) -> None:
    bench.known()
    bench.case("S-2020-001")
    async with bench.run((120, 40)) as pilot:
        await press(pilot, "n")
        await type_text(pilot, ref)
        await press(pilot, "tab")
        await type_text(pilot, born)
        await press(pilot, "ctrl+s")
        assert told in screen_text(pilot.app)
        assert isinstance(pilot.app.screen, NewCasePage)
    assert bench.work.store.case_ids() == ["S-2020-001"]
