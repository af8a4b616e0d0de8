"""In a real terminal: a question asked in the middle of a case, and the case goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="a pty is needed, which Windows has not")

from store.database import open_store  # noqa: E402
from tests.acceptance.terminal import Terminal  # noqa: E402

ENTER, ESCAPE, CTRL_D, CTRL_Q, F8 = "\r", "\x1b", "\x04", "\x11", "\x1b[19~"
ASKED = "Hvornår er handleplanen færdig?"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal(tmp_path, 80, 24)
    yield started
    started.close()


def rows(home: Path) -> int:
    kept = open_store(str(next(home.rglob("demo.db"))), create=False)
    count = len(kept.events("D10"))
    kept.close()
    return count


def test_a_question_in_a_case_is_answered_and_the_case_goes_on(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("Velkommen", "Initialer", "Ctrl+D 20 øvesager")
    terminal.type("LH")
    terminal.press(CTRL_D, "Øvesager", "20 sager")
    terminal.press("/", "Søg")
    terminal.type("D10")
    terminal.wait_for("1 sag")
    terminal.press(ENTER, "D10 · barn 14 år", ASKED)
    before = rows(tmp_path)
    terminal.type("/spørg er lørdag en hverdag?")
    shown = terminal.press(ENTER, "Underretning: Kvittering", "/håndbog underretning#kvittering")
    assert ASKED in shown
    terminal.type("/håndbog underretning#kvittering")
    terminal.press(ENTER, "Har underretteren fået en kvittering?")
    terminal.press(ESCAPE, ASKED)
    terminal.press(F8, "Hvad vil du vide?")
    terminal.type("børnesamtalen")
    terminal.press(ENTER, "Børnesamtale før afgørelsen: Børnesamtale", "SEL § 48, stk. 1")
    terminal.press(ESCAPE, ASKED)
    assert rows(tmp_path) == before
    terminal.press(CTRL_Q)
    assert terminal.ended() == 0
