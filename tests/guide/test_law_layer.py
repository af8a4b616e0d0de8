"""The municipality's own folder in everything people see: marked as local, counted apart, and never in the way."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from checklists.calendar import TZ
from guide import settings
from guide.casework import Casework
from guide.cli import MISSING, OK, main
from guide.commands.common import digest, missing_text
from guide.desk import open_desk
from guide.editions import load_handbooks
from guide.layering import faults
from guide.turns import Focus
from guide.widgets.rows import Key, rows
from store.database import open_store
from tests.guide.player import Player

EXAMPLE = Path(__file__).parents[2] / "handbook" / "eksempel_stevns"
BOOKS = load_handbooks(EXAMPLE)
NOW = datetime(2025, 2, 7, 16, tzinfo=TZ)


@pytest.fixture
def player() -> Player:
    return Player(BOOKS, now=NOW)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the files of the person who runs it."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "hjem"))


class TestConversation:
    def test_a_local_step_says_that_it_is_the_municipalitys_own(self, player: Player) -> None:
        player.open("afgoerelse")
        player.focus = Focus("afgoerelse-1", "afgoerelse", "forvisitation")
        assert "Kommunens eget trin: lokalt, ikke et lovkrav." in player.said
        assert "Lokalt: retningslinjen for forvisitation." in player.said
        assert "Lov:" not in player.said
        told = " ".join(m.text for m in player.answer("/hvorfor").said)
        assert "lokal, kommunens egen regel" in told
        assert "Ingen af lovene har det" in player.answer("/lov").said[0].text

    def test_local_words_and_the_target_stand_beside_the_national_ones(self, player: Player) -> None:
        player.open("underretning")
        player.answer("act:done", "i dag kl. 10", "")
        player.focus = Focus("underretning-1", "underretning", "vej")
        assert "Lokalt: Vi vil have valgt en vej inden for 14 dage." in player.said
        assert "Ingen lovfrist. Lokalt mål: fre. 21. feb. (om 14 dage)." in player.said
        assert "Lokalt mål: " in " ".join(m.text for m in player.answer("/frister").said)
        assert player.answer("/hvorfor").said

    def test_the_checklist_says_local(self, player: Player) -> None:
        player.open("afgoerelse")
        shown = rows(player.progress, frozenset({Key("afgoerelse-1", "afgoerelse")}), str)
        own = [row for row in shown if row.key.step == "forvisitation"]
        assert own[0].left.endswith("(lokalt)")
        assert "lokalt trin" in own[0].full

    def test_the_guide_tells_a_local_fault_as_local(self, player: Player) -> None:
        player.open("underretning")
        player.answer("act:done", "i dag kl. 10", "")
        player.now = datetime(2025, 3, 3, 12, tzinfo=TZ)
        player.focus = Focus("underretning-1", "underretning", "vej")
        assert "Det lokale mål var fre. 21. feb." in player.said
        assert any(m.text.startswith("Lokalt: ") for m in player.warnings())


class TestCommandLine:
    @pytest.fixture
    def db(self, tmp_path: Path) -> str:
        path = str(tmp_path / "sag.db")
        store = open_store(path)
        work = Casework(store, BOOKS, lambda: NOW, "LH")
        work.new_case("S-1", born="2014-05", team="t", known_from=date(2025, 2, 1))
        work.open_notification(["S-1"], date(2025, 2, 3), datetime(2025, 2, 3, 9, tzinfo=TZ))
        store.close()
        return path

    def ask(self, capsys: pytest.CaptureFixture[str], *call: str) -> str:
        capsys.readouterr()
        assert main([*call, "--today", "2025-03-10"]) == OK
        return capsys.readouterr().out

    def test_local_findings_are_counted_apart(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        layer = ("--db", db, "--handbook", str(EXAMPLE))
        with_layer = json.loads(self.ask(capsys, "cases", *layer, "--json"))["cases"][0]
        without = json.loads(self.ask(capsys, "cases", "--db", db, "--json"))["cases"][0]
        assert without["local_findings"] == 0
        assert with_layer["local_findings"] == 1
        assert with_layer["findings"] == without["findings"] + 1
        assert ", heraf 1 lokal" in self.ask(capsys, "cases", *layer)
        assert ", heraf 1 lokal." in self.ask(capsys, "status", "S-1", *layer)
        assert "heraf" not in self.ask(capsys, "status", "S-1", "--db", db)

    def test_a_target_that_is_due_is_local_in_deadlines(self, db: str, capsys: pytest.CaptureFixture[str]) -> None:
        layer = ("--db", db, "--handbook", str(EXAMPLE))
        found = json.loads(self.ask(capsys, "deadlines", *layer, "--json"))["deadlines"]
        assert [d["basis"] for d in found if d["step"] == "vej"] == ["lokal"]
        assert "Lokalt mål: " in self.ask(capsys, "deadlines", *layer)
        assert "lokalt mål" in self.ask(capsys, "status", "S-1", *layer)

    def test_the_digest_sees_the_layer(self, tmp_path: Path) -> None:
        national = load_handbooks()
        assert {law: digest(book) for law, book in BOOKS.items()} != {law: digest(b) for law, b in national.items()}
        (tmp_path / "kommune.md").write_text("---\nkommune: A\n---\n", encoding="utf-8")
        named = load_handbooks(tmp_path)
        assert digest(named["barnets_lov"]) != digest(national["barnets_lov"])

    def test_the_example_is_in_order_and_a_broken_folder_is_told(
        self, tmp_path: Path, db: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert faults(BOOKS) == ()
        assert main(["check", str(EXAMPLE)]) == OK
        assert "Ingen fejl i 8 sider." in capsys.readouterr().out
        page = tmp_path / "underretning.md"
        page.write_text(
            "---\nid: underretning\nlov: serviceloven\n---\n\n{#vej}\n### Vej\n\n"
            "- **Frist:** 1 dag efter [x](#modtaget)\n",
            encoding="utf-8",
        )
        assert main(["check", str(tmp_path)]) == MISSING
        assert "underretning.md:9" in capsys.readouterr().out
        assert main(["cases", "--db", db, "--handbook", str(tmp_path)]) == OK
        captured = capsys.readouterr()
        assert "S-1" in captured.out
        assert "traad check" in captured.err

    def test_the_folder_can_be_remembered_and_forgotten(
        self, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.save(settings.Settings("LH", "Rådgivning"))
        assert main(["handbook", "use", str(EXAMPLE)]) == OK
        assert settings.load() == settings.Settings("LH", "Rådgivning", handbook=str(EXAMPLE.resolve()))
        assert "heraf 1 lokal" in self.ask(capsys, "cases", "--db", db)
        desk = open_desk(db, lambda: NOW, settings.load())
        desk.close()
        assert desk.handbooks["barnets_lov"].local is not None
        assert main(["handbook", "forget", "--json"]) == OK
        assert settings.load().layer is None
        assert "heraf" not in self.ask(capsys, "cases", "--db", db)

    def test_a_remembered_folder_that_is_gone_is_told_and_stops_nothing(
        self, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.save(settings.Settings("LH", handbook=str(tmp_path / "væk")))
        assert main(["cases", "--db", db, "--today", "2025-03-10"]) == OK
        captured = capsys.readouterr()
        assert "S-1" in captured.out
        assert "1 fejl i" in captured.err
        desk = open_desk(db, lambda: NOW, settings.load())
        desk.close()
        assert len(desk.faults) == 1

    def test_the_flow_has_the_local_steps(self, capsys: pytest.CaptureFixture[str]) -> None:
        call = ["flow", "afgoerelse", "--law", "bl"]
        assert main(call) == OK
        assert "forvisitation" not in capsys.readouterr().out
        assert main([*call, "--handbook", str(EXAMPLE)]) == OK
        assert "forvisitation" in capsys.readouterr().out


def test_the_fictional_cases_do_not_take_the_remembered_folder(tmp_path: Path) -> None:
    mine = settings.Settings("LH", handbook=str(EXAMPLE))
    desk = open_desk(str(tmp_path / "demo.db"), lambda: NOW, mine, demo=True)
    desk.close()
    assert desk.handbooks["serviceloven"].local is None


@pytest.mark.parametrize(
    ("count", "local", "said"),
    [(3, 1, "3 mangler, heraf 1 lokal"), (1, 0, "1 mangel"), (4, 2, "4 mangler, heraf 2 lokale")],
)
def test_counting(count: int, local: int, said: str) -> None:
    assert missing_text(count, local) == said
