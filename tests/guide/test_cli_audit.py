"""``traad audit`` on the fictional cases: text, JSON, and CSV, XLSX and HTML read back; what it refuses by person."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from guide.cli import MISSING, OK, WRONG_CALL, main
from guide.commands import audit_command
from guide.documents.audit_files import guarded

PERIOD = ("--from", "2019-02-17", "--to", "2020-02-17")
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    assert main(["demo", "--no-open", "--db", path]) == OK
    return path


@pytest.fixture
def ask(demo: str, capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*call: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["audit", *PERIOD, *call, "--db", demo, "--today", "2020-02-17", "--json"]) == OK
        return dict(json.loads(capsys.readouterr().out))

    return run


@pytest.fixture
def told(demo: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*call: str, code: int = OK) -> str:
        capsys.readouterr()
        assert main(["audit", *call, "--db", demo, "--today", "2020-02-17"]) == code
        printed = capsys.readouterr()
        return printed.out if code == OK else printed.err

    return run


def numbers(answer: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {m["code"]: (m["deficient"], m["relevant"]) for m in answer["measures"]}


class TestJson:
    def test_keys_and_numbers_are_as_documented(self, ask: Ask) -> None:
        answer = ask()
        assert list(answer)[:3] == ["schema", "as_of", "handbook"]
        assert (answer["from"], answer["to"]) == ("2019-02-17", "2020-02-17")
        assert set(answer) >= {"rules", "measures", "types", "ages", "caveat", "outside"}
        measure = next(m for m in answer["measures"] if m["code"] == "child-talk")
        assert (measure["theme"], measure["basis"], measure["clause"]) == ("Inddragelse", "lov", "SEL § 48, stk. 1-2")
        assert (measure["deficient"], measure["relevant"]) == (6, 11)
        keys = {"case", "relevant", "deficient", "code", "reason", "law", "records", "dates"}
        assert set(measure["cases"][0]) == keys

    def test_the_lists_add_up_to_the_numbers(self, ask: Ask) -> None:
        answer = ask()
        for measure in answer["measures"]:
            assert len(measure["cases"]) == 20
            assert sum(c["relevant"] for c in measure["cases"]) == measure["relevant"]
            assert sum(c["deficient"] for c in measure["cases"]) == measure["deficient"]
            assert all(c["relevant"] or not c["deficient"] for c in measure["cases"])
            assert all(c["reason"] for c in measure["cases"])
        assert sum(t["cases"] for t in answer["types"]) == sum(a["cases"] for a in answer["ages"]) == 20

    def test_a_team_is_a_part_of_the_whole(self, ask: Ask) -> None:
        early = ask("--team", "forebyggelse")
        assert [c["case"] for c in early["measures"][0]["cases"]] == ["E1", "E2", "E3"]
        assert early["team"] == "forebyggelse"
        assert numbers(early)["support-basis"] == (0, 3)

    def test_a_law_nobody_was_judged_under_leaves_an_empty_table(self, ask: Ask) -> None:
        answer = ask("--law", "bl")
        assert {m["relevant"] for m in answer["measures"]} == {0}

    def test_the_knowledge_rule_is_another_rule(self, ask: Ask) -> None:
        assert ask()["rules"] != ask("--from-knowledge")["rules"]
        assert numbers(ask())["investigation-late"] == numbers(ask("--from-knowledge"))["investigation-late"]


class TestText:
    def test_the_published_table_stands_first_and_an_empty_m_is_words(self, told: Callable[..., str]) -> None:
        out = told("--from", "17/2-2019", "--to", "17. feb 2020")
        lines = [" ".join(line.split()) for line in out.splitlines()]
        assert "§ 48-børnesamtale ikke opfyldt 6 af 11" in lines
        assert "3-måneders opfølgning ikke overholdt ikke relevant" in lines
        assert "0 af 0" not in out
        assert lines.index("personrettet tilsyn ikke overholdt 1 af 3") < lines.index("Lovmedholdelighed")
        assert "8-14 år 6" in lines
        assert "Tabellen bygger på 20 sager" in out

    def test_lists_show_who_and_why(self, told: Callable[..., str]) -> None:
        out = " ".join(told(*PERIOD, "--lists").split())
        assert "D5: samtalen er holdt 10. okt. 2019, efter afgørelsen 9. okt. 2019" in out
        assert "D1: samtalen er undladt: barnets modenhed (2 år)" in out
        assert "sager af en anden type, som målet ikke tæller: E1, E2, E3, O1, O2, O3" in out

    def test_an_empty_period_says_so(self, told: Callable[..., str]) -> None:
        out = told("--from", "2010-01-01", "--to", "2010-12-31")
        assert "Tabellen bygger på 0 sager" in out
        assert "Ikke med" in out

    @pytest.mark.parametrize(
        ("call", "said"),
        [
            (("--from", "2020-02-17", "--to", "2019-02-17"), "ligger efter"),
            (("--from", "i overmorges", "--to", "2020-02-17"), "--from"),
            (("--to", "2020-02-17"), "mangler"),
            ((*PERIOD, "--law", "sol"), "sol"),
            ((*PERIOD, "--compare", "a", "b", "c"), "--compare"),
        ],
    )
    def test_a_wrong_call_is_told_in_danish(self, told: Callable[..., str], call: tuple[str, ...], said: str) -> None:
        assert said in told(*call, code=WRONG_CALL)


class TestByPerson:
    def test_the_view_says_what_it_is_for(self, told: Callable[..., str], ask: Ask) -> None:
        out = told(*PERIOD, "--caseworker", "LH")
        assert out.startswith("Kun LHs egne sager, til samtalen om dem.")
        assert {c["case"] for c in ask("--caseworker", "LH")["measures"][0]["cases"]} == {"D1", "D5", "D9", "D13", "E3"}

    @pytest.mark.parametrize("option", ["--csv", "--xlsx", "--html"])
    def test_no_file_by_person(self, told: Callable[..., str], tmp_path: Path, option: str) -> None:
        target = tmp_path / "ud"
        assert "én sagsbehandlers sager" in told(*PERIOD, "--caseworker", "LH", option, str(target), code=WRONG_CALL)
        assert not target.exists()

    def test_no_trend_by_person(
        self, told: Callable[..., str], demo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        told(*PERIOD, "--caseworker", "LH", "--compare", "2018-02-17", "2019-02-16", code=WRONG_CALL)
        capsys.readouterr()
        main(["audit", *PERIOD, "--caseworker", "LH", "--json", "--db", demo, "--today", "2020-02-17"])
        saved = tmp_path / "lh.json"
        saved.write_text(capsys.readouterr().out, encoding="utf-8")
        assert "efter person" in told(*PERIOD, "--compare", str(saved), code=WRONG_CALL)

    def test_nobody_is_named_in_the_whole(self, ask: Ask) -> None:
        answer = json.dumps(ask(), ensure_ascii=False)
        assert not any(f'"{staff}"' in answer for staff in ("LH", "MK", "AS", "PB", "TF"))


class TestFiles:
    def test_csv_read_back(self, told: Callable[..., str], tmp_path: Path) -> None:
        target = tmp_path / "tabel.csv"
        assert str(target) in told(*PERIOD, "--csv", str(target))
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")
        with target.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter=";"))
        found = {row["kode"]: row for row in rows}
        assert (found["child-talk"]["mangler"], found["child-talk"]["relevante"]) == ("6", "11")
        assert (found["followup-3-months"]["mangler"], found["followup-3-months"]["relevante"]) == (
            "ikke relevant",
            "0",
        )
        assert found["child-talk"]["sager holdt ude"].startswith("D1, D2, D3, E1")

    def test_xlsx_read_back(self, told: Callable[..., str], tmp_path: Path) -> None:
        target = tmp_path / "tabel.xlsx"
        told(*PERIOD, "--xlsx", str(target))
        book = CalamineWorkbook.from_path(str(target))
        assert book.sheet_names == ["Tabel", "Sager", "Typer og aldre", "Årsager", "Om tallene"]
        table = book.get_sheet_by_name("Tabel").to_python()
        row = next(r for r in table if r[4] == "investigation-late")
        assert (row[2], row[3]) == (5, 7)
        cases = book.get_sheet_by_name("Sager").to_python()
        assert sum(r[0] == "child-talk" and r[3] == "mangler" for r in cases) == 6
        assert any("medarbejderne" in str(r[0]) for r in book.get_sheet_by_name("Om tallene").to_python())

    def test_html_fetches_nothing_and_holds_every_number(self, told: Callable[..., str], tmp_path: Path) -> None:
        target = tmp_path / "tabel.html"
        told(*PERIOD, "--html", str(target))
        page = Page()
        page.feed(target.read_text(encoding="utf-8"))
        assert page.open_tags == []
        assert not page.tags & {"script", "img", "link", "iframe", "object", "base", "form"}
        assert not page.attributes & {"src", "href", "srcset", "onclick", "action"}
        text = " ".join("".join(page.text).split())
        assert "D1 samtalen er undladt" in text
        for said in ("6 af 11", "ikke relevant", "holdt ude (3)", "kontaktperson (SEL § 52, stk. 3, nr. 6)"):
            assert said in text

    def test_a_folder_that_is_not_there_is_told(self, told: Callable[..., str], tmp_path: Path) -> None:
        for option in ("--csv", "--xlsx", "--html"):
            said = told(*PERIOD, option, str(tmp_path / "mangler" / "ud"), code=MISSING)
            assert "findes ikke" in said


class Page(HTMLParser):
    """Collects what a page is made of, and complains of tags left open."""

    EMPTY = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.open_tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.EMPTY:
            self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data + " ")


LOG = """id;kind;case;run;procedure;step;items;time;value;by;note;recorded;replaces;version
a;case;=1+1;;;;;2019-01-01;{"born":"2012-03","known_from":"2019-01-01","team":"<b>A&B</b>"};LH;;2019-01-01T09:00+01:00;;
b;run;=1+1;tidlig-indsats-1;tidlig-indsats;;;2019-03-01;;LH;;2019-03-01T09:00+01:00;;
c;record;=1+1;tidlig-indsats-1;tidlig-indsats;tilbud;;2019-03-01;"{""valg"":""konsulentbistand""}";LH;;2019-03-01T09:00+01:00;;
d;run;=1+1;sagsgennemgang-1;sagsgennemgang;;;2019-12-01;;LH;;2019-12-01T09:00+01:00;;
e;record;=1+1;sagsgennemgang-1;sagsgennemgang;stoettegrundlag;;2019-12-01;"{""valg"":""utilstraekkelig"",""begrundelse"":""<script>alert(1)</script> & 'x'""}";LH;;2019-12-01T09:00+01:00;;
"""  # noqa: E501


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A case whose number is a formula and whose words are markup."""
    log, db = tmp_path / "log.csv", str(tmp_path / "egen.db")
    log.write_text(LOG, encoding="utf-8")
    assert main(["import", str(log), "--db", db]) == OK
    return db


