"""Ledelsestilsyn in the app: rounds drawn and looked at, a case reviewed, repairs by date, and who sees what."""

from __future__ import annotations

from datetime import date

from textual.widgets import TextArea

from guide.screens.handbook import HandbookPage
from guide.screens.review import ReviewPage
from guide.screens.review_ask import Ask
from guide.screens.review_case import CaseReviewPage
from guide.screens.review_draw import ReviewDrawPage
from guide.screens.review_round import RoundPage
from guide.supervision import Wish
from guide.widgets.form import FormRow
from tests.guide.desk_app import press, settled
from tests.guide.review_app import Rounds, both_sizes, to_case, write
from tests.guide.review_app import review_demo as review_demo
from tests.guide.review_app import rounds as rounds
from tests.guide.snapshot import screen_text


async def test_a_round_is_looked_at_before_it_is_drawn(rounds: Rounds) -> None:
    async with rounds.run() as pilot:
        assert "Der er ikke trukket nogen runde endnu" in screen_text(pilot.app)
        await press(pilot, "n")
        page = pilot.app.screen
        assert isinstance(page, ReviewDrawPage)
        for name, text in (("seed", "stevns"), ("wanted", "6")):
            page.query_one(f"#{name}", FormRow).input.value = text
        await settled(pilot)
        await both_sizes(pilot, "review-draw")
        with rounds.loop() as loop:
            assert loop.rounds() == ()
        await press(pilot, "ctrl+s", "j")
        assert isinstance(pilot.app.screen, RoundPage)
        await both_sizes(pilot, "review-round")
    with rounds.loop() as loop:
        drawn = {one.case for one in loop.round().cases}
        assert drawn == {case for share in loop.plan(_wish(6, 0)).shares for case in share.drawn}


def _wish(wanted: int, months: int) -> Wish:
    return Wish("stevns", wanted, months)


async def test_a_line_that_cannot_be_read_draws_nothing(rounds: Rounds) -> None:
    async with rounds.run() as pilot:
        await press(pilot, "n")
        page = pilot.app.screen
        page.query_one("#start", FormRow).input.value = "31/2-2019"
        await settled(pilot)
        await press(pilot, "ctrl+s")
        assert "Trækningen er ikke klar" in screen_text(pilot.app)
        page.query_one("#start", FormRow).input.value = "1/3-2020"
        await settled(pilot)
        assert "lad perioden begynde, før den slutter" in screen_text(pilot.app)
    with rounds.loop() as loop:
        assert loop.rounds() == ()


async def test_recently_drawn_cases_are_named_as_left_out(rounds: Rounds) -> None:
    rounds.draw(wanted=3)
    async with rounds.run() as pilot:
        await press(pilot, "n")
        shown = screen_text(pilot.app)
        assert "2 af 5 mulige, 1 for lidt; 3 holdt ude, trukket for nylig" in shown
        assert "holdt ude: D1, D9, E3" in shown


async def test_a_case_is_exchanged_with_a_reason(rounds: Rounds) -> None:
    rounds.draw(wanted=3)
    async with rounds.run() as pilot:
        await press(pilot, "enter", "u", "ctrl+s")
        assert "! Skriv, hvorfor sagen udgår." in screen_text(pilot.app)
        await write(pilot, "familien er flyttet")
        await press(pilot, "ctrl+s")
        assert "er udgået. I stedet:" in screen_text(pilot.app)
    with rounds.loop() as loop:
        out = next(one for one in loop.round().cases if one.out)
        assert out.out == "familien er flyttet"
        assert loop.round().find(out.replaced_by) is not None


async def test_a_round_drawn_by_mistake_is_taken_back_until_something_is_reviewed(rounds: Rounds) -> None:
    rounds.draw()
    async with rounds.run() as pilot:
        await press(pilot, "enter", "x")
        await write(pilot, "forkert periode")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ReviewPage)
        assert "Der er ikke trukket nogen runde endnu" in screen_text(pilot.app)
    rounds.draw()
    with rounds.loop() as loop:
        assert loop.round().id == "tilsyn-2"
        loop.reviewed("D12")
    async with rounds.run() as pilot:
        await press(pilot, "enter", "x")
        await write(pilot, "fortrudt")
        await press(pilot, "ctrl+s")
        assert "Gennemgangen i tilsyn-2 er begyndt" in screen_text(pilot.app)


