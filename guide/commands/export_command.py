"""Skriv alle hændelser til en fil (CSV, se docs/event-log.md), som traad import kan læse igen."""

from __future__ import annotations

import argparse
from pathlib import Path

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common


def arguments(parser: Parser) -> None:
    """``traad export FILE [--json]``."""
    parser.add_argument("file", metavar="FIL", type=Path, help="filen, der skal skrives; den må ikke findes")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Export every row. Refuses to write over a file (exit 1)."""
    if given.file.exists():
        raise Problem(f"filen {given.file} findes allerede.", "Vælg et andet navn.", code=MISSING)
    with common.casework(given) as work:
        written = work.store.export_log(given.file)
        if given.json:
            common.print_json(work.now(), work.handbooks, written=written, file=str(given.file))
        else:
            print(f"{written} rækker er skrevet til {given.file}.")
    return OK
