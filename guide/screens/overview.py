"""Overblik: what lies ahead and where help is needed, then what is missing, the backlog and the quiet cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Input, Static, Tab, Tabs

from guide.actions import Action
from guide.desk import Desk
from guide.screens.overview_review import ReviewBegins
from guide.screens.overview_table import SHOWN, fill
from guide.screens.page import at_desk
from guide.widgets.words import one_line

if TYPE_CHECKING:
    from checklists.caseload import Filters
    from guide.caseload_source import Cases
    from guide.caseload_tables import Line, Place, Section

SECTIONS = {
    "due": "Frister",
    "findings": "Mangler",
    "backlog": "Efterslæb",
    "idle": "Stille sager",
    "review": "Gennemgang",
}
"""Name of a section -> its tab."""


class OverviewPage(ReviewBegins):
    """Tables that open: a tab, its lines, the list behind a line, and the case behind that."""

    CSS_PATH = "overview.tcss"
    NAME = "Overblik"
    ABOUT = (
        "Hvem der har hvad for de næste 7 og 14 dage, så I kan hjælpe i tide; derefter det, der mangler, efter team, "
        "trin og grundlag, og efterslæbet som en liste, der kan arbejdes af. Enter åbner det, der ligger bag en linje. "
        "I filteret kan du skrive et team, initialer, SEL eller BL, lov, praksis, lokal eller faglig, et forløb, "
        "7 eller 14."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"tab('{name}')", title, id=f"overview.{name}", tooltip=f"Vis {title.lower()}", show=False)
            for n, (name, title) in enumerate(SECTIONS.items(), 1)
        ),
        Binding("slash", "filter", "Filter", id="overview.filter", tooltip="Team, initialer, lov, grundlag, sag, trin"),
        Binding("g", "review", "Gennemgå alle", id="overview.review.begin", tooltip="Begynd eller slut en gennemgang"),
        Binding("a", "scope", "Team/alle", id="overview.scope", tooltip="Skift mellem dit eget team og alle"),
        Binding("f", "absence", "Fravær", id="overview.absence", tooltip="Dæk eller flyt en kollegas sager"),
        Binding("f5", "reload", "Opdatér", id="overview.reload", tooltip="Regn det hele igennem igen", show=False),
    ]
    tabs = getters.query_one(Tabs)
    filter = getters.query_one("#filter", Input)
    table: getters.query_one[DataTable[Content]] = getters.query_one("#overview", DataTable)
    told = getters.query_one("#told", Static)
    foot_line = getters.query_one("#count", Static)

    def __init__(self) -> None:
        super().__init__()
        self._wide = False
        """Whether a lead has asked for every team."""
        self._cases: Cases | None = None
        self._version = -1
        self._sections: Mapping[str, Section] = {}
        self._headline = ""
        self._tab = "due"
        self._path: list[str] = []
        """The lines that have been opened, from the tab inwards, by their keys."""
        self._at: list[int] = []
        """Where the cursor stood in each of them."""

    def body(self) -> ComposeResult:
        """Tabs, filter, a word about what is shown, and the table."""
        yield Tabs(*(Tab(Content(f"{n} {title}"), id=name) for n, (name, title) in enumerate(SECTIONS.items(), 1)))
        yield Input(placeholder="Filter (/): team, initialer, lov, grundlag, forløb, sag …", id="filter", compact=True)
        yield Static("", id="told", markup=False)
        yield DataTable(id="overview", cursor_type="row", zebra_stripes=True)
        yield Static("Regner …", id="count", markup=False)

    def filled(self) -> None:
        """The table has the keyboard from the first frame."""
        self.tabs.can_focus = False
        self.table.focus()

    def desk_opened(self) -> None:
        """Compute at once."""
        super().desk_opened()
        self.load()

    def desk_refused(self) -> None:
        """Nothing to show; the message on top says why."""
        self.foot_line.update("Databasen er ikke åbnet.")

    def trouble(self, problem: str) -> None:
        """What the database says stands where the count stands."""
        self.foot_line.update(Content(f"! {one_line(problem)}"))

    def on_screen_resume(self) -> None:
        """Coming back from a case: what was recorded there counts here."""
        if self.app.desk is not None and self._sections:
            self.load()

    def actions(self) -> Iterable[Action]:
        """The tabs, whose cases, and absence."""
        for n, (name, title) in enumerate(SECTIONS.items(), 1):
            yield Action(f"Overblik: {title}", "Vis den del af overblikket", partial(self.action_tab, name), str(n))
        if self._leads:
            yield Action("Eget team eller alle", "Skift, hvis sager der vises", self.action_scope, "a")
        yield Action(
            "Fravær: dæk eller flyt", "Giv en kollegas sager videre for en tid eller helt", self.action_absence, "f"
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A caseworker sees their own cases; only a lead changes between team and all, and begins a review of all."""
        if action == "review":
            return self._leads and self._tab == "review" and not self._path
        return self._leads if action == "scope" else super().check_action(action, parameters)

    @property
    def _leads(self) -> bool:
        return self.app.settings.role == "leder" or self.app.demo

    @work(thread=True, exclusive=True, group="overview")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Fold the cases where the screen does not wait for it, unless nothing has been written since."""
        from guide.caseload_source import at_hand, everyone

        version, casework = desk.store.version(), desk.casework
        cases = self._cases
        if cases is None or version != self._version or cases.now != casework.now():
            from checklists.calendar import local_day

            own = None if self._leads else desk.store.case_ids(staff=casework.me, today=local_day(casework.now()))
            cases = everyone(casework) if own is None else at_hand(casework, casework.summaries(own))
        self._build(desk, cases, version)

    def _build(self, desk: Desk, cases: Cases, version: int) -> None:
        from checklists.worklists import IDLE_DAYS
        from guide import caseload
        from guide.caseload_filter import parse, spoken
        from guide.caseload_worklists import NO_REVIEW, review_sections

        names = cases.teams, cases.holders
        filters, days = parse(self.filter.value, names, desk.handbooks, self._begins(cases))
        source = cases.source(filters)
        found = source.numbers(IDLE_DAYS)
        sections = caseload.overview(source, found, desk.handbooks, days, SHOWN, quiet=SHOWN)
        sections["review"] = NO_REVIEW
        sections |= review_sections(desk.casework, source)
        self._filters = filters
        self.later(self._show, cases, version, sections, spoken(filters), caseload.headline(found))

    def _begins(self, cases: Cases) -> Filters:
        """What the page keeps to before anything is typed: a caseworker's own cases, a lead's team if it has any."""
        from checklists.caseload import Filters

        mine = self.app.settings
        if not self._leads:
            return Filters(holder=mine.initials)
        has_team = mine.team and any(team.casefold() == mine.team.casefold() for team in cases.teams)
        return Filters(team=mine.team) if has_team and not self._wide and not self.app.demo else Filters()

    def _show(self, cases: Cases, version: int, sections: Mapping[str, Section], whose: str, headline: str) -> None:
        self._cases, self._version, self._sections, self._headline = cases, version, sections, headline
        self.bar.show(f"Overblik · {whose}")
        self._draw()

    def _walk(self) -> tuple[Section, tuple[Line, ...]]:
        """The table the path leads to, and its lines. A line that is no longer there has been worked off."""
        section = self._sections[self._tab]
        for key in self._path:
            line = next((one for one in section.lines if one.key == key), None)
            if line is None or line.inside is None:
                return replace(section, title=key, lines=(), told="", empty="Her er ikke mere."), ()
            section = line.inside()
        return section, section.lines

    def _draw(self, row: int | None = None) -> None:
        if not self._sections:
            return
        from store.errors import StoreError

        try:
            section, lines = self._walk()
        except StoreError as error:
            self.trouble(str(error))
            return
        deeper = f"{SECTIONS[self._tab]} › {section.title}\n" if self._path else ""
        self.told.update(Content(one_line(deeper) + ("\n" if deeper else "") + one_line(section.told)))
        at = self.table.cursor_row if row is None else row
        fill(self.table, section, self.size.width, narrow=self.has_class("-narrow"))
        self.table.move_cursor(row=max(0, min(at, self.table.row_count - 1)))
        many = len(lines) + section.more
        hidden = f" · de første {self.table.row_count} af {many} vises" if many > self.table.row_count else ""
        self.foot_line.update(Content((self._headline if lines else section.empty) + hidden))

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        _, lines = self._walk()
        if event.cursor_row >= len(lines):
            return
        line = lines[event.cursor_row]
        if line.place is not None:
            self._open(line.place)
        elif line.inside is not None:
            self._path.append(line.key)
            self._at.append(event.cursor_row)
            self._draw(0)

    def _open(self, place: Place) -> None:
        from guide.screens.case import CasePage
        from guide.widgets.rows import Key

        key = Key(place.run or None, place.procedure, place.step, place.item) if place.procedure else None
        self.app.push_screen(CasePage(place.case, key))

    def action_tab(self, name: str) -> None:
        """Another part of the overview, from its top."""
        self._tab, self._path, self._at = name, [], []
        self.refresh_bindings()
        if self.tabs.active != name:
            self.tabs.active = name
        self.table.focus()
        self._draw(0)

    @on(Tabs.TabActivated)
    def _tab_chosen(self, event: Tabs.TabActivated) -> None:
        if event.tab.id and event.tab.id != self._tab:
            self.action_tab(event.tab.id)

    def action_filter(self) -> None:
        """Type what to look at."""
        self.set_focus(self.filter)

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        if self.app.desk is not None and self._sections:
            self.load()

    @on(Input.Submitted, "#filter")
    def _kept(self) -> None:
        self.table.focus()

    def action_scope(self) -> None:
        """One's own team, or every team."""
        if self.app.desk is not None:
            self._wide = not self._wide
            self.load()

    def action_absence(self) -> None:
        """Cover or move somebody's cases."""
        from guide.screens.absence import AbsencePage

        self.app.push_screen(AbsencePage())

    def action_reload(self) -> None:
        """Compute again."""
        if self.app.desk is not None:
            self._version = -1
            self.load()

    def on_resize(self, event: events.Resize) -> None:
        """The columns follow the width."""
        self._draw()

    def action_back(self) -> None:
        """First out of the filter, then one level out, then out of the page."""
        if self.filter.value or self.filter.has_focus:
            self.filter.value = ""
            self.table.focus()
        elif self._path:
            self._path.pop()
            self._draw(self._at.pop())
        else:
            super().action_back()