async def test_a_case_is_reviewed_one_theme_at_a_time(rounds: Rounds) -> None:
    rounds.draw()
    async with rounds.run() as pilot:
        await to_case(pilot, "D12")
        await both_sizes(pilot, "review-case")
        await press(pilot, "enter", "down", "j")
        assert isinstance(pilot.app.screen, Ask)
        assert "Registreringerne siger nej" in screen_text(pilot.app)
        await press(pilot, "ctrl+s")
        assert "! Du ser det anderledes end datoerne." in screen_text(pilot.app)
        await write(pilot, "samtalen er i bilag 3")
        await press(pilot, "ctrl+s", "2", "s")
        await write(pilot, "netværket er med fra starten")
        await press(pilot, "ctrl+s", "r")
        await write(pilot, "gør planen færdig")
        await press(pilot, "tab")
        await write(pilot, "3. marts")
        await press(pilot, "ctrl+s")
        await both_sizes(pilot, "review-answered")
    with rounds.loop() as loop:
        sheet = loop.sheet("D12")
        talk = sheet.line("child-talk")
        assert talk is not None
        assert (talk.dates_say, talk.answer, talk.reason) == ("nej", "ja", "samtalen er i bilag 3")
        (repair,) = sheet.reviewed.repairs
        assert (repair.agreed, repair.measure) == (date(2020, 3, 3), "child-talk")
        assert {note.kind for note in sheet.reviewed.notes} == {"quality", "strength"}


async def test_one_goes_on_where_one_stopped_and_undoes_step_by_step(rounds: Rounds) -> None:
    rounds.draw()
    async with rounds.run() as pilot:
        await to_case(pilot, "D12")
        await press(pilot, "enter", "enter", "enter", "right", "escape", "enter")
        assert "2 af 6 Faglig udredning" in screen_text(pilot.app)
        await press(pilot, "n", "ctrl+z")
        assert "Fortrudt." in screen_text(pilot.app)
        await press(pilot, "left", "3", "1", "ctrl+z")
        assert "høj grad" in screen_text(pilot.app)
        await press(pilot, "ctrl+z")
        assert "Kvalitet: 1 lav" in screen_text(pilot.app)
        await press(pilot, "ctrl+z")
        assert "ikke mere at fortryde på denne side" in screen_text(pilot.app)
    with rounds.loop() as loop:
        assert set(loop.sheet("D12").reviewed.judged) == {
            "child-involvement",
            "custody-holder-involvement",
            "child-talk",
        }
        assert loop.sheet("D12").reviewed.notes == ()


async def test_what_was_typed_waits_when_one_goes_back(rounds: Rounds) -> None:
    rounds.draw()
    async with rounds.run() as pilot:
        await to_case(pilot, "D12")
        await press(pilot, "s")
        await write(pilot, "se 010203-1234")
        await press(pilot, "ctrl+s")
        assert "ligner et CPR-nummer" in screen_text(pilot.app)
        await press(pilot, "s")
        assert "se 010203-1234" in screen_text(pilot.app)
        pilot.app.screen.query_one(TextArea).text = "barnets ord"
        await press(pilot, "escape", "escape", "enter", "s")
        assert "│ barnets ord" in screen_text(pilot.app)
        await press(pilot, "ctrl+s", "s")
        assert "│ barnets ord" not in screen_text(pilot.app)


async def test_the_handbook_opens_at_the_step_behind_the_measure(rounds: Rounds) -> None:
    rounds.draw()
    async with rounds.run() as pilot:
        await to_case(pilot, "D12")
        await press(pilot, "down", "down", "f3")
        page = pilot.app.screen
        assert isinstance(page, HandbookPage)
        assert (page._place.procedure, page._place.step) == ("boernesamtale", "holdt")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CaseReviewPage)


async def test_a_case_is_finished_after_one_question(rounds: Rounds) -> None:
    rounds.draw()
    async with rounds.run() as pilot:
        await to_case(pilot, "D12")
        await press(pilot, "g")
        assert "krav er ikke set efter; dér gælder det, datoerne siger" in " ".join(
            screen_text(pilot.app).replace("│", " ").split()
        )
        await press(pilot, "j")
        assert "D12 er gennemgået." in screen_text(pilot.app)
        await press(pilot, "escape", "c", "j")
        assert "! Runden kan ikke lukkes endnu." in screen_text(pilot.app)
    with rounds.loop() as loop:
        assert loop.sheet("D12").reviewed.done == date(2020, 2, 17)
