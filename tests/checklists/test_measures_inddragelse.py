"""Inddragelse: the talk with its near misses under both laws, and the reviewers' judgement."""

from __future__ import annotations

import pytest

from tests.checklists.build import Log
from tests.checklists.measured import YEAR_2024, decision, said, verdicts

SEL_DAY, BL_DAY = "2019-06-13", "2024-06-13"


def talked(day: str, items: str = "m1", decided: str = SEL_DAY, kinds: str = "kontaktperson", **value: str) -> Log:
    log = decision(decided, kinds)
    log.run("boernesamtale-1", decided[:8] + "01", serves="afgoerelse-1")
    log.step("boernesamtale-1/holdt", day, {"holdt_af": "myndighedssagsbehandler", **value}, items=items)
    return log


def left_out(ground: object, decided: str = SEL_DAY) -> Log:
    log = decision(decided)
    log.run("boernesamtale-1", decided[:8] + "01", serves="afgoerelse-1")
    log.step("boernesamtale-1/undladelse", decided[:8] + "05", {"valg": ground, "begrundelse": "fiktiv"}, items="m1")
    return log


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2019-06-12", "ok"), ("2019-06-13", "ok"), ("2019-06-14", "talk-after-decision")],
    ids=["the day before", "the same day", "the day after"],
)
def test_the_talk_comes_before_the_decision(day: str, outcome: str) -> None:
    assert said(verdicts(talked(day))["child-talk"]) == outcome


def test_two_hours_on_one_day_decide_the_order() -> None:
    log = decision("2019-06-13")
    log.rows = [r for r in log.rows if r.step != "truffet"]
    log.step("afgoerelse-1/truffet", "2019-06-13 10:00", items="m1")
    log.run("boernesamtale-1", "2019-06-01", serves="afgoerelse-1")
    log.step("boernesamtale-1/holdt", "2019-06-13 11:00", "myndighedssagsbehandler", items="m1")
    assert said(verdicts(log)["child-talk"]) == "talk-after-decision"


def test_one_of_two_measures_talked_about_is_not_enough() -> None:
    log = talked("2019-06-10", "m1", kinds="familiebehandling kontaktperson")
    found = verdicts(log)["child-talk"]
    assert said(found) == "talk-about-other-measure"
    assert "m2" in found.reason
    assert said(verdicts(talked("2019-06-10", "m1 m2", kinds="familiebehandling kontaktperson"))["child-talk"]) == "ok"


def test_a_measure_considered_but_not_decided_needs_no_talk() -> None:
    log = talked("2019-06-10")
    log.item("m9", "2019-06-02", kind="aflastning")
    assert said(verdicts(log)["child-talk"]) == "ok"


def test_no_talk_at_all() -> None:
    assert said(verdicts(decision())["child-talk"]) == "talk-missing"


def test_a_delegated_talk_does_not_count_and_an_own_one_besides_it_does() -> None:
    log = talked("2019-06-10", holdt_af="ekstern")
    assert said(verdicts(log)["child-talk"]) == "talk-delegated"
    log.step("boernesamtale-1/holdt", "2019-06-11", "myndighedssagsbehandler", items="m1")
    assert said(verdicts(log)["child-talk"]) == "ok"


def test_planned_and_attempted_talks_are_no_talks() -> None:
    log = decision()
    log.run("boernesamtale-1", "2019-06-01", serves="afgoerelse-1")
    log.step("boernesamtale-1/holdt", "2019-06-02", {"status": "planned"}, items="m1")
    log.step("boernesamtale-1/holdt", "2019-06-02", {"status": "attempted", "why": "syg"}, items="m1")
    assert said(verdicts(log)["child-talk"]) == "talk-missing"


@pytest.mark.parametrize(
    ("ground", "sel", "bl"),
    [
        ("modenhed", "out", "out"),
        ("sagens-karakter", "out", "out"),
        ("barnet-oensker-ikke", "out", "out"),
        ("alder", "ground-not-named", "out"),
        ("formaal", "ground-not-named", "ground-not-named"),
        ("travlhed", "ground-not-named", "ground-not-named"),
        ("foraeldre-nej", "ground-not-named", "ground-not-named"),
        ("undersoegelsessamtale", "out", "no-recent-talk-exception"),
        (["alder", "formaal"], "ground-not-named", "out"),
        (["modenhed", "travlhed"], "out", "out"),
    ],
)
def test_which_grounds_leave_the_case_out_follows_the_law_of_the_decision(ground: object, sel: str, bl: str) -> None:
    assert said(verdicts(left_out(ground))["child-talk"]) == sel
    assert said(verdicts(left_out(ground, BL_DAY), YEAR_2024)["child-talk"]) == bl


