"""Marks and talks with colleagues in the log: out and in again unchanged, and refused when they are no such rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guide.casework import Casework, load_handbooks
from guide.cli import MISSING, OK, main
from guide.desk import demo_clock
from guide.dialogue.scene import Scene
from guide.journal import journal, mark
from guide.sparring import conclusion
from store.checks import faults_of
from store.database import open_store
from store.errors import StoreError
from store.events import Event

HEAD = "id;kind;case;run;procedure;step;items;time;value;by;note;recorded;replaces;version\n"
ROW = 'x-{n};record;D5;{run};{procedure};{step};;2020-02-17;"{value}";LH;;2020-02-17T10:00+01:00;;\n'


@pytest.fixture(scope="module")
def books() -> Any:
    return load_handbooks()


@pytest.fixture
def demo(tmp_path: Path) -> str:
    path = str(tmp_path / "demo.db")
    assert main(["demo", "--no-open", "--db", path]) == OK
    return path


@pytest.fixture
def work(demo: str, books: Any) -> Iterator[Casework]:
    store = open_store(demo)
    yield Casework(store, books, demo_clock(), "LH")
    store.close()


def journalised(path: str, books: Any) -> frozenset[str]:
    store = open_store(path)
    found = Casework(store, books, demo_clock(), "LH").progress("D5").case.journalised
    store.close()
    return found


def test_marks_and_talks_survive_export_and_import(work: Casework, demo: str, books: Any, tmp_path: Path) -> None:
    scene = Scene(work.progress("D5"), books)
    ids = journal(scene, "", "", "LH").ids
    work.save([mark(scene, ids, work.now())])
    work.save([conclusion(scene, "leder", "Begynd hos mormor", "LH ringer", work.now())])
    out, fresh, again = tmp_path / "a.csv", str(tmp_path / "fresh.db"), tmp_path / "b.csv"
    assert main(["export", str(out), "--db", demo]) == OK
    assert main(["import", str(out), "--db", fresh]) == OK
    assert main(["export", str(again), "--db", fresh]) == OK
    assert again.read_bytes() == out.read_bytes()
    assert journalised(fresh, books) == set(ids) != set()


def test_a_correction_by_import_is_not_in_the_journal(work: Casework, books: Any) -> None:
    scene = Scene(work.progress("D5"), books)
    work.save([mark(scene, journal(scene, "", "", "LH").ids, work.now())])
    old = next(e for e in work.store.events("D5") if e.step == "kvittering")
    work.store.append([
        Event("", "record", "D5", old.run, old.procedure, old.step, day=old.day, value=old.value, by="LH",
              note="rettet", replaces=old.id, version=old.version)
    ])  # fmt: skip
    waiting = journal(Scene(work.progress("D5"), books), "", "", "LH")
    assert (waiting.waiting, "rettet" in waiting.text) == (1, True)


def test_a_conclusion_with_a_cpr_number_is_refused(work: Casework, books: Any) -> None:
    scene = Scene(work.progress("D5"), books)
    with pytest.raises(StoreError, match="CPR-nummer"):
        work.save([conclusion(scene, "leder", "ring til 010203-1234", "", work.now())])
    assert work.progress("D5").case.sparrings == ()


@pytest.mark.parametrize("value", [None, "ja", {}, {"records": []}, {"records": "x"}, {"records": [1]}])
def test_a_mark_names_rows(value: Any) -> None:
    assert "records" in " ".join(faults_of(Event("x", "record", "S1", step="journal", by="LH", value=value)))


def test_a_mark_belongs_to_no_run(demo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {
        "n": 1,
        "run": "underretning-1",
        "procedure": "underretning",
        "step": "journal",
        "value": '{""records"":[""d5-08""]}',
    }
    (tmp_path / "a.csv").write_text(HEAD + ROW.format(**given), encoding="utf-8")
    assert main(["import", str(tmp_path / "a.csv"), "--db", demo]) == MISSING
    assert "ukendt trin" in capsys.readouterr().err


def test_rows_written_by_hand_come_in(demo: str, books: Any, tmp_path: Path) -> None:
    own = {"run": "", "procedure": ""}
    one = ROW.format(n=1, step="journal", value='{""records"":[""d5-08""]}', **own)
    two = ROW.format(n=2, step="sparring", value='{""konklusion"":""Vent""}', **own)
    (tmp_path / "a.csv").write_text(HEAD + one + two, encoding="utf-8")
    assert main(["import", str(tmp_path / "a.csv"), "--db", demo]) == OK
    assert journalised(demo, books) == {"d5-08"}


def test_a_record_of_a_page_still_needs_its_run(demo: str, tmp_path: Path) -> None:
    given = {"n": 1, "run": "screening-9", "procedure": "screening", "step": "sparring", "value": '{""hvad"":""Vent""}'}
    (tmp_path / "a.csv").write_text(HEAD + ROW.format(**given), encoding="utf-8")
    assert main(["import", str(tmp_path / "a.csv"), "--db", demo]) == MISSING
