"""The editor for long texts: Ctrl+S saves the text as the answer, Escape keeps it as a draft and returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static, TextArea

from guide.widgets.words import plain


@dataclass(frozen=True, slots=True)
class Written:
    """What came out of the editor; ``save`` is False when it is only a draft."""

    text: str
    save: bool


class Editor(ModalScreen[Written]):
    """A text over several lines. The draft is returned also on escape, so nothing typed is lost."""

    NAME = "Skriv en længere tekst"
    ABOUT = "Skriv frit over flere linjer. Ctrl+S gemmer teksten som dit svar; Esc lægger den væk som kladde."
    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Gem svaret", id="editor.save", tooltip="Gem teksten som dit svar", priority=True),
        Binding(
            "escape",
            "leave",
            "Læg væk som kladde",
            id="editor.leave",
            tooltip="Læg teksten væk som kladde",
            priority=True,
        ),
    ]
    area = getters.query_one(TextArea)

    def __init__(self, question: str, text: str = "") -> None:
        super().__init__()
        self._question, self._text = question, text

    def compose(self) -> ComposeResult:
        """The question, the text, the keys."""
        with Vertical(id="box"):
            yield Static(Content(plain(self._question)), id="text", markup=False)
            yield TextArea(plain(self._text), tab_behavior="focus", soft_wrap=True)
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self.area.move_cursor(self.area.document.end)
        self.area.focus()

    def action_save(self) -> None:
        """Return the text as the answer, when there is any."""
        text = plain(self.area.text).strip()
        if text:
            self.dismiss(Written(text, save=True))
        else:
            self.notify("Der er ingen tekst at gemme endnu.", markup=False, severity="warning")

    def action_leave(self) -> None:
        """Return the text as a draft."""
        self.dismiss(Written(plain(self.area.text).rstrip(), save=False))
