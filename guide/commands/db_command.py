"""Pas på databasen: upgrade gør den klar til denne udgave, backup tager en kopi, verify efterser, at den er hel.

upgrade og backup lægger kopien ved siden af databasen; backup kan få et andet filnavn. verify slutter med 1 ved fejl.
rebuild regner alle sager ud på ny og gemmer resultatet, så overblik og tabeller svarer med det samme, også ved mange
tusind sager. Det, der er registreret, røres ikke, og andre kan arbejde imens.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from store.cases import Store


def arguments(parser: Parser) -> None:
    """``traad db upgrade|backup|verify|rebuild [FILE] [--json]``."""
    parser.add_argument(
        "action", metavar="HANDLING", choices=list(ACTIONS), help="upgrade, backup, verify eller rebuild"
    )
    parser.add_argument("file", metavar="FIL", nargs="?", type=Path, help="kopiens navn (kun til backup)")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Do one thing with the database. Opening it has already brought an older one up to date."""
    if given.file and given.action != "backup":
        raise Problem(f"db {given.action} tager ingen fil.", "Databasen vælges med --db.")
    with common.store(given) as opened:
        done = ACTIONS[given.action](opened, given)
    if given.json:
        books = common.handbooks(given) if given.action == "rebuild" else {}
        common.print_json(common.moment(given), books, action=given.action, **done)
    else:
        print("\n".join([done["text"], *done.get("faults", [])]))
    return OK if done["ok"] else MISSING


def upgrade(opened: Store, _: argparse.Namespace) -> dict[str, Any]:
    """Opening was all it took."""
    return {"ok": True, "text": f"Databasen er klar til denne udgave: {opened.where}"}


def backup(opened: Store, given: argparse.Namespace) -> dict[str, Any]:
    """A copy in a new file."""
    target = given.file or _beside(opened)
    opened.backup(target)
    return {"ok": True, "text": f"Kopien er taget: {target}", "file": str(target)}


def verify(opened: Store, _: argparse.Namespace) -> dict[str, Any]:
    """Everything read and compared."""
    faults = opened.verify()
    text = f"Databasen har {len(faults)} fejl:" if faults else f"Databasen er hel: {opened.where}"
    return {"ok": not faults, "text": text, "faults": faults}


def rebuild(opened: Store, given: argparse.Namespace) -> dict[str, Any]:
    """Everything worked out again, with the rounds people ask about most: the last calendar year, and a year back."""
    from guide import projecting, settings
    from guide.casework import Casework
    from guide.commands.progress_bar import progress_bar

    work = Casework(opened, common.handbooks(given), common.clock(given), settings.load().initials)
    rounds = projecting.usual_rounds(work.now())
    cases = projecting.rebuild(work, rounds, progress_bar("Regner sagerne ud"))
    return {"ok": True, "text": f"{common.counted(cases, 'sag', 'sager')} er regnet ud på ny.", "cases": cases}


def _beside(opened: Store) -> Path:
    from store.backup import dated_name
    from store.migrations import REVISIONS

    return dated_name(Path(str(opened.engine.url.database)), REVISIONS[-1])


ACTIONS = {"upgrade": upgrade, "backup": backup, "verify": verify, "rebuild": rebuild}
"""What ``traad db`` can do: name -> function."""
