"""What was taken away does not come back: not with a spreadsheet, and not in a window that has the case open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide import removal
from guide.casework import Casework
from guide.screens.case import CasePage
from store.database import open_store
from store.events import REMOVED, dump_value
from tests.guide.desk_app import Bench, settled
from tests.guide.desk_app import bench as bench
from tests.guide.sheets import desk, load, said, write_csv
from tests.guide.snapshot import screen_text

A_ROW = {"Sag": "S-1", "Født": "5-2011", "Hvem": "LH", "Modtaget": "4-2-2019", "Kl": "9.15", "Note": "uro i hjemmet"}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Casework]:
    store = open_store(str(tmp_path / "traad.db"))
    yield desk(store)
    store.close()


def texts(work: Casework) -> str:
    return "".join(dump_value(event.value) + event.note for event in work.store.events("S-1"))


def test_a_spreadsheet_does_not_bring_the_text_back(work: Casework, tmp_path: Path) -> None:
    work.me = "LH"
    load(work, write_csv(tmp_path / "a.csv", [A_ROW]))
    assert "uro i hjemmet" in texts(work)
    rows = len(work.store.events("S-1"))
    removal.take_away(work, "redact", "S-1", "prøve")
    assert REMOVED in texts(work)
    outcome = load(work, write_csv(tmp_path / "b.csv", [A_ROW]))
    assert "uro i hjemmet" not in texts(work)
    assert len(work.store.events("S-1")) == rows
    assert said(outcome) == []
    removal.take_away(work, "purge", "S-1", "prøve")
    outcome = load(work, write_csv(tmp_path / "c.csv", [A_ROW]))
    assert "blev slettet" in str(said(outcome))
    assert work.store.events("S-1") == []


@pytest.mark.parametrize("what", ["redact", "purge"])
async def test_an_open_window_sees_it_and_stands(bench: Bench, what: str) -> None:
    bench.known()
    case = bench.case()
    bench.work.note(case, "barnet fortalte om skolen")
    async with bench.run((120, 40)) as pilot:
        page = CasePage(case)
        pilot.app.push_screen(page)
        await settled(pilot)
        assert "barnet fortalte om skolen" in str(page.progress)
        done = removal.take_away(bench.work, what, case, "prøve")  # type: ignore[arg-type]
        assert done.ok
        page._look()
        await settled(pilot)
        assert "barnet fortalte" not in str(page.progress) + screen_text(pilot.app)
        assert "forælder A" not in str(page.progress)
        await pilot.press("escape")
        await settled(pilot)
        assert (case in screen_text(pilot.app)) == (what == "redact")
