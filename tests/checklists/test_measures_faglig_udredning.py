"""Faglig udredning: which investigation counts, from when, and what each law asks of it."""

from __future__ import annotations

import pytest

from tests.checklists.build import Log
from tests.checklists.measured import YEAR_2019, YEAR_2024, decision, said, verdicts

RUN = "boernefaglig-undersoegelse-1"
POSITION = {"valg": "stoette", "stoetteart": "kontaktperson"}


def investigated(
    finished: str = "2019-05-10",
    aware: str | None = "2019-02-01",
    decided: str = "2019-06-03",
    begun: str = "2019-02-10",
    kinds: str = "kontaktperson",
    art: str = "ny",
    basis: str = "ny",
    position: object = POSITION,
    known: str = "2018-01-01",
) -> Log:
    log = decision(decided, kinds, known=known)
    log.run(RUN, begun)
    log.step(f"{RUN}/besluttet", begun)
    log.step(f"{RUN}/art", begun, art)
    if aware:
        log.step(f"{RUN}/udloesende", aware)
    if position:
        log.step(f"{RUN}/stillingtagen", finished or begun, position)
    if finished:
        log.step(f"{RUN}/afsluttet", finished, "stoette")
    log.step("afgoerelse-1/grundlag", decided, basis)
    return log


def outcomes(log: Log, period: tuple[str, str] = YEAR_2019, from_start: bool = True) -> dict[str, str]:
    found = verdicts(log, period, from_start=from_start)
    return {code: said(verdict) for code, verdict in found.items()}


class TestMissing:
    def test_a_finished_one_is_there(self) -> None:
        assert outcomes(investigated())["investigation-missing"] == "ok"

    def test_begun_and_never_finished(self) -> None:
        assert outcomes(investigated(finished=""))["investigation-missing"] == "investigation-unfinished"

    def test_finished_after_the_decision_is_not_missing_but_unfinished_then(self) -> None:
        found = outcomes(investigated("2019-06-04"))
        assert found["investigation-missing"] == "ok"
        assert found["investigation-unfinished-at-decision"] == "finished-after-decision"

    def test_finished_on_the_day_of_the_decision_is_in_time(self) -> None:
        assert outcomes(investigated("2019-06-03"))["investigation-unfinished-at-decision"] == "ok"

    def test_finished_after_the_period_is_not_known_to_it(self) -> None:
        log = investigated("2020-01-15")
        assert said(verdicts(log, today="2020-03-01")["investigation-missing"]) == "investigation-unfinished"

    def test_none_at_all(self) -> None:
        assert outcomes(decision())["investigation-missing"] == "investigation-missing"

    def test_a_case_that_came_while_it_was_being_decided_is_not_asked(self) -> None:
        assert outcomes(decision(known="2019-06-02"))["investigation-missing"] == "out"

    def test_an_earlier_one_counts_as_outdated_and_not_as_missing(self) -> None:
        log = decision()
        log.step("afgoerelse-1/grundlag", "2019-06-01", "tidligere")
        found = outcomes(log)
        assert found["investigation-missing"] == "ok"
        assert found["investigation-outdated"] == "investigation-outdated"
        assert found["investigation-late"] == "out"

    def test_an_earlier_one_explained_as_still_covering_is_in_order(self) -> None:
        log = decision()
        log.step("afgoerelse-1/grundlag", "2019-06-01", {"valg": "tidligere", "stadig_daekkende": "intet er ændret"})
        assert outcomes(log)["investigation-outdated"] == "ok"


