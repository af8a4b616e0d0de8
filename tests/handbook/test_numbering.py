"""A reference names the number its clause had on the day."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.load import bundled
from handbook.numbering import clause_on, page_on


@pytest.mark.parametrize(
    ("clause", "day", "shown"),
    [
        ("SEL § 140, stk. 3", date(2019, 12, 31), "SEL § 140, stk. 3"),
        ("SEL § 140, stk. 3", date(2020, 1, 1), "SEL § 140, stk. 2"),
        ("SEL § 140, stk. 3, 1. pkt.", date(2022, 5, 1), "SEL § 140, stk. 2, 1. pkt."),
        ("SEL § 140, stk. 1", date(2022, 5, 1), "SEL § 140, stk. 1"),
        ("SEL § 140 a, stk. 3", date(2022, 5, 1), "SEL § 140 a, stk. 3"),
        ("SEL § 68, stk. 12", date(2019, 8, 21), "SEL § 68, stk. 12"),
        ("SEL § 68, stk. 12", date(2022, 8, 21), "SEL § 68, stk. 11"),
        ("SEL § 68, stk. 1", date(2022, 8, 21), "SEL § 68, stk. 1"),
        ("BL § 91, stk. 1", date(2025, 1, 1), "BL § 91, stk. 1"),
    ],
)
def test_a_clause_has_the_number_of_the_day(clause: str, day: date, shown: str) -> None:
    assert clause_on(clause, day) == shown


def test_a_page_is_renumbered_whole_and_only_where_it_differs() -> None:
    plan = bundled("serviceloven").procedures["handleplan"]
    in_2022 = page_on(plan, date(2022, 5, 1))
    assert page_on(plan, date(2019, 5, 1)) is plan
    assert in_2022 is page_on(plan, date(2022, 5, 1))
    assert "SEL § 140, stk. 2" in in_2022.by_id["maal"].clause
    assert [s.id for s in in_2022.steps] == [s.id for s in plan.steps]
