"""The rules of both laws as a lawyer reads them: every line of ``regler.md`` is a test against the bundled editions.

The line language is explained in that file, in Danish. Reading is strict: a line that cannot be read is a failing test
that names it, and every fact must be a row the import of an event log would take.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from checklists.calendar import TZ, end_of_day, local_day
from checklists.due import Due
from checklists.facts import fold
from checklists.progress import assess
from checklists.states import Finding, Progress, StepState
from handbook.model import Law, Step
from tests.acceptance.rule_table import (
    CASE,
    COLUMNS,
    KINDS,
    LAWS,
    RESERVED,
    RULES,
    STATES,
    STATUSES,
    Expected,
    Malformed,
    Rule,
    Unread,
    editions,
    read_file,
    read_rule,
)

READ = read_file(RULES.read_text(encoding="utf-8"))


def instance(progress: Progress, rule: Rule) -> StepState | None:
    found = [
        step
        for run in progress.runs
        if (run.run.id if run.run else run.procedure.id) == rule.run
        for step in run.steps
        if step.step.id == rule.step and (step.item.id if step.item else "") == rule.item
    ]
    assert len(found) <= 1, f"{rule.run}/{rule.step} står flere gange"
    return found[0] if found else None


def findings(progress: Progress, rule: Rule) -> list[Finding]:
    items = (rule.item,) if rule.item else ()
    return [
        f
        for f in progress.findings
        if (f.run or f.procedure, f.step, f.items) == (rule.run, rule.step, items) or rule.run == "sagen"
    ]


def short(law: Law) -> str:
    return next(name for name, found in LAWS.items() if found == law)


def judge_due(due: Due | None, expected: Expected) -> None:
    if expected.no_due:
        assert due is None
    if expected.aim is None:
        return
    assert due is not None, "ingen frist"
    if isinstance(expected.aim, datetime):
        assert isinstance(due.aim, datetime), f"fristen er en dag: {due.aim}"
        assert due.aim.astimezone(UTC) == expected.aim
    else:
        assert due.aim == expected.aim
    assert expected.late_after is not None
    assert due.late_after.astimezone(UTC) == expected.late_after.astimezone(UTC), f"for sent efter {due.late_after}"


def judge_findings(told: list[Finding], rule: Rule) -> None:
    expected = rule.expected
    if expected.total is not None:
        assert len(told) == expected.total, [f.id for f in told]
    if expected.findings is not None:
        assert [(f.kind, f.code, f.basis, f.measures) for f in told] == list(expected.findings)
    if expected.since is not None:
        assert [f.since for f in told] == [expected.since]
    for found in told:
        assert found.law == ("" if found.kind == "idle" else short(rule.law))


def as_case(rule: Rule | Unread) -> Any:
    why = rule.expected.known_fault if isinstance(rule, Rule) else ""
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=why)] if why else []
    return pytest.param(rule, id=rule.number, marks=marks)


def same_but_for_numbers(step: Step, other: Step | None) -> bool:
    """Whether two steps are one: a page names each clause by its number of the day, and nothing else may differ."""
    return other is not None and replace(step, references=()) == replace(other, references=())


@pytest.mark.parametrize("rule", [as_case(rule) for rule in READ])
def test_rule(rule: Rule | Unread) -> None:
    if isinstance(rule, Unread):
        pytest.fail(f"regler.md, linje {rule.line} ({rule.number}): {rule.why}")
    if rule.expected.refused:
        return  # read_rule has seen the import refuse them
    progress = assess(fold(CASE, rule.events, rule.now), editions(), rule.now)
    told = findings(progress, rule)
    judge_findings(told, rule)
    if rule.run == "sagen":
        assert not told or any(rule.clause in f.clause for f in told)
        return
    state = instance(progress, rule)
    if not rule.expected.stands:
        assert state is None
        return
    assert state is not None, f"{rule.run}/{rule.step} {rule.item} står ikke"
    page = editions()[rule.law].procedures.get(state.step.procedure)
    assert same_but_for_numbers(state.step, page.by_id.get(state.step.id) if page else None), f"ikke {short(rule.law)}"
    assert rule.clause in [reference.clause for reference in state.step.references], state.step.clause
    assert rule.expected.state in ("", state.state), f"{state.state}: {state.reason}"
    judge_due(state.due, rule.expected)


# -- the file itself ------------------------------------------------------------------------------------------------


def test_the_file_is_long_enough_numbered_in_order_and_covers_both_laws() -> None:
    numbers = [rule.number for rule in READ]
    assert len(numbers) >= 100
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers, key=lambda number: (number[0], int(number[1:])))
    assert all(sum(isinstance(r, Rule) and r.law == law for r in READ) >= 40 for law in LAWS.values())


def test_every_word_of_the_language_is_explained() -> None:
    table = dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", RULES.read_text(encoding="utf-8"), re.M))
    assert {*STATES, *KINDS, *STATUSES, *RESERVED} <= {word for words in table for word in words.split("/")}


GOOD = ["A1", "prøve", "underretning-1/modtaget 2019-03-08", "2019-03-09", "SEL", "underretning-1/kvittering",
        "ingen fund", "SEL § 155 b, stk. 1"]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        (0, "første", "nummeret"),
        (1, "", "celler"),
        (2, "underretning-1/modtaget i går", "kan ikke læse faktum"),
        (2, "underretning-1/modtaget 2019-02-30", "ingen dag"),
        (2, "underretning-1/findes-ikke 2019-03-08", "findes-ikke"),
        (2, "underretning-1/vej 2019-03-08: noget-andet", "noget-andet"),
        (2, "UKENDT-BYGGESTEN", "kan ikke læse faktum"),
        (2, "ret underretning-1/modtaget 2019-03-08", "intet at rette"),
        (2, "boernesamtale-1/holdt 2019-03-08 for m1", "ukendt foranstaltning"),
        (3, "i dag", "I dag"),
        (4, "DL", "Lov"),
        (5, "kvitteringen", "trin"),
        (6, "frist snart", "forventning"),
        (6, "tilstand færdig", "forventning"),
        (6, "fund forkert, missing, lov, –", "ukendt slags fund"),
        (6, "afvises", "importen tager dem"),
        (7, "SEL § 999", "hjemlen"),
    ],
)
def test_a_line_that_cannot_be_read_is_told(column: int, cell: str, why: str) -> None:
    assert isinstance(read_rule(GOOD, 1, {}), Rule)
    with pytest.raises(Malformed, match=why):
        read_rule([*GOOD[:column], cell, *GOOD[column + 1 :]], 1, {})


def test_an_unread_line_is_kept_with_its_number_so_that_its_test_fails() -> None:
    table = "\n".join(["| " + " | ".join(cells) + " |" for cells in (COLUMNS, ["---"] * 8, [*GOOD[:-1]])])
    assert read_file(table) == [Unread("A1", 3, "der skal være 8 udfyldte celler")]


def test_a_day_in_the_cell_means_its_end_and_an_hour_that_hour() -> None:
    by_day, by_hour = (read_rule([*GOOD[:3], today, *GOOD[4:]], 1, {}) for today in ("2019-03-09", "2019-03-09 15:00"))
    assert by_day.now == end_of_day(date(2019, 3, 9))
    assert (local_day(by_hour.now), by_hour.now.astimezone(TZ).hour) == (date(2019, 3, 9), 15)
