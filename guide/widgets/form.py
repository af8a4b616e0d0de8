"""A form of labelled lines: each told at once how it was understood, and checked again when the form is sent."""

from __future__ import annotations

from collections.abc import Callable

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from guide.widgets.words import one_line, plain


class FormRow(Horizontal):
    """Label, input, and a word about what was typed. ``read`` raises ValueError with a Danish message."""

    DEFAULT_CSS = """
    FormRow {
        height: auto; margin-bottom: 1;
        & > .label { width: 22; text-style: bold; }
        & > Input { width: 34; }
        & > .told { width: 1fr; height: auto; padding-left: 1; color: $text-muted; }
        & > .told.-wrong { color: $text-warning; }
    }
    """
    input = getters.query_one(Input)
    told = getters.query_one(".told", Static)

    def __init__(
        self,
        label: str,
        id: str,
        value: str = "",
        hint: str = "",
        read: Callable[[str], str] | None = None,
        longest: int = 200,
    ) -> None:
        """``read`` turns the text into what it was understood as; ``hint`` shows while the line is empty.

        ``longest`` is how many characters the line takes.
        """
        super().__init__(id=id)
        self._longest = longest
        self._label, self._value, self._hint, self._read = label, value, hint, read

    def compose(self) -> ComposeResult:
        """Label, input, feedback."""
        yield Static(Content(self._label), classes="label", markup=False)
        yield Input(self._value, placeholder=self._hint, compact=True, max_length=self._longest)
        yield Static("", classes="told", markup=False)

    @property
    def value(self) -> str:
        """What was typed, on one line without control characters."""
        return one_line(self.input.value)

    @property
    def changed(self) -> bool:
        """Whether anything stands here that did not stand when the form was opened."""
        return self.value != one_line(self._value)

    def check(self) -> bool:
        """Tell how the line is understood. False when it cannot be; the message then says why."""
        if self._read is None:
            return True
        try:
            self._tell(self._read(self.value))
        except ValueError as error:
            self._tell(f"! {error}", wrong=True)
            return False
        return True

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.value:
            self.check()
        else:
            self._tell("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def _tell(self, text: str, wrong: bool = False) -> None:
        self.told.update(Content(plain(text)))
        self.told.set_class(wrong, "-wrong")
