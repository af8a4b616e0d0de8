"""``traad deadlines --ics`` as a caseworker uses it: mine, read by two programs, and moved when a fact is corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from guide.cli import OK, main

HEAD = "id;kind;case;run;procedure;step;items;time;value;by;note;recorded;replaces;version\n"
BEGUN = HEAD + (
    'a1;case;S-1;;;;;2020-01-06;"{""born"":""2010-11""}";LH;;2020-01-06T09:00;;\n'
    'a2;assignment;S-1;;;;;2020-01-06;"{""staff"":""LH""}";LH;;2020-01-06T09:00;;\n'
    "a3;run;S-1;underretning-1;underretning;;;2020-01-06;;LH;;2020-01-06T09:00;;serviceloven@1\n"
    "a4;record;S-1;underretning-1;underretning;modtaget;;2020-01-06T08:00;;LH;;2020-01-06T09:00;;serviceloven@1\n"
    'b1;case;S-2;;;;;2020-01-06;"{""born"":""2011-02""}";PB;;2020-01-06T09:00;;\n'
    'b2;assignment;S-2;;;;;2020-01-06;"{""staff"":""PB""}";PB;;2020-01-06T09:00;;\n'
    "b3;run;S-2;underretning-1;underretning;;;2020-01-06;;PB;;2020-01-06T09:00;;serviceloven@1\n"
    "b4;record;S-2;underretning-1;underretning;modtaget;;2020-01-06T08:00;;PB;;2020-01-06T09:00;;serviceloven@1\n"
)
CORRECTED = HEAD + (
    "a5;record;S-1;underretning-1;underretning;modtaget;;2020-01-03T08:00;;LH;;2020-01-06T10:00;a4;serviceloven@1\n"
)
SENT = HEAD + (
    'a6;record;S-1;underretning-1;underretning;kvittering;;2020-01-06;"""sendt""";LH;;2020-01-06T11:00;;serviceloven@1\n'
)


@pytest.fixture
def desk(tmp_path: Path, capsys: Any) -> Any:
    """Import rows, write the calendar of ``LH``; gives the events by title."""
    path, database = tmp_path / "frister.ics", str(tmp_path / "traad.db")

    def write(rows: str, *more: str) -> dict[str, Any]:
        (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
        assert main(["import", str(tmp_path / "rows.csv"), "--db", database]) == OK
        capsys.readouterr()
        call = ["deadlines", "--db", database, "--today", "2020-01-06T12:00", "--ics", str(path), "--json"]
        assert main([*call, *more]) == OK
        assert json.loads(capsys.readouterr().out)["ics"]["file"] == str(path)
        text = path.read_text(encoding="utf-8")
        found = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
        other = {event.uid.value: event for event in getattr(vobject.readOne(text), "vevent_list", [])}
        assert {uid: str(event["SUMMARY"]) for uid, event in found.items()} == {
            uid: event.summary.value for uid, event in other.items()
        }
        return {str(event["SUMMARY"]): event for event in found.values() if "Sag S-1" in event["DESCRIPTION"]} | {
            "all": found
        }

    return write


def test_a_corrected_fact_moves_the_same_events_and_what_is_done_is_cancelled(desk: Any) -> None:
    before = desk(BEGUN)
    after = desk(CORRECTED)
    title = "Frist: Kvittering"
    assert set(before["all"]) == set(after["all"])
    assert before[title].decoded("DTSTART") > after[title].decoded("DTSTART")
    assert (int(before[title]["SEQUENCE"]), int(after[title]["SEQUENCE"])) == (0, 1)
    done = desk(SENT)
    assert str(done[title]["STATUS"]) == "CANCELLED"
    assert set(before["all"]) <= set(done["all"])
    assert not any("S-1" in str(event["SUMMARY"]) for event in done["all"].values())


def test_one_case_leaves_the_others_as_they_were(desk: Any) -> None:
    before = desk(BEGUN)
    after = desk(CORRECTED + SENT.removeprefix(HEAD), "--case", "S-1")
    theirs = {uid: event.to_ical() for uid, event in before["all"].items() if "Sag S-2" in event["DESCRIPTION"]}
    assert theirs
    assert theirs.items() <= {uid: event.to_ical() for uid, event in after["all"].items()}.items()


def test_mine_are_the_cases_i_hold(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from guide.settings import Settings

    monkeypatch.setattr("guide.settings.load", lambda *path: Settings(initials="LH", team=""))
    found = desk(BEGUN, "--mine")["all"].values()
    assert {str(event["DESCRIPTION"]).split(" · ")[0] for event in found} == {"Sag S-1"}
