"""Vis, hvad der mangler før en indstilling eller en afgørelse, i det, der er registreret.

Slutter med 1, når noget mangler, eller når sagen ingen afgørelse har på vej. Det er ingen godkendelse: I vurderer.
"""

from __future__ import annotations

import argparse

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common


def arguments(parser: Parser) -> None:
    """``traad ready CASE [--run R] [--json]``."""
    parser.add_argument("case", metavar="SAG", help="sagens nummer")
    parser.add_argument("--run", metavar="FORLØB", help="afgørelsen, fx afgoerelse-2 (ellers den, der er på vej)")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print what is known to be missing for one decision. Exit 1 when something is, or when there is no decision."""
    from guide.readiness_text import lines, readiness

    with common.casework(given) as work:
        progress = work.progress(common.known_case(work, given.case))
        runs = {r.run.id: r.run for r in progress.runs if r.run}
        if given.run and given.run not in runs:
            known = ", ".join(runs) or "ingen"
            raise Problem(f"sagen {given.case} har intet forløb '{given.run}'.", f"Den har: {known}.")
        found = readiness(progress, work.handbooks, given.run)
        if given.json:
            decided = runs[found.run].records.get("truffet", ()) if found and found.run else ()
            days = [record.day.isoformat() for record in decided if record.status == "done"]
            common.print_json(
                progress.now,
                work.handbooks,
                run=found.run if found else None,
                decision=days[-1] if days else None,
                ready=found is not None and found.ready,
                missing=[common.finding_json(m.finding) for m in found.missing] if found else [],
            )
        else:
            print("\n".join(lines(progress, work.handbooks, given.run)))
    return OK if found is not None and found.ready else MISSING
