"""The checklist beside the conversation: runs and steps with symbol and word, opened by arrows, Enter or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Event
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from guide.widgets.rows import Key, Row, fit
from guide.widgets.words import TONES, plain


class Checklist(Vertical):
    """Shows rows and posts which one was chosen. The line at the bottom tells the whole of the marked row."""

    DEFAULT_CSS = """
    Checklist {
        & > OptionList { height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size-vertical: 1; }
        & > OptionList:focus { border: none; }
        & > #told { height: auto; max-height: 5; padding: 0 1; color: $text-muted; border-top: solid $foreground 30%; }
    }
    """
    lines = getters.query_one(OptionList)
    told = getters.query_one("#told", Static)

    @dataclass
    class Chosen(Event):
        """A run (step empty) or a step was chosen."""

        key: Key

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    def compose(self) -> ComposeResult:
        """The list, and the line about the marked row."""
        yield OptionList(markup=False)
        yield Static("", id="told", markup=False)

    def show(self, rows: Sequence[Row], here: Key | None = None) -> None:
        """Show ``rows``. The mark stands at ``here``; while the keyboard is in the list it stays where it was put."""
        marked = self.lines.highlighted
        if self.lines.has_focus and marked is not None and marked < len(self._rows):
            here = self._rows[marked].key
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._draw()
        self.lines.highlighted = next((i for i, row in enumerate(rows) if row.key == here), 0 if rows else None)

    def on_resize(self, event: events.Resize) -> None:
        """Rows are laid out to the width there is."""
        marked = self.lines.highlighted
        self._draw()
        self.lines.highlighted = marked if self._rows else None

    @on(OptionList.OptionHighlighted)
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.told.update(Content(plain(self._rows[event.option_index].full)))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._rows[event.option_index].key))

    def _draw(self) -> None:
        width = max(20, self.size.width - 3)
        self.lines.clear_options()
        self.lines.add_options(Option(self._content(row, width)) for row in self._rows)

    @staticmethod
    def _content(row: Row, width: int) -> Content:
        line = plain(fit(row, width))
        return Content.styled(line, TONES.get(row.state, "")) if row.state else Content.styled(line, "bold")
