"""What the measures say about one drawn case: as the auditors' table, and also where only a notification came."""

from __future__ import annotations

from datetime import date

from checklists.audit import audit
from checklists.calendar import end_of_day
from checklists.verdicts import verdicts
from handbook.load import bundled
from tests.checklists.build import SEL, Log

BOOKS = {"serviceloven": SEL, "barnets_lov": bundled("barnets_lov")}
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
NOW = end_of_day(date(2024, 12, 31))


def notified() -> Log:
    log = Log("2024-05-01")
    log.run("underretning-1", "2024-05-01")
    log.step("underretning-1/modtaget", "2024-05-01 10:00")
    return log


def test_a_case_with_only_a_notification_is_asked_what_the_law_asks_of_notifications() -> None:
    law, said = verdicts("S-1", notified().rows, BOOKS, YEAR, NOW)
    assert law == "barnets_lov"
    assert [(s.measure.code, s.verdict.deficient, s.clause) for s in said] == [
        ("assessment-24-hours", True, "BL § 136, stk. 2"),
        ("receipt", True, "BL § 138, stk. 1"),
    ]


def test_a_case_with_a_decision_is_judged_as_in_the_table_by_the_measures_of_its_law() -> None:
    log = notified()
    log.item("m1", "2024-06-01", kind="anbringelse")
    log.run("afgoerelse-1", "2024-06-01")
    log.step("afgoerelse-1/truffet", "2024-07-01", items="m1")
    _, said = verdicts("S-1", log.rows, BOOKS, YEAR, NOW)
    table = audit([("S-1", log.rows)], BOOKS, YEAR, NOW)
    told = {counted.measure.code: counted.verdicts[0][1] for counted in table.measures}
    assert {s.measure.code: s.verdict for s in said} == {s.measure.code: told[s.measure.code] for s in said}
    assert "followup-6-months" not in {s.measure.code for s in said}  # serviceloven's alone
    assert {s.measure.code for s in said if not s.counts} >= {"followup-3-months", "visits"}


def test_a_case_with_nothing_in_the_period_is_asked_nothing() -> None:
    assert verdicts("S-1", notified().rows, BOOKS, (date(2022, 1, 1), date(2022, 12, 31)), NOW) == (None, ())
