"""``traad``: reads the command line and hands over to one module of ``guide.commands``.

Kept light: ``traad --help`` costs little more than starting Python, so only the chosen command's module is
imported, and that imports the rooms it needs when it runs. What may stand on the line is in ``guide.arguments``.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import SimpleNamespace

TYPE_CHECKING = False  # importing typing for its constant of this name would cost a third of what --help may
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

VERSION = "0.1.0"

COMMANDS = {
    "demo": "indlæs de 20 fiktive demosager, og åbn på dem",
    "overview": "hvem der har hvad for, og hvad der ligger over tiden",
    "cases": "sagerne, de mest presserende først",
    "status": "hvor langt en sag er, og hvad der mangler",
    "deadlines": "de frister, der løber",
    "ready": "hvad der mangler før en indstilling eller en afgørelse",
    "document": "skriv et dokument fra sagen, med alt, der mangler, mærket",
    "audit": "revisorernes tabel over en periode",
    "review": "ledelsestilsyn: træk, gennemgå, skriv, og se efter",
    "cover": "dæk en kollegas sager under fravær",
    "move": "flyt sager til en anden sagsbehandler",
    "case": "tag data ud af en sag, eller slet den; se forfaldne sager",
    "practice": "øv dig på fiktive sager med et ur, du kan spole frem",
    "mentor": "de første rigtige forløb, og hvem der har set dem igennem",
    "check": "fejl i håndbogens sider",
    "flow": "et forløb tegnet som Mermaid",
    "law": "paragrafferne, og hvor sikre de er",
    "ask": "spørg håndbogen med dine egne ord",
    "handbook": "hvad der er ændret på en side; kommunens egen mappe",
    "import": "hent hændelser ind fra en fil",
    "export": "skriv alle hændelser til en fil",
    "db": "databasen: opgradér, tag en kopi, efterse",
}
"""Command -> what it does, as the help shows it. Each lives in ``guide.commands.<name>_command``."""

OK, MISSING, WRONG_CALL, BROKEN = 0, 1, 2, 70
"""Exit codes: read or written · something is missing or a write was refused · wrong call · a fault in the program."""


class Problem(Exception):
    """Something the user can mend. ``text`` says what and where, ``mend`` what to do; ``code`` is the exit code."""

    def __init__(self, text: str, mend: str = "", code: int = WRONG_CALL) -> None:
        super().__init__(text)
        self.text = text
        self.mend = mend
        self.code = code


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. No exception leaves it: a fault in the program is told in one line."""
    _prepare_output()
    try:
        code = _dispatch(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return code
    except Problem as problem:
        _tell(f"traad: {problem.text}", problem.mend)
        return problem.code
    except SystemExit as end:  # --help and --version end this way
        return end.code if isinstance(end.code, int) else OK
    except KeyboardInterrupt:
        _tell("traad: afbrudt.")
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python flushes once more at exit: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        if os.environ.get("TRAAD_DEBUG"):
            raise
        if isinstance(error, OSError) and error.filename is not None:
            _tell(f"traad: {error.filename}: {_reason(error)}.", "Ret stien, eller vælg en anden, og prøv igen.")
            return MISSING
        _tell(
            f"traad: uventet fejl i programmet ({type(error).__name__}).",
            "Det, der er vist som gemt, er gemt. Sæt TRAAD_DEBUG=1, og prøv igen for at se, hvor det skete.",
        )
        return BROKEN


def _dispatch(argv: Sequence[str]) -> int:
    if not argv:
        # The everyday start: nothing to read, so argparse is not even imported before the first frame.
        return _run("open", SimpleNamespace(db=None, today=None, handbook=None))
    from guide.arguments import Parser, add_common, build_top, split

    before, rest = split(argv)
    given = build_top().parse_args(before)
    if not rest:
        return _run("open", given)
    name, *arguments = rest
    if name not in COMMANDS:
        raise Problem(f"kender ikke kommandoen '{name}'.{_nearest(name)}", "Se traad --help.")
    command = import_module(f"guide.commands.{name}_command")
    parser = Parser(f"traad {name}", description=(command.__doc__ or "").strip())
    command.arguments(parser)
    add_common(parser)
    return _run(name, parser.parse_args(arguments, namespace=given))


def _run(name: str, given: argparse.Namespace | SimpleNamespace) -> int:
    code: int = import_module(f"guide.commands.{name}_command").run(given)
    return code


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    return f" Mente du '{close[0]}'?" if close else ""


def _reason(error: OSError) -> str:
    """Why a file could not be used, in Danish where the machine's own words are not."""
    import errno

    known = {
        errno.ENOENT: "findes ikke",
        errno.EACCES: "du har ikke adgang",
        errno.EPERM: "du har ikke adgang",
        errno.ENOSPC: "der er ikke mere plads på disken",
        errno.EROFS: "disken er skrivebeskyttet",
        errno.EISDIR: "er en mappe",
        errno.ENOTDIR: "en del af stien er ikke en mappe",
        errno.EEXIST: "findes allerede",
    }
    return known.get(error.errno or 0, error.strerror or type(error).__name__)


def _prepare_output() -> None:
    """Danish letters come out whatever the machine's locale: a pipe gets UTF-8, and no terminal makes printing fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))


def _tell(*lines: str) -> None:
    for line in filter(None, lines):
        print(line, file=sys.stderr)


if __name__ == "__main__":
    # Under its own name, so that the Problem raised by a command is the Problem caught here.
    sys.exit(import_module("guide.cli").main())
