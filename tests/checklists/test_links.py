"""When several runs could be meant, the case says so instead of guessing."""

from __future__ import annotations

from datetime import date

from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.links import Unclear, unclear_links
from tests.checklists.build import SEL, Log

TODAY = end_of_day(date(2019, 12, 1))


def unclear(log: Log) -> tuple[Unclear, ...]:
    return unclear_links(fold("S-1", log.rows, TODAY), {"serviceloven": SEL}, TODAY)


def test_one_decision_is_never_in_doubt() -> None:
    log = Log()
    log.run("afgoerelse-1", "2019-05-01")
    log.run("boernesamtale-1", "2019-05-01")
    assert unclear(log) == ()


def test_a_talk_that_serves_none_of_two_decisions_has_to_be_asked_about() -> None:
    log = Log()
    log.run("afgoerelse-1", "2019-05-01")
    log.run("afgoerelse-2", "2019-08-01")
    log.run("boernesamtale-1", "2019-08-01")
    assert unclear(log) == (Unclear("boernesamtale-1", "afgoerelse", ("afgoerelse-1", "afgoerelse-2")),)


def test_serving_and_a_recorded_link_both_settle_it() -> None:
    log = Log()
    log.run("afgoerelse-1", "2019-05-01")
    log.run("afgoerelse-2", "2019-08-01")
    log.run("boernesamtale-1", "2019-08-01", serves="afgoerelse-2")
    log.run("boernesamtale-2", "2019-08-01", links={"afgoerelse": "afgoerelse-1"})
    assert unclear(log) == ()
