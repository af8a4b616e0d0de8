"""What somebody typed stays until they say otherwise, and the keyboard goes to where something is to be mended."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll

from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from guide.screens.confirm import Confirm
from guide.screens.message import MessageScreen
from guide.screens.new_case import NewCasePage
from guide.screens.notification import NotificationPage
from guide.screens.welcome import Welcome
from guide.widgets.form import FormRow
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import screen_text


async def test_escape_gives_the_sentence_back_instead_of_making_it_a_note(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = CasePage("S-2020-001")
        pilot.app.push_screen(page)
        await settled(pilot)
        await type_text(pilot, "mor ringede")
        await press(pilot, "enter")
        assert page.prompt is not None
        assert page.prompt.kind == "confirm"
        await press(pilot, "escape")
        assert page.pane.line.value == "mor ringede"
        assert pilot.app.screen is page
        assert "Er barnets sundhed" in str(page.pane.question.visual)


async def test_a_refused_command_is_replaced_by_the_next(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = CasePage("S-2020-001")
        pilot.app.push_screen(page)
        await settled(pilot)
        await type_text(pilot, "/gå månen")
        await press(pilot, "enter")
        assert page.pane.line.value == "/gå månen"
        await type_text(pilot, "/status")
        assert page.pane.line.value == "/status"


async def test_a_case_with_nothing_in_it_says_how_to_begin(bench: Bench) -> None:
    bench.known()
    bench.case(notified=False)
    async with bench.run() as pilot:
        page = CasePage("S-2020-001")
        pilot.app.push_screen(page)
        await settled(pilot)
        assert "/ny" in str(page.pane.question.visual)


async def test_the_answer_to_be_taken_back_is_named(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        pilot.app.push_screen(CasePage("S-2020-001"))
        await settled(pilot)
        await press(pilot, "2", "ctrl+z")
        assert isinstance(pilot.app.screen, Confirm)
        assert "»Nej, ikke akut" in screen_text(pilot.app)


@pytest.mark.parametrize("form", [NewCasePage, lambda: NotificationPage("S-2020-001")])
async def test_a_form_with_something_in_it_is_not_left_by_one_key(bench: Bench, form: type[NewCasePage]) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        page = form()
        pilot.app.push_screen(page)
        await settled(pilot)
        await type_text(pilot, "i går")
        await press(pilot, "escape", "enter")
        assert pilot.app.screen is page
        assert page.query(FormRow).first().value == "i går"
        await press(pilot, "escape", "j")
        assert isinstance(pilot.app.screen, CasesPage)


async def test_an_untouched_form_is_left_at_once(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        await press(pilot, "n", "escape")
        assert isinstance(pilot.app.screen, CasesPage)


@pytest.mark.parametrize(("ref", "sibling", "row"), [("S-2020-001", "", "ref"), ("S-2020-002", "S-9", "siblings")])
async def test_a_refused_case_leads_to_the_line_that_is_wrong(bench: Bench, ref: str, sibling: str, row: str) -> None:
    bench.known()
    bench.case()
    async with bench.run() as pilot:
        await press(pilot, "n")
        await type_text(pilot, ref)
        await press(pilot, "tab", "tab", "tab", "tab", "tab")
        await type_text(pilot, "i går")
        await press(pilot, "tab")
        await type_text(pilot, sibling)
        await press(pilot, "ctrl+s")
        assert pilot.app.screen.query_one(f"#{row}", FormRow).input.has_focus


async def test_a_refused_welcome_leads_to_the_initials(bench: Bench) -> None:
    async with bench.run() as pilot:
        await press(pilot, "tab", "ctrl+d")
        assert isinstance(pilot.app.screen, Welcome)
        assert pilot.app.screen.initials.has_focus
        await type_text(pilot, "LH")
        assert "Skriv dine initialer" not in screen_text(pilot.app)


async def test_enter_closes_a_message_wherever_the_keyboard_is(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        message = MessageScreen("Besked", "\n".join(f"linje {n}" for n in range(60)))
        pilot.app.push_screen(message)
        await settled(pilot)
        message.set_focus(message.query_one(VerticalScroll))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CasesPage)
