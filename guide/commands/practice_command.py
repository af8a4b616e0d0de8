"""Øv dig på fiktive sager, i en database for sig og med et ur, du kan spole frem.

Uden id åbner listen; med et id åbner sagen. --list viser, hvad du har gennemført, så du kan vise det til din mentor:
titler og dage, intet af det, du har svaret.
"""

from __future__ import annotations

import argparse

from guide.arguments import Parser
from guide.cli import OK, Problem
from guide.commands import common, open_command


def arguments(parser: Parser) -> None:
    """``traad practice [ID] [--list] [--json]``."""
    parser.add_argument("page", metavar="ID", nargs="?", help="øvesagens id, fx fredag")
    parser.add_argument("--list", action="store_true", help="vis øvesagerne, og hvad du har gennemført")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Open the app on the practice cases, or list them."""
    from handbook.practice_load import load

    _refuse_what_is_fixed(given)
    books = common.handbooks(given)
    folder = common.own_folder(given)
    if given.list or given.json:
        return _list(given)
    if given.page is not None and load(books, folder).page(given.page) is None:
        raise Problem(f"kender ikke øvesagen '{given.page}'.", "Se dem med traad practice --list.")
    open_command.require_terminal()
    return open_command.start(given, practice=given.page or "")


def _refuse_what_is_fixed(given: argparse.Namespace) -> None:
    if given.db is not None:
        raise Problem("--db gælder ikke øvesagerne.", "De ligger altid i deres egen database; udelad --db.")
    if given.today is not None:
        raise Problem(
            "--today gælder ikke øvesagerne.", "De har hver deres ur; udelad --today, og skriv /spol i sagen."
        )


def _list(given: argparse.Namespace) -> int:
    from guide import settings
    from guide.practice.casework import PracticeCasework
    from guide.practice.clock import PracticeClock
    from guide.practice.place import practice_url
    from store.database import open_store

    books = common.handbooks(given)
    store = common.told(lambda: open_store(common.told(practice_url)))
    try:
        desk = PracticeCasework(store, books, PracticeClock(), settings.load().initials, common.own_folder(given))
        lines = desk.lines()
    finally:
        store.close()
    if given.json:
        common.print_json(
            common.moment(given),
            books,
            practice=[
                {
                    "id": line.page.id,
                    "title": line.page.title,
                    "trains": list(line.page.trains),
                    "minutes": line.page.minutes,
                    "state": line.state,
                    "completed": line.done_on.isoformat() if line.done_on else None,
                }
                for line in lines
            ],
        )
        return OK
    headings = ("id", "tilstand", "gennemført", "min.", "sag")
    common.table(
        headings,
        [
            (
                line.page.id,
                line.state,
                line.done_on.strftime("%d.%m.%Y") if line.done_on else "",
                str(line.page.minutes),
                line.page.title,
            )
            for line in lines
        ],
    )
    return OK
