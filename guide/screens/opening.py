"""The first frame: the bar alone. Everything dear (the pages, the database, the handbook) is imported after it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from guide.widgets.bar import Bar, Clock


class Opening(Screen[object]):
    """Lies under the first page for as long as the app is open; nobody ever comes back to it."""

    def __init__(self, name: str, clock: str) -> None:
        super().__init__()
        self._title, self._told = name, clock

    def compose(self) -> ComposeResult:
        """What every page begins with."""
        yield Bar(self._title)
        yield Clock(self._told)
