"""How sure each clause is: in the conversation, and as `traad law` lists it, with what a lawyer signed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from checklists.calendar import TZ
from guide.cli import OK, main
from guide.commands.law_command import STATES
from guide.editions import load_handbooks
from guide.turns import Focus
from handbook.provenance import ORDER, references
from tests.guide.player import Player

KEYS = {"clause", "law", "state", "basis", "source", "pages"}
HEADING = "clause;law;by;date;text;note\n"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A municipality's folder in which one reference that nobody had checked is signed off."""
    unchecked = next(r for r in references(load_handbooks().values()) if r.state == "ikke kontrolleret")
    line = f"{unchecked.clause};{unchecked.law};MJ;2026-03-02;den gældende tekst;\n"
    (tmp_path / "kommune.md").write_text("---\nkommune: Prøve\n---\n", encoding="utf-8")
    (tmp_path / "kontrol.csv").write_text(HEADING + line, encoding="utf-8")
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str], *call: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["law", "--json", *call]) == OK
    return list(json.loads(capsys.readouterr().out)["references"])


def test_every_reference_is_listed_by_state(capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(capsys)
    assert all(set(r) == KEYS and r["pages"] for r in found)
    assert {r["law"] for r in found} == {"SEL", "BL"}
    assert {r["state"] for r in found} >= {"kontrolleret", "praksis", "ikke kontrolleret"}
    assert {s.replace("-", " ") for s in STATES} == set(ORDER) - {"faglig"}


def test_one_state_alone(capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(capsys, "--state", "ikke-kontrolleret")
    assert found
    assert {r["state"] for r in found} == {"ikke kontrolleret"}


def test_text_names_the_steps_that_lean_on_what_is_unchecked(capsys: pytest.CaptureFixture[str]) -> None:
    first = listed(capsys, "--state", "ikke-kontrolleret")[0]
    assert main(["law", "--state", "ikke-kontrolleret"]) == OK
    out = capsys.readouterr().out
    assert out.startswith(f"{first['law']}, ikke kontrolleret: ")
    assert f"bruges af {first['pages'][0]}" in out
    assert main(["law", "--state", "lokal"]) == OK
    assert capsys.readouterr().out == "Der er ingen henvisninger i den tilstand.\n"


def test_a_sign_off_moves_the_reference(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = listed(capsys, "--state", "ikke-kontrolleret")
    after = listed(capsys, "--state", "ikke-kontrolleret", "--handbook", str(signed))
    mine = listed(capsys, "--state", "signeret", "--handbook", str(signed))
    assert len(after) == len(before) - 1
    assert [r["source"] for r in mine] == ["MJ, 2026-03-02: den gældende tekst"]
    assert mine[0]["clause"] in {r["clause"] for r in before}


def test_a_bad_line_is_told_and_stops_nothing(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (signed / "kontrol.csv").write_text(f"{HEADING}SEL § 999;sel;MJ;2026-03-02;teksten;\n", encoding="utf-8")
    assert main(["law", "--handbook", str(signed)]) == OK
    assert f"1 fejl i {signed}" in capsys.readouterr().err
    assert main(["check", str(signed)]) == 1
    assert "SEL § 999" in capsys.readouterr().out


def test_a_sign_off_dated_after_today_is_a_fault_with_its_line(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(signed), "--today", "2026-03-02"]) == OK
    capsys.readouterr()
    assert main(["check", str(signed), "--today", "2026-03-01"]) == 1
    told = capsys.readouterr().out
    assert "kontrol.csv:2: Dagen 2026-03-02 ligger efter i dag, 2026-03-01. [signoff-future]" in told
    assert "Skriv den dag, teksten blev læst" in told


def test_why_tells_the_state_of_every_clause() -> None:
    at = Player(load_handbooks(), now=datetime(2025, 2, 7, 16, tzinfo=TZ))
    at.open("underretning")
    at.focus = Focus("underretning-1", "underretning", "risikovurdering")
    told = at.answer("/hvorfor").said[-1].text
    assert told.startswith("Hvor sikre er henvisningerne?\n")
    assert "BL § 136, stk. 2" in told
    assert "kontrolleret mod LBK 282 af 17/03/2025." in told


def test_why_tells_what_the_lawyer_signed(signed: Path) -> None:
    books = load_handbooks(signed)
    mine = next(r for r in references(books.values()) if r.state == "signeret")
    procedure, _, step = mine.pages[0].partition("#")
    day = datetime(2023 if mine.law == "serviceloven" else 2025, 2, 7, 16, tzinfo=TZ)
    at = Player(books, now=day)
    at.open(procedure)
    at.focus = Focus(f"{procedure}-1", procedure, step)
    told = at.answer("/hvorfor").said[-1].text
    assert "signeret af kommunens jurist (MJ, 2026-03-02: den gældende tekst)" in told
