"""The top line of every screen, and the line under it that says when the clock has been moved."""

from __future__ import annotations

from datetime import datetime

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from guide.widgets.words import one_line, shorten


class Bar(Widget):
    """Left what one is looking at, right what matters most; on a narrow screen the right part has its own line."""

    DEFAULT_CSS = """
    Bar { height: auto; padding: 0 1; background: $primary 25%; }
    """

    def __init__(self, left: str = "", right: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._left, self._right = left, right

    def show(self, left: str, right: str = "") -> None:
        """Change what it says."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """One line when both fit, else two."""
        width = self.content_size.width
        left = "Rød tråd" + (f"   {one_line(self._left)}" if self._left else "")
        right = one_line(self._right)
        gap = width - len(left) - len(right)
        name = Content.styled(shorten(left, width)[:8], "bold $text-primary")
        rest = Content(shorten(left, width)[8:])
        if not right:
            return name + rest
        if gap >= 3:
            return name + rest + Content(" " * gap + right)
        return name + rest + Content("\n" + shorten(right, width))


class Clock(Widget):
    """Says that the clock has been moved, and that the cases are fictional; takes no room when neither is so."""

    DEFAULT_CSS = """
    Clock { height: 1; padding: 0 1; background: $warning 20%; display: none; &.-told { display: block; } }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self.set_class(bool(text), "-told")

    def show(self, text: str) -> None:
        """Change what it says; empty takes it away."""
        self._text = text
        self.set_class(bool(text), "-told")
        self.refresh()

    def render(self) -> RenderResult:
        """One line, never broken."""
        return Content(shorten(one_line(self._text), self.content_size.width))


def clock_words(moved_to: datetime | None, *, demo: bool, practice: bool = False) -> str:
    """That the clock has been set by hand, and that the cases are fictional; empty when neither."""
    parts = []
    if moved_to is not None:
        from guide.date_text import format_day  # brings the calendar along: only where it is needed

        parts.append(f"Uret er stillet til {format_day(moved_to).split(' ', 1)[1]}")
    if demo:
        parts.append("Øvesager: alle personer er fiktive")
    if practice:
        parts.insert(0, "Øvesag: alle personer er fiktive")
    return " · ".join(parts)
