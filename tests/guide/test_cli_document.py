"""``traad document``: what it writes, lists and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.cli import MISSING, OK, WRONG_CALL, main
from guide.documents.papers_kinds import KINDS
from tests.guide.paper_cases import shown
from tools.build_templates import build


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional cases in a database that no test writes in."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert main(["demo", "--no-open", "--db", str(path)]) == OK
    return path


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


def call(demo: Path, *words: object, day: str = "2020-01-14") -> int:
    return main(["document", *map(str, words), "--db", str(demo), "--today", day])


def test_the_sheet_is_written_and_its_gaps_are_listed(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "d10.docx"
    assert call(demo, "indstillingsark", "D10", "--out", out) == OK
    said = capsys.readouterr().out
    assert said.startswith(f"Skrevet: {out}\n\n23 oplysninger mangler og er mærket i dokumentet:\n[mangler: ")
    assert "Underretning, modtaget 19. februar 2019 kl. 9.40" in shown(out.read_bytes())
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_file_is_never_replaced_unasked(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "note.md"
    out.write_text("mit")
    assert call(demo, "overdragelsesnotat", "D10", "--out", out) == MISSING
    assert "findes allerede og er ikke ændret.\nVælg et andet navn, eller skriv --erstat." in capsys.readouterr().err
    assert out.read_text() == "mit"
    assert call(demo, "overdragelsesnotat", "D10", "--out", out, "--erstat") == OK
    assert out.read_text("utf-8").startswith("# Overdragelsesnotat\n")


def test_the_list_names_every_kind(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(demo, "--list") == OK
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(KINDS)
    assert call(demo, "--list", "--json") == OK
    assert [kind["kind"] for kind in json.loads(capsys.readouterr().out)["kinds"]] == list(KINDS)


def test_json_tells_the_gaps(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "k.md"
    assert call(demo, "kvittering", "D10", "--out", out, "--json") == OK
    answer = json.loads(capsys.readouterr().out)
    assert (answer["case"], answer["kind"], answer["file"], len(answer["gaps"])) == ("D10", "kvittering", str(out), 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["brev", "D10", "--out", "x.md"], WRONG_CALL, "kender ikke dokumentet 'brev'."),
        (["kvittering", "D10"], WRONG_CALL, "mangler SLAGS, SAG eller --out FIL."),
        (["kvittering", "D10", "--out", "x.pdf"], WRONG_CALL, "skal ende på .docx eller .md"),
        (["kvittering", "D99", "--out", "x.md"], WRONG_CALL, "kender ikke sagen 'D99'"),
        (["kvittering", "D10", "--run", "afgoerelse-9", "--out", "x.md"], WRONG_CALL, "har intet forløb"),
        (["kvittering", "D10", "--to", "f1", "--out", "x.md"], WRONG_CALL, "--to hører til"),
        (["afgoerelse", "D10", "--item", "m1", "--out", "x.md"], WRONG_CALL, "--item hører til"),
        (["afgoerelse", "D10", "--to", "f7", "--out", "x.md"], MISSING, "Vælg med --to: f1 (forælder A)."),
        (["boernesamtale", "D10", "--item", "m9", "--out", "x.md"], MISSING, "Sagen har ikke »m9«."),
        (["indstillingsark", "E1", "--out", "x.md"], MISSING, "Sagen har ingen afgørelse."),
        (["kvittering", "D10", "--out", "findes/ikke/x.md"], MISSING, "Se efter, om mappen findes"),
    ],
)
def test_what_cannot_be_written_is_told(
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(demo, *words) == code
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("x.*"))


def test_a_broken_template_of_the_municipality_is_told(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "skabeloner").mkdir()
    own = tmp_path / "skabeloner" / "sagsbrev.docx"
    own.write_bytes(build(["Kære {{ navn }}"]))
    out = tmp_path / "k.docx"
    assert call(demo, "kvittering", "D10", "--out", out, "--handbook", tmp_path) == MISSING
    said = capsys.readouterr().err
    assert f"Skabelonen {own}: feltet 'navn' findes ikke her." in said
    assert not out.exists()
