"""Valg af indsats: the plan before the decision (serviceloven), or within 3 months after it, or none (barnets lov)."""

from __future__ import annotations

import pytest

from tests.checklists.build import Log
from tests.checklists.measured import YEAR_2019, YEAR_2024, decision, said, verdicts


def planned(
    day: str, decided: str = "2019-06-13", kinds: str = "kontaktperson", plan: str = "handleplan", born: str = "2009-11"
) -> Log:
    log = decision(decided, kinds, born)
    if day:
        log.run(f"{plan}-1", decided, serves="afgoerelse-1")
        log.step(f"{plan}-1/udarbejdet", day)
    return log


def outcomes(log: Log, period: tuple[str, str] = YEAR_2019) -> tuple[str, str]:
    found = verdicts(log, period)
    return said(found["plan-missing"]), said(found["plan-late"])


class TestServiceloven:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2019-06-12", ("ok", "ok")),
            ("2019-06-13", ("ok", "ok")),
            ("2019-06-14", ("ok", "plan-after-decision")),
            ("", ("plan-missing", "out")),
        ],
    )
    def test_the_plan_comes_before_the_decision(self, day: str, expected: tuple[str, str]) -> None:
        assert outcomes(planned(day)) == expected

    def test_a_plan_made_after_the_period_is_not_known_to_it(self) -> None:
        found = verdicts(planned("2020-01-10"), today="2020-02-01")
        assert said(found["plan-missing"]) == "plan-missing"

    @pytest.mark.parametrize(
        ("day", "expected"),
        [("2019-10-13", ("ok", "ok")), ("2019-10-14", ("ok", "plan-after-deadline")), ("", ("plan-missing", "out"))],
    )
    def test_a_decision_that_could_not_wait_has_4_months(self, day: str, expected: tuple[str, str]) -> None:
        log = planned(day)
        log.step("afgoerelse-1/tempo", "2019-06-10", "foreloebig")
        assert outcomes(log) == expected

    def test_while_those_4_months_run_nothing_is_missing(self) -> None:
        log = planned("", "2019-11-13")
        log.step("afgoerelse-1/tempo", "2019-11-10", "foreloebig")
        found = verdicts(log)["plan-missing"]
        assert said(found) == "out"
        assert "13. marts 2020" in found.reason

    def test_the_plan_of_an_earlier_decision_is_not_the_plan_of_this_one(self) -> None:
        log = planned("2019-06-10")
        log.run("afgoerelse-2", "2019-09-01")
        log.item("m2", "2019-09-01", kind="anbringelse", run="afgoerelse-2")
        log.step("afgoerelse-2/truffet", "2019-09-10", items="m2")
        assert outcomes(log) == ("plan-missing", "out")

    def test_what_barnets_lov_brought_is_not_asked(self) -> None:
        assert "plan-position-missing" not in verdicts(planned(""))


