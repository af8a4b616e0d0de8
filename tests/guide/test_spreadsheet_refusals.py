"""What a spreadsheet may not hold: every refusal with its row, its column and a reason; and never half of a file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.casework import Casework
from guide.spreadsheet.mapping_file import MappingFault
from guide.spreadsheet.reading import FileFault
from store.database import open_store
from tests.guide.sheets import HEADER, desk, load, said, small, write_csv, write_xlsx

GOOD = {
    "Sag": "S-1", "Født": "5-2011", "Hvem": "LH", "Modtaget": "4-2-2019", "Trivsel": "3", "Nr": "1",
    "Slags": "Aflastning", "Truffet": "3-10-2019", "Samtale": "4-10-2019", "Af": "SB",
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casework]:
    """A desk on an empty database that every test leaves empty."""
    store = open_store(str(tmp_path_factory.mktemp("db") / "traad.db"))
    yield desk(store)
    assert store.case_ids() == []
    store.close()


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Modtaget", "4/2", "mangler et årstal"),
        ("Modtaget", "31-2-2019", "findes ikke"),
        ("Modtaget", "snart", "kan jeg ikke læse som en dag"),
        ("Kl", "25.10", "klokkeslæt"),
        ("Født", "for længe siden", "fødselsdag"),
        ("Hvem", "Lone fra nord", "ikke initialer"),
        ("Note", "cpr 010203-1234", "CPR-nummer"),
        ("Note", "102031234", "ni cifre"),
        ("Trivsel", "7", "1 til 5"),
        ("Trivsel", "god", "ikke et tal"),
        ("Slags", "Aflastningg", 'Mente du "aflastning"?'),
        ("Af", "En eller anden", "ukendt svar"),
        ("Nr", "", "er tom, men rækken har"),
        ("Sag", "", "sagsnummeret mangler"),
        ("Sag", "0102031234", "CPR-nummer"),
    ],
)
def test_a_cell_that_cannot_be_read(shared: Casework, tmp_path: Path, column: str, cell: str, reason: str) -> None:
    out = load(shared, write_csv(tmp_path / "a.csv", [{**GOOD, "Sag": "S-0"}, {**GOOD, column: cell}]))
    assert (3, column) in [(row, name) for row, name, _ in said(out)]
    assert any(reason in text for _, _, text in said(out)), said(out)
    assert not any("1234" in text for _, _, text in said(out))
    assert out.written == 0


def test_what_only_looks_odd_is_told_and_taken(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "t.db"))
    rows = [{**GOOD, "Samtale": "1-1-2021"}, {**GOOD, "Sag": "S-2", "Samtale": ""}, {**GOOD, "Sag": "201901234"}]
    out = load(desk(store), write_csv(tmp_path / "a.csv", rows))
    assert out.refused == []
    assert [(w.row, w.column) for w in out.warnings] == [(2, "Samtale"), (3, "Af"), (4, "Sag")]
    assert len(store.case_ids()) == 3
    store.close()


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ("S-1;en;for;mange;{rest}", 2, "celler"),
        ("S-1;kort", 2, "celler"),
        ('S-1;"aldrig lukket;{rest}', 2, "anførselstegn"),
        ("\n\n;;;;;;;;;;;\nS-1;5-2011;LH;4-2-19x;;;;;;;;", 5, "kan jeg ikke læse"),
    ],
)
def test_a_row_that_cannot_be_read(shared: Casework, tmp_path: Path, text: str, row: int, reason: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(";".join(HEADER) + "\n" + text.format(rest=";" * 12) + "\n", "utf-8")
    out = load(shared, path)
    assert [(number, reason in why) for number, _, why in said(out)] == [(row, True)]


def test_headings_that_do_not_fit(shared: Casework, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for heading, reason in ((("Sag", "Sag", *HEADER[1:]), "2 gange"), (("Sagsnr", *HEADER[1:]), 'kolonne "Sag"')):
        path.write_text(";".join(heading) + "\nS-1\n", "utf-8")
        with pytest.raises(MappingFault, match=reason):
            load(shared, path)
    for content in (b"", b"\n\n", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04junk", b"\x00" * 50):
        path.write_bytes(content)
        with pytest.raises((FileFault, MappingFault)):
            load(shared, path)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_quoted_line_ends_extra_columns_and_separators(tmp_path: Path, separator: str) -> None:
    store = open_store(str(tmp_path / "t.db"))
    path = write_csv(tmp_path / "a.csv", [{**GOOD, "Note": 'linje 1\nlinje 2; "citat", slut'}], separator=separator)
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join([f"{lines[0]}{separator}Andet{separator}", *lines[1:-1], f"{lines[-1]}{separator}x{separator}"])
    )
    out = load(desk(store), path)
    assert (said(out), out.unused) == ([], ["Andet"])
    (event,) = [e for e in store.events("S-1") if e.step == "modtaget"]
    assert event.value == {"bekymring": 'linje 1\nlinje 2; "citat", slut'}
    store.close()


class TestXlsx:
    def rows(self, **cells: Any) -> list[list[Any]]:
        row = {**GOOD, "Modtaget": datetime(2019, 2, 4, 9, 15), "Truffet": date(2019, 10, 3), **cells}
        return [list(HEADER), [row.get(name) for name in HEADER]]

    def test_real_days_hours_and_a_heading_further_down(self, tmp_path: Path) -> None:
        store = open_store(str(tmp_path / "t.db"))
        rows = [[None, "Udtræk"], [], *([None, *row] for row in self.rows(Sag=4711))]
        rules = small()
        rules = replace(rules, file=replace(rules.file, header=3))
        out = load(desk(store), write_xlsx(tmp_path / "a.xlsx", rows), rules, sheet="Sager")
        assert said(out) == []
        steps = {e.step: (e.day, e.at) for e in store.events("4711") if e.step}
        assert steps["modtaget"] == (date(2019, 2, 4), datetime(2019, 2, 4, 8, 15, tzinfo=UTC))
        assert steps["truffet"] == (date(2019, 10, 3), None)
        store.close()

    def test_cells_that_would_pass_for_empty_are_refused(self, shared: Casework, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "a.xlsx", self.rows(Truffet="=1/0", Samtale="=TODAY()", Note='=""'))
        sheet = "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        text = parts[sheet].decode()
        text = text.replace("<f>1/0</f><v>0</v>", "<f>1/0</f><v>#DIV/0!</v>").replace('r="J2"', 'r="J2" t="e"')
        text = text.replace("<f>TODAY()</f><v>0</v>", "<f>TODAY()</f><v></v>")
        with zipfile.ZipFile(path, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, text if name == sheet else content)
        out = load(shared, path)
        assert [(row, column) for row, column, _ in said(out)] == [(2, "Samtale"), (2, "Truffet")]

    def test_merged_cells(self, shared: Casework, tmp_path: Path) -> None:
        with pytest.raises(FileFault, match="flettede"):
            load(shared, write_xlsx(tmp_path / "a.xlsx", self.rows(), merged="B1:C1"))
        out = load(shared, write_xlsx(tmp_path / "b.xlsx", [*self.rows(), *self.rows()[1:]], merged="A2:A3"))
        assert {(row, column) for row, column, _ in said(out)} == {(2, "Sag"), (3, "Sag")}

    def test_a_sheet_that_is_not_there(self, shared: Casework, tmp_path: Path) -> None:
        with pytest.raises(FileFault, match='Mente du "Sager"'):
            load(shared, write_xlsx(tmp_path / "a.xlsx", self.rows()), sheet="Sagerne")


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "S-1",
            "S-2",
            "4-2-2019",
            "43500",
            "x",
            "ja",
            "LH",
            "1",
            "3",
            "Aflastning",
            "SB",
            "9.15",
            "5-2011",
            "010203-1234",
        ]
    ),
)


@pytest.fixture(scope="module")
def filling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casework]:
    """A desk on a database that fills up from one example to the next."""
    store = open_store(str(tmp_path_factory.mktemp("db") / "fyldt.db"))
    yield desk(store)
    assert store.verify() == []
    store.close()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=12, max_size=12), max_size=4), data=st.binary(max_size=40))
def test_any_table_is_taken_whole_or_refused_whole(
    filling: Casework, tmp_path: Path, rows: list[list[str]], data: bytes
) -> None:
    path = write_csv(tmp_path / "a.csv", [dict(zip(HEADER, row, strict=True)) for row in rows], "utf-8-sig")
    with path.open("ab") as out:
        out.write(data)
    before = filling.store.version()
    try:
        done = load(filling, path)
    except (FileFault, MappingFault):
        assert filling.store.version() == before
        return
    assert all(one.text and "\n" not in one.text for one in (*done.refused, *done.warnings))
    assert filling.store.version() == before + done.written
    assert done.written == (0 if done.refused else done.new)
    assert done.refused or load(filling, path).new == 0


COLUMNS = {
    "Sag": ["S-1", "S-2", "S-3"], "Født": ["", "5-2011", "6-2011"], "Hvem": ["", "LH", "MK"], "Kl": ["", "9.15", "14"],
    "Modtaget": ["", "4-2-2019", "43500", "5/2-2019"], "Note": ["", "uro", "stille"], "Trivsel": ["", "2"],
    "Nr": ["1", "2"], "Slags": ["", "Aflastning", "anbringelse"], "Truffet": ["", "3-10-2019", "9-10-2019"],
    "Samtale": ["", "4-10-2019", "1-10-2019"], "Af": ["", "SB"],
}  # fmt: skip
TABLE = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in COLUMNS.items()}), max_size=3)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLE)
def test_a_good_table_after_any_other_stands_and_twice_changes_nothing(
    filling: Casework, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    path = write_csv(tmp_path / "a.csv", rows)
    before = filling.store.version()
    done = load(filling, path)
    assert filling.store.version() == before + done.written
    if not done.refused:
        assert load(filling, path).new == 0
        for row in rows:
            runs = filling.progress(row["Sag"]).case.runs
            live = {r.day for run in runs.values() for r in run.records.get("modtaget", ())}
            assert not row["Modtaget"] or live == {DAYS[row["Modtaget"]]}


DAYS = {"4-2-2019": date(2019, 2, 4), "43500": date(2019, 2, 4), "5/2-2019": date(2019, 2, 5)}
