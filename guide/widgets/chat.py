"""The conversation so far: a scroll of messages that keeps to its end and lets an earlier answer be opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message as Event

from guide.turns import Focus, Message
from guide.widgets.message import MessageView


class Chat(VerticalScroll):
    """Shows messages, oldest first. With the keyboard in it, up and down walk the answers and Enter opens one."""

    DEFAULT_CSS = """
    Chat { height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-1)", "Forrige svar", id="chat.up", tooltip="Gå til det forrige svar", show=False),
        Binding("down", "walk(1)", "Næste svar", id="chat.down", tooltip="Gå til det næste svar", show=False),
        Binding("enter", "open", "Ret svaret", id="chat.open", tooltip="Åbn svaret, så det kan rettes", show=False),
    ]

    @dataclass
    class Reopened(Event):
        """Somebody wants to go back to the answer that belongs to ``focus``."""

        focus: Focus

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: list[Message] = []
        self._views: list[MessageView] = []
        self._at: int | None = None
        self._told = 0
        self._stands = 0
        """Where it was last put; a person who reads further up is left there."""

    def show(self, messages: Sequence[Message], told: int = 0) -> None:
        """Make the scroll show exactly ``messages``. What is already there stays untouched, so a new turn is cheap.

        It ends at the bottom; but when the last ``told`` of them, the reply to a command, are more than fits, it
        stands at their beginning.
        """
        same = 0
        while same < min(len(messages), len(self._shown)) and messages[same] == self._shown[same]:
            same += 1
        gone = self._views[same:]
        for view in gone:
            view.remove()
        fresh = [MessageView(message) for message in messages[same:]]
        self._views[same:] = fresh
        self._shown = list(messages)
        self._mark(None)
        if fresh:
            self.mount_all(fresh)
            self._told = min(told, len(fresh))
        if fresh or gone:
            self.call_after_refresh(self._settle)

    def on_resize(self) -> None:
        """The question below has grown or shrunk: what was to be read stays in sight, unless one has scrolled away."""
        if self.is_vertical_scroll_end or self.scroll_offset.y == self._stands:
            self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """To the end, or to the beginning of a reply that is longer than the scroll is high."""
        told = self._views[-self._told :] if self._told else []
        if told and self.virtual_size.height - told[0].virtual_region.y > self.size.height:
            self.scroll_to(y=told[0].virtual_region.y, animate=False, immediate=True)
        else:
            self.scroll_end(animate=False, immediate=True)
        self._stands = self.scroll_offset.y

    def action_walk(self, by: int) -> None:
        """Move the mark among the answers that can be opened."""
        open_at = [i for i, m in enumerate(self._shown) if m.focus is not None]
        if not open_at:
            return
        where = open_at.index(self._at) + by if self._at in open_at else (len(open_at) - 1 if by < 0 else 0)
        self._mark(open_at[max(0, min(where, len(open_at) - 1))])

    def action_open(self) -> None:
        """Ask for the marked answer to be opened."""
        if self._at is not None and (focus := self._shown[self._at].focus) is not None:
            self.post_message(self.Reopened(focus))

    def on_click(self, event: events.Click) -> None:
        """A click on an answer opens it."""
        if isinstance(event.widget, MessageView) and event.widget.message.focus is not None:
            self.post_message(self.Reopened(event.widget.message.focus))

    def on_blur(self) -> None:
        """The mark belongs to the keyboard; it goes with it."""
        self._mark(None)

    def _mark(self, at: int | None) -> None:
        self._at = at
        for index, view in enumerate(self._views):
            view.set_class(index == at, "-marked")
        if at is not None:
            self._views[at].scroll_visible(animate=False)
