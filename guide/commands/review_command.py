"""Ledelsestilsyn: træk sager, gennemgå dem, skriv to dokumenter, og luk en rettelse, når nogen har set efter.

  draw                        træk en runde: --cases hos hver, --seed for at kunne trække de samme igen
  show [RUNDE]                runden: hvem der er trukket hos, hvor langt I er
  replace SAG --reason        sagen udgår, og den næste i samme rækkefølge kommer ind
  open SAG                    sagens skema: hvad registreringerne siger, og hvad I har skrevet
  judge SAG MÅL SVAR          ja, nej eller ikke-relevant; --reason, når du ser det anderledes end registreringerne
  quality SAG TEMA GRAD       lav, nogen eller høj grad; --text
  point [SAG]                 --strength eller --learning; uden sag er det til alle
  mend SAG --text --due       aftal en rettelse; --cannot-be-undone --helps, når fejlen ikke kan gøres om
  withdraw PUNKT --reason     tag et punkt tilbage; med RUNDE: en runde, hvor intet er gennemgået
  reviewed SAG                sagen er gennemgået
  talk INITIALER --due        aftal samtalen; --held, når den er holdt
  letter SAG --folder         skriv "Til sagen" og "Til dig" som Word og Markdown; letter --to INITIALER samler runden
  answer PUNKT --text         sagsbehandlerens svar; --done, når rettelsen er gjort
  recheck PUNKT               --in-order lukker rettelsen; ellers --text og en ny dag med --due
  repairs                     de åbne rettelser efter dag
  page [RUNDE]                hvad runden viste: én side til personalemødet
  trend                       målene over runderne; der er ingen udvikling efter sagsbehandler
  close [RUNDE]               luk runden

"Til sagen" er fakta og kan lægges på sagen. "Til dig" er til sagsbehandleren og lægges aldrig på sagen.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from guide.supervision import Supervision

TAKES: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "draw": (0, 0, ("seed", "cases", "months", "start", "end", "team", "concept", "intake")),
    "show": (0, 1, ()),
    "replace": (1, 1, ("reason",)),
    "open": (1, 1, ()),
    "judge": (3, 3, ("reason",)),
    "quality": (3, 3, ("text",)),
    "point": (0, 1, ("strength", "learning", "theme")),
    "mend": (1, 1, ("text", "due", "measure", "undoable", "helps")),
    "withdraw": (1, 1, ("reason",)),
    "reviewed": (1, 1, ()),
    "talk": (1, 1, ("due", "held")),
    "letter": (0, 1, ("end", "folder", "overwrite")),
    "answer": (1, 1, ("text", "done")),
    "recheck": (1, 1, ("in_order", "text", "due")),
    "repairs": (0, 0, ("all",)),
    "page": (0, 1, ("folder", "overwrite")),
    "trend": (0, 0, ()),
    "close": (0, 1, ()),
}
"""Action -> how many words stand after it at least and at most, and the options it takes."""

READS = ("show", "open", "repairs", "page", "trend")
"""The actions that only read, and so answer with ``--json``."""

_OPTIONS = {"start": "--from", "end": "--to", "undoable": "--cannot-be-undone", "in_order": "--in-order"}


def arguments(parser: Parser) -> None:
    """``traad review ACTION [WORDS] [options]``; which options an action takes is in ``TAKES``."""
    parser.usage = "traad review HANDLING [ORD ...] [VALG]"
    parser.add_argument("action", metavar="HANDLING", choices=list(TAKES), help="en af handlingerne ovenfor")
    parser.add_argument("words", metavar="ORD", nargs="*", help="sagen, punktet, runden, målet ...")
    parser.add_argument("--round", metavar="RUNDE", help="en anden runde end den nyeste med sagen")
    parser.add_argument("--by", metavar="INITIALER", help="hvem der skriver (ellers dine egne)")
    parser.add_argument("--seed", metavar="FRØ", help="draw: en tekst; samme frø giver samme sager")
    parser.add_argument("--cases", metavar="N", type=int, help="draw: sager hos hver sagsbehandler (ellers 3)")
    parser.add_argument("--months", metavar="N", type=int, help="draw: hold sager ude, trukket i N måneder (12)")
    parser.add_argument("--from", dest="start", metavar="DATO", help="draw: periodens første dag (ellers 1 år før)")
    parser.add_argument(
        "--to", dest="end", metavar="DATO", help="draw: periodens sidste dag (ellers i dag); letter: initialer"
    )
    parser.add_argument("--team", metavar="TEAM", help="draw: kun dette teams sager")
    parser.add_argument(
        "--concept",
        metavar="KONCEPT",
        choices=("raadgivning", "modtagelse"),
        help="draw: raadgivning (afgørelser, tilbud, anbringelser) eller modtagelse (underretninger)",
    )
    parser.add_argument("--intake", metavar="TEAM", action="append", help="draw: et team, der trækkes som modtagelse")
    parser.add_argument("--reason", metavar="TEKST", help="replace, judge og withdraw: grunden")
    parser.add_argument("--text", metavar="TEKST", help="quality, mend, answer og recheck: teksten")
    parser.add_argument("--theme", metavar="TEMA", help="point: pejlemærket")
    parser.add_argument("--strength", metavar="TEKST", help="point: noget, der lykkes")
    parser.add_argument("--learning", metavar="TEKST", help="point: noget at lære af")
    parser.add_argument("--due", metavar="DATO", help="mend og recheck: aftalt dag; talk: dagen, gerne med klokkeslæt")
    parser.add_argument("--measure", metavar="MÅL", help="mend: målet, rettelsen hører til")
    parser.add_argument("--cannot-be-undone", dest="undoable", action="store_true", help="mend: det kan ikke gøres om")
    parser.add_argument("--helps", metavar="TEKST", help="mend: hvad hjælper barnet nu?")
    parser.add_argument("--held", action="store_true", help="talk: samtalen er holdt")
    parser.add_argument("--done", action="store_true", help="answer: rettelsen er gjort, og nogen kan se efter")
    parser.add_argument("--in-order", action="store_true", help="recheck: det er i orden, rettelsen lukkes")
    parser.add_argument("--all", action="store_true", help="repairs: også de lukkede")
    parser.add_argument("--folder", metavar="MAPPE", type=Path, help="letter og page: hvor filerne lægges")
    parser.add_argument("--overwrite", action="store_true", help="letter og page: erstat filer, der er der")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Do one thing of the loop. Exit 1 for a refused write, 2 for a wrong call."""
    _fits(given)
    from guide.commands import review_reading, review_writing
    from guide.settings import clean_initials
    from guide.supervision import Supervision

    with common.casework(given, writes=given.action not in READS) as work:
        if given.by:
            try:
                work.me = clean_initials(given.by)
            except ValueError as error:
                raise Problem(f"--by: {error}") from error
        loop: Supervision = Supervision(work)
        if given.action in READS:
            review_reading.ACTIONS[given.action](loop, given)
            return OK
        if not work.me:
            raise Problem("ved ikke, hvem du er.", "Skriv dine initialer med --by, eller åbn traad, og svar på det.")
        return OK if review_writing.ACTIONS[given.action](loop, given) else MISSING


def _fits(given: argparse.Namespace) -> None:
    """Refuse words and options that the action has no use for: a slip must not be taken for something else."""
    least, most, options = TAKES[given.action]
    if not least <= len(given.words) <= most:
        wanted = f"{least}" if least == most else f"{least} til {most}"
        raise Problem(
            f"review {given.action} tager {wanted} ord, men fik {len(given.words)}.", "Se traad review --help."
        )
    every = {name for _, _, names in TAKES.values() for name in names}
    for name in sorted(every - set(options)):
        if getattr(given, name):
            option = _OPTIONS.get(name, f"--{name}")
            raise Problem(f"review {given.action} tager ikke {option}.", "Se traad review --help.")
    if given.json and given.action not in READS:
        raise Problem(f"review {given.action} skriver og svarer ikke med --json.", f"Det kan {', '.join(READS)}.")
    if given.json and given.folder:
        raise Problem("--json og --folder kan ikke bruges sammen.", "Tag én ad gangen.")
