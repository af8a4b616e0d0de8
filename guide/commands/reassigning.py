"""What ``traad cover`` and ``traad move`` share: whose cases go to whom, what is due in them, and taking it back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from checklists.summary_model import Summary
    from guide.absence import Change
    from guide.casework import Casework


def arguments(parser: Parser) -> None:
    """The options of both."""
    parser.add_argument("--from", dest="who", metavar="INITIALER", required=True, help="den, der har sagerne nu")
    parser.add_argument("--to", metavar="INITIALER", required=True, help="den, der skal have dem")
    parser.add_argument("--start", metavar="DATO", help="den første dag (ellers i dag)")
    parser.add_argument("--cases", metavar="SAG", nargs="+", default=[], help="kun disse sager (ellers alle åbne)")
    parser.add_argument("--note", metavar="TEKST", default="", help="en kort besked, der noteres i hver sag")
    parser.add_argument("--by", metavar="INITIALER", help="hvem der skriver det (ellers dig)")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--dry-run", action="store_true", help="vis det uden at gemme noget")
    either.add_argument("--undo", action="store_true", help="tag det seneste mellem de to tilbage")
    common.add_json(parser)


def run(given: argparse.Namespace, cover: bool) -> int:
    """Show what is due, then write it; or take it back."""
    who, to = _initials(given.who, "--from"), _initials(given.to, "--to")
    with common.casework(given) as work:
        work.me = _initials(given.by, "--by") if given.by else work.me
        if not work.me and not given.dry_run:
            raise Problem("ved ikke, hvem du er.", "Skriv dine initialer med --by, eller åbn traad, og svar på det.")
        return _undo(work, given, who, to, cover) if given.undo else _write(work, given, who, to, cover)


def _write(work: Casework, given: argparse.Namespace, who: str, to: str, cover: bool) -> int:
    from guide import absence

    change = _change(work, given, who, to, cover)
    cases = absence.plan(work, change, absence.held(work, who))
    if not given.dry_run:
        absence.carry_out(work, change, [c.case for c in cases])
    if given.json:
        _print_json(work, change, cases, saved=not given.dry_run)
    else:
        _print(work, change, cases, saved=not given.dry_run)
    return OK


def _change(work: Casework, given: argparse.Namespace, who: str, to: str, cover: bool) -> Change:
    from checklists.calendar import local_day
    from guide.absence import Change

    if cover and not given.until:
        raise Problem("--until mangler: hvor længe skal der dækkes?", "Flyttes sagerne for altid, så brug traad move.")
    named = [case for part in given.cases for case in part.split(",") if case]
    return Change(
        who=who,
        to=to,
        start=_day(work, given.start, "--start") if given.start else local_day(work.now()),
        until=_day(work, given.until, "--until") if cover else None,
        cases=tuple(named),
        message=given.note.strip(),
        handover=not cover and given.handover,
    )


def _undo(work: Casework, given: argparse.Namespace, who: str, to: str, cover: bool) -> int:
    from guide import absence

    found = absence.standing(work, who, to, cover)
    if found is None:
        kind = "dækning" if cover else "flytning"
        raise Problem(f"der er ingen {kind} fra {who} til {to} at tage tilbage.", code=MISSING)
    count = absence.undo(work, found)
    if given.json:
        common.print_json(work.now(), work.handbooks, undone=list(found.rows), told=found.told)
    else:
        print(f"Taget tilbage i {_counted(count)}: {found.told}")
    return OK


def _print(work: Casework, change: Change, cases: Sequence[Summary], saved: bool) -> None:
    from guide.absence_page import first_page

    print("\n".join(first_page(change, cases, work.now())))
    if not saved:
        print("\nIntet er gemt (--dry-run).")
        return
    print(f"\nGemt i {_counted(len(cases))}. Fortryd: samme kommando med --undo.")
    if change.until is None and not change.handover:
        print("Begynd forløbet Overdragelse i sagerne, så den nye kan mødes med barnet og forældrene.")


def _print_json(work: Casework, change: Change, cases: Sequence[Summary], saved: bool) -> None:
    from guide.absence_page import due_json

    answer: dict[str, Any] = {
        "from": change.who,
        "to": change.to,
        "start": change.start.isoformat(),
        "until": change.until.isoformat() if change.until else None,
        "cases": [c.case for c in cases],
        "saved": saved,
        "due": due_json(cases, work.now()),
    }
    common.print_json(work.now(), work.handbooks, **answer)


def _counted(n: int) -> str:
    return f"{n} {'sag' if n == 1 else 'sager'}"


def _initials(text: str, option: str) -> str:
    from guide.settings import clean_initials

    try:
        return clean_initials(text)
    except ValueError as error:
        raise Problem(f"{option}: {error}") from error


def _day(work: Casework, text: str, option: str) -> date:
    from guide.dates import DateError, parse_day

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parse_day(text, work.now(), prefer_future=True)
    except DateError as error:
        raise Problem(f"{option}: {error}") from error
