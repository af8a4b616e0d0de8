"""Dokumenter: what can be written out of a case, and what is missing in what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.words import plain

if TYPE_CHECKING:
    from guide.documents.papers import Wish

WORD, MARKDOWN = ".docx", ".md"
NOTHING = "Der er ikke noget at skrive endnu: sagen har intet forløb."


class DocumentsPage(Page):
    """The documents of one case. With ``kind`` that one is written at once; ``find`` marks the first that fits."""

    CSS_PATH = "documents.tcss"
    NAME = "Dokumenter"
    ABOUT = (
        "Dokumenter ud fra det, der er registreret. Enter skriver et Word-dokument, m det samme som Markdown. Det, der "
        "mangler, er mærket i dokumentet og står her; Tab går til teksten, så den kan rulles. Intet ældre dokument "
        "bliver erstattet."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "markdown", "Skriv Markdown", id="documents.markdown", tooltip="Skriv det valgte som Markdown"),
        Binding("f5", "reload", "Opdatér", id="documents.reload", tooltip="Læs sagen igen", show=False),
    ]
    kinds = getters.query_one(OptionList)
    told = getters.query_one("#told", Static)

    def __init__(self, case: str, run: str | None = None, kind: str = "", find: str = "") -> None:
        super().__init__()
        self._case, self._run, self._kind, self._find = case, run, kind, find.casefold()
        self._wishes: Sequence[Wish] = ()

    def body(self) -> ComposeResult:
        """The documents, and under them what the last one lacks."""
        yield OptionList(id="kinds", markup=False)
        with VerticalScroll(id="below"):
            yield Static("Henter …", id="told", markup=False)

    def desk_opened(self) -> None:
        """Read the case at once."""
        super().desk_opened()
        self.bar.show(f"{self._case} · Dokumenter")
        self.kinds.focus()
        self.load()

    def desk_refused(self) -> None:
        """Nothing to write; the message on top says why."""
        self.told.update("Databasen er ikke åbnet.")

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Skriv som Word", "Det valgte dokument, i mappen med dine dokumenter", self.action_write, "Enter")
        yield Action("Skriv som Markdown", "Det samme som ren tekst", self.action_markdown, "m")

    def action_reload(self) -> None:
        """Read the case again."""
        if self.app.desk is not None:
            self.load()

    def action_write(self) -> None:
        """The marked document as Word."""
        self._write_marked(WORD)

    def action_markdown(self) -> None:
        """The marked document as Markdown."""
        self._write_marked(MARKDOWN)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._write_marked(WORD)

    def _write_marked(self, ending: str) -> None:
        marked = self.kinds.highlighted
        if self.app.desk is not None and marked is not None and marked < len(self._wishes):
            self.write(self._wishes[marked], ending)

    @work(thread=True, exclusive=True, group="documents")
    @at_desk
    def load(self, desk: Desk) -> None:
        """What can be written in the case as it is now."""
        from guide.documents.case_file import CaseFile
        from guide.documents.papers import wishes

        found = wishes(CaseFile(desk.casework.progress(self._case), desk.handbooks, self._run))
        self.later(self._show, found)

    @work(thread=True, exclusive=True, group="documents")
    @at_desk
    def write(self, desk: Desk, wish: Wish, ending: str) -> None:
        """Make one document and put it on the disk, off the screen's own thread."""
        from guide.documents.case_file import CaseFile
        from guide.documents.own_folder import FolderError, keep
        from guide.documents.papers import file_stem, make, text, word
        from guide.documents.papers_model import PaperError, gaps
        from guide.documents.word import DocumentError

        templates = next((book.folder for book in desk.handbooks.values() if book.folder), None)
        try:
            file = CaseFile(desk.casework.progress(self._case), desk.handbooks, self._run)
            paper = make(file, wish.kind, wish.item or None, wish.to or None)
            content = word(paper, templates) if ending == WORD else text(paper).encode()
            (path,) = keep(file_stem(file, wish), {ending: content})
        except (PaperError, DocumentError, FolderError) as error:
            self.later(self._told, f"{wish.title} er ikke skrevet.", (str(error),), ())
            return
        self.later(self._told, f"{wish.title} er skrevet til\n{path}", paper.advice, gaps(paper))

    def _show(self, found: Sequence[Wish]) -> None:
        before = self.kinds.highlighted or 0
        self._wishes = found
        self.kinds.clear_options()
        self.kinds.add_options(Option(Content(plain(wish.title))) for wish in found)
        names = [f"{wish.kind} {wish.title}".casefold() for wish in found]
        fits = (n for n, name in enumerate(names) if self._find and self._find in name)
        self.kinds.highlighted = min(next(fits, before), len(found) - 1) if found else None
        self.told.update("Vælg et dokument. Enter skriver det som Word, m som Markdown." if found else NOTHING)
        wanted = next((wish for wish in found if wish.kind == self._kind), None)
        if wanted is not None:
            self.kinds.highlighted = found.index(wanted)
            self._kind = ""  # once: a new look at the case writes nothing by itself
            self.write(wanted, WORD)
        elif self._kind:
            self.told.update("Der er ingen afgørelse på vej i sagen, så der er intet indstillingsark at skrive.")

    def _told(self, opening: str, advice: Sequence[str], missing: Sequence[str]) -> None:
        lines = [Content.styled(plain(opening), "bold"), *(Content(plain(line)) for line in advice)]
        if missing:
            count = "1 oplysning mangler" if len(missing) == 1 else f"{len(missing)} oplysninger mangler"
            lines.append(Content(f"{count} og er mærket i dokumentet:"))
            lines.append(Content("\n").join(Content(f"○ {plain(_bare(mark))}") for mark in missing))
        self.told.update(Content("\n\n").join(lines))
        self.query_one("#below", VerticalScroll).scroll_home(animate=False)


def _bare(mark: str) -> str:
    """A gap without its brackets, as a sentence: what, and where it is recorded."""
    text = mark.removeprefix("[mangler: ").removesuffix("]")
    return f"{text[0].upper()}{text[1:]}."
