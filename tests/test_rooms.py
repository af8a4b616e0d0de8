"""Arrows run one way: each room is imported in a process of its own, and ``sys.modules`` tells what came along."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("handbook", "checklists", "store", "guide")
SCRIPTS = ("store", "migrations")
"""Run by Alembic, which hands them their context: they cannot be imported on their own."""

DATABASE = {"sqlmodel", "sqlalchemy", "alembic", "psycopg", "sqlite3"}

MAY_LOAD = {
    "handbook": {"handbook"},
    "checklists": {"checklists", "handbook"},
    "store": {"store"},
    "guide": set(ROOMS),
}
"""Room -> the rooms that may come along when it is imported."""


def modules(room: str) -> list[str]:
    """Every module of a room by its dotted name."""
    files = [p.relative_to(ROOT) for p in sorted((ROOT / room).rglob("*.py"))]
    kept = [p for p in files if p.name != "__main__.py" and p.parts[:2] != SCRIPTS]
    return [".".join(p.with_suffix("").parts).removesuffix(".__init__") for p in kept]


@cache
def loaded_by(*names: str) -> frozenset[str]:
    """The first parts of all names in ``sys.modules`` after importing ``names`` in a fresh process."""
    script = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print(*{n.partition('.')[0] for n in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    return frozenset(done.stdout.split())


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_brings_along_only_the_rooms_it_may(room: str) -> None:
    assert loaded_by(*modules(room)) & set(ROOMS) <= MAY_LOAD[room]


@pytest.mark.parametrize("room", ["handbook", "checklists", "store"])
def test_only_guide_knows_the_terminal(room: str) -> None:
    assert not loaded_by(*modules(room)) & {"textual", "rich"}


@pytest.mark.parametrize("room", ["handbook", "checklists"])
def test_the_pure_rooms_know_no_database(room: str) -> None:
    assert not loaded_by(*modules(room)) & DATABASE


def imported_libraries(file: Path) -> set[str]:
    """The first parts of the names a file imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_only_store_imports_the_database_layer() -> None:
    elsewhere = [p for room in ROOMS if room != "store" for p in (ROOT / room).rglob("*.py")]
    wrong = {p.relative_to(ROOT).as_posix(): found for p in elsewhere if (found := imported_libraries(p) & DATABASE)}
    assert not wrong


def test_the_first_frame_waits_for_no_database() -> None:
    """Budget: the app's first frame costs little more than a bare Textual app's, so the database comes after it."""
    assert not loaded_by("guide.app", "guide.screens.cases", "guide.screens.welcome") & {"sqlmodel", "sqlalchemy"}


def test_the_command_line_is_light() -> None:
    heavy = {"textual", "rich", "sqlmodel", "sqlalchemy", "markdown_it", "dateutil", "zoneinfo", "typing", "json"}
    assert not loaded_by("guide.arguments") & heavy
    assert not loaded_by("guide.cli") & (heavy | {"argparse"})


def test_checking_pages_needs_neither_terminal_nor_database() -> None:
    assert not loaded_by("guide.commands.check_command", "guide.commands.flow_command") & {"textual", "sqlmodel"}


def test_only_the_migrations_leave_alembic_to_the_version_that_differs() -> None:
    assert "alembic" not in loaded_by(*modules("store"))
