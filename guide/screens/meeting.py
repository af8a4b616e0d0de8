"""Mødet: every decision on its way to the committee, what each lacks, and the way to writing the committee's answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.words import one_line, plain

if TYPE_CHECKING:
    from checklists.meeting import Meeting
    from guide.meeting_list import OnTheWay

COLUMNS = {"Sag": 12, "Hos": 5, "Om": 31, "Mangler": 11, "Udvalget": 15}
EMPTY = "Ingen sager har en afgørelse på vej. Sagen kommer på listen, når forløbet Afgørelse er åbnet i den."


class MeetingPage(Page):
    """The list for one meeting day; to begin with the municipality's next one, else today."""

    CSS_PATH = "meeting.tcss"
    NAME = "Mødet"
    ABOUT = (
        "Alle sager med en afgørelse på vej, dem på dagsordenen først, og hvad hver mangler. Enter viser »Klar?« for "
        "sagen; u åbner den, hvor udvalgets svar skrives. Pil til venstre og højre skifter møde. "
        "Intet her afgør, om en sag må komme på mødet."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "answer", "Udvalgets svar", id="meeting.answer", tooltip="Skriv udvalgets svar i sagen"),
        Binding(
            "left", "step(-1)", "Forrige møde", id="meeting.before", tooltip="Mødet før", priority=True, show=False
        ),
        Binding(
            "right", "step(1)", "Næste møde", id="meeting.after", tooltip="Det næste møde", priority=True, show=False
        ),
        Binding("f5", "reload", "Opdatér", id="meeting.reload", tooltip="Regn listen igennem igen", show=False),
    ]
    table: getters.query_one[DataTable[Content]] = getters.query_one("#cases", DataTable)
    told = getters.query_one("#told", Static)
    lacks = getters.query_one("#lacks", Static)

    def __init__(self) -> None:
        super().__init__()
        self._on: date | None = None
        self._found: Sequence[OnTheWay] = ()

    def body(self) -> ComposeResult:
        """The day, the cases, and what the marked one lacks."""
        yield Static("Regner …", id="told", markup=False)
        yield DataTable(id="cases", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="below"):
            yield Static("", id="lacks", markup=False)

    def filled(self) -> None:
        """The table has the keyboard."""
        for name, width in COLUMNS.items():
            self.table.add_column(name, width=width)
        self.table.focus()

    def desk_opened(self) -> None:
        """Compute at once."""
        super().desk_opened()
        self.load()

    def desk_refused(self) -> None:
        """Nothing to list; the message on top says why."""
        self.told.update("Databasen er ikke åbnet.")

    def on_screen_resume(self) -> None:
        """What was recorded in a case meanwhile counts here."""
        if self.app.desk is not None and self._on is not None:
            self.load()

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Udvalgets svar", "Skriv tiltrådt, ændret, afvist eller udsat i sagen", self.action_answer, "u")

    @work(thread=True, exclusive=True, group="meeting")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Go through the cases off the screen's own thread."""
        from guide.meeting_list import first_day, meeting_list, the_meeting

        on_day = self._on or first_day(desk.handbooks, desk.casework.now())
        found = meeting_list(desk.casework, on_day)
        self.later(self._show, on_day, the_meeting(desk.handbooks, on_day), found)

    def action_reload(self) -> None:
        """Compute again."""
        if self.app.desk is not None:
            self.load()

    def action_step(self, by: int) -> None:
        """The meeting before or after; a day before or after when no days are known."""
        if self.app.desk is None or self._on is None:
            return
        from guide.meeting_list import the_meeting

        meeting = the_meeting(self.desk.handbooks, self._on)
        days = meeting.committee.days if meeting else ()
        day = self._on + timedelta(days=by)
        while days and day.weekday() not in days:
            day += timedelta(days=by)
        self._on = day
        self.load()

    def action_answer(self) -> None:
        """Open the case at the step that holds the committee's answer."""
        from checklists.decisions import DECISION
        from guide.screens.case import CasePage
        from guide.widgets.rows import Key

        one = self._marked
        if one is not None and one.step is not None:
            self.app.push_screen(CasePage(one.case, Key(one.report.found.run, DECISION, one.step)))

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from guide.screens.ready import ReadyPage

        if (one := self._marked) is not None:
            self.app.push_screen(ReadyPage(one.case, one.report.found.run))

    @on(DataTable.RowHighlighted)
    def _highlighted(self) -> None:
        self._tell()

    @property
    def _marked(self) -> OnTheWay | None:
        return self._found[self.table.cursor_row] if self.table.cursor_row < len(self._found) else None

    def _show(self, on_day: date, meeting: Meeting | None, found: Sequence[OnTheWay]) -> None:
        from guide.committee_answer import outcome_word
        from guide.dialogue.words import item_name, joined
        from guide.meeting_list import meeting_head

        self._on, self._found = on_day, found
        name = meeting.committee.name if meeting else "Mødet"
        self.bar.show(name, f"{len(found)} på vej")
        head = meeting_head(meeting, on_day, self.app.now())
        self.told.update(" ".join(head) if found else f"{' '.join(head)}\n\n{EMPTY}")
        row = self.table.cursor_row
        self.table.clear()
        for one in found:
            about = joined(item_name(item).casefold() for item in one.report.found.measures)
            missing = len(one.report.found.missing)
            committee = outcome_word(one.outcome) if one.outcome else "på dagsordenen" if one.agenda else ""
            cells = (one.case, one.caseworker, about, str(missing) if missing else "intet kendt", committee)
            self.table.add_row(*(Content(one_line(cell)) for cell in cells))
        if found:
            self.table.move_cursor(row=min(row, len(found) - 1))
        self._tell()

    def _tell(self) -> None:
        from checklists.calendar import local_day
        from guide.dialogue.words import NOTHING_MISSING
        from guide.readiness_text import missing_line

        one = self._marked
        if one is None:
            self.lacks.update("")
            return
        today = local_day(self.app.now())
        lines = [f"○ {plain(missing_line(m, today))}" for m in one.report.found.missing]
        self.lacks.update(Content("\n").join(Content(line) for line in lines or [NOTHING_MISSING]))
