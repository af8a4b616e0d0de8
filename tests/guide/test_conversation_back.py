"""The ways back: out of an act, from a correction to the answer before it, and to a step by the name one knows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from guide import conversation
from guide.casework import Casework
from guide.dialogue import words
from guide.turns import Focus
from store.database import open_store
from tests.guide.player import NOW, Player
from tests.guide.small_handbook import small


@pytest.fixture
def player() -> Player:
    played = Player({"serviceloven": small()})
    played.open("underretning")
    return played


class TestADayAnswersWhen:
    def test_the_day_is_typed_at_once(self, player: Player) -> None:
        player.answer("i dag kl. 10")
        assert player.question == "Er barnet i fare?"
        found = player.progress.find("underretning-1", "modtaget")
        assert found is not None
        assert found.state == "done"

    def test_a_digit_is_the_beginning_of_a_date_and_no_choice(self, player: Player) -> None:
        assert player.ask.kind == "moment"
        player.answer("3")
        assert "kan jeg ikke læse" in player.last.problem
        assert player.events[-1].kind == "run"

    def test_another_day_corrects_it_and_enter_keeps_it(self, player: Player) -> None:
        player.answer("i dag kl. 10", "/tilbage")
        assert player.ask.default == "act:keep"
        before = len(player.events)
        player.answer("")
        assert len(player.events) == before
        player.answer("/tilbage", "i dag kl. 11")
        found = player.progress.find("underretning-1", "modtaget")
        assert found is not None
        assert found.record is not None
        assert found.record.at is not None
        assert found.record.at.astimezone(NOW.tzinfo).hour == 11

    def test_a_day_to_come_points_to_the_agreement(self, player: Player) -> None:
        player.answer("i morgen")
        assert "Aftalt til" in player.last.problem


class TestOutOfAnAct:
    @pytest.mark.parametrize("act", ["act:planned", "act:attempted", "act:awaiting", "act:left-out"])
    def test_back_from_its_first_question_leads_to_the_step(self, player: Player, act: str) -> None:
        player.answer("i dag kl. 10", act, "/tilbage")
        assert player.question == "Er barnet i fare?"

    def test_also_when_the_step_has_been_agreed_before(self, player: Player) -> None:
        player.answer("i dag kl. 10", "act:planned", "i morgen")
        player.go("risikovurdering", "underretning-1")
        player.answer("act:planned", "/tilbage")
        assert player.question == "Er barnet i fare?"


def test_a_hint_says_one_thing_about_enter(player: Player) -> None:
    player.answer("i dag kl. 10", "1", "blå mærker", "LH", "/tilbage")
    assert player.ask.hint.count("Enter") == 1
    assert "Initialer eller rolle" in player.ask.hint


def test_a_step_is_found_by_either_spelling(player: Player) -> None:
    player.answer("i dag kl. 10", "/gå forældre")
    assert player.ask.focus.step == "foraeldre"


def test_a_step_that_is_not_relevant_says_so_and_gives_way(player: Player) -> None:
    player.answer("i dag kl. 10", "2", "", "", "", "/gå er barnet")
    assert player.ask.focus.step == "risikovurdering"
    player.answer("/gå akut")
    assert "ikke relevant lige nu" in player.said


def test_a_new_choice_against_the_answers_asks_for_its_own_reason(player: Player) -> None:
    player.open("screening")
    player.answer("1", "", "", "1", "", "1", "")
    player.go("vejvalg", "screening-1")
    player.answer("tilbud", "det gamle", "")
    player.go("egen-vurdering", "screening-1")
    player.answer("act:keep")
    player.go("vejvalg", "screening-1")
    player.answer("undersoegelse")
    assert (player.ask.focus.field, player.ask.default) == ("begrundelse", "det gamle")


def test_a_label_of_two_sentences_is_not_made_a_question() -> None:
    assert words.question("Hvorfor? Tre linjer er nok") == "Hvorfor? Tre linjer er nok."
    assert words.question("Hvorfor? Hvad bygger du det på") == "Hvorfor? Hvad bygger du det på?"


def test_a_correction_of_what_another_window_has_corrected_is_not_saved_beside_it(player: Player) -> None:
    player.answer("i dag kl. 10", "/tilbage")
    shown = player.ask
    player.answer("i dag kl. 11")
    before = len(player.events)
    reply = conversation.reply(player.progress, shown, "i dag kl. 12", "AS", NOW, player.handbooks)
    assert "rettet i et andet vindue" in reply.problem
    assert reply.focus is not None
    assert reply.focus.step == "modtaget"
    assert len(player.events) == before


class TestUndo:
    @pytest.fixture
    def work(self, tmp_path: Path) -> Casework:
        made = Casework(
            open_store(f"sqlite:///{(tmp_path / 'a.db').as_posix()}"), {"serviceloven": small()}, lambda: NOW, "LH"
        )
        made.new_case("S-1", "2010-11", "", "LH", date(2020, 1, 1), ("forælder A",))
        made.open_notification(["S-1"], NOW.date(), NOW - timedelta(hours=5))
        return made

    @staticmethod
    def say(work: Casework, *texts: str) -> None:
        focus = None
        for text in texts:
            focus = work.answer("S-1", work.turn("S-1", focus).prompt, text).focus

    @staticmethod
    def answer(work: Casework) -> object:
        (state,) = [s for s in work.progress("S-1").runs[0].steps if s.step.id == "risikovurdering"]
        return state.record and state.record.value

    def test_a_correction_taken_back_gives_the_answer_before_it(self, work: Casework) -> None:
        self.say(work, "1", "blå mærker", "LH", "")
        first = self.answer(work)
        self.say(work, "/tilbage", "nej")
        assert self.answer(work) != first
        reply = work.answer("S-1", work.turn("S-1").prompt, "/fortryd")
        assert self.answer(work) == first
        assert "gælder igen" in reply.said[-1].text

    def test_taken_back_once_more_nothing_is_left(self, work: Casework) -> None:
        self.say(work, "1", "blå mærker", "LH", "", "/tilbage", "nej")
        self.say(work, "/fortryd")
        self.say(work, "/fortryd")
        assert self.answer(work) is None

    def test_an_answer_given_in_several_goes_is_one_answer(self, work: Casework) -> None:
        self.say(work, "1", "blå mærker", "LH", "", "/fortryd")
        assert self.answer(work) is None

    def test_a_correction_after_an_undo_is_taken_back_to_what_stood(self, work: Casework) -> None:
        self.say(work, "1", "blå mærker", "LH", "")
        first = self.answer(work)
        self.say(work, "/tilbage", "nej", "/fortryd")
        run = work.progress("S-1").runs[0].run
        assert run is not None
        there = work.turn("S-1", Focus(run.id, "underretning", "risikovurdering")).prompt
        work.answer("S-1", there, "nej")
        self.say(work, "/fortryd")
        assert self.answer(work) == first
        self.say(work, "/fortryd")
        assert self.answer(work) is None
