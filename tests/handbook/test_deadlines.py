"""The words of Frist and Gentages: every form the format has, read into terms and rhythms."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from handbook.model import AgeAnchor, Recurrence, Step, StepRef, Term

ReadStep = Callable[[str], Step]


def p(step_id: str, part: str = "") -> StepRef:
    return StepRef("p", step_id, part)


@pytest.mark.parametrize(
    ("written", "terms", "when"),
    [
        ("24 timer efter [a](#a)", [Term(24, "timer", (p("a"),))], ""),
        ("1 time efter [a](#a)", [Term(1, "timer", (p("a"),))], ""),
        ("1 dag efter [a](#a).", [Term(1, "dage", (p("a"),))], ""),
        ("senest 1 uge efter [a](#a)", [Term(1, "uger", (p("a"),))], ""),
        ("6 hverdage efter [a](q.md#b-c)", [Term(6, "hverdage", (StepRef("q", "b-c"),))], ""),
        ("senest 6 måneder før [det fyldte 18. år](sag:fyldt-18)", [Term(-6, "måneder", (AgeAnchor(216),))], ""),
        ("3 dage før [a](#a)", [Term(-3, "dage", (p("a"),))], ""),
        ("1 måned efter [alderen](sag:fyldt-17½)", [Term(1, "måneder", (AgeAnchor(210),))], ""),
        ("senest [slut](#tilbud.planlagt_slut)", [Term(0, "dage", (p("tilbud", "planlagt_slut"),))], ""),
        (
            "4 måneder efter [a](#a), ellers [b](q.md#b), ellers [c](#c)",
            [Term(4, "måneder", (p("a"), StepRef("q", "b"), p("c")))],
            "",
        ),
        (
            "det tidligste af 3 måneder efter [a](#a), ellers [b](#b) og senest [c](#c), når barnet er fyldt 15",
            [Term(3, "måneder", (p("a"), p("b"))), Term(0, "dage", (p("c"),))],
            "barnet er fyldt 15",
        ),
        (
            "4 måneder efter [a](#a), når afgørelsen ikke kan vente",
            [Term(4, "måneder", (p("a"),))],
            "afgørelsen ikke kan vente",
        ),
    ],
)
def test_deadlines(written: str, terms: list[Term], when: str, step: ReadStep) -> None:
    (deadline,) = step(f"- **Frist:** {written}").deadlines
    assert (list(deadline.terms), deadline.when) == (terms, when)
    assert deadline.text == re.sub(r"\[(.*?)\]\(.*?\)", r"\1", written).removesuffix(".")


def test_a_day_to_work_towards_before_the_one_that_is_late(step: ReadStep) -> None:
    (found,) = step(
        "- **Frist:** sigt efter 1 måned efter [a](#a), senest 1 måned efter [b](#b), når barnet er fyldt 15"
    ).deadlines
    assert (found.aim, found.terms) == (Term(1, "måneder", (p("a"),)), (Term(1, "måneder", (p("b"),)),))
    assert found.when == "barnet er fyldt 15"


def test_the_same_agreed_day_each_time_is_said_once(step: ReadStep) -> None:
    rhythm = step("- **Gentages:** senest [den dag](#a.naeste), derefter senest [den dag](#a.naeste)").recurrence
    assert rhythm is not None
    assert rhythm.text == "senest den dag, hver gang"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "senest 3 måneder efter [a](#a), derefter højst hver 6. måned",
            Recurrence("", first=Term(3, "måneder", (p("a"),)), every_months=6),
        ),
        (
            "mindst 2 gange i 12 måneder efter [a](#a), ellers [b](#b)",
            Recurrence("", times=2, window_months=12, start=(p("a"), p("b"))),
        ),
        ("højst hver 12. måned efter [a](#a)", Recurrence("", first=Term(12, "måneder", (p("a"),)), every_months=12)),
        ("højst hver måned efter [a](#a)", Recurrence("", first=Term(1, "måneder", (p("a"),)), every_months=1)),
        (
            "senest [a](#a.naeste), derefter senest [a](#a.naeste)",
            Recurrence("", first=Term(0, "dage", (p("a", "naeste"),)), then=(p("a", "naeste"),)),
        ),
        (
            "senest 3 måneder efter [a](#a), derefter senest [b](q.md#b.dag), ellers [c](#c)",
            Recurrence("", first=Term(3, "måneder", (p("a"),)), then=(StepRef("q", "b", "dag"), p("c"))),
        ),
        ("senest 3 måneder efter [a](#a)", Recurrence("", first=Term(3, "måneder", (p("a"),)))),
    ],
)
def test_rhythms(written: str, expected: Recurrence, step: ReadStep) -> None:
    found = step(f"- **Gentages:** {written}").recurrence
    assert found is not None
    fields = ("first", "every_months", "times", "window_months", "start", "then")
    assert [getattr(found, name) for name in fields] == [getattr(expected, name) for name in fields]
