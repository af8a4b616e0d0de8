"""The input line ``› ``: an Input that hands digits, arrows and Tab to the prompt above while the line is empty."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message as Event
from textual.widgets import Input

from guide.widgets.words import plain


class Line(Input):
    """One line of text. ``digits`` is how many numbered answers a digit alone may pick (0: digits are only text)."""

    DEFAULT_CSS = """
    Line, Line:focus { border: none; height: 1; padding: 0; background: transparent; background-tint: transparent 0%; }
    """

    @dataclass
    class Digit(Event):
        """A number key was pressed on an empty line and means option ``index``."""

        index: int

    @dataclass
    class Moved(Event):
        """Up (-1) or down (1): move the mark among the options or suggestions."""

        by: int

    class Completed(Event):
        """Tab: take the suggestion as it stands."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.digits = 0
        self.arrows = False
        """Whether up and down belong to what stands above the line."""
        self.completing = False
        """Whether Tab completes instead of moving on."""

    async def _on_key(self, event: events.Key) -> None:
        if self._is_answer(event):
            self._take(event, self.Digit(int(event.character or "1") - 1))
        elif self.arrows and event.key in ("up", "down"):
            self._take(event, self.Moved(-1 if event.key == "up" else 1))
        elif self.completing and event.key == "tab":
            self._take(event, self.Completed())
        else:
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Pasted text arrives on one line and without control characters; nothing after the first line is dropped."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(plain(event.text).split("\n")).strip())

    def _is_answer(self, event: events.Key) -> bool:
        return not self.value and (event.character or " ") in "123456789"[: self.digits]

    def _take(self, event: events.Key, message: Event) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(message)
