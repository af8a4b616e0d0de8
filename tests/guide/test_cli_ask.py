"""``traad ask``: the answers as text and as JSON, by the law that is wanted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.cli import main


def ask(capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, str]:
    code = main(["ask", *given])
    return code, capsys.readouterr().out


def test_the_best_answer_stands_first_with_its_clause(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, "hvor", "hurtigt", "skal", "vi", "kvittere?", "--today", "2024-05-01")
    assert code == 0
    first = told.splitlines()
    assert first[:2] == ["Underretning: Kvittering (barnets lov)", "Frist: 6 hverdage efter modtagelsen."]
    assert "BL § 138, stk. 1: kontrolleret mod LBK 282 af 17/03/2025." in first


def test_json_has_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, "hvor hurtigt skal vi kvittere?", "--law", "sel", "--json")
    answer = json.loads(told)
    assert (code, answer["outside"]) == (0, False)
    assert set(answer["answers"][0]) == {
        *("procedure", "step", "title", "law", "clause", "state", "text", "deadlines", "score")
    }
    best = answer["answers"][0]
    assert (best["procedure"], best["step"], best["law"]) == ("underretning", "kvittering", "SEL")
    assert (best["clause"], best["state"]) == ("SEL § 155 b, stk. 1", "kontrolleret")
    assert best["deadlines"] == ["6 hverdage efter modtagelsen"]


@pytest.mark.parametrize(
    ("given", "law"),
    [
        (["--today", "2020-02-17"], "SEL"),
        (["--today", "2024-05-01"], "BL"),
        (["--today", "2024-05-01", "--law", "sel"], "SEL"),
    ],
)
def test_the_law_is_the_day_s_unless_one_is_wanted(
    capsys: pytest.CaptureFixture[str], given: list[str], law: str
) -> None:
    _, told = ask(capsys, "hvor hurtigt skal vi kvittere?", "--json", *given)
    assert {a["law"] for a in json.loads(told)["answers"]} == {law}


def test_a_case_answers_by_its_own_law(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    events = tmp_path / "sag.csv"
    events.write_text(
        "id;kind;case;run;procedure;step;items;time;value;by;note;recorded;replaces;version\n"
        's-1;case;S1;;;;;2020-01-10;{"born":"2012-03","known_from":"2020-01-10","team":"a"};LH;;2020-01-10T09:00+01:00;;\n'
        "s-2;run;S1;underretning-1;underretning;;;2020-01-10;;LH;;2020-01-10T09:00+01:00;;serviceloven@1\n",
        encoding="utf-8",
    )
    url = f"sqlite:///{(tmp_path / 'sag.db').as_posix()}"
    assert main(["import", str(events), "--db", url]) == 0
    capsys.readouterr()
    given = ("hvor hurtigt skal vi kvittere?", "--json", "--db", url, "--case", "S1", "--today", "2020-01-13")
    _, told = ask(capsys, *given)
    assert json.loads(told)["answers"][0]["law"] == "SEL"
    assert main(["ask", "kvittering", "--db", url, "--case", "findes-ikke"]) == 2


def test_outside_is_answered_and_an_empty_question_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, "hvordan søger jeg dagpenge")
    assert (code, told.startswith("Det står ikke i håndbogen.")) == (0, True)
    assert ask(capsys, "  ")[0] == 2
