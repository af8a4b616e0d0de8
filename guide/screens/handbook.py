"""The handbook to read: contents to the left, one open section to the right, links that jump."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from checklists.calendar import local_day
from guide.actions import Action
from guide.screens.page import Page
from guide.turns import Option as Numbered
from guide.widgets.options import Options
from guide.widgets.section import Place, follow, links, section
from guide.widgets.words import one_line, plain, shorten, step_name
from handbook.model import SHORT, Handbook, Law

if TYPE_CHECKING:
    from textual.widgets import Markdown

    from handbook.model import Step

Entry = tuple[Law, Place]


class HandbookPage(Page):
    """Reads the handbook that is open; begins at ``procedure`` and ``step``, or searches for ``find``."""

    CSS_PATH = "handbook.tcss"
    NAME = "Håndbog"
    ABOUT = (
        "Indholdet står til venstre, det åbne afsnit til højre. "
        "Henvisningerne under teksten har numre: tryk tallet for at hoppe. "
        "Under hvert trin står, hvor sikker hver paragraf er, og hvad der er lokalt."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Søg", id="handbook.find", tooltip="Søg i overskrifterne"),
        Binding(
            "backspace",
            "previous",
            "Forrige afsnit",
            id="handbook.previous",
            tooltip="Tilbage til det afsnit, du kom fra",
        ),
        Binding("n", "turn(1)", "Næste trin", id="handbook.next", tooltip="Næste trin på siden"),
        Binding("p", "turn(-1)", "Trinnet før", id="handbook.before", tooltip="Trinnet før på siden", show=False),
        Binding("m", "app.page('cases')", "Mine sager", id="handbook.cases", tooltip="Gå til dine sager", show=False),
        *(
            Binding(str(n), f"jump({n})", id=f"handbook.jump{n}", tooltip=f"Følg henvisning nummer {n}", show=False)
            for n in range(1, 10)
        ),
    ]
    contents = getters.query_one("#contents", OptionList)
    text = getters.query_one("#text", VerticalScroll)
    filter = getters.query_one("#filter", Input)

    def __init__(
        self, law: Law = "serviceloven", procedure: str = "", step: str = "", find: str = "", day: date | None = None
    ) -> None:
        super().__init__()
        self._day = day
        """The local day whose clause numbers are shown; None is today."""
        self._find = find
        self._law: Law = law
        self._place = Place(procedure, step)
        self._been: list[Entry] = []
        self._entries: list[Entry] = []
        self._targets: list[str] = []

    def body(self) -> ComposeResult:
        """Contents and section side by side."""
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Input(self._find, placeholder="Søg i overskrifter (/)", id="filter", compact=True)
                yield OptionList(id="contents", markup=False)
            with Vertical(id="right"), VerticalScroll(id="text"):
                yield Static("Henter håndbogen …", id="waiting", markup=False)

    def desk_opened(self) -> None:
        """The pages are read: show contents and the first section."""
        super().desk_opened()
        if not self.desk.handbooks:
            return
        if self._law not in self.desk.handbooks:
            self._law = next(iter(self.desk.handbooks))
        if not self._place.procedure and not self._place.clause:
            self._place = Place(next(iter(self._book.procedures), ""))
        self._list()
        self._show()

    def filled(self) -> None:
        """The arrows walk the contents; with words to search for the typing goes on there."""
        self.set_focus(self.filter if self._find else self.contents)

    def desk_refused(self) -> None:
        """Without database there is no handbook either; the message on top says why."""
        for waiting in self.query("#waiting").results(Static):
            waiting.update("Håndbogen er ikke åbnet.")

    @property
    def _book(self) -> Handbook:
        return self.desk.handbooks[self._law]

    def actions(self) -> Iterable[Action]:
        """Every page of the handbook, to be found by its name."""
        if self.app.desk is None:
            return
        for law, book in self.desk.handbooks.items():
            for page in book.procedures.values():
                where = (law, Place(page.id))
                yield Action(f"Læs: {page.title}", page.clause, lambda where=where: self.go(*where))  # type: ignore[misc]

    def go(self, law: Law, place: Place) -> None:
        """Open another section and remember this one."""
        self._been.append((self._law, self._place))
        self._law, self._place = law, place
        self._list()
        self._show()

    def action_find(self) -> None:
        """Type a word of a heading."""
        self.set_focus(self.filter)

    def action_previous(self) -> None:
        """Back to the section one came from."""
        if self._been:
            self._law, self._place = self._been.pop()
            self._list()
            self._show()

    def action_turn(self, by: int) -> None:
        """To the next step of the page, or the one before."""
        page = self._book.procedures.get(self._place.procedure) if self.app.desk else None
        if page is None:
            return
        ids = ["", *(step.id for step in page.steps)]
        at = ids.index(self._place.step) + by if self._place.step in ids else 0
        if 0 <= at < len(ids):
            self.go(self._law, Place(page.id, ids[at]))

    def action_jump(self, number: int) -> None:
        """Follow the link with that number."""
        self._follow(number - 1)

    @on(Options.Picked)
    def _picked(self, event: Options.Picked) -> None:
        self._follow(event.index)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """A click in the text follows the link, by the same road as its number."""
        event.stop()
        if (place := follow(event.href, self._place)) is not None:
            self.go(self._law, place)

    @on(OptionList.OptionSelected, "#contents")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        law, place = self._entries[event.option_index]
        self.go(law, place)

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        if self.app.desk is not None:
            self._list()

    @on(Input.Submitted, "#filter")
    def _search_done(self) -> None:
        if self._entries:
            self.contents.focus()

    def _follow(self, index: int) -> None:
        if index < len(self._targets) and (place := follow(self._targets[index], self._place)) is not None:
            self.go(self._law, place)

    def _list(self) -> None:
        """Contents: the pages, and under the open one its steps; with a filter every heading that holds the words."""
        words = self.filter.value.casefold().split()
        self._entries = []
        lines: list[Option] = []
        for law, book in self.desk.handbooks.items():
            for page in book.procedures.values():
                is_open = page.id == self._place.procedure and law == self._law
                heads = [(Place(page.id), page.title, page.title)]
                heads += [(Place(page.id, s.id), _listed(s), f"{s.title} {_listed(s)}") for s in page.steps]
                for place, name, searched in heads:
                    if all(word in searched.casefold() for word in words) if words else is_open or not place.step:
                        self._entries.append((law, place))
                        lines.append(Option(self._entry(name, not place.step, law)))
        self.contents.clear_options()
        self.contents.add_options(lines or [Option("Ingen overskrift passer.", disabled=True)])
        here = (self._law, self._place)
        self.contents.highlighted = (
            self._entries.index(here) if here in self._entries else (0 if self._entries else None)
        )
        self.contents.call_after_refresh(self.contents.scroll_to_highlight)

    def _entry(self, title: str, is_page: bool, law: Law) -> Content:
        several = (
            f" ({SHORT[law]})" if is_page and sum(bool(b.procedures) for b in self.desk.handbooks.values()) > 1 else ""
        )
        return Content.styled(one_line(title) + several, "bold") if is_page else Content(f"  {title}")

    @work(exclusive=True, group="section")
    async def _show(self) -> None:
        """Draw the section: the only Markdown widget there is, made anew so that a quick reader cannot mix two."""
        from textual.widgets import Markdown  # brings the Markdown reader with it: after the first paint

        markdown = section(self._book, self._place, self._day or local_day(self.app.now()))
        found = [(label, target) for label, target in links(markdown) if follow(target, self._place) is not None]
        self._targets = [target for _, target in found[:9]]
        await self.text.remove_children()
        numbered = Options(id="links")
        await self.text.mount(Markdown(plain(markdown), open_links=False), numbered)
        numbered.show([Numbered(target, shorten(one_line(label), 48)) for label, target in found[:9]])
        self.text.scroll_home(animate=False)


def _listed(step: Step) -> str:
    return f"{step_name(step)} (lokal)" if step.local else step_name(step)
