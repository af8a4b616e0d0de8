"""Deadlines with what stands beside them: the municipality's targets by name, and birthdays that are no deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from checklists.calendar import TZ
from guide.casework import Casework
from guide.cli import OK, main
from guide.editions import load_handbooks
from guide.screens.deadlines import DeadlinesPage
from guide.widgets.heading import heading
from store.database import open_store
from tests.guide.desk_app import Bench, press, settled
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import assert_screen, screen_text

EXAMPLE = Path(__file__).parents[2] / "handbook" / "eksempel_stevns"
BOOKS = load_handbooks(EXAMPLE)


@pytest.fixture
def full(bench: Bench) -> Bench:
    """The real pages with the example municipality's, and two children of whom one soon turns twelve."""
    bench.handbooks.clear()
    bench.handbooks.update(BOOKS)  # type: ignore[arg-type]
    bench.known(role="leder")
    for ref, born in (("S-2020-001", "2008-05-03"), ("S-2020-002", "2006-11")):
        bench.work.new_case(ref, born, "Rådgivning", "LH", date(2020, 2, 1), ("forælder A",))
        bench.work.open_notification([ref], date(2020, 2, 14), datetime(2020, 2, 14, 14, 0, tzinfo=TZ))
    return bench


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_case_shows_every_birthday_to_come_apart(full: Bench, size: tuple[int, int]) -> None:
    async with full.run(size) as pilot:
        pilot.app.push_screen(DeadlinesPage("S-2020-001"))
        await settled(pilot)
        assert_screen(pilot.app, f"deadlines-case-{size[0]}x{size[1]}")


async def test_the_list_of_birthdays_can_be_read_to_the_end_by_keyboard(full: Bench) -> None:
    async with full.run((80, 24)) as pilot:
        pilot.app.push_screen(DeadlinesPage("S-2020-001"))
        await settled(pilot)
        await press(pilot, "tab", "end")
        assert "18" in screen_text(pilot.app).partition("Tilstand")[2]
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "birthdays"


async def test_all_cases_show_those_of_half_a_year_and_never_as_deadlines(full: Bench) -> None:
    async with full.run((120, 40)) as pilot:
        text = screen_text(pilot.app)
        assert "(ikke frister)" in text
        assert "S-2020-001: søn. 3. maj. Barnet fylder 12." in text
        assert "S-2020-002:" not in text
        assert "6 frister" in text


async def test_a_local_target_is_called_so(full: Bench) -> None:
    async with full.run((120, 40)) as pilot:
        assert "Lokalt mål: højst" in screen_text(pilot.app)
        assert "Lov: SEL § 155" in screen_text(pilot.app)
    async with full.run((80, 24)) as pilot:
        assert "Lokalt: " in screen_text(pilot.app)


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "sag.db")
    store = open_store(path)
    work = Casework(store, BOOKS, lambda: datetime(2020, 2, 17, 10, tzinfo=TZ), "LH")
    for ref, born in (("S-2020-001", "2008-05-03"), ("S-2020-002", "2006-11")):
        work.new_case(ref, born, "t", "LH", date(2020, 2, 1))
        work.open_notification([ref], date(2020, 2, 14))
    store.close()
    return path


def test_the_command_says_the_same(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["deadlines", "--db", db, "--today", "2020-02-17", "--handbook", str(EXAMPLE)]
    assert main(call) == OK
    everybody = capsys.readouterr().out
    assert "Lokalt mål: højst" in everybody
    assert "Lov: SEL § 155" in everybody
    assert "S-2020-001: søn. 3. maj. Barnet fylder 12." in everybody
    assert "S-2020-002: " not in everybody
    assert main([*call, "--case", "S-2020-002"]) == OK
    assert "fylder 15" in capsys.readouterr().out


class TestLawInTheHeader:
    def work(self, bench: Bench, now: datetime) -> Casework:
        store = open_store(f"sqlite:///{(bench.folder / 'lov.db').as_posix()}")
        return Casework(store, BOOKS, lambda: now, "LH")

    @pytest.mark.parametrize(("day", "law"), [((2023, 12, 31), "SEL"), ((2024, 1, 1), "BL")])
    def test_a_run_that_crosses_new_year_and_a_case_without_any(
        self, bench: Bench, day: tuple[int, int, int], law: str
    ) -> None:
        work = self.work(bench, datetime(*day, 12, tzinfo=TZ))
        work.new_case("S-1", "2014-11", "t", "LH", date(2023, 11, 1))
        assert heading(work.progress("S-1"))[0].endswith(law)
        work.open_run("S-1", "boernefaglig-undersoegelse", day=date(2023, 11, 1))
        assert heading(work.progress("S-1"))[0].endswith(law)

    def test_a_finished_decision_of_2023_does_not_name_the_law_of_what_is_open(self, bench: Bench) -> None:
        work = self.work(bench, datetime(2024, 2, 1, 12, tzinfo=TZ))
        work.new_case("S-1", "2014-11", "t", "LH", date(2023, 11, 1))
        work.open_run("S-1", "boernefaglig-undersoegelse", day=date(2023, 11, 1))
        progress = work.progress("S-1")
        done = replace(progress.runs[0], run=replace(progress.runs[0].run, start=date(2023, 12, 20)), steps=())  # type: ignore[type-var]
        page = BOOKS["serviceloven"].procedures["afgoerelse"]
        both = replace(progress, runs=(*progress.runs, replace(done, procedure=page)))
        assert heading(both)[0].endswith("BL")
