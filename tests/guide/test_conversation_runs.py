"""Procedures that open one another: the triage, the triggering notification, the talk before the decision, commands."""

from __future__ import annotations

from datetime import date

import pytest

from guide import conversation, readiness_text
from guide.commands_text import COMMANDS, parse
from guide.turns import Draft
from tests.guide.player import CASE, Player
from tests.guide.small_handbook import small


@pytest.fixture
def player() -> Player:
    return Player({"serviceloven": small()})


def record(run: str, step: str, day: date, items: tuple[str, ...] = (), value: object = None) -> Draft:
    return Draft("record", CASE, run, run.rpartition("-")[0], step, items, day, value=value, version="serviceloven@1")


class TestTriage:
    def answered(self, player: Player, own: str, support: str) -> Player:
        player.open("screening")
        player.answer(own, "derfor", "", "ja", "", support, "")
        assert player.question == "Hvad vælger du?"
        return player

    def test_what_the_answers_say_for_and_against_is_listed_without_verdict(self, player: Player) -> None:
        said = self.answered(player, "tilbud", "ja").said
        assert "Et tilbud. Det taler for: det er afgrænset." in said
        assert "En undersøgelse. Det taler for: så skal I undersøge." in said
        assert "Vægten er din" in said

    def test_choosing_as_one_wrote_first_asks_nothing_more(self, player: Player) -> None:
        self.answered(player, "undersoegelse", "ja").answer("2")
        assert player.last.said == ()
        assert player.question == "Begrundelse?"

    def test_choosing_otherwise_asks_why_and_suggests_sparring_and_is_no_deficiency(self, player: Player) -> None:
        self.answered(player, "undersoegelse", "nej").answer("1")
        assert "faglige leder" in " ".join(m.text for m in player.last.said)
        assert "anden vej" in player.question
        assert player.ask.default == ""
        player.answer("det flyttede mig", "")
        assert player.progress.findings == ()
        assert player.question == "Har du vendt det med lederen?"

    def test_the_word_skal_only_where_the_statute_says_so(self, player: Player) -> None:
        self.answered(player, "tilbud", "ja").answer("1")
        told = " ".join(m.text for m in player.last.said)
        assert "skal barnets forhold undersøges. Lov: SEL § 50, stk. 1" in told


class TestNotifications:
    def two(self, player: Player) -> Player:
        for n, day in ((1, date(2020, 1, 6)), (2, date(2020, 1, 31))):
            player.open("underretning", f"underretning-{n}")
            player.save(record(f"underretning-{n}", "modtaget", day))
        player.open("boernefaglig-undersoegelse")
        player.answer("act:done")
        return player

    def test_each_is_shown_with_the_due_date_it_would_give(self, player: Player) -> None:
        self.two(player)
        assert player.ask.kind == "run"
        assert [o.label for o in player.ask.options] == [
            "Modtaget man. 6. jan.: frist ons. 6. maj (foreslået: den tidligste ubesvarede)",
            "Modtaget fre. 31. jan.: frist søn. 31. maj",
        ]
        assert player.ask.default == "underretning-1"

    def test_the_earliest_is_proposed_and_gives_the_day(self, player: Player) -> None:
        self.two(player).answer("")
        assert player.ask.default == "6/1-2020"
        player.answer("")
        assert player.value("udloesende") == {"underretning": "underretning-1"}
        state = player.progress.find("boernefaglig-undersoegelse-1", "afsluttet")
        assert state is not None
        assert state.due is not None
        assert state.due.day == date(2020, 5, 6)

    def test_a_later_one_needs_a_reason(self, player: Player) -> None:
        self.two(player).answer("2")
        assert player.question == "Hvorfor regnes fristen ikke fra den tidligste, modtaget 6/1-2020?"
        player.answer("")
        assert player.last.problem
        player.answer("den første handlede om storebror", "")
        assert player.value("udloesende")["grund"] == "den første handlede om storebror"  # type: ignore[index]

    def test_without_any_notification_the_question_is_left_out(self, player: Player) -> None:
        player.open("boernefaglig-undersoegelse")
        player.answer("act:done")
        assert player.ask.kind == "moment"
        assert "grund" not in player.value("udloesende")  # type: ignore[operator]


