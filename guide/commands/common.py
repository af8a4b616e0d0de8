"""What the commands share: the clock they are given, the database they open, the answers they print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from guide.cli import MISSING, Problem

if TYPE_CHECKING:
    import argparse

    from checklists.due import Due
    from checklists.states import Finding, Progress
    from guide.arguments import Parser
    from guide.casework import Casework
    from handbook.model import Handbook, Law
    from store.cases import Store

Result = TypeVar("Result")

SCHEMA = 1
"""Raised when a key of a JSON answer changes its name or meaning; a new key is no new schema."""


def add_json(parser: Parser) -> None:
    """The option of every command that only reads."""
    parser.add_argument("--json", action="store_true", help="svar som JSON (se docs/json.md)")


def moment(given: argparse.Namespace) -> datetime:
    """The ``now`` to judge by, aware, in Europe/Copenhagen: ``--today``'s hour or else its end; without it the clock.

    Raises Problem when ``--today`` is no date.
    """
    from checklists.calendar import TZ, end_of_day

    text: str | None = given.today
    if text is None:
        return datetime.now(TZ)
    try:
        return end_of_day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=TZ) if at.tzinfo is None else at.astimezone(TZ)
    except ValueError:
        pass
    return _danish_moment(text)


def _danish_moment(text: str) -> datetime:
    from checklists.calendar import TZ, end_of_day
    from guide.dates import DateError, parse_moment

    try:
        day, at = parse_moment(text, datetime.now(TZ))
    except DateError as error:
        raise Problem(f"--today: {error}") from error
    return at.astimezone(TZ) if at else end_of_day(day)


def clock(given: argparse.Namespace) -> Callable[[], datetime]:
    """A clock for the program: stands still at ``--today``, else runs."""
    if given.today is None:
        return lambda: moment(given)
    now = moment(given)
    return lambda: now


@contextmanager
def store(given: argparse.Namespace, *, writes: bool = False) -> Iterator[Store]:
    """The opened database; closed again afterwards. What the store refuses comes out as a Problem.

    A file named with ``--db`` is made only by a command that ``writes``: a slip of the pen must not answer "no cases".
    """
    from store.database import open_store
    from store.errors import StoreError

    opened = told(lambda: open_store(given.db, create=writes or given.db is None))
    try:
        yield opened
    except StoreError as error:
        raise Problem(str(error), code=MISSING) from error
    finally:
        opened.close()


def told(work: Callable[[], Result]) -> Result:
    """What ``work`` returns; a StoreError from it comes out as a Problem, a wrong call."""
    from store.errors import StoreError

    try:
        return work()
    except StoreError as error:
        raise Problem(str(error)) from error


@contextmanager
def casework(given: argparse.Namespace, *, writes: bool = False) -> Iterator[Casework]:
    """Handbook, checklists and database tied together."""
    from guide import settings
    from guide.casework import Casework

    books = handbooks(given)
    with store(given, writes=writes) as opened:
        yield Casework(opened, books, clock(given), settings.load().initials)


def handbooks(given: argparse.Namespace) -> Mapping[Law, Handbook]:
    """The editions, with the municipality's folder laid over them. What is wrong in it is told, and nothing stops."""
    from guide.editions import load_handbooks
    from guide.layering import faults

    folder = own_folder(given)
    books = load_handbooks(folder)
    found = len(faults(books)) if folder else 0
    if found:
        print(f"traad: {found} fejl i {folder}. Se dem med traad check {folder}", file=sys.stderr)
    return books


def own_folder(given: argparse.Namespace) -> Path | None:
    """The municipality's folder: ``--handbook``, else the one in the user's settings, or None.

    Raises Problem when the folder of ``--handbook`` is not there.
    """
    from guide import settings

    if given.handbook is None:
        return settings.load().layer
    folder = Path(given.handbook)
    if not folder.is_dir():
        raise Problem(f"--handbook: mappen '{folder}' findes ikke.", "Se efter, om stien er rigtig.")
    return folder


