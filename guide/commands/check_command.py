"""Læs håndbogens sider, og vis hver fejl: hvor den er, hvad der er galt, og hvad der retter den.

Slutter med 1, når der er fejl. Hvad en side må indeholde, står i handbook/FORMAT.md.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guide.arguments import Parser
from guide.cli import MISSING, OK
from guide.commands import common

if TYPE_CHECKING:
    from handbook.model import Fault, Handbook, Law


def arguments(parser: Parser) -> None:
    """``traad check [DIR] [--names] [--json]``."""
    parser.add_argument(
        "folder", metavar="MAPPE", nargs="?", help="sidernes mappe eller kommunens egen (ellers dem, der følger med)"
    )
    parser.add_argument("--names", action="store_true", help="vis de navne, Hvis, når og Kontrol kan bruge")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print every fault of the pages, or the names they may use. Exit 1 when there is a fault."""
    from checklists.checks import CHECKS
    from checklists.predicates import PREDICATES
    from handbook.check import check

    folder = Path(given.folder or given.handbook) if given.folder or given.handbook else None
    books, own = read(folder, common.moment(given).date())
    if given.names:
        names = {"predicates": described(PREDICATES), "checks": described(CHECKS)}
        if given.json:
            common.print_json(common.moment(given), books, **names)
        else:
            show_names(names)
        return OK
    faults = tuple(dict.fromkeys((*check(books.values(), PREDICATES, CHECKS), *own, *_practice(given))))
    if given.json:
        common.print_json(common.moment(given), books, faults=[fault_json(f) for f in faults])
    else:
        show(faults, sum(len(book.layers or book.procedures) for book in books.values()))
    return MISSING if faults else OK


def _practice(given: argparse.Namespace) -> tuple[Fault, ...]:
    """What is wrong on the practice cases, checked against the pages that come with the program."""
    from handbook.load import LAWS, bundled
    from handbook.practice_load import load

    folder = given.folder or given.handbook
    return load({law: bundled(law) for law in LAWS}, Path(folder) if folder else None).faults


def read(folder: Path | None, today: date | None = None) -> tuple[dict[Law, Handbook], tuple[Fault, ...]]:
    """The pages in ``folder`` (those that come with the program without one) as far as they can be read.

    A municipality's folder is read over the bundled pages; what is wrong in its lawyer's file comes beside. Without
    the local day ``today`` nothing is said of a sign-off dated after it.
    """
    from handbook import layer
    from handbook.load import HERE, LAWS, bundled, drafts, editions
    from handbook.signoffs import NAME, in_the_future, read_signoffs, unknown_clauses

    if folder is None or not layer.is_layer(folder):
        return {law: drafts(path, law) for law, path in editions(folder or HERE)}, ()
    books = {law: layer.draft(bundled(law), folder) for law in LAWS}
    signed, wrong = read_signoffs(folder)
    file = str(folder / NAME)
    later = in_the_future(signed, today, file) if today else ()
    return books, (*wrong, *unknown_clauses(signed, books.values(), file), *later)


def described(names: Mapping[str, object]) -> dict[str, str]:
    """Name -> the first line of what its function says it reads."""
    return {name: (rule.__doc__ or "").strip().partition("\n")[0] for name, rule in sorted(names.items())}


def fault_json(fault: Fault) -> dict[str, str | int]:
    """A fault under the keys it has in the answer."""
    return {
        "file": shown(fault.file),
        "line": fault.line,
        "code": fault.code,
        "text": fault.text,
        "mend": fault.mend,
    }


def shown(file: str) -> str:
    """The file as seen from the folder one stands in, so that an editor can open it."""
    here = os.getcwd() + os.sep
    return file.removeprefix(here)


def show(faults: tuple[Fault, ...], pages: int) -> None:
    """Each fault as ``file:line``, what is wrong, and what mends it."""
    for fault in faults:
        print(f"{shown(fault.file)}:{fault.line}: {fault.text} [{fault.code}]\n    {fault.mend}")
    count = f"{len(faults)} fejl" if faults else "Ingen fejl"
    print(f"{count} i {pages} {'side' if pages == 1 else 'sider'}.")


def show_names(names: Mapping[str, Mapping[str, str]]) -> None:
    """The two registries as lists."""
    for heading, known in (("Hvis og når kan bruge:", names["predicates"]), ("Kontrol kan bruge:", names["checks"])):
        print(heading)
        for name, text in known.items():
            print(f"  {name}\n      {text}")
