"""Idle stretches are told as professional remarks about the case as it is today, and only then."""

from __future__ import annotations

from checklists.states import Finding
from tests.checklists.build import Log


def idle(log: Log, today: str) -> list[Finding]:
    return [f for f in log.assess(today).findings if f.kind == "idle"]


def codes(log: Log, today: str) -> list[str]:
    return [f.code for f in idle(log, today)]


def assessed(received: str = "2019-03-08") -> Log:
    """A notification assessed and confirmed in time, with no way forward chosen."""
    log = Log("2019-03-01")
    log.run("underretning-1", received)
    log.step("underretning-1/modtaget", received)
    log.step("underretning-1/risikovurdering", received, "nej")
    log.step("underretning-1/kvittering", "2019-03-11", "sendt")
    return log


def test_a_notification_without_a_way_forward_is_told_after_four_weeks() -> None:
    assert codes(assessed(), "2019-04-05") == []
    found = idle(assessed(), "2019-04-06")
    assert [f.code for f in found] == ["no-way-forward"]
    assert found[0].basis == "faglig"
    assert "29 dage" in found[0].text


def test_a_chosen_way_forward_ends_it() -> None:
    log = assessed()
    log.step("underretning-1/vej", "2019-03-20", "luk")
    assert codes(log, "2019-06-01") == []


def finished(position: str) -> Log:
    log = Log("2019-01-01")
    run = "boernefaglig-undersoegelse-1"
    log.run(run, "2019-01-02")
    log.step(f"{run}/udloesende", "2019-01-02")
    log.step(f"{run}/stillingtagen", "2019-04-20", {"valg": position, "stoetteart": "kontaktperson"})
    log.step(f"{run}/afsluttet", "2019-04-22", "stoette")
    return log


def test_an_investigation_that_points_to_support_without_a_decision() -> None:
    assert codes(finished("stoette"), "2019-05-20") == []
    assert "support-without-decision" in codes(finished("stoette"), "2019-05-21")
    assert "support-without-decision" not in codes(finished("ingen-stoette"), "2019-05-21")


def test_a_decision_ends_that_too() -> None:
    log = finished("stoette")
    log.run("afgoerelse-1", "2019-05-01")
    log.step("afgoerelse-1/truffet", "2019-05-10")
    assert "support-without-decision" not in codes(log, "2019-06-01")


def test_months_alone_only_warn_and_only_before_the_decision() -> None:
    log = finished("ingen-stoette")
    log.run("afgoerelse-1", "2019-10-01")
    assert codes(log, "2019-10-22") == []
    assert "investigation-ageing" in codes(log, "2019-10-23")
    log.step("afgoerelse-1/truffet", "2019-10-24")
    assert "investigation-ageing" not in codes(log, "2019-10-25")


def handed_on(start: str, status: str = "planned") -> Log:
    """Respite care until 30 June, and a contact person from ``start``."""
    log = Log("2019-01-01")
    log.item("m1", "2019-01-10", kind="aflastning", to="2019-06-30")
    log.item("m2", "2019-02-01")
    log.run("afgoerelse-1", "2019-01-10")
    log.step("afgoerelse-1/truffet", "2019-02-11", items="m1 m2")
    log.step("afgoerelse-1/ivaerksat", "2019-02-15", items="m1")
    log.step("afgoerelse-1/ivaerksat", start, {"status": status}, "m2")
    return log


def test_a_measure_that_ends_before_its_successor_starts() -> None:
    assert codes(handed_on("2019-08-01"), "2019-05-01") == ["gap-between-measures"]
    assert codes(handed_on("2019-07-01"), "2019-05-01") == []
    assert codes(handed_on("2019-06-01"), "2019-05-01") == []


def test_a_change_of_caseworker_without_a_handover() -> None:
    log = Log("2019-01-01")
    log.holder("LH", "2019-01-01")
    log.holder("MK", "2019-05-01")
    assert codes(log, "2019-05-15") == []
    assert codes(log, "2019-05-16") == ["no-handover"]
    log.run("overdragelse-1", "2019-05-02")
    assert codes(log, "2019-05-16") == []


def test_nothing_recorded_for_weeks_while_a_decision_is_under_way() -> None:
    log = Log("2019-01-01")
    log.run("afgoerelse-1", "2019-03-01")
    log.step("afgoerelse-1/tempo", "2019-03-01", "kan-vente")
    assert codes(log, "2019-04-12") == []
    assert codes(log, "2019-04-13") == ["nothing-recorded"]


def test_a_quiet_case_between_two_follow_ups_is_as_it_should_be() -> None:
    log = Log("2019-01-01")
    log.item("m1", "2019-01-10")
    log.run("afgoerelse-1", "2019-01-10")
    for step in ("paataenkt", "tempo", "truffet", "ivaerksat"):
        log.step(f"afgoerelse-1/{step}", "2019-01-20", "kan-vente" if step == "tempo" else None, "m1")
    log.run("opfoelgning-1", "2019-01-20", serves="afgoerelse-1")
    log.step("opfoelgning-1/vurdering", "2019-04-10", "fortsaet", "m1")
    assert codes(log, "2019-09-01") == []


def test_a_closed_case_is_left_alone() -> None:
    log = assessed()
    log.run("afslutning-1", "2019-03-20")
    log.step("afslutning-1/lukket", "2019-03-20")
    assert codes(log, "2019-09-01") == []
