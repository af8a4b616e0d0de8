"""Runs taken back, closed and opened again; a done answer kept beside an attempt; a duty seen to that rests."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from checklists.calendar import TZ
from guide.casework import Casework
from guide.turns import Draft, Focus, Prompt, Reply
from handbook.load import bundled
from store.database import open_store
from tests.guide.player import CASE, Player
from tests.guide.small_handbook import small


@pytest.fixture
def player() -> Player:
    return Player({"serviceloven": small()})


class Desk:
    """A case over a real store, answered as the app does."""

    def __init__(self, folder: object) -> None:
        store = open_store(f"sqlite:///{folder}/luk.db")
        self.now = datetime(2020, 2, 17, 10, tzinfo=TZ)
        self.work = Casework(store, {"serviceloven": bundled("serviceloven")}, lambda: self.now, "LH")
        self.work.new_case("S-1", "2010-11", "t", "LH", date(2020, 2, 1))
        self.focus: Focus | None = None
        self.last = Reply()

    @property
    def prompt(self) -> Prompt | None:
        return self.work.turn("S-1", self.focus).prompt

    def answer(self, *texts: str) -> None:
        for text in texts:
            self.last = self.work.answer("S-1", self.prompt, text)
            self.focus = self.last.focus

    @property
    def runs(self) -> list[str]:
        return list(self.work.progress("S-1").case.runs)

    @property
    def question(self) -> str:
        assert self.prompt is not None
        return self.prompt.question


@pytest.fixture
def desk(tmp_path: object) -> Desk:
    return Desk(tmp_path)


class TestClosing:
    def test_a_run_opened_by_mistake_is_taken_back_and_given_back(self, desk: Desk) -> None:
        desk.work.open_run("S-1", "underretning")
        desk.work.open_run("S-1", "afgoerelse")
        desk.focus = Focus("afgoerelse-1", "afgoerelse", "")
        desk.answer("/luk")
        assert "Skal Afgørelse" in desk.question
        desk.answer("act:take-back")
        assert desk.runs == ["underretning-1"]
        assert "/fortryd giver det igen" in desk.last.said[0].text
        desk.answer("/fortryd")
        assert desk.runs == ["afgoerelse-1", "underretning-1"]
        assert desk.focus is not None
        assert desk.focus.run == "afgoerelse-1"

    def test_the_only_run_too_and_its_number_is_not_used_again(self, desk: Desk) -> None:
        desk.work.open_run("S-1", "afgoerelse")
        desk.answer("/luk", "act:take-back")
        assert desk.runs == []
        assert desk.prompt is None
        assert desk.work.open_run("S-1", "afgoerelse").runs == {"S-1": "afgoerelse-2"}

    def test_enter_alone_takes_nothing_back(self, desk: Desk) -> None:
        desk.work.open_run("S-1", "afgoerelse")
        desk.answer("/luk", "")
        assert desk.last.problem
        desk.answer("act:leave")
        assert desk.runs == ["afgoerelse-1"]

    def test_one_with_answers_names_them_and_is_closed_instead(self, desk: Desk) -> None:
        desk.work.open_notification(["S-1"], date(2020, 2, 16), datetime(2020, 2, 16, 14, tzinfo=TZ))
        desk.focus = Focus("underretning-1", "underretning", "")
        desk.answer("/luk")
        assert "søn. 16. feb. kl. 14.00" in desk.question
        assert "act:take-back" not in [o.id for o in desk.prompt.options]  # type: ignore[union-attr]
        desk.answer("act:end")
        run = desk.work.progress("S-1").case.runs["underretning-1"]
        assert run.end == date(2020, 2, 17)
        assert run.records
        desk.answer("/fortryd")
        assert desk.work.progress("S-1").case.runs["underretning-1"].end is None

    def test_a_closed_one_can_be_opened_again_later(self, desk: Desk) -> None:
        desk.work.open_notification(["S-1"], date(2020, 2, 16))
        desk.focus = Focus("underretning-1", "underretning", "risikovurdering")
        desk.answer("/luk", "act:end")
        desk.focus = Focus("underretning-1", "underretning", "risikovurdering")
        desk.answer("/luk")
        assert "Skal det åbnes igen?" in desk.question
        desk.answer("act:reopen")
        assert desk.work.progress("S-1").case.runs["underretning-1"].end is None

    def test_one_that_others_belong_to_is_not_taken_back(self, desk: Desk) -> None:
        desk.work.open_run("S-1", "afgoerelse")
        desk.work.open_run("S-1", "handleplan", serves="afgoerelse-1")
        desk.focus = Focus("afgoerelse-1", "afgoerelse", "")
        desk.answer("/luk")
        assert "forløbet Handleplan (handleplan-1)" in desk.question

    def test_fortryd_after_a_later_answer_takes_the_answer(self, desk: Desk) -> None:
        desk.work.open_run("S-1", "underretning")
        desk.work.open_run("S-1", "afgoerelse")
        desk.focus = Focus("afgoerelse-1", "afgoerelse", "")
        desk.answer("/luk", "act:take-back")
        desk.focus = Focus("underretning-1", "underretning", "modtaget")
        desk.answer("i går kl. 14", "/fortryd")
        assert desk.runs == ["underretning-1"]
        assert "Trukket tilbage" in desk.last.said[0].text

    def test_without_any_run_it_says_so(self, player: Player) -> None:
        assert "intet at lukke" in player.answer("/luk").problem


class TestDoneStaysDone:
    def corrected(self, player: Player, act: str) -> Player:
        player.open("underretning")
        player.save(Draft("record", CASE, "underretning-1", "underretning", "kvittering", (), date(2020, 2, 7)))
        player.go("kvittering", "underretning-1")
        player.answer(act)
        return player

    def records(self, player: Player) -> list[str]:
        return sorted(r.status for r in player.progress.case.runs["underretning-1"].records["kvittering"])

    @pytest.mark.parametrize("act", ["act:attempted", "act:awaiting", "act:planned", "act:left-out"])
    def test_it_is_asked_before_anything_is_replaced(self, player: Player, act: str) -> None:
        self.corrected(player, act)
        assert player.last.drafts == ()
        assert "Trinnet er gjort: »" in player.question

    def test_enter_keeps_the_done_answer_beside_the_attempt(self, player: Player) -> None:
        self.corrected(player, "act:attempted").answer("", "1", "", "")
        assert self.records(player) == ["attempted", "done"]
        state = player.progress.find("underretning-1", "kvittering")
        assert state is not None
        assert state.state == "done"

    def test_it_is_replaced_when_that_is_chosen(self, player: Player) -> None:
        self.corrected(player, "act:attempted").answer("act:instead", "1", "", "")
        assert self.records(player) == ["attempted"]

    def test_going_back_changes_nothing(self, player: Player) -> None:
        self.corrected(player, "act:awaiting").answer("act:back")
        assert self.records(player) == ["done"]
        assert "act:keep" in player.options


class TestADutySeenToRests:
    def followed(self, now: datetime) -> Player:
        player = Player({"serviceloven": bundled("serviceloven")}, now=now)
        for name in ("afgoerelse", "opfoelgning"):
            player.open(name, **({"serves": "afgoerelse-1"} if name == "opfoelgning" else {}))
        item = {"type": "foranstaltning", "kind": "kontaktperson", "label": "kontaktperson"}
        player.save(Draft("item", CASE, "afgoerelse-1", items=("m1",), day=date(2020, 1, 6), value=item))
        for step in ("truffet", "ivaerksat"):
            items = ("m1",) if step == "ivaerksat" else ()
            player.save(Draft("record", CASE, "afgoerelse-1", "afgoerelse", step, items, date(2020, 1, 6)))
        return player

    def test_a_follow_up_answered_today_is_not_proposed_again(self) -> None:
        player = self.followed(datetime(2020, 4, 1, 12, tzinfo=TZ))
        player.focus = Focus("opfoelgning-1", "opfoelgning", "")
        assert player.ask.focus.step == "vurdering"
        player.answer("1", *[""] * 4)
        proposed = player.turn.prompt
        assert proposed is None or proposed.focus.step != "vurdering"

    def test_near_the_next_round_it_is_proposed_again(self) -> None:
        player = self.followed(datetime(2020, 9, 28, 12, tzinfo=TZ))
        value = {"valg": "fortsaet"}
        row = Draft("record", CASE, "opfoelgning-1", "opfoelgning", "vurdering", ("m1",), date(2020, 4, 1), value=value)
        player.save(row)
        player.focus = Focus("opfoelgning-1", "opfoelgning", "")
        assert player.ask.focus.step == "vurdering"


def test_what_is_done_late_is_not_told_to_be_done(player: Player) -> None:
    player.open("underretning")
    at = datetime(2020, 2, 3, 9, tzinfo=TZ)
    for step, when in (("modtaget", at), ("risikovurdering", datetime(2020, 2, 6, 9, tzinfo=TZ))):
        value = {"valg": "nej"} if step == "risikovurdering" else None
        player.save(Draft("record", CASE, "underretning-1", "underretning", step, (), when.date(), when, value))
    late = next(f for f in player.progress.findings if f.kind == "late")
    assert late.mend.startswith("Det er gjort, og fristen kan ikke reddes.")
