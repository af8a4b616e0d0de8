"""The numbered answers under a question: in as few lines as the width allows, picked by number, arrow or mouse."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message as Event
from textual.style import Style
from textual.widget import Widget

from guide.turns import Option
from guide.widgets.words import one_line

GAP = 2
Line = list[tuple[int, str]]


def flow(
    options: Sequence[Option], width: int, chosen: frozenset[int] = frozenset(), numbered: bool = True
) -> list[Line]:
    """The options as lines of (option index, text), none wider than ``width`` cells.

    The page's own choices come first and what one can do besides (ids with a colon) begins a new line. Several short
    ones share a line; a long one gets lines of its own, with a hanging indent, and makes the page's own choices stand
    one below the other, so that they are read as a list.
    """
    width = max(width, 12)
    labels = [(i, _label(i, o, chosen, numbered)) for i, o in enumerate(options)]
    own = [label for label in labels if ":" not in options[label[0]].id]
    besides = [label for label in labels if ":" in options[label[0]].id]
    listed = any(len(label) > width // 2 for _, label in own)
    return [*_group(own, 0 if listed else width // 2, width), *_group(besides, width // 2, width)]


def _group(labels: Sequence[tuple[int, str]], short: int, width: int) -> list[Line]:
    """Labels of at most ``short`` cells share lines of ``width``; a longer one has its lines for itself."""
    lines: list[Line] = [[]]
    used = 0
    for i, label in labels:
        if len(label) > short:
            lines += [[(i, part)] for part in textwrap.wrap(label, width, subsequent_indent="    ") or [""]]
            lines.append([])
            used = 0
            continue
        if lines[-1] and used + GAP + len(label) > width:
            lines.append([])
            used = 0
        used += len(label) + (GAP if lines[-1] else 0)
        lines[-1].append((i, label))
    return [line for line in lines if line]


def _label(index: int, option: Option, chosen: frozenset[int], numbered: bool) -> str:
    tick = "✓ " if index in chosen else ""
    label = f"{tick}{one_line(option.label)}"
    if index < 9 and numbered:
        return f"[{index + 1}] {label}"
    return f"[{label}]" if ":" in option.id else label


class Options(Widget):
    """Draws the options with one of them marked. Holds no keyboard focus: the input line moves the mark."""

    DEFAULT_CSS = """
    Options { height: auto; padding: 0 1 0 3; display: none; &.-filled { display: block; } }
    """

    @dataclass
    class Picked(Event):
        """Option number ``index`` was picked with the mouse."""

        options: Options
        index: int

        @property
        def control(self) -> Options:
            """The options it was picked from."""
            return self.options

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options: tuple[Option, ...] = ()
        self.marked: int | None = None
        self.chosen: frozenset[int] = frozenset()
        self._numbered = True

    def show(self, options: Sequence[Option], marked: int | None = None, numbered: bool = True) -> None:
        """Show ``options``, with the one at ``marked`` standing out; ``numbered`` when a digit picks one."""
        self.options, self.marked, self.chosen, self._numbered = tuple(options), marked, frozenset(), numbered
        self.set_class(bool(options), "-filled")
        self.refresh(layout=True)

    def toggle(self, index: int) -> None:
        """Tick or untick an option, where several may be chosen."""
        self.chosen = self.chosen ^ {index}
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """Move the mark; it stops at either end. The first press only shows where it stands."""
        if not self.options:
            return
        start = -1 if self.marked is None and by > 0 else (self.marked or 0)
        self.marked = max(0, min(start + by, len(self.options) - 1))
        self.refresh()

    def line_of(self, index: int) -> int:
        """The line the option at ``index`` begins on, counted from the top."""
        found = flow(self.options, self.content_size.width, self.chosen, self._numbered)
        return next((n for n, line in enumerate(found) if any(i == index for i, _ in line)), 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the flow needs at ``width``."""
        return len(flow(self.options, width, self.chosen, self._numbered))

    def render(self) -> Content:
        """The lines as content, each option carrying its index for the mouse."""
        lines = []
        for line in flow(self.options, self.content_size.width, self.chosen, self._numbered):
            lines.append(Content(" " * GAP).join([self._draw(index, text) for index, text in line]))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """A click on an option picks it."""
        index = event.style.meta.get("option")
        if isinstance(index, int):
            event.stop()
            self.post_message(self.Picked(self, index))

    def _draw(self, index: int, text: str) -> Content:
        style = Style.from_meta({"option": index})
        if index == self.marked:
            style += Style(bold=True, reverse=True)
        return Content.styled(text, style)
