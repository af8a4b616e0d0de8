"""Ledelsestilsyn in a real terminal, key by key: draw, review, letters, repair, look again, trend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="a pty is needed, which Windows has not")

from docx import Document  # noqa: E402

from guide.cli import OK, main  # noqa: E402
from guide.settings import Role, Settings, save  # noqa: E402
from tests.acceptance.terminal import Terminal  # noqa: E402

TAB, ENTER, ESCAPE, UP, DOWN, LAST = "\t", "\r", "\x1b", "\x1b[A", "\x1b[B", "\x1b[1;5F"
CTRL_S, CTRL_U, F10 = "\x13", "\x15", "\x1b[21~"


def window(folder: Path, initials: str, role: Role) -> Terminal:
    """The app of one person on the fictional cases, as of their day."""
    home = folder / initials
    save(Settings(initials=initials, role=role), home / ".config" / "roed-traad" / "hvem.json")
    return Terminal(home, 80, 24, "--db", str(folder / "sager.db"), "--today", "2020-02-17")


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Terminal]:
    assert main(["demo", "--no-open", "--db", str(tmp_path / "sager.db")]) == OK
    started = window(tmp_path, "FL", "leder")
    yield started
    started.close()


def test_the_loop_closes(lead: Terminal, tmp_path: Path) -> None:
    lead.wait_for("Frister")
    lead.press(F10, "Der er ikke trukket nogen runde endnu")
    lead.press("n", "12 sager hos 4. Intet er skrevet endnu.")
    lead.press("\x7f", "Skriv et helt tal, fx 3.")
    lead.press("5", "20 sager hos 4.")
    lead.press(TAB + TAB + CTRL_U)
    lead.type("stevns")
    lead.wait_for("Frø stevns: 20 sager")
    lead.press(CTRL_S, "Træk runden med 20 sager hos 4?")
    lead.press("j", "tilsyn-1", "20 ikke gennemgået", "Frø: stevns.")

    lead.press(LAST, "O3")
    lead.press(UP * 3 + ENTER, "D12 · 1 af 6 Inddragelse", "0 af 16 set")
    lead.press(ENTER, "✓ set")
    lead.press(DOWN, "samtalen er holdt 20. dec. 2019, efter afgørelsen")
    lead.press("j", "Hvorfor ser du det anderledes?")
    lead.type("samtalen er i bilag 3")
    lead.press(CTRL_S, "✓ set anderledes", "2 af 16 set")
    lead.press("r", "Rettelse i D12")
    lead.type("Gør planen færdig")
    lead.press(TAB)
    lead.type("3. marts")
    lead.wait_for("= tirs. 3. marts")
    lead.press(CTRL_S, "Gemt som D12.1.")
    lead.press("s", "Hvad lykkes?")
    lead.type("Netværket er med")
    lead.press(CTRL_S, "styrke", "Netværket er med.")
    lead.press(ESCAPE, "20 ikke gennemgået", "begyndt")
    lead.press(ENTER, "D12 · 1 af 6", "2 af 16 set")
    lead.press("g", "gennemgangen af D12 færdig?")
    lead.press("j", "D12 er gennemgået.")

    lead.press("b", "Fakta og aftaler.", "Gør planen færdig.")
    lead.press("t", "Samtalen med PB")
    lead.type("25. feb. kl. 10")
    lead.press(CTRL_S, "aftalt til tirs. 25. feb. kl. 10.00")
    lead.press(CTRL_S, "Hvor skal filerne ligge?")
    lead.press(CTRL_S, "til-dig-D12.docx")
    letter = next(tmp_path.rglob("til-dig-D12.docx"))
    assert "Netværket er med." in [p.text for p in Document(str(letter)).paragraphs]

    answered_by_the_caseworker(window(tmp_path, "PB", "sagsbehandler"))

    lead.press(ESCAPE, "D12 · 1 af 6")
    lead.press(ESCAPE, "19 ikke gennemgået")
    lead.press(ESCAPE, "1 Runder")
    lead.press("2", "meldt rettet, ikke set efter", "planen er lavet i dag")
    lead.press("o", "er D12.1 i orden?")
    lead.press("j", "D12.1 er set efter og lukket.", "Der er ingen åbne rettelser.")
    trend = lead.press("4", "Der er talt med barnet før afgørelsen")
    assert "0 af 1 ▯▯▯▯▯" in trend
    assert not {"PB", "D12"} & set(trend.split())


def answered_by_the_caseworker(own: Terminal) -> None:
    """PB, from whose cases D12 was drawn, in a window of their own: sees the points, answers, and says it is done."""
    own.wait_for("Mine sager")
    own.press(F10, "mit eget", "gennemgået")
    own.press(DOWN + ENTER, "Netværket er med.", "Gør planen færdig.")
    own.press("a", "Dit svar.")
    own.type("Tak")
    own.press(CTRL_S, "Svaret på D12.2 er gemt.")
    own.press(DOWN + "d", "D12.1 er rettet")
    own.type("planen er lavet i dag")
    own.press(CTRL_S, "Den lukkes, når en anden har set efter.")
    own.close()
