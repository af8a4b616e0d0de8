"""The command palette: everything one can do here, found by typing a few letters of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from guide.actions import Action
from guide.widgets.words import one_line


def matching(actions: Sequence[Action], query: str) -> list[Action]:
    """The actions that hold every word of ``query``, those whose title begins with it first; else in given order."""
    words = query.casefold().split()
    found = [a for a in actions if all(word in f"{a.title} {a.help}".casefold() for word in words)]
    return sorted(found, key=lambda a: not a.title.casefold().startswith(query.casefold().strip()))


class Palette(ModalScreen[Action | None]):
    """Returns the chosen action, or None."""

    NAME = "Kommandoer"
    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Luk", id="palette.close", tooltip="Luk uden at vælge"),
        Binding("up", "move(-1)", "Op", id="palette.up", tooltip="Forrige kommando", show=False, priority=True),
        Binding("down", "move(1)", "Ned", id="palette.down", tooltip="Næste kommando", show=False, priority=True),
    ]
    found = getters.query_one(OptionList)

    def __init__(self, actions: Sequence[Action], asks: str = "Hvad vil du? Skriv et par bogstaver …") -> None:
        """``asks`` stands in the line while nothing is typed."""
        super().__init__()
        self._asks = asks
        self._actions = tuple(actions)
        self._matching: Sequence[Action] = self._actions

    def compose(self) -> ComposeResult:
        """A line to type in, and what it finds."""
        with Vertical(id="box"):
            yield Input(placeholder=self._asks, id="query")
            yield OptionList(id="found", markup=False)

    def on_mount(self) -> None:
        """All actions, until something is typed."""
        self._show("")

    @on(Input.Changed)
    def _show_found(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._matching:
            self.dismiss(self._matching[self.found.highlighted or 0])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._matching[event.option_index])

    def action_move(self, by: int) -> None:
        """Move the mark while the typing stays in the line."""
        if self._matching:
            self.found.highlighted = max(0, min((self.found.highlighted or 0) + by, len(self._matching) - 1))

    def _show(self, query: str) -> None:
        self._matching = matching(self._actions, query)
        self.found.clear_options()
        if not self._matching:
            self.found.add_option(Option("Intet fundet. Prøv et andet ord.", disabled=True))
            return
        self.found.add_options(Option(self._content(action)) for action in self._matching)
        self.found.highlighted = 0

    @staticmethod
    def _content(action: Action) -> Content:
        key = f"  {action.key}" if action.key else ""
        return (
            Content.styled(one_line(action.title), "bold")
            + Content.styled(key, "$text-primary")
            + Content.styled(f"  {one_line(action.help)}", "$text-muted")
        )
