"""The schema: made fresh or migrated, it is the same; an upgrade keeps a copy and every row."""

from __future__ import annotations

import re
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from store import migrations
from store.cases import Store
from store.database import open_store
from store.errors import StoreError
from store.events import Event
from store.migrations import REVISIONS, migrate
from store.tables import TABLES
from store.transactions import writing

_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.add_column("entry", sa.Column("extra", sa.String(), nullable=True))
    {then}
"""


def _schema(store: Store) -> list[str]:
    query = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
        "postgresql": (
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable, column_default)"
            " FROM information_schema.columns WHERE table_schema = 'public' UNION ALL"
            " SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
        ),
    }[store.engine.dialect.name]
    with store.engine.connect() as connection:
        found = [re.sub(r"\s+", " ", sql).strip() for sql in connection.execute(text(query)).scalars()]
    return sorted(sql.replace("( ", "(").replace(" )", ")") for sql in found)


def test_a_fresh_database_and_a_migrated_one_have_the_same_schema(store: Store) -> None:
    fresh = _schema(store)
    with writing(store.engine) as connection:
        for table in TABLES:
            table.drop(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    with writing(store.engine) as connection:
        migrate(connection, "head")
    assert _schema(store) == fresh
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == REVISIONS[-1]


def test_the_last_known_version_is_the_newest_migration() -> None:
    files = sorted((Path(migrations.__file__).parent / "versions").glob("0*.py"))
    assert tuple(file.name[:4] for file in files) == REVISIONS


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the program one schema version newer; ``then`` is what its migration does at the end."""

    def become(then: str) -> None:
        folder = tmp_path / "migrations"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(migrations.FOLDER, folder)
        (folder / "versions" / "0004_extra.py").write_text(_NEXT.format(then=then))
        monkeypatch.setattr(migrations, "REVISIONS", ("0001", "0002", "0003", "0004"))
        monkeypatch.setattr(migrations.migrate, "__defaults__", (folder,))

    return become


def test_an_older_database_is_copied_first_and_then_migrated(
    tmp_path: Path, newer: Callable[[str], None], start: Callable[..., list[Event]]
) -> None:
    path = tmp_path / "traad.db"
    store = open_store(str(path))
    store.append(start())
    rows = _raw(path, "SELECT * FROM entry")
    store.close()
    newer("pass")
    open_store(str(path)).close()
    assert _raw(path, "SELECT version_num FROM alembic_version") == [("0004",)]
    assert [row[:-1] for row in _raw(path, "SELECT * FROM entry")] == rows
    (copy,) = tmp_path.glob("traad-*-v0003.db")
    assert re.fullmatch(r"traad-\d{4}-\d\d-\d\d-\d{6}-v0003\.db", copy.name)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert _raw(copy, "SELECT * FROM entry") == rows
    assert _raw(copy, "SELECT version_num FROM alembic_version") == [("0003",)]
    open_store(str(path)).close()
    assert len(list(tmp_path.glob("traad-*-v0003.db"))) == 1


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, newer: Callable[[str], None], start: Callable[..., list[Event]]
) -> None:
    path = tmp_path / "traad.db"
    store = open_store(str(path))
    store.append(start())
    store.close()
    before = _raw(path, "SELECT * FROM entry"), _raw(path, "SELECT sql FROM sqlite_master")
    newer('op.execute("INSERT INTO no_such_table VALUES (1)")')
    with pytest.raises(StoreError):
        open_store(str(path))
    assert (_raw(path, "SELECT * FROM entry"), _raw(path, "SELECT sql FROM sqlite_master")) == before
    assert _raw(path, "SELECT version_num FROM alembic_version") == [("0003",)]


def _raw(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
