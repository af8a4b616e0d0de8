"""Dokumenter in the app: a document is written to a folder the user can see, and what it lacks is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guide.editions import load_handbooks
from guide.screens.case import CasePage
from guide.screens.documents import DocumentsPage
from guide.screens.ready import ReadyPage
from tests.guide.desk_app import Bench, press, settled, type_text
from tests.guide.desk_app import bench as bench
from tests.guide.paper_cases import shown
from tests.guide.snapshot import assert_screen, screen_text

CASE = "S-2020-001"


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of documents."""
    folder = tmp_path / "Dokumenter" / "Rød tråd"
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: folder.parent)
    return folder


@pytest.fixture
def deciding(bench: Bench) -> Bench:
    """The whole handbook, and a case with a decision under way."""
    bench.handbooks = dict(load_handbooks())  # type: ignore[assignment]
    bench.work.handbooks = bench.handbooks
    bench.known()
    bench.case(CASE)
    bench.work.open_run(CASE, "afgoerelse", day=date(2020, 2, 17))
    return bench


async def test_the_sheet_is_one_key_from_klar(deciding: Bench, papers: Path) -> None:
    async with deciding.run((120, 40)) as pilot:
        pilot.app.push_screen(ReadyPage(CASE))
        await settled(pilot)
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, DocumentsPage)
        (made,) = papers.iterdir()
        assert made.name == "indstillingsark-S-2020-001-2020-02-17.docx"
        assert "[mangler: bekymringen. Noteres i" in shown(made.read_bytes())
        told = screen_text(pilot.app)
        assert "Indstillingsark er skrevet til" in told
        assert made.name in told.replace("\n", "").replace(" ", "") or made.name in told
        assert "oplysninger mangler og er mærket i dokumentet:" in told


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_documents_of_a_case(deciding: Bench, papers: Path, size: tuple[int, int]) -> None:
    async with deciding.run(size) as pilot:
        pilot.app.push_screen(DocumentsPage(CASE))
        await settled(pilot)
        assert_screen(pilot.app, f"documents-{size[0]}x{size[1]}")
    assert not papers.exists()


async def test_nothing_is_written_over(deciding: Bench, papers: Path) -> None:
    async with deciding.run() as pilot:
        pilot.app.push_screen(CasePage(CASE))
        await settled(pilot)
        await type_text(pilot, "/dokument kvit")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DocumentsPage)
        await press(pilot, "enter")
        await press(pilot, "enter")
        await press(pilot, "m")
    names = sorted(path.name for path in papers.iterdir())
    stem = "kvittering-S-2020-001-2020-02-17"
    assert names == [f"{stem} (2).docx", f"{stem}.docx", f"{stem}.md"]
    assert papers.stat().st_mode & 0o777 == 0o700


async def test_a_case_without_a_decision_says_so_and_writes_nothing(bench: Bench, papers: Path) -> None:
    bench.known()
    bench.case(CASE)
    async with bench.run() as pilot:
        pilot.app.push_screen(DocumentsPage(CASE, kind="indstillingsark"))
        await settled(pilot)
        assert "Der er ingen afgørelse på vej i sagen" in screen_text(pilot.app)
    assert not papers.exists()


async def test_a_folder_that_cannot_be_made_is_told(deciding: Bench, tmp_path: Path, papers: Path) -> None:
    papers.parent.write_text("en fil, hvor mappen skulle være")
    async with deciding.run() as pilot:
        pilot.app.push_screen(DocumentsPage(CASE))
        await settled(pilot)
        await press(pilot, "enter")
        told = screen_text(pilot.app)
        assert "er ikke skrevet." in told
        assert "kan ikke laves" in told
