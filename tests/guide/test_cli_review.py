"""``traad review`` on the fictional cases: draw, review, letters, repair, look again, trend; and what it refuses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from guide.cli import MISSING, OK, WRONG_CALL, main
from tools.build_templates import build

Do = Callable[..., str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert main(["demo", "--no-open", "--db", str(path)]) == OK
    return path


@pytest.fixture
def db(demo: Path, tmp_path: Path) -> str:
    return str(shutil.copy(demo, tmp_path / "traad.db"))


@pytest.fixture
def do(db: str, capsys: pytest.CaptureFixture[str]) -> Do:
    """One call of the command as of the demo's day, written by FL; gives what was printed."""

    def run(*call: str, code: int = OK, today: str = "2020-02-17", by: str = "FL") -> str:
        capsys.readouterr()
        assert main(["review", "--db", db, "--today", today, "--by", by, *call]) == code
        printed = capsys.readouterr()
        return printed.out if code == OK else printed.err

    return run


def ask(do: Do, *call: str, **given: str) -> dict[str, Any]:
    return dict(json.loads(do(*call, "--json", **given)))


def cases(do: Do, round_id: str = "tilsyn-1", today: str = "2020-03-31") -> dict[str, list[str]]:
    """Caseworker -> the cases that are part of the round."""
    found: dict[str, list[str]] = {}
    for case in ask(do, "show", round_id, today=today)["cases"]:
        if case["replaced"] is None:
            found.setdefault(case["caseworker"], []).append(case["case"])
    return found


class TestDraw:
    def test_three_of_each_and_the_same_seed_gives_the_same(self, do: Do, demo: Path, tmp_path: Path) -> None:
        do("draw", "--seed", "stevns")
        first = ask(do, "show")
        assert {staff: len(of) for staff, of in cases(do).items()} == {"AS": 3, "LH": 3, "MK": 3, "PB": 3}
        assert main(["export", str(tmp_path / "log.csv"), "--db", str(demo)]) == OK
        header, *rows = (tmp_path / "log.csv").read_text("utf-8").splitlines()
        (tmp_path / "turned.csv").write_text("\n".join([header, *reversed(rows)]), "utf-8")
        again = str(tmp_path / "again.db")
        assert main(["import", str(tmp_path / "turned.csv"), "--db", again]) == OK
        do("draw", "--seed", "stevns", "--db", again)
        assert ask(do, "show", "--db", again) == first
        assert first["seed"] == "stevns"
        assert (first["from"], first["to"], first["months"]) == ("2019-02-17", "2020-02-17", 12)

    def test_recently_drawn_cases_are_left_out_and_too_few_are_told(self, do: Do) -> None:
        do("draw", "--seed", "a")
        first = cases(do)
        told = do("draw", "--seed", "a", today="2020-03-17")
        assert "LH: 2 trukket af 5 mulige, 3 holdt ude (trukket inden for 12 måneder)." in told
        second = cases(do, "tilsyn-2")
        assert not {c for of in first.values() for c in of} & {c for of in second.values() for c in of}
        refused = do("draw", today="2020-03-18", code=MISSING)
        assert "Alle sager, der kan trækkes, er trukket inden for 12 måneder" in refused
        do("draw", "--months", "0", today="2020-03-18")

    def test_an_exchange_is_noted_with_its_reason_and_takes_the_next(self, do: Do) -> None:
        do("draw", "--seed", "stevns", "--cases", "2")
        out = cases(do)["LH"][0]
        assert "Skriv, hvorfor sagen udgår" in do("replace", out, code=MISSING)
        do("replace", out, "--reason", "familien er flyttet")
        found = {c["case"]: c for c in ask(do, "show")["cases"]}
        came_in = found[out]["replaced"]["by"]
        assert found[out]["replaced"]["reason"] == "familien er flyttet"
        assert found[came_in]["instead_of"] == out
        do("draw", "--seed", "stevns", "--cases", "3", "--months", "0", today="2020-02-18")
        assert came_in == cases(do, "tilsyn-2")["LH"][2]  # the third in the same order

    def test_an_intake_team_is_drawn_by_its_notifications(self, do: Do) -> None:
        do("draw", "--concept", "modtagelse", "--team", "raadgivning", "--cases", "5")
        found = {c for of in cases(do).values() for c in of}
        assert "O1" not in found
        assert "D4" in found
        sheet = ask(do, "open", "D4")
        assert {"assessment-24-hours", "receipt"} <= {line["code"] for line in sheet["compliance"]}

    def test_an_empty_database_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        db = str(tmp_path / "ny.db")
        assert main(["review", "draw", "--db", db, "--by", "FL"]) == MISSING
        assert "Ingen sager kan trækkes" in capsys.readouterr().err
        assert main(["review", "show", "--db", db]) == MISSING
        assert "Der er ikke trukket nogen tilsynsrunde" in capsys.readouterr().err


