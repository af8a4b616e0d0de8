"""The 20 published cases as of 17 February 2020: each case's whole list of findings, no more and no fewer.

Read from the event log alone. A line is ``run/step items kind code``, then basis and the audit measure, if any.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import guide
from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.progress import assess
from checklists.states import Finding
from handbook.load import bundled
from store.event_log import Parsed, read_rows
from store.events import Event
from tools import build_demo
from tools.demo_log import write

DEMO = Path(guide.__file__).parent / "demo" / "stevns-2020.csv"
AS_OF = end_of_day(date(2020, 2, 17))

PLAN_MISSING = "handleplan-1/udarbejdet overdue missing lov plan-missing"
PLAN_AFTER = "handleplan-1/udarbejdet order order lov plan-late"
TALK_AFTER = "boernesamtale-1/holdt m1 order order lov child-talk"
NOT_FINISHED = "boernefaglig-undersoegelse-1/afsluttet overdue missing lov investigation-missing"
LATE = "boernefaglig-undersoegelse-1/afsluttet late late lov investigation-late"
STALE = "afgoerelse-1/grundlag stale investigation-stale praksis investigation-outdated"
CAPACITY = "boernefaglig-undersoegelse-1/foraeldrekompetencer overdue missing faglig"
CHILD = "sagsgennemgang-1/barnet judgement child-involvement praksis child-involvement"
PARENTS = "sagsgennemgang-1/foraeldre judgement custody-holder-involvement praksis custody-holder-involvement"
BASIS = "sagsgennemgang-1/stoettegrundlag judgement support-basis praksis support-basis"


def not_heard(run: str, step: str, item: str = "") -> str:
    measure = "child-involvement" if step == "barnet" else "custody-holder-involvement"
    return " ".join(filter(None, (f"{run}/{step}", item, "overdue missing praksis", measure)))


EXPECTED = {
    "D1": [NOT_FINISHED, PLAN_MISSING],
    "D2": [LATE],
    "D3": [],
    "D4": [
        not_heard("underretning-1", "barnet"),
        not_heard("underretning-1", "foraeldre", "f1"),
        not_heard("underretning-2", "barnet"),
        not_heard("underretning-2", "foraeldre", "f1"),
        STALE,
        "boernesamtale-1/undladelse m1 deficient ground-not-named lov child-talk",
        PLAN_MISSING,
    ],
    "D5": [LATE, TALK_AFTER, PLAN_AFTER, CHILD],
    "D6": ["boernesamtale-1/holdt m1 deficient talk-delegated praksis child-talk", PLAN_MISSING, CHILD, PARENTS],
    "D7": [STALE, PLAN_AFTER, CHILD, PARENTS],
    "D8": [STALE, PLAN_AFTER],
    "D9": [LATE, PLAN_AFTER],
    "D10": [
        "boernefaglig-undersoegelse-1/stillingtagen deficient position-without-kind lov reasoned-position-missing",
        LATE,
        "boernesamtale-1/holdt m2 overdue missing lov child-talk",
        PLAN_MISSING,
        CHILD,
        PARENTS,
    ],
    "D11": [CAPACITY, BASIS],
    "D12": [not_heard("underretning-1", "foraeldre", "f2"), NOT_FINISHED, TALK_AFTER, PLAN_MISSING, CHILD],
    "D13": [not_heard("underretning-1", "foraeldre", "f2"), STALE, TALK_AFTER, PLAN_MISSING, CHILD],
    "D14": [CAPACITY, LATE, PLAN_AFTER],
    "E1": [],
    "E2": [],
    "E3": [],
    "O1": ["personrettet-tilsyn-1/besoeg m1 overdue missing lov visits"],
    "O2": [],
    "O3": [],
}

SAID = {
    "D5": "Børnesamtale er noteret 10. okt. 2019 og skulle ligge før afgørelse 9. okt. 2019. (anbringelse)",
    "D9": "Undersøgelse færdig er noteret 3. juli 2019, efter fristen 5. marts 2019.",
    "D10": "Børnesamtale mangler og skulle ligge før afgørelse 15. jan. 2020. (kontaktperson)",
    "O1": "2 samtaler andre steder tæller ikke med. (anbringelse)",
}


@cache
def recorded() -> tuple[Event, ...]:
    with DEMO.open(encoding="utf-8", newline="") as lines:
        rows = list(read_rows(lines))
    assert all(isinstance(row, Parsed) for row in rows)
    return tuple(row.event for row in rows if isinstance(row, Parsed))


def findings(case: str) -> tuple[Finding, ...]:
    return assess(fold(case, recorded(), AS_OF), {"serviceloven": bundled("serviceloven")}, AS_OF).findings


def line(found: Finding) -> str:
    place = f"{found.run or found.procedure}/{found.step}"
    return " ".join((place, *found.items, found.kind, found.code, found.basis, *found.measures))


@pytest.mark.parametrize("case", EXPECTED)
def test_each_case_shows_what_the_auditors_found(case: str) -> None:
    assert [line(f) for f in findings(case)] == EXPECTED[case]


@pytest.mark.parametrize("case", SAID)
def test_the_fault_is_said_with_its_days(case: str) -> None:
    assert any(SAID[case] in f.text for f in findings(case))


def test_every_case_of_the_report_is_there_and_marked_fictional() -> None:
    opened = [e for e in recorded() if e.kind == "case"]
    assert [e.case for e in opened] == list(EXPECTED)
    assert {e.note for e in opened} == {"fiktiv"}


def test_the_log_is_what_the_builder_writes() -> None:
    assert DEMO.read_text(encoding="utf-8") == write(build_demo.demo())
