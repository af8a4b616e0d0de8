"""Tag data ud af en sag for altid: redact fjerner al fri tekst, purge sletter sagen, så kun et spor står tilbage.

Sporet siger, hvem der gjorde det, hvornår og hvorfor. Skriv intet om barnet i --why. Det kan ikke fortrydes, og du
bliver bedt om at skrive sagens nummer først. Kopier af databasen renses kun, når du nævner dem (--backup) eller vælger
dem, der ligger ved siden af den (--all-backups). Eksporter, breve og kalenderfiler sletter du selv.
due viser lukkede sager, der er ældre end kommunens opbevaringstid; show-removals viser sporene. Se docs/sletning.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from guide.casework import Casework
    from guide.removal import Removed
    from store.tombstones import Tombstone

ACTIONS = ("redact", "purge", "due", "show-removals")


def arguments(parser: Parser) -> None:
    """``traad case redact|purge CASE --why TEXT [...]``, ``traad case due|show-removals [CASE] [--json]``."""
    parser.add_argument(
        "action", metavar="HANDLING", choices=ACTIONS, help="redact, purge, due (forfaldne) eller show-removals (spor)"
    )
    parser.add_argument("case", metavar="SAG", nargs="?", help="sagens nummer (til redact, purge og show-removals)")
    parser.add_argument("--why", metavar="TEKST", help="hvorfor; står i sporet bagefter")
    parser.add_argument(
        "--record", metavar="ID", nargs="+", action="extend", help="kun disse rækker og deres rettelser (redact)"
    )
    parser.add_argument(
        "--backup", metavar="FIL", type=Path, action="append", default=[], help="rens også denne kopi; kan gentages"
    )
    parser.add_argument("--all-backups", action="store_true", help="rens også alle kopier ved siden af databasen")
    parser.add_argument("--by", metavar="INITIALER", help="hvem der gør det (ellers dig)")
    parser.add_argument("--yes", action="store_true", help="spørg ikke først")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Do one of the four. Exit 1 when a file could not be cleaned, or the removal was refused."""
    _refuse_odd_call(given)
    with common.casework(given) as work:
        work.me = _initials(given.by) if given.by else work.me
        if given.action == "due":
            return _due(work, given)
        if given.action == "show-removals":
            return _removals(work, given)
        return _remove(work, given)


def _initials(text: str) -> str:
    from guide.settings import clean_initials

    try:
        return clean_initials(text)
    except ValueError as error:
        raise Problem(f"--by: {error}") from error


def _refuse_odd_call(given: argparse.Namespace) -> None:
    removes = given.action in ("redact", "purge")
    if removes and not given.case:
        raise Problem("sagens nummer mangler.", f"Skriv: traad case {given.action} SAG --why TEKST")
    if given.action == "due" and given.case:
        raise Problem("case due tager intet sagsnummer.", "Den viser alle lukkede sager, der er forfaldne.")
    only = {"--why": given.why, "--backup": given.backup, "--all-backups": given.all_backups, "--yes": given.yes}
    if not removes and any(only.values()):
        option = next(name for name, value in only.items() if value)
        raise Problem(f"case {given.action} tager ikke {option}.", "Se traad case --help.")
    if given.record and given.action != "redact":
        raise Problem("--record hører til case redact.", "purge sletter hele sagen.")


# -- removing ---------------------------------------------------------------------------------------------------------


def _remove(work: Casework, given: argparse.Namespace) -> int:
    from guide import removal
    from guide.commands.progress_bar import progress_bar
    from store.errors import StoreError

    try:
        removal.ready_to(work, given.action, given.case, given.why or "", given.backup, given.record or ())
    except StoreError as error:
        raise Problem(str(error), code=MISSING if work.store.has_case(given.case) else 2) from error
    if not given.yes:
        _confirm(given.action, given.case)
    done = removal.take_away(
        work,
        given.action,
        given.case,
        given.why,
        given.backup,
        given.all_backups,
        given.record or (),
        progress_bar("Fjerner"),
    )
    if given.json:
        _print_removed(work, given, done)
    else:
        print("\n".join(_told(given.action, given.case, done)))
    return OK if done.ok else MISSING