class TestOpening:
    def test_a_choice_opens_a_run_and_offers_to_go_there(self, player: Player) -> None:
        player.open("underretning")
        player.go("vej", "underretning-1")
        player.answer("1")
        run = player.progress.case.runs["boernefaglig-undersoegelse-1"]
        assert (run.opened_by, run.serves) == ("underretning-1", "")
        assert "Jeg har åbnet Børnefaglig undersøgelse" in player.said
        player.answer("")
        assert "go:boernefaglig-undersoegelse-1" in player.options
        player.answer("go:boernefaglig-undersoegelse-1")
        assert player.ask.focus.run == "boernefaglig-undersoegelse-1"

    def test_answering_the_same_again_opens_no_second_run(self, player: Player) -> None:
        player.open("underretning")
        player.go("vej", "underretning-1")
        player.answer("1", "", "/tilbage", "1")
        assert [r for r in player.progress.case.runs if r.startswith("boern")] == ["boernefaglig-undersoegelse-1"]
        assert "allerede åbnet" in player.said

    def decision(self, player: Player) -> Player:
        player.open("afgoerelse")
        player.answer("Anbringelse", "", "act:no-more", "")
        return player

    def test_the_talk_is_proposed_before_the_decision(self, player: Player) -> None:
        self.decision(player)
        assert player.question == "Er samtalen holdt? (Anbringelse)"
        assert player.ask.focus.run is None
        assert "Frist: før »truffet« i Afgørelse. Lov: SEL § 48, stk. 1. Praksis: hold den selv." in player.said

    def test_recording_in_an_expected_run_opens_it_first(self, player: Player) -> None:
        self.decision(player).answer("act:done")
        run = player.progress.case.runs["boernesamtale-1"]
        assert run.serves == "afgoerelse-1"
        assert player.ask.focus.run == "boernesamtale-1"
        player.answer("i går", "jeg vil blive hos mormor")
        assert player.question.startswith("Er afgørelsen truffet?")

    def test_leaving_the_talk_out_goes_to_the_grounds(self, player: Player) -> None:
        self.decision(player).answer("act:left-out")
        assert player.question == "Hvad taler imod en samtale? (Anbringelse)"
        player.answer("Travlhed")
        told = " ".join(m.text for m in player.last.said)
        assert "ikke en grund, loven nævner" in told
        assert "vurderer du og din leder" in told
        state = player.progress.find("boernesamtale-1", "holdt", "m1")
        assert state is not None
        assert state.state == "left out"

    def test_the_planned_decision_gives_the_talk_its_day(self, player: Player) -> None:
        self.decision(player)
        player.go("truffet", "afgoerelse-1", "m1")
        player.answer("act:planned", "på torsdag")
        player.go("holdt", "afgoerelse-1")
        player.forget()
        assert "tors. 13. feb." in player.said

    def test_readiness_names_what_is_missing_by_law_with_clause_mend_and_when(self, player: Player) -> None:
        self.decision(player)
        lines = readiness_text.lines(player.progress, player.handbooks)
        assert lines[:2] == (
            "Før afgørelsen (afgoerelse-1) om anbringelse:",
            "Først: Kan barnet vente? Kan det ikke, så handl først, og skriv /klar akut: "
            "så viser jeg vejen og det, der skal følge.",
        )
        assert lines[2:4] == (
            "Det beder loven om:",
            "Lovkrav mangler: Holdt er ikke noteret (Anbringelse). SEL § 48, stk. 1. "
            "Senest: før afgørelsen. Hvem: LH. Det hjælper: Hør barnet nu.",
        )
        player.answer("act:done", "i går", "")
        after = readiness_text.lines(player.progress, player.handbooks)
        assert "Ingen kendte mangler i det, der er registreret." in after
        assert not [line for line in after if line.startswith("Lovkrav")]

    def test_a_talk_after_the_decision_is_told_with_what_helps(self, player: Player) -> None:
        self.decision(player)
        player.go("truffet", "afgoerelse-1", "m1")
        player.answer("act:done", "i går")
        player.answer("act:done", "i dag", "")
        player.go("undladelse", "boernesamtale-1", "m1")
        told = [m.text for m in player.warnings()]
        assert len(told) == 1
        assert told[0].startswith("Lov: ")
        assert "Det hjælper nu: hør barnet nu" in told[0]


