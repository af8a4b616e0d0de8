"""The table that opens no case reads as the one that opens them all; and what the commands make of the projection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checklists.audit import audit
from checklists.measures.overrides import Override
from guide import audit_rounds, demo, projecting, projecting_work
from guide.casework import Casework, load_handbooks
from guide.cli import main
from guide.documents import audit_numbers, audit_text
from store import projection
from store.database import open_store
from store.errors import LOCKED, StoreError

BOOKS = load_handbooks()
NOW = datetime(2020, 2, 17, 12, 0, tzinfo=UTC)
ROUNDS = [
    (date(2019, 2, 17), date(2020, 2, 17)),
    (date(2019, 1, 1), date(2019, 12, 31)),
    (date(2020, 1, 1), date(2020, 12, 31)),
    (date(2010, 1, 1), date(2010, 12, 31)),
]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fictional cases, and a home of their own for settings and cache."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    path = tmp_path / "traad.db"
    store = open_store(str(path))
    demo.load(store, Casework(store, BOOKS, lambda: NOW, "LH").vocabulary())
    store.close()
    return path


@pytest.fixture
def work(database: Path) -> Iterator[Casework]:
    store = open_store(str(database))
    yield Casework(store, BOOKS, lambda: NOW, "LH")
    store.close()


@pytest.mark.parametrize("period", ROUNDS, ids=str)
@pytest.mark.parametrize("team", [None, "raadgivning", "ukendt"])
def test_the_text_is_that_of_the_full_audit(work: Casework, period: tuple[date, date], team: str | None) -> None:
    for from_start in (True, False):
        table = audit_rounds.numbers(work, period, team, None, from_start)
        named = audit_rounds.outside(work, period, table, team, from_start, audit_numbers.NAMED)
        cases = work.store.events_of(work.store.case_ids(team=team)).items()
        full = audit(cases, BOOKS, period, NOW, from_start=from_start)
        assert audit_numbers.lines(table, named, "alle sager") == audit_text.lines(full, "alle sager", False)


def test_many_cases_outside_are_told_by_their_number(work: Casework) -> None:
    table = audit_rounds.numbers(work, ROUNDS[3])
    named = audit_rounds.outside(work, ROUNDS[3], table, None, True, 5)
    assert "20 sager" in " ".join(audit_numbers.lines(table, named, "alle sager"))


def test_what_a_reviewer_answered_against_the_dates_counts(work: Casework) -> None:
    given = Override("fine", "talt med barnet dagen før", "MK", date(2020, 2, 1), "r1")
    overrides = {"D5": {"child-talk": [given]}}
    table = audit_rounds.numbers(work, ROUNDS[0], overrides=overrides)
    full = audit(work.store.all_cases(), BOOKS, ROUNDS[0], NOW, overrides=overrides)
    plain = audit_rounds.numbers(work, ROUNDS[0])
    numbers = {n.measure.code: (n.deficient, n.relevant) for n in table.measures}
    assert numbers == {c.measure.code: (c.deficient, c.relevant) for c in full.measures}
    before = {n.measure.code: n.deficient for n in plain.measures}
    assert numbers["child-talk"][0] == before["child-talk"] - 1
    other_team = audit_rounds.numbers(work, ROUNDS[0], "ukendt", overrides=overrides)
    assert other_team.cases == 0


def call(database: Path, *words: str) -> int:
    return main([*words, "--db", str(database), "--today", "2020-02-17"])


def test_the_command_prints_the_same_when_nothing_can_be_kept(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("audit", "--from", "2019-01-01", "--to", "2019-12-31")
    assert call(database, *asked) == 0
    kept = capsys.readouterr().out
    assert "Tabel 1." in kept

    def locked(*_: object) -> int:
        raise StoreError(LOCKED)

    monkeypatch.setattr(projection, "catch_up", locked)
    assert call(database, *asked) == 0
    assert capsys.readouterr().out == kept


def test_rebuild_says_how_many_cases(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(database, "db", "rebuild") == 0
    assert capsys.readouterr().out == "20 sager er regnet ud på ny.\n"
    assert call(database, "db", "rebuild", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["action"], found["ok"], found["cases"]) == ("rebuild", True, 20)


def test_a_rebuilt_projection_answers_the_usual_rounds_without_a_case_opened(
    work: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = projecting.usual_rounds(NOW)
    assert rounds == ((date(2019, 1, 1), date(2019, 12, 31)), (date(2019, 2, 18), date(2020, 2, 17)))
    projecting.rebuild(work, rounds)
    monkeypatch.setattr(projecting_work, "portion", None)  # a case worked out would fail
    for period in rounds:
        assert audit_rounds.numbers(work, period).cases
    assert work.summaries()