def _confirm(action: str, case: str) -> None:
    if not sys.stdin.isatty():
        raise Problem("det kan ikke fortrydes, og her er ingen at spørge.", "Skriv --yes, hvis du er sikker.")
    what = "Sagen slettes" if action == "purge" else "Teksten fjernes"
    print(f"{what} for altid og kan ikke hentes tilbage. Skriv sagens nummer for at bekræfte: ", end="", flush=True)
    if sys.stdin.readline().strip() != case:
        raise Problem("det var ikke sagens nummer. Intet er ændret.", code=MISSING)


def _told(action: str, case: str, done: Removed) -> list[str]:
    if done.stone is None:
        lines = [f"Sagen {case} har ingen fri tekst at fjerne."]
    else:
        verb = "er slettet" if action == "purge" else "har ikke længere den fri tekst"
        lines = [f"Sagen {case} {verb}. Tilbage står: {done.stone.told}, og hvorfor (traad case show-removals)."]
    lines += [f"  {found.where}: {_in_words(found.rows, action)}{_fault(found.fault)}" for found in done.files]
    if done.left:
        lines.append("Disse kopier ved siden af databasen er ikke renset; det gør --all-backups:")
        lines += [f"  {path}" for path in done.left]
    lines.append("Eksporter, breve, kalenderfiler og kopier andre steder sletter du selv: se docs/sletning.md.")
    return lines


def _in_words(rows: int, action: str) -> str:
    if not rows:
        return "intet at fjerne"
    return f"{common.counted(rows, 'række', 'rækker')} {'slettet' if action == 'purge' else 'renset for tekst'}"


def _fault(fault: str) -> str:
    return f". OBS: {fault}" if fault else ", filen er pakket"


def _print_removed(work: Casework, given: argparse.Namespace, done: Removed) -> None:
    files = [{"file": f.where, "rows": f.rows, "ok": f.ok, "fault": f.fault or None} for f in done.files]
    common.print_json(
        work.now(),
        work.handbooks,
        action=given.action,
        ok=done.ok,
        removal=_stone_json(done.stone) if done.stone else None,
        files=files,
        left=[str(path) for path in done.left],
    )


# -- looking ----------------------------------------------------------------------------------------------------------


def _stone_json(stone: Tombstone) -> dict[str, Any]:
    return {
        "id": stone.id,
        "case": stone.case,
        "what": stone.what,
        "why": stone.why,
        "by": stone.by,
        "at": common.moment_json(stone.at),
        "rows": stone.rows,
    }


def _removals(work: Casework, given: argparse.Namespace) -> int:
    stones = work.store.removals(given.case)
    if given.json:
        common.print_json(work.now(), work.handbooks, removals=[_stone_json(stone) for stone in stones])
    elif not stones:
        print("Der er ikke fjernet noget.")
    else:
        words = {"redact": "tekst fjernet", "purge": "sag slettet"}
        rows = [(f"{common.moment_json(s.at)[:10]}", s.case, words[s.what], s.by, str(s.rows), s.why) for s in stones]
        common.table(("Dag", "Sag", "Hvad", "Af", "Rækker", "Hvorfor"), rows)
    return OK


def _due(work: Casework, given: argparse.Namespace) -> int:
    from guide import removal
    from guide.commands.progress_bar import progress_bar

    kept = removal.retention(work.handbooks)
    found = removal.expired(work, progress_bar("Regner sagerne ud"))
    if given.json:
        cases = [
            {
                "case": one.case,
                "team": one.team,
                "caseworker": one.caseworker,
                "closed": one.closed.isoformat(),
                "last": one.last.isoformat(),
                "kept_until": one.kept_until.isoformat(),
            }
            for one in found
        ]
        common.print_json(work.now(), work.handbooks, retention=kept.text if kept else None, cases=cases)
    elif kept is None:
        print(
            "Kommunen har ikke skrevet, hvor længe en lukket sag gemmes. Skriv det i kommunens egen mappe, kommune.md:"
        )
        print("opbevaring: 5 år efter lukning")
    elif not found:
        print(f"Ingen lukket sag er ældre end opbevaringstiden ({kept.text}).")
    else:
        days = [(o.case, o.team, o.caseworker, *map(_day, (o.closed, o.last, o.kept_until))) for o in found]
        common.table(("Sag", "Team", "Hos", "Lukket", "Sidst brugt", "Gemmes til"), days)
        print(f"\nOpbevaring: {kept.text}. Intet slettes af sig selv: traad case purge SAG --why TEKST")
    return OK


def _day(day: Any) -> str:
    from guide.date_text import format_day

    return format_day(day)
