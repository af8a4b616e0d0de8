"""A reviewer against the dates: counted with its reason, the dates still told; only in its own round."""

from __future__ import annotations

from datetime import date

import pytest

from checklists.audit import audit
from checklists.calendar import end_of_day
from checklists.measures.model import Verdict
from checklists.measures.overrides import Answer, Override
from tests.checklists.build import Log
from tests.checklists.measured import BOTH, decision, said


def override(
    answer: Answer, day: str = "2019-09-01", reason: str = "planen ligger i den gamle sag", by: str = "TF"
) -> Override:
    return Override(answer, reason, by, date.fromisoformat(day), f"r-{day}")


def judged(
    code: str, *given: Override, log: Log | None = None, today: str = "2020-12-31", held_by: str = ""
) -> Verdict:
    found = audit(
        [("S-1", (log or decision()).rows)],
        BOTH,
        (date(2019, 1, 1), date(2019, 12, 31)),
        end_of_day(date.fromisoformat(today)),
        held_by=held_by,
        overrides={"S-1": {code: given}},
    )
    return next(c for c in found.measures if c.measure.code == code).verdicts[0][1]


def test_without_one_the_dates_stand() -> None:
    found = judged("plan-missing")
    assert (said(found), found.before) == ("plan-missing", None)


@pytest.mark.parametrize(
    ("answer", "outcome"), [("fine", "ok"), ("not relevant", "out"), ("deficient", "plan-missing")]
)
def test_a_reviewer_may_see_it_otherwise_than_the_dates(answer: Answer, outcome: str) -> None:
    assert said(judged("plan-missing", override(answer))) == outcome


def test_what_is_in_order_by_the_dates_may_be_found_wanting() -> None:
    found = judged("complaint-guidance", override("deficient", reason="vejledningen var til en anden afgørelse"))
    assert (said(found), found.since) == ("reviewed", date(2019, 6, 3))


def test_the_reason_and_what_the_dates_say_are_both_told() -> None:
    found = judged("plan-missing", override("fine"))
    assert found.reason == (
        "i orden, vurderet ved gennemgang 1. sept. 2019: planen ligger i den gamle sag "
        "(datoerne siger: mangler, der er ingen plan)"
    )
    assert found.before is not None
    assert found.before.code == "plan-missing"
    assert "r-2019-09-01" in found.records


def test_one_who_agrees_changes_nothing_but_that_it_was_looked_at() -> None:
    alone, agreed = judged("plan-missing"), judged("plan-missing", override("deficient"))
    assert (agreed.reason, agreed.before) == (alone.reason, None)
    assert agreed.records == (*alone.records, "r-2019-09-01")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_bare_answer_sets_no_date_aside(reason: str) -> None:
    with pytest.raises(ValueError, match="skal have en grund"):
        override("fine", reason=reason)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2019-06-02", False),
        ("2019-06-03", True),
        ("2019-12-31", True),
        ("2020-03-31", True),
        ("2020-04-01", False),
    ],
)
def test_it_belongs_to_the_round_from_the_decision_to_three_months_after(day: str, counts: bool) -> None:
    assert said(judged("plan-missing", override("fine", day))) == ("ok" if counts else "plan-missing")


def test_one_not_yet_given_is_not_known() -> None:
    assert said(judged("plan-missing", override("fine", "2020-02-01"), today="2020-01-31")) == "plan-missing"


def test_the_last_in_the_period_counts_before_one_after_it() -> None:
    given = override("deficient", "2019-07-01"), override("fine", "2019-12-01"), override("not relevant", "2020-01-15")
    for order in (given, given[::-1]):
        assert said(judged("plan-missing", *order)) == "ok"


def test_a_type_the_measure_does_not_count_stays_out() -> None:
    assert said(judged("visits", override("deficient"))) == "out"


def test_a_deficiency_only_the_reviewer_sees_belongs_to_whoever_held_the_case_at_the_decision() -> None:
    log = decision()
    log.holder("LH", "2019-01-01")
    log.holder("MK", "2019-08-01")
    wanting = override("deficient", reason="tynd")
    assert said(judged("complaint-guidance", wanting, log=log, held_by="LH")) == "reviewed"
    assert said(judged("complaint-guidance", wanting, log=log, held_by="MK")) == "out"


def test_the_initials_of_the_reviewer_are_not_in_the_table() -> None:
    assert "TF" not in judged("plan-missing", override("fine")).reason
