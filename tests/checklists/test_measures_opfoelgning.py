"""Opfølgning: only placements running from before the period; the rhythm of each law, and visits at the placement."""

from __future__ import annotations

import pytest

from tests.checklists.build import Log
from tests.checklists.measured import YEAR_2019, YEAR_2024, counted, decision, said, verdicts


def placed(
    started: str = "2018-03-10", held: str = "", visits: str = "", known: str = "2017-01-01", ended: str = ""
) -> Log:
    """A placement decided a week before it began, with follow-ups and visits at the placement on these days."""
    log = Log(known)
    decided = f"{started[:8]}01"
    log.run("afgoerelse-1", decided)
    log.item("m1", decided, kind="anbringelse", **({"to": ended} if ended else {}))
    log.step("afgoerelse-1/truffet", decided, items="m1")
    log.step("afgoerelse-1/ivaerksat", started, items="m1")
    log.run("opfoelgning-1", started, serves="afgoerelse-1")
    for day in held.split():
        log.step("opfoelgning-1/vurdering", day, "fortsaet", items="m1")
    log.run("personrettet-tilsyn-1", started, serves="afgoerelse-1")
    for visit in visits.split():
        day, _, place = visit.partition("/")
        log.step("personrettet-tilsyn-1/besoeg", day, {"sted": place or "anbringelsesstedet"}, items="m1")
    return log


def outcome(log: Log, code: str, period: tuple[str, str] = YEAR_2019) -> str:
    return said(verdicts(log, period)[code])


@pytest.mark.parametrize(
    ("started", "held", "expected"),
    [
        ("2018-12-10", "2019-03-10", "ok"),
        ("2018-12-10", "2019-03-11", "followup-late"),
        ("2018-12-10", "", "followup-missing"),
        ("2018-09-10", "2019-01-05", "out"),
        ("2018-03-10", "2018-06-01", "out"),
    ],
    ids=["last day", "a day late", "not held", "due before the period", "long ago"],
)
def test_the_first_follow_up_belongs_to_the_period_its_deadline_falls_in(
    started: str, held: str, expected: str
) -> None:
    assert outcome(placed(started, held), "followup-3-months") == expected


def test_a_first_follow_up_not_yet_due_is_left_out() -> None:
    log = placed("2018-12-10")
    assert outcome(log, "followup-3-months", ("2019-01-01", "2019-02-28")) == "out"


def test_a_late_first_follow_up_is_not_told_again_as_a_late_later_one() -> None:
    found = verdicts(placed("2018-12-10", "2019-03-20 2019-09-15"))
    assert said(found["followup-3-months"]) == "followup-late"
    assert said(found["followup-6-months"]) == "ok"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("2018-06-01 2018-11-20 2019-05-20 2019-11-20", "ok"),
        ("2018-06-01 2018-11-20 2019-05-21 2019-11-20", "followup-late"),
        ("2018-06-01 2018-11-20 2019-05-20", "followup-missing"),
        ("2018-06-01 2018-11-20", "followup-missing"),
        ("2018-06-01", "followup-missing"),
    ],
)
def test_no_more_than_6_months_between_follow_ups(held: str, expected: str) -> None:
    assert outcome(placed(held=held), "followup-6-months") == expected


def test_a_round_missed_before_the_period_and_made_good_before_it_is_not_counted_again() -> None:
    log = placed(held="2018-06-01 2018-12-20 2019-06-19")
    assert outcome(log, "followup-6-months", ("2019-01-01", "2019-11-30")) == "ok"


def test_planned_follow_ups_are_not_held() -> None:
    log = placed(held="2018-06-01 2018-11-20")
    log.step("opfoelgning-1/vurdering", "2019-05-01", {"status": "planned"}, items="m1")
    assert outcome(log, "followup-6-months") == "followup-missing"


def test_a_short_period_in_which_nothing_falls_due_is_left_out() -> None:
    log = placed(held="2018-06-01 2018-11-20", visits="2018-10-01 2018-12-01")
    period = ("2019-02-01", "2019-03-31")
    found = verdicts(log, period)
    assert said(found["followup-6-months"]) == "out"
    assert "20. maj 2019" in found["followup-6-months"].reason
    assert said(found["visits"]) == "out"


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ("2018-09-01 2018-12-01 2019-06-01 2019-11-01", "ok"),
        ("2018-09-01 2018-12-01 2019-06-01", "visit-missing"),
        ("2018-09-01 2018-12-01 2019-09-02", "visit-late"),
        ("2018-09-01 2018-12-01 2019-06-01 2019-11-01/andet-sted", "visit-elsewhere"),
        ("2018-09-01 2018-12-01", "visit-missing"),
    ],
)
def test_two_visits_at_the_placement_in_any_twelve_months(visits: str, expected: str) -> None:
    assert outcome(placed(held="2018-06-01", visits=visits), "visits") == expected


