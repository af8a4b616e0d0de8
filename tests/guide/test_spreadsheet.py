"""The worked example from file to status, and what happens when the same or a corrected file comes again."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from guide.casework import Casework
from guide.cli import MISSING, OK, WRONG_CALL, main
from guide.spreadsheet import grouping
from guide.spreadsheet.mapping_file import mapping_of
from guide.spreadsheet.reading import Row
from guide.spreadsheet.terms import terms_of
from store.cases import Store
from store.database import open_store
from store.events import Event
from tests.guide.sheets import EXAMPLE, EXTRACT, NOW, desk, load, said, write_csv, write_xlsx

A_ROW = {"Sag": "S-1", "Født": "5-2011", "Hvem": "LH", "Modtaget": "4-2-2019", "Kl": "9.15", "Note": "uro i hjemmet"}
DECIDED = {**A_ROW, "Nr": "1", "Slags": "Aflastning", "Truffet": "3-10-2019", "Samtale": "4-10-2019", "Af": "SB"}

FOLLOW_UPS = """
[sag]
nummer = "Sag"
[[indsats]]
navn = "indsats"
hentet_foer = true
[[forloeb]]
procedure = "afgoerelse"
hentet_foer = true
[[forloeb]]
procedure = "opfoelgning"
noegle = "Nr"
tjener = { forloeb = "afgoerelse", noegle = "Nr" }
[[forloeb.trin]]
trin = "vurdering"
dato = "Dag"
for = { indsats = "indsats", noegle = "Nr" }
gentag = "Møde"
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "traad.db"))
    yield opened
    opened.close()


@pytest.fixture
def work(store: Store) -> Casework:
    return desk(store)


def call(db: Path, *more: str, file: Path = EXTRACT, code: int = OK) -> None:
    assert main(["import", str(file), "--map", str(EXAMPLE), "--db", str(db), "--today", "2020-04-01", *more]) == code


