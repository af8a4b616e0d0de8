"""The committee's list and the way when a child cannot wait."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guide.editions import load_handbooks
from guide.screens.case import CasePage
from guide.screens.meeting import MeetingPage
from guide.screens.ready import ReadyPage
from tests.guide.desk_app import Bench, press, settled
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text

LAYER = Path(__file__).parents[2] / "handbook" / "eksempel_stevns"


@pytest.fixture
def municipal(bench: Bench) -> Bench:
    """The whole handbook with a municipality's folder, and two cases with a decision under way."""
    bench.handbooks = dict(load_handbooks(LAYER))  # type: ignore[assignment]
    bench.work.handbooks = bench.handbooks
    bench.known()
    for case in ("S-2020-001", "S-2020-002"):
        bench.case(case, notified=False)
        bench.work.open_run(case, "afgoerelse", day=date(2020, 2, 17))
    return bench


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_list_names_the_meeting_and_what_each_case_lacks(municipal: Bench, size: tuple[int, int]) -> None:
    async with municipal.run(size) as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        assert_screen(pilot.app, f"meeting-{size[0]}x{size[1]}")


async def test_right_goes_to_the_next_meeting_and_left_back(municipal: Bench) -> None:
    async with municipal.run() as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        assert "tirs. 25. feb." in screen_text(pilot.app)
        await press(pilot, "right")
        assert "tirs. 3. marts" in screen_text(pilot.app)
        await press(pilot, "left")
        assert "tirs. 25. feb." in screen_text(pilot.app)


async def test_enter_shows_what_the_case_lacks(municipal: Bench) -> None:
    async with municipal.run() as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, ReadyPage)
        assert "S-2020-002" in screen_text(pilot.app)


async def test_the_committees_answer_is_written_in_the_case_and_shown_in_the_list(municipal: Bench) -> None:
    async with municipal.run() as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        await press(pilot, "u")
        page = pilot.app.screen
        assert isinstance(page, CasePage)
        assert "Hvad sagde forvisitationsudvalget?" in str(page.pane.question.visual)
    (record,) = municipal.work.store.append([_answer(municipal)])
    assert record.step == "forvisitation"
    async with municipal.run() as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        assert "udsat" in screen_text(pilot.app)


async def test_without_a_step_of_the_municipalitys_own_the_handbooks_is_used(municipal: Bench) -> None:
    municipal.handbooks.clear()
    municipal.handbooks.update(load_handbooks())  # type: ignore[arg-type]
    async with municipal.run() as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        await press(pilot, "u")
        page = pilot.app.screen
        assert isinstance(page, CasePage)
        assert "Hvad sagde udvalget eller mødet" in str(page.pane.question.visual)


def _answer(bench: Bench):  # type: ignore[no-untyped-def]
    from store.events import Event

    return Event(
        id="svar-1", kind="record", case="S-2020-001", run="afgoerelse-1", procedure="afgoerelse", step="forvisitation",
        day=date(2020, 2, 17), value={"valg": "udsat", "raad": "Barnets syn mangler."}, by="LH",
    )  # fmt: skip


async def test_no_decision_under_way_says_when_a_case_comes_on_the_list(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        pilot.app.push_screen(MeetingPage())
        await settled(pilot)
        assert "Sagen kommer på listen, når forløbet Afgørelse er åbnet" in " ".join(screen_text(pilot.app).split())


async def test_the_child_cannot_wait(municipal: Bench) -> None:
    async with municipal.run() as pilot:
        pilot.app.push_screen(ReadyPage("S-2020-001"))
        await settled(pilot)
        assert "Handl først." not in screen_text(pilot.app)
        await press(pilot, "a")
        assert_screen(pilot.app, "ready-akut-80x24")
        await press(pilot, "a")
        assert "Handl først." not in screen_text(pilot.app)
