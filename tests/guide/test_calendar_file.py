"""The calendar file: read by two parsers, the same UID whatever changes, cancelled when a deadline is off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from checklists.calendar import TZ
from guide import demo
from guide.casework import Casework, load_handbooks
from guide.cli import MISSING, OK, WRONG_CALL, main
from guide.desk import demo_clock
from guide.documents.calendar_file import CalendarFileError, Entry, entries, write
from store.database import open_store
from store.events import Event

NOW = datetime(2020, 1, 6, 9, 0, tzinfo=TZ)


@pytest.fixture(scope="module")
def books() -> Any:
    return load_handbooks()


@pytest.fixture(scope="module")
def demo_db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    assert main(["demo", "--no-open", "--db", path]) == OK
    return path


@pytest.fixture
def work(tmp_path: Path, books: Any) -> Iterator[Casework]:
    store = open_store(str(tmp_path / "traad.db"))
    desk = Casework(store, books, lambda: NOW, "LH")
    desk.new_case("S-1", "2010-11", "raadgivning")
    received = NOW - timedelta(hours=2)
    desk.open_notification(["S-1"], received.date(), received)
    yield desk
    store.close()


def events_in(path: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def save(work: Casework, path: Path) -> tuple[int, int]:
    return write(path, entries(work.progress("S-1")), work.now())


def assess(work: Casework, at: datetime, **more: Any) -> None:
    row = Event(
        id=work.store.new_id(), kind="record", case="S-1", run="underretning-1", procedure="underretning",
        step="risikovurdering", day=at.date(), at=at.astimezone(UTC), by="LH",
        value={"valg": "nej", "begrundelse": "Set i dag.", **more}, recorded=NOW.astimezone(UTC),
    )  # fmt: skip
    work.store.append([row])


class TestTheFile:
    def test_two_parsers_read_the_same_events(self, work: Casework, tmp_path: Path) -> None:
        path = tmp_path / "frister.ics"
        live, cancelled = save(work, path)
        one = icalendar.Calendar.from_ical(path.read_bytes())
        other = vobject.readOne(path.read_text(encoding="utf-8"))
        uids = [str(event["UID"]) for event in one.walk("VEVENT")]
        assert len(uids) == live == len(set(uids))
        assert cancelled == 0
        assert sorted(uids) == sorted(event.uid.value for event in other.vevent_list)
        assert {str(e["SUMMARY"]) for e in one.walk("VEVENT")} == {e.summary.value for e in other.vevent_list}

    def test_twenty_four_hours_are_an_instant_and_six_working_days_a_day(self, work: Casework, tmp_path: Path) -> None:
        save(work, tmp_path / "f.ics")
        found = events_in(tmp_path / "f.ics")
        assert found["Frist: 24-timers vurdering"].decoded("DTSTART") == datetime(2020, 1, 7, 6, 0, tzinfo=UTC)
        assert found["Frist: Kvittering"].decoded("DTSTART") == date(2020, 1, 13)

    def test_the_title_says_nothing_of_the_case(self, work: Casework, tmp_path: Path) -> None:
        save(work, tmp_path / "f.ics")
        for title, event in events_in(tmp_path / "f.ics").items():
            assert "S-1" not in title
            assert str(event["DESCRIPTION"]).startswith("Sag S-1 · ")
            assert str(event["CLASS"]) == "PRIVATE"

    def test_it_is_for_its_owner_alone(self, work: Casework, tmp_path: Path) -> None:
        save(work, tmp_path / "f.ics")
        assert (tmp_path / "f.ics").stat().st_mode & 0o077 == 0

    def test_the_fictional_cases_are_read_by_both(self, tmp_path: Path, books: Any) -> None:
        store = open_store(str(tmp_path / "demo.db"))
        desk = Casework(store, books, demo_clock(), "LH")
        demo.load(store, desk.vocabulary())
        found = [entry for case in store.case_ids() for entry in entries(desk.progress(case))]
        store.close()
        write(tmp_path / "f.ics", found, demo_clock()())
        text = (tmp_path / "f.ics").read_text(encoding="utf-8")
        assert len(list(icalendar.Calendar.from_ical(text).walk("VEVENT"))) == len(found) > 10
        assert len(vobject.readOne(text).vevent_list) == len(found)


class TestWrittenAgain:
    def test_nothing_changed_gives_the_same_bytes(self, work: Casework, tmp_path: Path) -> None:
        path = tmp_path / "f.ics"
        save(work, path)
        before = path.read_bytes()
        write(path, entries(work.progress("S-1")), NOW + timedelta(minutes=5))
        assert path.read_bytes() == before

    def test_a_changed_fact_moves_the_event_it_was(self, work: Casework, tmp_path: Path) -> None:
        path = tmp_path / "f.ics"
        save(work, path)
        before = events_in(path)["Frist: Kvittering"]
        received = next(e for e in work.store.events("S-1") if e.step == "modtaget")
        moved = NOW - timedelta(days=3)
        work.store.append([
            Event(
                id=work.store.new_id(), kind="record", case="S-1", run=received.run, procedure="underretning",
                step="modtaget", day=moved.date(), at=moved.astimezone(UTC), by="LH", replaces=received.id,
                recorded=NOW.astimezone(UTC),
            )
        ])  # fmt: skip
        save(work, path)
        after = events_in(path)["Frist: Kvittering"]
        assert after["UID"] == before["UID"]
        assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
        assert after.decoded("DTSTART") < before.decoded("DTSTART")

    def test_what_is_done_is_cancelled(self, work: Casework, tmp_path: Path) -> None:
        path = tmp_path / "f.ics"
        save(work, path)
        uid = events_in(path)["Frist: 24-timers vurdering"]["UID"]
        assess(work, NOW)
        assert save(work, path)[1] == 1
        found = events_in(path)["Frist: 24-timers vurdering"]
        assert (found["UID"], str(found["STATUS"]), int(found["SEQUENCE"])) == (uid, "CANCELLED", 1)
        before = path.read_bytes()
        save(work, path)
        assert path.read_bytes() == before

    def test_what_is_off_stays_sixty_days_and_then_goes(self, tmp_path: Path) -> None:
        path = tmp_path / "f.ics"
        write(path, [Entry("a@roed-traad", "Frist: Kvittering", date(2020, 1, 10), "Sag S-1 · Underretning")], NOW)
        assert write(path, [], NOW) == (0, 1)
        assert write(path, [], NOW + timedelta(days=60)) == (0, 1)
        assert write(path, [], NOW + timedelta(days=61)) == (0, 0)
        assert events_in(path) == {}

    def test_an_agreed_day_stands_beside_its_deadline(self, work: Casework, tmp_path: Path) -> None:
        assess(work, NOW + timedelta(hours=3), status="planned")
        save(work, tmp_path / "f.ics")
        found = events_in(tmp_path / "f.ics")
        assert found["Aftalt: 24-timers vurdering"].decoded("DTSTART") == datetime(2020, 1, 6, 11, 0, tzinfo=UTC)
        assert found["Aftalt: 24-timers vurdering"]["UID"] != found["Frist: 24-timers vurdering"]["UID"]

    def test_writing_one_case_leaves_the_others(self, tmp_path: Path) -> None:
        path = tmp_path / "f.ics"
        one = Entry("a@roed-traad", "Frist: Kvittering", date(2020, 1, 10), "Sag S-1 · Underretning")
        two = Entry("b@roed-traad", "Frist: Plan", date(2020, 1, 11), "Sag S-2 · Handleplan")
        write(path, [one, two], NOW)
        assert write(path, [], NOW, frozenset({"S-1"})) == (0, 1)
        assert {title: str(e["STATUS"]) for title, e in events_in(path).items()} == {
            "Frist: Kvittering": "CANCELLED",
            "Frist: Plan": "CONFIRMED",
        }


class TestRefused:
    @pytest.mark.parametrize(
        "content", ["ikke en kalender", "BEGIN:VCALENDAR\r\nPRODID:anden\r\nEND:VCALENDAR\r\n", ""]
    )
    def test_a_file_that_is_not_ours_is_left_alone(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "f.ics"
        path.write_text(content, newline="")
        with pytest.raises(CalendarFileError, match="ikke en kalender, Rød tråd har skrevet"):
            write(path, [], NOW)
        assert path.read_bytes().decode() == content

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(CalendarFileError, match="kan ikke skrives"):
            write(tmp_path / "ingen" / "f.ics", [], NOW)


class TestTheCommand:
    def test_every_deadline_then_one_case_again(self, demo_db: str, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / "frister.ics"
        call = ["deadlines", "--db", demo_db, "--ics", str(path), "--json"]
        assert main([*call, "--today", "2020-02-17"]) == OK
        answer = json.loads(capsys.readouterr().out)
        live = answer["ics"]["live"]
        assert (len(events_of(path)), answer["ics"]["cancelled"]) == (live, 0)
        assert live >= len(answer["deadlines"])
        before = path.read_bytes()
        assert main([*call, "--case", "E2", "--today", "2020-02-17"]) == OK
        assert json.loads(capsys.readouterr().out)["ics"]["live"] == 1
        assert path.read_bytes() == before

    def test_before_the_decision_and_after_the_same_uids(self, demo_db: str, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / "frister.ics"
        call = ["deadlines", "--db", demo_db, "--case", "D5", "--ics", str(path)]
        assert main([*call, "--today", "2019-04-01"]) == OK
        early = {str(e["UID"]): str(e["STATUS"]) for e in events_of(path)}
        assert main([*call, "--today", "2019-10-01"]) == OK
        late = {str(e["UID"]): str(e["STATUS"]) for e in events_of(path)}
        assert set(early) <= set(late)
        assert "CANCELLED" in {late[uid] for uid in early}

    def test_another_file_is_not_written_over(self, demo_db: str, tmp_path: Path, capsys: Any) -> None:
        path = tmp_path / "noter.txt"
        path.write_text("mine noter")
        assert main(["deadlines", "--db", demo_db, "--ics", str(path)]) == MISSING
        assert path.read_text() == "mine noter"
        assert "ikke en kalender" in capsys.readouterr().err

    def test_mine_without_saying_who_i_am(self, demo_db: str, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("HOME", str(tmp_path))
        assert main(["deadlines", "--db", demo_db, "--mine"]) == WRONG_CALL
        assert "ved ikke, hvem du er" in capsys.readouterr().err


def events_of(path: Path) -> list[Any]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
