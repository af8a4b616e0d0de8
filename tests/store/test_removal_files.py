"""Content taken away leaves every byte of the database's file, of what lies beside it and of the copies named."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from store import copies, removal
from store.cases import Store
from store.database import open_store
from store.errors import StoreError
from store.tables import TABLES
from store.tombstones import What
from tests.store.removing import MARK, Make, Start, bytes_of, file_of, fill, order, told


@pytest.fixture
def url(tmp_path: Path) -> str:
    """SQLite alone: PostgreSQL keeps its own files."""
    return f"sqlite:///{tmp_path / 'traad.db'}"


@pytest.fixture
def filled(store: Store, start: Start, record: Make, make: Make) -> Store:
    return fill(store, start, record, make)


@pytest.mark.parametrize("what", ["redact", "purge"])
def test_no_byte_is_left_of_it_in_the_database_or_its_copies(filled: Store, tmp_path: Path, what: What) -> None:
    path, copy, old = file_of(filled), tmp_path / "kopi.db", tmp_path / "gammel.db"
    filled.backup(copy)
    filled.backup(old)
    with sqlite3.connect(old) as raw:  # a copy from before there was a projection
        for table in TABLES[1:]:
            raw.execute(f"DROP TABLE {table.name}")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    raw.close()
    assert all(MARK.encode() in bytes_of(found) for found in (path, copy, old))
    stone = told(filled, what).stone
    assert stone is not None
    for found in (copy, old):
        copies.refuse(found, filled.engine)
        with copies.opened(found) as engine:
            assert removal.remove(engine, replace(order(what), stone=stone), copy=True).not_packed == ""
    assert MARK.encode() not in bytes_of(path, copy, old)
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)
    raw.close()
    assert b"S2" in bytes_of(path)
    assert b"opbevaringstiden" in bytes_of(path)
    for found in (copy, old):  # restored, a copy knows what was taken out of it
        restored = open_store(str(found))
        assert [stone.id for stone in restored.removals("S1")] == ["spor"]
        assert restored.verify() == []
        restored.close()


def test_a_file_another_window_reads_are_packed_the_next_time(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removal, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(file_of(filled), isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM entry").fetchone()
    done = told(filled, "purge")
    assert done.rows == 9
    assert done.not_packed.startswith("Databasen er optaget af et andet program.")
    assert filled.events("S1") == []
    other.execute("COMMIT")
    again = told(filled, "purge", stone="spor 2")
    assert (again.rows, again.not_packed, again.stone) == (0, "", done.stone)
    assert MARK.encode() not in bytes_of(file_of(filled))
    other.close()


def test_copies_beside_the_database_are_found_by_their_name(filled: Store, tmp_path: Path) -> None:
    dated = tmp_path / "traad-2020-02-17-140502-v0002.db"
    for path in (dated, tmp_path / "traad-mine.db", tmp_path / "andet-2020-02-17-140502-v0002.db"):
        filled.backup(path)
    assert copies.beside(filled.engine) == [dated]


def test_files_that_are_no_copies_are_refused_and_left_alone(filled: Store, tmp_path: Path) -> None:
    csv, strange, newer = tmp_path / "log.csv", tmp_path / "andet.db", tmp_path / "nyere.db"
    filled.export_log(csv)
    with sqlite3.connect(strange) as raw:
        raw.execute("CREATE TABLE entry (a)")
    raw.close()
    filled.backup(newer)
    with sqlite3.connect(newer) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    for path, says in (
        (csv, "er ikke en kopi af en Rød tråd-database"),
        (strange, "er ikke en kopi af en Rød tråd-database"),
        (newer, "nyere udgave"),
        (tmp_path / "mangler.db", "Filen findes ikke"),
        (file_of(filled), "er selve databasen"),
    ):
        before = bytes_of(path)
        with pytest.raises(StoreError, match=says):
            copies.refuse(path, filled.engine)
        assert bytes_of(path) == before