class TestBarnetsLov:
    def support(self, position: str = "ja", day: str = "", on: str = "2024-06-13", born: str = "2014-11") -> Log:
        plan = "ungeplan" if born < "2009" else "barnets-plan"
        log = decision("2024-06-13", "kontaktperson", born)
        log.run(f"{plan}-1", "2024-06-01", serves="afgoerelse-1")
        if position:
            log.step(f"{plan}-1/stilling", on, position)
        if day:
            log.step(f"{plan}-1/udarbejdet", day)
        return log

    @pytest.mark.parametrize(
        ("day", "expected"),
        [("2024-06-20", ("ok", "ok")), ("2024-09-13", ("ok", "ok")), ("2024-09-14", ("ok", "plan-after-deadline"))],
    )
    @pytest.mark.parametrize("born", ["2014-11", "2007-11"], ids=["child", "youth"])
    def test_a_plan_decided_on_is_ready_3_months_after_the_decision(
        self, day: str, expected: tuple[str, str], born: str
    ) -> None:
        assert outcomes(self.support("ja", day, born=born), YEAR_2024) == expected

    def test_decided_on_and_not_made(self) -> None:
        assert outcomes(self.support("ja"), YEAR_2024) == ("plan-missing", "out")

    def test_decided_against(self) -> None:
        found = verdicts(self.support("nej"), YEAR_2024)
        assert said(found["plan-missing"]) == "out"
        assert "besluttet ikke at lave en plan" in found["plan-missing"].reason
        assert said(found["plan-position-missing"]) == "ok"

    def test_no_position(self) -> None:
        found = verdicts(self.support(""), YEAR_2024)
        assert said(found["plan-position-missing"]) == "plan-position-missing"
        assert said(found["plan-missing"]) == "out"

    @pytest.mark.parametrize(("on", "outcome"), [("2024-06-13", "ok"), ("2024-06-14", "plan-position-late")])
    def test_the_position_is_taken_by_the_decision(self, on: str, outcome: str) -> None:
        assert said(verdicts(self.support("ja", on=on), YEAR_2024)["plan-position-missing"]) == outcome

    def test_a_plan_made_after_a_no_is_not_late(self) -> None:
        assert outcomes(self.support("nej", "2024-11-01"), YEAR_2024) == ("ok", "out")

    @pytest.mark.parametrize(
        ("day", "expected"),
        [("2024-09-13", ("ok", "ok")), ("2024-09-14", ("ok", "plan-after-deadline")), ("", ("plan-missing", "out"))],
    )
    def test_a_placement_always_has_a_plan(self, day: str, expected: tuple[str, str]) -> None:
        log = planned(day, "2024-06-13", "anbringelse", "barnets-plan", "2014-11")
        assert outcomes(log, YEAR_2024) == expected
        assert said(verdicts(log, YEAR_2024)["plan-position-missing"]) == "out"

    @pytest.mark.parametrize(
        ("day", "expected"),
        [("2024-06-13", ("ok", "ok")), ("2024-06-14", ("ok", "plan-after-decision")), ("", ("plan-missing", "out"))],
    )
    def test_a_forced_placement_has_its_plan_before_the_decision(self, day: str, expected: tuple[str, str]) -> None:
        log = planned(day, "2024-06-13", "anbringelse-uden-samtykke", "barnets-plan", "2014-11")
        assert outcomes(log, YEAR_2024) == expected

    def test_a_new_placement_whose_3_months_run_is_left_out(self) -> None:
        log = planned("", "2024-11-13", "anbringelse", "barnets-plan", "2014-11")
        assert outcomes(log, YEAR_2024) == ("out", "out")

    def test_a_handleplan_begun_in_2023_serves_a_decision_in_2024(self) -> None:
        log = decision("2024-01-10", "anbringelse", "2014-11")
        log.run("handleplan-1", "2023-12-10", serves="afgoerelse-1")
        log.step("handleplan-1/udarbejdet", "2024-03-01")
        assert outcomes(log, YEAR_2024) == ("ok", "ok")


def test_the_day_of_the_decision_chooses_the_law() -> None:
    before = planned("2024-01-20", "2023-12-29", "anbringelse", "handleplan", "2014-11")
    after = planned("2024-01-20", "2024-01-02", "anbringelse", "barnets-plan", "2014-11")
    across = ("2023-07-01", "2024-06-30")
    assert outcomes(before, across) == ("ok", "plan-after-decision")
    assert outcomes(after, across) == ("ok", "ok")


def test_support_basis_counts_every_type() -> None:
    log = Log("2019-01-01")
    log.run("tidlig-indsats-1", "2019-03-01")
    log.step("tidlig-indsats-1/tilbud", "2019-03-01", "konsulentbistand")
    log.run("sagsgennemgang-1", "2019-12-01")
    log.step("sagsgennemgang-1/stoettegrundlag", "2019-12-01", "utilstraekkelig")
    found = verdicts(log)
    assert said(found["support-basis"]) == "support-basis"
    assert said(found["plan-missing"]) == "out"
    assert found["plan-missing"].reason == "tæller ikke i sager om et tidligt tilbud"
