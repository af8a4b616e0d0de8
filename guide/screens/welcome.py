"""The first start: who you are, and whether to begin on your own cases or on the fictional ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, cast

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from guide.screens.page import Page
from guide.settings import ROLES, Role, clean_initials
from guide.widgets.pick import Pick
from guide.widgets.words import one_line

INTRO = (
    "Rød tråd fører dig gennem en sag ét trin ad gangen: hvad du gør nu, hvorfor, og hvornår det skal være gjort. "
    "Du vurderer og beslutter; programmet husker og regner fristerne ud.\n"
    "Skriv aldrig navne eller CPR-numre. En sag kendes på sit eget nummer."
)


class Welcome(Page):
    """Asks for initials, team and role; keeps them in the user's own folder."""

    CSS_PATH = "welcome.tcss"
    NAME = "Velkommen"
    ABOUT = "Fortæl, hvem du er. Rollen vælger kun, hvilken side der åbner først, og kan altid ændres."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "begin('own')", "Mine egne sager", id="welcome.own", tooltip="Gem, og begynd på dine egne sager"
        ),
        Binding(
            "ctrl+d",
            "begin('demo')",
            "20 øvesager",
            id="welcome.demo",
            tooltip="Gem, og prøv de 20 fiktive sager",
            priority=True,
        ),
        Binding(
            "ctrl+o",
            "begin('practice')",
            "Øv dig",
            id="welcome.practice",
            tooltip="Gem, og øv dig på korte sager, et trin ad gangen (til den, der er ny)",
            show=False,
            priority=True,
        ),
    ]
    initials = getters.query_one("#initials", Input)
    team = getters.query_one("#team", Input)
    roles = getters.query_one(Pick)
    problem = getters.query_one("#problem", Static)

    def body(self) -> Iterable[Widget]:
        """Three questions and the ways to begin."""
        mine = self.app.settings
        with VerticalScroll(id="body", can_focus=False):
            yield Static(INTRO, id="intro", markup=False)
            with Horizontal(classes="row"):
                yield Static("Initialer", classes="label", markup=False)
                yield Input(mine.initials, placeholder="fx LH", id="initials", compact=True, max_length=12)
            with Horizontal(classes="row"):
                yield Static("Team", classes="label", markup=False)
                yield Input(mine.team, placeholder="fx Rådgivning", id="team", compact=True, max_length=40)
            with Horizontal(classes="row"):
                yield Static("Hvem er du?", classes="label", markup=False)
                yield Pick({str(role): told for role, told in ROLES.items()}, mine.role, id="role")
            yield Static("", id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Mine egne sager (Ctrl+S)", id="own", variant="primary", compact=True)
                yield Button("Prøv 20 øvesager (Ctrl+D)", id="demo", compact=True)
            yield Button("Øv dig på korte sager, et trin ad gangen (Ctrl+O)", id="practice", compact=True)

    def filled(self) -> None:
        """Begin with the initials."""
        self.set_focus(self.initials)
        self._offer_practice()

    @on(Pick.Changed)
    def _offer_practice(self) -> None:
        """Practice is offered to whoever is new."""
        self.query_one("#practice", Button).display = self._is_new
        self.refresh_bindings()

    @property
    def _is_new(self) -> bool:
        return self.roles.value == "ny"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key for practice works where its button is shown."""
        return self._is_new if (action, parameters) == ("begin", ("practice",)) else True

    @on(Input.Changed, "#initials")
    def _mended(self) -> None:
        """What was wrong is being put right."""
        self.problem.update("")

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Begin on the cases chosen."""
        self.action_begin(event.button.id or "own")

    def action_begin(self, where: str) -> None:
        """Keep the answers and open the first page of ``where``: own, demo or practice. Odd initials are said first."""
        try:
            initials = clean_initials(self.initials.value)
        except ValueError as error:
            self.problem.update(Content(f"! {error}"))
            self.set_focus(self.initials)
            return
        role = cast(Role, self.roles.value)
        mine = replace(self.app.settings, initials=initials, team=one_line(self.team.value), role=role)
        if problem := self.app.keep(mine):
            self.app.notify(problem, markup=False, severity="warning")
        demo, practice = where == "demo", where == "practice" or (where == "own" and self.app.practice)
        if (demo, practice) != (self.app.demo, self.app.practice):
            self.app.change_database(demo=demo, practice=practice)
        self.app.begin()
