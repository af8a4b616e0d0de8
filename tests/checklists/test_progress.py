"""What a step's state and finding are, from what was recorded: the rules people rely on, one test a rule."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from checklists.calendar import TZ
from tests.checklists.build import Log, page, state, told


def notified(received: str = "2019-03-08 15:40") -> Log:
    log = Log("2019-03-01")
    log.run("underretning-1", received[:10])
    log.step("underretning-1/modtaget", received)
    return log


def deciding(decided: str = "", measures: str = "m1", **run: str) -> Log:
    """A decision under way about one contact person, with the rest in order but talk and plan."""
    log = Log("2019-01-01")
    log.run("afgoerelse-1", "2019-05-01", **run)
    for item in measures.split():
        log.item(item, "2019-05-01")
    log.step("afgoerelse-1/grundlag", "2019-05-02", "ny")
    log.step("afgoerelse-1/partshoering", "2019-05-02")
    log.step("afgoerelse-1/samtykke", "2019-05-02")
    if decided:
        log.step("afgoerelse-1/truffet", decided, items=measures)
    return log


def with_plan(log: Log, when: str = "2019-05-20") -> Log:
    log.run("handleplan-1", "2019-05-03", serves="afgoerelse-1")
    log.step("handleplan-1/maal", when)
    log.step("handleplan-1/udarbejdet", when)
    return log


class TestDeadline:
    def test_24_hours_run_through_the_weekend(self) -> None:
        found = state(notified().assess("2019-03-09 15:00"), "underretning-1/risikovurdering")
        assert found.state == "due soon"
        assert found.due is not None
        assert found.due.aim == datetime(2019, 3, 9, 15, 40, tzinfo=TZ)

    def test_one_minute_over_24_hours_is_overdue(self) -> None:
        progress = notified().assess("2019-03-09 15:41")
        assert state(progress, "underretning-1/risikovurdering").state == "overdue"
        assert told(progress) == ["underretning-1/risikovurdering overdue missing"]

    def test_done_at_the_last_minute_is_in_time(self) -> None:
        log = notified()
        log.step("underretning-1/risikovurdering", "2019-03-09 15:40", "nej")
        assert state(log.assess("2019-03-12"), "underretning-1/risikovurdering").state == "done"

    def test_done_a_minute_late_is_late(self) -> None:
        log = notified()
        log.step("underretning-1/risikovurdering", "2019-03-09 15:41", "nej")
        assert state(log.assess("2019-03-12"), "underretning-1/risikovurdering").state == "done late"

    def test_a_day_without_an_hour_is_late_only_after_the_next_day(self) -> None:
        log = notified("2019-03-08")
        assert state(log.assess("2019-03-09"), "underretning-1/risikovurdering").state == "due soon"
        assert state(log.assess("2019-03-10"), "underretning-1/risikovurdering").state == "overdue"

    def test_receipt_shows_both_readings_of_hverdag(self) -> None:
        found = state(notified("2019-03-08").assess("2019-03-11"), "underretning-1/kvittering")
        assert found.due is not None
        assert found.due.aim == date(2019, 3, 15)
        assert found.due.late_after.date() == date(2019, 3, 18)

    def test_before_the_notification_is_dated_nothing_runs(self) -> None:
        log = Log()
        log.run("underretning-1", "2019-03-08")
        assert state(log.assess("2019-03-30"), "underretning-1/kvittering").state == "waiting"

    def test_four_months_are_clipped_to_the_months_end(self) -> None:
        log = Log("2018-10-01")
        log.run("boernefaglig-undersoegelse-1", "2018-10-31")
        log.step("boernefaglig-undersoegelse-1/udloesende", "2018-10-31")
        assert state(log.assess("2019-02-28"), "boernefaglig-undersoegelse-1/afsluttet").state == "due soon"
        assert state(log.assess("2019-03-01"), "boernefaglig-undersoegelse-1/afsluttet").state == "overdue"

    def test_the_clock_runs_from_the_opening_notification_until_the_trigger_is_named(self) -> None:
        log = notified("2019-03-08")
        log.run("boernefaglig-undersoegelse-1", "2019-04-01", opened_by="underretning-1")
        first = state(log.assess("2019-04-02"), "boernefaglig-undersoegelse-1/afsluttet")
        assert first.due is not None
        assert first.due.aim == date(2019, 7, 8)
        log.step("boernefaglig-undersoegelse-1/udloesende", "2019-02-20")
        named = state(log.assess("2019-04-02"), "boernefaglig-undersoegelse-1/afsluttet")
        assert named.due is not None
        assert named.due.aim == date(2019, 6, 20)

    def test_nothing_due_before_the_case_was_known_is_reported(self) -> None:
        log = Log("2019-06-01")
        log.run("underretning-1", "2019-03-08")
        log.step("underretning-1/modtaget", "2019-03-08")
        assert [f for f in told(log.assess("2019-06-02")) if "overdue" in f] == []


class TestBeforeTheDecision:
    def test_talk_and_plan_are_expected_even_when_nobody_opened_them(self) -> None:
        progress = deciding("2019-06-03").assess("2019-06-04")
        assert told(progress) == [
            "boernesamtale/holdt m1 overdue missing",
            "handleplan/udarbejdet overdue missing",
        ]

    def test_a_talk_on_the_day_of_the_decision_is_in_order(self) -> None:
        log = with_plan(deciding("2019-06-03"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-06-03", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        assert told(log.assess("2019-06-04")) == []

    def test_a_talk_the_day_after_is_in_the_wrong_order(self) -> None:
        log = with_plan(deciding("2019-06-03"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-06-04", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        assert told(log.assess("2019-06-05")) == ["boernesamtale-1/holdt m1 order order"]

    def test_hours_on_one_day_decide_the_order_when_both_are_known(self) -> None:
        log = with_plan(deciding("2019-06-03 10:00"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-06-03 11:00", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        assert told(log.assess("2019-06-05")) == ["boernesamtale-1/holdt m1 order order"]

    def test_a_talk_about_one_of_two_measures_leaves_the_other_open(self) -> None:
        log = with_plan(deciding("2019-06-03", "m1 m2"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-20", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        assert told(log.assess("2019-06-05")) == ["boernesamtale-1/holdt m2 overdue missing"]

    def test_one_talk_may_satisfy_several_measures(self) -> None:
        log = with_plan(deciding("2019-06-03", "m1 m2"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-20", {"holdt_af": "myndighedssagsbehandler"}, "m1 m2")
        assert told(log.assess("2019-06-05")) == []

    def test_a_measure_added_after_the_talk_makes_a_new_open_talk(self) -> None:
        log = deciding()
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-20", {"holdt_af": "myndighedssagsbehandler"})
        log.item("m2", "2019-05-25")
        progress = log.assess("2019-05-26")
        assert state(progress, "boernesamtale-1/holdt", "m1").state == "done"
        assert state(progress, "boernesamtale-1/holdt", "m2").state == "open"

    def test_a_delegated_talk_is_not_enough_but_an_own_talk_later_is(self) -> None:
        log = with_plan(deciding("2019-06-03"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-10", {"holdt_af": "ekstern"}, "m1")
        delegated = log.assess("2019-06-05")
        assert told(delegated) == ["boernesamtale-1/holdt m1 deficient talk-delegated"]
        assert delegated.findings[0].basis == "praksis"
        log.step("boernesamtale-1/holdt", "2019-05-28", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        assert told(log.assess("2019-06-05")) == []

    @pytest.mark.parametrize(
        ("ground", "faults"),
        [
            ("modenhed", []),
            ("sagens-karakter", []),
            ("undersoegelsessamtale", []),
            ("alder", ["ground-not-named"]),
            ("formaal", ["ground-not-named"]),
            ("travlhed", ["ground-not-named"]),
            (["modenhed", "alder"], ["ground-not-named"]),
        ],
    )
    def test_grounds_the_law_does_not_name_are_said(self, ground: object, faults: list[str]) -> None:
        log = with_plan(deciding("2019-06-03"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/undladelse", "2019-05-20", {"valg": ground, "begrundelse": "x"}, "m1")
        log.step("boernesamtale-1/anden-vej", "2019-05-21")
        progress = log.assess("2019-06-05")
        assert [f.code for f in progress.findings] == faults
        assert state(progress, "boernesamtale-1/holdt", "m1").state == "left out"

    def test_leaving_the_talk_out_asks_for_the_childs_view_another_way(self) -> None:
        log = with_plan(deciding("2019-06-03"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/undladelse", "2019-05-20", {"valg": "modenhed", "begrundelse": "x"}, "m1")
        assert told(log.assess("2019-06-05")) == ["boernesamtale-1/anden-vej m1 overdue missing"]

    def test_a_plan_after_the_decision_is_in_the_wrong_order(self) -> None:
        log = with_plan(deciding("2019-06-03"), "2019-06-10")
        found = [t for t in told(log.assess("2019-06-12")) if t.startswith("handleplan-1/udarbejdet")]
        assert found == ["handleplan-1/udarbejdet order order"]

    def test_an_acute_plan_has_four_months(self) -> None:
        log = deciding("2019-06-03")
        log.step("afgoerelse-1/tempo", "2019-06-01", "foreloebig")
        log.run("handleplan-1", "2019-05-03", serves="afgoerelse-1")
        log.step("handleplan-1/formaal", "2019-06-01")
        waiting = state(log.assess("2019-06-12"), "handleplan-1/udarbejdet")
        assert waiting.state == "open"
        assert waiting.due is not None
        assert waiting.due.aim == date(2019, 10, 3)
        assert state(log.assess("2019-10-04"), "handleplan-1/udarbejdet").state == "overdue"

    def test_what_comes_before_a_planned_decision_is_due_that_day(self) -> None:
        log = deciding()
        log.step("afgoerelse-1/truffet", "2019-06-03", {"status": "planned"}, "m1")
        found = state(log.assess("2019-05-30"), "/holdt", "m1")
        assert found.state == "due soon"
        assert found.due is not None
        assert found.due.aim == date(2019, 6, 3)

    @pytest.mark.parametrize(
        ("value", "codes"),
        [
            ({"valg": "tidligere"}, ["investigation-stale"]),
            ({"valg": "tidligere", "stadig_daekkende": "samme forhold, set igen i maj"}, []),
            ({"valg": "opdateret"}, []),
        ],
    )
    def test_an_earlier_investigation_needs_an_update_or_a_reason(self, value: object, codes: list[str]) -> None:
        log = deciding()
        log.step("afgoerelse-1/grundlag", "2019-05-03", value, replaces="e003")
        found = state(log.assess("2019-05-30"), "afgoerelse-1/grundlag")
        assert ([found.finding.code] if found.finding else []) == codes


class TestStatuses:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"status": "planned"}, "planned"),
            ({"status": "awaiting", "whom": "skolen", "expected": "2019-06-20"}, "awaiting"),
            ({"status": "attempted", "outcome": "child declined"}, "open"),
            ({"status": "left out", "ground": "x"}, "left out"),
        ],
    )
    def test_only_done_counts_as_done(self, value: object, expected: str) -> None:
        log = deciding()
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-20", value, "m1")
        assert state(log.assess("2019-05-20"), "boernesamtale-1/holdt", "m1").state == expected

    def test_attempts_stay_beside_the_ground(self) -> None:
        log = deciding()
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-10", {"status": "attempted", "outcome": "child declined"}, "m1")
        log.step("boernesamtale-1/undladelse", "2019-05-20", {"valg": "barnet-oensker-ikke"}, "m1")
        found = state(log.assess("2019-05-21"), "boernesamtale-1/holdt", "m1")
        assert found.state == "left out"
        assert [r.status for r in found.history] == ["attempted"]

    def test_a_day_planned_after_the_deadline_warns_at_once(self) -> None:
        log = notified("2019-03-08")
        log.step("underretning-1/risikovurdering", "2019-03-08 16:00", "nej")
        log.step("underretning-1/kvittering", "2019-03-25", {"status": "planned"})
        progress = log.assess("2019-03-11")
        assert told(progress) == ["underretning-1/kvittering planned late planned-late"]
        assert state(progress, "underretning-1/kvittering").state == "planned"

    def test_a_plan_does_not_hide_that_the_deadline_passed(self) -> None:
        log = notified("2019-03-08")
        log.step("underretning-1/kvittering", "2019-03-25", {"status": "planned"})
        assert state(log.assess("2019-03-20"), "underretning-1/kvittering").state == "overdue"


class TestChanges:
    def test_a_changed_answer_recomputes_and_loses_nothing(self) -> None:
        log = notified()
        first = log.step("underretning-1/overgreb", "2019-03-08 15:50", "ja")
        log.step("underretning-1/overgreb-leder", "2019-03-08 16:00")
        assert state(log.assess("2019-03-08 17:00"), "underretning-1/overgreb-leder").state == "done"
        second = log.step("underretning-1/overgreb", "2019-03-08 15:50", "nej", replaces=first)
        assert state(log.assess("2019-03-08 17:00"), "underretning-1/overgreb-leder").state == "not relevant"
        log.step("underretning-1/overgreb", "2019-03-08 15:50", "ja", replaces=second)
        assert state(log.assess("2019-03-08 17:00"), "underretning-1/overgreb-leder").state == "done"

    def test_a_withdrawn_record_is_gone(self) -> None:
        log = notified()
        record = log.step("underretning-1/risikovurdering", "2019-03-08 16:00", "nej")
        log.step("underretning-1/risikovurdering", "2019-03-08 16:00", {"status": "withdrawn"}, replaces=record)
        assert state(log.assess("2019-03-08 17:00"), "underretning-1/risikovurdering").state == "due soon"

    def test_what_happens_after_now_is_not_known_yet(self) -> None:
        log = notified()
        log.step("underretning-1/risikovurdering", "2019-03-09 09:00", "nej")
        assert state(log.assess("2019-03-09 08:59"), "underretning-1/risikovurdering").state == "due soon"
        assert state(log.assess("2019-03-09 09:00"), "underretning-1/risikovurdering").state == "done"

    def test_a_closed_case_asks_for_nothing_more(self) -> None:
        log = notified("2019-03-08")
        log.run("afslutning-1", "2019-03-09")
        log.step("afslutning-1/lukket", "2019-03-09 10:00")
        log.step("underretning-1/risikovurdering", "2019-03-09", "nej")
        progress = log.assess("2019-06-01")
        assert state(progress, "underretning-1/vej").state == "not relevant"
        assert told(progress) == ["underretning-1/kvittering overdue missing"], "the notifier is still owed an answer"


class TestRhythm:
    def placed(self, start: str = "2019-06-12") -> Log:
        log = Log("2019-01-01", born="2010-05")
        begun = f"{start[:4]}-05-15"
        log.item("m1", begun, kind="anbringelse")
        log.run("afgoerelse-1", begun)
        log.step("afgoerelse-1/truffet", f"{start[:4]}-06-01", items="m1")
        log.step("afgoerelse-1/ivaerksat", start, items="m1")
        log.run("opfoelgning-1", start, serves="afgoerelse-1")
        log.run("personrettet-tilsyn-1", start, serves="afgoerelse-1")
        return log

    def due(self, log: Log, today: str, path: str) -> date | None:
        found = state(log.assess(today), path, "m1")
        return found.due.day if found.due else None

    def test_first_follow_up_three_months_from_the_start_then_six(self) -> None:
        log = self.placed()
        assert self.due(log, "2019-07-01", "opfoelgning-1/vurdering") == date(2019, 9, 12)
        log.step("opfoelgning-1/vurdering", "2019-09-01", "fortsaet", "m1")
        assert self.due(log, "2019-09-20", "opfoelgning-1/vurdering") == date(2020, 3, 1)

    def test_a_late_round_stays_told_after_the_next_was_in_time(self) -> None:
        log = self.placed()
        log.step("opfoelgning-1/vurdering", "2019-09-20", "fortsaet", "m1")
        log.step("opfoelgning-1/vurdering", "2020-01-20", "fortsaet", "m1")
        late = [f for f in log.assess("2020-01-21").findings if f.procedure == "opfoelgning"]
        assert [(f.kind, f.measures) for f in late] == [("late", ("followup-3-months",))]

    def test_an_earlier_round_is_not_asked_for_where_history_is_unknown(self) -> None:
        log = self.placed("2017-06-12")
        assert self.due(log, "2019-01-05", "opfoelgning-1/vurdering") == date(2019, 7, 1)

    def test_two_visits_in_any_twelve_months(self) -> None:
        log = self.placed()
        assert self.due(log, "2019-07-01", "personrettet-tilsyn-1/besoeg") == date(2020, 6, 12)
        log.step("personrettet-tilsyn-1/besoeg", "2019-08-01", {"sted": "anbringelsesstedet"}, "m1")
        log.step("personrettet-tilsyn-1/besoeg", "2020-02-01", {"sted": "anbringelsesstedet"}, "m1")
        assert self.due(log, "2020-02-02", "personrettet-tilsyn-1/besoeg") == date(2020, 8, 1)

    def test_a_talk_elsewhere_is_no_visit(self) -> None:
        log = self.placed()
        log.step("personrettet-tilsyn-1/besoeg", "2019-08-01", {"sted": "anbringelsesstedet"}, "m1")
        log.step("personrettet-tilsyn-1/besoeg", "2020-02-01", {"sted": "andet-sted"}, "m1")
        found = state(log.assess("2020-06-13"), "personrettet-tilsyn-1/besoeg", "m1")
        assert found.state == "overdue"

    def test_a_measure_that_ended_needs_no_more_follow_up(self) -> None:
        log = self.placed()
        log.item("m1", "2019-05-15", kind="anbringelse", to="2019-08-31")
        assert state(log.assess("2020-01-01"), "opfoelgning-1/vurdering", "m1").state == "not relevant"


class TestAges:
    def test_aftercare_is_due_six_months_before_eighteen(self) -> None:
        log = Log("2019-01-01", born="2002-02-21")
        log.item("m1", "2019-01-15", kind="anbringelse")
        log.run("afgoerelse-1", "2019-01-15")
        log.step("afgoerelse-1/truffet", "2019-02-01", items="m1")
        found = state(log.assess("2019-08-21"), "/stillingtagen")
        assert found.due is not None
        assert found.due.aim == date(2019, 8, 21)
        assert state(log.assess("2019-08-22"), "/stillingtagen").state == "overdue"

    def test_a_birth_month_warns_from_its_first_day_and_is_late_after_its_last(self) -> None:
        log = Log("2019-01-01", born="2002-02")
        log.item("m1", "2019-01-15", kind="anbringelse")
        log.run("afgoerelse-1", "2019-01-15")
        log.step("afgoerelse-1/truffet", "2019-02-01", items="m1")
        found = state(log.assess("2019-08-21"), "/stillingtagen")
        assert found.due is not None
        assert (found.due.aim, found.due.late_after.date()) == (date(2019, 8, 1), date(2019, 8, 29))

    def test_a_placement_within_the_last_six_months_is_due_at_once_not_late(self) -> None:
        log = Log("2019-10-01", born="2002-02-21")
        log.item("m1", "2019-11-01", kind="anbringelse")
        log.run("afgoerelse-1", "2019-11-01")
        log.step("afgoerelse-1/truffet", "2019-11-20", items="m1")
        assert state(log.assess("2019-11-20"), "/stillingtagen").state == "due soon"
        assert state(log.assess("2020-02-20"), "/stillingtagen").state == "due soon"
        assert state(log.assess("2020-02-22"), "/stillingtagen").state == "overdue"


class TestOneFaultOneFinding:
    def test_an_order_rule_is_not_repeated_for_an_anchor_that_is_itself_reported(self) -> None:
        book = page(
            "## Fase\n\n{#a}\n### A?\n\n- **Frist:** 5 dage efter [start](#start)\n- **Hjemmel:** SEL § 1\n\n"
            "{#start}\n### Start?\n\n- **Hjemmel:** SEL § 1\n\n"
            "{#b}\n### B?\n\n- **Efter:** [A](#a)\n- **Hjemmel:** SEL § 1\n"
        )
        log = Log()
        log.run("proeve-1", "2019-03-01")
        log.step("proeve-1/start", "2019-03-01")
        log.step("proeve-1/b", "2019-03-07")
        log.step("proeve-1/a", "2019-03-08")
        assert told(log.assess("2019-03-10", book)) == ["proeve-1/a late late"]

    def test_where_the_anchor_is_in_order_the_order_rule_speaks(self) -> None:
        book = page(
            "## Fase\n\n{#a}\n### A?\n\n- **Hjemmel:** SEL § 1\n\n"
            "{#b}\n### B?\n\n- **Efter:** [A](#a)\n- **Hjemmel:** SEL § 1\n"
        )
        log = Log()
        log.run("proeve-1", "2019-03-01")
        log.step("proeve-1/b", "2019-03-07")
        log.step("proeve-1/a", "2019-03-08")
        assert told(log.assess("2019-03-10", book)) == ["proeve-1/b order order"]

    def test_a_judgement_that_confirms_what_dates_show_is_not_repeated(self) -> None:
        log = notified("2019-03-08")
        log.item("f1", "2019-03-08", "forældremyndighedsindehaver", "")
        log.step("underretning-1/risikovurdering", "2019-03-08 16:00", "nej")
        log.step("underretning-1/kvittering", "2019-03-11", "sendt")
        log.step("underretning-1/barnet", "2019-03-11")
        log.step("underretning-1/vej", "2019-03-12", "luk")
        log.run("sagsgennemgang-1", "2019-04-01")
        log.step("sagsgennemgang-1/foraeldre", "2019-04-01", "utilstraekkelig")
        log.step("sagsgennemgang-1/barnet", "2019-04-01", "utilstraekkelig")
        assert told(log.assess("2019-04-02")) == [
            "underretning-1/foraeldre f1 overdue missing",
            "sagsgennemgang-1/barnet judgement child-involvement",
        ]


class TestRuns:
    def test_two_decisions_leave_an_anchor_open_until_somebody_says_which(self) -> None:
        log = notified("2019-03-08")
        log.run("boernefaglig-undersoegelse-1", "2019-03-10", opened_by="underretning-1")
        log.run("afgoerelse-1", "2019-05-01")
        log.run("afgoerelse-2", "2019-06-01")
        log.step("afgoerelse-1/truffet", "2019-05-10")
        log.step("afgoerelse-2/truffet", "2019-06-10")
        step = "boernefaglig-undersoegelse-1/analyse"
        assert state(log.assess("2019-06-11"), step).state == "open"
        assert state(log.assess("2019-06-11"), "boernefaglig-undersoegelse-1/afsluttet").finding is None
        log.run("boernefaglig-undersoegelse-1", "2019-03-10", replaces="e003", opened_by="underretning-1",
                links={"afgoerelse": "afgoerelse-1"})  # fmt: skip
        told_now = state(log.assess("2019-06-11"), "boernefaglig-undersoegelse-1/afsluttet").finding
        assert told_now is not None
        assert told_now.since == date(2019, 5, 10)

    def test_a_talk_follows_the_decision_it_serves(self) -> None:
        log = deciding("2019-06-03")
        log.run("afgoerelse-2", "2019-09-01")
        log.item("m2", "2019-09-01")
        log.step("afgoerelse-2/paataenkt", "2019-09-01", items="m2")
        log.run("boernesamtale-2", "2019-09-02", serves="afgoerelse-2")
        log.step("boernesamtale-2/holdt", "2019-09-03", {"holdt_af": "myndighedssagsbehandler"})
        progress = log.assess("2019-09-04")
        assert state(progress, "boernesamtale-2/holdt", "m2").state == "done"
        assert "boernesamtale/holdt m1 overdue missing" in told(progress)


class TestLeavingOut:
    def talk(self) -> Log:
        log = with_plan(deciding("2019-06-03"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        return log

    def test_a_talk_held_after_all_needs_no_ground_and_no_other_way(self) -> None:
        log = self.talk()
        log.step("boernesamtale-1/undladelse", "2019-05-10", {"valg": "alder", "begrundelse": "x"}, "m1")
        log.step("boernesamtale-1/holdt", "2019-05-20", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        progress = log.assess("2019-06-05")
        assert told(progress) == []
        assert state(progress, "boernesamtale-1/anden-vej", "m1").state == "not relevant"

    def test_a_talk_held_about_one_measure_leaves_the_other_to_be_heard_another_way(self) -> None:
        log = with_plan(deciding("2019-06-03", "m1 m2"))
        log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
        log.step("boernesamtale-1/holdt", "2019-05-20", {"holdt_af": "myndighedssagsbehandler"}, "m1")
        log.step("boernesamtale-1/undladelse", "2019-05-20", {"valg": "modenhed", "begrundelse": "x"}, "m2")
        assert told(log.assess("2019-06-05")) == ["boernesamtale-1/anden-vej m2 overdue missing"]

    def test_a_ground_given_on_the_talk_itself_is_held_against_the_page(self) -> None:
        log = self.talk()
        log.step("boernesamtale-1/holdt", "2019-05-20", {"status": "left out", "ground": "Barnets alder"}, "m1")
        assert told(log.assess("2019-06-05")) == ["boernesamtale-1/holdt m1 deficient ground-not-named"]


class TestNotification:
    def with_a_measure_running(self) -> Log:
        log = Log("2019-01-01")
        log.item("m1", "2019-01-10")
        log.run("afgoerelse-1", "2019-01-10")
        log.step("afgoerelse-1/ivaerksat", "2019-01-20", items="m1")
        log.run("underretning-1", "2019-03-08")
        log.step("underretning-1/modtaget", "2019-03-08 10:00")
        return log

    def test_new_eyes_are_asked_for_only_when_a_measure_runs(self) -> None:
        without = state(notified().assess("2019-03-09"), "underretning-1/nye-oejne")
        assert without.state == "not relevant"
        assert state(self.with_a_measure_running().assess("2019-03-09"), "underretning-1/nye-oejne").state == "open"

    @pytest.mark.parametrize(("way", "expected"), [("luk", "overdue"), ("akut", "open")])
    def test_new_eyes_come_before_the_way_forward_unless_it_is_acute(self, way: str, expected: str) -> None:
        log = self.with_a_measure_running()
        log.step("underretning-1/vej", "2019-03-11", way)
        assert state(log.assess("2019-03-12"), "underretning-1/nye-oejne").state == expected

    def test_abuse_asks_for_a_talk_with_the_child_before_the_way_forward(self) -> None:
        log = notified("2019-03-08")
        log.step("underretning-1/overgreb", "2019-03-08", "ja")
        log.step("underretning-1/vej", "2019-03-11", "undersoegelse")
        found = state(log.assess("2019-03-12"), "underretning-1/overgreb-samtale")
        assert found.finding is not None
        assert found.finding.clause.startswith("SEL § 155 a, stk. 2")
