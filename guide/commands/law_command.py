"""Vis de paragraffer og regler, siderne hviler på, efter hvor sikre de er.

Kontrolleret er læst i lovteksten; signeret er godkendt af kommunens jurist (filen kontrol.csv i kommunens egen mappe).
Ved det, der ikke er kontrolleret, står de trin, der hviler på det.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import OK
from guide.commands import common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.provenance import Referenced

STATES = ("kontrolleret", "signeret", "praksis", "lokal", "ikke-kontrolleret")
"""What ``--state`` takes; the last is written with a space in the answers."""


def arguments(parser: Parser) -> None:
    """``traad law [--state STATE] [--json]``."""
    parser.add_argument("--state", metavar="TILSTAND", choices=STATES, help=f"kun én tilstand: {', '.join(STATES)}")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print every reference of both editions by state, with the pages that lean on the unchecked ones."""
    from handbook.provenance import references

    books = common.handbooks(given)
    wanted = (given.state or "").replace("-", " ")
    found = [r for r in references(books.values()) if wanted in ("", r.state)]
    if given.json:
        common.print_json(common.moment(given), books, references=[reference_json(r) for r in found])
    else:
        show(found)
    return OK


def reference_json(reference: Referenced) -> dict[str, Any]:
    """A reference under the keys it has in the answer; ``pages`` are ``procedure#step``."""
    from handbook.model import SHORT

    return {
        "clause": reference.clause,
        "law": SHORT[reference.law],
        "state": reference.state,
        "basis": reference.basis,
        "source": reference.source,
        "pages": list(reference.pages),
    }


def show(found: Sequence[Referenced]) -> None:
    """The references as text, under one heading for each law and state."""
    from guide.dialogue.provenance_text import STATES as WORDS
    from handbook.model import SHORT

    if not found:
        print("Der er ingen henvisninger i den tilstand.")
    counts = Counter((r.law, r.state) for r in found)
    told: set[tuple[str, str]] = set()
    for reference in found:
        kind = (reference.law, reference.state)
        if kind not in told:
            above = "\n" if told else ""
            print(f"{above}{SHORT[reference.law]}, {WORDS[reference.state]}: {counts[kind]}")
            told.add(kind)
        source = f" ({reference.source})" if reference.source else ""
        print(f"  {reference.clause}{source}")
        if reference.state == "ikke kontrolleret":
            print(f"      bruges af {', '.join(reference.pages)}")
