"""The case view: answered by key, number or mouse; saved at once; resumed where it was left."""

from __future__ import annotations

from typing import cast

import pytest
from textual.message import Message
from textual.pilot import Pilot

from guide.screens.case import CasePage
from guide.widgets.prompt import PromptPane
from tests.guide.desk_app import Bench, posted, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


async def opened(pilot: Pilot[int], case: str = "S-2020-001") -> CasePage:
    """The case view, filled."""
    page = CasePage(case)
    pilot.app.push_screen(page)
    await settled(pilot)
    return page


def asked(page: CasePage) -> str:
    """The question on screen."""
    return str(page.pane.question.visual)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_case_view(bench: Bench, size: tuple[int, int]) -> None:
    bench.known()
    bench.case()
    async with bench.run(size) as pilot:
        await opened(pilot)
        assert_screen(pilot.app, f"case-{size[0]}x{size[1]}")


async def test_a_digit_answers_at_once_and_is_saved(bench: Bench) -> None:
    bench.known()
    bench.case()
    seen: list[Message] = []
    async with bench.run(hook=seen.append) as pilot:
        page = await opened(pilot)
        assert "Er barnets sundhed eller udvikling i fare?" in asked(page)
        await press(pilot, "2")
        assert [m.text for m in posted(seen, PromptPane.Answered)] == ["nej"]
        assert "Hvorfor vurderer du det?" in asked(page)
        assert "› Nej, ikke akut" in screen_text(pilot.app)
    (state,) = [s for s in bench.work.progress("S-2020-001").runs[0].steps if s.step.id == "risikovurdering"]
    assert state.state == "done"


