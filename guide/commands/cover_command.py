"""Dæk en kollegas sager under fravær. Efter den sidste dag er sagerne igen hos den, der havde dem.

Først vises alt, der forfalder inden for 14 dage i de sager. --dry-run viser det uden at gemme, --undo tager den
seneste dækning mellem de to tilbage. Frister, der er passeret, bliver hos den, der havde sagen dengang.
"""

from __future__ import annotations

import argparse

from guide.arguments import Parser
from guide.commands import reassigning


def arguments(parser: Parser) -> None:
    """``traad cover --from LH --to AB --until DATE [--start DATE] [--cases C ...] [--note T] [--dry-run|--undo]``."""
    reassigning.arguments(parser)
    parser.add_argument("--until", metavar="DATO", help="den sidste dag, der dækkes")


def run(given: argparse.Namespace) -> int:
    """Show the first page and write the cover. Exit 1 when it cannot be done: then nothing was written."""
    return reassigning.run(given, cover=True)
