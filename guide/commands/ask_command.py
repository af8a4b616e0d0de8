"""Spørg håndbogen, og få de trin, der svarer: det bedste først, med sætning, paragraf og frist.

Svarene kommer kun fra håndbogens sider. Står det der ikke, siger kommandoen det og nævner de nærmeste. Loven er den,
spørgsmålet nævner, ellers sagens, ellers dagens. Spørgsmålet bliver ikke gemt.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from datetime import datetime

    from handbook.model import Law
    from handbook.search import Answer

LAWS: dict[str, Law] = {"sel": "serviceloven", "bl": "barnets_lov"}


def arguments(parser: Parser) -> None:
    """``traad ask "QUESTION" [--law sel|bl] [--case CASE] [--json]``."""
    parser.add_argument("question", metavar="SPØRGSMÅL", nargs="+", help="det, du vil vide, med dine egne ord")
    parser.add_argument("--law", metavar="LOV", choices=list(LAWS), help="sel (serviceloven) eller bl (barnets lov)")
    parser.add_argument("--case", metavar="SAG", help="svar efter den lov, sagen følger")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print the answers. Exit 0 also when the handbook does not hold it."""
    from guide.dialogue import asking

    question = " ".join(given.question).strip()
    if not question:
        raise Problem("der er ikke noget spørgsmål.", 'Skriv fx: traad ask "hvor hurtigt skal vi kvittere?"')
    now = common.moment(given)
    books = common.handbooks(given)
    otherwise = _of_case(given) if given.case else asking.law_today(books, now)
    law = LAWS[given.law] if given.law else asking.law_asked(question, otherwise)
    if law not in books:
        raise Problem("håndbogen har ingen sider for den lov.", "Vælg en anden med --law.")
    found = asking.ask(books, law, question)
    if given.json:
        answers = [answer_json(answer, now) for answer in found.answers]
        common.print_json(now, books, answers=answers, outside=found.outside)
    else:
        print("\n".join(asking.lines(found, now, law)))
    return OK


def _of_case(given: argparse.Namespace) -> Law:
    from guide.dialogue import asking
    from guide.dialogue.scene import Scene

    with common.casework(given) as work:
        case = common.known_case(work, given.case)
        return asking.law_of_case(Scene(work.progress(case), work.handbooks))


def answer_json(answer: Answer, now: datetime) -> dict[str, Any]:
    """An answer under the keys it has in the JSON answer."""
    from guide.dialogue import asking
    from handbook.model import SHORT

    grounds = asking.grounds(answer, now)
    return {
        "procedure": answer.page.id,
        "step": answer.step.id,
        "title": answer.step.title,
        "law": SHORT[answer.law],
        "clause": "; ".join(reference.clause for reference in grounds),
        "state": asking.state(grounds),
        "text": answer.text,
        "deadlines": list(answer.deadlines),
        "score": round(answer.score, 2),
    }
