"""Something to be told plainly: a database that cannot be opened, pages of the handbook that are out of order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from guide.widgets.words import plain

if TYPE_CHECKING:
    from handbook.model import Fault


class MessageScreen(ModalScreen[None]):
    """Tells ``text`` until it is closed. With ``retry`` it offers to try again."""

    CSS_PATH = "modal.tcss"
    AUTO_FOCUS = "Button"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss", "Luk", id="message.close", tooltip="Luk beskeden"),
    ]

    def __init__(self, title: str, text: str, retry: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._title, self._text, self._retry = title, text, retry

    @classmethod
    def about_faults(cls, faults: Sequence[Fault]) -> MessageScreen:
        """The pages that are out of order, each with its line and what mends it. The app runs on the others."""
        pages = sorted({_short(fault.file) for fault in faults})
        told = "\n".join(f"{_short(f.file)}:{f.line}  {f.text} {f.mend}" for f in faults)
        one = len(pages) == 1
        return cls(
            "En side i håndbogen er ikke i orden" if one else f"{len(pages)} sider i håndbogen er ikke i orden",
            f"{', '.join(pages)} kan ikke bruges, før {'den' if one else 'de'} er rettet. "
            f"Resten af håndbogen virker.\n\n{told}",
        )

    def compose(self) -> ComposeResult:
        """The text, then one or two buttons."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            with VerticalScroll(id="scroll"):
                yield Static(Content(plain(self._text)), id="text", markup=False)
            with Horizontal(id="buttons"):
                if self._retry is not None:
                    yield Button("Prøv igen", id="retry", variant="primary")
                yield Button("Luk", id="close")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close, and try again when asked to."""
        self.dismiss()
        if event.button.id == "retry" and self._retry is not None:
            self._retry()


def _short(file: str) -> str:
    """The edition's folder and the page: enough to find it."""
    return "/".join(Path(file).parts[-2:])
