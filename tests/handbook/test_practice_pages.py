"""A practice page a consultant has written: read whole, and every fault with its line and what mends it."""

from pathlib import Path

import pytest

from handbook.load import bundled
from handbook.practice_load import HERE, faults_in, load, program
from handbook.practice_read import read

BOOKS = {"serviceloven": bundled("serviceloven"), "barnets_lov": bundled("barnets_lov")}
FRIDAY = (HERE / "fredag.md").read_text("utf-8")


def found(text: str) -> list[tuple[int, str]]:
    made = read(text.encode(), Path("fredag.md"))
    faults = made.faults or faults_in(made.page, BOOKS)  # type: ignore[arg-type]
    assert all(f.text and f.mend for f in faults)
    return [(f.line, f.code) for f in faults]


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_bundled_pages_are_in_order() -> None:
    assert load(BOOKS).faults == ()
    assert found(FRIDAY) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("født: 2010-11", "født: november", "practice-born"),
        ("minutter: 15", "minutter: et kvarter", "practice-minutes"),
        ("træner:", "øver:", "practice-key"),
        ("titel: Under", "titel Under", "practice-front-line"),
        ("id: fredag", "id: lørdag", "practice-id"),
        ("- **Dag:** 8/2-2020 kl. 17.00", "- **Dag:** lørdag", "practice-day"),
        ("- **Dag:** 18/2-2020", "- **Dag:** 1/2-2020", "practice-day-order"),
        ("| underretning-1 | modtaget |  |", "| underretning-1 | modtaget |", "practice-cells"),
        ("| underretning-1 | modtaget", "| underretning | modtaget", "practice-run"),
        ("| underretning-1 | modtaget", "| undertning-1 | modtaget", "practice-page"),
        ("| underretning-1 | modtaget", "| underretning-1 | modtagt", "practice-step"),
        ("| underretter |  | fagperson", "| underretter |  | fagmand", "practice-choice"),
        ("er noteret senest 8/2", "er lavet senest 8/2", "practice-when"),
        ("- **Vej:** omvej", "- **Vej:** forkert", "practice-way"),
        ("- **Vej:** omvej", "- **Sti:** omvej", "practice-line"),
        ("#kvittering) er noteret", "#kvitering) er noteret", "practice-step"),
        ("## Facit", "## Svar", "practice-section"),
        ("#overgreb/ja)", "#overgreb/jo)", "practice-choice"),
    ],
)
def test_a_fault_says_where_and_what_mends_it(old: str, new: str, code: str) -> None:
    text = FRIDAY.replace(old, new, 1)
    assert text != FRIDAY
    faults = found(text)
    assert code in [one for _, one in faults]
    if code not in ("practice-section", "practice-day-order"):
        assert line_of(text, new) in [line for line, one in faults if one == code]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"---\n---\n", b"# kun tekst\n"])
def test_nothing_a_page_holds_makes_the_reader_raise(data: bytes) -> None:
    assert read(data, Path("x.md")).faults


def test_a_municipality_lays_its_own_over(tmp_path: Path) -> None:
    (tmp_path / "practice").mkdir()
    own = FRIDAY.replace("titel: Underretningen fredag eftermiddag", "titel: Fredag hos os")
    (tmp_path / "practice" / "fredag.md").write_text(own, "utf-8")
    (tmp_path / "practice" / "program.md").write_text("# Hos os", "utf-8")
    page = load(BOOKS, tmp_path).page("fredag")
    assert page is not None
    assert page.title == "Fredag hos os"
    assert program(tmp_path) == "# Hos os"
    assert "De første uger" in program()
