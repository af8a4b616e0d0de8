"""Ledelsestilsyn in the app: the letters, the caseworker's answers, looking again, the meeting's page, the trend."""

from __future__ import annotations

from datetime import date

import pytest
from docx import Document

from guide.screens.review import ReviewPage
from guide.screens.review_letters import LettersPage
from guide.screens.review_points import PointsPage
from tests.guide.desk_app import press, settled
from tests.guide.review_app import Rounds, both_sizes, to_case, write
from tests.guide.review_app import review_demo as review_demo
from tests.guide.review_app import rounds as rounds
from tests.guide.snapshot import screen_text


@pytest.fixture
def reviewed(rounds: Rounds) -> Rounds:
    """D12, drawn from PB, has been reviewed by FL: a strength, a repair, and a fault that cannot be undone."""
    rounds.draw()
    with rounds.loop() as loop:
        loop.strength("D12", "Netværket er med fra starten")
        loop.mend("D12", "Gør undersøgelsen færdig", date(2020, 3, 3))
        loop.mend("D12", "Samtalen lå efter afgørelsen", undoable=False, helps="Tal med barnet nu")
        loop.learning("", "Skriv, hvem I venter på")
        loop.reviewed("D12")
    return rounds


async def test_the_letters_are_read_and_then_written_where_one_says(reviewed: Rounds) -> None:
    async with reviewed.run() as pilot:
        await to_case(pilot, "D12")
        await press(pilot, "b", "t")
        assert isinstance(pilot.app.screen_stack[-2], LettersPage)
        await write(pilot, "25. feb. kl. 10")
        await press(pilot, "ctrl+s")
        await both_sizes(pilot, "review-letter")
        await press(pilot, "right")
        assert "Det lægges aldrig på sagen" in screen_text(pilot.app)
        await press(pilot, "ctrl+s", "ctrl+s")
        assert "til-dig-D12.docx" in screen_text(pilot.app)
        await press(pilot, "ctrl+s", "ctrl+s")
        assert "Skal de erstattes?" in screen_text(pilot.app)
        await press(pilot, "n")
    folder = next(reviewed.folder.rglob("ledelsestilsyn"))
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".docx", ".md", ".md"]
    letter = "\n".join(p.text for p in Document(str(folder / "til-dig-D12.docx")).paragraphs)
    assert letter.index("Netværket er med fra starten.") < letter.index("Vi taler sammen tirs. 25. feb. 2020 kl. 10.00")
    with reviewed.loop() as loop:
        assert loop.round().find("D12").filed == date(2020, 2, 17)  # type: ignore[union-attr]


async def test_one_letter_gathers_a_caseworkers_whole_round(reviewed: Rounds) -> None:
    async with reviewed.run() as pilot:
        await press(pilot, "enter", "ctrl+end", "d")
        assert "PB · sag D8, D12, E2, D4, O3" in screen_text(pilot.app)
        await press(pilot, "ctrl+s", "ctrl+s")
    (letter,) = reviewed.folder.rglob("til-dig-PB-tilsyn-1.md")
    assert "- D12: Netværket er med fra starten." in letter.read_text("utf-8")
    with reviewed.loop() as loop:
        assert [one.case for one in loop.round().present if one.letter] == ["D8", "D12", "E2", "D4", "O3"]
        assert not any(one.filed for one in loop.round().present)


async def test_a_caseworker_sees_and_answers_what_is_about_their_own(reviewed: Rounds) -> None:
    async with reviewed.run("PB", "sagsbehandler") as pilot:
        await both_sizes(pilot, "review-own")
        await press(pilot, "n", "4")
        assert isinstance(pilot.app.screen, ReviewPage)
        assert "Udvikling" not in screen_text(pilot.app)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, PointsPage)
        await both_sizes(pilot, "review-points")
        await press(pilot, "a")
        await write(pilot, "Tak, det var et ønske fra barnet")
        await press(pilot, "ctrl+s", "down", "d", "ctrl+s", "o")
        assert "meldt rettet, ikke set" in screen_text(pilot.app)
    with reviewed.loop() as loop:
        assert [reply.by for reply in loop.point("D12.1").replies] == ["PB"]
        assert [repair.state for repair in loop.repairs()] == ["said done", "cannot be undone"]
    async with reviewed.run("LH", "sagsbehandler") as pilot:
        assert "D12" not in screen_text(pilot.app)
        await press(pilot, "2")
        assert "Der er ingen åbne rettelser." in screen_text(pilot.app)


async def test_the_caseworker_is_told_that_a_review_is_not_finished(rounds: Rounds) -> None:
    rounds.draw()
    with rounds.loop() as loop:
        loop.learning("D12", "Kun en tanke endnu")
    async with rounds.run("PB", "sagsbehandler") as pilot:
        await press(pilot, "down", "enter")
        shown = screen_text(pilot.app)
        assert "Gennemgangen er ikke færdig, så noget kan blive ændret." in shown
        assert "Kun en tanke" in shown


async def test_a_repair_closes_when_somebody_else_has_looked_again(reviewed: Rounds) -> None:
    with reviewed.loop("PB") as loop:
        loop.said_done("D12.2", "afsluttet i dag")
    async with reviewed.run("PB") as pilot:
        await press(pilot, "2", "o", "j")
        assert "Et par andre øjne" in screen_text(pilot.app)
    async with reviewed.run() as pilot:
        await press(pilot, "right")
        await both_sizes(pilot, "review-repairs")
        await press(pilot, "m")
        await write(pilot, "stillingtagen mangler")
        await press(pilot, "ctrl+s")
        assert "! Aftal en ny dag" in screen_text(pilot.app)
        await write(pilot, "10. marts")
        await press(pilot, "ctrl+s")
        assert "10. marts" in screen_text(pilot.app)
        await press(pilot, "o", "j")
        assert "Der er ingen åbne rettelser." in screen_text(pilot.app)
        await press(pilot, "ctrl+z", "3")
        assert "Det hjælper barnet nu: Tal med barnet nu." in screen_text(pilot.app)
    with reviewed.loop() as loop:
        assert [(r.key, r.state) for r in loop.repairs()] == [("D12.2", "open"), ("D12.3", "cannot be undone")]


async def test_the_meetings_page_and_the_trend_name_nobody(reviewed: Rounds) -> None:
    with reviewed.loop() as loop:
        loop.draw("b", 1, months=0, concept="intake")
        for case in loop.round("tilsyn-2").present:
            loop.reviewed(case.case, "tilsyn-2")
    async with reviewed.run() as pilot:
        await press(pilot, "4")
        await both_sizes(pilot, "review-trend")
        await press(pilot, "1", "down", "v")
        await settled(pilot)
        await both_sizes(pilot, "review-page")
        await press(pilot, "l")
        await write(pilot, "Aftal samtalen, før I skriver")
        await press(pilot, "ctrl+s", "ctrl+s", "ctrl+s")
    text = next(reviewed.folder.rglob("hvad-runden-viste-tilsyn-1.md")).read_text("utf-8")
    assert "Aftal samtalen, før I skriver" in text
    assert "D12" not in text
