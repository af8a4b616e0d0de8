"""The practice clock, what is kept, how far from the real cases it all is, and a mentor's sign-off of real runs."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from checklists.calendar import TZ
from checklists.summary import summary
from guide.casework import Casework
from guide.cleaning import Cleaner
from guide.cli import main
from guide.dialogue.scene import Scene
from guide.dialogue.winding import WindError, target
from guide.journal import journal
from guide.practice.mentoring import first_runs, sign
from store.database import open_store
from store.errors import StoreError
from store.events import REMOVED
from tests.guide.practising import BOOKS, Learner, casework

NOW = datetime(2020, 2, 7, 15, 40, tzinfo=TZ)
LATER = datetime(2020, 2, 10, 9, 0, tzinfo=TZ)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", LATER),
        ("3 dage", datetime(2020, 2, 10, 15, 40, tzinfo=TZ)),
        ("2 timer", datetime(2020, 2, 7, 17, 40, tzinfo=TZ)),
        ("til 3/10", datetime(2020, 10, 3, 9, 0, tzinfo=TZ)),
        ("til 3/1", datetime(2021, 1, 3, 9, 0, tzinfo=TZ)),
        ("til 17/2-2020 kl. 12", datetime(2020, 2, 17, 12, 0, tzinfo=TZ)),
    ],
)
def test_the_clock_goes_on(words: str, wanted: datetime) -> None:
    assert target(words, NOW, [NOW, LATER]) == wanted


@pytest.mark.parametrize("words", ["til 1/2-2020", "i går", "til næsten jul"])
def test_the_clock_never_goes_back(words: str) -> None:
    with pytest.raises(WindError):
        target(words, NOW, [LATER])


def test_after_the_last_scene_there_is_no_next() -> None:
    assert target("", LATER, [NOW, LATER]) is None


def test_winding_tells_what_came_and_what_became_late(tmp_path: Path) -> None:
    learner = Learner(casework(tmp_path), "fredag")
    assert not learner.give(None, "/spol")
    assert any(text.startswith("Lørdag. ") for text in learner.said)
    assert any(text.startswith("Imens: ") for text in learner.said)
    assert "○ Et andet blik: Døgnet gik uden en vurdering" in learner.said
    assert learner.give(None, "/spol til 1/1-2020").startswith("Uret går kun frem")


def test_the_key_asks_first_and_starting_over_begins_anew(tmp_path: Path) -> None:
    work = casework(tmp_path)
    learner = Learner(work, "aere")
    learner.give(None, "/facit")
    assert "facit ja" in learner.said[-1]
    learner.to_the_end()
    learner.give(None, "/facit")
    assert any(text.startswith("Den typiske omvej.") for text in learner.said)
    again = Learner(work, "aere")
    assert again.case == "Øvesag-aere-2"
    assert work.progress(again.case).now == datetime(2024, 5, 6, 10, 0, tzinfo=TZ)
    line = next(one for one in work.lines() if one.page.id == "aere")
    assert (line.state, line.case) == ("i gang", again.case)
    assert line.done_on is not None


def test_all_feedback_given_so_far_can_be_read_again(tmp_path: Path) -> None:
    learner = Learner(casework(tmp_path), "fredag")
    learner.give(None, "/facit")
    assert not any("Et andet blik" in text for text in learner.said)
    learner.give(None, "/spol")
    given = [text for text in learner.said if "Et andet blik" in text]
    learner.said.clear()
    learner.give(None, "/facit")
    assert given
    assert [text for text in learner.said if "Et andet blik" in text] == given
    assert "facit ja" in learner.said[-1]
    assert not any(text.startswith("Den typiske omvej.") for text in learner.said)


@pytest.mark.parametrize("given", [["--db", "x.db"], ["--today", "2020-02-17"]])
@pytest.mark.parametrize("form", [["--list"], ["--json"], ["fredag"], []])
def test_practice_has_a_database_and_a_clock_of_its_own(
    given: list[str], form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["practice", *form, *given]) == 2
    assert given[0] in capsys.readouterr().err


def test_practice_stays_where_it_was_after_a_restart(tmp_path: Path) -> None:
    learner = Learner(casework(tmp_path), "fredag")
    learner.give(None, "/spol")
    assert casework(tmp_path).progress(learner.case).now == datetime(2020, 2, 8, 17, 0, tzinfo=TZ)


def test_real_cases_never_see_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    from guide.practice.place import practice_url
    from store.places import default_file

    assert default_file().parent / "practice.db" == Path(practice_url().removeprefix("sqlite:///"))
    Learner(casework(default_file().parent), "fredag")
    assert main(["practice", "--list"]) == 0
    assert "i gang" in capsys.readouterr().out
    assert main(["cases", "--json"]) == 0
    assert "Øvesag" not in capsys.readouterr().out
    assert main(["export", str(tmp_path / "alt.csv")]) == 0
    assert "Øvesag" not in (tmp_path / "alt.csv").read_text("utf-8")


def test_a_mentor_signs_the_first_run_and_nothing_waits_for_it(tmp_path: Path) -> None:
    now = datetime(2020, 2, 17, 10, 0, tzinfo=TZ)
    store = open_store(f"sqlite:///{(tmp_path / 'rigtig.db').as_posix()}")
    learner, mentor = (Casework(store, BOOKS, lambda: now, me) for me in ("LH", "MK"))
    for case in ("S-1", "S-2"):
        learner.new_case(case, "2010-11", "Rådgivning", "LH", date(2020, 2, 16), ("forælder A",))
        learner.open_notification([case], date(2020, 2, 16))
    (first,) = first_runs(mentor, "LH")
    assert (first.case, first.run, first.signed_by) == ("S-1", "underretning-1", "")
    before = [(s.step.id, s.state) for r in learner.progress("S-1").runs for s in r.steps]
    assert "set igennem af MK" in sign(mentor, "S-1", "underretning-1")
    assert [(s.step.id, s.state) for r in learner.progress("S-1").runs for s in r.steps] == before
    (signed,) = first_runs(learner, "LH")
    assert (signed.signed_by, signed.signed_on) == ("MK", date(2020, 2, 17))
    assert any("set igennem af MK" in m.text for m in learner.turn("S-1").messages)
    later = Scene(Casework(store, BOOKS, lambda: now + timedelta(days=60), "LH").progress("S-1"), BOOKS)
    assert later.case.last_recorded == date(2020, 2, 16)
    assert summary(later.progress, BOOKS).idle_since == date(2020, 2, 16)
    assert "set igennem" not in journal(later, "", "", "LH").text
    (note,) = (e for e in store.events("S-1") if e.step == "note")
    assert Cleaner(BOOKS)(note).value == {"tekst": REMOVED, "mentor": "MK"}
    for work, case in ((mentor, "S-1"), (mentor, "S-2"), (learner, "S-1")):
        with pytest.raises(StoreError):
            sign(work, case, "underretning-1")
