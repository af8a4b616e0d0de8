"""A new notification on a case that is known, opened on siblings in the same go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.form import FormRow
from guide.widgets.words import plain, split_list


@dataclass(frozen=True, slots=True)
class Notified:
    """What was opened: the run in this case, and what to say about it in Danish."""

    run: str
    said: tuple[str, ...]


class NotificationPage(Page):
    """Asks when it came and whom it is about; returns a ``Notified``, or None."""

    CSS_PATH = "forms.tcss"
    NAME = "Ny underretning"
    ABOUT = (
        "Skriv, hvornår den nåede kommunen. Handler den om flere søskende, får hver sin egen vurdering i sin egen sag."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "create", "Opret", id="notification.create", tooltip="Opret underretningen"),
    ]
    problem = getters.query_one("#problem", Static)

    def __init__(self, case: str) -> None:
        super().__init__()
        self._case = case
        self._creating = False

    def body(self) -> ComposeResult:
        """Two lines and a button."""
        with VerticalScroll(id="body", can_focus=False):
            yield FormRow("Modtaget", "received", hint="fx i går kl. 14", read=self._read_received)
            yield FormRow("Søskendes sagsnumre", "siblings", hint="kan stå tom; med komma imellem")
            yield Static("", id="problem", markup=False)
            yield Button("Opret underretningen (Ctrl+S)", id="create", variant="primary", compact=True)

    def filled(self) -> None:
        """Begin with the time."""
        self.bar.show(f"{self._case} · Ny underretning")
        self.query_one("#received", FormRow).input.focus()

    def actions(self) -> Iterable[Action]:
        """The one thing to do here."""
        yield Action("Opret underretningen", "På denne sag og søskendes", self.action_create, "Ctrl+S")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button does what Ctrl+S does."""
        self.action_create()

    def action_create(self) -> None:
        """Check and save."""
        row = self.query_one("#received", FormRow)
        if not row.check():
            row.input.focus()
        elif not self._creating:
            self._creating = True
            siblings = split_list(self.query_one("#siblings", FormRow).value)
            self._create(read_received(row.value, self.app.now()), siblings)

    @work(thread=True, group="create")
    @at_desk
    def _create(self, desk: Desk, received: tuple[date, datetime | None], siblings: list[str]) -> None:
        if unknown := [case for case in siblings if not desk.store.has_case(case)]:
            self.later(self._refused, f"Kender ikke {', '.join(unknown)}. Opret søskendes sager først.")
            return
        opened = desk.casework.open_notification((self._case, *siblings), *received)
        self.later(self._created, Notified(opened.runs[self._case], opened.said))

    def _created(self, opened: Notified) -> None:
        # Called for its own sake: Textual would otherwise wait for the screen that this very message leaves.
        self.dismiss(opened)

    def trouble(self, problem: str) -> None:
        """Nothing was opened; the form stands as it was typed."""
        self._creating = False
        self.problem.update(Content(f"! {plain(problem)}"))

    def action_back(self) -> None:
        """Leave without opening anything; what has been typed is not thrown away without asking."""
        leave_form(self, lambda: self.dismiss(None))

    def _refused(self, problem: str) -> None:
        """Say which sibling is not known, and put the keyboard where it can be mended."""
        self.trouble(problem)
        self.query_one("#siblings", FormRow).input.focus()

    def _read_received(self, text: str) -> str:
        from guide.dates import format_moment

        if not text:
            raise ValueError("Skriv, hvornår underretningen nåede kommunen.")
        day, at = read_received(text, self.app.now())
        return f"= {format_moment(at or day)}"


def leave_form(page: Page, leave: Callable[[], object]) -> None:
    """Leave a form at once when nothing has been typed in it, else after one question."""
    from guide.screens.confirm import Confirm

    if not any(row.changed for row in page.query(FormRow)):
        leave()
        return

    def answered(yes: bool | None) -> None:
        if yes:
            leave()

    question = "Det, du har skrevet, er ikke gemt. Vil du gå uden at gemme det?"
    page.app.push_screen(Confirm(question, "Gå uden at gemme", "Bliv", careful=True), answered)


def read_received(text: str, now: datetime) -> tuple[date, datetime | None]:
    """When a notification came, as a local day and the instant if an hour is given. Raises ValueError in Danish."""
    from checklists.calendar import has_passed, local_day
    from guide.dates import parse_moment

    day, at = parse_moment(text, now)
    if day > local_day(now) or (at is not None and has_passed(now, at)):
        raise ValueError("Den dag er ikke kommet endnu.")
    return day, at