def status(db: Path, case: str, capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert main(["status", case, "--db", str(db), "--today", "2020-04-01", "--json"]) == OK
    return dict(json.loads(capsys.readouterr().out))


def states(answer: dict[str, list[dict[str, object]]]) -> dict[tuple[str, str], object]:
    return {(str(r["run"]), s["step"]): s["state"] for r in answer["runs"] for s in r["steps"]}  # type: ignore[attr-defined]


def of(work: Casework, step: str, case: str = "S-1") -> list[Event]:
    return [e for e in work.store.events(case) if e.step == step]


class TestTheExample:
    def test_import_then_status(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        db = tmp_path / "traad.db"
        call(db, "--dry-run")
        assert "ville blive skrevet" in capsys.readouterr().out
        call(db)
        found = status(db, "S-2019-102", capsys)
        kinds = {(f["step"], f["kind"]) for f in found["findings"]}
        assert ("holdt", "order") in kinds
        assert not {k for s, k in kinds if s in ("netvaerk", "udarbejdet", "vurdering")}  # before it was known from
        assert states(found)["underretning-1", "risikovurdering"] == "done"
        assert states(found)["boernesamtale-1", "holdt"] == "done with deficiency"
        assert states(status(db, "S-2019-103", capsys))["boernesamtale-1", "holdt"] == "left out"
        assert status(db, "S-2019-101", capsys)["findings"] == []

    def test_everything_counts_when_the_cases_are_known_from_the_start(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        db = tmp_path / "traad.db"
        call(db, "--known-from", "1-1-2019")
        steps = {f["step"] for f in status(db, "S-2019-102", capsys)["findings"]}
        assert {"holdt", "udarbejdet", "vurdering", "afsluttet"} <= steps

    def test_twice_changes_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        db, first, again = tmp_path / "traad.db", tmp_path / "a.csv", tmp_path / "b.csv"
        call(db)
        assert main(["export", str(first), "--db", str(db)]) == OK
        capsys.readouterr()
        call(db, "--json")
        answer = json.loads(capsys.readouterr().out)
        assert (answer["new"], answer["written"], answer["known"]) == (0, 0, answer["read"])
        assert main(["export", str(again), "--db", str(db)]) == OK
        assert first.read_bytes() == again.read_bytes()

    @pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
    def test_the_same_in_another_encoding_is_the_same(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
    ) -> None:
        db, other = tmp_path / "traad.db", tmp_path / "andet.csv"
        other.write_text(EXTRACT.read_text("utf-8"), encoding)
        call(db)
        capsys.readouterr()
        call(db, "--json", file=other)
        assert json.loads(capsys.readouterr().out)["new"] == 0

    def test_the_same_as_xlsx_with_real_days_is_the_same(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with EXTRACT.open(encoding="utf-8", newline="") as file:
            rows = [[as_excel(cell) for cell in row] for row in csv.reader(file, delimiter=";")]
        db, book = tmp_path / "traad.db", write_xlsx(tmp_path / "sager.xlsx", rows)
        call(db)
        capsys.readouterr()
        call(db, "--json", "--sheet", "Sager", file=book)
        answer = json.loads(capsys.readouterr().out)
        assert (answer["new"], answer["rows"], answer["cases"], answer["unused_columns"]) == (0, 6, 5, [])

    def test_the_same_with_rows_and_columns_in_another_order_is_the_same(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with EXTRACT.open(encoding="utf-8", newline="") as file:
            header, *rows = ([*reversed(row)] for row in csv.reader(file, delimiter=";"))
        db, other = tmp_path / "traad.db", tmp_path / "andet.csv"
        with other.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows([header, *reversed(rows)])
        call(db)
        capsys.readouterr()
        call(db, "--json", file=other)
        assert json.loads(capsys.readouterr().out)["new"] == 0

    def test_nothing_is_written_when_one_cell_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        db, wrong = tmp_path / "traad.db", tmp_path / "forkert.csv"
        text = (
            EXTRACT.read_text("utf-8").replace("Samtalen blev", "010203-1234 blev").replace("2024-05-10", "31-2-2024")
        )
        wrong.write_text(text, "utf-8")
        call(db, "--json", file=wrong, code=MISSING)
        out = capsys.readouterr().out
        answer = json.loads(out)
        assert [(r["row"], r["column"]) for r in answer["refused"]] == [
            (3, "Bemærkning"),
            (7, "Undersøgelse afsluttet"),
        ]
        assert "1234" not in out
        assert answer["written"] == 0
        capsys.readouterr()
        assert main(["cases", "--db", str(db), "--json"]) == OK
        assert json.loads(capsys.readouterr().out)["cases"] == []


def as_excel(cell: str) -> object:
    """A cell of the example as Excel would keep it: whole days, and days with an hour, as date cells."""
    for shape in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(cell, shape).date()
        except ValueError:
            pass
    try:
        return datetime.strptime(cell, "%d-%m-%Y %H:%M")
    except ValueError:
        return int(cell) if cell.isdigit() else cell


class TestCorrections:
    def test_a_corrected_cell_replaces_what_was_imported(self, work: Casework, tmp_path: Path) -> None:
        path = tmp_path / "sager.csv"
        load(work, write_csv(path, [DECIDED]))
        again = load(work, write_csv(path, [{**DECIDED, "Samtale": "2-10-2019", "Født": "6-2011"}]))
        assert (again.new, again.written) == (2, 2)
        first, second = of(work, "holdt")
        assert (second.replaces, second.day, second.run) == (first.id, date(2019, 10, 2), first.run)
        assert work.progress("S-1").case.born == "2011-06"
        back = load(work, write_csv(path, [DECIDED]))
        assert back.new == 2
        assert work.progress("S-1").case.runs["boernesamtale-1"].records["holdt"][0].day == date(2019, 10, 4)

    def test_an_emptied_cell_takes_nothing_back(self, work: Casework, tmp_path: Path) -> None:
        load(work, write_csv(tmp_path / "a.csv", [DECIDED]))
        assert load(work, write_csv(tmp_path / "b.csv", [{**DECIDED, "Samtale": "", "Af": ""}])).new == 0
        assert len(of(work, "holdt")) == 1

    def test_a_person_s_correction_stands_and_is_told(self, work: Casework, tmp_path: Path) -> None:
        load(work, write_csv(tmp_path / "a.csv", [DECIDED]))
        (imported,) = of(work, "holdt")
        work.undo("S-1", imported.id)
        assert load(work, write_csv(tmp_path / "a.csv", [DECIDED])).warnings == []
        changed = load(work, write_csv(tmp_path / "b.csv", [{**DECIDED, "Samtale": "1-10-2019"}]))
        assert changed.new == 0
        assert [(w.row, w.column) for w in changed.warnings] == [(2, "Samtale")]
        assert "holdt" not in work.progress("S-1").case.runs["boernesamtale-1"].records

    def test_more_rows_of_a_known_case_are_added_to_it(self, work: Casework, tmp_path: Path) -> None:
        load(work, write_csv(tmp_path / "a.csv", [DECIDED]))
        second = {**DECIDED, "Nr": "2", "Slags": "kontaktperson", "Truffet": "9-1-2020", "Samtale": "8-1-2020"}
        load(work, write_csv(tmp_path / "b.csv", [second]))
        case = work.progress("S-1").case
        assert case.runs["boernesamtale-2"].serves == "afgoerelse-2"
        assert {i.id: (i.kind, i.run) for i in case.items.values()} == {
            "m1": ("aflastning", "afgoerelse-1"),
            "m2": ("kontaktperson", "afgoerelse-2"),
        }
        assert len(of(work, "modtaget")) == 1

    def test_a_second_file_points_at_what_the_first_brought_in(self, work: Casework, tmp_path: Path) -> None:
        load(work, write_csv(tmp_path / "a.csv", [DECIDED, {**DECIDED, "Nr": "2", "Truffet": "9-1-2020"}]))
        rules = mapping_of(tomllib.loads(FOLLOW_UPS), terms_of(work.handbooks))
        path = tmp_path / "b.csv"
        path.write_text("Sag;Nr;Møde;Dag\nS-1;2;a;9-2-2020\nS-1;2;b;9-3-2020\n", "utf-8")
        assert load(work, path, rules).refused == []
        found = of(work, "vurdering")
        assert [(e.day, e.items) for e in found] == [(date(2020, 2, 9), ("m2",)), (date(2020, 3, 9), ("m2",))]
        assert work.progress("S-1").case.runs[found[0].run].serves == "afgoerelse-2"
        path.write_text("Sag;Nr;Møde;Dag\nS-1;3;a;9-2-2020\n", "utf-8")
        assert [(row, column) for row, column, _ in said(load(work, path, rules))] == [(2, "Nr"), (2, "Nr")]

    def test_a_new_caseworker_takes_over_today_not_in_the_past(self, work: Casework, tmp_path: Path) -> None:
        load(work, write_csv(tmp_path / "a.csv", [A_ROW]))
        told = load(work, write_csv(tmp_path / "b.csv", [{**A_ROW, "Hvem": "MK"}]))
        held = [(a.staff, a.start) for a in work.progress("S-1").case.assignments]
        assert held == [("LH", date(2019, 1, 1)), ("MK", NOW.date())]
        assert [w.column for w in told.warnings] == ["Hvem"]
        assert load(work, write_csv(tmp_path / "b.csv", [{**A_ROW, "Hvem": "MK"}])).new == 0

    def test_a_case_made_by_hand_is_kept_as_it_is(self, work: Casework, tmp_path: Path) -> None:
        work.new_case("S-1", "2010-11", caseworker="LH", known_from=date(2020, 1, 1))
        told = load(work, write_csv(tmp_path / "a.csv", [DECIDED]))
        case = work.progress("S-1").case
        assert (case.born, case.known_from) == ("2010-11", date(2020, 1, 1))
        assert "afgoerelse-1" in case.runs
        assert len(told.warnings) == 1

    def test_a_withdrawn_case_stays_withdrawn(self, work: Casework, tmp_path: Path) -> None:
        load(work, write_csv(tmp_path / "a.csv", [A_ROW]))
        first = work.store.events("S-1")[0]
        work.store.append([Event("", "case", "S-1", value={"status": "withdrawn"}, by="LH", replaces=first.id)])
        told = load(work, write_csv(tmp_path / "b.csv", [DECIDED]))
        assert (told.new, len(told.warnings)) == (0, 1)


class TestWholeFile:
    def test_rows_of_one_case_may_lie_far_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = [(f"S-{n % 7}", Row(n, [str(n), None, date(2020, 1, 1)])) for n in range(70)]
        whole = dict(grouping.by_case(rows))
        assert dict(grouping.by_case(rows, in_memory=10)) == whole
        assert [row.number for row in whole["S-3"]] == list(range(3, 70, 7))

    def test_progress_grows_to_the_end(self, work: Casework, tmp_path: Path) -> None:
        told: list[float] = []
        rows = [{**DECIDED, "Sag": f"S-{n}"} for n in range(1200)]
        path = write_csv(tmp_path / "a.csv", rows)
        out = load(work, path, progress=lambda done, whole: told.append(done / whole))
        assert out.cases == 1200
        assert told == sorted(told)
        assert told[-1] == 1
        assert len(told) > 3

    def test_rows_that_contradict_each_other_are_refused(self, work: Casework, tmp_path: Path) -> None:
        rows = [DECIDED, {**A_ROW, "Note": "noget andet", "Født": "6-2011"}]
        out = load(work, write_csv(tmp_path / "a.csv", rows))
        assert [(row, column) for row, column, _ in said(out)] == [(3, "Født"), (3, "Modtaget")]
        assert all("række 2" in text for _, _, text in said(out))
        assert (out.written, work.store.case_ids()) == (0, [])


def test_a_spreadsheet_without_a_mapping_is_told_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", [["Sag"]])
    assert main(["import", str(book), "--db", str(tmp_path / "t.db")]) == WRONG_CALL
    assert "--map" in capsys.readouterr().err
