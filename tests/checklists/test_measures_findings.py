"""Findings name their measures under the law of their page, and say when they were there before the takeover."""

from __future__ import annotations

import pytest

from checklists.measures import measures_of
from checklists.measures.catalogue import ALL
from checklists.measures.findings import MEASURES
from checklists.states import Finding
from handbook.model import Law
from tests.checklists.build import SEL, Log
from tests.checklists.measured import BOTH

LAWS: tuple[Law, ...] = ("serviceloven", "barnets_lov")


@pytest.mark.parametrize("law", LAWS)
def test_every_code_is_a_measure_that_the_law_knows(law: Law) -> None:
    known = {m.code for m in ALL if law in m.clauses}
    assert set(MEASURES[law].values()) <= known


@pytest.mark.parametrize("law", LAWS)
def test_every_fault_is_of_a_step_that_the_law_has(law: Law) -> None:
    pages = BOTH[law].procedures
    assert [key for key in MEASURES[law] if key[1] not in pages[key[0]].by_id] == []


def test_every_measure_but_the_judged_and_the_local_can_be_found_before_an_audit() -> None:
    found = {code for law in LAWS for code in MEASURES[law].values()}
    assert {m.code for m in ALL} - found == {"clarification-missing", "local-targets"}


@pytest.mark.parametrize(
    ("fault", "law", "codes"),
    [
        (("underretning", "risikovurdering", "late"), "serviceloven", ("assessment-24-hours",)),
        (("underretning", "kvittering", "overdue"), "barnets_lov", ("receipt",)),
        (("afgoerelse", "partshoering", "overdue"), "serviceloven", ("party-hearing",)),
        (("afgoerelse", "begrundelse", "overdue"), "barnets_lov", ("reasoned-decision",)),
        (("afgoerelse", "klagevejledning", "overdue"), "serviceloven", ("complaint-guidance",)),
        (("opfoelgning", "vurdering", "later"), "serviceloven", ("followup-6-months",)),
        (("opfoelgning", "vurdering", "agreed"), "barnets_lov", ("followup-ongoing",)),
        (("opfoelgning", "vurdering", "first"), "barnets_lov", ("followup-ongoing",)),
        (("opfoelgning", "rytme", "overdue"), "barnets_lov", ("followup-rhythm-missing",)),
        (("overdragelse", "opsummering", "idle"), "barnets_lov", ()),
    ],
)
def test_which_measure_a_fault_belongs_to(fault: tuple[str, str, str], law: Law, codes: tuple[str, ...]) -> None:
    assert measures_of(*fault, law) == codes


def assessed(*holders: tuple[str, str], today: str = "2019-03-20") -> Finding:
    """A 24-hour assessment that was never noted: received on 1 March at 10, so over on the 2nd."""
    log = Log("2019-01-01")
    for staff, day in holders:
        log.holder(staff, day)
    log.run("underretning-1", "2019-03-01")
    log.step("underretning-1/modtaget", "2019-03-01 10:00")
    return next(f for f in log.assess(today, SEL).findings if f.step == "risikovurdering")


@pytest.mark.parametrize(
    ("holders", "inherited"),
    [
        ([], False),
        ([("LH", "2019-01-01")], False),
        ([("LH", "2019-01-01"), ("MK", "2019-03-02")], False),
        ([("LH", "2019-01-01"), ("MK", "2019-03-03")], True),
        ([("MK", "2019-03-03")], True),
        ([("LH", "2019-01-01"), ("MK", "2019-04-01")], False),
    ],
)
def test_a_deadline_belongs_to_whoever_held_the_case_when_it_passed(
    holders: list[tuple[str, str]], inherited: bool
) -> None:
    assert assessed(*holders).inherited is inherited


def test_a_deadline_in_days_passed_on_its_own_day_not_the_day_after() -> None:
    """Six hverdage from Friday 1 March end on Monday the 11th at the latest; MK came on the 12th."""
    log = Log("2019-01-01")
    log.holder("LH", "2019-01-01")
    log.holder("MK", "2019-03-12")
    log.run("underretning-1", "2019-03-01")
    log.step("underretning-1/modtaget", "2019-03-01 10:00")
    found = next(f for f in log.assess("2019-03-20", SEL).findings if f.step == "kvittering")
    assert (found.since is not None and found.since.isoformat(), found.inherited) == ("2019-03-12", True)


def test_a_late_first_follow_up_stays_told_after_the_next_one() -> None:
    log = Log("2024-07-01")
    log.run("afgoerelse-1", "2024-05-20")
    log.item("m1", "2024-05-20", kind="anbringelse", run="afgoerelse-1")
    log.step("afgoerelse-1/truffet", "2024-06-03", items="m1")
    log.step("afgoerelse-1/ivaerksat", "2024-06-10", items="m1")
    log.run("opfoelgning-1", "2024-06-10", serves="afgoerelse-1")
    log.step("opfoelgning-1/foerste", "2024-09-20", "fortsaet", items="m1")
    log.step("opfoelgning-1/rytme", "2024-09-20", {"valg": "fast", "naeste": "2025-03-10"})
    log.step("opfoelgning-1/vurdering", "2025-03-12", "fortsaet", items="m1")
    found = log.assess("2025-03-20", BOTH["barnets_lov"]).findings
    told = [(f.step, f.kind, f.measures) for f in found if f.procedure == "opfoelgning"]
    assert told == [("foerste", "late", ("followup-3-months",)), ("vurdering", "late", ("followup-ongoing",))]
