"""Klar: what is known to be missing before a referral or a decision. It never says that something is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.words import plain

if TYPE_CHECKING:
    from guide.readiness_text import Section


class ReadyPage(Page):
    """The readiness of one case's decision, as text to read."""

    CSS_PATH = "ready.tcss"
    NAME = "Klar?"
    ABOUT = (
        "Det, der er kendt som manglende før indstillingen eller afgørelsen. Lovkrav står som lovkrav; »overvej« er "
        "faglige råd. Intet her stopper dig: du vurderer. Kan barnet ikke vente, så tryk a."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "hurry", "Akut", id="ready.hurry", tooltip="Barnet kan ikke vente: vis vejen, og hvad der følger"),
        Binding("d", "document", "Indstilling", id="ready.document", tooltip="Skriv indstillingsarket som Word"),
        Binding("m", "meeting", "Mødets liste", id="ready.meeting", tooltip="Alle sager på vej til udvalgets møde"),
        Binding("f5", "reload", "Opdatér", id="ready.reload", tooltip="Regn igen"),
    ]
    text = getters.query_one("#text", Static)

    def __init__(self, case: str, run: str | None = None, hurry: bool = False) -> None:
        super().__init__()
        self._case, self._run, self._hurry = case, run, hurry

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

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Barnet kan ikke vente", "Vis den foreløbige vej, og hvad der skal følge", self.action_hurry, "a")
        yield Action("Indstillingsark", "Skrevet som Word, med det, der mangler, mærket", self.action_document, "d")
        yield Action("Mødets liste", "Alle sager på vej til udvalget", self.action_meeting, "m")

    def action_reload(self) -> None:
        """Compute again."""
        if self.app.desk is not None:
            self.load()

    def action_hurry(self) -> None:
        """Put the provisional route first, or take it away again."""
        self._hurry = not self._hurry
        self.action_reload()

    def action_document(self) -> None:
        """Write the indstillingsark and show what it lacks."""
        from guide.screens.documents import DocumentsPage

        self.app.push_screen(DocumentsPage(self._case, self._run, kind="indstillingsark"))

    def action_meeting(self) -> None:
        """The committee's list."""
        from guide.screens.meeting import MeetingPage

        self.app.show_page(MeetingPage)

    @work(thread=True, exclusive=True, group="ready")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the case and ask what is missing."""
        from guide.readiness_text import sections

        progress = desk.casework.progress(self._case)
        self.later(self._show, sections(progress, desk.handbooks, self._run, self._hurry))

    def _show(self, found: Sequence[Section]) -> None:
        body: list[Content] = []
        for section in found:
            lines = [plain(line) for line in section.lines]
            if section.title:
                body.append(Content.styled(plain(section.title), "bold $text-primary"))
                body += [Content(f"○ {line}") for line in lines]
            else:
                body += [Content.styled(lines[0], "bold"), *(Content(line) for line in lines[1:])]
        self.text.update(Content("\n\n").join(body))
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
