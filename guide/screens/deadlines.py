"""Frister: what is due, the nearest first; of one case, of mine, or of everybody's. Birthdays stand apart below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static
from textual.worker import get_current_worker

from checklists.states import Due, Progress
from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.rows import Key, step_key
from guide.widgets.words import SYMBOLS, one_line, shorten, step_name

SHOWN = 300
"""Rows in the table; the rest is said in words, because the first ones are those to act on."""

Column = Literal["when", "off", "case", "step", "state", "ground"]
NAMES: dict[Column, str] = {
    "when": "Frist",
    "off": "",
    "case": "Sag",
    "step": "Trin",
    "state": "Tilstand",
    "ground": "Grundlag",
}
WIDTHS: dict[Column, int] = {"when": 23, "off": 14, "case": 11, "step": 22, "state": 13, "ground": 22}
ONE_CASE: dict[Column, int] = {"when": 23, "off": 14, "step": 27, "state": 15, "ground": 27}
NARROW: dict[Column, int] = {"when": 13, "off": 15, "case": 10, "step": 18, "state": 13}
"""On 80 columns the ground gives way; a local target still says so before its step, and Enter leads to the clause."""
NARROW_ONE_CASE: dict[Column, int] = {"when": 13, "off": 15, "step": 28, "state": 13}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One deadline, as the table shows it."""

    case: str
    key: Key
    due: Due
    name: str
    state: str
    ground: str
    """What it rests on, the kind of rule as a word first."""


def due_lines(progress: Progress) -> list[DueLine]:
    """Every unsettled deadline of a case."""
    from guide.dialogue.deadline_text import ground

    return [
        DueLine(progress.case.id, step_key(state, step), step.due, step_name(step.step), step.state, ground(step))
        for state in progress.runs
        for step in state.steps
        if step.due is not None and not step.settled
    ]


