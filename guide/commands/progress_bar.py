"""How far a long piece of work is, on one line of the terminal that is gone when the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_WIDTH = 30
_BETWEEN = 0.1
"""Seconds between two drawings: more often nobody sees, and a slow line would hold the work up."""


def progress_bar(what: str) -> Callable[[int, int], None] | None:
    """Draws ``what`` and how much of it is done; None where nobody is watching, such as in a file or a pipe."""
    if not sys.stderr.isatty():
        return None
    drawn = 0.0

    def tell(done: int, whole: int) -> None:
        nonlocal drawn
        if done >= whole:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - drawn >= _BETWEEN:
            drawn = time.monotonic()
            filled = _WIDTH * done // whole
            bar = "█" * filled + "░" * (_WIDTH - filled)
            print(f"\r{what} {bar} {100 * done // whole:>3} %\x1b[K", end="", file=sys.stderr, flush=True)

    return tell
