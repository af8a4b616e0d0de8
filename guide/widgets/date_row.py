"""One row of the quick entry: the step's name, a date, the numbers of its answer, and how they were understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message as Event
from textual.widgets import Input, Static

from guide.widgets.words import plain


class Cell(Input):
    """An input one moves between with Enter and the arrows, as in a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "go(1)", id="quick.down", tooltip="Næste felt", show=False),
        Binding("up", "go(-1)", id="quick.up", tooltip="Feltet før", show=False),
    ]

    @dataclass
    class Left(Event):
        """Move to the cell ``by`` further down or up."""

        cell: Cell
        by: int

    def action_go(self, by: int) -> None:
        """Ask the page to move on."""
        self.post_message(self.Left(self, by))


class DateRow(Horizontal):
    """Posts ``Typed`` whenever something changes; the page reads all rows and tells each how it was understood."""

    DEFAULT_CSS = """
    DateRow {
        height: 1; padding: 0 1;
        & > #name { width: 26; }
        & > #when { width: 20; margin-right: 1; }
        & > #answer { width: 5; margin-right: 1; }
        & > #gap { width: 6; }
        & > #told { width: 1fr; height: 1; }
        & > #told.-wrong { color: $text-warning; }
    }
    """
    when = getters.query_one("#when", Cell)
    told = getters.query_one("#told", Static)

    class Typed(Event):
        """Something in the row has changed."""

    @dataclass
    class Entered(Event):
        """The keyboard came into row ``number``."""

        number: int

    def __init__(self, number: int, name: str, recorded: str, answers: int) -> None:
        """``recorded`` is the date that stands already, shown until another is typed; ``answers`` how many choices."""
        super().__init__()
        self.number = number
        self._label, self._recorded, self._answers = name, recorded, answers

    def compose(self) -> ComposeResult:
        """Name, date, answer where the step has choices, and the line that tells."""
        yield Static(Content(self._label), id="name", markup=False)
        yield Cell(placeholder=self._recorded, id="when", compact=True, max_length=60)
        if self._answers:
            yield Cell(placeholder=f"1-{self._answers}", id="answer", compact=True, max_length=20)
        else:
            yield Static("", id="gap")
        yield Static("", id="told", markup=False)

    @property
    def typed(self) -> tuple[str, str]:
        """The date and the answer as they stand."""
        answer = self.query_one("#answer", Cell).value if self._answers else ""
        return plain(self.when.value), plain(answer)

    def tell(self, text: str, wrong: bool = False) -> None:
        """How the row was understood."""
        self.told.update(Content(plain(text)))
        self.told.set_class(wrong, "-wrong")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell the page which row is in hand."""
        self.post_message(self.Entered(self.number))
