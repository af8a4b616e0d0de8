"""A question in the middle of a case: it is answered, nothing is recorded, and the case goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from checklists.calendar import TZ
from guide.dialogue import asking
from guide.dialogue.asking import PageStep, law_asked, place_of
from guide.editions import load_handbooks
from handbook.model import Law
from tests.guide.player import Player

BOOKS = load_handbooks()


def player(now: datetime) -> Player:
    made = Player(BOOKS, now=now)
    made.open("underretning")
    return made


def test_a_question_is_answered_and_the_case_goes_on_where_it_was() -> None:
    at = player(datetime(2020, 2, 7, 16, tzinfo=TZ))
    asked, stored = at.ask, len(at.events)
    at.answer("/spørg hvor hurtigt skal vi kvittere?")
    assert at.last.problem == ""
    assert len(at.events) == stored
    assert at.ask == asked
    best = at.last.said[0].text.splitlines()
    assert best == [
        "Underretning: Kvittering (serviceloven)",
        "Frist: 6 hverdage efter modtagelsen.",
        best[2],
        "SEL § 155 b, stk. 1: kontrolleret mod LBK 798 af 07/08/2019.",
        "Åbn siden: /håndbog underretning#kvittering",
    ]
    assert "hvor hurtigt skal vi" not in repr(at.events)


def test_the_law_is_the_run_s_own_unless_the_question_names_one() -> None:
    at = player(datetime(2024, 3, 1, 10, tzinfo=TZ))
    at.answer("/spørg hvor hurtigt skal vi kvittere?")
    assert "BL § 138, stk. 1: kontrolleret" in at.last.said[0].text
    at.answer("/spørg hvor hurtigt skulle vi kvittere efter serviceloven?")
    assert "SEL § 155 b, stk. 1: kontrolleret" in at.last.said[0].text
    assert "/håndbog SEL underretning#kvittering" in at.last.said[0].text


def test_what_the_handbook_does_not_hold_is_said_to_be_outside() -> None:
    at = player(datetime(2020, 2, 7, 16, tzinfo=TZ))
    at.answer("/spørg hvordan søger jeg dagpenge?")
    assert at.last.said[0].text.startswith("Det står ikke i håndbogen.")
    at.answer("/spørg hvad nu?")
    assert at.last.said[0].text == f"{asking.OUTSIDE} {asking._NOTHING_NEAR}"


def test_without_words_it_says_how() -> None:
    at = player(datetime(2020, 2, 7, 16, tzinfo=TZ))
    asked = at.ask
    at.answer("/spørg")
    assert at.last.problem == asking.HOW
    assert at.ask == asked


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("underretning#kvittering", PageStep(None, "underretning", "kvittering")),
        (" SEL underretning#kvittering ", PageStep("serviceloven", "underretning", "kvittering")),
        ("bl barnets-plan#maal", PageStep("barnets_lov", "barnets-plan", "maal")),
        ("kvittering", None),
        ("skriv # her", None),
        ("", None),
    ],
)
def test_a_step_can_be_named_after_the_command(text: str, place: PageStep | None) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("question", "law"),
    [
        ("hvad siger SEL § 155", "serviceloven"),
        ("hvad siger servicelovens § 155", "serviceloven"),
        ("hvad står der i barnets lov", "barnets_lov"),
        ("forskellen på serviceloven og barnets lov", "barnets_lov"),
        ("barnets selv", "barnets_lov"),
    ],
)
def test_the_law_a_question_names(question: str, law: Law) -> None:
    assert law_asked(question, "barnets_lov") == law


def test_nothing_of_the_search_is_loaded_before_the_first_question() -> None:
    """Budget: start-up does not pay for a question that may never be asked."""
    script = (
        "import sys, guide.app, guide.casework, guide.desk, guide.conversation, guide.editions\n"
        "import guide.screens.cases, guide.screens.case, guide.screens.ask\n"
        "guide.editions.load_handbooks()\n"
        "print(*(n for n in sys.modules if n == 'tantivy' or n.startswith('handbook.search')))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
