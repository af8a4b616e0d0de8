"""In a real terminal: D10 the day before its decision, taken until nothing known is missing, and the sheet written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="a pty is needed, which Windows has not")

import docx  # noqa: E402

from tests.acceptance.terminal import Terminal  # noqa: E402

ENTER, ESCAPE, CTRL_D, CTRL_Q, F5 = "\r", "\x1b", "\x04", "\x11", "\x1b[15~"
TALK, PLAN = "Hvornår taler du med barnet om det, I overvejer?", "Hvornår er handleplanen færdig?"
GOALS, POSITION = "Hvad er formålet, og hvilke konkrete mål", "Er der grundlag for støtte, og hvilken slags?"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal(tmp_path, 100, 40, "demo", "--today", "2020-01-14T10:00")
    yield started
    started.close()


def say(terminal: Terminal, text: str, *wanted: str) -> str:
    """Answer with ``text``: its first letter is seen in the answer line before the rest is typed."""
    terminal.press(text[0], f"› {text[0]}")
    terminal.type(text[1:])
    return terminal.press(ENTER, *wanted)


def test_d10_is_made_ready_and_its_sheet_is_written(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("Velkommen", "Initialer")
    terminal.type("MK")
    terminal.press(CTRL_D, "20 sager")
    terminal.press("/", "Søg")
    terminal.type("D10")
    terminal.wait_for("1 sag")
    terminal.press(ENTER, "D10 · barn 14 år", TALK, "(kontaktperson)")
    before = terminal.press(F5, "Undersøgelsen siger ikke, hvilken slags støtte", "Handleplan er ikke noteret")
    assert "Børnesamtale er ikke noteret (kontaktperson)" in before
    terminal.press(ESCAPE, TALK)

    terminal.press("1", "Sted?")
    say(terminal, "Skolen", "Barnets egne ord?")
    say(terminal, "En voksen, der ikke er min mor", "Din vurdering?")
    say(terminal, "Hun ved, hvad hun vil", "Hvornår? (kontaktperson)")
    terminal.press(ENTER, PLAN)

    say(terminal, "/gå konkrete mål", GOALS)
    terminal.press("1", "Målene, ét for ét?")
    say(terminal, "To faste aftaler om ugen", "Formålet med indsatsen?")
    say(terminal, "Ro derhjemme og en voksen at gå til", "Hvordan kan I se, at det går den rigtige vej?")
    say(terminal, "Hun er i skole alle ugens dage", "Enter = nu")
    terminal.press(ENTER, "Hvem er med til at lave planen?")
    say(terminal, "/gå handleplan", PLAN)
    say(terminal, "i dag", "Hvem er med til at lave planen?")

    say(terminal, "/gå stillingtagen", POSITION)
    terminal.press("1", "Hvorfor?", "Enter alene = spring over")
    terminal.press(ENTER, "Hvilken slags støtte?")
    say(terminal, "Familiebehandling og en fast kontaktperson", "Hvordan ser barnet på det?")

    terminal.press(F5, "Klar?")
    ready = terminal.wait_for("Ingen kendte mangler i det, der er registreret.")
    assert "Barnet om kontaktperson: talt med" in ready
    terminal.press("d", "Indstillingsark", "er skrevet til")
    terminal.press(ESCAPE, "Klar?")
    terminal.press(CTRL_Q)
    assert terminal.ended() == 0

    (sheet,) = tmp_path.rglob("*.docx")
    document = docx.Document(str(sheet))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    for fact in ("D10", "En voksen, der ikke er min mor", "Familiebehandling og en fast kontaktperson", "MK"):
        assert fact in text
