"""Quick entry: ten steps in one pass, all or nothing."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from textual.pilot import Pilot

from checklists.calendar import TZ
from checklists.states import Progress
from guide import quick_entry
from guide.screens.case import CasePage
from guide.screens.quick import QuickPage
from tests.guide.desk_app import NOW, Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


async def opened(pilot: Pilot[int]) -> None:
    """The quick entry of the case, from its case view."""
    pilot.app.push_screen(CasePage("S-2020-001"))
    await settled(pilot)
    await press(pilot, "f6")


def states(progress: Progress) -> dict[str, str]:
    """Step -> state in the first run."""
    return {step.step.id: step.state for step in progress.runs[0].steps}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_dates_are_understood_while_typing(bench: Bench, size: tuple[int, int]) -> None:
    bench.known()
    bench.case()
    async with bench.run(size) as pilot:
        await opened(pilot)
        await type_text(pilot, "i går kl. 15")
        await press(pilot, "enter")
        await type_text(pilot, "2")
        await press(pilot, "enter")
        await type_text(pilot, "=")
        await press(pilot, "enter")
        await type_text(pilot, "32/1")
        assert_screen(pilot.app, f"quick-{size[0]}x{size[1]}")


async def test_all_are_saved_together(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await type_text(pilot, "i går kl. 15")
        await press(pilot, "enter")
        await type_text(pilot, "2")
        await press(pilot, "enter")
        await type_text(pilot, "i dag")
        await press(pilot, "enter")
        await type_text(pilot, "=")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CasePage)
        assert "3 trin er gemt." in screen_text(pilot.app)
    found = states(bench.work.progress("S-2020-001"))
    assert (found["risikovurdering"], found["kvittering"], found["foraeldre"]) == ("done", "done", "done")


async def test_one_bad_date_stops_them_all(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await type_text(pilot, "i dag")
        await press(pilot, "enter", "enter")
        await type_text(pilot, "i overmorgen")
        await press(pilot, "ctrl+s")
        assert "1 række kan ikke læses; intet er gemt endnu." in screen_text(pilot.app)
        assert isinstance(pilot.app.screen, QuickPage)
    assert states(bench.work.progress("S-2020-001"))["risikovurdering"] != "done"


async def test_leaving_with_dates_asks_first(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await type_text(pilot, "i dag")
        await press(pilot, "escape")
        assert "Datoerne er ikke gemt" in screen_text(pilot.app)
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, QuickPage)
        await press(pilot, "escape", "j")
        assert isinstance(pilot.app.screen, CasePage)


def test_an_answer_without_a_date_and_an_answer_too_many(bench: Bench) -> None:
    bench.case()
    run = bench.work.progress("S-2020-001").runs[0]
    step = next(s for s in run.steps if s.step.id == "risikovurdering")
    read = quick_entry.read(
        [
            quick_entry.Typed(step, "", "1"),
            quick_entry.Typed(step, "i dag", "7"),
            quick_entry.Typed(step, "i dag", "1 2"),
        ],
        NOW,
    )
    assert [row.problem for row in read] == [
        "Skriv en dato til svaret.",
        "Svaret er et tal fra 1 til 2.",
        "Her kan kun vælges ét svar.",
    ]


def test_the_first_row_has_nothing_to_repeat(bench: Bench) -> None:
    bench.case()
    step = bench.work.progress("S-2020-001").runs[0].steps[0]
    assert quick_entry.read([quick_entry.Typed(step, "=")], NOW)[0].problem


def test_a_recorded_step_is_corrected_and_keeps_its_other_answers(bench: Bench) -> None:
    bench.case()
    work = bench.work
    work.answer("S-2020-001", work.turn("S-2020-001").prompt, "nej")
    work.answer("S-2020-001", work.turn("S-2020-001").prompt, "rolig nok")
    progress = work.progress("S-2020-001")
    run = progress.runs[0]
    step = next(s for s in run.steps if s.step.id == "risikovurdering")
    rows = quick_entry.read([quick_entry.Typed(step, "16/2 kl. 16")], NOW)
    work.save(quick_entry.drafts(progress, run, rows, work.handbooks))
    record = next(s for s in work.progress("S-2020-001").runs[0].steps if s.step.id == "risikovurdering").record
    assert record is not None
    assert record.at == datetime(2020, 2, 16, 16, 0, tzinfo=TZ)
    assert record.day == date(2020, 2, 16)
    assert (record.value["valg"], record.value["begrundelse"]) == ("nej", "rolig nok")
