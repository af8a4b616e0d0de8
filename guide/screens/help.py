"""Help for the screen one stands on: what it is for, its keys, its commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from guide.actions import Action
from guide.widgets.keys import key_words
from guide.widgets.words import one_line

EVERYWHERE = (
    ("Tab, Skift+Tab", "Gå til næste eller forrige del af skærmen"),
    ("Pile, Enter", "Vælg og åbn; musen gør det samme"),
)


class HelpScreen(ModalScreen[None]):
    """Shows the help and returns."""

    CSS_PATH = "modal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "dismiss", "Luk", id="help.close", tooltip="Luk hjælpen"),
    ]

    def __init__(
        self, name: str, about: str, keys: Iterable[tuple[str, str]], commands: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__()
        self._title, self._about = name, about
        self._keys, self._commands = tuple(keys), tuple(commands)

    @classmethod
    def about(cls, screen: Screen[object], everywhere: Iterable[Action]) -> HelpScreen:
        """The help for ``screen``: its NAME, ABOUT, bindings with a tooltip and actions; then those of the app."""
        keys = dict(_bindings(screen))
        commands = dict.fromkeys((a.title, a.help) for a in [*getattr(screen, "actions", tuple)(), *everywhere])
        return cls(getattr(screen, "NAME", "") or "Rød tråd", getattr(screen, "ABOUT", ""), keys.items(), commands)

    def compose(self) -> ComposeResult:
        """Everything in one scroll, so that it fits any terminal."""
        with Vertical(id="box") as box:
            box.border_title = Content(f"Hjælp: {self._title}")
            box.border_subtitle = Content("Esc lukker")
            with VerticalScroll(id="scroll"):
                yield Static(self._content(), markup=False)

    def _content(self) -> Content:
        lines = [Content(self._about), Content("")] if self._about else []
        lines.append(Content.styled("Taster", "bold"))
        lines += [self._pair(key, told, 15) for key, told in (*self._keys, *EVERYWHERE)]
        lines += [Content(""), Content.styled("Kommandoer (Ctrl+P søger i dem)", "bold")]
        lines += [self._pair(title, told, 26) for title, told in self._commands]
        return Content("\n").join(lines)

    @staticmethod
    def _pair(left: str, right: str, width: int) -> Content:
        return Content.styled(f"  {one_line(left):<{width}} ", "$text-primary") + Content(one_line(right))


def _bindings(screen: Screen[object]) -> Iterable[tuple[str, str]]:
    """Key and tooltip of every binding on the screen, on what has the focus, and of the app."""
    nodes = [screen.focused] if screen.focused is not None else []
    for node in [*nodes, *screen.query("*").results(), screen, screen.app]:
        for keys, bindings in node._bindings.key_to_bindings.items():
            for binding in bindings:
                if binding.tooltip and binding.id and type(node).__module__.startswith("guide."):
                    yield key_words(keys), str(binding.tooltip)
