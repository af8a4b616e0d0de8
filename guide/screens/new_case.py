"""A new case, and when wanted the notification that begins it, opened on siblings in the same go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.notification import leave_form, read_received
from guide.screens.page import Page, at_desk
from guide.widgets.form import FormRow
from guide.widgets.pick import Pick
from guide.widgets.words import plain, split_list

HOLDERS = {"A": "Én: forælder A", "AB": "To: forælder A og forælder B", "": "Ingen noteret endnu"}


@dataclass(frozen=True, slots=True)
class NewCase:
    """What the form holds once it has been read."""

    ref: str
    born: str
    team: str
    caseworker: str
    holders: tuple[str, ...]
    siblings: tuple[str, ...]
    received: tuple[date, datetime | None] | None


class NewCasePage(Page):
    """The form. A case is known by its own number and the child's birth month or day: there is no field for names."""

    CSS_PATH = "forms.tcss"
    NAME = "Ny sag"
    ABOUT = (
        "Opret en sag under dens eget nummer. Skriver du, hvornår underretningen nåede kommunen, åbnes den med det "
        "samme; skriver du søskendes sagsnumre, åbnes den også på dem, hver med sin egen vurdering. "
        "Skriv aldrig navne eller CPR-numre."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "create", "Opret", id="new.create", tooltip="Opret sagen og gå til den"),
    ]
    problem = getters.query_one("#problem", Static)
    holders = getters.query_one(Pick)

    def __init__(self) -> None:
        super().__init__()
        self._creating = False

    def body(self) -> ComposeResult:
        """The lines of the form."""
        mine = self.app.settings
        with VerticalScroll(id="body", can_focus=False):
            yield FormRow("Sagens nummer", "ref", hint="fx S-2019-014", read=self._read_ref)
            yield FormRow("Barnet er født", "born", hint="fx nov. 2009 eller 21/2-2012", read=self._read_born)
            yield FormRow("Team", "team", mine.team)
            yield FormRow("Sagsbehandler", "caseworker", mine.initials, read=self._read_initials)
            with Horizontal(classes="row"):
                yield Static("Forældremyndighed", classes="label", markup=False)
                yield Pick(HOLDERS, "A", id="holders")
            yield FormRow(
                "Underretning modtaget", "received", hint="kan vente; fx i går kl. 14", read=self._read_received
            )
            yield FormRow(
                "Søskendes sagsnumre", "siblings", hint="kan stå tom; med komma imellem", read=self._read_siblings
            )
            yield Static("", id="problem", markup=False)
            yield Button("Opret sagen (Ctrl+S)", id="create", variant="primary", compact=True)

    def filled(self) -> None:
        """Begin with the number."""
        self._row("ref").input.focus()

    def actions(self) -> Iterable[Action]:
        """The one thing to do here."""
        yield Action("Opret sagen", "Gem sagen og gå til den", self.action_create, "Ctrl+S")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button does what Ctrl+S does."""
        self.action_create()

    def action_create(self) -> None:
        """Check every line; create the case when all can be read."""
        rows = list(self.query(FormRow))
        wrong = [row for row in rows if not row.check()]
        if wrong:
            wrong[0].input.focus()
            return
        if self.app.desk is None:
            self._tell("Databasen er ikke åbnet endnu. Vent et øjeblik.")
        elif not self._creating:
            self._creating = True
            self._create(self._read())

    @work(thread=True, group="create")
    @at_desk
    def _create(self, desk: Desk, new: NewCase) -> None:
        """The case first, then one notification on it and its siblings."""
        work = desk.casework
        if desk.store.has_case(new.ref):
            told = f"Sagen {new.ref} findes allerede. Åbn den fra listen, eller skriv et andet nummer."
            self.later(self._refused, "ref", told)
            return
        if unknown := [case for case in new.siblings if not desk.store.has_case(case)]:
            told = f"Kender ikke {', '.join(unknown)}. Opret søskendes sager først, eller lad feltet stå tomt."
            self.later(self._refused, "siblings", told)
            return
        day = new.received[0] if new.received else None
        work.new_case(new.ref, new.born, new.team, new.caseworker, day, new.holders)
        said: tuple[str, ...] = ()
        if new.received is not None:
            said = work.open_notification((new.ref, *new.siblings), *new.received).said
        self.later(self._created, new.ref, said)

    def trouble(self, problem: str) -> None:
        """Nothing was created; the form stands as it was typed."""
        self._creating = False
        self._tell(problem)

    def _refused(self, row: str, problem: str) -> None:
        """Say what is wrong, and put the keyboard where it can be mended."""
        self.trouble(problem)
        self._row(row).input.focus()

    def action_back(self) -> None:
        """What has been typed is not thrown away without asking."""
        leave_form(self, super().action_back)

    def _created(self, case: str, said: Iterable[str]) -> None:
        from guide.screens.case import CasePage

        self.app.switch_screen(CasePage(case, said=tuple(said)))

    def _tell(self, text: str) -> None:
        self.problem.update(Content(f"! {plain(text)}"))
        self.call_after_refresh(self.problem.scroll_visible, animate=False)

    def _row(self, name: str) -> FormRow:
        return self.query_one(f"#{name}", FormRow)

    def _read(self) -> NewCase:
        """The form's values; every line has been checked."""
        from guide.dates import parse_birth

        now, born, received = self.app.now(), self._row("born").value, self._row("received").value
        return NewCase(
            ref=self._row("ref").value,
            born=parse_birth(born, now) if born else "",
            team=self._row("team").value,
            caseworker=self._row("caseworker").value.upper(),
            holders=tuple(f"forælder {letter}" for letter in self.holders.value),
            siblings=tuple(split_list(self._row("siblings").value)),
            received=read_received(received, now) if received else None,
        )

    def _read_ref(self, text: str) -> str:
        if not text:
            raise ValueError("Skriv sagens nummer.")
        if any(c in text for c in ";,"):
            raise ValueError("Brug hverken komma eller semikolon.")
        return ""

    def _read_born(self, text: str) -> str:
        from guide.dates import parse_birth

        return f"= {parse_birth(text, self.app.now())}" if text else "Uden fødselsmåned kan alderen ikke regnes."

    def _read_initials(self, text: str) -> str:
        from guide.settings import clean_initials

        clean_initials(text)
        return ""

    def _read_received(self, text: str) -> str:
        from guide.dates import format_moment

        if not text:
            return ""
        day, at = read_received(text, self.app.now())
        return f"= {format_moment(at or day)}"

    def _read_siblings(self, text: str) -> str:
        if text and not self._row("received").value:
            raise ValueError("Skriv også, hvornår underretningen kom.")
        count = len(split_list(text))
        return f"= åbnes på {count + 1} børn" if count else ""
