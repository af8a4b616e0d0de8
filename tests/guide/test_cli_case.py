"""``traad case``: what is asked, what is told, exit codes, copies, and the cases that are due."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from guide.cli import MISSING, OK, WRONG_CALL, main

WHY = ("--why", "opbevaringstiden er udløbet", "--by", "LH")
TEXT = "ingen akut fare oplyst"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert main(["demo", "--no-open", "--db", str(path)]) == OK
    return path


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """The fictional cases in a file of the test's own."""
    return Path(shutil.copy(made, tmp_path / "traad.db"))


@pytest.fixture
def call(db: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run ``traad case ...``; gives what was told, on either stream."""

    def run(*words: str, code: int = OK) -> str:
        capsys.readouterr()
        assert main(["--db", str(db), "--today", "2026-01-01", "case", *words]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return run


def test_purge_tells_what_is_left_and_which_copies_are_not_cleaned(call: Any, db: Path, tmp_path: Path) -> None:
    named, dated = tmp_path / "kopi.db", tmp_path / "traad-2020-02-17-140502-v0002.db"
    for copy in (named, dated):
        assert main(["db", "backup", str(copy), "--db", str(db)]) == OK
    assert TEXT in named.read_text("latin-1")
    told = call("purge", "D5", *WHY, "--yes", "--backup", str(named))
    assert "Sagen D5 er slettet. Tilbage står:" in told
    assert f"{named}: " in told
    assert f"det gør --all-backups:\n  {dated}" in told
    answer = json.loads(call("purge", "D5", *WHY, "--yes", "--all-backups", "--json"))
    assert [(Path(f["file"]).name, f["rows"] > 0, f["ok"]) for f in answer["files"]] == [
        ("traad.db", False, True),
        (dated.name, True, True),
    ]
    assert answer["left"] == []
    (stone,) = json.loads(call("show-removals", "--json"))["removals"]
    assert answer["removal"] == stone
    assert (stone["case"], stone["what"], stone["by"], stone["why"]) == ("D5", "purge", "LH", WHY[1])
    assert "sag slettet" in call("show-removals")
    assert main(["status", "D5", "--db", str(db)]) == WRONG_CALL


def test_redact_leaves_the_case_without_its_texts(call: Any, db: Path) -> None:
    assert "har ikke længere den fri tekst" in call("redact", "D5", *WHY, "--yes")
    assert main(["status", "D5", "--db", str(db)]) == OK
    assert "Der er ikke fjernet noget" in call("show-removals", "D6")
    assert "Sagen har ikke nej" in call("redact", "D5", "--record", "nej", *WHY, "--yes", code=MISSING)


def test_it_is_asked_first_and_another_word_stops_it(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Skriv --yes" in call("purge", "D5", *WHY, code=WRONG_CALL)
    for answer, code in (("D6\n", MISSING), ("\n", MISSING), ("D5\n", OK)):
        stream = io.StringIO(answer)
        monkeypatch.setattr(stream, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", stream)
        told = call("purge", "D5", *WHY, code=code)
        assert "Skriv sagens nummer for at bekræfte" in told
        assert ("Intet er ændret" in told) == (code == MISSING)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("purge",), WRONG_CALL, "sagens nummer mangler"),
        (("purge", "X9", *WHY, "--yes"), WRONG_CALL, "Sagen X9 findes ikke"),
        (("purge", "D5", "--by", "LH", "--yes"), MISSING, "Skriv hvorfor med --why"),
        (("purge", "D5", *WHY, "--record", "a"), WRONG_CALL, "--record hører til case redact"),
        (("purge", "D5", *WHY, "--yes", "--backup", "mangler.db"), MISSING, "Filen findes ikke: mangler.db"),
        (("due", "D5"), WRONG_CALL, "case due tager intet sagsnummer"),
        (("due", "--yes"), WRONG_CALL, "case due tager ikke --yes"),
        (("slet", "D5"), WRONG_CALL, "slet"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    call: Any, db: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    assert says in call(*words, code=code)
    assert main(["status", "D5", "--db", str(db)]) == OK
    assert "Der er ikke fjernet noget" in call("show-removals")


def test_due_lists_closed_cases_past_the_municipalitys_time(call: Any, db: Path, tmp_path: Path) -> None:
    assert "Kommunen har ikke skrevet" in call("due")
    log = tmp_path / "luk.csv"
    log.write_text(
        "id;kind;case;run;procedure;step;time;by;recorded\n"
        "l1;run;D5;afslutning-1;afslutning;;2020-03-01;LH;2020-03-01T10:00\n"
        "l2;record;D5;afslutning-1;afslutning;lukket;2020-03-02;LH;2020-03-02T10:00\n"
    )
    assert main(["import", str(log), "--db", str(db)]) == OK
    own = tmp_path / "kommune"
    own.mkdir()
    (own / "kommune.md").write_text("---\nkommune: Lilleby\nopbevaring: 5 år efter lukning\n---\n")
    answer = json.loads(call("due", "--handbook", str(own), "--json"))
    assert answer["retention"] == "5 år efter lukning"
    (found,) = answer["cases"]
    assert (found["case"], found["closed"], found["kept_until"]) == ("D5", "2020-03-02", "2025-03-02")
    assert "Opbevaring: 5 år efter lukning. Intet slettes af sig selv" in call("due", "--handbook", str(own))
    assert "Ingen lukket sag er ældre" in call("due", "--handbook", str(own), "--today", "2025-03-02")


def test_the_overview_counts_what_is_left(call: Any, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def overview() -> Any:
        capsys.readouterr()
        assert main(["overview", "--json", "--db", str(db), "--today", "2020-02-17"]) == OK
        return json.loads(capsys.readouterr().out)

    before = overview()
    call("redact", "D6", *WHY, "--yes")
    call("purge", "D5", *WHY, "--yes")
    after = overview()
    assert "D5" in json.dumps(before)
    assert "D5" not in json.dumps(after)
    assert main(["db", "rebuild", "--db", str(db), "--today", "2020-02-17"]) == OK
    assert overview() == after
