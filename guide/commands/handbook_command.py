"""Se, hvad der er ændret på en side, eller vælg kommunens egen mappe.

diff viser, hvad der er nyt i en sides nyeste version, eller mellem to versioner. use gør, at kommunens egen mappe altid
lægges oven på siderne; forget gør, at kun de sider, der følger med, bruges.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import OK, Problem
from guide.commands import common
from guide.commands.flow_command import LAWS, page

if TYPE_CHECKING:
    from handbook.diff import Change
    from handbook.model import Handbook, Procedure

ACTIONS = ("diff", "use", "forget")


def arguments(parser: Parser) -> None:
    """``traad handbook diff PROCEDURE [--law sel/bl] [--from N] [--to N] [--json]``, ``use FOLDER`` and ``forget``."""
    parser.add_argument("action", metavar="HANDLING", choices=ACTIONS, help="diff, use eller forget")
    parser.add_argument("name", metavar="NAVN", nargs="?", help="sidens id (diff) eller mappen (use)")
    parser.add_argument("--law", metavar="LOV", choices=list(LAWS), default="bl", help="sel eller bl (ellers bl)")
    parser.add_argument("--from", metavar="N", dest="old", type=int, help="fra denne version (ellers den forrige)")
    parser.add_argument("--to", metavar="N", dest="new", type=int, help="til denne version (ellers den nyeste)")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Do what is asked. Exit 2 for a page, version or folder that is not there."""
    if given.action == "forget":
        return remember(given, "")
    if given.name is None:
        raise Problem(f"handbook {given.action} mangler NAVN.", "Se traad handbook --help.")
    return compare(given) if given.action == "diff" else remember(given, given.name)


def remember(given: argparse.Namespace, name: str) -> int:
    """Keep the municipality's folder in the user's own settings; an empty ``name`` forgets it."""
    from guide import settings

    folder = Path(name).resolve() if name else None
    if folder is not None and not folder.is_dir():
        raise Problem(f"mappen '{name}' findes ikke.", "Se efter, om stien er rigtig.")
    settings.save(replace(settings.load(), handbook=str(folder) if folder else ""))
    done = f"Kommunens egen mappe er nu {folder}." if folder else "Nu bruges kun de sider, der følger med."
    if given.json:
        common.print_json(common.moment(given), {}, action=given.action, folder=str(folder) if folder else None)
    else:
        print(done)
    return OK


def compare(given: argparse.Namespace) -> int:
    """Print what changed between two versions of a page."""
    from handbook.diff import differences
    from handbook.model import SHORT

    book = common.handbooks(given)[LAWS[given.law]]
    newest = page(book, given.name)
    new = version(book, newest, given.new) if given.new is not None else newest
    before = [n for n in kept(book, newest) if n < new.version]
    earlier = given.old if given.old is not None else before[-1] if before else new.version
    old = version(book, newest, earlier)
    found = differences(old, new)
    if given.json:
        named = {"procedure": newest.id, "law": SHORT[book.law], "from": old.version, "to": new.version}
        common.print_json(common.moment(given), {book.law: book}, **named, changes=[change_json(c) for c in found])
    else:
        show(old, new, found)
    return OK


def kept(book: Handbook, newest: Procedure) -> list[int]:
    """The versions of a page that can be read, the oldest first."""
    return sorted({newest.version, *(number for name, number in book.earlier if name == newest.id)})


def version(book: Handbook, newest: Procedure, number: int) -> Procedure:
    """The page in that version. Raises Problem when it was not kept."""
    found = book.page(newest.id, number)
    if found is None:
        known = ", ".join(str(n) for n in kept(book, newest))
        raise Problem(f"siden {newest.id} findes ikke i version {number}.", f"Den findes i version {known}.")
    return found


def change_json(change: Change) -> dict[str, Any]:
    """A change under the keys it has in the answer."""
    return asdict(change)


def show(old: Procedure, new: Procedure, found: tuple[Change, ...]) -> None:
    """The changes as sentences, under the step they are about."""
    from guide.dialogue.words import plain

    if old.version == new.version:
        print(f"{new.title}: siden findes kun i version {new.version}, så der er intet at sammenligne.")
        return
    print(f"{new.title}, fra version {old.version} til version {new.version}:")
    if not found:
        print("  Intet er ændret.")
    name = ""
    for change in found:
        if change.name != name:
            name = change.name
            print(f"\n{name}")
        print(f"  {plain(change.text)}")
