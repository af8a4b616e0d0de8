"""The bottom line of the case view: the commands worth knowing, each of which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message as Event
from textual.style import Style
from textual.widget import Widget


class Hints(Widget):
    """Shows as many hints as fit, first ones first, and the last one (help) always, at the right edge."""

    DEFAULT_CSS = """
    Hints { dock: bottom; height: 1; padding: 0 1; background: $panel; }
    """

    @dataclass
    class Clicked(Event):
        """The hint with this text was clicked."""

        hint: str

    def __init__(self, hints: Sequence[str]) -> None:
        super().__init__()
        self._hints = tuple(hints)

    def render(self) -> RenderResult:
        """Hints parted by two spaces, help at the right."""
        width = self.content_size.width
        *first, last = self._hints
        shown: list[str] = []
        for hint in first:
            if sum(map(len, shown)) + 2 * len(shown) + len(hint) + len(last) + 2 > width:
                break
            shown.append(hint)
        left = Content("  ").join([self._piece(hint) for hint in shown])
        return left + Content(" " * max(1, width - left.cell_length - len(last))) + self._piece(last)

    def on_click(self, event: events.Click) -> None:
        """Tell which hint was clicked."""
        hint = event.style.meta.get("hint")
        if isinstance(hint, str):
            self.post_message(self.Clicked(hint))

    @staticmethod
    def _piece(hint: str) -> Content:
        key, space, rest = hint.partition(" ")
        meta = Style.from_meta({"hint": hint})
        return Content.styled(key, meta + Style(bold=True)) + Content.styled(space + rest, meta)
