"""Serviceloven to 31 December 2023, barnets lov from 1 January 2024: which law each duty is judged by."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.laws import Pages, law_on
from checklists.progress import assess
from checklists.states import Progress, RunState
from handbook.load import bundled
from handbook.model import Handbook, Law
from tests.checklists.build import SEL, Log, moment, state, told

BOTH: dict[Law, Handbook] = {"serviceloven": SEL, "barnets_lov": bundled("barnets_lov")}


def assessed(log: Log, today: str) -> Progress:
    day, at = moment(today)
    now: datetime = at or end_of_day(day)
    return assess(fold("S-1", log.rows, now), BOTH, now)


def run_of(progress: Progress, run: str) -> RunState:
    return next(r for r in progress.runs if r.run is not None and r.run.id == run)


def law_of(progress: Progress, run: str) -> str:
    return run_of(progress, run).procedure.law


def decided(decision: str, plan: str = "", kind: str = "kontaktperson") -> Log:
    """A decision in order but for the plan."""
    log = Log("2023-06-01", born="2014-05")
    begun = "2023-10-02" if decision < "2024-02" else "2024-03-01"
    log.run("afgoerelse-1", begun)
    log.item("m1", begun, kind=kind)
    log.step("afgoerelse-1/grundlag", begun, "ny")
    log.step("afgoerelse-1/partshoering", begun)
    log.step("afgoerelse-1/samtykke", begun)
    log.run("boernesamtale-1", begun, serves="afgoerelse-1")
    log.step("boernesamtale-1/holdt", begun, {"holdt_af": "myndighedssagsbehandler"}, "m1")
    log.step("afgoerelse-1/truffet", decision, items="m1")
    if plan:
        log.run("handleplan-1", begun, serves="afgoerelse-1")
        log.step("handleplan-1/maal", plan)
        log.step("handleplan-1/udarbejdet", plan)
    return log


class TestDecision:
    def test_a_decision_of_2023_without_a_plan_stays_breached_in_2024(self) -> None:
        progress = assessed(decided("2023-12-20"), "2024-06-01")
        found = [f for f in progress.findings if "plan" in f.procedure]
        assert [(f.procedure, f.step, f.law, f.measures) for f in found] == [
            ("handleplan", "udarbejdet", "SEL", ("plan-missing",))
        ]

    def test_the_same_decision_in_2024_has_three_months_for_the_plan(self) -> None:
        log = decided("2024-01-15")
        log.run("barnets-plan-1", "2024-01-15", serves="afgoerelse-1")
        log.step("barnets-plan-1/stilling", "2024-01-15", "ja")
        plan = state(assessed(log, "2024-01-20"), "barnets-plan-1/udarbejdet")
        assert plan.due is not None
        assert plan.due.aim == date(2024, 4, 15)
        late = state(assessed(log, "2024-04-16"), "barnets-plan-1/udarbejdet")
        assert late.finding is not None
        assert (late.finding.law, late.finding.measures) == ("BL", ("plan-missing",))

    def test_without_a_position_on_the_plan_that_is_what_is_missing(self) -> None:
        progress = assessed(decided("2024-01-15"), "2024-02-01")
        assert [f.measures for f in progress.findings if f.procedure == "barnets-plan"] == [("plan-position-missing",)]

    def test_a_placement_always_needs_a_plan(self) -> None:
        log = decided("2024-04-02", kind="anbringelse")
        plan = state(assessed(log, "2024-04-03"), "/udarbejdet")
        assert plan.due is not None
        assert plan.due.aim == date(2024, 7, 2)

    def test_a_forced_placement_needs_it_before_the_decision(self) -> None:
        log = decided("2024-04-02", kind="anbringelse-uden-samtykke")
        found = [f for f in assessed(log, "2024-04-03").findings if f.procedure == "barnets-plan"]
        assert [(f.step, f.since) for f in found] == [("udarbejdet", date(2024, 4, 2))]

    @pytest.mark.parametrize(("today", "law"), [("2023-12-31", "serviceloven"), ("2024-01-01", "barnets_lov")])
    def test_an_undecided_case_changes_law_at_new_year(self, today: str, law: str) -> None:
        log = Log("2023-06-01")
        log.run("afgoerelse-1", "2023-11-01")
        assert law_of(assessed(log, today), "afgoerelse-1") == law

    def test_a_plan_under_way_keeps_its_run_and_becomes_a_barnets_plan(self) -> None:
        log = decided("2024-01-15", plan="2023-12-10")
        progress = assessed(log, "2024-02-01")
        plan = run_of(progress, "handleplan-1")
        assert plan.procedure.id == "barnets-plan"
        assert state(progress, "handleplan-1/udarbejdet").state == "done"

    def test_a_child_of_ten_is_a_party_under_barnets_lov_only(self) -> None:
        born = "2012-05-03"
        for decision, expected in (("2023-12-20", []), ("2024-01-15", ["party-rights-missing"])):
            log = decided(decision)
            log.rows[0] = Log("2023-06-01", born=born).rows[0]
            found = [m for f in assessed(log, "2024-02-01").findings for m in f.measures if m == "party-rights-missing"]
            assert found == expected


class TestRunningDuties:
    def test_an_investigation_keeps_its_anchor_and_its_four_months(self) -> None:
        log = Log("2023-06-01")
        log.run("boernefaglig-undersoegelse-1", "2023-11-10")
        log.step("boernefaglig-undersoegelse-1/udloesende", "2023-11-05")
        progress = assessed(log, "2024-02-01")
        finish = state(progress, "boernefaglig-undersoegelse-1/afsluttet")
        assert law_of(progress, "boernefaglig-undersoegelse-1") == "barnets_lov"
        assert finish.due is not None
        assert finish.due.aim == date(2024, 3, 5)
        assert finish.step.clause.startswith("BL § 20, stk. 3")

    def test_an_investigation_finished_in_2023_stays_under_serviceloven(self) -> None:
        log = Log("2023-06-01")
        log.run("boernefaglig-undersoegelse-1", "2023-08-10")
        log.step("boernefaglig-undersoegelse-1/afsluttet", "2023-12-31")
        assert law_of(assessed(log, "2024-02-01"), "boernefaglig-undersoegelse-1") == "serviceloven"

    def test_a_notification_of_the_last_day_of_2023_is_finished_under_barnets_lov(self) -> None:
        log = Log("2023-12-30")
        log.run("underretning-1", "2023-12-31")
        log.step("underretning-1/modtaget", "2023-12-31 15:00")
        log.step("underretning-1/risikovurdering", "2023-12-31 16:00", "nej")
        progress = assessed(log, "2024-01-02")
        assert law_of(progress, "underretning-1") == "barnets_lov"
        receipt = state(progress, "underretning-1/kvittering")
        assert receipt.step.clause.startswith("BL § 138")
        assert receipt.due is not None
        assert receipt.due.aim == date(2024, 1, 8)
        assert state(progress, "underretning-1/risikovurdering").step.clause.startswith("SEL § 155")

    def test_a_first_follow_up_running_at_new_year_keeps_its_three_months(self) -> None:
        log = decided("2023-11-01", plan="2023-10-20")
        log.step("afgoerelse-1/ivaerksat", "2023-11-10", items="m1")
        log.run("opfoelgning-1", "2023-11-10", serves="afgoerelse-1")
        first = state(assessed(log, "2024-01-05"), "opfoelgning-1/foerste", "m1")
        assert first.due is not None
        assert first.due.aim == date(2024, 2, 10)

    def test_after_a_follow_up_in_2023_the_old_six_months_are_the_latest(self) -> None:
        log = decided("2023-06-20", plan="2023-06-10")
        log.step("afgoerelse-1/ivaerksat", "2023-07-01", items="m1")
        log.run("opfoelgning-1", "2023-07-01", serves="afgoerelse-1")
        log.step("opfoelgning-1/vurdering", "2023-09-15", "fortsaet", "m1")
        progress = assessed(log, "2024-02-01")
        following = state(progress, "opfoelgning-1/vurdering", "m1")
        assert following.due is not None
        assert following.due.aim == date(2024, 3, 15)
        assert [f for f in progress.findings if f.procedure == "opfoelgning"] == []

    def test_under_barnets_lov_the_agreed_day_is_the_deadline(self) -> None:
        log = decided("2024-03-05")
        log.step("afgoerelse-1/ivaerksat", "2024-03-10", items="m1")
        log.run("opfoelgning-1", "2024-03-10", serves="afgoerelse-1")
        log.step("opfoelgning-1/foerste", "2024-06-01", "fortsaet", "m1")
        missing = [f.measures for f in assessed(log, "2024-06-02").findings if f.procedure == "opfoelgning"]
        assert missing == [("followup-rhythm-missing",)]
        log.step("opfoelgning-1/rytme", "2024-06-01", {"valg": "fast", "naeste": "2024-11-20"})
        following = state(assessed(log, "2024-06-02"), "opfoelgning-1/vurdering", "m1")
        assert following.due is not None
        assert following.due.aim == date(2024, 11, 20)
        overdue = assessed(log, "2024-11-21")
        assert "opfoelgning-1/vurdering m1 overdue missing" in told(overdue)

    def test_a_late_follow_up_of_2023_is_judged_by_the_law_of_its_day(self) -> None:
        log = decided("2023-06-20", plan="2023-06-10")
        log.step("afgoerelse-1/ivaerksat", "2023-07-01", items="m1")
        log.run("opfoelgning-1", "2023-07-01", serves="afgoerelse-1")
        log.step("opfoelgning-1/vurdering", "2023-10-15", "fortsaet", "m1")
        late = [f for f in assessed(log, "2024-02-01").findings if f.procedure == "opfoelgning"]
        assert [(f.kind, f.law) for f in late] == [("late", "SEL")]


DAYS = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@given(DAYS)
def test_every_day_has_one_law(day: date) -> None:
    assert law_on(day) == ("serviceloven" if day < date(2024, 1, 1) else "barnets_lov")


@given(st.lists(DAYS, min_size=1, max_size=4), DAYS, st.sampled_from(sorted(SEL.procedures)))
def test_no_date_leaves_a_run_without_a_law_or_with_two(days: list[date], today: date, procedure: str) -> None:
    log = Log("2017-01-01")
    for number, day in enumerate(days, 1):
        log.run(f"{procedure}-{number}", day.isoformat())
        log.step(f"{procedure}-{number}/{SEL.procedures[procedure].steps[-1].id}", day.isoformat())
    now = end_of_day(today)
    case = fold("S-1", log.rows, now)
    pages = Pages(case, BOTH, today)
    for run in case.runs.values():
        page = pages.of(run)
        assert page is not None
        assert page.law == law_on(pages.governing_day(run)) or page.counterpart == "ingen"
    assert len(assess(case, BOTH, now).runs) >= len(case.runs)
