"""Mine sager: the cases one holds, the most pressing first; or everybody's. Shown a page of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from guide.actions import Action
from guide.screens.page import Page, at_desk
from guide.widgets.words import one_line, shorten

if TYPE_CHECKING:
    from guide.casework import CaseLine
    from guide.desk import Desk

PAGE = 200
"""Rows in the table at a time: 500 take 136 ms to draw, 5,000 half a second."""

MOST = 2_000
"""Of everybody's cases so many are listed, the most urgent; any other is found by its number."""

COLUMNS = ("Sag", "Næste skridt", "Frist", "Mangler", "Barn", "Hos", "Team")
WIDTHS = (12, 29, 30, 7, 7, 5, 13)
NARROW_WIDTHS = (10, 21, 19, 7, 6, 3)
"""On 80 columns the team gives way; the search still finds it."""

EMPTY = (
    "Du har ingen sager endnu.\n\n"
    "  n       opret en sag\n"
    "  a       se alle sager i databasen\n"
    "  Ctrl+P  og skriv »øve«, hvis du vil prøve de 20 fiktive øvesager\n"
)


class Empty(Static, can_focus=True):
    """What to do when there is nothing to list. It takes the keyboard, so that the keys it names work."""


class CasesPage(Page):
    """The list of cases, with a filter."""

    NAME = "Mine sager"
    ABOUT = "Dine sager, den mest presserende først. Enter åbner sagen der, hvor du slap den."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "app.page('new_case')", "Ny sag", id="cases.new", tooltip="Opret en sag"),
        Binding(
            "slash", "filter", "Søg", id="cases.filter", tooltip="Skriv for at finde en sag, et skridt eller et team"
        ),
        Binding("a", "scope", "Mine/alle", id="cases.scope", tooltip="Skift mellem dine egne sager og alle"),
        Binding(
            "f", "app.page('deadlines')", "Frister", id="cases.deadlines", tooltip="Alle frister, den nærmeste først"
        ),
        Binding("h", "app.page('handbook')", "Håndbog", id="cases.handbook", tooltip="Slå op i håndbogen"),
        Binding(
            "greater_than_sign", "turn(1)", "Flere", id="cases.next", tooltip="De næste sager i listen", show=False
        ),
        Binding(
            "less_than_sign", "turn(-1)", "Forrige", id="cases.before", tooltip="De forrige sager i listen", show=False
        ),
        Binding("f5", "reload", "Opdatér", id="cases.reload", tooltip="Regn listen igennem igen", show=False),
    ]
    table: getters.query_one[DataTable[Content]] = getters.query_one("#cases", DataTable)
    filter = getters.query_one("#filter", Input)
    told = getters.query_one("#told", Static)
    empty = getters.query_one("#empty", Empty)
    morning = getters.query_one("#morning", Static)

    def __init__(self) -> None:
        super().__init__()
        self._mine = not self.app.demo
        self._begun = 0.0
        """When the computing began that is still going on; 0 when none is."""
        self._lines: Sequence[CaseLine] = ()
        self._shown: Sequence[CaseLine] = ()
        self._first = 0
        self._many = 0
        """How many cases there are; more than are listed, where there are very many."""
        self._version = -1
        self._loaded = False

    def body(self) -> ComposeResult:
        """How the day looks, filter, table, and one line that counts."""
        yield Static("", id="morning", markup=False)
        yield Input(placeholder="Søg (/): sag, skridt, team …", id="filter", compact=True)
        yield DataTable(id="cases", cursor_type="row", zebra_stripes=True, show_header=True)
        yield Empty("", id="empty", markup=False)
        yield Static("Åbner …", id="told", markup=False)

    def filled(self) -> None:
        """The table has the keyboard from the first frame."""
        self.empty.display = False
        self.table.focus()
        self.set_interval(1.0, self._tick)

    def desk_opened(self) -> None:
        """The database is open: list its cases."""
        super().desk_opened()
        self.load()

    def cases_found(self, lines: Sequence[CaseLine]) -> None:
        """The first list, read before the database was open; opening it reads them again."""
        if not self._loaded:
            self._listed(lines, -1)

    def desk_refused(self) -> None:
        """Nothing to list; the message on top says why."""
        self.told.update("Databasen er ikke åbnet.")

    def trouble(self, problem: str) -> None:
        """What the database says stands where the count stands."""
        self._begun = 0.0
        self.told.update(Content(f"! {problem}"))

    def on_screen_resume(self) -> None:
        """Coming back from a case: what was recorded there counts here."""
        if self.app.desk is not None and self._loaded:
            self.load()

    def actions(self) -> Iterable[Action]:
        """Each case on the page, to be opened by its number."""
        yield Action(
            "Vis alle sager" if self._mine else "Vis kun mine sager",
            "Skift mellem mine og alle",
            self.action_scope,
            "a",
        )
        for line in self._shown[:PAGE]:
            told = f"{one_line(line.next)} · {line.team}"
            yield Action(f"Åbn {line.case}", told, lambda case=line.case: self.open(case))  # type: ignore[misc]

    def load(self) -> None:
        """Compute the overview; when that takes more than a second, say so and for how long."""
        self._begun = monotonic()
        self._compute()

    @work(thread=True, exclusive=True, group="cases")
    @at_desk
    def _compute(self, desk: Desk) -> None:
        version, casework = desk.store.version(), desk.casework
        lines, many = (casework.overview(), 0) if self._mine else casework.most_urgent(MOST)
        self.later(self._listed, lines, version, many)

    def open(self, case: str) -> None:
        """Show a case."""
        from guide.screens.case import CasePage

        self.app.push_screen(CasePage(case))

    def action_filter(self) -> None:
        """Type what to find."""
        self.set_focus(self.filter)

    def action_scope(self) -> None:
        """Mine or everybody's."""
        if self.app.desk is not None:
            self._mine = not self._mine
            self.load()

    def action_turn(self, by: int) -> None:
        """The next or the previous page of rows."""
        first = self._first + by * PAGE
        if 0 <= first < len(self._shown):
            self._first = first
            self._draw()

    def action_reload(self) -> None:
        """Compute again."""
        if self.app.desk is not None:
            self.load()

    def on_key(self, event: events.Key) -> None:
        """A letter or digit that is no key of this page begins a search: a case is found by just typing its number."""
        if event.is_printable and event.character and event.key not in self.active_bindings:
            self.set_focus(self.filter)
            self.filter.insert_text_at_cursor(event.character)

    def action_back(self) -> None:
        """First out of the filter, then out of the page."""
        if self.filter.value or self.filter.has_focus:
            self.filter.value = ""
            self.table.focus()
        else:
            super().action_back()

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        if event.row_key.value:
            self.open(event.row_key.value)

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._first = 0
        self._draw()

    @on(Input.Submitted, "#filter")
    def _found(self) -> None:
        if len(self._shown) == 1:
            self.open(self._shown[0].case)
        elif not self._shown and self._many > len(self._lines):
            self._find(self.filter.value.strip())
        else:
            self.table.focus()

    @work(thread=True, exclusive=True, group="find")
    @at_desk
    def _find(self, desk: Desk, case: str) -> None:
        """Open a case that is not among those listed."""
        if desk.store.has_case(case):
            self.later(self.open, case)

    def _tick(self) -> None:
        """Once a second: how long a slow list has taken, or whether another window has written."""
        if self._begun and (waited := int(monotonic() - self._begun)):
            self.told.update(f"Regner på sagerne … {waited} s")
        elif self._loaded and self.is_current and not self._begun:
            self._look()

    @work(thread=True, exclusive=True, group="look")
    @at_desk
    def _look(self, desk: Desk) -> None:
        if desk.store.version() != self._version:
            self.later(self.load)

    def _listed(self, lines: Sequence[CaseLine], version: int, many: int = 0) -> None:
        self._lines, self._version, self._loaded, self._begun = lines, version, True, 0.0
        self._many = max(many, len(lines))
        self._draw()

    def _draw(self) -> None:
        if not self._loaded:
            return
        words = self.filter.value.casefold().split()
        self._shown = [line for line in self._lines if all(word in _searched(line) for word in words)]
        self._first = min(self._first, max(0, (len(self._shown) - 1) // PAGE * PAGE))
        page = self._shown[self._first : self._first + PAGE]
        keep = self.table.cursor_row
        self.table.clear(columns=True)
        widths = NARROW_WIDTHS if self.has_class("-narrow") else WIDTHS
        for name, width in zip(COLUMNS, widths, strict=False):
            self.table.add_column(name, width=width)
        for line in page:
            self.table.add_row(*self._cells(line, widths), key=line.case)
        self.table.move_cursor(row=min(keep, max(0, len(page) - 1)))
        self._tell(len(page))

    def _cells(self, line: CaseLine, widths: Sequence[int]) -> list[Content]:
        from guide.date_text import format_day, format_relative

        now = self.app.now()
        due = "! mangler" if line.missing else ""
        if line.due is not None:
            due = f"{'! ' if now > line.due.late_after else ''}{format_relative(line.due.aim, now)}"
            if widths is WIDTHS:
                due = f"{due}, {format_day(line.due.day, now).split(' ', 1)[1]}"
        texts = (line.case, line.next, due, str(line.findings or ""), line.age, line.caseworker, line.team)
        return [Content(shorten(one_line(str(text)), width)) for text, width in zip(texts, widths, strict=False)]

    def _tell(self, shown: int) -> None:
        self.bar.show(
            "Mine sager" if self._mine else "Øvesager" if self.app.demo else "Alle sager", self.app.settings.initials
        )
        front, behind = (self.table, self.empty) if shown else (self.empty, self.table)
        front.display = True
        if self.focused is behind:  # before it is hidden, or Textual hands the keyboard to the search
            self.set_focus(front)
        behind.display = False
        self._greet()
        if not self._lines:
            self.empty.update(
                Content(EMPTY if self._mine else "Databasen har ingen sager endnu.\n\n  n       opret en sag\n")
            )
            self.told.update("")
        elif not shown:
            self.empty.update(Content(f"Ingen sager passer på »{one_line(self.filter.value)}«. Esc rydder søgningen."))
        clipped = len(self._lines) < self._many
        many = len(self._shown) > PAGE
        where = f"viser {self._first + 1}-{self._first + shown} af {len(self._shown)}, < og > bladrer" if many else ""
        count = f"{len(self._shown)} {'sag' if len(self._shown) == 1 else 'sager'}"
        rest = f"de mest presserende af {self._many}; skriv et nummer for at åbne en anden" if clipped else ""
        self.told.update(Content(" · ".join(part for part in (count if self._lines else "", rest, where) if part)))

    def _greet(self) -> None:
        """How many deadlines there are today and how many have passed, in all that is listed, whatever is searched."""
        from guide.overview import morning, morning_text

        found = morning(self._lines, self.app.now())
        self.morning.display = 0 < len(self._lines) == self._many
        self.morning.update(Content(f"{'! ' if found.overdue else ''}{morning_text(found)}"))


def _searched(line: CaseLine) -> str:
    return f"{line.case} {line.next} {line.team} {line.caseworker}".casefold()