async def test_arrows_and_enter_answer_too(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await press(pilot, "enter")
        assert "Vælg med et tal" in screen_text(pilot.app)
        await press(pilot, "down", "down", "up", "enter")
        assert "Hvorfor vurderer du det?" in asked(page)
        assert "› Ja, der skal handles nu" in screen_text(pilot.app)


async def test_the_mouse_answers_too(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await pilot.click("#options", offset=(40, 0))
        await settled(pilot)
        assert "Hvorfor vurderer du det?" in asked(page)
        assert "› Nej, ikke akut" in screen_text(pilot.app)


async def test_it_goes_on_where_it_was_left(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await press(pilot, "2")
    async with bench.run() as pilot:
        page = await opened(pilot)
        assert "Hvorfor vurderer du det?" in asked(page)


async def test_a_sentence_becomes_a_note_after_one_key(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await type_text(pilot, "mor ringede [red]i går")
        await press(pilot, "enter")
        assert "Skal »mor ringede [red]i går« gemmes som en note?" in asked(page)
        await press(pilot, "enter")
        assert "Note: mor ringede [red]i går" in screen_text(pilot.app)
        assert "Er barnets sundhed" in asked(page)
    assert bench.work.progress("S-2020-001").runs[0].steps[1].state != "done"


async def test_a_typed_date_is_told_while_typing(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await press(pilot, "2", "enter")
        await type_text(pilot, "i går kl. 14")
        assert "= søn. 16. feb. 2020 kl. 14.00" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "søn. 16. feb. kl. 14.00" in screen_text(pilot.app)


async def test_several_are_chosen_and_then_saved(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await type_text(pilot, "/gå emner")
        await press(pilot, "enter")
        assert "Hvilke emner" in asked(page)
        await press(pilot, "1", "3")
        assert "[1] ✓ Hjemmet" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "› Hjemmet; Vennerne" in screen_text(pilot.app)


async def test_a_slash_suggests_and_tab_completes(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await type_text(pilot, "/hv")
        assert "/hvorfor · " in screen_text(pilot.app)
        await press(pilot, "tab")
        assert page.pane.line.value == "/hvorfor"
        await press(pilot, "enter")
        assert "Det finder tilsyn: Vurderingen er ofte lavet" in screen_text(pilot.app)
        assert page.pane.line.value == ""


async def test_an_unknown_command_gets_a_kind_word(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await type_text(pilot, "/frost")
        await press(pilot, "enter")
        assert "kender jeg ikke" in screen_text(pilot.app)


async def test_another_window_does_not_disturb_the_typing(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await type_text(pilot, "halvt skrevet")
        prompt = bench.work.turn("S-2020-001").prompt
        bench.work.answer("S-2020-001", prompt, "ja")
        await pilot.pause(1.3)
        await settled(pilot)
        assert "› Ja, der skal handles nu" in screen_text(pilot.app)
        assert page.pane.line.value == "halvt skrevet"


async def test_what_stands_half_typed_is_there_again(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await opened(pilot)
        await type_text(pilot, "halvt skrevet")
        await press(pilot, "escape")
        page = await opened(pilot)
        assert page.pane.line.value == "halvt skrevet"


async def test_the_checklist_folds_away_and_leads_to_a_step(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        assert "Tjekliste ─" not in screen_text(pilot.app)
        await press(pilot, "f2")
        assert_screen(pilot.app, "case-checklist-80x24")
        await press(pilot, "down", "enter")
        assert "Har underretteren fået besked?" in asked(page)
        assert "Tjekliste ─" not in screen_text(pilot.app)


async def test_an_earlier_answer_can_be_opened_and_taken_back(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await press(pilot, "2", "enter", "enter")
        page.chat.focus()
        await press(pilot, "up", "up", "enter")
        assert "Du ser på et svar, der allerede er givet" in screen_text(pilot.app) or page.prompt is not None
        await press(pilot, "ctrl+z", "j")
        assert "Trukket tilbage" in screen_text(pilot.app)


async def test_a_long_text_is_written_in_the_editor(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await press(pilot, "2", "f7")
        await type_text(pilot, "rolig")
        await press(pilot, "enter")
        await type_text(pilot, "hjemme")
        assert_screen(pilot.app, "editor-80x24")
        await press(pilot, "escape")
        assert "Kladden er lagt væk" in screen_text(pilot.app)
        await press(pilot, "f7", "ctrl+s")
        assert "Hvorfor vurderer du det?" not in asked(page)
    record = next(s for s in bench.work.progress("S-2020-001").runs[0].steps if s.step.id == "risikovurdering").record
    assert record is not None
    assert record.value["begrundelse"] == "rolig\nhjemme"


async def test_a_refused_text_is_not_lost(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await press(pilot, "2")
        await type_text(pilot, "hun er 010210-1234")
        await press(pilot, "enter")
        assert "CPR" in screen_text(pilot.app)
        assert page.pane.line.value == "hun er 010210-1234"


async def test_a_new_procedure_is_opened_from_the_case(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await type_text(pilot, "/ny")
        await press(pilot, "enter")
        assert_screen(pilot.app, "new-run-80x24")
        await press(pilot, "down", "enter")
        assert page.here is not None
        assert page.here.procedure.id == "afgoerelse"
        assert "Afgørelse om støtte er åbnet." in screen_text(pilot.app)


async def test_a_new_notification_says_how_many_there_were(bench: Bench) -> None:
    bench.known()
    bench.case()
    bench.case("S-2020-002", notified=False)
    async with bench.run((120, 40)) as pilot:
        page = await opened(pilot)
        await type_text(pilot, "/ny")
        await press(pilot, "enter", "enter")
        await type_text(pilot, "i går kl. 20")
        await press(pilot, "enter")
        await type_text(pilot, "S-2020-002")
        await press(pilot, "ctrl+s")
        assert "1 underretning" in screen_text(pilot.app)
        assert page.here is not None
        assert page.here.run is not None
        assert page.here.run.id == "underretning-2"
    assert len(bench.work.progress("S-2020-002").case.runs) == 1


async def test_the_palette_jumps_to_an_open_step(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = await opened(pilot)
        await press(pilot, "ctrl+p")
        await type_text(pilot, "kvit")
        assert_screen(pilot.app, "palette-80x24")
        await press(pilot, "enter")
        assert "Har underretteren fået besked?" in asked(page)


async def test_user_text_is_never_markup(bench: Bench) -> None:
    bench.known()
    bench.case()
    bench.work.note("S-2020-001", "se [link=x]her[/link] [bold]nu", "underretning-1")
    async with bench.run() as pilot:
        await opened(pilot)
        shown = screen_text(pilot.app)
        assert "Note: se [link=x]her[/link] [bold]nu" in shown


async def test_help_lists_the_keys_of_the_screen(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run((120, 40)) as pilot:
        await opened(pilot)
        await press(pilot, "f1")
        shown = screen_text(pilot.app)
        for word in ("F2", "F4", "F5", "F6", "F7", "Ctrl+Z", "/hvorfor"):
            assert word in shown
        await press(pilot, "escape")
        assert isinstance(cast(object, pilot.app.screen), CasePage)
