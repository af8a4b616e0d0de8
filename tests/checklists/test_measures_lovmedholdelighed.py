"""The compliance list: 24 hours, receipt, partshøring, reasons and complaint guidance, and the child as a party."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checklists.audit import audit
from checklists.calendar import end_of_day
from handbook.model import Deadline, Handbook, StepRef, Term
from tests.checklists.build import SEL, Log
from tests.checklists.measured import YEAR_2019, YEAR_2024, decision, said, verdicts


def notified(received: str, assessed: str = "", receipt: str = "", answer: str = "nej", sent: str = "sendt") -> Log:
    log = decision()
    log.run("underretning-1", received[:10])
    log.step("underretning-1/modtaget", received)
    if assessed:
        log.step("underretning-1/risikovurdering", assessed, answer)
    if receipt:
        log.step("underretning-1/kvittering", receipt, sent)
    return log


@pytest.mark.parametrize(
    ("assessed", "expected"),
    [
        ("2019-03-09 15:40", "ok"),
        ("2019-03-09 15:41", "assessment-late"),
        ("2019-03-09", "ok"),
        ("", "assessment-missing"),
    ],
)
def test_24_hours_also_over_a_weekend(assessed: str, expected: str) -> None:
    assert said(verdicts(notified("2019-03-08 15:40", assessed))["assessment-24-hours"]) == expected


def test_a_doubt_is_settled_within_the_same_24_hours() -> None:
    log = notified("2019-03-08 15:40", "2019-03-08 16:00", answer="tvivl")
    assert said(verdicts(log)["assessment-24-hours"]) == "assessment-missing"
    log.step("underretning-1/afklaret", "2019-03-09 10:00", "nej")
    assert said(verdicts(log)["assessment-24-hours"]) == "ok"


@pytest.mark.parametrize(
    ("receipt", "sent", "expected"),
    [
        ("2019-03-18", "sendt", "ok"),
        ("2019-03-19", "sendt", "receipt-late"),
        ("", "sendt", "receipt-missing"),
        ("2019-03-10", "kan-ikke", "out"),
    ],
)
def test_the_receipt_within_6_hverdage(receipt: str, sent: str, expected: str) -> None:
    assert said(verdicts(notified("2019-03-08", "2019-03-08", receipt, sent=sent))["receipt"]) == expected


def test_notifications_outside_the_period_are_not_asked_about() -> None:
    assert said(verdicts(notified("2018-12-31"))["assessment-24-hours"]) == "out"


def test_one_late_of_two_makes_the_case_deficient() -> None:
    log = notified("2019-03-08 15:40", "2019-03-08 16:00")
    log.run("underretning-2", "2019-04-01")
    log.step("underretning-2/modtaget", "2019-04-01 10:00")
    assert said(verdicts(log)["assessment-24-hours"]) == "assessment-missing"


def test_the_last_hours_of_the_period_are_not_over() -> None:
    found = verdicts(notified("2019-12-31 10:00"))
    assert said(found["assessment-24-hours"]) == "out"
    assert said(found["receipt"]) == "out"


def test_every_custody_holder_is_heard_before_the_decision() -> None:
    log = decision()
    assert said(verdicts(log)["party-hearing"]) == "ok"
    log.item("f2", "2019-05-01", "forældremyndighedsindehaver", "", label="forælder B")
    found = verdicts(log)["party-hearing"]
    assert said(found) == "hearing-missing"
    assert "forælder B" in found.reason
    log.step("afgoerelse-1/partshoering", "2019-06-04", "hoert", items="f2")
    assert said(verdicts(log)["party-hearing"]) == "hearing-after-decision"


def test_a_holder_who_came_after_the_decision_is_not_asked_for() -> None:
    log = decision()
    log.item("f2", "2019-08-01", "forældremyndighedsindehaver", "", label="forælder B")
    assert said(verdicts(log)["party-hearing"]) == "ok"


@pytest.mark.parametrize(
    ("step", "code", "missing"),
    [
        ("begrundelse", "reasoned-decision", "reasons-missing"),
        ("klagevejledning", "complaint-guidance", "guidance-missing"),
    ],
)
def test_reasons_and_guidance(step: str, code: str, missing: str) -> None:
    log = decision()
    assert said(verdicts(log)[code]) == "ok"
    log.rows = [r for r in log.rows if r.step != step]
    assert said(verdicts(log)[code]) == missing
    log.step(f"afgoerelse-1/{step}", "2019-06-03", "fuldt-medhold")
    assert said(verdicts(log)[code]) == "out"


@pytest.mark.parametrize(
    ("born", "heard", "expected"),
    [
        ("2014-06-03", "2024-06-02", "ok"),
        ("2014-06-03", "2024-06-04", "party-rights-after-decision"),
        ("2014-06-03", "", "party-rights-missing"),
        ("2014-06-04", "", "out"),
        ("2014-06", "", "out"),
    ],
    ids=["turned 10 that day", "heard after", "not heard", "10 the day after", "perhaps 10"],
)
def test_a_child_of_10_is_a_party(born: str, heard: str, expected: str) -> None:
    log = decision("2024-06-03", born=born)
    if heard:
        log.step("afgoerelse-1/partshoering-barn", heard, "hoert")
    assert said(verdicts(log, YEAR_2024)["party-rights-missing"]) == expected


def test_serviceloven_does_not_ask_for_it() -> None:
    assert "party-rights-missing" not in verdicts(decision(born="2005-01"))


def with_target() -> Handbook:
    """Serviceloven with a target of the municipality's own: the receipt within 2 days."""
    page = SEL.procedures["underretning"]
    line = Deadline((Term(2, "dage", (StepRef("underretning", "modtaget"),)),), "2 dage efter modtagelsen")
    steps = tuple(replace(s, targets=(line,)) if s.id == "kvittering" else s for s in page.steps)
    return Handbook("serviceloven", SEL.procedures | {"underretning": replace(page, steps=steps)})


@pytest.mark.parametrize(("receipt", "expected"), [("2019-03-10", "ok"), ("2019-03-11", "local-target")])
def test_local_targets_stand_apart_and_only_where_there_are_any(receipt: str, expected: str) -> None:
    log = notified("2019-03-08", "2019-03-08", receipt)
    assert "local-targets" not in verdicts(log)
    period = (date.fromisoformat(YEAR_2019[0]), date.fromisoformat(YEAR_2019[1]))
    found = audit([("S-1", log.rows)], {"serviceloven": with_target()}, period, end_of_day(period[1]))
    counted = found.measures[-1]
    assert (counted.measure.code, counted.measure.basis, counted.measure.theme) == (
        "local-targets",
        "lokal",
        "Kommunens egne mål",
    )
    assert said(counted.verdicts[0][1]) == expected
    receipts = next(c for c in found.measures if c.measure.code == "receipt")
    assert receipts.deficient == 0
