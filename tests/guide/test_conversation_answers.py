"""Answers changed, planned, tried, awaited and left out; and items named along the way."""

from __future__ import annotations

from datetime import datetime

import pytest

from checklists.calendar import TZ
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


class TestCorrections:
    def test_an_earlier_answer_is_changed_and_nothing_is_lost(self, player: Player) -> None:
        received(player).answer("1", "blå mærker", "LH", "nu")
        player.answer("/tilbage")
        assert player.question == "Er barnet i fare?"
        assert player.ask.default == "act:keep"
        before = len(player.events)
        player.answer("nej")
        assert player.value("risikovurdering") == {"valg": "nej", "begrundelse": "blå mærker", "vurderet_af": "LH"}
        assert len(player.events) == before + 1
        player.forget()
        assert player.question == "Har underretteren fået besked?"

    def test_enter_keeps_the_answer(self, player: Player) -> None:
        received(player).answer("1", "blå mærker", "LH", "nu", "/tilbage")
        before = len(player.events)
        player.answer("")
        assert len(player.events) == before
        assert player.question == "Er barnet i sikkerhed?"

    def test_back_inside_an_answer_goes_one_question_back(self, player: Player) -> None:
        received(player).answer("1", "blå mærker", "LH", "/tilbage")
        assert player.ask.kind == "person"
        player.answer("/tilbage")
        assert (player.ask.kind, player.ask.default) == ("text", "blå mærker")
        player.answer("blå og gule mærker", "", "")
        assert player.value("risikovurdering")["begrundelse"] == "blå og gule mærker"  # type: ignore[index]

    def test_the_rest_of_an_answer_can_be_corrected(self, player: Player) -> None:
        received(player).answer(
            "1", "blå mærker", "LH", "i dag kl. 11", "/tilbage", "act:fields", "", "", "i dag kl. 12"
        )
        record = player.progress.find("underretning-1", "risikovurdering")
        assert record is not None
        assert record.record is not None
        assert record.record.at == datetime(2020, 2, 7, 12, tzinfo=TZ)

    def test_undo_withdraws_the_last_record(self, player: Player) -> None:
        received(player)
        player.answer("/fortryd")
        assert "Trukket tilbage" in player.said
        assert player.question == "Hvornår nåede underretningen kommunen?"
        assert player.events[-1].replaces == player.events[-2].id


class TestOtherAnswers:
    def test_planned_asks_the_day_and_warns_when_it_is_late(self, player: Player) -> None:
        received(player).answer("act:planned")
        assert player.question == "Hvilken dag er aftalt?"
        player.answer("på onsdag")
        assert "Aftalen ligger efter fristen" in player.last.said[0].text
        assert player.value("risikovurdering") == {"status": "planned", "agreed": "2020-02-07"}

    def test_attempted_asks_what_happened_and_when(self, player: Player) -> None:
        player.go("foraeldre", "underretning-1", "f1")
        player.answer("act:attempted")
        assert [o.label for o in player.ask.options] == ["Det lykkedes ikke", "Barnet ønsker det ikke"]
        player.answer("1", "tog ikke telefonen", "i går kl. 9")
        assert player.value("foraeldre") == {"status": "attempted", "outcome": "failed", "why": "tog ikke telefonen"}
        player.forget()
        assert "Forsøgt tors. 6. feb. kl. 9.00: Det lykkedes ikke" in player.said

    def test_awaiting_asks_whom_and_when_it_is_expected(self, player: Player) -> None:
        player.go("foraeldre", "underretning-1", "f1")
        player.answer("act:awaiting", "skolen", "på fredag", "")
        assert player.value("foraeldre") == {"status": "awaiting", "whom": "skolen", "expected": "2020-02-14"}

    def test_left_out_needs_a_ground(self, player: Player) -> None:
        received(player)
        player.go("kvittering", "underretning-1")
        player.answer("act:left-out", "")
        assert player.last.problem
        player.answer("anonym, ingen adresse")
        assert player.value("kvittering") == {"status": "left out", "ground": "anonym, ingen adresse"}

    def test_pass_over_proposes_the_next_and_records_nothing(self, player: Player) -> None:
        received(player)
        before = len(player.events)
        player.answer("act:later")
        assert player.question == "Har underretteren fået besked?"
        assert len(player.events) == before

    def test_a_late_answer_may_get_a_cause(self, player: Player) -> None:
        received(player, "4/2 kl. 10").answer("2", "", "", "nu")
        assert player.question.startswith("Det kom senere end fristen")
        player.forget()
        assert player.question.startswith("Det kom senere end fristen")
        player.answer("Sygdom")
        assert player.value("risikovurdering")["cause"] == "illness"  # type: ignore[index]

    def test_the_cause_can_be_passed_over(self, player: Player) -> None:
        received(player, "4/2 kl. 10").answer("2", "", "", "nu", "")
        assert "cause" not in player.value("risikovurdering")  # type: ignore[operator]
        assert player.question == "Har underretteren fået besked?"

    def test_a_deficient_choice_is_told_at_once_and_stops_nothing(self, player: Player) -> None:
        player.go("vej", "underretning-1")
        player.answer("2")
        assert "ikke en vej, loven nævner" in player.last.said[0].text
        assert player.value("vej") == {"valg": "vent", "agreed": None}

    def test_scale_and_several_choices(self, player: Player) -> None:
        player.go("trivsel", "underretning-1")
        player.answer("act:done", "4", "")
        assert player.value("trivsel") == {"skala": 4}
        player.open("boernefaglig-undersoegelse")
        player.go("fokus", "boernefaglig-undersoegelse-1")
        assert player.ask.kind == "choices"
        player.answer("1 3", "")
        assert player.value("fokus") == {"valg": ["adfaerd", "skole"]}


class TestItems:
    def test_one_answer_may_cover_the_others(self, player: Player) -> None:
        player.go("foraeldre", "underretning-1", "f1")
        player.answer("act:add", "forælder B")
        assert player.question == "Har du talt med forælderen? (forælder B)"
        player.answer("act:all")
        assert player.question == "Har du talt med forælderen? (forælder B og forælder A)"
        player.answer("act:done", "de vil gerne have hjælp", "")
        states = [s for s in player.progress.runs[0].steps if s.step.id == "foraeldre"]
        assert [s.state for s in states] == ["done", "done"]

    def test_measures_are_named_until_there_are_no_more(self, player: Player) -> None:
        player.open("afgoerelse")
        assert player.ask.kind == "item"
        player.answer("Anbringelse")
        assert player.ask.default == "Anbringelse"
        player.answer("plejefamilie", "Fast kontaktperson", "")
        assert "plejefamilie og Fast kontaktperson" in player.ask.hint
        player.answer("")
        player.answer("nu")
        items = player.progress.case.items
        assert (items["m1"].kind, items["m1"].label, items["m1"].run) == ("anbringelse", "plejefamilie", "afgoerelse-1")
        assert items["m2"].kind == "kontaktperson"

    def test_information_is_listed_by_label(self, player: Player) -> None:
        player.open("boernefaglig-undersoegelse")
        player.go("plan", "boernefaglig-undersoegelse-1")
        player.answer("skolen: fravær", "sundhedsplejersken", "act:no-more")
        assert [i.label for i in player.progress.case.items.values() if i.type == "oplysning"] == [
            "skolen: fravær", "sundhedsplejersken",
        ]  # fmt: skip
