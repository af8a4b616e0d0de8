"""What the pages of the supervision share: the loop they ask, how they write and undo, and the forms on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual import getters, work
from textual.content import Content
from textual.widgets import DataTable, Static

from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.words import one_line, plain, shorten

if TYPE_CHECKING:
    from guide.screens.review_ask import Answers, Field
    from guide.supervision import Supervision

Write = Callable[["Supervision"], str]
"""Writes something and says in Danish what was written."""


class LoopPage(Page):
    """A page of the supervision. A subclass has a line ``#said`` and ``load`` fills the page."""

    CSS_PATH = "review.tcss"
    said = getters.query_one("#said", Static)

    def __init__(self) -> None:
        super().__init__()
        self._loop: Supervision | None = None

    @property
    def leads(self) -> bool:
        """Whether the person sees every case of a round, and not only what is about their own."""
        return self.app.settings.role == "leder" or self.app.demo

    def loop(self, desk: Desk) -> Supervision:
        """The loop over what lies open; kept, so that it knows what this page has written."""
        from guide.supervision import Supervision

        if self._loop is None or self._loop.work is not desk.casework:
            self._loop = Supervision(desk.casework)
        return self._loop

    def load(self) -> object:
        """Read everything the page shows, in a worker."""
        raise NotImplementedError

    def desk_opened(self) -> None:
        """Fill the page at once."""
        super().desk_opened()
        self.load()

    def desk_refused(self) -> None:
        """Nothing to show; the message on top says why."""
        self.say("Databasen er ikke åbnet.")

    def on_screen_resume(self) -> None:
        """Coming back: what was written meanwhile counts here."""
        if self.app.desk is not None and self._loop is not None:
            self.load()

    def trouble(self, problem: str) -> None:
        """Nothing was saved; the page says why and stays as it was."""
        self.say(f"! {problem}")

    def say(self, text: str) -> None:
        """The line at the bottom: what was written, or what stood in the way."""
        self.said.update(Content(one_line(text)))

    @work(thread=True, group="write")
    @at_desk
    def write(self, desk: Desk, act: Write, keep: str = "") -> None:
        """Do one thing, say what was written, and show the page anew; then the draft ``keep`` is no longer needed."""
        told = act(self.loop(desk))
        self.later(self._written, told, keep)

    def _written(self, told: str, keep: str) -> None:
        for name in [name for name in self.app.drafts if keep and name.startswith(f"{keep}:")]:
            del self.app.drafts[name]
        self.say(told)
        self.load()

    def action_undo(self) -> None:
        """Take back the newest thing written on this page."""
        if self.app.desk is not None:
            self.write(lambda loop: "Fortrudt. Begge rækker bliver i loggen." if loop.undo() else NOTHING_TO_UNDO)

    def action_reload(self) -> None:
        """Read again."""
        if self.app.desk is not None:
            self.load()

    def ask(self, title: str, fields: Sequence[Field], keep: str, then: Callable[[Answers], Write]) -> None:
        """Show a form; what comes out of it is written. What was typed stays as a draft until it has been written."""
        from guide.screens.review_ask import Ask

        def answered(found: Answers | None) -> None:
            if found is not None:
                act = then(found)
                self.say("Gemmer …")
                self.write(act, keep)

        self.app.push_screen(Ask(title, fields, keep), answered)

    def confirm(self, question: str, act: Write) -> None:
        """Ask once, then write."""
        from guide.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.say("Gemmer …")
                self.write(act)

        self.app.push_screen(Confirm(question), answered)


NOTHING_TO_UNDO = "Der er ikke mere at fortryde på denne side. Et ældre punkt tages tilbage med x."


def day_of(text: str, now: datetime) -> date | None:
    """A typed day to come, or None for an empty line. The form has checked that it can be read."""
    from guide.dates import parse_day

    return parse_day(text, now, prefer_future=True) if text.strip() else None


def moment_of(text: str, now: datetime) -> date | datetime:
    """A typed day, with its hour where one is given. The form has checked that it can be read."""
    from guide.dates import parse_moment

    day, at = parse_moment(text, now, prefer_future=True)
    return at or day


def fill_table(table: DataTable[Content], columns: Sequence[str], rows: Sequence[Sequence[str]], wide: int) -> None:
    """Draw ``rows``; the column ``wide`` takes what the others leave. The cursor stays where it was."""
    keep = table.cursor_row
    cells = [[one_line(plain(cell)) for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[n]) for row in cells)]) for n, name in enumerate(columns)]
    others = sum(width for n, width in enumerate(widths) if n != wide)
    widths[wide] = max(10, min(widths[wide], table.app.size.width - others - 2 * len(widths) - 2))
    table.clear(columns=True)
    for name, width in zip(columns, widths, strict=True):
        table.add_column(name, width=max(1, width))
    for row in cells:
        table.add_row(*(Content(shorten(text, width)) for text, width in zip(row, widths, strict=True)))
    table.move_cursor(row=max(0, min(keep, len(rows) - 1)))