class DeadlinesPage(Page):
    """A list of deadlines. ``case`` None means the cases of the person, or everybody's for a leader."""

    CSS_PATH = "deadlines.tcss"
    NAME = "Frister"
    ABOUT = (
        "Alle frister, der løber, den nærmeste først. Enter åbner sagen ved trinnet. Kommunens egne mål står som "
        "»Lokalt mål«. Nederst står de fødselsdage, der ændrer noget; de er ikke frister. Tab går derned. k skriver "
        "fristerne til filen frister.ics i mappen Rød tråd under dine dokumenter; den kan åbnes i Outlook."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "scope", "Mine/alle", id="deadlines.scope", tooltip="Skift mellem dine egne sager og alle"),
        Binding("k", "calendar", "Kalender", id="deadlines.calendar", tooltip="Skriv fristerne til en kalenderfil"),
        Binding("m", "app.page('cases')", "Sager", id="deadlines.cases", tooltip="Gå til listen over sager"),
        Binding("f5", "reload", "Opdatér", id="deadlines.reload", tooltip="Regn listen igennem igen", show=False),
    ]
    table: getters.query_one[DataTable[Content]] = getters.query_one("#deadlines", DataTable)
    told = getters.query_one("#told", Static)

    def __init__(self, case: str | None = None) -> None:
        super().__init__()
        self._case = case
        self._mine: bool | None = None
        self._lines: Sequence[DueLine] = ()

    def body(self) -> ComposeResult:
        """Table, and one line that counts."""
        yield DataTable(id="deadlines", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="birthdays") as birthdays:
            birthdays.display = False
            yield Static(id="ages", markup=False)
        yield Static("Regner …", id="told", markup=False)

    def filled(self) -> None:
        """The table has the keyboard from the first frame."""
        self.table.focus()

    def desk_opened(self) -> None:
        """Compute at once."""
        super().desk_opened()
        self.load()

    def desk_refused(self) -> None:
        """Nothing to list; the message on top says why."""
        self.told.update("Databasen er ikke åbnet.")

    def on_screen_resume(self) -> None:
        """Coming back from a case: what was recorded there counts here."""
        if self.app.desk is not None and self._lines:
            self.load()

    def actions(self) -> Iterable[Action]:
        """Whose deadlines."""
        if self._case is None:
            yield Action("Mine eller alles frister", "Skift mellem dine egne sager og alle", self.action_scope, "a")
        yield Action("Skriv fristerne til en kalender", "frister.ics, kan åbnes i Outlook", self.action_calendar, "k")

    @work(thread=True, exclusive=True, group="deadlines")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Fold the cases off the screen's own thread, and say how far it is."""
        worker, casework = get_current_worker(), desk.casework
        cases = [self._case] if self._case else [line.case for line in casework.overview(mine=self._is_mine)]
        found: list[DueLine] = []
        born: list[tuple[str, str]] = []
        for number, case in enumerate(cases):
            if worker.is_cancelled:
                return
            if number and number % 100 == 0:
                self.later(self.told.update, f"Regner … {number} af {len(cases)} sager")
            progress = casework.progress(case)
            found += due_lines(progress)
            born.append((case, progress.case.born))
        found.sort(key=lambda line: line.due.late_after)
        self.later(self._show, found, self._birthdays(desk, born))

    def _birthdays(self, desk: Desk, born: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The heading and the birthdays: of one case every one to come, of many those of the next six months."""
        from guide.dialogue.age_text import lines, soon

        now = self.app.now()
        return lines(born[0][1], desk.handbooks, now) if self._case else soon(born, desk.handbooks, now)

    def action_scope(self) -> None:
        """Mine or everybody's."""
        if self._case is None and self.app.desk is not None:
            self._mine = not self._is_mine
            self.load()

    def action_reload(self) -> None:
        """Compute again."""
        if self.app.desk is not None:
            self.load()

    def action_calendar(self) -> None:
        """Write what is listed to the person's calendar file."""
        if self.app.desk is not None:
            self.told.update("Skriver kalenderen …")
            self._write_calendar()

    @work(thread=True, exclusive=True, group="calendar")
    @at_desk
    def _write_calendar(self, desk: Desk) -> None:
        from guide.documents.calendar_file import CalendarFileError, entries, write
        from guide.documents.own_folder import FolderError, own_folder

        casework = desk.casework
        cases = [self._case] if self._case else [line.case for line in casework.overview(mine=self._is_mine)]
        found = [entry for case in cases for entry in entries(casework.progress(case))]
        try:
            path = own_folder() / ("øvefrister.ics" if self.app.demo else "frister.ics")
            live, off = write(path, found, casework.now(), frozenset(cases) if self._case else None)
        except (CalendarFileError, FolderError) as error:
            self.later(self.told.update, Content(f"! {error}"))
            return
        told = f"{live} i kalenderen{f', {off} aflyst' if off else ''}: {path}"
        self.later(self.told.update, Content(told))

    @property
    def _is_mine(self) -> bool:
        return not (self.app.demo or self.app.settings.role == "leder") if self._mine is None else self._mine

    @on(DataTable.RowSelected)
    def _selected(self, event: DataTable.RowSelected) -> None:
        from guide.screens.case import CasePage

        line = self._lines[event.cursor_row]
        under = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        if isinstance(under, CasePage) and under.case == line.case:
            self.app.pop_screen()
            under.go(line.key)
        else:
            self.app.push_screen(CasePage(line.case, line.key))

    def _show(self, lines: Sequence[DueLine], birthdays: Sequence[str]) -> None:
        self._lines = lines
        self._show_birthdays(birthdays)
        whose = self._case or ("Mine sager" if self._is_mine else "Alle sager")
        self.bar.show(f"Frister · {whose}")
        widths = self._widths
        keep = self.table.cursor_row
        self.table.clear(columns=True)
        for name, width in widths.items():
            self.table.add_column(NAMES[name], width=width)
        now = self.app.now()
        for line in lines[:SHOWN]:
            self.table.add_row(*self._cells(line, now, widths))
        self.table.move_cursor(row=min(keep, max(0, min(len(lines), SHOWN) - 1)))
        self.told.update(Content(self._count(len(lines))))

    @property
    def _widths(self) -> dict[Column, int]:
        if self.has_class("-narrow"):
            return NARROW_ONE_CASE if self._case else NARROW
        return ONE_CASE if self._case else WIDTHS

    def _show_birthdays(self, lines: Sequence[str]) -> None:
        box = self.query_one("#birthdays", VerticalScroll)
        box.display = bool(lines)
        if lines:
            shown = [one_line(lines[0]), *(f"· {one_line(text)}" for text in lines[1:])]
            self.query_one("#ages", Static).update(Content("\n".join(shown)))

    @staticmethod
    def _cells(line: DueLine, now: datetime, widths: Mapping[Column, int]) -> list[Content]:
        from guide.date_text import format_day, format_moment, format_relative

        symbol, word = SYMBOLS[line.state]
        name, when = line.name, format_moment(line.due.aim, now)
        if "ground" not in widths:
            when = format_day(line.due.day, now).split(" ", 1)[1]
            name = f"Lokalt: {name}" if line.due.local else name
        texts: dict[Column, str] = {
            "when": when,
            "off": format_relative(line.due.aim, now),
            "case": line.case,
            "step": name,
            "state": f"{symbol} {word}",
            "ground": line.ground,
        }
        return [Content(shorten(one_line(texts[column]), width)) for column, width in widths.items()]

    def _count(self, number: int) -> str:
        if not number:
            return "Ingen frister løber lige nu." + (
                "" if self._case or not self._is_mine else " Tryk a for at se alles."
            )
        more = f", de {SHOWN} nærmeste vises" if number > SHOWN else ""
        return f"{number} {'frist' if number == 1 else 'frister'}{more}"
