"""One question with yes and no, for the few things that cannot just be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from guide.widgets.words import plain


class Confirm(ModalScreen[bool]):
    """Returns True for yes. Escape is no."""

    CSS_PATH = "modal.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "Nej", id="confirm.no", tooltip="Nej, gør ingenting"),
        Binding("j", "answer(True)", "Ja", id="confirm.yes", tooltip="Ja, gør det"),
        Binding("left,right", "other", "Skift", id="confirm.other", tooltip="Skift mellem ja og nej", show=False),
    ]

    def __init__(self, question: str, yes: str = "Ja", no: str = "Nej", *, careful: bool = False) -> None:
        """``careful`` puts the keyboard on no: where a hasty Enter would throw away what was typed."""
        super().__init__()
        self._question, self._yes, self._no = question, yes, no
        self._begin = "#no" if careful else "#yes"

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(id="box"):
            yield Static(Content(plain(self._question)), id="text", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content(f"{self._yes} (j)"), id="yes", variant="primary")
                yield Button(Content(f"{self._no} (n)"), id="no")

    def on_mount(self) -> None:
        """The keyboard begins on one of them."""
        self.query_one(self._begin, Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button is the answer."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """A key is the answer."""
        self.dismiss(yes)

    def action_other(self) -> None:
        """Left and right move between the two."""
        self.focus_next(Button)
