"""How ``traad`` is told what to do: argparse with Danish words. Imported only when something stands on the line."""

from __future__ import annotations

import argparse
import os
import re
import sys

from guide.cli import COMMANDS, VERSION, Problem

TYPE_CHECKING = False  # as in guide.cli: typing is not imported to start with
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, NoReturn


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help in Danish, as wide as the terminal but never wider than is easy to read."""

    def __init__(self, prog: str, **_: Any) -> None:
        # Given a width, argparse does not import shutil (and with it every compression library) to ask for one.
        super().__init__(prog, max_help_position=26, width=_width())

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The usage line, under its Danish word."""
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser whose headings and errors are Danish; abbreviated options are errors."""

    def __init__(self, prog: str, description: str, epilog: str = "", usage: str | None = None) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._named = self.add_argument_group("Argumenter")
        self._options = self.add_argument_group("Valg")

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As argparse, sorted under a Danish heading."""
        group = self._options if str(names[0]).startswith("-") else self._named
        return group.add_argument(*names, **settings)

    def add_mutually_exclusive_group(self, **settings: Any) -> Any:
        """Options of which one can be given, under the same heading as the others."""
        return self._options.add_mutually_exclusive_group(**settings)

    def error(self, message: str) -> NoReturn:
        """Refuse the call in Danish, in the two lines every error has."""
        raise Problem(danish(message), f"Se {self.prog} --help.")


_DANISH = (
    (r"argument ([^:]+): (.*)", r"\1: \2"),
    (r"the following arguments are required: (.*)", r"mangler \1"),
    (r"unrecognized arguments: (.*)", r"kender ikke \1"),
    (r"(.*)expected (?:one|at least one) argument", r"\1mangler en værdi"),
    (r"(.*)ignored explicit argument (.*)", r"\1tager ingen værdi, men fik \2"),
    (r"(.*)invalid choice: (.*) \(choose from (.*)\)", r"\1\2 er ikke en af \3"),
    (r"(.*)invalid \S+ value: (.*)", r"\1kan ikke læse \2"),
    (r"(.*)not allowed with argument (.*)", r"\1kan ikke bruges sammen med \2"),
)


def danish(message: str) -> str:
    """An argparse error in Danish; one it does not know comes back as it was."""
    for pattern, danish_text in _DANISH:
        message = re.sub(f"^{pattern}$", danish_text, message, flags=re.DOTALL)
    return message


def add_common(parser: Parser, *, top: bool = False) -> None:
    """The options every command takes. They may stand before or after the command's name."""
    unset = None if top else argparse.SUPPRESS
    parser.add_argument(
        "--db", metavar="URL", default=unset, help="databasen: en fil eller en adresse (ellers din egen i brugermappen)"
    )
    parser.add_argument(
        "--today", metavar="DATO", default=unset, help="regn, som om det er denne dag: 2020-02-17, '17/2-2020 kl. 14'"
    )
    parser.add_argument(
        "--handbook", metavar="MAPPE", default=unset, help="kommunens egen mappe, lagt oven på håndbogens sider"
    )
    parser.add_argument("-h", "--help", action="help", help="vis denne hjælp")


def build_top() -> Parser:
    """The parser of what stands before the command."""
    listing = "\n".join(f"  {name:<12}{text}" for name, text in COMMANDS.items())
    parser = Parser(
        "traad",
        usage="traad [VALG] [KOMMANDO ...]",
        description="Rød tråd fører dig gennem håndbogens forløb, ét trin ad gangen.\nUden kommando åbner programmet.",
        epilog=f"Kommandoer:\n{listing}\n\nHver kommando har sin egen hjælp: traad status --help",
    )
    add_common(parser, top=True)
    parser.add_argument("--version", action="version", version=f"Rød tråd {VERSION}", help="vis programmets version")
    return parser


def split(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before the command's name, and the rest from the name on."""
    at = 0
    while at < len(argv) and argv[at].startswith("-"):
        at += 2 if argv[at] in ("--db", "--today", "--handbook") else 1
    return list(argv[:at]), list(argv[at:])


def _width() -> int:
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns, 100) - 2
    except (OSError, ValueError, AttributeError):
        return 98
