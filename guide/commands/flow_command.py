"""Tegn et forløb som Mermaid.

Fuldt optrukne pile er det, svarene foreslår; prikkede er en rækkefølge, der skal holde; tykke åbner et nyt forløb.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from guide.arguments import Parser
from guide.cli import OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from handbook.model import Handbook, Law, Procedure

LAWS: dict[str, Law] = {"sel": "serviceloven", "bl": "barnets_lov"}


def arguments(parser: Parser) -> None:
    """``traad flow PROCEDURE [--law sel/bl] [--json]``."""
    parser.add_argument("procedure", metavar="FORLØB", help="sidens id, fx underretning")
    parser.add_argument("--law", metavar="LOV", choices=list(LAWS), default="sel", help="sel eller bl (ellers sel)")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print one procedure's flow. Exit 2 when the edition has no such page."""
    from handbook.flow import flow
    from handbook.model import SHORT

    law = LAWS[given.law]
    book = common.handbooks(given)[law]
    mermaid = flow(page(book, given.procedure))
    if given.json:
        common.print_json(common.moment(given), {law: book}, procedure=given.procedure, law=SHORT[law], mermaid=mermaid)
    else:
        print(mermaid, end="")
    return OK


def page(book: Handbook, name: str) -> Procedure:
    """The procedure called ``name``. Raises Problem when it is not there or its page is out of order."""
    found = book.procedures.get(name)
    if found is not None:
        return found
    from pathlib import Path

    if any(Path(fault.file).stem == name for fault in book.faults):
        raise Problem(f"siden {name}.md har fejl og kan ikke tegnes.", "Se dem med traad check.")
    known = ", ".join(sorted(book.procedures)) or "ingen"
    raise Problem(f"håndbogen har intet forløb '{name}' efter {book.law.replace('_', ' ')}.", f"Den har: {known}.")