class TestProvisional:
    def provisional(self, finished: str, decided: str = "2019-06-03") -> Log:
        log = investigated(finished, decided=decided, basis="foreloebig", kinds="anbringelse")
        log.step("afgoerelse-1/tempo", "2019-06-01", "foreloebig")
        return log

    def test_the_law_does_not_ask_for_it_first(self) -> None:
        found = outcomes(self.provisional("2019-07-20"))
        assert found["investigation-unfinished-at-decision"] == "out"
        assert found["investigation-missing"] == "ok"
        assert found["investigation-late"] == "investigation-late"

    def test_while_the_4_months_run_it_is_neither_there_nor_missing(self) -> None:
        found = verdicts(self.provisional("", "2019-05-20"), ("2019-01-01", "2019-05-31"))["investigation-missing"]
        assert said(found) == "out"
        assert "1. juni 2019" in found.reason

    def test_when_they_have_run_out_it_is_missing(self) -> None:
        assert outcomes(self.provisional(""))["investigation-missing"] == "investigation-unfinished"


class TestFourMonths:
    @pytest.mark.parametrize(
        ("finished", "outcome"), [("2019-06-01", "ok"), ("2019-06-02", "investigation-late")], ids=["last day", "late"]
    )
    def test_the_deadline_is_its_own_day(self, finished: str, outcome: str) -> None:
        assert outcomes(investigated(finished, decided="2019-07-01"))["investigation-late"] == outcome

    def test_an_update_is_not_counted(self) -> None:
        found = outcomes(investigated("2019-06-03", art="opdatering", basis="opdateret"))
        assert found["investigation-late"] == "out"
        assert found["reasoned-position-missing"] == "ok"
        assert found["investigation-outdated"] == "ok"

    def test_a_start_before_the_period_that_is_written_stands(self) -> None:
        assert outcomes(investigated("2019-04-20", aware="2018-12-01"))["investigation-late"] == "investigation-late"

    def test_a_start_that_is_not_written_runs_from_the_period_by_the_auditors_rule_only(self) -> None:
        log = investigated("2019-04-20", aware=None)
        log.run("underretning-1", "2018-12-01")
        log.step("underretning-1/modtaget", "2018-12-01")
        assert outcomes(log)["investigation-late"] == "ok"
        assert outcomes(log, from_start=False)["investigation-late"] == "investigation-late"

    def test_an_unwritten_start_in_the_period_is_the_notification(self) -> None:
        log = investigated("2019-05-21", aware=None)
        log.run("underretning-1", "2019-01-20")
        log.step("underretning-1/modtaget", "2019-01-20")
        assert outcomes(log)["investigation-late"] == "investigation-late"

    def test_no_known_start_is_left_out(self) -> None:
        assert outcomes(investigated(aware=None))["investigation-late"] == "out"

    def test_a_deadline_from_before_the_case_was_known_is_left_out(self) -> None:
        log = investigated("2019-05-20", aware="2018-12-01", known="2019-05-01")
        assert outcomes(log)["investigation-late"] == "out"

    def test_barnets_lov_has_the_same_4_months(self) -> None:
        log = investigated("2024-06-02", "2024-02-01", "2024-07-03", "2024-02-10", "anbringelse")
        assert outcomes(log, YEAR_2024)["investigation-late"] == "investigation-late"

    def test_the_clock_is_not_set_back_at_new_year(self) -> None:
        log = investigated("2024-01-20", "2023-09-10", "2024-02-03", "2023-09-20", "anbringelse")
        assert outcomes(log, YEAR_2024)["investigation-late"] == "investigation-late"


@pytest.mark.parametrize(
    ("position", "outcome"),
    [
        (POSITION, "ok"),
        ({"valg": "stoette"}, "position-without-kind"),
        ({"valg": "ingen-stoette"}, "ok"),
        (None, "position-missing"),
    ],
)
def test_the_reasoned_position_names_the_support(position: object, outcome: str) -> None:
    assert outcomes(investigated(position=position))["reasoned-position-missing"] == outcome


def test_the_later_of_two_finished_before_the_decision_counts() -> None:
    log = investigated("2019-05-10", aware="2018-06-01")
    log.run("boernefaglig-undersoegelse-2", "2019-05-12")
    log.step("boernefaglig-undersoegelse-2/udloesende", "2019-05-11")
    log.step("boernefaglig-undersoegelse-2/afsluttet", "2019-06-01", "stoette")
    assert outcomes(log)["investigation-late"] == "ok"
    assert outcomes(log)["reasoned-position-missing"] == "position-missing"


