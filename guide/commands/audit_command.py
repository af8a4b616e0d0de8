"""Vis revisorernes tabel over en periode: hvor mange sager der har en mangel, ud af dem, hvor målet er relevant.

Tallene siger, hvad der er registreret. Tal dem igennem med medarbejderne, før I bruger dem (docs/brugere/leder.md).
Der findes ingen tabel, rangliste eller fil efter sagsbehandler: --caseworker viser én persons egne sager til
samtalen om dem, og personen selv kan se det samme.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guide.arguments import Parser
from guide.cli import OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from checklists.audit import Audit
    from checklists.comparison import Comparison, Summary
    from guide.casework import Casework
    from handbook.model import Law
    from store.events import Event

LAWS: dict[str, Law] = {"sel": "serviceloven", "bl": "barnets_lov"}
FILES = ("csv", "xlsx", "html")
_AT_A_TIME = 500
"""Cases read from the database in one go."""


def arguments(parser: Parser) -> None:
    """``traad audit --from D --to D [--team] [--caseworker] [--law] [--lists] [--csv F] ... [--compare]``."""
    parser.add_argument("--from", dest="start", metavar="DATO", required=True, help="periodens første dag")
    parser.add_argument("--to", dest="end", metavar="DATO", required=True, help="periodens sidste dag")
    parser.add_argument("--team", metavar="TEAM", help="kun sagerne i dette team")
    parser.add_argument("--caseworker", metavar="INITIALER", help="kun den persons egne sager, til samtalen om dem")
    parser.add_argument("--law", choices=tuple(LAWS), help="kun sager efter serviceloven (sel) eller barnets lov (bl)")
    parser.add_argument("--lists", action="store_true", help="vis også sagerne bag hvert tal, med grunden")
    parser.add_argument(
        "--from-knowledge",
        action="store_true",
        help="regn altid undersøgelsens 4 måneder fra kendskabet, også når det ligger før perioden",
    )
    parser.add_argument(
        "--compare",
        metavar="RUNDE",
        nargs="+",
        help="en anden runde ved siden af: dens første og sidste dag, eller et gemt svar fra --json",
    )
    for kind in FILES:
        parser.add_argument(f"--{kind}", metavar="FIL", type=Path, help=f"skriv tabellen som {kind.upper()} i filen")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print the table, or write it to files. Exit 0 whatever it shows; 2 when the call cannot be understood."""
    period = (day(given.start, "--from"), day(given.end, "--to"))
    if period[0] > period[1]:
        raise Problem("--from ligger efter --to.", "Byt de to dage om.")
    _refuse_by_person(given)
    with common.casework(given) as work:
        if _numbers_alone(given) and (told := _numbers(work, given, period)):
            print("\n".join(told))
            return OK
        found = counted(work, given, period)
        other = compared(work, given, found) if given.compare else None
        if given.json:
            _print_json(work, given, found, other)
    written = write_files(given, found)
    if not given.json:
        show(given, found, other, written)
    return OK


def day(text: str, option: str) -> date:
    """A day as Danes or ISO write it. Raises Problem."""
    from datetime import datetime

    from checklists.calendar import TZ
    from guide.dates import DateError, parse_moment

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parse_moment(text, datetime.now(TZ))[0]
    except DateError as error:
        raise Problem(f"{option}: {error}") from error


def _refuse_by_person(given: argparse.Namespace) -> None:
    if given.caseworker and (given.compare or any(getattr(given, kind) for kind in FILES)):
        raise Problem(
            "én sagsbehandlers sager kan hverken skrives til en fil eller sammenlignes over tid.",
            "Brug --caseworker alene til samtalen, eller --team til en fil.",
        )


def _numbers_alone(given: argparse.Namespace) -> bool:
    """Whether nothing is asked for but the numbers, which need no case to be opened."""
    asked = (given.lists, given.json, given.compare, given.caseworker, *(getattr(given, kind) for kind in FILES))
    return not any(asked)


