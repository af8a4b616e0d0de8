"""The dialogue as it reads: a question, an answer, the next question; and that all of it is folded from the records."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide import conversation
from guide.turns import Focus, Prompt
from tests.guide.player import Player
from tests.guide.small_handbook import small


@pytest.fixture
def player() -> Player:
    played = Player({"serviceloven": small()})
    played.open("underretning")
    return played


def received(player: Player, when: str = "i dag kl. 10") -> Player:
    player.answer("act:done", when)
    return player


class TestAskAndAnswer:
    def test_first_step_of_an_opened_run_is_asked(self, player: Player) -> None:
        assert player.question == "Hvornår nåede underretningen kommunen?"
        assert player.ask.kind == "moment"

    def test_a_declared_time_is_asked_for_itself(self, player: Player) -> None:
        player.answer("1")
        assert player.ask.kind == "moment"
        assert player.ask.default == ""
        player.answer("")
        assert "Skriv" in player.last.problem

    def test_the_step_running_out_of_time_comes_next(self, player: Player) -> None:
        received(player)
        assert player.question == "Er barnet i fare?"
        assert [o.label for o in player.ask.options][:2] == ["Ja, der skal handles nu", "Nej, ikke akut"]
        assert player.options[2:5] == ["act:planned", "act:attempted", "act:awaiting"]

    def test_guidance_is_plain_and_the_deadline_names_its_basis(self, player: Player) -> None:
        received(player)
        assert "Fristen gælder vurderingen, ikke kontakten." in player.said
        law = next(m.text for m in player.turn.messages if m.tone == "law")
        assert law == (
            "Frist: lør. 8. feb. kl. 10.00, også i weekenden (om 18 timer). "
            "Lov: SEL § 155, stk. 2. Praksis: skriv altid hvorfor."
        )

    def test_both_dates_are_shown_when_hverdage_may_be_counted_two_ways(self, player: Player) -> None:
        received(player)
        player.go("kvittering", "underretning-1")
        law = next(m.text for m in player.turn.messages if m.tone == "law")
        assert law.startswith("Frist: fre. 14. feb. (om 7 dage). Regnes først som sen efter man. 17. feb.")

    def test_fields_are_asked_one_at_a_time_and_last_when_it_happened(self, player: Player) -> None:
        received(player).answer("2")
        assert (player.ask.kind, player.question) == ("text", "Begrundelse?")
        player.answer("Barnet er hos mormor.")
        assert player.ask.kind == "person"
        player.answer("")
        assert (player.ask.kind, player.question, player.ask.default) == ("moment", "Hvornår?", "nu")
        player.answer("")
        assert player.value("risikovurdering") == {
            "valg": "nej", "begrundelse": "Barnet er hos mormor.", "vurderet_af": "LH",
        }  # fmt: skip

    def test_the_choice_points_at_what_is_asked_next(self, player: Player) -> None:
        received(player).answer("Ja, der skal handles nu", "blå mærker", "LH", "nu")
        assert player.question == "Er barnet i sikkerhed?"

    def test_every_answer_is_saved_at_once(self, player: Player) -> None:
        received(player)
        before = len(player.events)
        player.answer("ja")
        assert len(player.events) == before + 1
        player.answer("blå mærker")
        assert len(player.events) == before + 2
        assert player.events[-1].replaces == player.events[-2].id

    def test_what_was_answered_is_told_with_when_and_by_whom(self, player: Player) -> None:
        received(player)
        said = [m for m in player.turn.messages if m.speaker == "dig"]
        assert said[0].text == "Gjort · fre. 7. feb. kl. 10.00 · LH"
        assert said[0].focus is not None

    def test_all_settled_in_the_run_goes_on_elsewhere_or_asks_nothing(self, player: Player) -> None:
        for step in ("modtaget", "risikovurdering", "akut", "kvittering", "foraeldre", "vej"):
            player.go(step, "underretning-1", "f1" if step == "foraeldre" else "")
            player.answer("act:left-out", "ikke aktuelt her")
        player.forget()
        assert player.turn.prompt is None
        assert "ingen åbne trin" in player.said


class TestInvalid:
    def test_a_wrong_date_is_told_in_danish_and_asked_again(self, player: Player) -> None:
        player.answer("1")
        asked = player.ask
        player.answer("31/2")
        assert player.last.problem
        assert player.last.drafts == ()
        assert player.ask == asked

    def test_a_day_to_come_is_no_day_it_happened(self, player: Player) -> None:
        player.answer("1", "i morgen")
        assert "Aftalt til" in player.last.problem

    def test_cpr_like_text_is_refused_with_the_reason(self, player: Player) -> None:
        received(player).answer("1", "Moren 010203-1234 ringede")
        assert "CPR" in player.last.problem
        assert player.ask.focus.field == "begrundelse"

    def test_a_number_without_an_option_is_no_answer(self, player: Player) -> None:
        received(player).answer("99")
        assert player.ask.kind == "confirm"


class TestNotes:
    def test_a_free_sentence_is_never_an_answer(self, player: Player) -> None:
        received(player).answer("ja, der skal vist handles nu")
        assert player.ask.kind == "confirm"
        player.answer("")
        assert player.progress.case.notes[0].value["tekst"] == "ja, der skal vist handles nu"
        assert player.question == "Er barnet i fare?"

    def test_hjaelp_mig_is_a_note_and_no_command(self, player: Player) -> None:
        player.answer("hjælp mig")
        assert player.ask.kind == "confirm"
        assert "hjælp mig" in player.question

    def test_no_keeps_nothing(self, player: Player) -> None:
        player.answer("hjælp mig", "2")
        assert player.progress.case.notes == ()
        assert player.question.startswith("Hvornår")

    def test_two_slashes_is_content(self, player: Player) -> None:
        player.answer("//klar er en kommando", "1")
        assert player.progress.case.notes[0].value["tekst"] == "/klar er en kommando"

    def test_inside_a_text_everything_but_a_command_is_content(self, player: Player) -> None:
        received(player).answer("1", "hjælp mig")
        assert player.value("risikovurdering")["begrundelse"] == "hjælp mig"  # type: ignore[index]

    def test_a_note_with_a_cpr_number_is_refused(self, player: Player) -> None:
        player.answer("ring til 010203-1234")
        assert "CPR" in player.last.problem
        assert player.ask.kind == "moment"


class TestFold:
    def test_an_interruption_returns_to_the_same_question(self, player: Player) -> None:
        received(player)
        for text in ("1", "blå mærker", "LH", "nu", "1"):
            player.answer(text)
            asked = player.ask
            player.forget()
            assert (player.ask.question, player.ask.kind) == (asked.question, asked.kind)

    def test_replay_from_the_records_gives_the_same_turn(self, player: Player) -> None:
        received(player).answer("1", "blå mærker", "", "", "act:planned", "på mandag", "hvad nu?", "1")
        shuffled = Player({"serviceloven": small()})
        shuffled.events = random.Random(4).sample(player.events, len(player.events))
        player.forget()
        assert shuffled.turn == player.turn

    def test_a_focus_that_points_at_nothing_gives_the_proposal(self, player: Player) -> None:
        received(player)
        proposed = player.ask
        for lost in (Focus("nej-1", "nej", "x"), Focus("underretning-1", "underretning", "væk"), None):
            player.focus = lost
            assert player.ask == proposed


class TestAnyText:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.one_of(st.text(), st.sampled_from(
        ["1", "2", "act:done", "act:planned", "act:awaiting", "act:left-out", "act:later", "", "nu", "i går",
         "/tilbage", "/fortryd", "/gå vej", "/klar", "/x", "//", "3 1", "act:keep", "act:fields", "go:nej-1",
         "kind:anbringelse"],
    )), max_size=12))  # fmt: skip
    def test_nothing_typed_ever_raises(self, texts: list[str]) -> None:
        player = Player({"serviceloven": small()})
        player.open("underretning")
        for text in texts:
            player.answer(text)
            assert player.turn.messages is not None

    def test_a_prompt_from_elsewhere_is_told_and_not_saved(self, player: Player) -> None:
        odd = Prompt("choice", Focus("x", "y", "z"), "?")
        reply = conversation.reply(player.progress, odd, "1", "LH", player.now, player.handbooks)
        assert reply.problem
        assert reply.drafts == ()
