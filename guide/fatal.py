"""A fault in the program ends the app with one plain line.

Textual would print every local variable on the way to the fault, and those hold what is written about children. So
not even the error's own message is shown: it may quote what somebody typed.
"""

from __future__ import annotations

import os
from traceback import format_exception

from rich.text import Text
from textual.app import App

HINT = "Sæt TRAAD_DEBUG=1, og prøv igen for at se, hvor det skete."


class PlainApp(App[int]):
    """An app that says what happened in Danish when it has to end. Its ``return_code`` is then not 0."""

    _told = False

    def _fatal_error(self) -> None:
        # Textual has no public way to say how an unforeseen error is shown; tests/guide/test_fatal.py holds it to this.
        if not self._told:
            self._told = True
            self.bell()
            self.panic(Text(told(self._exception, debug=bool(os.environ.get("TRAAD_DEBUG")))))


def told(error: BaseException | None, *, debug: bool) -> str:
    """What the user is told about ``error``; with ``debug`` where it happened, without local variables."""
    inner = getattr(error, "error", None)
    error = inner if isinstance(inner, BaseException) else error  # what went wrong in a worker comes wrapped
    if debug and error is not None:
        return "".join(format_exception(error)).rstrip()
    return (
        f"Rød tråd måtte lukke på grund af en fejl i programmet ({type(error).__name__}). "
        f"Det, der er vist som gemt, er gemt. {HINT}"
    )