def _numbers(work: Casework, given: argparse.Namespace, period: tuple[date, date]) -> list[str]:
    """The tables as text from what is kept worked out; nothing when it cannot be kept just now."""
    from guide import audit_rounds
    from guide.commands.progress_bar import progress_bar
    from guide.documents import audit_numbers
    from guide.supervision_rounds import Rounds
    from store.errors import StoreError

    law, from_start = LAWS.get(given.law or ""), not given.from_knowledge
    try:
        table = audit_rounds.numbers(
            work, period, given.team, law, from_start, Rounds(work).overrides(), progress_bar("Regner sagerne ud")
        )
        named = audit_rounds.outside(work, period, table, given.team, from_start, audit_numbers.NAMED)
    except StoreError:
        return []
    return audit_numbers.lines(table, named, about(given))


def counted(work: Casework, given: argparse.Namespace, period: tuple[date, date]) -> Audit:
    """The audit of the cases asked for, with what reviewers answered against the dates."""
    from checklists.audit import audit
    from guide.supervision_rounds import Rounds

    return audit(
        cases(work, given.team),
        work.handbooks,
        period,
        work.now(),
        law=LAWS.get(given.law or ""),
        held_by=given.caseworker or "",
        from_start=not given.from_knowledge,
        overrides=Rounds(work).overrides(),
    )


def cases(work: Casework, team: str | None) -> Iterator[tuple[str, Sequence[Event]]]:
    """Every case, or a team's, with its rows; a bounded number in memory at a time."""
    ids = work.store.case_ids(team=team)
    for at in range(0, len(ids), _AT_A_TIME):
        yield from work.store.events_of(ids[at : at + _AT_A_TIME]).items()


def compared(work: Casework, given: argparse.Namespace, found: Audit) -> Comparison:
    """The round beside another one: counted now for two days, or read from a saved answer."""
    from checklists.comparison import compare
    from guide.documents.audit_words import summary

    return compare(_other(work, given), summary(found, about(given)))


def _other(work: Casework, given: argparse.Namespace) -> Summary:
    from guide.documents.audit_json import Unreadable, read_summary
    from guide.documents.audit_words import summary

    if len(given.compare) == 1:
        try:
            return read_summary(Path(given.compare[0]))
        except Unreadable as error:
            raise Problem(f"--compare: {error}.", "Gem en runde med traad audit ... --json > runde.json.") from error
    if len(given.compare) != 2:
        raise Problem("--compare tager to dage eller én fil.", "Fx --compare 2018-02-17 2019-02-16")
    start, end = (day(text, "--compare") for text in given.compare)
    return summary(counted(work, given, (start, end)), about(given))


def about(given: argparse.Namespace) -> str:
    """Whose cases the round is about, in Danish."""
    from guide.documents.audit_json import about_words

    whose = about_words(given.team, given.law.upper() if given.law else None)
    return f"{given.caseworker}s egne sager ud af {whose}" if given.caseworker else whose


def write_files(given: argparse.Namespace, found: Audit) -> list[Path]:
    """Write the files asked for; returns them."""
    written: list[Path] = []
    if given.csv:
        from guide.documents.audit_files import write_csv

        write_csv(found, given.csv)
        written.append(given.csv)
    if given.xlsx:
        from guide.documents.audit_files import write_xlsx

        write_xlsx(found, about(given), given.xlsx)
        written.append(given.xlsx)
    if given.html:
        from guide.documents.audit_html import page

        given.html.write_text(page(found, about(given)), encoding="utf-8")
        written.append(given.html)
    return written


def _print_json(work: Casework, given: argparse.Namespace, found: Audit, other: Comparison | None) -> None:
    from guide.documents.audit_json import audit_json, comparison_json

    filters = {"team": given.team, "caseworker": given.caseworker, "law": given.law.upper() if given.law else None}
    compare = {"compare": comparison_json(other)} if other else {}
    common.print_json(work.now(), work.handbooks, **audit_json(found, filters), **compare)


def show(given: argparse.Namespace, found: Audit, other: Comparison | None, written: Iterable[Path]) -> None:
    """The tables as text."""
    from textwrap import wrap

    from guide.documents.audit_text import WIDTH, comparison_lines, lines
    from guide.documents.audit_words import OWN_CASES

    if given.caseworker:
        print("\n".join([*wrap(OWN_CASES.format(given.caseworker), WIDTH), ""]))
    print("\n".join(lines(found, about(given), given.lists, causes_first=bool(given.caseworker))))
    if other:
        print("", *comparison_lines(other), sep="\n")
    for path in written:
        print(f"Skrevet: {path}")
