"""Opening: what is promised about the file, and everything that can be wrong with it, in plain Danish."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import database, transactions
from store.database import default_url, open_store
from store.errors import StoreError
from store.events import Event

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(os.name != "posix", reason="rights are kept differently")


@pytest.fixture
def filled(tmp_path: Path, start: Callable[..., list[Event]]) -> Path:
    """A database with one case in it."""
    path = tmp_path / "traad.db"
    store = open_store(str(path))
    store.append(start())
    store.close()
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(transactions, "BUSY_SECONDS", 0.1)


def test_a_new_database_is_its_owners_alone_and_synced_at_every_commit(tmp_path: Path) -> None:
    path = tmp_path / "traad.db"
    store = open_store(f"sqlite:///{path}")
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    if os.name == "posix":
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        assert modes == {0o600}
    store.close()


@posix
def test_the_default_database_stands_in_a_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    store = open_store()
    file = Path(str(store.engine.url.database))
    assert default_url() == f"sqlite:///{file}"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    store.close()


def test_an_up_to_date_database_opens_without_alembic_and_platformdirs(filled: Path) -> None:
    program = (
        "import sys; from store.database import open_store; store = open_store(sys.argv[1]); store.case_ids();"
        "print(sorted(m for m in ('alembic', 'platformdirs', 'psycopg', 'handbook', 'checklists', 'guide', 'textual')"
        " if m in sys.modules))"
    )
    assert _output(program, str(filled)) == "[]"


def test_events_and_privacy_need_no_database_layer() -> None:
    program = (
        "import sys; import store.events, store.privacy, store.event_log, store.moments;"
        "print([m for m in ('sqlmodel', 'sqlalchemy', 'pydantic') if m in sys.modules])"
    )
    assert _output(program) == "[]"


def _output(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_a_missing_file_is_made_only_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="findes ikke"):
        open_store(str(tmp_path / "ny.db"), create=False)
    assert list(tmp_path.iterdir()) == []
    open_store(str(tmp_path / "ny.db")).close()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"Mappen findes ikke: .*ingen"):
        open_store(f"sqlite:///{tmp_path / 'ingen' / 'traad.db'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///:memory:", "mysql://x@y/z", "://", "http://x"])
def test_an_address_that_is_none_says_what_one_looks_like(url: str) -> None:
    with pytest.raises(StoreError, match="--db skal være"):
        open_store(url)


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Databaseserveren svarer ikke") as caught:
        open_store(f"postgresql://bruger:hemmelig@/traad?host={tmp_path}")
    assert "hemmelig" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_database_of_a_newer_version_is_left_alone(filled: Path) -> None:
    with sqlite3.connect(filled) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = filled.read_bytes()
    with pytest.raises(StoreError, match="nyere udgave"):
        open_store(str(filled))
    assert filled.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "brev.db"
    path.write_bytes(b"Dette er et brev og ikke en database.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="ikke en Rød tråd-database"):
        open_store(str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "anden.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE entry (x)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="et andet program"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="--db skal være"):
        open_store(str(tmp_path))


def test_an_empty_database_is_not_made_ours_when_only_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "tom.db"
    path.touch()
    with pytest.raises(StoreError, match="ikke en Rød tråd-database"):
        open_store(str(path), create=False)


def test_a_corrupt_database_is_said_so_and_not_made_worse(filled: Path) -> None:
    store = open_store(str(filled))
    with sqlite3.connect(filled) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    store.close()
    content = bytearray(filled.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    filled.write_bytes(content)
    with pytest.raises(StoreError, match="beskadiget"):
        _use(filled)
    assert filled.read_bytes()[8192:] == bytes(content)[8192:]


def test_a_truncated_database_is_said_so(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:9000])
    with pytest.raises(StoreError, match=r"beskadiget|ikke en Rød tråd-database"):
        _use(filled)


def _use(path: Path) -> None:
    store = open_store(str(path))
    try:
        store.events("S1")
        faults = store.verify()
        if faults:
            raise StoreError(faults[0])
    finally:
        store.close()


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_says_so_and_works_again_afterwards(filled: Path, record: Callable[..., Event]) -> None:
    store = open_store(str(filled))
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="optaget"):
        store.append([record()])
    assert len(store.events("S1")) == 4  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    store.append([record()])
    assert len(store.events("S1")) == 5
    store.close()


@pytest.mark.usefixtures("impatient")
def test_a_database_locked_by_an_exclusive_program_does_not_open(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="optaget"):
            open_store(str(filled))
    finally:
        other.close()


def test_a_full_disk_loses_nothing_already_saved(filled: Path, record: Callable[..., Event]) -> None:
    store = open_store(str(filled))
    with store.engine.connect() as connection:  # the pool hands the same connection out again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    saved = store.events("S1")
    said = ""
    while not said:
        try:
            saved += store.append([record(note="langt " * 500)])
        except StoreError as error:
            said = str(error)
    assert "plads på disken" in said
    assert store.events("S1") == saved
    store.close()
    again = open_store(str(filled))
    assert again.events("S1") == saved
    assert again.verify() == []
    again.append([record()])
    again.close()


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder in which we are not root: root may write everywhere."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs to be able to become another user")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    os.seteuid(0)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o755), (0o000, 0o777)])
def test_a_read_only_file_or_folder_says_so(as_nobody: Path, filled: Path, file_mode: int, folder_mode: int) -> None:
    path = as_nobody / "traad.db"
    shutil.copy(filled, path)
    path.chmod(file_mode)
    as_nobody.chmod(folder_mode)
    before = path.read_bytes()
    os.seteuid(65534)
    try:
        with pytest.raises(StoreError, match="skrivebeskyttet"):
            open_store(str(path))
        if folder_mode == 0o755:
            with pytest.raises(StoreError, match="kan ikke oprettes"):
                open_store(str(as_nobody / "ny.db"))
    finally:
        os.seteuid(0)
    assert path.read_bytes() == before


def test_a_backup_is_whole_private_and_never_written_over(filled: Path, record: Callable[..., Event]) -> None:
    store = open_store(str(filled))
    copy = filled.with_name("kopi.db")
    store.backup(copy)
    store.append([record()])
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = copy.read_bytes()
    with pytest.raises(StoreError, match="findes allerede"):
        store.backup(copy)
    assert copy.read_bytes() == before
    with pytest.raises(StoreError, match="Mappen findes ikke"):
        store.backup(filled.parent / "ingen" / "kopi.db")
    opened = open_store(str(copy))
    assert opened.events("S1") == store.events("S1")[:4]
    opened.close()
    store.close()
    assert not list(filled.parent.glob("*.part"))


def test_many_windows_may_make_the_same_database_at_once(tmp_path: Path) -> None:
    program = "import sys; from store.database import open_store; open_store(sys.argv[1]).close()"
    path = str(tmp_path / "traad.db")
    command = [sys.executable, "-c", program, path]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    assert [process.communicate()[1] for process in running] == [""] * 5
    open_store(path).close()
