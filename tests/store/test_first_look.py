"""The list before the database layer: the same rows as the store gives, or nothing at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from store.cases import Store
from store.database import open_store
from store.events import Event
from store.first_look import first_look

TODAY = date(2019, 10, 9)
Make = Callable[..., Event]
Start = Callable[..., list[Event]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database of its own, where LH and AB hold cases, one of them handed over and one taken back."""
    return tmp_path / "traad.db"


@pytest.fixture
def filled(file: Path, make: Make, start: Start) -> Store:
    store = open_store(str(file))
    for case in ("S3", "S1", "S2", "S4"):
        store.append(start(case))
    handed_over = make("assignment", "S2", value={"staff": "AB"}, day=date(2019, 10, 9))
    next_year = make("assignment", "S1", value={"staff": "AB"}, day=date(2020, 1, 1))
    store.append([handed_over])
    store.append([next_year])
    entered = next(e for e in store.events("S4") if e.kind == "case")
    store.append([make("case", "S4", value={"status": "withdrawn"}, replaces=entered.id)])
    return store


@pytest.mark.parametrize("staff", ["LH", "AB", "PB"])
@pytest.mark.parametrize("today", [TODAY, date(2020, 1, 1)])
def test_it_finds_what_the_store_finds(filled: Store, file: Path, staff: str, today: date) -> None:
    found = first_look(str(file), staff, today)
    assert found is not None
    cases = filled.case_ids(staff=staff, today=today)
    assert found.cases == filled.events_of(cases)
    assert found.version == filled.version()


def test_it_sees_what_another_window_has_just_written(filled: Store, file: Path, make: Make) -> None:
    before = first_look(f"sqlite:///{file}", "LH", TODAY)
    filled.append([make("record", "S1", run="underretning-1", procedure="underretning", step="vej", value="nej")])
    after = first_look(f"sqlite:///{file}", "LH", TODAY)
    assert before is not None
    assert after is not None
    assert after.version == filled.version() > before.version
    assert len(after.cases["S1"]) == len(before.cases["S1"]) + 1


@pytest.mark.parametrize("url", ["findes-ikke.db", "postgresql://bruger@server/base", "sqlite://", ""])
def test_another_database_is_left_to_the_ordinary_way(url: str) -> None:
    assert first_look(url, "LH", TODAY) is None


def test_a_schema_of_another_version_is_not_read(filled: Store, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert first_look(str(file), "LH", TODAY) is None


@pytest.mark.parametrize("content", [b"", b"ikke en database", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_database_is_not_read(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert first_look(str(file), "LH", TODAY) is None
    assert file.read_bytes() == content


def test_a_locked_database_is_not_waited_for(file: Path, start: Start) -> None:
    store = open_store(str(file))
    store.append(start())
    store.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert first_look(str(file), "LH", TODAY) is None
