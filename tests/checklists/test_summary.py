"""A case in an overview: what is due, what went wrong and when, and whose hands the case was in then."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts import Assignment
from checklists.holding import holder_on, lasting
from checklists.summary import summary
from checklists.summary_model import PastLine, Summary
from tests.checklists.build import SEL, Log

BFU = "boernefaglig-undersoegelse-1"


def summed(log: Log, today: str) -> Summary:
    progress = log.assess(today)
    return summary(progress, {SEL.law: SEL})


def investigated(started: str = "2019-03-01") -> Log:
    """An investigation that began, due four months later."""
    log = Log("2019-01-01")
    log.run(BFU, started)
    log.step(f"{BFU}/udloesende", started)
    return log


def past_of(found: Summary, step: str) -> list[PastLine]:
    return [line for line in found.past if line.step == step]


def test_an_open_deadline_with_its_step_and_clause() -> None:
    (due,) = [d for d in summed(investigated(), "2019-05-01").dues if d.step == "afsluttet"]
    assert (due.run, due.procedure, due.law, due.aim) == (
        BFU,
        "boernefaglig-undersoegelse",
        "SEL",
        date(2019, 7, 1),
    )
    assert due.basis == "lov"
    assert "50" in due.clause


def test_a_planned_day_is_shown_with_its_deadline() -> None:
    log = investigated()
    log.step(f"{BFU}/afsluttet", "2019-06-20", {"status": "planned", "agreed": "2019-04-01"})
    (due,) = [d for d in summed(log, "2019-05-01").dues if d.step == "afsluttet"]
    assert due.planned == date(2019, 6, 20)


def test_what_is_not_done_lies_in_the_backlog_from_the_day_after_its_deadline() -> None:
    assert past_of(summed(investigated(), "2019-07-01"), "afsluttet") == []
    (line,) = past_of(summed(investigated(), "2019-09-01"), "afsluttet")
    assert (line.since, line.until) == (date(2019, 7, 2), None)


def test_what_was_done_late_lay_there_until_it_was_done() -> None:
    log = investigated()
    log.step(f"{BFU}/afsluttet", "2019-08-15", {"valg": "stoette", "cause": "illness"})
    found = summed(log, "2019-09-01")
    (line,) = past_of(found, "afsluttet")
    assert (line.since, line.until) == (date(2019, 7, 2), date(2019, 8, 15))
    (finding,) = [f for f in found.findings if f.kind == "late"]
    assert finding.cause == "illness"


def test_a_closed_case_leaves_nothing_to_work_off() -> None:
    log = investigated()
    log.run("afslutning-1", "2019-10-01")
    log.step("afslutning-1/lukket", "2019-10-02")
    found = summed(log, "2020-01-01")
    assert found.closed == date(2019, 10, 2)
    assert [line.until for line in past_of(found, "afsluttet")] == [date(2019, 10, 2)]


@pytest.mark.parametrize(("taken_over", "then"), [("2019-07-01", "MK"), ("2019-07-02", "LH"), ("2019-07-09", "LH")])
def test_a_deadline_belongs_to_whoever_held_the_case_when_it_passed(taken_over: str, then: str) -> None:
    log = investigated()
    log.holder("LH", "2019-01-01")
    log.holder("MK", taken_over)
    found = summed(log, "2019-09-01")
    assert found.holder == "MK"
    (line,) = [f for f in found.findings if f.step == "afsluttet"]
    assert line.holder_then == then
    assert past_of(found, "afsluttet")[0].holder_then == then


def test_a_reviewers_look_is_no_work_in_the_case() -> None:
    log = investigated()
    log.run("sagsgennemgang-1", "2019-06-01")
    log.step("sagsgennemgang-1/barnet", "2019-06-01", "tilstraekkelig")
    found = summed(log, "2019-06-10")
    assert found.idle_since == date(2019, 3, 1)
    assert found.reviewed == (date(2019, 6, 1),)


def test_a_case_in_which_nothing_has_begun() -> None:
    found = summed(Log("2019-01-01"), "2019-02-01")
    assert (found.begun, found.next_name, found.dues, found.idle_since) == (False, "", (), None)


def test_after_a_cover_the_case_is_back_with_its_holder() -> None:
    log = investigated()
    log.holder("LH", "2019-01-01")
    log._add("assignment", "2019-05-01", value={"staff": "AB", "to": "2019-05-14"})
    assert [summed(log, day).holder for day in ("2019-04-30", "2019-05-01", "2019-05-14", "2019-05-15")] == [
        "LH", "AB", "AB", "LH",
    ]  # fmt: skip


def test_a_cover_asks_for_no_handover() -> None:
    log = investigated()
    log.holder("LH", "2019-01-01")
    log._add("assignment", "2019-05-01", value={"staff": "AB", "to": "2019-06-30"})
    assert "no-handover" not in {f.code for f in log.assess("2019-06-15").findings}
    log.holder("MK", "2019-06-20")
    assert "no-handover" in {f.code for f in log.assess("2019-07-10").findings}


DAYS = st.dates(date(2019, 1, 1), date(2019, 12, 31))


@given(st.lists(st.tuples(st.sampled_from("ABC"), DAYS, st.none() | DAYS), max_size=5), DAYS)
def test_somebody_lasting_holds_the_case_whenever_no_cover_runs(
    rows: list[tuple[str, date, date | None]], day: date
) -> None:
    held = [Assignment(staff, start, end) for staff, start, end in sorted(rows, key=lambda row: row[1])]
    kept = lasting(held)
    assert set(kept) <= set(held)
    covers = [a for a in held if a not in kept]
    if not any(a.start <= day and (a.end is None or a.end >= day) for a in covers):
        assert holder_on(held, day) == holder_on(kept, day)
