"""Til journalen, Sparring and the calendar key: what is on the screen, on the clipboard and on the disk."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest
from textual.widgets import Input

from checklists.facts import fold
from guide.screens.case import CasePage
from guide.screens.journal import JournalPage
from guide.screens.sparring import ConclusionPage, SparringPage
from tests.guide.desk_app import NOW, Bench, press, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text

TEXT = (
    "Sag S-2020-001 · til journalen man. 17. feb. 2020 · LH\n"
    "\n"
    "søn. 16. feb. 2020 kl. 14.00 · Underretning: Modtaget\n"
    "Fakta: Gjort. Noteret af AS.\n"
    "\n"
    "man. 17. feb. 2020 kl. 10.00 · Note\n"
    "Note (AS): [b]ring[/b] til skolen\n"
)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's documents, somewhere else."""
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "dokumenter")
    return tmp_path / "dokumenter" / "Rød tråd"


@pytest.fixture
def case(bench: Bench) -> str:
    bench.known()
    case = bench.case()
    bench.work.note(case, "[b]ring[/b] til skolen")
    return case


def folded(bench: Bench, case: str) -> object:
    return fold(case, bench.work.store.events(case), NOW)


class TestJournal:
    async def test_the_text_is_on_the_clipboard_and_escape_lets_it_wait(self, bench: Bench, case: str) -> None:
        async with bench.run() as pilot:
            await press(pilot, "enter")
            await type_text(pilot, "/journal")
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, JournalPage)
            assert pilot.app.clipboard == TEXT
            assert_screen(pilot.app, "journal-80x24")
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, CasePage)
        assert folded(bench, case).marks == ()  # type: ignore[attr-defined]

    async def test_enter_says_that_it_is_in_the_journal(self, bench: Bench, case: str) -> None:
        async with bench.run((120, 40)) as pilot:
            await press(pilot, "enter")
            await type_text(pilot, "/journal")
            await press(pilot, "enter", "enter")
            assert isinstance(pilot.app.screen, CasePage)
            shown = screen_text(pilot.app)
            assert "2 svar står nu som ført i journalen (¶)" in shown
            assert "✓ Modtaget ¶" in shown
            assert "¶ i journalen" in shown
            await type_text(pilot, "/journal")
            await press(pilot, "enter")
            assert "Alt, der er noteret i sagen, står som ført" in screen_text(pilot.app)
        assert len(folded(bench, case).journalised) == 2  # type: ignore[attr-defined]

    async def test_the_fallback_is_a_file_for_its_owner(self, bench: Bench, case: str, documents: Path) -> None:
        documents.parent.write_text("i vejen")
        async with bench.run() as pilot:
            await press(pilot, "enter")
            await type_text(pilot, "/journal")
            await press(pilot, "enter", "g")
            assert "! Mappen" in screen_text(pilot.app)
            documents.parent.unlink()
            await press(pilot, "g", "g")
            assert "journal-S-2020-001-2020-02-17 (2).txt" in screen_text(pilot.app).replace("\n ", "")
        path = documents / "journal-S-2020-001-2020-02-17.txt"
        assert path.read_text(encoding="utf-8") == TEXT
        assert path.stat().st_mode & 0o077 == 0

    async def test_ctrl_z_names_the_mark(self, bench: Bench, case: str) -> None:
        async with bench.run() as pilot:
            await press(pilot, "enter")
            await type_text(pilot, "/journal")
            await press(pilot, "enter", "enter", "ctrl+z")
            assert "»2 svar ført i journalen«" in screen_text(pilot.app)
            await press(pilot, "j")
        assert folded(bench, case).marks == ()  # type: ignore[attr-defined]


class TestSparring:
    async def test_the_page_and_its_files(self, bench: Bench, case: str, documents: Path) -> None:
        async with bench.run() as pilot:
            await press(pilot, "enter")
            await type_text(pilot, "/sparring hvad nu")
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, SparringPage)
            assert_screen(pilot.app, "sparring-80x24")
            assert pilot.app.clipboard.endswith("SPØRGSMÅL TIL KOLLEGERNE\n- hvad nu\n")
            await press(pilot, "g")
        assert sorted(path.name for path in documents.iterdir()) == [
            "sparring-S-2020-001-2020-02-17.docx",
            "sparring-S-2020-001-2020-02-17.md",
        ]

    async def test_the_conclusion_comes_back_into_the_case_without_a_cpr_number(self, bench: Bench, case: str) -> None:
        async with bench.run() as pilot:
            await press(pilot, "enter")
            await type_text(pilot, "/sparring hvad nu")
            await press(pilot, "enter", "k")
            assert isinstance(pilot.app.screen, ConclusionPage)
            await press(pilot, "ctrl+s")
            assert "! Skriv et par ord." in screen_text(pilot.app)
            who, reached, _ = pilot.app.screen.query(Input)
            who.value, reached.value = "leder", "ring til 010203-1234"
            await press(pilot, "ctrl+s")
            assert "CPR-nummer" in screen_text(pilot.app)
            assert reached.value == "ring til 010203-1234"
            reached.value = "vent en uge"
            await press(pilot, "ctrl+s")
            assert isinstance(pilot.app.screen, CasePage)
            assert "Konklusionen er gemt på sagen." in screen_text(pilot.app)
        (held,) = folded(bench, case).sparrings  # type: ignore[attr-defined]
        assert held.value == {"deltog": "leder", "konklusion": "vent en uge"}


async def test_k_on_the_deadlines_writes_the_calendar(bench: Bench, case: str, documents: Path) -> None:
    async with bench.run() as pilot:
        await press(pilot, "f4", "k")
        assert "i kalenderen" in screen_text(pilot.app)
    path = documents / "frister.ics"
    found = list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
    assert "Frist: 24-timers vurdering" in {str(event["SUMMARY"]) for event in found}
    assert path.stat().st_mode & 0o077 == 0


async def test_a_calendar_that_is_somebody_elses_is_left_alone(bench: Bench, case: str, documents: Path) -> None:
    documents.mkdir(parents=True)
    (documents / "frister.ics").write_text("ikke en kalender")
    async with bench.run((120, 40)) as pilot:
        await press(pilot, "f4", "k")
        assert "! " in screen_text(pilot.app)
    assert (documents / "frister.ics").read_text() == "ikke en kalender"
