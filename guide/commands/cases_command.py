"""Vis sagerne, de mest presserende først."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import OK
from guide.commands import common

if TYPE_CHECKING:
    from datetime import datetime

    from guide.casework import CaseLine


def arguments(parser: Parser) -> None:
    """``traad cases [--json]``."""
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print every open case with what comes next in it."""
    with common.casework(given) as work:
        lines = work.overview(mine=False)
        if given.json:
            common.print_json(work.now(), work.handbooks, cases=[line_json(line) for line in lines])
        else:
            show(lines, work.now())
    return OK


def line_json(line: CaseLine) -> dict[str, Any]:
    """A case under the keys of the list."""
    return {
        "case": line.case,
        "caseworker": line.caseworker,
        "team": line.team,
        "law": line.law,
        "next": line.next,
        "due": common.moment_json(line.due.aim) if line.due else None,
        "findings": line.findings,
        "local_findings": line.local_findings,
    }


def show(lines: list[CaseLine], now: datetime) -> None:
    """The list as a table."""
    from guide.dates import format_day

    if not lines:
        print("Der er ingen sager i databasen. Åbn programmet med traad, eller prøv de fiktive sager: traad demo.")
        return
    rows = [
        (
            line.case,
            line.caseworker,
            line.team,
            line.law,
            format_day(line.due.day, now) if line.due else "mangler" if line.missing else "",
            common.missing_text(line.findings, line.local_findings) if line.findings else "",
            line.next,
        )
        for line in lines
    ]
    common.table(("Sag", "Hos", "Team", "Lov", "Frist", "Mangler", "Næste"), rows)
