"""A caseload brought in from a spreadsheet, and the review of it begun in the same call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.cli import MISSING, OK, WRONG_CALL, main

EXAMPLE = Path(__file__).parents[2] / "docs" / "import"
CALL = ["import", "--map", str(EXAMPLE / "dubu-lignende.toml"), "--today", "2024-12-31"]


def test_every_case_brought_in_is_to_be_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "egen.db")
    assert main([*CALL, str(EXAMPLE / "dubu-lignende.csv"), "--start-review", "--db", db]) == OK
    assert "Gennemgangen gennemgang-1 er begyndt: alle sager." in capsys.readouterr().out
    assert main(["overview", "--db", db, "--today", "2024-12-31", "--json"]) == OK
    review = json.loads(capsys.readouterr().out)["reviews"][0]
    assert [case["seen"] for case in review["cases"]] == [None] * 5


def test_nothing_is_begun_when_a_row_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, bad = str(tmp_path / "egen.db"), tmp_path / "a.csv"
    text = (EXAMPLE / "dubu-lignende.csv").read_text(encoding="utf-8-sig")
    bad.write_text(text.replace("2024", "1824", 3), encoding="utf-8")
    assert main([*CALL, str(bad), "--start-review", "--db", db]) == MISSING
    assert "er begyndt" not in capsys.readouterr().out


def test_a_dry_run_begins_nothing(tmp_path: Path) -> None:
    call = [*CALL, str(EXAMPLE / "dubu-lignende.csv"), "--start-review", "--dry-run", "--db", str(tmp_path / "egen.db")]
    assert main(call) == WRONG_CALL
