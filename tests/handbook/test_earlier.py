"""Earlier versions of a page: kept beside the current one, read when asked for, and never in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.check import check
from handbook.load import drafts, load
from handbook.model import Handbook

GOOD = (Path(__file__).parent / "prove.md").read_text(encoding="utf-8")


def edition(folder: Path, **kept: str) -> Path:
    """``prove_1="..."`` is written as ``tidligere/prove@1.md``."""
    (folder / "prove.md").write_text(GOOD.replace("version: 2", "version: 3"), encoding="utf-8")
    (folder / "tidligere").mkdir()
    for name, text in kept.items():
        (folder / "tidligere" / (name.replace("_", "@") + ".md")).write_text(text, encoding="utf-8")
    return folder


def version(number: int) -> str:
    return GOOD.replace("version: 2", f"version: {number}").replace("titel: Prøve", f"titel: Prøve {number}")


def test_each_version_is_the_page_as_it_was(tmp_path: Path) -> None:
    book = load(edition(tmp_path, prove_1=version(1), prove_2=version(2)), "serviceloven")
    assert book.faults == ()
    assert set(book.earlier) == {("prove", 1), ("prove", 2)}
    assert len(book.earlier) == 2
    assert book.earlier["prove", 1].title == "Prøve 1"
    titles = [page.title for n in (1, 2, 3) if (page := book.page("prove", n))]
    assert titles == ["Prøve 1", "Prøve 2", "Prøve"]
    assert book.page("prove", 4) is None
    assert book.page("andet", 1) is None
    assert book.earlier["prove", 1].edition == "serviceloven@1"


def test_without_the_folder_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "prove.md").write_text(GOOD, encoding="utf-8")
    assert dict(load(tmp_path, "serviceloven").earlier) == {}
    assert dict(Handbook("serviceloven", {}).earlier) == {}


def test_loading_reads_no_earlier_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = edition(tmp_path, prove_1=version(1))
    book = load(folder, "serviceloven")
    (folder / "tidligere" / "prove@1.md").write_text(version(1).replace("Prøve 1", "Rettet"), encoding="utf-8")
    assert book.earlier["prove", 1].title == "Rettet"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("prove_3", version(3), ("earlier-version", 1)),
        ("prove_9", version(9), ("earlier-version", 1)),
        ("prove", version(1), ("earlier-name", 1)),
        ("prove_0", version(1), ("earlier-name", 1)),
        ("prove_01", version(1), ("earlier-name", 1)),
        ("Prøve_1", version(1), ("earlier-name", 1)),
        ("prove_1", version(2), ("id-not-file-name", 2)),
        ("anden_1", version(1), ("id-not-file-name", 2)),
        ("prove_1", version(1).replace("lov: serviceloven", "lov: barnets_lov"), ("wrong-edition", 4)),
        ("prove_1", "x", ("front-matter", 1)),
        ("prove_1", version(1).replace("24 timer", "snart"), ("unknown-deadline", 27)),
    ],
)
def test_a_file_that_does_not_fit_is_a_fault_and_not_there(
    tmp_path: Path, name: str, text: str, expected: tuple[str, int]
) -> None:
    folder = edition(tmp_path, **{name: text})
    faults = check(drafts(folder, "serviceloven"))
    assert [(f.code, f.line) for f in faults] == [expected]
    assert Path(faults[0].file).parent.name == "tidligere"
    book = load(folder, "serviceloven")
    assert dict(book.earlier) == {}
    assert book.procedures["prove"].version == 3
