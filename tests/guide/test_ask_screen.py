"""Spørg håndbogen: from anywhere by F8, answers in a list, Enter opens the page, Escape leads back."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from guide.screens.ask import AskPage
from guide.screens.case import CasePage
from guide.screens.cases import CasesPage
from guide.screens.handbook import HandbookPage
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


async def ask(pilot: Pilot[int], question: str) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, AskPage)
    screen.line.value = question
    await press(pilot, "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_question_is_answered_and_enter_opens_the_step(bench: Bench, size: tuple[int, int]) -> None:
    bench.known()
    async with bench.run(size) as pilot:
        await press(pilot, "f8")
        assert isinstance(pilot.app.screen, AskPage)
        await ask(pilot, "hvor hurtigt skal vi kvittere")
        assert_screen(pilot.app, f"ask-{size[0]}x{size[1]}")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, HandbookPage)
        assert "Bekræft kun, at underretningen er modtaget." in screen_text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, AskPage)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesPage)


async def test_outside_is_said_and_a_new_question_can_be_typed_at_once(bench: Bench) -> None:
    bench.known()
    async with bench.run() as pilot:
        await press(pilot, "f8")
        assert_screen(pilot.app, "ask-empty-80x24")
        await ask(pilot, "vejret i morgen")
        assert "Det står ikke i håndbogen." in screen_text(pilot.app)
        await type_text(pilot, "kvitter")
        await press(pilot, "enter")
        assert "Enter åbner siden" in screen_text(pilot.app)
        assert "Frist: 6 hverdage efter modtagelsen." in screen_text(pilot.app)


async def say(pilot: Pilot[int], line: str) -> None:
    assert isinstance(pilot.app.screen, CasePage)
    pilot.app.screen.pane.line.value = line
    await press(pilot, "enter")


async def test_a_question_in_the_chat_leads_to_the_page_and_back(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run((120, 40)) as pilot:
        pilot.app.push_screen(CasePage("S-2020-001"))
        await settled(pilot)
        asked = pilot.app.screen.prompt  # type: ignore[attr-defined]
        await say(pilot, "/spørg hvor hurtigt skal vi kvittere?")
        assert "Åbn siden: /håndbog underretning#kvittering" in screen_text(pilot.app)
        assert pilot.app.screen.prompt == asked  # type: ignore[attr-defined]
        await say(pilot, "/håndbog underretning#kvittering")
        assert isinstance(pilot.app.screen, HandbookPage)
        assert "Bekræft kun, at underretningen er modtaget." in screen_text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasePage)
