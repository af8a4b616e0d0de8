"""Many cases at once: pressure, findings and worklists, counted from small summaries."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists import caseload, worklists
from checklists.calendar import TZ, end_of_day
from checklists.caseload import Filters
from checklists.summary_model import DueLine, FindingLine, PastLine, Summary

TODAY = date(2020, 2, 17)
NOW = datetime(2020, 2, 17, 10, 0, tzinfo=TZ)


def due(days: int, planned: int | None = None, law: str = "SEL", procedure: str = "opfoelgning") -> DueLine:
    aim = TODAY + timedelta(days=days)
    agreed = None if planned is None else TODAY + timedelta(days=planned)
    return DueLine("r-1", procedure, law, "vurdering", "", "Opfølgning", aim, end_of_day(aim), "lov", "§", agreed)


def finding(
    step: str = "udarbejdet", basis: str = "lov", then: str = "LH", kind: str = "overdue", cause: str = ""
) -> FindingLine:
    return FindingLine(
        f"handleplan-1:{step}", "handleplan-1", "handleplan", "SEL", step, "", step.capitalize(), kind, "missing",
        basis, (), date(2019, 10, 1), "tekst", then, cause,
    )  # fmt: skip


def past(since: date, until: date | None, procedure: str = "handleplan", step: str = "udarbejdet") -> PastLine:
    return PastLine(f"{procedure}-1", procedure, "SEL", step, "", "Plan", "lov", since, until)


def case(ref: str = "S-1", holder: str = "LH", team: str = "nord", **given: object) -> Summary:
    known: dict[str, object] = {
        "born": "2010-01", "law": "SEL", "known_from": date(2019, 1, 1), "closed": None, "dues": (), "findings": (),
        "past": (), "idle_since": TODAY, "reviewed": (), "procedures": (), "begun": True, "next_name": "",
        "next_item": "", "next_due": None, "next_missing": False,
    }  # fmt: skip
    return Summary(ref, team=team, holder=holder, **{**known, **given})  # type: ignore[arg-type]


def test_the_windows_count_to_their_last_day_and_leave_out_what_has_passed() -> None:
    cases = [case(dues=tuple(due(n) for n in (-1, 0, 7, 8, 14, 15)))]
    assert [d.line.aim.day for d in caseload.due_within(cases, NOW, 7)] == [17, 24]
    assert len(caseload.due_within(cases, NOW, 14)) == 4


def test_pressure_by_caseworker_in_the_order_of_initials() -> None:
    cases = [
        case("S-1", "MK", dues=tuple(due(n) for n in (1, 2, 3))),
        case("S-2", "AS", dues=(due(10, planned=9), due(12, planned=13))),
        case("S-3", "AS", closed=date(2020, 1, 1)),
    ]
    found = caseload.pressure(cases, NOW, busy=2)
    assert [(p.holder, p.cases, p.soon, p.later, p.agreed, p.busy) for p in found] == [
        ("AS", 1, 0, 2, 1, False),
        ("MK", 1, 3, 3, 0, True),
    ]


def test_findings_by_step_team_and_basis() -> None:
    cases = [
        case("S-1", findings=(finding(), finding(basis="praksis"))),
        case("S-2", team="syd", findings=(finding(), finding("udleveret", "lokal"))),
    ]
    steps = [(t.key, t.bases, t.total, t.cases) for t in caseload.by_step(cases)]
    assert steps == [
        (("handleplan", "udarbejdet"), (2, 1, 0, 0), 3, 2),
        (("handleplan", "udleveret"), (0, 0, 1, 0), 1, 1),
    ]
    assert [(t.name, t.total) for t in caseload.by_team(cases)] == [("nord", 2), ("syd", 2)]


def test_causes_are_counted_with_those_that_have_none_last() -> None:
    cases = [
        case(findings=(finding(kind="late", cause="illness"), finding(), finding(), finding(kind="idle", cause="x")))
    ]
    assert caseload.causes(cases) == (("illness", 1), ("", 2))


def test_what_arose_before_somebody_took_over_is_not_theirs() -> None:
    cases = [
        case(holder="MK", findings=(finding(then="LH"), finding("udleveret", then="MK"), finding("maal", then="")))
    ]
    assert [f.step for f in caseload.since_taken_over(cases)[0].findings] == ["udleveret", "maal"]
    assert [f.before_holder for f in caseload.faults(cases)].count(True) == 1


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), ["S-1", "S-2", "S-3"]),
        (Filters(team="NORD"), ["S-1", "S-3"]),
        (Filters(holder="mk"), ["S-2"]),
        (Filters(law="BL"), ["S-2"]),
        (Filters(basis="praksis"), ["S-1"]),
        (Filters(procedure="handleplan"), ["S-1"]),
        (Filters(words=("s-3",)), ["S-3"]),
        (Filters(team="nord", words=("opfølg",)), ["S-1"]),
        (Filters(team="øst"), []),
    ],
)
def test_filters(filters: Filters, left: list[str]) -> None:
    cases = [
        case("S-1", dues=(due(3),), findings=(finding(), finding(basis="praksis"))),
        case("S-2", "MK", "syd", dues=(due(3, law="BL"),), law="BL"),
        case("S-3"),
    ]
    assert [c.case for c in caseload.narrowed(cases, filters)] == left


def test_a_filter_leaves_only_the_lines_it_lets_through() -> None:
    (kept,) = caseload.narrowed([case(dues=(due(3),), findings=(finding(),))], Filters(procedure="handleplan"))
    assert (len(kept.dues), len(kept.findings)) == (0, 1)


def test_the_backlog_and_its_curve_over_the_months() -> None:
    cases = [
        case("S-1", past=(past(date(2019, 10, 1), date(2020, 1, 31)), past(date(2019, 12, 31), None))),
        case("S-2", past=(past(date(2020, 2, 17), None), past(date(2018, 1, 1), date(2018, 6, 1), "boernesamtale"))),
    ]
    (plans,) = worklists.backlog(cases, NOW, months=5)
    assert plans.kind == "planer"
    assert [(u.case.case, u.line.since.month) for u in plans.open] == [("S-1", 12), ("S-2", 2)]
    assert [(p.day.isoformat(), p.open) for p in plans.curve] == [
        ("2019-09-30", 0), ("2019-10-31", 1), ("2019-11-30", 1), ("2019-12-31", 2), ("2020-01-31", 1),
        ("2020-02-17", 2),
    ]  # fmt: skip


def test_idle_cases_the_quietest_first() -> None:
    cases = [
        case("S-1", idle_since=date(2020, 1, 5)),
        case("S-2", idle_since=date(2019, 12, 1)),
        case("S-3", idle_since=date(2020, 1, 6)),
        case("S-4", idle_since=None, known_from=date(2019, 1, 1)),
        case("S-5", idle_since=date(2019, 1, 1), closed=date(2019, 2, 1)),
    ]
    assert [(i.case.case, i.days) for i in worklists.idle(cases, NOW)] == [("S-4", 412), ("S-2", 78), ("S-1", 43)]


def test_a_total_review_is_worked_off() -> None:
    started = date(2020, 1, 20)
    cases = [
        case("S-10", reviewed=(date(2020, 1, 2),)),
        case("S-2", reviewed=(date(2020, 1, 2), date(2020, 2, 3))),
        case("S-3"),
        case("S-4", closed=date(2019, 12, 1)),
    ]
    found = worklists.review(cases, started)
    assert [(r.case.case, r.day) for r in found] == [("S-3", None), ("S-10", None), ("S-2", date(2020, 2, 3))]
    assert [p.open for p in worklists.review_curve(found, started, NOW)] == [3, 3, 2]


SPAN = st.tuples(st.dates(date(2018, 1, 1), TODAY), st.none() | st.integers(1, 400)).map(
    lambda pair: past(pair[0], None if pair[1] is None else min(pair[0] + timedelta(days=pair[1]), TODAY))
)


@given(st.lists(SPAN, max_size=12))
def test_the_curve_ends_at_what_is_open_now_and_never_exceeds_what_there_is(lines: list[PastLine]) -> None:
    found = worklists.backlog([case(past=tuple(lines))], NOW)
    for kind in found:
        assert kind.curve[-1].open == len(kind.open)
        assert all(0 <= point.open <= len(lines) for point in kind.curve)
        assert len(kind.curve) == 13
    assert sum(len(kind.open) for kind in found) == sum(line.until is None for line in lines)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-5, 30)), max_size=15))
def test_pressure_adds_up_to_the_deadlines_behind_it(rows: list[tuple[str, int]]) -> None:
    cases = [case(f"S-{n}", who, dues=(due(days),)) for n, (who, days) in enumerate(rows)]
    found = caseload.pressure(cases, NOW)
    assert sum(p.soon for p in found) == len(caseload.due_within(cases, NOW, 7))
    assert sum(p.later for p in found) == len(caseload.due_within(cases, NOW, 14))
    assert all(p.soon <= p.later for p in found)
