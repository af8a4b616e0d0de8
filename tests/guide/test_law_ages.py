"""The birthdays that change something: as dates in the case, and said where a decision or follow-up falls after one."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from checklists.calendar import TZ
from guide.casework import Casework
from guide.cli import OK, main
from guide.dialogue.age_text import lines
from guide.editions import load_handbooks, startable, vocabulary
from guide.turns import Draft, Focus
from store.database import open_store
from store.errors import StoreError
from tests.guide.player import CASE, Player

BOOKS = load_handbooks()
NOW = datetime(2025, 9, 1, 12, tzinfo=TZ)


def player(born: str) -> Player:
    at = Player(BOOKS, now=NOW)
    at.save(Draft("case", CASE, day=date(2024, 5, 1), value={"born": born, "known_from": "2024-05-01"}, replaces=CASE))
    return at


def decision(born: str, planned: str) -> Player:
    """A decision whose day is agreed."""
    at = player(born)
    at.open("afgoerelse")
    value = {"status": "planned", "agreed": "2025-08-01"}
    day = date.fromisoformat(planned)
    at.save(Draft("record", CASE, "afgoerelse-1", "afgoerelse", "truffet", (), day, value=value))
    at.focus = Focus("afgoerelse-1", "afgoerelse", "truffet")
    return at


class TestDates:
    def test_deadlines_end_with_the_coming_birthdays(self) -> None:
        at = player("2010-11-05")
        at.open("underretning")
        said = [m.text for m in at.answer("/frister").said]
        at_birthdays = said.index("Barnets fødselsdage, der ændrer noget:")
        assert said[at_birthdays + 1].startswith("ons. 5. nov. (om 65 dage): Den unge fylder 15. ")
        assert "Lov: BL § 46, stk. 1" in said[at_birthdays + 1]
        assert len(said[at_birthdays:]) == 5  # 15, 16, 17½ and 18

    def test_a_birth_month_gives_the_month(self) -> None:
        assert lines("2010-11", BOOKS, NOW)[1].startswith("november 2025 (om 61 dage): Den unge fylder 15.")

    def test_without_a_birth_there_is_nothing(self) -> None:
        assert lines("", BOOKS, NOW) == ()


class TestAhead:
    def test_a_decision_after_a_birthday_knows_it(self) -> None:
        said = decision("2010-11-05", "2025-12-01").said
        assert "Den unge fylder 15 før (ons. 5. nov.): " in said
        assert "Lov: BL § 46, stk. 1" in said

    def test_the_day_itself_and_a_month_whose_day_is_not_known(self) -> None:
        assert "Den unge fylder 15 samme dag (ons. 5. nov.)" in decision("2010-11-05", "2025-11-05").said
        assert "Den unge fylder 15 måske før (november 2025," in decision("2010-11", "2025-11-20").said
        assert "Den unge fylder 15 før (november 2025)" in decision("2010-11", "2025-12-20").said

    def test_a_decision_before_it_or_one_without_a_day_does_not(self) -> None:
        assert "fylder 15" not in decision("2010-11-05", "2025-11-04").said
        at = player("2010-11-05")
        at.open("afgoerelse")
        assert "fylder 15" not in at.said

    def test_what_serves_the_decision_knows_it_too(self) -> None:
        at = decision("2010-11-05", "2025-12-01")
        at.open("boernesamtale", serves="afgoerelse-1")
        assert "Den unge fylder 15 før" in at.said

    def test_a_follow_up_due_after_a_birthday_knows_it(self) -> None:
        at = decision("2010-11-05", "2025-08-20")
        for step in ("truffet", "ivaerksat"):
            at.save(Draft("record", CASE, "afgoerelse-1", "afgoerelse", step, (), date(2025, 8, 20)))
        at.open("opfoelgning", serves="afgoerelse-1")
        at.focus = Focus("opfoelgning-1", "opfoelgning", "foerste")
        assert "Frist: tors. 20. nov." in at.said
        assert "Den unge fylder 15 før (ons. 5. nov.)" in at.said

    def test_a_follow_up_asked_after_a_birthday_knows_it_until_one_is_held(self) -> None:
        at = decision("2010-08-25", "2025-08-20")
        for step in ("truffet", "ivaerksat"):
            at.save(Draft("record", CASE, "afgoerelse-1", "afgoerelse", step, (), date(2025, 8, 20)))
        at.open("opfoelgning", serves="afgoerelse-1")
        at.focus = Focus("opfoelgning-1", "opfoelgning", "foerste")
        assert "Den unge er fyldt 15 siden sidst (man. 25. aug.): " in at.said
        at.save(Draft("record", CASE, "opfoelgning-1", "opfoelgning", "foerste", (), date(2025, 8, 30)))
        at.focus = Focus("opfoelgning-1", "opfoelgning", "vurdering")
        assert "siden sidst" not in at.said


class TestCommandLine:
    @pytest.fixture
    def db(self, tmp_path: Path) -> str:
        path = str(tmp_path / "sag.db")
        store = open_store(path)
        work = Casework(store, BOOKS, lambda: NOW, "LH")
        work.new_case("S-1", born="2010-11-05", team="t", known_from=date(2025, 6, 1))
        work.open_run("S-1", "underretning")
        with pytest.raises(StoreError, match="ikke et forløb"):
            work.open_run("S-1", "alder")
        store.close()
        return path

    @pytest.mark.parametrize("call", [["deadlines"], ["status", "S-1"]], ids=" ".join)
    def test_ages_in_json(self, db: str, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*call, "--db", db, "--today", "2025-09-01", "--json"]) == OK
        first = json.loads(capsys.readouterr().out)["ages"][0]
        assert first.pop("case", "S-1") == "S-1"
        assert set(first) == {"age", "first", "last", "law", "clause", "text"}
        assert (first["age"], first["first"], first["last"], first["law"]) == ("15", "2025-11-05", "2025-11-05", "BL")

    @pytest.mark.parametrize("call", [["deadlines", "--case", "S-1"], ["status", "S-1"]], ids=" ".join)
    def test_ages_in_text(self, db: str, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*call, "--db", db, "--today", "2025-09-01"]) == OK
        assert "ons. 5. nov. (om 65 dage): Den unge fylder 15." in capsys.readouterr().out


def test_the_page_of_ages_is_read_and_never_opened() -> None:
    assert all("alder" in book.procedures for book in BOOKS.values())
    assert all("alder" not in {p.id for p in startable(book)} for book in BOOKS.values())
    assert "alder" not in vocabulary(BOOKS)
