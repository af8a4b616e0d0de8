"""Flyt sager fra én sagsbehandler til en anden, fx når nogen holder op.

Først vises alt, der forfalder inden for 14 dage i de sager. --handover åbner forløbet Overdragelse i hver sag,
--dry-run viser det uden at gemme, --undo tager den seneste flytning mellem de to tilbage. Frister, der er passeret,
bliver hos den, der havde sagen dengang.
"""

from __future__ import annotations

import argparse

from guide.arguments import Parser
from guide.commands import reassigning


def arguments(parser: Parser) -> None:
    """``traad move --from LH --to AB [--start DATE] [--cases C ...] [--note T] [--handover] [--dry-run|--undo]``."""
    reassigning.arguments(parser)
    parser.add_argument("--handover", action="store_true", help="åbn forløbet Overdragelse i hver sag")


def run(given: argparse.Namespace) -> int:
    """Show the first page and write the move. Exit 1 when it cannot be done: then nothing was written."""
    return reassigning.run(given, cover=False)