class TestUnclearLinks:
    def test_which_of_several_decisions_a_talk_serves_is_asked_and_recorded(self, player: Player) -> None:
        for n in (1, 2):
            player.open("afgoerelse", f"afgoerelse-{n}")
        player.open("boernesamtale")
        assert player.ask.kind == "run"
        assert player.options == ["afgoerelse-1", "afgoerelse-2", "act:later"]
        player.answer("2")
        assert player.progress.case.runs["boernesamtale-1"].links == {"afgoerelse": "afgoerelse-2"}
        assert player.question.startswith("Er samtalen holdt?")

    def test_it_can_wait(self, player: Player) -> None:
        for n in (1, 2):
            player.open("afgoerelse", f"afgoerelse-{n}")
        player.open("boernesamtale")
        player.answer("act:later")
        assert player.question.startswith("Er samtalen holdt?")


class TestCommands:
    def test_every_command_is_answered(self, player: Player) -> None:
        player.open("underretning")
        for command in COMMANDS:
            reply = player.answer(f"{command.name} noget" if command.takes_text else command.name)
            assert reply.problem or reply.said or reply.screen or reply.focus or reply.drafts

    def test_why_gives_clause_reason_audit_note_and_source(self, player: Player) -> None:
        player.open("underretning")
        player.go("risikovurdering", "underretning-1")
        told = " ".join(m.text for m in player.answer("/hvorfor").said)
        for part in ("SEL § 155, stk. 2", "vurderingen", "begrundelsen mangler tit", "hvem der vurderede", "en kilde"):
            assert part in told
        assert player.question == "Er barnet i fare?"

    def test_an_unknown_command_gets_a_kind_word_and_the_nearest(self, player: Player) -> None:
        player.open("underretning")
        player.answer("/hvorfr")
        assert "Mente du /hvorfor?" in player.last.problem

    def test_go_finds_a_step_by_part_of_its_name(self, player: Player) -> None:
        player.open("underretning")
        player.answer("/gå kvit")
        assert player.question == "Har underretteren fået besked?"
        player.answer("/gå intet sådan trin")
        assert player.last.problem

    def test_note_saves_at_once(self, player: Player) -> None:
        player.open("underretning")
        player.answer("/note ringede til skolen")
        assert player.progress.case.notes[0].run == "underretning-1"
        assert "Note: ringede til skolen" in player.said

    def test_deadlines_and_status_tell_the_case(self, player: Player) -> None:
        player.open("underretning")
        player.answer("1", "i dag kl. 10")
        assert "lør. 8. feb. kl. 10.00" in " ".join(m.text for m in player.answer("/frister").said)
        assert "Ingen kendte mangler" in " ".join(m.text for m in player.answer("/status").said)

    def test_screens_are_asked_for_by_name(self, player: Player) -> None:
        player.open("underretning")
        assert player.answer("/håndbog samtale").screen == "håndbog"
        assert player.last.argument == "samtale"

    def test_commands_work_when_nothing_is_asked(self, player: Player) -> None:
        assert player.turn.prompt is None
        for line in ("/status", "/klar", "/frister", "/hvorfor", "/tilbage", "/fortryd", "/gå x", "en sætning"):
            reply = conversation.reply(player.progress, None, line, "LH", player.now, player.handbooks)
            assert reply.problem or reply.said or reply.focus
        player.answer("en sætning", "1")
        assert player.progress.case.notes[0].value["tekst"] == "en sætning"

    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("/klar", "/klar"),
            ("/KLAR", "/klar"),
            ("/gaa vej", "/gå"),
            ("//klar", None),
            ("klar", None),
            ("/x\ny", None),
        ],
    )
    def test_what_is_a_command(self, line: str, name: str | None) -> None:
        typed = parse(line)
        assert (typed.name if typed else None) == name
