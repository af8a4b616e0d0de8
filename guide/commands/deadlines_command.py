"""Vis de frister, der løber, den nærmeste først. Det, der er gjort eller undladt, er ikke med.

Kommunens egne mål står som »Lokalt mål«. Fødselsdage, der ændrer noget, står for sig:
for én sag alle de kommende, ellers dem inden for et halvt år. Med --ics skrives frister og aftaler som en kalenderfil,
der kan skrives igen, når noget har ændret sig: det, der ikke gælder mere, står da som aflyst.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from datetime import datetime

    from checklists.states import Progress, StepState
    from guide.casework import Casework
    from guide.documents.calendar_file import Entry


def arguments(parser: Parser) -> None:
    """``traad deadlines [--case CASE | --mine] [--ics FILE] [--json]``."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--case", metavar="SAG", help="kun fristerne i denne sag")
    either.add_argument("--mine", action="store_true", help="kun de sager, jeg har")
    parser.add_argument("--ics", metavar="FIL", type=Path, help="skriv dem som kalender (iCalendar) i filen")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print every unsettled step that has a deadline, in one case or in all."""
    from guide.dialogue.age_text import lines, soon

    with common.casework(given) as work:
        cases = [common.known_case(work, given.case)] if given.case else _cases(work, given.mine)
        found: list[tuple[str, StepState]] = []
        ages: list[dict[str, Any]] = []
        born: list[tuple[str, str]] = []
        calendar: list[Entry] = []
        for case in cases:
            progress = work.progress(case)
            calendar += _entries(progress) if given.ics else []
            born.append((case, progress.case.born))
            found += [(case, state) for state in running(progress)]
            ages += [{"case": case, **age} for age in common.ages_json(progress, work.handbooks)]
        written = _write(given, calendar, work.now()) if given.ics else None
        found.sort(key=lambda pair: (pair[1].due.late_after if pair[1].due else work.now(), pair[0]))
        if given.json:
            rows = [deadline_json(case, state) for case, state in found]
            more = {"ics": {"file": str(given.ics), "live": written[0], "cancelled": written[1]}} if written else {}
            common.print_json(work.now(), work.handbooks, deadlines=rows, ages=ages, **more)
        elif written:
            print(f"{common.counted(written[0], 'frist eller aftale', 'frister og aftaler')} står i {given.ics}.")
            if written[1]:
                print(f"{written[1]} står som aflyst, til kalenderen har set det.")
        else:
            show(found, work.now())
            books, now = work.handbooks, work.now()
            common.print_below(lines(born[0][1], books, now) if given.case else soon(born, books, now))
    return OK


def _cases(work: Casework, mine: bool) -> list[str]:
    if not mine:
        return work.store.case_ids()
    from checklists.calendar import local_day

    if not work.me:
        raise Problem("ved ikke, hvem du er.", "Start programmet én gang med traad, og skriv dine initialer.")
    return work.store.case_ids(staff=work.me, today=local_day(work.now()))


def _entries(progress: Progress) -> list[Entry]:
    from guide.documents.calendar_file import entries

    return entries(progress)


def _write(given: argparse.Namespace, found: list[Entry], now: datetime) -> tuple[int, int]:
    """How many are live and cancelled in the file. With ``--case`` the other cases' events are left as they are."""
    from guide.documents.calendar_file import CalendarFileError, write

    try:
        return write(given.ics, found, now, frozenset({given.case}) if given.case else None)
    except CalendarFileError as error:
        raise Problem(str(error), code=MISSING) from error


def running(progress: Progress) -> list[StepState]:
    """The steps of a case that still ask something and have a deadline."""
    return [s for run in progress.runs for s in run.steps if s.due is not None and not s.settled]


def deadline_json(case: str, state: StepState) -> dict[str, Any]:
    """A deadline under the keys of the list; ``basis`` is lokal for the municipality's own target."""
    local = state.due is not None and state.due.local
    return {
        "case": case,
        "run": state.run,
        "step": state.step.id,
        "items": [state.item.id] if state.item else [],
        **common.due_json(state.due),
        "state": state.state,
        "clause": state.step.clause_of("lokal") if local else state.step.clause,
        "basis": "lokal" if local else state.step.basis,
    }


def show(found: list[tuple[str, StepState]], now: datetime) -> None:
    """The list as a table, how far off each is in words."""
    from guide.dates import format_moment, format_relative
    from guide.dialogue.deadline_text import ground
    from guide.widgets.words import SYMBOLS

    if not found:
        print("Ingen frister løber i det, der er registreret.")
        return
    rows = []
    for case, state in found:
        assert state.due is not None
        symbol, word = SYMBOLS[state.state]
        item = f" · {state.item.label or state.item.id}" if state.item else ""
        when = (format_moment(state.due.aim, now), format_relative(state.due.aim, now))
        rows.append((case, *when, f"{symbol} {word}", f"{state.step.title}{item}", ground(state)))
    common.table(("Sag", "Frist", "", "Tilstand", "Trin", "Grundlag"), rows)
