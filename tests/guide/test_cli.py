"""The command line before it touches a case: help, errors, exit codes, and what happens when there is no terminal."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from guide import cli
from guide.arguments import Parser, add_common, danish, split
from guide.cli import BROKEN, COMMANDS, MISSING, OK, WRONG_CALL, main

ENGLISH = ("usage:", "options:", "positional arguments", "show this help", "error:", "required", "unrecognized")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the files of the person who runs it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("TRAAD_DEBUG", raising=False)


@pytest.mark.parametrize("call", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_is_danish(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == OK
    out = capsys.readouterr().out
    assert out.startswith("Brug: traad")
    assert "vis denne hjælp" in out
    assert not [word for word in ENGLISH if word in out]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    out = capsys.readouterr().out
    assert all(f"\n  {name:<12}{text}" in out for name, text in COMMANDS.items())


def test_every_command_takes_the_common_options() -> None:
    for name in COMMANDS:
        parser = Parser(name, "")
        import_module(f"guide.commands.{name}_command").arguments(parser)
        add_common(parser)
        assert "--db" in parser.format_help()
        assert "--today" in parser.format_help()
        assert "--handbook" in parser.format_help()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == OK
    assert capsys.readouterr().out == f"Rød tråd {cli.VERSION}\n"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["caes"], "kender ikke kommandoen 'caes'. Mente du 'cases'?"),
        (["--pdf"], "kender ikke --pdf"),
        (["deadlines", "--pdf", "x"], "kender ikke --pdf x"),
        (["cases", "--handbook", "x"], "--handbook: mappen 'x' findes ikke"),
        (["handbook", "use", "x"], "mappen 'x' findes ikke"),
        (["handbook", "diff"], "handbook diff mangler NAVN"),
        (["handbook", "diff", "underretning", "--from", "99"], "findes ikke i version 99"),
        (["law", "--state", "x"], "--state: 'x' er ikke en af"),
        (["cases", "--jso"], "kender ikke --jso"),
        (["status"], "mangler SAG"),
        (["--db"], "--db: mangler en værdi"),
        (["flow", "x", "--law", "dk"], "--law: 'dk' er ikke en af "),
        (["cases", "--json=1"], "--json: tager ingen værdi, men fik '1'"),
        (["flow", "findes-ikke"], "håndbogen har intet forløb 'findes-ikke'"),
        (["import", "findes-ikke.csv"], "filen findes-ikke.csv findes ikke"),
        (["db", "verify", "x"], "db verify tager ingen fil"),
        (["db", "restore"], "HANDLING: 'restore' er ikke en af"),
        (["cases", "--db", "mangler/her.db"], "Mappen findes ikke"),
        (["cases", "--db", "mangler.db"], "Databasefilen findes ikke"),
        (["cases", "--db", "mysql://x"], "--db skal være"),
        (["cases", "--today", "32/13"], "--today: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_told_in_danish(
    call: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(call) == WRONG_CALL
    err = capsys.readouterr().err
    assert err.startswith("traad: ")
    assert said in err
    assert not [word for word in ENGLISH if word in err]
    assert len(err.splitlines()) <= 2
    assert not list(tmp_path.rglob("mangler*"))


def test_options_may_stand_before_or_after_the_command() -> None:
    assert split(["--db", "x.db", "--today", "i går", "cases", "--json"]) == (
        ["--db", "x.db", "--today", "i går"],
        ["cases", "--json"],
    )
    assert split(["--db=x.db"]) == (["--db=x.db"], [])


def test_an_error_argparse_words_anew_is_shown_as_it_is() -> None:
    assert danish("something new") == "something new"


def test_without_a_terminal_the_app_says_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for call in ([], ["demo"], ["--today", "2020-02-17"]):
        assert main(call) == WRONG_CALL
        assert capsys.readouterr().err.splitlines() == [
            "traad: Rød tråd skal åbnes i en terminal; i scripts kan du bruge fx traad cases --json."
        ]


def test_a_fault_in_the_program_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("uventet")

    monkeypatch.setattr(import_module("guide.commands.cases_command"), "run", broken)
    assert main(["cases"]) == BROKEN
    err = capsys.readouterr().err
    assert "uventet fejl i programmet (RuntimeError)." in err, "the message could quote what somebody typed"
    assert "Traceback" not in err
    monkeypatch.setenv("TRAAD_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["cases"])


def test_a_file_that_cannot_be_used_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_: object) -> int:
        raise PermissionError(13, "Permission denied", str(tmp_path / "data"))

    monkeypatch.setattr(import_module("guide.commands.cases_command"), "run", refused)
    assert main(["cases"]) == MISSING
    assert capsys.readouterr().err.startswith(f"traad: {tmp_path / 'data'}: du har ikke adgang.\n")


def test_ctrl_c_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("guide.commands.cases_command"), "run", stopped)
    assert main(["cases"]) == 130
    assert capsys.readouterr().err == "traad: afbrudt.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told in another way there")
def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    call = f"{sys.executable} -m guide check --names | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", call], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (OK, "")


def test_danish_letters_survive_a_pipe_in_any_locale() -> None:
    env = dict(os.environ, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-m", "guide", "--help"], capture_output=True, env=env, cwd=root)
    assert "Rød tråd fører dig" in done.stdout.decode()


class TestCheck:
    HEAD = "---\nid: proeve\ntitel: Prøve\nlov: serviceloven\nhjemmel: SEL § 1\nmodpart: ingen\n---\n"
    STEP = "{{#gjort}}\n### Er det gjort?\n\n- **Registrér:** dato\n{lines}\nVejledning.\n\n"

    def page(self, folder: Path, lines: str) -> Path:
        file = folder / "proeve.md"
        file.write_text(self.HEAD + "# Prøve\n\n## Fase\n\n" + self.STEP.format(lines=lines), encoding="utf-8")
        return file

    def test_the_pages_that_come_with_the_program_are_in_order(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check"]) == OK
        assert capsys.readouterr().out.startswith("Ingen fejl i ")

    def test_a_page_in_order(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.page(tmp_path, "- **Hjemmel:** SEL § 1\n")
        assert main(["check", str(tmp_path)]) == OK
        assert capsys.readouterr().out == "Ingen fejl i 1 side.\n"

    def test_a_fault_has_file_line_and_a_mend(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.page(tmp_path, "- **Frist:** om lidt\n- **Hjemmel:** SEL § 1\n")
        monkeypatch.chdir(tmp_path)
        assert main(["check", "."]) == MISSING
        fault, mend, count = capsys.readouterr().out.splitlines()
        assert fault.startswith("proeve.md:16: ")
        assert mend.startswith("    ")
        assert count == "1 fejl i 1 side."

    def test_a_folder_that_is_not_there(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(tmp_path / "ingen")]) == MISSING
        assert "findes ikke" in capsys.readouterr().out

    def test_names(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--names"]) == OK
        out = capsys.readouterr().out
        assert "\n  anbringelse\n      " in out
        assert "\n  undersøgelsen er aktuel\n      " in out


def test_flow_is_mermaid(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flow", "underretning"]) == OK
    assert capsys.readouterr().out.startswith("flowchart TD\n")
