"""Fravær: cover a colleague's cases for a while, or move them; everything due in 14 days in them is shown first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from guide.actions import Action
from guide.desk import Desk
from guide.screens.notification import leave_form
from guide.screens.page import Page, at_desk
from guide.widgets.form import FormRow
from guide.widgets.words import plain, split_list

if TYPE_CHECKING:
    from checklists.summary_model import Summary
    from guide.absence import Change, Done

EMPTY = (
    "Skriv, hvis sager det er, og hvem der tager dem. Så står alt det, der forfalder inden for 14 dage, her.\n\n"
    "Med en sidste dag er det en dækning: bagefter er sagerne igen hos den, der havde dem.\n"
    "Uden er de flyttet. Frister, der er passeret, bliver hos den, der havde sagen dengang."
)


class LiveRow(FormRow):
    """A line whose page follows what is typed in it."""

    class Typed(Message):
        """Something was typed."""

    def settle(self) -> None:
        """What stands here has been written: it is not lost when the page is left."""
        self._value = self.input.value

    @on(Input.Changed)
    def _announce(self) -> None:
        self.post_message(self.Typed())


class AbsencePage(Page):
    """The form above, the first page for whoever takes over below."""

    CSS_PATH = "overview.tcss"
    NAME = "Fravær: dæk eller flyt"
    ABOUT = (
        "Giv en kollegas sager videre for en tid eller helt. Alle sagerne skifter på én gang, og Ctrl+Z tager det "
        "tilbage i dem alle. traad cover --dry-run skriver den samme første side, så den kan printes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Gem", id="absence.save", tooltip="Dæk eller flyt sagerne"),
        Binding("ctrl+z", "undo", "Fortryd", id="absence.undo", tooltip="Tag det seneste mellem de to tilbage"),
        Binding("pageup", "scroll(-1)", "Op", id="absence.up", tooltip="Rul op i siden", show=False),
        Binding("pagedown", "scroll(1)", "Ned", id="absence.down", tooltip="Rul ned i siden", show=False),
    ]
    shown = getters.query_one("#first", Static)
    problem = getters.query_one("#problem", Static)

    def __init__(self) -> None:
        super().__init__()
        self._held: tuple[str, int, Sequence[Summary]] = ("", -1, ())
        """Whose cases were read last, at which version of the database, and the cases."""

    def body(self) -> ComposeResult:
        """Who, to whom, how long, which cases; then what is due."""
        yield LiveRow("Hvis sager", "who", hint="initialer, fx LH", read=self._read_initials)
        yield LiveRow("Hvem tager dem", "to", hint="initialer, fx AB", read=self._read_initials)
        yield LiveRow("Til og med", "until", hint="tom, hvis de flyttes helt", read=self._read_until)
        yield LiveRow("Kun disse sager", "cases", hint="tom er alle; komma imellem", read=self._read_cases)
        yield LiveRow("Kort besked", "message", hint="kan stå tom; noteres i sagerne")
        yield Static("", id="problem", markup=False)
        with VerticalScroll(id="page", can_focus=False):
            yield Static(Content(EMPTY), id="first", markup=False)

    def filled(self) -> None:
        """Begin with whose cases they are."""
        self._row("who").input.focus()

    def actions(self) -> Iterable[Action]:
        """The two things to do here."""
        yield Action("Dæk eller flyt sagerne", "Gem for alle sagerne på én gang", self.action_save, "Ctrl+S")
        yield Action("Fortryd det seneste", "Tag det seneste mellem de to tilbage", self.action_undo, "Ctrl+Z")

    def trouble(self, problem: str) -> None:
        """Nothing was written; the form stands as it was typed."""
        self._tell(problem)

    def action_back(self) -> None:
        """What has been typed is not thrown away without asking."""
        leave_form(self, super().action_back)

    def action_scroll(self, by: int) -> None:
        """Read on, with the keyboard still in the form."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False)

    @on(LiveRow.Typed)
    def _changed(self) -> None:
        self._tell("")
        change = self._change()
        if change is None:
            self.shown.update(Content(EMPTY))
        elif self.app.desk is not None:
            self._look(change)

    @work(thread=True, exclusive=True, group="look")
    @at_desk
    def _look(self, desk: Desk, change: Change) -> None:
        """Show what is due in the cases, without writing anything."""
        from guide import absence
        from guide.absence_page import first_page
        from store.errors import StoreError

        if get_current_worker().is_cancelled:  # more has been typed meanwhile
            return
        version = desk.store.version()
        if self._held[:2] != (change.who, version):
            self._held = (change.who, version, absence.held(desk.casework, change.who))
        try:
            cases = absence.plan(desk.casework, change, self._held[2])
        except StoreError as error:
            self.later(self.shown.update, Content(plain(str(error))))
            return
        self.later(self._show, first_page(change, cases, desk.casework.now()))

    def action_save(self) -> None:
        """Check every line, ask once, and write it in all the cases."""
        wrong = [row for row in self.query(FormRow) if not row.check()]
        change = self._change()
        if wrong or change is None:
            (wrong[0] if wrong else self._row("who")).input.focus()
        elif self.app.desk is None:
            self._tell("Databasen er ikke åbnet endnu. Vent et øjeblik.")
        else:
            self._ask(change)

    @work(thread=True, exclusive=True, group="write")
    @at_desk
    def _ask(self, desk: Desk, change: Change) -> None:
        from guide import absence
        from guide.absence_page import heading

        cases = absence.plan(desk.casework, change, absence.held(desk.casework, change.who))
        self.later(self._confirm, change, tuple(c.case for c in cases), heading(change, cases))

    def _confirm(self, change: Change, cases: Sequence[str], told: str) -> None:
        """One question. On a move it also offers to begin the handover in each case."""
        from dataclasses import replace

        from guide.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(change, cases)

        def with_handover(yes: bool | None) -> None:
            self._write(replace(change, handover=bool(yes)), cases)

        def moving(yes: bool | None) -> None:
            if yes:
                question = "Skal forløbet Overdragelse åbnes i sagerne, så den nye kan møde barnet og forældrene?"
                self.app.push_screen(Confirm(question), with_handover)

        self.app.push_screen(Confirm(told, "Gem", "Ikke nu"), moving if change.until is None else answered)

    @work(thread=True, group="write")
    @at_desk
    def _write(self, desk: Desk, change: Change, cases: Sequence[str]) -> None:
        from guide import absence

        absence.carry_out(desk.casework, change, cases)
        self.later(self._saved, len(cases))

    def _saved(self, count: int) -> None:
        self._tell(f"Gemt i {count} {'sag' if count == 1 else 'sager'}. Ctrl+Z tager det tilbage i dem alle.", mark="✓")
        for row in self.query(LiveRow):
            row.settle()

    def action_undo(self) -> None:
        """Find the latest change between the two, and ask before it is taken back."""
        change = self._change()
        if change is None:
            self._tell("Skriv først, hvis sager det var, og hvem der tog dem.")
        elif self.app.desk is not None:
            self._find(change)

    @work(thread=True, exclusive=True, group="write")
    @at_desk
    def _find(self, desk: Desk, change: Change) -> None:
        from guide import absence

        found = [absence.standing(desk.casework, change.who, change.to, cover) for cover in (True, False)]
        known = [done for done in found if done is not None]
        if known:
            self.later(self._ask_undo, max(known, key=lambda done: done.recorded))
        else:
            self.later(self._tell, f"Der er intet mellem {change.who} og {change.to} at tage tilbage.")

    def _ask_undo(self, done: Done) -> None:
        from guide.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._undo(done)

        many = len(done.rows)
        question = f"Tag det tilbage i {many} {'sag' if many == 1 else 'sager'}? {done.told}"
        self.app.push_screen(Confirm(question, "Tag tilbage", "Lad det stå"), answered)

    @work(thread=True, group="write")
    @at_desk
    def _undo(self, desk: Desk, done: Done) -> None:
        from guide import absence

        count = absence.undo(desk.casework, done)
        self.later(self._tell, f"Taget tilbage i {count} {'sag' if count == 1 else 'sager'}.", mark="✓")

    def _show(self, lines: Sequence[str]) -> None:
        self.shown.update(Content(plain("\n".join(lines))))

    def _tell(self, text: str, mark: str = "!") -> None:
        self.problem.update(Content(f"{mark} {plain(text)}" if text else ""))

    def _row(self, name: str) -> FormRow:
        return self.query_one(f"#{name}", FormRow)

    def _change(self) -> Change | None:
        """What the form says; None while it cannot be read."""
        from checklists.calendar import local_day
        from guide.absence import Change
        from guide.settings import clean_initials

        try:
            who, to = (clean_initials(self._row(name).value) for name in ("who", "to"))
            until = self._until(self._row("until").value)
        except ValueError:
            return None
        return Change(
            who=who,
            to=to,
            start=local_day(self.app.now()),
            until=until,
            cases=tuple(split_list(self._row("cases").value)),
            message=self._row("message").value,
        )

    def _until(self, text: str) -> date | None:
        from guide.dates import parse_day

        return parse_day(text, self.app.now(), prefer_future=True) if text else None

    def _read_initials(self, text: str) -> str:
        from guide.settings import clean_initials

        clean_initials(text)
        return ""

    def _read_until(self, text: str) -> str:
        from guide.date_text import format_day

        day = self._until(text)
        return f"= {format_day(day)}" if day else "= sagerne flyttes"

    def _read_cases(self, text: str) -> str:
        count = len(split_list(text))
        return f"= {count} {'sag' if count == 1 else 'sager'}" if count else ""
