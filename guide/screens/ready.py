"""Klar: what is known to be missing before a referral or a decision. It never says that something is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.words import plain


class ReadyPage(Page):
    """The readiness of one case's decision, as text to read."""

    CSS_PATH = "ready.tcss"
    NAME = "Klar?"
    ABOUT = (
        "Det, der er kendt som manglende før indstillingen eller afgørelsen. Lovkrav står som lovkrav; »overvej« er "
        "faglige råd. Intet her stopper dig: du vurderer."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "reload", "Opdatér", id="ready.reload", tooltip="Regn igen"),
    ]
    text = getters.query_one("#text", Static)

    def __init__(self, case: str, run: str | None = None) -> None:
        super().__init__()
        self._case, self._run = case, run

    def body(self) -> ComposeResult:
        """One scroll of text."""
        with VerticalScroll(id="body"):
            yield Static("Regner …", id="text", markup=False)

    def desk_opened(self) -> None:
        """Compute at once."""
        super().desk_opened()
        self.bar.show(f"{self._case} · Klar?")
        self.query_one("#body").focus()
        self.load()

    def action_reload(self) -> None:
        """Compute again."""
        if self.app.desk is not None:
            self.load()

    @work(thread=True, exclusive=True, group="ready")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the case and ask what is missing."""
        from guide.readiness_text import lines

        self.later(self._show, lines(desk.casework.progress(self._case), desk.handbooks, self._run))

    def _show(self, lines: Sequence[str]) -> None:
        head, *rest = lines
        body = [Content.styled(plain(head), "bold"), *(Content(f"○ {plain(line)}") for line in rest)]
        self.text.update(Content("\n\n").join(body))