def test_a_ground_for_one_measure_does_not_excuse_the_other() -> None:
    log = decision(SEL_DAY, "familiebehandling kontaktperson")
    log.run("boernesamtale-1", "2019-06-01", serves="afgoerelse-1")
    log.step("boernesamtale-1/undladelse", "2019-06-05", "modenhed", items="m1")
    assert said(verdicts(log)["child-talk"]) == "talk-missing"
    log.step("boernesamtale-1/holdt", "2019-06-06", "myndighedssagsbehandler", items="m2")
    assert said(verdicts(log)["child-talk"]) == "ok"


def test_the_talk_of_an_earlier_decision_is_not_the_talk_of_this_one() -> None:
    log = talked("2019-06-10")
    log.item("m2", "2019-09-01", kind="anbringelse", run="afgoerelse-2")
    log.run("afgoerelse-2", "2019-09-01")
    log.step("afgoerelse-2/truffet", "2019-09-10", items="m2")
    assert said(verdicts(log)["child-talk"]) == "talk-missing"
    log.run("boernesamtale-2", "2019-09-01", serves="afgoerelse-2")
    log.step("boernesamtale-2/holdt", "2019-09-09", "myndighedssagsbehandler", items="m2")
    assert said(verdicts(log)["child-talk"]) == "ok"


def test_a_talk_in_december_before_a_decision_in_january_counts_under_barnets_lov() -> None:
    log = decision("2024-01-10")
    log.run("boernesamtale-1", "2023-12-01", serves="afgoerelse-1")
    log.step("boernesamtale-1/holdt", "2023-12-20", "myndighedssagsbehandler", items="m1")
    assert said(verdicts(log, YEAR_2024)["child-talk"]) == "ok"


def reviewed(answer: str, day: str = "2019-12-20") -> Log:
    log = decision()
    log.run("sagsgennemgang-1", day)
    log.step("sagsgennemgang-1/barnet", day, {"valg": answer, "begrundelse": "barnet er hørt to gange"})
    return log


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("tilstraekkelig", "ok"), ("utilstraekkelig", "child-involvement"), ("ikke-relevant", "out")],
)
def test_a_judgement_counts_as_it_was_given(answer: str, outcome: str) -> None:
    found = verdicts(reviewed(answer))["child-involvement"]
    assert said(found) == outcome
    assert "barnet er hørt to gange" in found.reason


def test_nothing_is_judged_for_the_reviewers() -> None:
    found = verdicts(decision())
    assert said(found["child-involvement"]) == "out"
    assert "ikke vurderet" in found["custody-holder-involvement"].reason


def test_a_judgement_may_be_written_after_the_period() -> None:
    assert said(verdicts(reviewed("utilstraekkelig", "2020-02-01"))["child-involvement"]) == "out"
    later = verdicts(reviewed("utilstraekkelig", "2020-02-01"), today="2020-03-01")
    assert said(later["child-involvement"]) == "child-involvement"


def test_a_judgement_long_after_the_period_belongs_to_another_round() -> None:
    later = verdicts(reviewed("utilstraekkelig", "2020-04-01"), today="2020-12-31")
    assert said(later["child-involvement"]) == "out"


def test_a_judgement_from_before_the_decision_was_about_something_else() -> None:
    assert said(verdicts(reviewed("utilstraekkelig", "2019-05-01"))["child-involvement"]) == "out"


def test_the_last_judgement_of_the_period_stands() -> None:
    log = reviewed("utilstraekkelig", "2019-09-01")
    log.step("sagsgennemgang-1/barnet", "2019-11-01", "tilstraekkelig")
    log.step("sagsgennemgang-1/barnet", "2020-01-15", "utilstraekkelig")
    assert said(verdicts(log, today="2020-03-01")["child-involvement"]) == "ok"
