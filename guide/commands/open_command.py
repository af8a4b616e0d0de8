"""Åbn Rød tråd i terminalen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from guide.cli import Problem
from guide.commands import common

if TYPE_CHECKING:
    import argparse


def run(given: argparse.Namespace) -> int:
    """Open the app on the database of ``--db``, at the moment of ``--today``. Needs a terminal."""
    require_terminal()
    return start(given)


def require_terminal() -> None:
    """Raise Problem when there is no terminal to draw on or type in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise Problem("Rød tråd skal åbnes i en terminal; i scripts kan du bruge fx traad cases --json.")


def start(given: argparse.Namespace, *, demo: bool = False, practice: str | None = None) -> int:
    """Run the app until the user leaves it. Returns its exit code."""
    import gc

    gc.disable()  # importing makes only what stays; guide.desk turns it on again when the database is open
    from guide.app import run as run_app

    folder = common.own_folder(given) if given.handbook else None  # without the option the app reads its own setting
    moved = given.today is not None
    return run_app(given.db, common.clock(given), moved=moved, demo=demo, handbook=folder, practice=practice)
