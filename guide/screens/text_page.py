"""A page with one text that is on its way out: read here, on the clipboard, and in a file where that does not work."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guide.desk import Desk
from guide.documents.own_folder import FolderError
from guide.screens.page import Page, at_desk
from guide.widgets.words import plain

COPIED = "Teksten ligger på udklipsholderen. Kom den ikke med, så tryk g: så gemmes den som fil."


class TextPage(Page):
    """Shows ``text``. A subclass makes it in ``load``, calls ``show``, and says in ``written`` what a file holds."""

    CSS_PATH = "text_page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Kopiér", id="text.copy", tooltip="Læg teksten på udklipsholderen igen"),
        Binding("g", "save", "Gem som fil", id="text.save", tooltip="Gem i mappen Rød tråd under dine dokumenter"),
    ]
    told = getters.query_one("#told", Static)
    box = getters.query_one("#text-box", VerticalScroll)

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case
        self.text = ""

    def body(self) -> ComposeResult:
        """The text, and one line about what has been done with it."""
        with VerticalScroll(id="text-box"):
            yield Static("Henter …", id="text", markup=False)
        yield Static("", id="told", markup=False)

    def filled(self) -> None:
        """The keyboard scrolls the text."""
        self.bar.show(f"{self.case} · {self.NAME}")
        self.box.focus()

    def desk_opened(self) -> None:
        """Make the text at once."""
        super().desk_opened()
        self.load()

    def load(self) -> None:
        """Make the text, in a worker, and ``show`` it."""

    def show(self, text: str, told: str = "") -> None:
        """Show ``text`` and put it on the clipboard; ``told`` is said first."""
        self.text = text
        self.query_one("#text", Static).update(Content(plain(text)))
        self._copy(told)

    def action_copy(self) -> None:
        """On the clipboard once more."""
        self._copy()

    def _copy(self, told: str = "") -> None:
        if self.text:
            self.app.copy_to_clipboard(self.text)
            self.say(" ".join(part for part in (told, COPIED) if part))

    def say(self, text: str) -> None:
        """One line under the text."""
        self.told.update(Content(plain(text)))

    def action_save(self) -> None:
        """Write the text as a file with a name of its own."""
        if self.text and self.app.desk is not None:
            self.say("Gemmer …")
            self._save()

    @work(thread=True, exclusive=True, group="save")
    @at_desk
    def _save(self, desk: Desk) -> None:
        from guide.documents.word import DocumentError

        try:
            told = self.written(desk)
        except (DocumentError, FolderError) as error:
            told = f"! {error}"
        self.later(self.say, told)

    def written(self, desk: Desk) -> str:
        """Write the file or files and say their names. Raises DocumentError or FolderError in Danish."""
        raise NotImplementedError

    def trouble(self, problem: str) -> None:
        """Nothing was saved; the text stands."""
        self.say(f"! {problem}")