class TestReview:
    @pytest.fixture(autouse=True)
    def drawn(self, do: Do) -> None:
        do("draw", "--seed", "stevns", "--cases", "5")

    def test_the_sheet_is_prefilled_and_overridden_only_with_a_reason(self, do: Do, db: str) -> None:
        assert "Registreringerne siger nej (der er ingen plan)" in do(
            "judge", "D12", "plan-missing", "ja", code=MISSING
        )
        do("judge", "D12", "plan-missing", "ja", "--reason", "Planen er i bilag 3")
        line = next(line for line in ask(do, "open", "D12")["compliance"] if line["code"] == "plan-missing")
        assert (line["prefilled"], line["answer"], line["overridden"], line["by"]) == ("nej", "ja", True, "FL")
        assert "Planen er i bilag 3" in do("open", "D12")
        do("judge", "D12", "plan-missing", "nej")  # back to what the records say
        line = next(line for line in ask(do, "open", "D12")["compliance"] if line["code"] == "plan-missing")
        assert (line["answer"], line["overridden"]) == ("nej", False)

    def test_a_measure_that_does_not_ask_about_the_case_cannot_be_answered(self, do: Do) -> None:
        assert "tæller ikke i sagen E1" in do("judge", "E1", "child-talk", "nej", "--reason", "x", code=MISSING)
        assert "tæller ikke" in do("judge", "D12", "ukendt", "nej", code=MISSING)
        assert "Svar ja, nej eller ikke relevant" in do("judge", "D12", "child-talk", "måske", code=MISSING)

    def test_the_loop_closes_by_another_pair_of_eyes(self, do: Do) -> None:
        do("mend", "D12", "--text", "Gør undersøgelsen færdig", "--due", "3. marts")
        do("answer", "D12.1", "--done", by="PB")
        assert "meldt rettet, ikke set efter endnu" in do("repairs")
        assert "Et par andre øjne" in do("recheck", "D12.1", "--in-order", by="PB", code=MISSING)
        assert "over den aftalte dag" in do("repairs", today="2020-03-04")
        do("recheck", "D12.1", "--text", "Stillingtagen mangler", "--due", "10. marts", today="2020-03-04")
        (repair,) = ask(do, "repairs", today="2020-03-05")["repairs"]
        assert (repair["state"], repair["due"]) == ("open", "2020-03-10")
        do("recheck", "D12.1", "--in-order", today="2020-03-09")
        assert ask(do, "repairs", today="2020-03-10")["repairs"] == []
        assert len(ask(do, "repairs", "--all", today="2020-03-10")["repairs"]) == 1
        assert "allerede lukket" in do("recheck", "D12.1", "--in-order", today="2020-03-10", code=MISSING)

    def test_somebody_registered_as_anything_but_a_lead_closes_nothing(self, do: Do, db: str, tmp_path: Path) -> None:
        do("mend", "D12", "--text", "Gør undersøgelsen færdig", "--due", "3. marts")
        log = tmp_path / "staff.csv"
        header = "kind;case;value;by;recorded"
        rows = (("AS", "sagsbehandler"), ("TL", "leder"))
        lines = [f'staff;;{{"staff":"{who}","role":"{role}"}};FL;2020-02-01T09:00' for who, role in rows]
        log.write_text("\n".join([header, *lines]), "utf-8")
        assert main(["import", str(log), "--db", db]) == OK
        assert "lukkes af en leder" in do("recheck", "D12.1", "--in-order", by="AS", code=MISSING)
        assert "rettet og set efter" in do("recheck", "D12.1", "--in-order", by="TL")

    def test_a_fault_that_cannot_be_undone_asks_what_helps_now(self, do: Do) -> None:
        undone = ("mend", "D12", "--text", "Samtalen lå efter afgørelsen", "--cannot-be-undone")
        assert "Hvad hjælper barnet nu?" in do(*undone, code=MISSING)
        do(*undone, "--helps", "Tal med barnet om, hvordan det går")
        assert "kan ikke gøres om" in do("repairs")
        assert "Tal med barnet om, hvordan det går." in do("repairs")

    def test_a_point_is_taken_back_with_a_reason_and_the_others_keep_their_numbers(self, do: Do) -> None:
        do("point", "D12", "--strength", "Forkert sag")
        do("mend", "D12", "--text", "Lav planen", "--due", "3. marts")
        assert "Skriv, hvorfor" in do("withdraw", "D12.1", code=MISSING)
        do("withdraw", "D12.1", "--reason", "det var D11")
        assert [note["point"] for note in ask(do, "open", "D12")["notes"]] == []
        assert "Et par andre øjne" in do("withdraw", "D12.2", "--reason", "x", by="PB", code=MISSING)
        assert [repair["point"] for repair in ask(do, "repairs")["repairs"]] == ["D12.2"]

    def test_what_the_round_showed_is_counted_over_the_reviewed_cases_alone(self, do: Do) -> None:
        do("point", "D12", "--strength", "Netværket er tænkt med")
        do("point", "--learning", "Skriv, hvem I venter på")
        assert ask(do, "page")["measures"] == []
        do("reviewed", "D12")
        do("reviewed", "D11")
        page = ask(do, "page")
        told = {m["code"]: (m["deficient"], m["relevant"]) for m in page["measures"]}
        assert (told["plan-missing"], told["child-talk"], told["investigation-missing"]) == ((1, 2), (1, 2), (1, 2))
        assert (page["reviewed"], page["drawn"]) == (2, 20)
        assert (page["strengths"], page["learning"]) == (["Netværket er tænkt med"], ["Skriv, hvem I venter på"])
        shown = do("page")
        assert "Der er lavet en handleplan" in shown
        assert not any(f" {staff}" in shown for staff in ("PB", "AS", "LH", "MK", "D12"))

    def test_a_round_closes_when_every_case_is_reviewed(self, do: Do) -> None:
        assert "Mangler gennemgang: " in do("close", code=MISSING)
        for case in ask(do, "show")["cases"]:
            do("reviewed", case["case"])
        assert do("close") == "tilsyn-1 er lukket.\n"
        assert "tilsyn-1 er lukket" in do("judge", "D12", "child-talk", "nej", code=MISSING)
        table = {m["code"]: (m["deficient"], m["relevant"]) for m in ask(do, "page")["measures"]}
        assert (table["child-talk"], table["plan-missing"], table["investigation-late"]) == ((6, 11), (6, 14), (5, 7))
        trend = ask(do, "trend")
        assert [one["round"] for one in trend["rounds"]] == ["tilsyn-1"]
        assert "1" in trend["rounds"][0]["rules"]

    def test_the_letters_come_as_word_and_markdown_and_are_not_overwritten(
        self, do: Do, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        do("point", "D12", "--strength", "Netværket er tænkt med <fra> & {{ sag }} starten")
        do("quality", "D12", "inddr", "nogen", "--text", "Barnets ord står for sig")
        do("mend", "D12", "--text", "Gør undersøgelsen færdig", "--due", "3. marts")
        do("talk", "PB", "--due", "25. feb. kl. 10")
        do("answer", "D12.1", "--text", "Tak", by="PB")
        folder = ("--folder", str(tmp_path))
        do("letter", "D12", *folder)
        to_case = text(tmp_path / "til-sagen-D12.docx")
        to_person = text(tmp_path / "til-dig-D12.docx")
        assert "Gør undersøgelsen færdig." in to_case
        assert "tirs. 3. marts 2020" in to_case
        for personal in ("Netværket", "nogen grad", "Tak", "PB"):
            assert personal not in to_case
            assert personal in to_person
        assert "Netværket er tænkt med <fra> & {{ sag }} starten" in to_person
        assert (
            to_person.index("Det lykkes") < to_person.index("Sådan læste jeg sagen") < to_person.index("Vores samtale")
        )
        assert "tirs. 25. feb. 2020 kl. 10.00" in to_person
        assert "findes allerede" in do("letter", "D12", *folder, code=MISSING)
        do("letter", "D12", *folder, "--overwrite")
        rows = (tmp_path / "log.csv", "til-dig")
        assert main(["export", str(rows[0]), "--db", db]) == OK
        on_case = [line for line in rows[0].read_text("utf-8").splitlines() if ";review;D12;" in line]
        assert on_case
        assert not [line for line in on_case if "Netværket" in line or "Barnets ord" in line or ";letter;" in line]

    def test_the_municipality_writes_its_own_letter_and_a_broken_one_is_told(self, do: Do, tmp_path: Path) -> None:
        folder = tmp_path / "kommune" / "skabeloner"
        folder.mkdir(parents=True)
        (folder / "til-dig.docx").write_bytes(build(["Kære {{ til }}, tak for {{ sag }}"]))
        call = ("letter", "D12", "--folder", str(tmp_path), "--handbook", str(folder.parent))
        do(*call)
        assert text(tmp_path / "til-dig-D12.docx") == "Kære PB, tak for D12"
        (folder / "til-dig.docx").write_bytes(build(["Kære {{ navn }}"]))
        refused = do(*call, "--overwrite", code=MISSING)
        assert "feltet 'navn' findes ikke her" in refused

    def test_text_like_a_cpr_number_is_not_kept(self, do: Do) -> None:
        refused = do("point", "D12", "--strength", "se 010203-1234", code=MISSING)
        assert "ligner et CPR-nummer" in refused
        assert "1234" not in refused

    def test_the_round_goes_out_and_in_again(self, do: Do, db: str, tmp_path: Path) -> None:
        do("mend", "D12", "--text", "Gør undersøgelsen færdig", "--due", "3. marts")
        before = ask(do, "show")
        log, again = str(tmp_path / "log.csv"), str(tmp_path / "again.db")
        assert main(["export", log, "--db", db]) == OK
        assert main(["import", log, "--db", again]) == OK
        assert ask(do, "show", "--db", again) == before


@pytest.mark.parametrize(
    ("call", "says", "code"),
    [
        (("flyv",), "er ikke en af", WRONG_CALL),
        (("judge", "D12"), "review judge tager 3 ord, men fik 1", WRONG_CALL),
        (("show", "--seed", "x"), "review show tager ikke --seed", WRONG_CALL),
        (("draw", "--json"), "svarer ikke med --json", WRONG_CALL),
        (("draw", "--from", "2019-01-01"), "--from og --to skal stå sammen", WRONG_CALL),
        (("draw", "--cases", "0"), "Træk mindst 1 sag", MISSING),
        (("open", "D99"), "Der er ikke trukket nogen tilsynsrunde", MISSING),
        (("answer", "D12.9", "--text", "x"), "Kender ikke punktet D12.9", MISSING),
    ],
)
def test_a_wrong_call_is_told_in_danish(do: Do, call: tuple[str, ...], says: str, code: int) -> None:
    assert says in do(*call, code=code)


def text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)