class TestBarnetsLov:
    def support(self, **answers: str) -> Log:
        log = decision("2024-06-03")
        log.run("screening-1", "2024-05-01")
        for step, answer in answers.items():
            log.step(f"screening-1/{step}", "2024-05-02", answer)
        return log

    def test_supporting_measures_need_no_investigation_but_an_afdaekning_or_one(self) -> None:
        found = verdicts(self.support(), YEAR_2024)
        assert said(found["investigation-missing"]) == "out"
        assert "§ 32, stk. 4" in found["investigation-missing"].reason
        assert said(found["investigation-unfinished-at-decision"]) == "out"
        assert said(found["clarification-missing"]) == "clarification-missing"

    def test_an_afdaekning_is_enough_for_support(self) -> None:
        log = self.support()
        log.run("afdaekning-1", "2024-05-03")
        log.step("afdaekning-1/besluttet", "2024-05-03")
        assert outcomes(log, YEAR_2024)["clarification-missing"] == "ok"

    def test_a_complex_case_must_be_investigated_also_for_support(self) -> None:
        assert outcomes(self.support(kompleks="ja"), YEAR_2024)["investigation-missing"] == "investigation-missing"
        assert outcomes(self.support(kompleks="nej"), YEAR_2024)["investigation-missing"] == "out"

    def test_a_placement_must_rest_on_a_finished_investigation(self) -> None:
        assert outcomes(decision("2024-06-03", "anbringelse"), YEAR_2024)["investigation-missing"] == (
            "investigation-missing"
        )
        log = investigated("2024-06-04", "2024-05-01", "2024-06-03", "2024-05-02", "anbringelse")
        assert outcomes(log, YEAR_2024)["investigation-unfinished-at-decision"] == "finished-after-decision"

    def test_an_investigation_beside_the_support_may_end_later(self) -> None:
        log = investigated("2024-07-10", "2024-05-01", "2024-06-03", "2024-05-02", basis="sideloebende")
        found = outcomes(log, YEAR_2024)
        assert found["investigation-unfinished-at-decision"] == "out"
        assert found["investigation-late"] == "ok"

    def test_serviceloven_does_not_know_the_new_measures(self) -> None:
        assert "clarification-missing" not in outcomes(decision())
        assert outcomes(decision("2023-12-30"), ("2023-07-01", "2024-06-30"))["clarification-missing"] == "out"


class TestSiblings:
    def placed(self, cause: str, answer: str = "") -> Log:
        log = decision("2024-06-03", "anbringelse")
        log.item("s1", "2024-06-03", "søskende", "", label="bror 7 år")
        if cause:
            log.step("afgoerelse-1/aarsag", "2024-06-03", cause)
        if answer:
            log.step("afgoerelse-1/soeskende", "2024-06-20", answer, items="s1")
        return log

    @pytest.mark.parametrize(
        ("cause", "answer", "outcome"),
        [
            ("omsorgssvigt", "ja", "ok"),
            ("overgreb", "undladt", "ok"),
            ("omsorgssvigt", "ikke-endnu", "siblings-not-investigated"),
            ("omsorgssvigt", "", "siblings-not-investigated"),
            ("omsorgssvigt", "ikke-omfattet", "out"),
            ("andet", "", "out"),
            ("", "", "out"),
        ],
    )
    def test_siblings_are_investigated_when_a_child_is_placed_for_neglect(
        self, cause: str, answer: str, outcome: str
    ) -> None:
        assert outcomes(self.placed(cause, answer), YEAR_2024)["siblings-not-investigated"] == outcome

    def test_no_siblings_and_no_placement_are_left_out(self) -> None:
        log = decision("2024-06-03", "anbringelse")
        log.step("afgoerelse-1/aarsag", "2024-06-03", "overgreb")
        assert outcomes(log, YEAR_2024)["siblings-not-investigated"] == "out"
        assert outcomes(decision("2024-06-03"), YEAR_2024)["siblings-not-investigated"] == "out"
