"""The supervision's documents, read before they are written as Word and Markdown: letters and the meeting's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, Tab, Tabs

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import at_desk
from guide.screens.review_page import LoopPage, moment_of
from guide.widgets.words import plain

if TYPE_CHECKING:
    from guide.screens.review_ask import Answers
    from guide.supervision import Supervision

TITLES = {"til-sagen": "Til sagen", "til-dig": "Til dig", "til-dig-samlet": "Til dig, hele runden", "runden": "Siden"}
TOLD = {
    "til-sagen": "Fakta og aftaler. Det kan lægges på sagen.",
    "til-dig": "Kun til sagsbehandleren. Det lægges aldrig på sagen.",
    "til-dig-samlet": "Kun til sagsbehandleren. Det lægges aldrig på sagerne.",
    "runden": "Én side til personalemødet: ingen sager, ingen personer. Styrkerne står, som de er skrevet.",
}


class DocumentsPage(LoopPage):
    """One or two documents as text. A subclass says which, and what they are as files."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Skriv som Word", id="documents.save", tooltip="Skriv Word og Markdown i en mappe"),
        Binding("left", "tab(-1)", "Forrige", id="documents.before", tooltip="Det forrige brev", show=False),
        Binding("right", "tab(1)", "Næste", id="documents.next", tooltip="Det næste brev", show=False),
    ]

    def __init__(self, round_id: str) -> None:
        super().__init__()
        self._round = round_id
        self._texts: Mapping[str, str] = {}

    def documents(self, loop: Supervision) -> Mapping[str, str]:
        """The documents as Markdown, by their templates' names."""
        raise NotImplementedError

    def files(self, loop: Supervision, to: Path, layer: Path | None) -> Mapping[Path, bytes]:
        """The documents as files in the folder ``to``."""
        raise NotImplementedError

    def noted(self, loop: Supervision) -> None:
        """Note that they were written; nothing for a page that is no letter."""

    def body(self) -> ComposeResult:
        """A tab for each, what it is for, and the text."""
        yield Tabs()
        yield Static("Henter …", id="told", markup=False)
        yield VerticalScroll(id="page")
        yield Static("", id="said", markup=False)

    def filled(self) -> None:
        """The text has the keyboard, so that the arrows scroll it."""
        self.query_one(Tabs).can_focus = False
        self.query_one(Tabs).display = False
        self.query_one("#page").focus()

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Skriv som Word og Markdown", "I en mappe, du vælger", self.action_save, "Ctrl+S")

    @work(thread=True, exclusive=True, group="documents")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Make the texts."""
        from guide.documents.word import DocumentError
        from store.errors import StoreError

        try:
            texts = self.documents(self.loop(desk))
        except DocumentError as error:
            raise StoreError(str(error)) from error
        self.later(self._show, texts)

    async def _show(self, texts: Mapping[str, str]) -> None:
        tabs = self.query_one(Tabs)
        if texts.keys() != self._texts.keys():
            await tabs.clear()
            for name in texts:
                await tabs.add_tab(Tab(Content(TITLES[name]), id=name))
            tabs.display = len(texts) > 1
        self._texts = texts
        await self._draw()

    async def _draw(self) -> None:
        from textual.widgets import Markdown  # brings the Markdown reader with it

        name = self.query_one(Tabs).active or next(iter(self._texts), "")
        if name in self._texts:
            self.told.update(f"{TOLD[name]} Ctrl+S skriver det hele som Word og Markdown.")
            page = self.query_one("#page", VerticalScroll)
            await page.remove_children()
            await page.mount(Markdown(plain(self._texts[name]), open_links=False))
            page.scroll_home(animate=False)

    @property
    def told(self) -> Static:
        """The line over the text."""
        return self.query_one("#told", Static)

    @on(Tabs.TabActivated)
    async def _tab_chosen(self) -> None:
        await self._draw()

    def action_tab(self, by: int) -> None:
        """The other document."""
        names = list(self._texts)
        tabs = self.query_one(Tabs)
        if tabs.active in names:
            tabs.active = names[(names.index(tabs.active) + by) % len(names)]

    def action_save(self) -> None:
        """Ask for the folder, then write."""
        from platformdirs import user_documents_path

        from guide.screens.review_ask import Field

        folder = str(user_documents_path() / "ledelsestilsyn")
        asked = Field("folder", "Mappe", "line", "Skriv en mappe.", value=folder)
        self.ask("Hvor skal filerne ligge?", [asked], "review:folder", self._chosen)

    def _chosen(self, found: Answers) -> partial[str]:
        return partial(self._save, Path(found["folder"]).expanduser(), False)

    def _save(self, folder: Path, overwrite: bool, loop: Supervision) -> str:
        from guide.documents.saving import save
        from guide.documents.word import DocumentError
        from store.errors import StoreError

        layer = self.app.handbook or (None if self.app.demo else self.app.settings.layer)
        try:
            made = self.files(loop, folder, layer)
            if not overwrite and (taken := [path for path in made if path.exists()]):
                self.later(self._ask_again, folder)
                return f"{taken[0]} findes allerede."
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            save(made, overwrite=overwrite)
        except DocumentError as error:
            raise StoreError(str(error)) from error
        except OSError as error:
            raise StoreError(f"Mappen {folder} kan ikke bruges: {error.strerror or error}.") from error
        self.noted(loop)
        return f"Skrevet i {folder}: {', '.join(path.name for path in made)}"

    def _ask_again(self, folder: Path) -> None:
        self.confirm("Filerne findes allerede. Skal de erstattes?", partial(self._save, folder, True))


class LettersPage(DocumentsPage):
    """The letters of one case, "Til sagen" and "Til dig", or "Til dig" about a caseworker's whole round."""

    NAME = "Breve"
    ABOUT = (
        "Læs brevene, før du skriver dem. »Til sagen« er fakta og aftaler og kan lægges i journalen; »Til dig« "
        "begynder med styrkerne, er kun til sagsbehandleren og lægges aldrig på sagen. Pil til højre viser "
        "det andet brev."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "talk", "Samtale", id="letters.talk", tooltip="Aftal samtalen, eller notér, at den er holdt"),
    ]

    def __init__(self, round_id: str, case: str = "", staff: str = "") -> None:
        super().__init__(round_id)
        self._case, self._staff = case, staff

    def filled(self) -> None:
        """Whose letters they are."""
        super().filled()
        self.bar.show(f"Tilsyn · Breve · {self._case or self._staff}", self._round)

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield from super().actions()
        yield Action("Aftal samtalen", "Et tidspunkt, eller at den er holdt", self.action_talk, "t")

    def documents(self, loop: Supervision) -> Mapping[str, str]:
        """The letters as they would be written now."""
        from guide import supervision_letters as letters
        from guide.documents.word import markdown

        if self._case:
            self._staff = loop.sheet(self._case, self._round).reviewed.staff
            return letters.previews(loop, self._case, self._round)
        return {"til-dig-samlet": markdown("til-dig-samlet", letters.gathered(loop, self._staff, self._round))}

    def files(self, loop: Supervision, to: Path, layer: Path | None) -> Mapping[Path, bytes]:
        """The letters as Word and Markdown."""
        from guide import supervision_letters as letters

        if self._case:
            return letters.of_case(loop, self._case, self._round, to, layer)
        return letters.of_round(loop, self._staff, self._round, to, layer)

    def noted(self, loop: Supervision) -> None:
        """Note it: "Til sagen" on the case, "Til dig" on the round."""
        if self._case:
            loop.written(self._case, self._round)
        else:
            loop.letter_written(self._staff, self._round)

    def action_talk(self) -> None:
        """Book the talk with the caseworker."""
        if self._staff:
            ask_talk(self, self._round, self._staff)


