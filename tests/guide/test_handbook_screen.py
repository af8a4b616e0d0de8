"""The handbook reader: contents, one open section, links that jump."""

from __future__ import annotations

import pytest

from guide.screens.case import CasePage
from guide.screens.handbook import HandbookPage
from guide.widgets.section import Place, follow, links, section
from handbook.load import load
from tests.guide.desk_app import NOW, PAGES, Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_opens_on_the_contents(bench: Bench, size: tuple[int, int]) -> None:
    bench.known(role="ny")
    async with bench.run(size) as pilot:
        assert_screen(pilot.app, f"handbook-{size[0]}x{size[1]}")


async def test_a_number_follows_a_link_and_backspace_returns(bench: Bench) -> None:
    bench.known(role="ny")
    async with bench.run((120, 40)) as pilot:
        await press(pilot, "2")
        assert "Hvornår er afgørelsen truffet?" in screen_text(pilot.app)
        await press(pilot, "1")
        assert "Trin i håndbogen (SEL), der bygger på SEL § 52, stk. 1" in screen_text(pilot.app)
        await press(pilot, "backspace", "backspace")
        assert "Det, der går forud for støtten." in screen_text(pilot.app)


async def test_a_step_can_be_searched_for(bench: Bench) -> None:
    bench.known(role="ny")
    async with bench.run((120, 40)) as pilot:
        await type_text(pilot, "/")
        await type_text(pilot, "kvittering")
        await press(pilot, "enter", "enter")
        assert "Bekræft kun, at underretningen er modtaget." in screen_text(pilot.app)


async def test_n_and_p_turn_the_pages(bench: Bench) -> None:
    bench.known(role="ny")
    async with bench.run((120, 40)) as pilot:
        await press(pilot, "n")
        assert "Er der talt med barnet?" in screen_text(pilot.app)
        await press(pilot, "n", "p", "p")
        assert "Det, der går forud for støtten." in screen_text(pilot.app)


async def test_f3_looks_up_what_is_asked(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run((120, 40)) as pilot:
        pilot.app.push_screen(CasePage("S-2020-001"))
        await settled(pilot)
        await press(pilot, "f3")
        assert isinstance(pilot.app.screen, HandbookPage)
        assert "Fristen gælder selve vurderingen" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasePage)


def test_links_lead_to_steps_pages_and_clauses() -> None:
    here = Place("underretning", "kvittering")
    assert follow("#akut", here) == Place("underretning", "akut")
    assert follow("#risikovurdering/ja", here) == Place("underretning", "risikovurdering")
    assert follow("afgoerelse.md#truffet", here) == Place("afgoerelse", "truffet")
    assert follow("afgoerelse.md", here) == Place("afgoerelse", "")
    assert follow("lov:SEL%20%C2%A7%2052", here) == Place(clause="SEL § 52")
    assert follow("sag:fyldt-18", here) is None
    assert follow("https://example.org", here) is None


def test_a_section_is_the_page_as_written_with_clauses_as_links() -> None:
    book = load(PAGES, "serviceloven")
    text = section(book, Place("underretning", "risikovurdering"), NOW.date())
    assert "**Frist:** 24 timer efter [modtagelsen](#modtaget)" in text
    assert "1. [Ja, der skal handles nu](#akut)\n" in text
    assert ("SEL § 155, stk. 2", "lov:SEL%20%C2%A7%20155%2C%20stk.%202") in links(text)
    assert "{#" not in text


def test_a_place_that_is_gone_says_so() -> None:
    assert "findes ikke" in section(load(PAGES, "serviceloven"), Place("borte"), NOW.date())
