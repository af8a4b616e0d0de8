"""The commands that read and write cases, on the fictional ones: answers as documented, exit codes, files made."""

import json
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from guide.cli import MISSING, OK, WRONG_CALL, main
from guide.demo import LOG

TODAY = "2020-02-17"
FINDING = {
    "id", "run", "procedure", "step", "items", "kind", "code", "measures", "basis", "law", "clause", "text", "mend",
    "who", "since", "inherited",
}  # fmt: skip
STEP = {
    "step", "items", "state", "reason", "due", "late_after", "done", "clause", "law", "basis", "version",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The fictional cases in a database that no test writes in."""
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    assert main(["demo", "--no-open", "--db", path]) == OK
    return path


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return str(tmp_path / "egen.db")


@pytest.fixture
def ask(demo: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a reading command on the demo with ``--json``; gives the answer and the exit code."""

    def run(*call: str, code: int = OK) -> dict[str, Any]:
        capsys.readouterr()
        assert main([*call, "--db", demo, "--today", TODAY, "--json"]) == code
        answer = json.loads(capsys.readouterr().out)
        assert list(answer)[:3] == ["schema", "as_of", "handbook"]
        assert answer["schema"] == 1
        return dict(answer)

    return run


def moment(text: str) -> date:
    """A moment of an answer: a day, or an instant with its offset."""
    if len(text) == 10:
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    assert at.tzinfo is not None
    return at


def test_as_of_is_the_end_of_today_in_copenhagen(ask: Any) -> None:
    answer = ask("cases")
    assert answer["as_of"] == "2020-02-17T23:59:59+01:00"
    assert len(answer["handbook"]["serviceloven"]) == 12


@pytest.mark.parametrize(
    ("today", "as_of"),
    [
        ("2020-02-17T14:30", "2020-02-17T14:30:00+01:00"),
        ("2020-07-01T12:00+00:00", "2020-07-01T14:00:00+02:00"),
        ("17/2-2020 kl. 14", "2020-02-17T14:00:00+01:00"),
        ("17. feb 2020", "2020-02-17T23:59:59+01:00"),
    ],
)
def test_today_is_read_as_danes_write_it(demo: str, today: str, as_of: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--today", today, "cases", "--db", demo, "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["as_of"] == as_of


def test_cases(ask: Any) -> None:
    cases = ask("cases")["cases"]
    assert len(cases) == 20
    assert set(cases[0]) == {
        "case",
        "caseworker",
        "team",
        "law",
        "next",
        "due",
        "findings",
        "local_findings",
    }
    assert {c["law"] for c in cases} == {"SEL"}
    assert {c["case"] for c in cases if not c["findings"]} >= {"E1", "E2", "E3", "O2", "O3"}
    assert all(moment(c["due"]) for c in cases if c["due"])


def test_status_of_the_talk_held_the_day_after_the_decision(ask: Any) -> None:
    answer = ask("status", "D5")
    assert answer["case"] == "D5"
    found = {(f["run"], f["step"], f["kind"]): f for f in answer["findings"]}
    talk = found["boernesamtale-1", "holdt", "order"]
    assert set(talk) == FINDING
    assert (talk["items"], talk["basis"], talk["measures"]) == (["m1"], "lov", ["child-talk"])
    assert talk["mend"]
    steps = {(run["run"], step["step"]): step for run in answer["runs"] for step in run["steps"]}
    held = steps["boernesamtale-1", "holdt"]
    assert set(held) == STEP
    assert (held["state"], held["done"], held["version"]) == ("done with deficiency", "2019-10-10", "serviceloven@1")
    finished = steps["boernefaglig-undersoegelse-1", "afsluttet"]
    assert (finished["due"], finished["late_after"]) == ("2019-07-11", "2019-07-11T23:59:59+02:00")


def test_findings_are_told_with_what_helps_now(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "D5", "--db", demo, "--today", TODAY]) == OK
    out = capsys.readouterr().out
    assert "Lov: SEL § 48, stk. 1" in out
    assert "Hvad hjælper nu:" in out


def test_a_case_without_findings_says_no_more_than_it_knows(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "E1", "--db", demo, "--today", TODAY]) == OK
    assert "Ingen kendte mangler i det, der er registreret." in capsys.readouterr().out


@pytest.mark.parametrize("call", [["status"], ["ready"], ["deadlines", "--case"]])
def test_an_unknown_case_is_a_wrong_call(call: list[str], demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "D99", "--db", demo]) == WRONG_CALL
    assert "kender ikke sagen 'D99'" in capsys.readouterr().err


