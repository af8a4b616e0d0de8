"""Overblik and Fravær: the tabs, what lies behind a line, whose cases are shown, and covering a colleague's cases."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot

from guide.screens.absence import AbsencePage
from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from guide.screens.overview import OverviewPage
from guide.turns import Draft
from guide.widgets.form import FormRow
from tests.guide.desk_app import Bench, press, settled
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text

SIZES = [(80, 24), (120, 40)]


def filled(bench: Bench) -> None:
    """Two caseworkers; one of them has a case that has lain still."""
    bench.case("S-2020-001")
    bench.case("S-2020-002", me="PB")
    bench.case("S-2020-003", me="PB")
    bench.work.new_case("S-2019-007", "2008-05", "Forebyggelse", "MK", date(2019, 11, 1))


@pytest.mark.parametrize("size", SIZES)
async def test_a_lead_sees_what_lies_ahead_in_the_teams(bench: Bench, size: tuple[int, int]) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run(size) as pilot:
        await press(pilot, "f2")
        assert_screen(pilot.app, f"overview-{size[0]}x{size[1]}")


async def test_a_line_opens_its_list_and_then_the_case_at_its_step(bench: Bench) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2", "down", "down", "down", "enter")
        assert_screen(pilot.app, "overview-list-80x24")
        await press(pilot, "down", "down", "enter")
        page = pilot.app.screen
        assert isinstance(page, CasePage)
        assert page.case == "S-2020-002"
        assert "Har underretteren fået besked?" in str(page.pane.question.visual)
        await press(pilot, "escape", "escape")
        shown = screen_text(pilot.app)
        assert "Forebyggelse" in shown
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, OverviewPage)


async def test_what_is_recorded_in_the_case_counts_when_one_comes_back(bench: Bench) -> None:
    bench.known(role="leder", team="")
    bench.case("S-2020-001")
    async with bench.run() as pilot:
        await press(pilot, "f2", "enter")
        assert "24-timers" in screen_text(pilot.app)
        await press(pilot, "enter")
        await press(pilot, "2", "enter", "enter", "enter")
        assert "risikovurdering" in bench.work.progress("S-2020-001").case.runs["underretning-1"].records
        while not isinstance(pilot.app.screen, OverviewPage):
            await press(pilot, "escape")
        assert "24-timers" not in screen_text(pilot.app)


async def test_the_tabs_and_the_filter(bench: Bench) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2", "4")
        assert "S-2019-007" in screen_text(pilot.app)
        await press(pilot, "slash")
        await pilot.press(*"pb", "space", *"sel", "enter", "1")
        await settled(pilot)
        shown = screen_text(pilot.app)
        assert "PBs sager · SEL" in shown
        assert "LH" not in shown
        await press(pilot, "escape")
        assert "alle teams" in screen_text(pilot.app)


async def test_a_lead_with_a_team_begins_with_it(bench: Bench) -> None:
    bench.known(role="leder")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2")
        assert "Forebyggelse" not in screen_text(pilot.app)
        await press(pilot, "a")
        assert "Forebyggelse" in screen_text(pilot.app)


async def test_a_caseworker_sees_their_own_and_has_no_key_to_others(bench: Bench) -> None:
    bench.known()
    filled(bench)
    async with bench.run() as pilot:
        assert isinstance(pilot.app.screen, CasesPage)
        await press(pilot, "f2", "a")
        shown = screen_text(pilot.app)
        assert "LHs sager" in shown
        assert "PB" not in shown
        assert "Team/alle" not in shown
        await press(pilot, "enter")
        assert "S-2020-002" not in screen_text(pilot.app)


async def test_nothing_to_show_says_so(bench: Bench) -> None:
    bench.known(role="leder", team="")
    async with bench.run() as pilot:
        await press(pilot, "f2")
        assert "Ingen sager her." in screen_text(pilot.app)
        await press(pilot, "3")
        assert "Intet ligger over tiden." in screen_text(pilot.app)


async def test_a_review_of_every_case_is_begun_and_worked_off(bench: Bench) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2", "5")
        assert "En leder begynder en med g." in screen_text(pilot.app)
        await press(pilot, "g", "j")
        shown = screen_text(pilot.app)
        assert "4 af 4 sager er ikke set endnu" in shown
        review = Draft("review", "S-2020-002", run="tilsyn-1", step="reviewed", day=date(2020, 2, 17))
        about = {"seed": "a", "cases": 1, "from": "2019-02-17", "to": "2020-02-17"}
        bench.work.save([Draft("review", "", run="tilsyn-1", step="draw", day=date(2020, 2, 17), value=about)])
        bench.work.save([review])
        await press(pilot, "f5")
        assert "3 af 4 sager er ikke set endnu" in screen_text(pilot.app)
        assert "gennemgang-1" in {row.run for row in bench.work.store.reviews("worklist")}
        await press(pilot, "g", "j")
        assert "En leder begynder en med g." in screen_text(pilot.app)


async def fill_in(pilot: Pilot[int], *texts: str) -> None:
    """Write the lines of the form, from the top."""
    for row, text in zip(pilot.app.screen.query(FormRow), texts, strict=False):
        row.input.value = text
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_everything_due_is_shown_before_anything_is_covered(bench: Bench, size: tuple[int, int]) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run(size) as pilot:
        await press(pilot, "f2", "f")
        assert isinstance(pilot.app.screen, AbsencePage)
        await fill_in(pilot, "PB", "AB", "1/3")
        assert_screen(pilot.app, f"absence-{size[0]}x{size[1]}")
    assert bench.work.progress("S-2020-002").case.assignments[-1].staff == "PB"


async def test_a_cover_is_saved_and_taken_back(bench: Bench) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2", "f")
        await fill_in(pilot, "PB", "AB", "1/3", "S-2020-003")
        await press(pilot, "ctrl+s", "j")
        assert "Gemt i 1 sag" in screen_text(pilot.app)
        held = bench.work.progress("S-2020-003").case.assignments[-1]
        assert (held.staff, held.end) == ("AB", date(2020, 3, 1))
        assert bench.work.progress("S-2020-002").case.assignments[-1].staff == "PB"
        await press(pilot, "ctrl+z", "j")
        assert "Taget tilbage i 1 sag" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, OverviewPage)
    assert bench.work.progress("S-2020-003").case.assignments[-1].staff == "PB"


async def test_what_cannot_be_covered_is_told_and_nothing_is_written(bench: Bench) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2", "f")
        await fill_in(pilot, "PB", "AB", "1/3", "S-2020-001")
        assert "PB har ikke S-2020-001" in screen_text(pilot.app)
        await press(pilot, "ctrl+s")
        assert "! PB har ikke S-2020-001" in screen_text(pilot.app)
        await press(pilot, "ctrl+z")
        assert "intet mellem PB og AB" in screen_text(pilot.app)


async def test_without_a_last_day_the_cases_are_moved_and_a_handover_is_offered(bench: Bench) -> None:
    bench.known(role="leder", team="")
    filled(bench)
    async with bench.run() as pilot:
        await press(pilot, "f2", "f")
        await fill_in(pilot, "PB", "AB")
        await press(pilot, "ctrl+s", "j")
        assert "Skal forløbet Overdragelse åbnes" in screen_text(pilot.app)
        await press(pilot, "n")
        assert "Gemt i 2 sager" in screen_text(pilot.app)
    held = [bench.work.progress(case).case.assignments[-1] for case in ("S-2020-002", "S-2020-003")]
    assert [(one.staff, one.end) for one in held] == [("AB", None)] * 2
