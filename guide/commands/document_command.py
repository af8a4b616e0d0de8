"""Skriv et dokument fra det, der er registreret i en sag: Word (.docx) eller Markdown (.md). Alt, der mangler, mærkes.

Se dokumenterne med --list. Et brev til en part skrives med --to: forælderens navn i sagen (f1) eller barnet. En fil,
der findes, røres ikke uden --erstat. Slutter med 1, når dokumentet ikke hører til i sagen eller ikke kan skrives.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

ENDINGS = (".docx", ".md")


def arguments(parser: Parser) -> None:
    """``traad document KIND CASE [--run R] [--item I] [--to ITEM] --out FILE [--erstat] [--json]`` or ``--list``."""
    parser.add_argument("kind", metavar="SLAGS", nargs="?", help="hvilket dokument, se --list")
    parser.add_argument("case", metavar="SAG", nargs="?", help="sagens nummer")
    parser.add_argument("--list", action="store_true", help="vis dokumenterne")
    parser.add_argument("--run", metavar="FORLØB", help="forløbet, fx afgoerelse-2 eller underretning-1")
    parser.add_argument("--item", metavar="ID", help="foranstaltningen eller oplysningen, det handler om, fx m1")
    parser.add_argument("--to", metavar="PART", help="hvem brevet er til: fx f1, eller barnet")
    parser.add_argument("--out", metavar="FIL", type=Path, help="filen, der skal skrives: .docx eller .md")
    parser.add_argument("--erstat", action="store_true", help="erstat filen, hvis den findes")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Write one document and list its gaps. Exit 1 when it does not belong in the case, or is not written."""
    from guide.documents.papers_kinds import KINDS, NAMED_ITEM, NAMED_RECIPIENT

    if given.list:
        return _list(given)
    if given.kind is None or given.case is None or given.out is None:
        raise Problem("mangler SLAGS, SAG eller --out FIL.", "Se dokumenterne med traad document --list.")
    if given.kind not in KINDS:
        raise Problem(f"kender ikke dokumentet '{given.kind}'.", f"Dokumenterne er: {', '.join(KINDS)}.")
    if given.to and given.kind not in NAMED_RECIPIENT:
        raise Problem("--to hører til partshoering og afgoerelse.", "Udelad det.")
    if given.item and given.kind not in NAMED_ITEM:
        raise Problem("--item hører til boernesamtale og anmodning.", "Udelad det.")
    if given.out.suffix.casefold() not in ENDINGS:
        raise Problem(f"--out: filen '{given.out}' skal ende på .docx eller .md.", "Fx --out indstilling.docx.")
    return _write(given)


def _list(given: argparse.Namespace) -> int:
    from guide.documents.papers_kinds import KINDS

    if given.json:
        common.print_json(common.moment(given), {}, kinds=[{"kind": k, "title": t} for k, t in KINDS.items()])
    else:
        common.table(("Slags", "Dokument"), list(KINDS.items()))
    return OK


def _write(given: argparse.Namespace) -> int:
    from guide.documents import papers
    from guide.documents.case_file import CaseFile
    from guide.documents.papers_model import PaperError, gaps
    from guide.documents.saving import save
    from guide.documents.word import DocumentError

    with common.casework(given) as work:
        progress = work.progress(common.known_case(work, given.case))
        known = [r.run.id for r in progress.runs if r.run]
        if given.run and given.run not in known:
            raise Problem(f"sagen {given.case} har intet forløb '{given.run}'.", f"Den har: {', '.join(known)}.")
        if given.out.exists() and not given.erstat:
            raise Problem(
                f"filen {given.out} findes allerede og er ikke ændret.",
                "Vælg et andet navn, eller skriv --erstat.",
                code=MISSING,
            )
        try:
            paper = papers.make(CaseFile(progress, work.handbooks, given.run), given.kind, given.item, given.to)
            as_word = given.out.suffix.casefold() == ".docx"
            content = papers.word(paper, common.own_folder(given)) if as_word else papers.text(paper).encode()
            save({given.out: content}, overwrite=given.erstat)
        except (PaperError, DocumentError) as error:
            raise Problem(str(error), code=MISSING) from error
        found = gaps(paper)
        if given.json:
            answer = {"kind": paper.kind, "file": str(given.out), "gaps": list(found), "advice": list(paper.advice)}
            common.print_json(progress.now, work.handbooks, case=given.case, **answer)
            return OK
        print(f"Skrevet: {given.out}")
        common.print_below([*paper.advice])
        told = f"{common.counted(len(found), 'oplysning mangler', 'oplysninger mangler')} og er mærket i dokumentet:"
        common.print_below([told, *found] if found else ["Alt, dokumentet spørger om, er registreret."])
    return OK
