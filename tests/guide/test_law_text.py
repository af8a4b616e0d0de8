"""Both laws in the conversation: a step side by side, a run that crossed New Year 2023/24, and what it then records."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from checklists.calendar import TZ
from guide.editions import load_handbooks, vocabulary
from guide.turns import Draft, Focus
from store.checks import faults_of
from store.references import known_of, take_in
from tests.guide.player import CASE, Player

BOOKS = load_handbooks()
NEW_YEAR = datetime(2024, 1, 1, 12, tzinfo=TZ)
CROSSED = "Forløbet begyndte under serviceloven"


def player(now: datetime = NEW_YEAR) -> Player:
    return Player(BOOKS, now=now)


def run(at: Player, name: str, day: date, **value: str) -> None:
    procedure = name.rpartition("-")[0]
    version = f"{'serviceloven' if day.year < 2024 else 'barnets_lov'}@1"
    at.save(Draft("run", CASE, name, procedure, day=day, value=value or None, version=version))


def record(at: Player, name: str, step: str, day: date, value: object = None) -> None:
    at.save(Draft("record", CASE, name, name.rpartition("-")[0], step, (), day, value=value, version="serviceloven@1"))


def told(at: Player, line: str) -> str:
    return "\n".join(m.text for m in at.answer(line).said)


def planning(now: datetime = NEW_YEAR) -> Player:
    """A decision and its handleplan, both begun in November 2023 and not finished."""
    at = player(now)
    run(at, "afgoerelse-1", date(2023, 11, 1))
    run(at, "handleplan-1", date(2023, 11, 2), serves="afgoerelse-1")
    return at


class TestSideBySide:
    def test_the_plan_from_the_side_of_barnets_lov(self) -> None:
        at = planning()
        at.focus = Focus("handleplan-1", "barnets-plan", "udarbejdet")
        lines = told(at, "/lov")
        old, new = lines.index("Serviceloven, til og med 31. dec. 2023"), lines.index("Barnets lov, fra 1. jan. 2024")
        assert old < new
        assert "Rækkefølge: før afgørelsen, når afgørelsen kan vente" in lines[old:new]
        assert "Lov: SEL § 140, stk. 1" in lines[old:new]
        assert "Frist: 3 måneder efter afgørelsen" in lines[new:]
        assert "BL § 91, stk. 1" in lines[new:]
        assert "er blevet til Barnets plan: " in lines
        assert "Her følger trinnet barnets lov. Loven følger afgørelsens dag." in lines

    def test_the_plan_from_the_side_of_serviceloven(self) -> None:
        at = planning(datetime(2023, 12, 31, 12, tzinfo=TZ))
        at.focus = Focus("handleplan-1", "handleplan", "udarbejdet")
        lines = told(at, "/lov")
        assert lines.index("Serviceloven, til") < lines.index("Barnets lov, fra")
        assert "er blevet til Barnets plan: " in lines
        assert "Ungeplan" in lines  # both pages of barnets lov took over from it
        assert "Her følger trinnet serviceloven." in lines

    def test_the_first_follow_up_was_the_beginning_of_the_rhythm(self) -> None:
        at = player()
        run(at, "opfoelgning-1", date(2024, 1, 1))
        at.focus = Focus("opfoelgning-1", "opfoelgning", "foerste")
        assert "derefter højst hver 6. måned (SEL § 70, stk. 1) er blevet til Første opfølgning" in told(at, "/lov")
        before = player(datetime(2023, 12, 31, 12, tzinfo=TZ))
        run(before, "opfoelgning-1", date(2023, 12, 1))
        before.focus = Focus("opfoelgning-1", "opfoelgning", "vurdering")
        assert "Trin: Første opfølgning" in told(before, "/lov")

    @pytest.mark.parametrize(
        ("name", "step", "said"),
        [
            ("opfoelgning-1", "rytme", "Serviceloven har intet tilsvarende trin"),
            ("afdaekning-1", "fagfolk", "Serviceloven har intet tilsvarende forløb."),
        ],
    )
    def test_a_step_without_a_counterpart_says_so(self, name: str, step: str, said: str) -> None:
        at = player()
        run(at, name, date(2024, 1, 1))
        at.focus = Focus(name, name.rpartition("-")[0], step)
        assert said in told(at, "/lov")

    def test_a_step_done_before_new_year_says_that_it_follows_its_own_day(self) -> None:
        at = player()
        run(at, "underretning-1", date(2023, 12, 30))
        record(at, "underretning-1", "modtaget", date(2023, 12, 30))
        at.focus = Focus("underretning-1", "underretning", "modtaget")
        assert "er det gjort lør. 30. dec. 2023 og bedømmes efter serviceloven" in told(at, "/lov")

    def test_a_plan_made_in_2024_for_a_decision_of_2023_stays_under_the_law_of_the_decision(self) -> None:
        at = planning(datetime(2024, 2, 1, 12, tzinfo=TZ))
        record(at, "afgoerelse-1", "truffet", date(2023, 12, 20))
        record(at, "handleplan-1", "udarbejdet", date(2024, 1, 10))
        at.focus = Focus("handleplan-1", "handleplan", "udarbejdet")
        assert "Her følger trinnet serviceloven. Loven følger afgørelsens dag." in told(at, "/lov")

    def test_clauses_are_numbered_for_the_last_day_of_serviceloven(self) -> None:
        at = planning()
        at.focus = Focus("handleplan-1", "barnets-plan", "maal")
        assert "SEL § 140, stk. 2" in told(at, "/lov")

    def test_nothing_asked(self) -> None:
        assert told(player(), "/lov") == "Der spørges ikke om noget lige nu."


class TestCrossing:
    def test_a_run_that_crossed_says_once_what_changed(self) -> None:
        at = planning()
        at.focus = Focus("handleplan-1", "barnets-plan", "stilling")
        said = [m for m in at.turn.messages if CROSSED in m.text]
        assert len(said) == 1
        assert at.turn.messages[0] == said[0]
        assert "»Barnets plan« (før »Handleplan«)" in said[0].text
        assert "er blevet til Barnets plan: " in said[0].text
        assert said[0].text.count("\n· ") <= 3

    def test_it_stays_at_the_top_when_more_is_answered_and_is_not_stored(self) -> None:
        at = planning()
        at.focus = Focus("handleplan-1", "barnets-plan", "stilling")
        stored = len(at.events)
        assert at.turn.messages[0].text.startswith(CROSSED)
        assert len(at.events) == stored
        at.answer("ja")
        assert [m.text.startswith(CROSSED) for m in at.turn.messages].count(True) == 1

    @pytest.mark.parametrize(
        ("begun", "now"),
        [
            (date(2023, 12, 31), datetime(2023, 12, 31, 12, tzinfo=TZ)),
            (date(2024, 1, 1), NEW_YEAR),
        ],
    )
    def test_a_run_on_one_side_of_new_year_says_nothing(self, begun: date, now: datetime) -> None:
        at = player(now)
        run(at, "afgoerelse-1", begun)
        at.focus = Focus("afgoerelse-1", "afgoerelse", "")
        assert CROSSED not in at.said

    def test_a_run_that_ended_before_new_year_says_nothing(self) -> None:
        at = player()
        run(at, "boernefaglig-undersoegelse-1", date(2023, 6, 1))
        record(at, "boernefaglig-undersoegelse-1", "afsluttet", date(2023, 9, 1))
        at.focus = Focus("boernefaglig-undersoegelse-1", "boernefaglig-undersoegelse", "")
        assert CROSSED not in at.said

    def test_answers_to_steps_that_barnets_lov_lacks_stand_in_the_history(self) -> None:
        at = planning()
        record(at, "handleplan-1", "formaal", date(2023, 12, 1), {"formaal": "ro i hverdagen"})
        at.focus = Focus("handleplan-1", "barnets-plan", "stilling")
        assert "Hvad er formålet, når planen ikke kan ventes på?" in at.said
        assert "Note:" not in at.said

    def test_what_a_crossing_run_records_is_taken_by_the_store_and_an_import(self) -> None:
        at = planning()
        at.focus = Focus("handleplan-1", "barnets-plan", "stilling")
        stored = len(at.events)
        at.answer("ja", "den hjælper alle", "")
        at.answer("/note planen deles med skolen")
        new = at.events[stored:]
        take_in(new, {CASE: known_of(at.events[:stored])})
        assert [fault for row in new for fault in faults_of(row, vocabulary(BOOKS))] == []
        assert {row.procedure for row in new} == {"handleplan"}
        assert at.progress.find("handleplan-1", "stilling").state.startswith("done")  # type: ignore[union-attr]
        at.answer("/fortryd")
        take_in(at.events[-1:], {CASE: known_of(at.events[:-1])})


class TestMustInvestigate:
    def screened(self, now: datetime, step: str) -> Player:
        at = player(now)
        run(at, "screening-1", now.date())
        at.save(Draft("record", CASE, "screening-1", "screening", step, (), now.date(), value={"valg": "ja"}))
        at.focus = Focus("screening-1", "screening", "vejvalg")
        return at

    @pytest.mark.parametrize(
        ("now", "step", "other", "clause"),
        [
            (datetime(2023, 12, 31, 12, tzinfo=TZ), "saerlig-stoette", "tilbud", "Lov: SEL § 50, stk. 1."),
            (NEW_YEAR, "kompleks", "afdaekning", "Lov: BL § 20, stk. 1."),
            (NEW_YEAR, "vold-hjem", "tilbud", "Lov: BL § 20, stk. 1."),
        ],
    )
    def test_skal_is_said_by_the_law_of_the_day(self, now: datetime, step: str, other: str, clause: str) -> None:
        said = " ".join(m.text for m in self.screened(now, step).answer(other).said)
        assert "skal barnets forhold undersøges" in said
        assert clause in said

    def test_nothing_is_said_when_it_is_investigated(self) -> None:
        said = " ".join(m.text for m in self.screened(NEW_YEAR, "kompleks").answer("undersoegelse").said)
        assert "skal barnets forhold" not in said


def test_a_placement_without_consent_can_be_named_under_barnets_lov_only() -> None:
    at = player()
    run(at, "afgoerelse-1", date(2024, 1, 1))
    at.focus = Focus("afgoerelse-1", "afgoerelse", "paataenkt")
    at.answer("kind:anbringelse-uden-samtykke", "", "act:no-more")
    assert [i.kind for i in at.progress.case.items.values() if i.kind] == ["anbringelse-uden-samtykke"]
    assert at.value("paataenkt")["valg"] == ["anbringelse"]  # type: ignore[index]
    before = player(datetime(2023, 12, 31, 12, tzinfo=TZ))
    run(before, "afgoerelse-1", date(2023, 12, 1))
    before.focus = Focus("afgoerelse-1", "afgoerelse", "paataenkt")
    assert "kind:anbringelse-uden-samtykke" not in before.options
