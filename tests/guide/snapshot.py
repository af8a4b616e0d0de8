"""What a screen looks like, as plain text, compared with a small committed file.

``TRAAD_SNAPSHOTS=update make test`` writes the files anew; look at the difference before committing it.
"""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

from textual.app import App

FOLDER = Path(__file__).parent / "screens"
_CELL = 12.2
"""Width of a cell in Textual's SVG export, in its own units."""
_TEXT = re.compile(r'<text class="[^"]*" x="([\d.]+)"[^>]*clip-path="url\(#[^"]*-line-(\d+)\)"[^>]*>([^<]*)</text>')


def screen_text(app: App[object]) -> str:
    """The screen as lines of text without colours or trailing spaces, through Textual's public SVG export."""
    rows = [[" "] * (app.size.width + 1) for _ in range(app.size.height)]
    for x, line, text in _TEXT.findall(app.export_screenshot()):
        column = round(float(x) / _CELL)
        for offset, character in enumerate(unescape(text)):
            if column + offset < app.size.width:
                rows[int(line)][column + offset] = " " if character == "\xa0" else character
    return "\n".join("".join(row).rstrip() for row in rows) + "\n"


def assert_screen(app: App[object], name: str) -> None:
    """Compare the screen with ``screens/<name>.txt``; the message shows both, line by line."""
    path, shown = FOLDER / f"{name}.txt", screen_text(app)
    if os.environ.get("TRAAD_SNAPSHOTS") == "update":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert shown.splitlines() == expected.splitlines(), f"{name} looks different:\n{shown}"