class TestHostileWords:
    CALL = ("audit", "--from", "2019-01-01", "--to", "2019-12-31")

    def test_a_spreadsheet_is_not_made_to_run_anything(self, hostile: str, tmp_path: Path) -> None:
        sheet, table = tmp_path / "t.xlsx", tmp_path / "t.csv"
        assert main([*self.CALL, "--db", hostile, "--csv", str(table), "--xlsx", str(sheet)]) == OK
        with table.open(encoding="utf-8-sig", newline="") as lines:
            cells = [cell for row in csv.reader(lines, delimiter=";") for cell in row]
        assert "'=1+1" in cells
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
        cases = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_name("Sager").to_python()
        assert any(row[2] == "'=1+1" for row in cases)

    def test_a_page_is_not_made_to_run_anything(self, hostile: str, tmp_path: Path) -> None:
        target = tmp_path / "t.html"
        assert main([*self.CALL, "--db", hostile, "--html", str(target), "--team", "<b>A&B</b>"]) == OK
        page = Page()
        page.feed(target.read_text(encoding="utf-8"))
        assert not page.tags & {"script", "b"}
        assert "<script>alert(1)</script> & 'x'" in " ".join("".join(page.text).split())

    @pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", " =1"])
    def test_which_cells_are_guarded(self, cell: str) -> None:
        assert guarded(cell) == f"'{cell}"
        assert (guarded("D1"), guarded(-1)) == ("D1", -1)


