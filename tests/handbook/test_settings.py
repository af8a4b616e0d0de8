"""``kommune.md``: the municipality's names and committee days."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import layer
from handbook.load import HERE
from handbook.model import Handbook
from handbook.read_settings import read_settings
from handbook.settings import Committee, Retention

PATH = Path("kommune.md")


def found(lines: str) -> list[tuple[str, int]]:
    settings, faults = read_settings(f"---\n{lines}\n---\n".encode(), PATH)
    assert (settings is None) == bool(faults)
    assert all(f.mend.endswith(".") or f.mend.endswith("?") for f in faults)
    return [(f.code, f.line) for f in faults]


def test_everything_a_settings_page_may_say() -> None:
    settings, faults = read_settings(
        "---\nkommune: Lilleby\nudvalg: Visitationen\nmøde: hver tirsdag\nfrist-før-møde: 5 hverdage\n"
        "udvalg-ung: Ungeudvalget\nmøde-ung: Torsdag, mandag og torsdag\n"
        "opbevaring: 5 år efter lukning\nteam-raadgivning: Rådgivningen\n---\n\nFri tekst.\n".encode(),
        PATH,
    )
    assert faults == ()
    assert settings is not None
    assert settings.municipality == "Lilleby"
    assert settings.committee() == Committee("", "Visitationen", (1,), 5, "hverdage")
    assert settings.committee("ung") == Committee("ung", "Ungeudvalget", (0, 3))
    assert settings.committee("andet") is None
    assert settings.teams == {"raadgivning": "Rådgivningen"}
    assert settings.retention == Retention(60, "5 år efter lukning")
    assert settings.text == "Fri tekst."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("udvalg: x", [("missing-key", 1)]),
        ("kommune: L\nmøde: tirsdag", [("missing-key", 3)]),
        ("kommune: L\nudvalg: x\nmøde: tirsdage", [("bad-setting", 4)]),
        ("kommune: L\nudvalg: x\nfrist-før-møde: fem dage", [("bad-setting", 4)]),
        ("kommune: L\nudvalg: x\nfrist-før-møde: 5 timer", [("bad-setting", 4)]),
        ("kommune: L\nteam-raadgivning:", [("bad-setting", 3)]),
        ("kommune: L\nopbevaring: længe", [("bad-setting", 3)]),
        ("kommune: L\nopbevaring: 0 år", [("bad-setting", 3)]),
        ("kommune: L\nopbevaring:", [("bad-setting", 3)]),
        ("kommune: L\nteam: x", [("unknown-key", 3)]),
        ("kommune: L\nborgmester: x", [("unknown-key", 3)]),
        ("kommune: L\nkommune: M", [("front-matter-twice", 3)]),
        ("kommune: L\nhov", [("front-matter-line", 3)]),
    ],
)
def test_slips(lines: str, expected: list[tuple[str, int]]) -> None:
    assert found(lines) == expected


def test_a_page_that_is_no_settings_page() -> None:
    assert [f.code for f in read_settings(b"# Kommunen\n", PATH)[1]] == ["settings-front-matter"]
    assert [f.code for f in read_settings(b"\xff", PATH)[1]] == ["encoding"]
    assert [f.code for f in read_settings(b"", PATH)[1]] == ["empty-page"]


def test_the_example_has_its_committee_and_a_broken_page_costs_only_itself(tmp_path: Path) -> None:
    book = layer.apply(Handbook("serviceloven", {}), HERE / "eksempel_stevns")
    assert book.local is not None
    assert book.local.committee() == Committee("", "Forvisitationsudvalget", (1,), 5, "hverdage")
    (tmp_path / "kommune.md").write_text("x")
    assert layer.apply(Handbook("serviceloven", {}), tmp_path).local is None
    (tmp_path / "kommune.md").unlink()
    (tmp_path / "kommune.md").mkdir()
    assert [f.code for f in layer.apply(Handbook("serviceloven", {}), tmp_path).faults] == ["unreadable"]