def known_case(work: Casework, case_id: str) -> str:
    """``case_id`` when the database has it. Raises Problem otherwise."""
    if case_id not in work.store.case_ids():
        raise Problem(f"kender ikke sagen '{case_id}'.", "Se sagerne med traad cases.")
    return case_id


def print_json(now: datetime, handbooks: Mapping[Any, Handbook], **named: Any) -> None:
    """One JSON object: the keys every answer has, then ``named`` in the order given."""
    import json

    answer = {
        "schema": SCHEMA,
        "as_of": now.isoformat(timespec="seconds"),
        "handbook": {law: digest(book) for law, book in handbooks.items()},
        **named,
    }
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    print()


def digest(book: Handbook) -> str:
    """Twelve hexadecimal digits that change when any page of the edition or of the municipality's layer does."""
    from hashlib import sha256

    content = sha256()
    for pages in (book.procedures, book.layers):
        for page in sorted(pages):
            content.update(pages[page].source.encode())
    if book.local is not None:
        content.update(repr(replace(book.local, path=Path())).encode())
    references = (r for page in book.procedures.values() for step in page.steps for r in step.references)
    for signed in (r for r in references if r.state == "signeret"):
        content.update(f"{signed.clause} {signed.source}".encode())
    return content.hexdigest()[:12]


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding under the keys it has in every answer; ``since`` is a local day."""
    return {
        "id": finding.id,
        "run": finding.run,
        "procedure": finding.procedure,
        "step": finding.step,
        "items": list(finding.items),
        "kind": finding.kind,
        "code": finding.code,
        "measures": list(finding.measures),
        "basis": finding.basis,
        "law": finding.law,
        "clause": finding.clause,
        "text": finding.text,
        "mend": finding.mend,
        "who": finding.who,
        "since": finding.since.isoformat() if finding.since else None,
        "inherited": finding.inherited,
    }


def ages_json(progress: Progress, books: Mapping[Law, Handbook]) -> list[dict[str, Any]]:
    """The birthdays to come that change something, each under the law of its day; ``first`` and ``last`` are days."""
    from checklists.ages import coming
    from checklists.calendar import local_day
    from guide.dialogue.words import plain
    from handbook.model import SHORT

    return [
        {
            "age": birthday.label,
            "first": birthday.first.isoformat(),
            "last": birthday.last.isoformat(),
            "law": SHORT[birthday.law],
            "clause": birthday.step.clause,
            "text": plain(birthday.step.text),
        }
        for birthday in coming(progress.case.born, books, local_day(progress.now))
    ]


def missing_text(count: int, local: int) -> str:
    """``3 mangler, heraf 1 lokal``: the municipality's own rules counted apart."""
    own = f", heraf {local} {'lokal' if local == 1 else 'lokale'}" if local else ""
    return f"{counted(count, 'mangel', 'mangler')}{own}"


def due_json(due: Due | None) -> dict[str, str | None]:
    """The two moments of a deadline, null without one. ``due`` is a local day unless it is counted in hours."""
    if due is None:
        return {"due": None, "late_after": None}
    return {"due": moment_json(due.aim), "late_after": moment_json(due.late_after)}


def moment_json(when: date | datetime) -> str:
    """An instant in Copenhagen's time to the second, or a local day."""
    if not isinstance(when, datetime):
        return when.isoformat()
    from checklists.calendar import TZ

    return when.astimezone(TZ).isoformat(timespec="seconds")


def counted(number: int, one: str, many: str) -> str:
    """``1 række`` or ``2 rækker``."""
    return f"{number} {one if number == 1 else many}"


def print_below(lines: Sequence[str]) -> None:
    """Lines under a blank one; nothing at all without any."""
    if lines:
        print("", *lines, sep="\n")


def table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Rows under headings, each column as wide as its longest text; the last one runs free."""
    widths = [max(len(row[n]) for row in (headings, *rows)) for n in range(len(headings))]
    for row in (headings, *rows):
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
