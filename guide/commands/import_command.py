"""Hent hændelser ind fra en fil (CSV, se docs/event-log.md). Enten kommer alt med, eller intet.

Med --map læses et regneark (CSV eller XLSX) efter en opskrift: se docs/import. Begynd med --dry-run.
Samme fil to gange ændrer ingenting. Slutter med 1, når en række afvises; så er intet skrevet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guide.casework import Casework
    from store.events import Event
    from store.importing import ImportReport

SHOWN = 20
"""How many refused rows are told one by one; the rest are counted."""


def arguments(parser: Parser) -> None:
    """``traad import FILE [--map MAPPING] [--sheet NAME] [--known-from DAY] [--start-review] [--dry-run] [--json]``."""
    parser.add_argument("file", metavar="FIL", type=Path, help="filen med hændelser, eller regnearket")
    parser.add_argument("--map", metavar="OPSKRIFT", type=Path, help="hvad regnearkets kolonner betyder (TOML)")
    parser.add_argument("--sheet", metavar="ARK", help="hvilket ark i en Excel-fil; ellers det første")
    parser.add_argument("--known-from", metavar="DATO", help="ældre frister i regnearkets sager meldes ikke")
    parser.add_argument("--start-review", action="store_true", help="begynd en gennemgang af alle sagerne bagefter")
    parser.add_argument("--dry-run", action="store_true", help="prøv det hele, men skriv intet")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Import an event log, all or nothing. Exit 1 when a row is refused."""
    for path in filter(None, (given.file, given.map)):
        if not path.is_file():
            raise Problem(f"filen {path} findes ikke.", "Se efter, om stien er rigtig.")
    if given.start_review and given.dry_run:
        raise Problem("--start-review begynder noget, og --dry-run skriver intet.", "Vælg den ene.")
    if given.map is not None:
        from guide.commands import import_spreadsheet

        return import_spreadsheet.run(given)
    if given.sheet or given.known_from or given.file.suffix.lower() == ".xlsx":
        raise Problem("et regneark læses efter en opskrift.", "Skriv den med --map OPSKRIFT.toml (se docs/import).")
    with common.casework(given, writes=True) as work:
        report = work.store.import_log(
            given.file,
            work.vocabulary(),
            progress=_progress(),
            dry_run=given.dry_run,
            validate=partial(unclear, work),
        )
        if given.json:
            refused = [{"row": r.row, "text": r.text} for r in report.refused]
            counts = {name: getattr(report, name) for name in ("read", "written", "new", "known")}
            common.print_json(work.now(), work.handbooks, **counts, refused=refused)
        else:
            show(report, given.dry_run)
        begin_review(work, given, refused=bool(report.refused))
    return MISSING if report.refused else OK


def begin_review(work: Casework, given: argparse.Namespace, *, refused: bool) -> None:
    """Begin a review of every case when it was asked for and nothing was refused. Raises StoreError."""
    if not given.start_review or refused:
        return
    from guide.caseload_review import start

    work.me = work.me or "import"  # as the rows of a spreadsheet are signed when nobody has said who sits here
    found = start(work)
    if not given.json:
        print(f"Gennemgangen {found.id} er begyndt: {found.whose}. Se den med traad overview --list gennemgang.")


def unclear(work: Casework, case: str, events: Sequence[Event]) -> list[str]:
    """What a case leaves open that only a person can choose: which of several runs a deadline is counted from."""
    from checklists.facts import fold
    from checklists.links import unclear_links

    now = work.now()
    return [
        f"{found.run} kan regnes fra flere: {', '.join(found.candidates)}. Skriv hvilken i forløbets value: "
        f'{{"links": {{"{found.procedure}": "{found.candidates[-1]}"}}}}'
        for found in unclear_links(fold(case, events, now), work.handbooks, now)
    ]


def _progress() -> Callable[[int, int], None] | None:
    """Counts up on one line of the terminal; None where nobody is watching."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, whole: int) -> None:
        share = 100 * done // max(whole, 1)
        print(f"\r{share:>3} % læst", end="" if share < 100 else "\r          \r", file=sys.stderr, flush=True)

    return tell


def show(report: ImportReport, dry_run: bool) -> None:
    """What was read and written, and why rows were refused."""
    for refused in report.refused[:SHOWN]:
        print(f"række {refused.row}: {refused.text}", file=sys.stderr)
    if len(report.refused) > SHOWN:
        print(f"... og {len(report.refused) - SHOWN} rækker til (se dem alle med --json).", file=sys.stderr)
    if report.refused:
        print(f"Intet er skrevet: {common.counted(len(report.refused), 'række', 'rækker')} er afvist.")
    else:
        written = f"{report.new} ville blive skrevet" if dry_run else f"{report.written} er skrevet"
        print(f"{common.counted(report.read, 'række', 'rækker')} læst; {written}, {report.known} var der i forvejen.")
