"""The newcomer's walk in a real terminal, typed key by key: from the first start to the finding of case D5."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="a pty is needed, which Windows has not")

from store.database import open_store  # noqa: E402
from tests.acceptance.terminal import Terminal  # noqa: E402

TAB, ENTER, ESCAPE, DOWN = "\t", "\r", "\x1b", "\x1b[B"
CTRL_D, CTRL_Q, F1, F2, F5 = "\x04", "\x11", "\x1bOP", "\x1bOQ", "\x1b[15~"


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal(tmp_path, *request.param)
    yield started
    started.close()


def to_the_demo_cases(terminal: Terminal) -> str:
    terminal.wait_for("Velkommen", "Initialer", "Ctrl+D 20 øvesager")
    terminal.type("LH")
    return terminal.press(CTRL_D, "Øvesager", "D12", "20 sager")


def test_from_the_first_start_to_what_the_auditors_found_in_d5(terminal: Terminal) -> None:
    listed = to_the_demo_cases(terminal)
    assert "Uret er stillet til 17. feb. 2020" in listed
    terminal.press("/", "Søg")
    terminal.type("D5")
    terminal.wait_for("1 sag")
    opened = terminal.press(ENTER, "D5 · barn 10 år", "Samtale")
    assert "SEL" in opened
    terminal.type("/gå børnesamtale")
    shown = terminal.press(ENTER, "Børnesamtale er noteret 10. okt. 2019")
    assert "skulle ligge før" in shown


def test_help_is_one_key_away_and_the_program_ends_when_asked(terminal: Terminal) -> None:
    to_the_demo_cases(terminal)
    terminal.press(F1, "Hjælp")
    terminal.press(ESCAPE, "20 sager")
    terminal.press(CTRL_Q)
    assert terminal.ended() == 0


def test_what_was_answered_is_there_after_the_program_was_killed(tmp_path: Path) -> None:
    first = Terminal(tmp_path, 100, 30)
    to_the_demo_cases(first)
    first.press("/", "Søg")
    first.type("D5")
    first.wait_for("1 sag")
    first.press(ENTER, "Samtale")
    first.type("/note talt med skolen")
    first.press(ENTER, "Noten er gemt.")
    first.close()
    kept = open_store(str(next(tmp_path.rglob("demo.db"))), create=False)
    notes = [e.value for e in kept.events("D5") if e.step == "note"]
    kept.close()
    assert {"tekst": "talt med skolen"} in notes
