"""One of a few: a list where the mark ``(•)`` follows the arrows, so the choice is told without colour."""

from __future__ import annotations

from collections.abc import Mapping

from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Pick(OptionList):
    """Always has exactly one chosen; ``value`` is its key."""

    DEFAULT_CSS = """
    Pick, Pick:focus { height: auto; border: none; padding: 0; background: transparent; }
    """

    class Changed(Message):
        """Another one is chosen now."""

    def __init__(self, choices: Mapping[str, str], value: str, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._choices = dict(choices)
        self._value = value if value in self._choices else next(iter(self._choices))

    @property
    def value(self) -> str:
        """The key of what is chosen."""
        return self._value

    def on_mount(self) -> None:
        """Fill the list, with the mark where it belongs."""
        self.add_options(Option(self._line(key), id=key) for key in self._choices)
        self.highlighted = list(self._choices).index(self._value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The mark follows the highlight."""
        event.stop()
        before, self._value = self._value, event.option.id or self._value
        for key in {before, self._value}:
            self.replace_option_prompt(key, self._line(key))
        self.post_message(self.Changed())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter takes it as it is and goes on."""
        event.stop()
        self.screen.focus_next()

    def _line(self, key: str) -> str:
        return f"({'•' if key == self._value else ' '}) {self._choices[key]}"