def test_deadlines_come_the_nearest_first(ask: Any) -> None:
    rows = ask("deadlines")["deadlines"]
    assert set(rows[0]) == {"case", "run", "step", "items", "due", "late_after", "state", "clause", "basis"}
    lates = [datetime.fromisoformat(row["late_after"]) for row in rows]
    assert lates == sorted(lates)
    assert {row["case"] for row in ask("deadlines", "--case", "O1")["deadlines"]} == {"O1"}


def test_ready_tells_what_is_missing_for_one_decision(ask: Any) -> None:
    answer = ask("ready", "D5", "--run", "afgoerelse-1", code=MISSING)
    assert (answer["run"], answer["decision"], answer["ready"]) == ("afgoerelse-1", "2019-10-09", False)
    assert "child-talk" in {measure for finding in answer["missing"] for measure in finding["measures"]}
    assert set(answer["missing"][0]) == FINDING


@pytest.mark.parametrize("case", ["E1", "E2", "E3", "O1", "O2", "O3", "D5"])
def test_ready_without_a_decision_under_way_is_not_ready(ask: Any, case: str) -> None:
    answer = ask("ready", case, code=MISSING)
    assert (answer["run"], answer["decision"], answer["ready"], answer["missing"]) == (None, None, False, [])


def test_ready_before_the_decision_says_who_was_heard(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ready", "D10", "--db", demo, "--today", "2020-01-14", "--json", "--akut"]) == MISSING
    answer = json.loads(capsys.readouterr().out)
    assert (answer["run"], answer["decision"], answer["law"], answer["can_wait"]) == ("afgoerelse-1", None, "SEL", True)
    assert [(t["item"], t["state"], t["day"]) for t in answer["talks"]] == [
        ("m1", "held", "2020-01-06"),
        ("m2", "missing", None),
    ]
    assert {phase["involved"] for phase in answer["holders"][0]["phases"]} == {True}
    plan = next(follow for follow in answer["route"] if follow["procedure"] == "handleplan" and follow["due"])
    assert (plan["due"], plan["if_today"]) == ("2020-05-14", True)


def test_the_committees_list_holds_every_decision_under_way(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ready", "--meeting", "2019-11-19", "--db", demo, "--today", "2019-11-12", "--json"]) == MISSING
    answer = json.loads(capsys.readouterr().out)
    assert answer["day"] == "2019-11-19"
    assert answer["meeting"] is None  # the municipality's own folder says who meets when
    listed = {case["case"]: case for case in answer["cases"]}
    assert "D1" in listed
    assert "D5" not in listed
    assert [f["step"] for f in listed["D1"]["missing"] if f["step"] == "udarbejdet"] == ["udarbejdet"]


def test_the_committees_list_with_the_municipalitys_own_days(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    layer = str(Path(__file__).parents[2] / "handbook" / "eksempel_stevns")
    call = ["ready", "--meeting", "19-11-2019", "--db", demo, "--today", "2019-11-12", "--handbook", layer]
    assert main(call) == MISSING
    told = capsys.readouterr().out
    assert told.startswith("Forvisitationsudvalget tirs. 19. nov.\nSidste dag for indstillinger er tirs. 12. nov.\n")
    assert "Lokalt krav mangler: Indstillingsark er ikke noteret." in told


@pytest.mark.parametrize("call", [[], ["D5", "--meeting", "2019-11-19"], ["D5", "--team", "raadgivning"]])
def test_ready_asked_in_a_way_that_cannot_be_answered(demo: str, call: list[str]) -> None:
    assert main(["ready", *call, "--db", demo]) == WRONG_CALL


def test_ready_for_a_run_that_is_not_there(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ready", "D5", "--run", "afgoerelse-9", "--db", demo]) == WRONG_CALL
    assert "Den har: underretning-1" in capsys.readouterr().err


def test_check_and_flow_answer_in_json(ask: Any) -> None:
    assert ask("check")["faults"] == []
    assert "anbringelse" in ask("check", "--names")["predicates"]
    flow = ask("flow", "underretning")
    assert (flow["procedure"], flow["law"]) == ("underretning", "SEL")
    assert flow["mermaid"].startswith("flowchart")


def test_the_demo_twice_changes_nothing(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--no-open", "--db", own]) == OK
    capsys.readouterr()
    assert main(["demo", "--no-open", "--db", own]) == OK
    assert "intet er ændret" in capsys.readouterr().out


def test_the_demo_has_a_database_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("store.database.default_file", lambda: tmp_path / "mappe" / "traad.db")
    assert main(["demo", "--no-open"]) == OK
    assert [p.name for p in (tmp_path / "mappe").glob("*.db")] == ["demo.db"]


def test_export_and_import_are_a_round_trip(demo: str, own: str, tmp_path: Path, ask: Any) -> None:
    first, second = tmp_path / "en.csv", tmp_path / "to.csv"
    rows = ask("export", str(first))["written"]
    assert main(["import", str(first), "--db", own]) == OK
    assert main(["export", str(second), "--db", own]) == OK
    assert sorted(first.read_text("utf-8").splitlines()) == sorted(second.read_text("utf-8").splitlines())
    assert len(second.read_text("utf-8").splitlines()) == rows + 1


def test_import_says_what_it_would_write(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(LOG), "--dry-run", "--json", "--db", own]) == OK
    tried = json.loads(capsys.readouterr().out)
    assert (tried["written"], tried["new"] > 800, tried["refused"]) == (0, True, [])
    assert main(["import", str(LOG), "--db", own]) == OK
    assert main(["import", str(LOG), "--json", "--db", own]) == OK
    again = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (again["read"], again["written"], again["known"]) == (again["known"], 0, tried["new"])


def test_a_refused_row_is_told_with_its_number_and_nothing_is_written(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "fejl.csv"
    bad.write_text(
        LOG.read_text("utf-8").replace("underretning-1;underretning", "underretning-1;findes-ikke", 1), "utf-8"
    )
    assert main(["import", str(bad), "--db", own]) == MISSING
    said = capsys.readouterr()
    assert "række " in said.err
    assert "Intet er skrevet" in said.out
    assert main(["cases", "--db", own]) == OK
    assert "ingen sager" in capsys.readouterr().out


LINKED = """kind;case;run;procedure;time;value;by;recorded
case;T2;;;2019-01-01;"{""known_from"":""2019-01-01""}";LH;2019-01-01T10:00+01:00
run;T2;afgoerelse-1;afgoerelse;2019-01-02;;LH;2019-01-02T10:00+01:00
run;T2;afgoerelse-2;afgoerelse;2019-01-03;;LH;2019-01-03T10:00+01:00
run;T2;boernesamtale-1;boernesamtale;2019-01-04;{link};LH;2019-01-04T10:00+01:00
"""


def test_a_run_that_may_belong_to_several_is_refused_until_somebody_says_which(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "to.csv"
    log.write_text(LINKED.replace("{link}", ""), "utf-8")
    assert main(["import", str(log), "--db", own]) == MISSING
    assert 'afgoerelse-1, afgoerelse-2. Skriv hvilken i forløbets value: {"links":' in capsys.readouterr().err
    log.write_text(LINKED.replace("{link}", '"{""links"":{""afgoerelse"":""afgoerelse-2""}}"'), "utf-8")
    assert main(["import", str(log), "--db", own]) == OK


def test_export_writes_over_nothing(demo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "der.csv"
    there.write_text("min egen", "utf-8")
    assert main(["export", str(there), "--db", demo]) == MISSING
    assert there.read_text("utf-8") == "min egen"
    assert "findes allerede" in capsys.readouterr().err


def test_backup_and_verify(demo: str, tmp_path: Path, ask: Any) -> None:
    copy = tmp_path / "kopi.db"
    assert ask("db", "backup", str(copy))["file"] == str(copy)
    assert main(["db", "backup", str(copy), "--db", demo]) == MISSING
    assert ask("db", "verify")["ok"] is True
    assert main(["cases", "--db", str(copy)]) == OK


def test_upgrade_of_a_database_that_is_up_to_date(ask: Any) -> None:
    assert ask("db", "upgrade")["ok"] is True


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "noter.txt"
    file.write_text("mine noter " * 100, "utf-8")
    assert main(["cases", "--db", str(file)]) == WRONG_CALL
    assert "Filen er ikke" in capsys.readouterr().err
    assert file.read_text("utf-8") == "mine noter " * 100


def test_a_database_of_another_program_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "andet.db"
    with sqlite3.connect(file) as connection:
        connection.execute("create table noget (tekst)")
    connection.close()
    assert main(["import", str(LOG), "--db", str(file)]) == WRONG_CALL
    assert "andet program" in capsys.readouterr().err
