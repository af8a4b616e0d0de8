"""De første rigtige forløb af hver slags, og hvem der har set dem igennem.

traad mentor LH viser LH's første forløb. Med --sign SAG FORLØB skriver du under på, at du har set det igennem. Det
holder aldrig et trin tilbage, og de næste forløb af samme slags bliver der ikke spurgt til.
"""

from __future__ import annotations

import argparse

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common


def arguments(parser: Parser) -> None:
    """``traad mentor [INITIALER] [--sign SAG FORLØB] [--as INITIALER] [--json]``."""
    parser.add_argument("staff", metavar="INITIALER", nargs="?", help="hvis forløb (ellers dine egne)")
    parser.add_argument("--sign", metavar=("SAG", "FORLØB"), nargs=2, help="skriv under på, at du har set det igennem")
    parser.add_argument("--as", dest="me", metavar="INITIALER", help="hvem du er (ellers den, der står i programmet)")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """List the first runs, or sign one off. Exit 1 when the sign-off is refused."""
    from guide.practice.mentoring import first_runs, sign
    from guide.settings import clean_initials
    from store.errors import StoreError

    with common.casework(given, writes=bool(given.sign)) as work:
        if given.me:
            try:
                work.me = clean_initials(given.me)
            except ValueError as error:
                raise Problem(f"--as: {error}") from error
        if given.sign:
            case = common.known_case(work, given.sign[0])
            try:
                print(sign(work, case, given.sign[1]))
            except StoreError as error:
                raise Problem(str(error), code=MISSING) from error
            return OK
        staff = (given.staff or work.me).upper()
        if not staff:
            raise Problem("mangler initialer.", "Skriv, hvis forløb du vil se: traad mentor LH.")
        found = first_runs(work, staff)
        if given.json:
            common.print_json(
                work.now(),
                work.handbooks,
                staff=staff,
                runs=[
                    {
                        "procedure": f.procedure,
                        "case": f.case,
                        "run": f.run,
                        "began": f.began.isoformat(),
                        "signed_by": f.signed_by or None,
                        "signed_on": f.signed_on.isoformat() if f.signed_on else None,
                    }
                    for f in found
                ],
            )
            return OK
        if not found:
            print(f"{staff} har ikke åbnet noget forløb endnu.")
            return OK
        seen = {f: f"set igennem af {f.signed_by}" if f.signed_by else "ikke set endnu" for f in found}
        rows = [(f.title, f.case, f.run, seen[f]) for f in found]
        common.table(("første forløb af", "sag", "forløb", "mentor"), rows)
    return OK
