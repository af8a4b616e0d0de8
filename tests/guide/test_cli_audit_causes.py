"""What ``traad audit`` says of causes, of one person's own cases and of reviewers, from an imported log."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from guide.cli import OK, main
from guide.dialogue.words import finding_text
from tests.checklists.build import SEL, Log

PERIOD = ("--from", "2019-01-01", "--to", "2019-12-31")

HEAD = "id;kind;case;run;procedure;step;items;time;value;by;note;recorded;replaces;version\n"


def case(name: str, cause: str) -> str:
    """LH decided without a plan in time and MK took over; the plan that came too late has a cause or none."""
    value = f'{{"cause":"{cause}"}}' if cause else ""
    rows = [
        f'{name}-a;case;{name};;;;;2019-01-01;{{"born":"2009-11","known_from":"2019-01-01","team":"t"}}',
        f'{name}-b;assignment;{name};;;;;2019-01-01;{{"staff":"LH"}}',
        f'{name}-c;assignment;{name};;;;;2019-09-01;{{"staff":"MK"}}',
        f'{name}-d;item;{name};;;;m1;2019-05-01;{{"type":"foranstaltning","kind":"kontaktperson","label":"kontaktperson"}}',
        f"{name}-e;run;{name};afgoerelse-1;afgoerelse;;;2019-05-01;",
        f"{name}-f;record;{name};afgoerelse-1;afgoerelse;truffet;m1;2019-06-03;",
        f'{name}-g;run;{name};handleplan-1;handleplan;;;2019-05-01;{{"serves":"afgoerelse-1"}}',
        f"{name}-h;record;{name};handleplan-1;handleplan;udarbejdet;;2019-07-01;{value}",
    ]
    return "".join(f"{row};LH;;2019-01-01T09:00+01:00;;\n" for row in rows)


REVIEW = (
    'r-1;review;;tilsyn-1;;draw;;2019-12-01;{"seed":"x","cases":1,"from":"2019-01-01","to":"2019-12-31"};'
    "TF;;2019-12-01T09:00+01:00;;\n"
    'r-2;review;S2;tilsyn-1;;drawn;;2019-12-01;{"staff":"MK"};TF;;2019-12-01T09:00+01:00;;\n'
    'r-3;review;S2;tilsyn-1;;compliance;;2019-12-02;{"measure":"plan-late","answer":"ja","reason":"planen lå i sagen"};'
    "TF;;2019-12-02T09:00+01:00;;\n"
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("causes")
    log, path = folder / "log.csv", str(folder / "egen.db")
    log.write_text(HEAD + case("S1", "illness") + case("S2", "") + REVIEW, encoding="utf-8")
    assert main(["import", str(log), "--db", path]) == OK
    return path


@pytest.fixture
def ask(db: str, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*call: str, as_json: bool = True) -> Any:
        capsys.readouterr()
        assert main(["audit", *PERIOD, "--db", db, "--today", "2020-01-31", *call, *(["--json"] * as_json)]) == OK
        out = capsys.readouterr().out
        return json.loads(out) if as_json else " ".join(out.split())

    return run


def late(answer: Any) -> dict[str, int]:
    return {c["cause"]: c["late"] for c in answer["causes"] if c["late"]}


class TestCauses:
    def test_they_are_counted_with_the_steps_behind(self, ask: Any) -> None:
        answer = ask()
        assert late(answer) == {"illness": 1}
        ill = next(c for c in answer["causes"] if c["cause"] == "illness")
        assert (ill["name"], ill["steps"]) == ("Sygdom", [{"case": "S1", "measures": ["plan-late"]}])

    def test_they_stand_in_the_text_with_the_cases_on_request(self, ask: Any) -> None:
        assert "Sygdom 1" in ask(as_json=False)
        assert "Sygdom: S1 (handleplan ikke udarbejdet inden afgørelsen)" in ask("--lists", as_json=False)

    def test_they_stand_under_the_table_in_the_csv(self, ask: Any, tmp_path: Path) -> None:
        target = tmp_path / "t.csv"
        ask("--csv", str(target), as_json=False)
        with target.open(encoding="utf-8-sig", newline="") as lines:
            found = {row["kode"]: row for row in csv.DictReader(lines, delimiter=";")}
        ill = found["illness"]
        assert (ill["mål"], ill["mangler"], ill["relevante"]) == ("Sygdom", "1", "1")
        assert ill["sager med mangel"] == "S1 (handleplan ikke udarbejdet inden afgørelsen)"

    def test_they_stand_in_the_workbook_and_on_the_page(self, ask: Any, tmp_path: Path) -> None:
        sheet, page = tmp_path / "t.xlsx", tmp_path / "t.html"
        ask("--xlsx", str(sheet), "--html", str(page), as_json=False)
        rows = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_name("Årsager").to_python()
        assert ["Sygdom", 1, "S1 (handleplan ikke udarbejdet inden afgørelsen)"] in rows
        assert '<tr><td>Sygdom</td><td class="number">1</td></tr>' in page.read_text(encoding="utf-8")


class TestOnePerson:
    def test_causes_come_before_any_number_of_ones_own(self, ask: Any) -> None:
        own = ask("--caseworker", "LH", as_json=False)
        assert own.startswith("Kun LHs egne sager, til samtalen om dem. LH kan selv se det samme.")
        assert own.index("Sygdom 1") < own.index("Tabel 1.")

    def test_without_a_person_the_table_comes_first(self, ask: Any) -> None:
        everybody = ask(as_json=False)
        assert everybody.index("Tabel 1.") < everybody.index("Sygdom 1")

    def test_the_json_of_one_person_says_what_it_is_for(self, ask: Any) -> None:
        assert ask("--caseworker", "LH")["note"].startswith("Kun LHs egne sager")
        assert "note" not in ask()

    def test_what_passed_before_one_took_over_is_not_ones_own(self, ask: Any) -> None:
        assert late(ask("--caseworker", "LH")) == {"illness": 1}
        assert late(ask("--caseworker", "MK")) == {}


class TestReviewers:
    def test_an_answer_against_the_dates_counts_and_the_dates_are_told(self, ask: Any) -> None:
        plan = next(m for m in ask()["measures"] if m["code"] == "plan-late")
        assert (plan["deficient"], plan["relevant"]) == (1, 2)
        found = next(c for c in plan["cases"] if c["case"] == "S2")
        assert found["reason"].startswith("i orden, vurderet ved gennemgang 2. dec. 2019: planen lå i sagen")
        assert found["dates"]["code"] == "plan-after-decision"
        assert next(c for c in plan["cases"] if c["case"] == "S1")["dates"] is None

    def test_before_the_review_the_dates_stand(self, ask: Any) -> None:
        plan = next(m for m in ask("--today", "2019-12-01")["measures"] if m["code"] == "plan-late")
        assert plan["deficient"] == 2


def test_status_says_that_a_fault_was_there_before_the_case_changed_hands(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["status", "S1", "--db", db, "--today"]
    assert main([*call, "2019-08-01"]) == OK
    assert "overtog sagen" not in capsys.readouterr().out
    assert main([*call, "2019-10-01"]) == OK
    assert "før MK overtog sagen." in capsys.readouterr().out
    assert main([*call, "2019-10-01", "--json"]) == OK
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {f["inherited"] for f in found if f["step"] == "udarbejdet"} == {True}
    assert "LH" not in json.dumps(found)


def test_the_case_view_tells_a_later_holder_that_it_is_not_theirs() -> None:
    log = Log("2019-01-01")
    log.holder("LH", "2019-01-01")
    log.holder("MK", "2019-03-05")
    log.run("underretning-1", "2019-03-01")
    log.step("underretning-1/modtaget", "2019-03-01 10:00")
    found = {f.step: finding_text(f) for f in log.assess("2019-03-20", SEL).findings}
    assert "Overskredet, før du overtog sagen." in found["risikovurdering"]
    assert "overtog" not in found["kvittering"]
