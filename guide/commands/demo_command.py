"""Indlæs de 20 fiktive demosager i deres egen database, og åbn på dem, som de så ud 17. februar 2020."""

from __future__ import annotations

import argparse

from guide import demo
from guide.arguments import Parser
from guide.cli import OK
from guide.commands import common, open_command
from guide.desk import DEMO_DAY


def arguments(parser: Parser) -> None:
    """``traad demo [--no-open]``."""
    parser.add_argument("--no-open", action="store_true", help="indlæs kun; åbn ikke programmet")


def run(given: argparse.Namespace) -> int:
    """Open the app on the cases as of the audit's last day; it loads them unless they are there. Or only load them."""
    given.today = given.today or DEMO_DAY.isoformat()
    if not given.no_open:
        open_command.require_terminal()
        return open_command.start(given, demo=True)
    given.db = given.db or common.told(demo.demo_url)
    with common.casework(given, writes=True) as work:
        written = demo.load(work.store, work.vocabulary())
        cases = len(work.store.case_ids())
    done = f"{written} hændelser er indlæst" if written else "Sagerne var der i forvejen; intet er ændret"
    print(f"{done}. Databasen har {cases} sager: {given.db}")
    return OK
