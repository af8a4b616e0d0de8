"""Case D5 of the published audit, once in 2019 and once with every date five years later: other law, other findings.

The whole list is asserted both times. A line is ``run/step items kind code basis measure, law, since``.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import guide
from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.progress import assess
from checklists.states import Finding, Progress
from guide.editions import vocabulary
from handbook.load import bundled
from handbook.model import Handbook, Law
from store.event_log import Parsed, read_rows

DEMO = Path(guide.__file__).parent / "demo" / "stevns-2020.csv"
BOTH: dict[Law, Handbook] = {"serviceloven": bundled("serviceloven"), "barnets_lov": bundled("barnets_lov")}
YEARS_LATER = 5


def later(cell: str) -> str:
    """A cell of the log with the year of every date in it moved; 2019-11 in the birth month too."""
    return re.sub(r"\b(\d{4})(?=-\d\d)", lambda year: str(int(year[1]) + YEARS_LATER), cell)


@cache
def case(years: int) -> Progress:
    """D5 as of 17 February of the year after its decision, as it was or moved."""
    with DEMO.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter=";")
    own = [row for row in rows if row[header.index("case")] == "D5"]
    moved = [[later(cell) for cell in row] for row in own] if years else own
    text = [";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in (header, *moved)]
    read = list(read_rows(text, vocabulary(BOTH)))
    assert all(isinstance(row, Parsed) for row in read)
    events = [row.event for row in read if isinstance(row, Parsed)]
    now = end_of_day(date(2020 + years, 2, 17))
    return assess(fold("D5", events, now), BOTH, now)


def told(found: Finding) -> str:
    place = " ".join((f"{found.run or found.procedure}/{found.step}", *found.items))
    return f"{place} {' '.join((found.kind, found.code, found.basis, *found.measures))}, {found.law}, {found.since}"


IN_2019 = [
    # 4 months from 11 March ended on 11 July (SEL § 50, stk. 7); finished on 25 September.
    "boernefaglig-undersoegelse-1/afsluttet late late lov investigation-late, SEL, 2019-07-12",
    # Decided on 9 October, the talk held on the 10th (SEL § 48, stk. 1).
    "boernesamtale-1/holdt m1 order order lov child-talk, SEL, 2019-10-09",
    # The handleplan of 4 November had to be there before the decision (SEL § 140, stk. 1).
    "handleplan-1/udarbejdet order order lov plan-late, SEL, 2019-10-09",
    # People's judgement at the review.
    "sagsgennemgang-1/barnet judgement child-involvement praksis child-involvement, SEL, 2020-02-17",
]

IN_2024 = [
    # New: before the decision to investigate, not only before the measure, the child's view has to be there, and under
    # that step nothing is recorded (BL § 5, stk. 3).
    "boernefaglig-undersoegelse-1/barnets-syn overdue missing lov, BL, 2024-03-25",
    # As before: the 4 months are the same (BL § 20, stk. 3).
    "boernefaglig-undersoegelse-1/afsluttet late late lov investigation-late, BL, 2024-07-12",
    # New: the decision has to state the aim and how long it is expected to take (BL § 46, stk. 1).
    "afgoerelse-1/formaal-varighed overdue missing lov, BL, 2024-10-10",
    # As before: the day after is after (BL § 5, stk. 3).
    "boernesamtale-1/holdt m1 order order lov child-talk, BL, 2024-10-09",
    # New: in connection with the first follow-up, held on 2 January 2025, how to go on has to be decided (BL § 95,
    # stk. 3). The text does not say the same day, so it is the law's fault from 3 months after the start on.
    "opfoelgning-1/rytme overdue missing lov followup-rhythm-missing, BL, 2025-01-11",
    # As before: what people judged.
    "sagsgennemgang-1/barnet judgement child-involvement praksis child-involvement, BL, 2025-02-17",
]
"""Gone is the plan: made on 4 November, in time within 3 months of the decision of 9 October (BL § 91, stk. 2)."""


def test_d5_as_it_was() -> None:
    assert [told(found) for found in case(0).findings] == IN_2019


def test_d5_five_years_later() -> None:
    assert [told(found) for found in case(YEARS_LATER).findings] == IN_2024


def test_the_plan_after_the_decision_is_in_order_for_three_months_and_no_longer() -> None:
    before, after = (case(years).find("handleplan-1", "udarbejdet") for years in (0, YEARS_LATER))
    assert before is not None
    assert after is not None
    assert (before.state, before.due) == ("done with deficiency", None)
    assert after.state == "done"
    assert after.due is not None
    assert after.due.aim == date(2025, 1, 9)


def test_the_talk_after_the_decision_is_breached_under_either_law() -> None:
    talks = [case(years).find("boernesamtale-1", "holdt", "m1") for years in (0, YEARS_LATER)]
    assert [talk.state for talk in talks if talk is not None] == ["done with deficiency"] * 2


def test_at_nine_the_child_is_no_party_yet() -> None:
    hearing = case(YEARS_LATER).find("afgoerelse-1", "partshoering-barn")
    assert hearing is not None
    assert hearing.state == "not relevant"
    assert case(0).find("afgoerelse-1", "partshoering-barn") is None


@pytest.mark.parametrize("years", [0, YEARS_LATER])
def test_one_law_judges_the_whole_case(years: int) -> None:
    assert {found.law for found in case(years).findings} == {"BL" if years else "SEL"}
