"""In a real terminal: a newcomer plays two practice cases, and no real case is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="a pty is needed, which Windows has not")

from store.database import open_store  # noqa: E402
from tests.acceptance.terminal import Terminal  # noqa: E402

ENTER, ESCAPE, CTRL_Q, CTRL_S, DOWN = "\r", "\x1b", "\x11", "\x13", "\x1b[B"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal(tmp_path, 100, 30, "practice")
    yield started
    started.close()


def test_a_newcomer_plays_two_cases(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("Velkommen", "Initialer")
    terminal.type("NY")
    terminal.press(CTRL_S, "Øv dig", "10 øvesager, 0 gennemført")
    terminal.press(ENTER, "Øvesag-", "Øvesag: alle personer er fiktive")
    for _ in range(2):
        terminal.type("/spol")
        terminal.press(ENTER, "Uret går til")
    terminal.type("/facit")
    terminal.press(ENTER, "Sagen er ikke spillet til ende")
    terminal.type("/spol")
    terminal.press(ENTER, "Sagen er spillet til ende")
    terminal.type("/facit")
    terminal.press(ENTER, "Den typiske omvej")
    terminal.press(ESCAPE, "10 øvesager, 1 gennemført")
    terminal.press(DOWN, "10 øvesager")
    terminal.press(ENTER, "Øvesag-")
    terminal.type("/spol 1 dag")
    terminal.press(ENTER, "Uret går til")
    terminal.press(CTRL_Q)
    assert terminal.ended() == 0
    kept = open_store(str(next(tmp_path.rglob("practice.db"))), create=False)
    assert len(kept.case_ids()) == 2
    kept.close()
    assert not list(tmp_path.rglob("roed-traad.db"))
