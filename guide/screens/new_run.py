"""Something new in a case that is known: a notification, also on siblings, or another of the handbook's procedures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from handbook.model import Procedure

NOTIFICATION = "underretning"
STARTS = "Forløbet begynder i dag; datoerne skriver du bagefter. Var det en fejl, så skriv /luk."
NEW_CASE = ""
"""Returned when a whole new case is wanted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The procedure to open; NEW_CASE when it is a new case."""

    procedure: str


class NewRun(ModalScreen[Wanted]):
    """Returns what was chosen, or None."""

    NAME = "Nyt i sagen"
    ABOUT = "Vælg, hvad der skal åbnes. En ny underretning får sit eget forløb; de tidligere bliver stående."
    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Luk", id="new_run.close", tooltip="Luk uden at åbne noget"),
    ]
    pages = getters.query_one(OptionList)

    def __init__(self, case: str, pages: Sequence[Procedure]) -> None:
        super().__init__()
        self._case = case
        pages = sorted(pages, key=lambda page: page.id != NOTIFICATION)  # what is wanted most often comes first
        self._wanted = [*(Wanted(page.id) for page in pages), Wanted(NEW_CASE)]
        self._titles = [*(page.title for page in pages), "En helt ny sag"]

    def compose(self) -> ComposeResult:
        """The procedures by name."""
        with Vertical(id="box") as box:
            box.border_title = Content(f"Hvad skal åbnes i {self._case}?")
            box.border_subtitle = Content("Esc lukker")
            yield Static(STARTS, markup=False)
            yield OptionList(*(Option(Content(title)) for title in self._titles), markup=False)

    def on_mount(self) -> None:
        """Arrows at once."""
        self.pages.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._wanted[event.option_index])
