"""``traad overview``, ``cover`` and ``move``: what they answer, what they refuse, and that all can be taken back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from guide.cli import MISSING, OK, WRONG_CALL, main

TODAY = "2020-02-17"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional cases in a database that no test writes in."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert main(["demo", "--no-open", "--db", str(path)]) == OK
    return path


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> str:
    """A copy to write in."""
    return str(shutil.copy(demo, tmp_path / "egen.db"))


def told(capsys: pytest.CaptureFixture[str], *call: str, db: object, today: str = TODAY, code: int = OK) -> str:
    capsys.readouterr()
    assert main([*call, "--db", str(db), "--today", today]) == code
    said = capsys.readouterr()
    return said.out + said.err


def answer(capsys: pytest.CaptureFixture[str], *call: str, db: object, today: str = TODAY) -> dict[str, Any]:
    return dict(json.loads(told(capsys, *call, "--json", db=db, today=today)))


def holders(capsys: pytest.CaptureFixture[str], db: str, today: str = TODAY) -> dict[str, str]:
    return {c["case"]: c["caseworker"] for c in answer(capsys, "cases", db=db, today=today)["cases"]}


def test_what_lies_ahead_comes_before_what_is_missing(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "overview", db=demo)
    wanted = ("Årsager til det", "\nFrister\n", "\nMangler\n", "\nEfterslæb\n", "2 undersøgelser, 6 planer", "\nStille")
    places = [out.index(text) for text in wanted]
    assert places == sorted(places)


def test_the_answer_in_json(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "overview", db=demo)
    assert found["cases"] == 20
    assert [p["holder"] for p in found["pressure"] if p["team"] == "raadgivning"] == ["AS", "LH", "MK", "PB"]
    assert [(d["case"], d["due"]) for d in found["due"]] == [("D3", "2020-03-02"), ("E2", "2020-03-02")]
    plans = next(b for b in found["backlog"] if b["kind"] == "planer")
    assert [u["case"] for u in plans["open"]] == ["D4", "D13", "D1", "D12", "D6", "D10"]
    assert (len(plans["curve"]), plans["curve"][-1]) == (13, {"day": TODAY, "open": 6})
    assert found["idle"][0] == {"case": "D3", "since": "2019-09-02", "days": 168}
    assert not any("holder" in row or "caseworker" in row for row in found["findings"]["by_step"])


def test_filters_and_the_list_behind(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(
        capsys, "overview", "--caseworker", "mk", "--basis", "lov", "--procedure", "handleplan", "--days", "7", db=demo
    )
    assert {f["case"] for f in found["findings"]["list"]} == {"D6", "D10", "D14"}
    assert found["due"] == []
    out = told(capsys, "overview", "--team", "Raadgivning", "--list", "efterslaeb", db=demo)
    assert "D12" in out
    assert "Undersøgelse færdig" in out
    assert "E2" not in out


def test_one_persons_view_says_that_they_can_see_it(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "LH kan selv se det samme" in told(capsys, "overview", "--caseworker", "LH", db=demo)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("--team", "raadgivnign"), "Kendte: forebyggelse, raadgivning"),
        (("--caseworker", "QQ"), "kender ikke 'QQ'"),
        (("--procedure", "handleplaner"), "handleplan"),
        (("--idle", "0"), "mindst 1 dag"),
        (("--days", "30"), "--days"),
    ],
)
def test_a_slip_of_the_pen_is_no_empty_overview(
    call: tuple[str, ...], said: str, demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in told(capsys, "overview", *call, db=demo, code=WRONG_CALL)


def test_a_cover_ends_by_itself(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = holders(capsys, own)
    out = told(capsys, "cover", "--from", "PB", "--to", "AB", "--until", "1/3", "--by", "TL", db=own)
    assert "AB dækker 5 sager for PB" in out
    assert "2. marts" in out
    during = holders(capsys, own, "2020-03-01")
    assert {case for case, who in during.items() if who == "AB"} == {c for c, who in before.items() if who == "PB"}
    assert holders(capsys, own, "2020-03-02") == before
    covered = answer(capsys, "overview", "--caseworker", "AB", db=own)
    assert {t["procedure"] for t in covered["findings"]["by_step"]} == {"sagsgennemgang"}  # reviewed the same day
    assert all(f["inherited"] for f in covered["findings"]["list"] if f["kind"] != "judgement")
    for day, who in (("2020-03-01", "AB"), ("2020-03-02", "PB"), ("2020-02-20", "AB")):
        found = answer(capsys, "overview", db=own, today=day)
        assert {p["holder"] for p in found["pressure"]} & {"AB", "PB"} == {who}


def test_a_cover_is_taken_back_in_one_go(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = holders(capsys, own)
    cover = ("cover", "--from", "PB", "--to", "AB", "--by", "TL")
    told(capsys, *cover, "--until", "2020-03-01", "--cases", "E2,D4", "--note", "skolen ringer", db=own)
    assert {c for c, who in holders(capsys, own).items() if who == "AB"} == {"E2", "D4"}
    assert answer(capsys, *cover, "--undo", db=own)["undone"] == ["D4", "E2"]
    assert holders(capsys, own) == before
    assert "ingen dækning" in told(capsys, *cover, "--undo", db=own, code=MISSING)


def test_a_move_opens_the_handover_and_both_are_taken_back(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    move = ("move", "--from", "PB", "--to", "AB", "--by", "TL")
    told(capsys, *move, "--cases", "D4", "--handover", db=own)
    assert holders(capsys, own, "2021-01-01")["D4"] == "AB"
    runs = answer(capsys, "status", "D4", db=own)["runs"]
    assert "overdragelse-1" in {run["run"] for run in runs}
    told(capsys, *move, "--undo", db=own)
    assert holders(capsys, own)["D4"] == "PB"
    assert "overdragelse-1" not in {run["run"] for run in answer(capsys, "status", "D4", db=own)["runs"]}


@pytest.mark.parametrize(
    ("call", "said", "code"),
    [
        (("cover", "--from", "PB", "--to", "AB"), "--until mangler", WRONG_CALL),
        (("cover", "--from", "PB", "--to", "PB", "--until", "1/3"), "i forvejen", MISSING),
        (("cover", "--from", "PB", "--to", "AB", "--until", "2020-02-16"), "ligger før", MISSING),
        (("cover", "--from", "PB", "--to", "AB", "--until", "1/3", "--cases", "D4", "D1"), "PB har ikke D1", MISSING),
        (("cover", "--from", "PB", "--to", "AB", "--until", "1/3", "--start", "2020-02-10"), "tidligst", MISSING),
        (("move", "--from", "QQ", "--to", "AB"), "ingen åbne sager", MISSING),
        (("move", "--from", "P B!", "--to", "AB"), "--from", WRONG_CALL),
        (("move", "--from", "PB", "--to", "AB", "--note", "ring 010210-1234"), "CPR", MISSING),
        (("cover", "--from", "PB", "--to", "AB", "--until", "i overmorgen tidlig"), "--until", WRONG_CALL),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    call: tuple[str, ...], said: str, code: int, own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = holders(capsys, own)
    assert said in told(capsys, *call, "--by", "TL", db=own, code=code)
    assert holders(capsys, own) == before


def test_a_dry_run_writes_nothing(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = holders(capsys, own)
    assert "Intet er gemt" in told(capsys, "move", "--from", "PB", "--to", "AB", "--dry-run", db=own)
    assert holders(capsys, own) == before


def test_a_review_of_all_cases_is_begun_seen_exported_and_ended(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = ("overview", "--start-review", "--team", "raadgivning", "--by", "TL")
    assert "er begyndt" in told(capsys, *begin, db=own, today="2020-01-10")
    assert "i gang, begyndt 10. jan. 2020" in told(capsys, *begin, db=own, today="2020-01-11", code=MISSING)
    (review,) = answer(capsys, "overview", db=own)["reviews"]
    assert (review["id"], review["started"], len(review["cases"])) == ("gennemgang-1", "2020-01-10", 17)
    assert [point["open"] for point in review["curve"]] == [17, 17, 0]
    (before,) = answer(capsys, "overview", db=own, today="2020-02-16")["reviews"]
    assert {c["seen"] for c in before["cases"]} == {None}
    log, copy = str(tmp_path / "log.csv"), str(tmp_path / "kopi.db")
    told(capsys, "export", log, db=own)
    told(capsys, "import", log, db=copy)
    assert "17 sager" in told(capsys, "overview", "--list", "gennemgang", db=copy)
    assert "er sluttet" in told(capsys, "overview", "--end-review", "--team", "raadgivning", "--by", "TL", db=own)
    assert "Ingen gennemgang" in told(capsys, "overview", "--list", "gennemgang", db=own)
