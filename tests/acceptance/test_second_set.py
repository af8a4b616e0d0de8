"""A second set, over both laws and New Year, worked out by hand in second_set/sager.md: not what was built for."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from checklists.audit import Audit, audit
from checklists.calendar import add, end_of_day
from checklists.measures.model import Verdict
from tests.acceptance.second_set.building import rows
from tests.acceptance.second_set.reading import LEFT_OUT, Entry, numbers, page, types
from tests.checklists.measured import BOTH

CASES, ROUNDS = page()
NUMBERS = [1, 2, 3]


@cache
def counted(number: int) -> Audit:
    """The round as the program counts it, seen four months after its end, from every row of every case."""
    asked = ROUNDS[number - 1]
    now = end_of_day(add(asked.end, 4, "måneder"))
    return audit(((case, rows(case, facts)) for case, facts in CASES.items()), BOTH, (asked.start, asked.end), now)


def expected(number: int) -> dict[str, Entry]:
    return {entry.case: entry for entry in ROUNDS[number - 1].entries if not entry.outside}


def said(verdict: Verdict) -> str:
    return verdict.code if verdict.deficient else "ok" if verdict.relevant else LEFT_OUT


def test_the_set_is_large_enough_and_spans_both_laws() -> None:
    assert len(CASES) >= 44
    assert [len(counted(n).laws) for n in NUMBERS] == [1, 2, 1]
    assert {facts["afgørelse"][:4] for facts in CASES.values() if "afgørelse" in facts} >= {
        "2021",
        "2022",
        "2023",
        "2024",
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_who_enters_and_who_stands_outside(number: int) -> None:
    found = counted(number)
    assert {d.case for d in found.entered} == set(expected(number))
    outside = dict(found.outside)
    assert set(outside) == set(CASES) - set(expected(number))
    end = ROUNDS[number - 1].end.isoformat()
    for case, reason in outside.items():
        assert ("først kendt her efter perioden" in reason) is (CASES[case]["kendt"] > end), case


@pytest.mark.parametrize(("number", "case"), [(n, case) for n in NUMBERS for case in expected(n)])
def test_each_outcome_is_the_one_worked_out(number: int, case: str) -> None:
    told = expected(number)[case].outcomes
    found = {
        c.measure.code: (said(verdict), verdict.reason)
        for c in counted(number).measures
        for dossier, verdict in c.verdicts
        if dossier.case == case
    }
    wrong = {
        code: (outcome, told.get(code, "ok")) for code, outcome in found.items() if outcome[0] != told.get(code, "ok")
    }
    assert not wrong


@pytest.mark.parametrize("number", NUMBERS)
def test_the_numbers_are_those_counted_by_hand(number: int) -> None:
    by_hand = numbers(number)
    shown = {c.measure.code: (c.deficient, c.relevant) for c in counted(number).measures}
    assert shown == {code: pair for code, pair in by_hand.items() if pair is not None}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_page_agrees_with_itself(number: int) -> None:
    """The numbers counted by hand are those of the outcomes written beside each case."""
    entries = expected(number).values()
    for code, pair in numbers(number).items():
        outcomes = [entry.outcomes.get(code, "ok") for entry in entries]
        bad = sum(outcome not in ("ok", LEFT_OUT) for outcome in outcomes)
        assert pair is None or pair == (bad, sum(outcome != LEFT_OUT for outcome in outcomes)), code


@pytest.mark.parametrize("number", NUMBERS)
def test_the_types_are_those_counted_by_hand(number: int) -> None:
    found = Counter[str]()
    for row in counted(number).types:
        found[row.label] += row.cases
    by_hand = types(number)
    assert sum(found.values()) == by_hand.pop("i alt")
    assert found == {label: cases for label, cases in by_hand.items() if cases}


def test_a_measure_is_named_after_the_law_or_laws_it_was_counted_under() -> None:
    names = [next(c.name for c in counted(n).measures if c.measure.code == "child-talk") for n in NUMBERS]
    assert names == [
        "§ 48-børnesamtale ikke opfyldt",
        "§ 48- eller § 5-børnesamtale ikke opfyldt",
        "§ 5-børnesamtale ikke opfyldt",
    ]


def test_every_outcome_has_its_reason_and_the_records_it_rests_on() -> None:
    for number in NUMBERS:
        for found in counted(number).measures:
            for dossier, verdict in found.verdicts:
                assert verdict.reason
                assert bool(verdict.code) == verdict.deficient == (verdict.since is not None)
                assert all(record.startswith(f"{dossier.case}-") for record in verdict.records)
