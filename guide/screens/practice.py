"""Øv dig: the fictional cases to practise on, what each trains, and how far the learner is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.words import one_line, shorten

if TYPE_CHECKING:
    from guide.practice.casework import Line

NARROW, WIDE = (11, 6, 36, 22), (13, 7, 46, 46)
"""Widths of state, minutes, title and what is trained."""


class PracticePage(Page):
    """The practice cases. Enter begins one or goes on with it; nothing here touches a real case."""

    NAME = "Øv dig"
    ABOUT = (
        "Fiktive sager at øve sig på, i en database for sig. Enter begynder en sag eller går videre med den. I sagen "
        "lader /spol tiden gå, og /facit viser, hvordan den kunne være gået. Resultatet er dit: ingen andre ser det."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "again", "Forfra", id="practice.again", tooltip="Begynd sagen forfra, fra første dag"),
        Binding("o", "own", "Mine egne sager", id="practice.own", tooltip="Forlad øvesagerne"),
    ]
    DEFAULT_CSS = """
    PracticePage #practice { height: 1fr; }
    PracticePage #trains { height: auto; padding: 1 1 0 1; }
    PracticePage #told { height: auto; padding: 0 1; color: $text-muted; }
    """
    table: getters.query_one[DataTable[Content]] = getters.query_one("#practice", DataTable)
    told = getters.query_one("#told", Static)
    trains = getters.query_one("#trains", Static)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()

    def body(self) -> ComposeResult:
        """The list, what the case in hand trains, and a line that counts."""
        yield DataTable(id="practice", cursor_type="row", zebra_stripes=True)
        yield Static("", id="trains", markup=False)
        yield Static("Åbner …", id="told", markup=False)

    def filled(self) -> None:
        """The list has the keyboard."""
        self.table.focus()

    def desk_opened(self) -> None:
        """List the cases; open at once the one that was asked for on the command line."""
        super().desk_opened()
        wanted, self.app.practice_case = self.app.practice_case, ""
        self.load()
        if wanted:
            self.open(wanted)

    def desk_refused(self) -> None:
        """The message on top says why."""
        self.told.update("Databasen er ikke åbnet.")

    def on_screen_resume(self) -> None:
        """Coming back from a case: how far it is may have changed."""
        if self.app.desk is not None and self._lines:
            self.load()

    def actions(self) -> Iterable[Action]:
        """Each case by its title."""
        for line in self._lines:
            yield Action(f"Øv: {line.page.title}", line.state, lambda page=line.page.id: self.open(page))  # type: ignore[misc]

    @work(thread=True, exclusive=True, group="practice")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read how far each case is."""
        from guide.practice.casework import PracticeCasework

        if isinstance(desk.casework, PracticeCasework):
            self.later(self._show, desk.casework.lines(), len(desk.casework.practice.faults))

    @work(thread=True, group="begin")
    @at_desk
    def open(self, desk: Desk, page: str, again: bool = False) -> None:
        """Go on with the practice case ``page``, or begin it (``again``: anew)."""
        from guide.practice.casework import PracticeCasework

        work = desk.casework
        if isinstance(work, PracticeCasework):
            line = next((one for one in work.lines() if one.page.id == page), None)
            case = line.case if line is not None and line.case and not again else work.begin(page)
            self.later(self._enter, case, work.opening_words(case))

    def _enter(self, case: str, said: tuple[str, ...]) -> None:
        from guide.screens.case import CasePage

        self.app.push_screen(CasePage(case, said=said))

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        self.open(self._lines[event.cursor_row].page.id)

    @on(DataTable.RowHighlighted)
    def _highlighted(self) -> None:
        self._tell()

    def action_again(self) -> None:
        """Begin the case in hand anew; what was answered before stays behind in the practice database."""
        if self._lines:
            self.open(self._lines[self.table.cursor_row].page.id, again=True)

    def action_own(self) -> None:
        """Back to the real cases."""
        self.app.move_to(demo=False)

    def _show(self, lines: Sequence[Line], faults: int) -> None:
        self._lines = lines
        kept = self.table.cursor_row
        widths = NARROW if self.has_class("-narrow") else WIDE
        self.table.clear(columns=True)
        for name, width in zip(("Tilstand", "Min.", "Sag", "Øver"), widths, strict=True):
            self.table.add_column(name, width=width)
        for line in lines:
            texts = (line.state, str(line.page.minutes), line.page.title, ", ".join(line.page.trains))
            self.table.add_row(*(Content(shorten(one_line(t), w)) for t, w in zip(texts, widths, strict=True)))
        self.table.move_cursor(row=min(kept, max(0, len(lines) - 1)))
        done = sum(line.done_on is not None for line in lines)
        wrong = f" {faults} fejl på siderne: se traad check." if faults else ""
        self.told.update(Content(f"{len(lines)} øvesager, {done} gennemført. Enter åbner, f begynder forfra.{wrong}"))
        self._tell()

    def _tell(self) -> None:
        if self._lines and self.table.cursor_row < len(self._lines):
            page = self._lines[self.table.cursor_row].page
            self.trains.update(Content(f"Øver: {', '.join(page.trains)}.\n{one_line(page.intro)}"))