class MeetingPaper(DocumentsPage):
    """One page, "Hvad runden viste", for the next staff meeting."""

    NAME = "Hvad runden viste"
    ABOUT = (
        "Én side til personalemødet, mål for mål over de gennemgåede sager. Styrkerne står, som de er skrevet ved "
        "gennemgangen: skriv dem uden navne. l tilføjer noget, I vil lære af sammen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "learn", "Læring", id="paper.learn", tooltip="Skriv noget, I vil lære af sammen"),
    ]

    def filled(self) -> None:
        """Which round."""
        super().filled()
        self.bar.show("Tilsyn · Hvad runden viste", self._round)

    def documents(self, loop: Supervision) -> Mapping[str, str]:
        """The page as it stands now."""
        from guide import supervision_letters as letters

        return {"runden": letters.meeting_text(loop, self._round)}

    def files(self, loop: Supervision, to: Path, layer: Path | None) -> Mapping[Path, bytes]:
        """The page as Word and Markdown."""
        from guide.supervision_letters import of_meeting

        return of_meeting(loop, self._round, to, layer)

    def action_learn(self) -> None:
        """A learning point for everybody."""
        ask_learning(self, self._round)


def ask_talk(page: LoopPage, round_id: str, staff: str) -> None:
    """Book the talk with a caseworker, move it, or note that it was held."""
    from guide.screens.review_ask import Field

    def book(found: Answers, loop: Supervision) -> str:
        from guide.date_text import format_moment

        now = loop.work.now()
        when = moment_of(found["when"], now)
        held = found["held"].casefold().startswith("j")
        loop.talk(staff, when, held, round_id=round_id)
        return f"Samtalen med {staff} er {'holdt' if held else 'aftalt til'} {format_moment(when, now)}."

    fields = [
        Field("when", "Hvornår", "moment", "Skriv, hvornår I taler sammen.", hint="fx 25. feb. kl. 10"),
        Field("held", "Er den holdt?", "line", value="nej", hint="ja eller nej"),
    ]
    page.ask(f"Samtalen med {staff}", fields, f"review:{round_id}:{staff}:talk", lambda found: partial(book, found))


def ask_learning(page: LoopPage, round_id: str) -> None:
    """Write down what everybody can learn from."""
    from guide.screens.review_ask import Field

    def learn(found: Answers, loop: Supervision) -> str:
        loop.learning("", found["text"], "", round_id)
        return "Skrevet. Det kommer med på siden til personalemødet."

    asked = Field("text", "Skriv det uden sager og navne.", needed="Skriv, hvad I vil lære af sammen.")
    page.ask("Det vil vi lære af sammen", [asked], f"review:{round_id}:learn", lambda found: partial(learn, found))
