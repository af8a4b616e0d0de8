"""``traad import --map``: a spreadsheet read by a mapping, and what to tell about it. Part of ``import_command``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guide.cli import COMMANDS, MISSING, OK, Problem
from guide.commands import common
from guide.commands.import_command import begin_review
from guide.commands.progress_bar import progress_bar

if TYPE_CHECKING:
    from datetime import date

    from guide.casework import Casework
    from guide.spreadsheet.drafts import Said
    from guide.spreadsheet.importing import Outcome

SHOWN = 20
"""How many refused cells, and how many warnings, are told one by one; the rest are counted."""


def run(given: argparse.Namespace) -> int:
    """Import a spreadsheet by ``given.map``, all or nothing. Exit 1 when something is refused."""
    from guide.spreadsheet.importing import import_spreadsheet
    from guide.spreadsheet.mapping_file import MappingFault, read_mapping
    from guide.spreadsheet.reading import FileFault
    from guide.spreadsheet.terms import terms_of

    with common.casework(given, writes=True) as work:
        known_from = _known_from(given.known_from, work)
        try:
            rules = read_mapping(given.map, terms_of(work.handbooks))
            outcome = import_spreadsheet(
                work,
                rules,
                given.file,
                sheet=given.sheet or "",
                known_from=known_from,
                dry_run=given.dry_run,
                progress=progress_bar("indlæser"),
            )
        except MappingFault as fault:
            raise Problem(
                _listed(given.map, fault.faults), "Ret opskriften, og prøv igen. Intet er skrevet."
            ) from fault
        except FileFault as fault:
            raise Problem(f"{given.file}: {fault}", "Intet er skrevet.") from fault
        if given.json:
            common.print_json(work.now(), work.handbooks, **answer(outcome))
        else:
            show(outcome, given.dry_run)
        begin_review(work, given, refused=bool(outcome.refused_count))
    return MISSING if outcome.refused_count else OK


def answer(outcome: Outcome) -> dict[str, object]:
    """The outcome under its JSON names."""
    counts = ("rows", "cases", "read", "written", "new", "known", "refused_count", "warning_count")
    return {
        **{name: getattr(outcome, name) for name in counts},
        "refused": [_said_json(one) for one in outcome.refused],
        "warnings": [_said_json(one) for one in outcome.warnings],
        "unused_columns": outcome.unused,
    }


def show(outcome: Outcome, dry_run: bool) -> None:
    """What was refused and why, what to look at, and what was written."""
    _tell("Afvist:", outcome.refused, outcome.refused_count)
    _tell("Se efter (det er ikke en fejl, at det står der):", outcome.warnings, outcome.warning_count)
    if outcome.unused:
        print(f"Kolonner, opskriften ikke bruger, og som ikke er læst: {', '.join(outcome.unused)}.", file=sys.stderr)
    rows = common.counted(outcome.rows, "række", "rækker")
    if outcome.refused_count:
        print(f"{rows} læst. Intet er skrevet: {common.counted(outcome.refused_count, 'fejl', 'fejl')} er fundet.")
        return
    cases = common.counted(outcome.cases, "sag", "sager")
    written = f"{outcome.new} registreringer {'ville blive' if dry_run else 'er'} skrevet"
    print(f"{rows} læst om {cases}; {written}, {outcome.known} var der i forvejen.")
    if outcome.written and "overview" in COMMANDS:
        print("traad overview viser, hvad der ligger fra før, som en liste at arbejde sig ned igennem.")


def _known_from(text: str | None, work: Casework) -> date | None:
    if text is None:
        return None
    from guide.dates import DateError, parse_day

    try:
        return parse_day(text, work.now())
    except DateError as error:
        raise Problem(f"--known-from: {error}") from error


def _listed(path: Path, faults: Sequence[str]) -> str:
    shown = [f"{path}: {fault}" for fault in faults[:SHOWN]]
    rest = [f"... og {len(faults) - SHOWN} fejl til"] if len(faults) > SHOWN else []
    return "\n       ".join([*shown, *rest])


def _tell(heading: str, said: Sequence[Said], count: int) -> None:
    if not count:
        return
    print(heading, file=sys.stderr)
    for one in said[:SHOWN]:
        print(f"  {_place(one)}{one.text}", file=sys.stderr)
    if count > SHOWN:
        print(f"  ... og {count - SHOWN} til (se dem med --json).", file=sys.stderr)


def _place(said: Said) -> str:
    if not said.row:
        return ""
    return f"række {said.row}, {said.column}: " if said.column else f"række {said.row}: "


def _said_json(said: Said) -> dict[str, object]:
    return {"row": said.row, "column": said.column, "text": said.text}