class TestCompare:
    def test_two_periods_side_by_side(self, told: Callable[..., str], ask: Ask) -> None:
        out = told(*PERIOD, "--compare", "2018-02-17", "2019-02-16")
        assert "To runder side om side" in out
        answer = ask("--compare", "2018-02-17", "2019-02-16")["compare"]
        assert answer["same_rules"] is True
        row = next(m for m in answer["measures"] if m["code"] == "child-talk")
        assert row["later"] == {"relevant": 11, "deficient": 6}

    def test_a_saved_round_counted_by_other_rules_says_so(
        self, told: Callable[..., str], demo: str, tmp_path: Path
    ) -> None:
        saved = tmp_path / "2017.json"
        measures = [{"code": "child-talk", "name": "§ 48", "deficient": 11, "relevant": 17}]
        saved.write_text(json.dumps({"from": "2016-01-01", "to": "2016-12-31", "rules": "x", "measures": measures}))
        out = told(*PERIOD, "--compare", str(saved))
        assert "11 af 17" in " ".join(out.split())
        assert "Reglerne er ikke de samme" in out

    @pytest.mark.parametrize("content", ["[]", "{", '{"from": "2019-01-01"}', '{"from": 1, "to": 2, "measures": []}'])
    def test_a_file_that_is_no_saved_round_is_refused(
        self, told: Callable[..., str], tmp_path: Path, content: str
    ) -> None:
        saved = tmp_path / "andet.json"
        saved.write_text(content, encoding="utf-8")
        assert "--compare" in told(*PERIOD, "--compare", str(saved), code=WRONG_CALL)

    def test_a_file_that_is_not_there(self, told: Callable[..., str], tmp_path: Path) -> None:
        assert "findes ikke" in told(*PERIOD, "--compare", str(tmp_path / "x.json"), code=MISSING)


def test_cases_are_read_a_part_at_a_time(demo: str, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = numbers(ask())
    monkeypatch.setattr(audit_command, "_AT_A_TIME", 3)
    assert numbers(ask()) == whole
