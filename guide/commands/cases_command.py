"""Vis sagerne, de mest presserende først. Øverst står dagens frister, og hvor mange der er overskredet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import OK
from guide.commands import common

if TYPE_CHECKING:
    from datetime import datetime

    from guide.casework import CaseLine

MOST = 2_000
"""So many cases are listed, the most urgent; the rest is counted."""


def arguments(parser: Parser) -> None:
    """``traad cases [--json]``."""
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print how the day looks, then every open case with what comes next in it."""
    from dataclasses import asdict

    from guide.overview import morning

    with common.casework(given) as work:
        if given.json:
            lines = work.overview(mine=False)
            today = asdict(morning(lines, work.now()))
            common.print_json(work.now(), work.handbooks, morning=today, cases=[line_json(line) for line in lines])
        else:
            show(*work.most_urgent(MOST), work.now())
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


def show(lines: list[CaseLine], many: int, now: datetime) -> None:
    """The morning line, and the list as a table under it; of ``many`` cases, where they are too many to list."""
    from guide.dates import format_day
    from guide.overview import morning, morning_text

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
    clipped = many > len(lines)
    told = f"De {len(lines)} mest presserende af {many} sager. Alle: traad cases --json" if clipped else ""
    print(told or morning_text(morning(lines, now)), "", sep="\n")
    common.table(("Sag", "Hos", "Team", "Lov", "Frist", "Mangler", "Næste"), rows)
