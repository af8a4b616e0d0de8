"""A real terminal for tests: the program in a pty, its screen kept by a terminal emulator, keys typed one by one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds to wait for something to appear before the walk fails. A ceiling, not a measure."""


class Terminal:
    """``python -m guide.cli`` in a pty of ``columns`` x ``rows`` with a home folder of its own."""

    def __init__(self, home: Path, columns: int, rows: int, *arguments: str) -> None:
        # COLUMNS and LINES would count for more than the pty's own size.
        dropped = ("XDG_", "TRAAD_", "COLUMNS", "LINES")
        keep = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        environment = keep | {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "guide.cli", *arguments],
            env=environment,  # type: ignore[arg-type]
            cwd=str(ROOT),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )

    def text(self) -> str:
        """The screen as it stands, one line a row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, *wanted: str) -> str:
        """Read until every text in ``wanted`` is on the screen; the screen then. Fails showing the last screen."""
        end = time.monotonic() + PATIENCE
        while not all(text in self.text() for text in wanted):
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"{wanted} kom ikke frem:\n{self.text()}")
        return self.text()

    def press(self, key: str, *wanted: str) -> str:
        """Type one key (or its escape sequence), then wait for what it leads to."""
        self._child.send(key)
        return self.wait_for(*wanted)

    def type(self, text: str) -> None:
        """Type a text letter by letter, each seen on the screen before the next."""
        for end in range(1, len(text) + 1):
            self.press(text[end - 1], text[:end])

    def close(self) -> None:
        """End the program, whatever it is doing."""
        self._child.close(force=True)

    def ended(self) -> int | None:
        """Wait for the program to end by itself; its exit code."""
        self._child.expect(pexpect.EOF)
        self._child.close()
        return self._child.exitstatus

    def _read(self) -> bool:
        try:
            self._stream.feed(self._child.read_nonblocking(65536, timeout=0.2))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True