def test_a_case_with_a_decision_in_the_period_is_no_follow_up_case() -> None:
    found = verdicts(decision(kinds="anbringelse"))
    assert {said(found[code]) for code in ("followup-3-months", "followup-6-months", "visits")} == {"out"}


def test_what_does_not_run_in_the_period_does_not_enter() -> None:
    assert counted(placed(ended="2018-12-31")).entered == ()
    assert counted(placed(ended="2019-01-01")).entered != ()
    closed = placed()
    closed.run("afslutning-1", "2018-11-01")
    closed.step("afslutning-1/lukket", "2018-11-01")
    assert counted(closed).entered == ()


def test_support_that_is_no_placement_does_not_enter_as_follow_up() -> None:
    found = counted(decision("2018-06-13"))
    assert found.entered == ()
    assert "ingen løbende anbringelse" in found.outside[0][1]


def test_a_placement_decided_but_not_begun_does_not_enter() -> None:
    log = placed()
    log.rows = [r for r in log.rows if r.step != "ivaerksat"]
    assert counted(log).entered == ()


class TestBarnetsLov:
    OLD = "2023-06-01 2023-11-20"

    def test_there_is_no_6_months_rule(self) -> None:
        found = verdicts(placed("2023-03-10", self.OLD), YEAR_2024)["followup-6-months"]
        assert said(found) == "out"
        assert "ingen 6-måneders regel" in found.reason

    def test_in_a_period_across_new_year_only_the_old_rounds_count(self) -> None:
        across = ("2023-07-01", "2024-06-30")
        assert outcome(placed("2023-03-10", "2023-06-01"), "followup-6-months", across) == "followup-missing"
        assert outcome(placed("2023-03-10", self.OLD), "followup-6-months", across) == "ok"

    def test_the_old_rhythm_still_says_when_the_next_one_is_due_at_the_latest(self) -> None:
        assert outcome(placed("2023-03-10", self.OLD), "followup-ongoing", YEAR_2024) == "followup-missing"
        assert outcome(placed("2023-03-10", f"{self.OLD} 2024-05-20"), "followup-ongoing", YEAR_2024) == "ok"

    def rhythm(self, agreed: str, decided: str = "2024-05-20", then: str = "") -> Log:
        log = placed("2023-03-10", f"{self.OLD} 2024-05-20 {then}")
        if agreed:
            log.step("opfoelgning-1/rytme", decided, {"valg": "fast", "naeste": agreed})
        return log

    def test_the_rhythm_is_decided_at_the_first_follow_up_under_the_new_law(self) -> None:
        code = "followup-rhythm-missing"
        assert outcome(self.rhythm("2024-10-01"), code, YEAR_2024) == "ok"
        assert outcome(self.rhythm("2024-10-01", "2024-05-21"), code, YEAR_2024) == "rhythm-late"
        assert outcome(self.rhythm(""), code, YEAR_2024) == "rhythm-missing"
        assert outcome(placed("2023-03-10", self.OLD), code, YEAR_2024) == "out"

    def test_the_agreed_day_is_kept(self) -> None:
        code = "followup-ongoing"
        assert outcome(self.rhythm("2024-10-01", then="2024-10-01"), code, YEAR_2024) == "ok"
        assert outcome(self.rhythm("2024-10-01", then="2024-10-02"), code, YEAR_2024) == "followup-late"
        assert outcome(self.rhythm("2024-10-01"), code, YEAR_2024) == "followup-missing"

    @pytest.mark.parametrize(
        ("held", "expected"), [("2024-03-10", "ok"), ("2024-03-11", "followup-late"), ("", "followup-missing")]
    )
    def test_the_first_follow_up_is_due_3_months_after_the_start(self, held: str, expected: str) -> None:
        log = placed("2023-12-10")
        if held:
            log.step("opfoelgning-1/foerste", held, "fortsaet", items="m1")
        assert outcome(log, "followup-3-months", YEAR_2024) == expected

    def test_visits_are_the_same(self) -> None:
        visits = "2023-09-01 2023-12-01 2024-06-01"
        assert outcome(placed("2023-03-10", self.OLD, visits), "visits", YEAR_2024) == "visit-missing"
        assert outcome(placed("2023-03-10", self.OLD, f"{visits} 2024-11-30"), "visits", YEAR_2024) == "ok"


def test_the_measures_of_barnets_lov_stand_only_where_it_governs() -> None:
    codes = {c.measure.code for c in counted(placed()).measures}
    assert not codes & {"followup-ongoing", "followup-rhythm-missing", "siblings-not-investigated"}
    codes = {c.measure.code for c in counted(placed("2023-03-10"), YEAR_2024).measures}
    assert codes >= {"followup-ongoing", "followup-rhythm-missing", "siblings-not-investigated", "followup-6-months"}
