"""The line that says how the day looks: counted from the same cases as the list under it, in the app and the shell."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from checklists.calendar import TZ, end_of_day
from guide.casework import Casework, load_handbooks
from guide.cli import OK, main
from guide.first_list import first_list
from guide.overview import CaseLine, Morning, morning, morning_text
from store.database import open_store
from tests.guide.desk_app import NOW, Bench, press
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import screen_text

TODAY = date(2020, 2, 17)


def line(*dues: tuple[date, datetime]) -> CaseLine:
    return CaseLine("S-1", "LH", "", "SEL", "", None, False, 0, "", dues=dues)


def due(days: int, late: int = 0) -> tuple[date, datetime]:
    day = TODAY + timedelta(days=days)
    return (day, end_of_day(day + timedelta(days=late)))


class TestTheCount:
    def test_today_overdue_and_the_week(self) -> None:
        lines = [line(due(0), due(-1), due(7)), line(due(1), due(8), due(0))]
        assert morning(lines, NOW) == Morning(today=2, overdue=1, week=2)

    def test_one_that_can_be_counted_two_ways_is_todays_until_it_is_late(self) -> None:
        assert morning([line(due(-2, late=2))], NOW) == Morning(1, 0, 0)
        assert morning([line(due(-2, late=2))], end_of_day(TODAY)) == Morning(1, 0, 0)
        assert morning([line(due(-2, late=2))], end_of_day(TODAY) + timedelta(seconds=1)) == Morning(0, 1, 0)

    def test_an_hour_that_has_passed_today_is_overdue(self) -> None:
        at = datetime(2020, 2, 17, 9, 0, tzinfo=TZ)
        assert morning([line((TODAY, at))], NOW) == Morning(0, 1, 0)

    @pytest.mark.parametrize(
        ("found", "told"),
        [
            (Morning(3, 1, 5), "3 frister i dag, 1 overskredet · 5 de næste 7 dage"),
            (Morning(1, 0, 0), "1 frist i dag, ingen overskredet · ingen de næste 7 dage"),
            (Morning(0, 2, 1), "Ingen frister i dag, 2 overskredet · 1 de næste 7 dage"),
            (Morning(0, 0, 0), "Ingen frister i dag, og ingen er overskredet · ingen de næste 7 dage"),
        ],
    )
    def test_the_words(self, found: Morning, told: str) -> None:
        assert morning_text(found) == told


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    assert main(["demo", "--no-open", "--db", path]) == OK
    return path


class TestTheCommand:
    def test_it_counts_what_the_list_of_deadlines_has(self, demo: str, capsys: Any) -> None:
        call = ["--db", demo, "--today", "2019-10-09T10:00"]
        capsys.readouterr()
        assert main(["cases", *call, "--json"]) == OK
        found = json.loads(capsys.readouterr().out)["morning"]
        assert main(["deadlines", *call, "--json"]) == OK
        rows = json.loads(capsys.readouterr().out)["deadlines"]
        overdue = [r for r in rows if r["late_after"] < "2019-10-09T10:00:00+02:00"]
        running = [r["due"][:10] for r in rows if r not in overdue]
        assert found == {
            "today": sum(day <= "2019-10-09" for day in running),
            "overdue": len(overdue),
            "week": sum("2019-10-09" < day <= "2019-10-16" for day in running),
        }
        assert found["overdue"] > 0

    def test_it_stands_first(self, demo: str, capsys: Any) -> None:
        capsys.readouterr()
        assert main(["cases", "--db", demo, "--today", "2020-02-17"]) == OK
        first, blank, heading = capsys.readouterr().out.splitlines()[:3]
        assert first == "Ingen frister i dag, 3 overskredet · ingen de næste 7 dage"
        assert (blank, heading.split()[0]) == ("", "Sag")

    def test_the_three_ways_to_a_line_count_alike(self, demo: str) -> None:
        books = load_handbooks()
        store = open_store(demo)
        now = datetime(2019, 10, 9, 10, 0, tzinfo=TZ)
        work = Casework(store, books, lambda: now, "LH")
        found = first_list(f"sqlite:///{demo}", lambda: now, "LH")
        assert found is not None
        mine = work.overview(mine=True)
        kept = [one for one in work.overview(mine=False) if one.caseworker == "LH"]
        store.close()
        assert morning(found.lines.values(), now) == morning(mine, now) == morning(kept, now)


class TestTheList:
    async def test_it_stands_over_the_search_and_does_not_follow_it(self, bench: Bench) -> None:
        bench.known()
        bench.case()
        async with bench.run() as pilot:
            told = "1 frist i dag, ingen overskredet · 1 de næste 7 dage"
            assert screen_text(pilot.app).splitlines()[2].strip() == told
            await press(pilot, "slash", "x")
            assert screen_text(pilot.app).splitlines()[2].strip() == told

    async def test_an_empty_list_says_nothing_of_deadlines(self, bench: Bench) -> None:
        bench.known()
        async with bench.run() as pilot:
            assert "frist" not in screen_text(pilot.app)
