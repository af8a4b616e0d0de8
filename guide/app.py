"""The app: which screen is shown, what lies open, and whose clock counts. The database comes after the first paint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from guide import settings as own
from guide.actions import Action, everywhere
from guide.cli import BROKEN
from guide.fatal import PlainApp
from guide.pages import PAGES
from guide.theme import THEMES

if TYPE_CHECKING:
    from guide.desk import Desk
    from guide.first_list import FirstList

NARROW = 100
"""Below this many columns the checklist folds away."""


class TraadApp(PlainApp):
    """Rød tråd in a terminal.

    ``url`` names the database (None: the user's own), ``now`` is the clock everything is judged by, ``moved`` that it
    has been set by hand, ``demo`` that the cases are the fictional ones, ``handbook`` the municipality's own pages.
    ``practice`` opens the cases to practise on: at the one named, or at their list when it is empty.
    """

    TITLE = "Rød tråd"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide"), (116, "-widest")]  # noqa: RUF012 (as Textual declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Hjælp", id="app.help", tooltip="Vis, hvad man kan på denne side"),
        Binding("ctrl+p", "palette", "Alt", id="app.palette", tooltip="Søg blandt alt, hvad man kan gøre her"),
        *(
            Binding(page.key, f"page('{name}')", page.title, id=f"app.{name}", tooltip=page.help, show=False)
            for name, page in PAGES.items()
            if page.key
        ),
        Binding("f9", "theme", "Lys/mørk", id="app.theme", tooltip="Skift mellem lyst og mørkt", show=False),
        Binding("ctrl+q", "quit", "Luk", id="app.quit", tooltip="Luk Rød tråd", show=False, priority=True),
    ]

    def __init__(
        self,
        url: str | None = None,
        now: Callable[[], datetime] | None = None,
        moved: bool = False,
        demo: bool = False,
        handbook: Path | None = None,
        settings_path: Path | None = None,
        practice: str | None = None,
    ) -> None:
        super().__init__()
        self.url, self.demo, self.handbook, self.moved = url, demo, handbook, moved
        self._now = now
        self._own = (None, None, False) if demo else (url, now, moved)
        """Database and clock of the person's own cases, to come back to from the fictional ones."""
        self.practice, self.practice_case = practice is not None, practice or ""
        if self.practice:
            self._now, self.moved = _practice_clock(), True
        self._settings_path = settings_path
        self.settings = own.load(settings_path)
        self.desk: Desk | None = None
        self.drafts: dict[str, str] = {}
        """Half-typed lines and texts, kept while the app is open: what they belong to -> text."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme

    def get_key_display(self, binding: Binding) -> str:
        """Keys as Danes write them: Ctrl+S, Esc."""
        from guide.widgets.keys import key_words

        return key_words(binding.key)

    def now(self) -> datetime:
        """The aware instant everything is judged by, in Europe/Copenhagen."""
        if self._now is not None:
            return self._now()
        from checklists.calendar import TZ

        return datetime.now(TZ)

    def on_mount(self) -> None:
        """Paint first; then open what has to be opened."""
        self.call_after_refresh(self._begin_work)

    def get_default_screen(self) -> Screen[object]:
        """What the first frame shows: as little as looks like the app."""
        from guide.screens.opening import Opening

        return Opening("", self.clock_text())

    def _begin_work(self) -> None:
        from guide.screens.first import first_page

        page = first_page(self.settings, demo=self.demo, practice=self.practice)
        self.push_screen(page)
        self.open_desk(page)

    @work(thread=True, exclusive=True, group="open")
    def open_desk(self, first: Screen[object] | None = None) -> None:
        """Open database and handbook and tell the pages; a list of cases on ``first`` does not wait for it."""
        wanted = (self.demo, self.url, self.practice)
        from guide.desk import DeskError, open_desk

        found = self._find_cases(first)
        try:
            clock = self._now if self.practice and self._now else self.now
            demo, url, practice = wanted
            desk = open_desk(
                url, clock, self.settings, demo=demo, handbook=self.handbook, found=found, practice=practice
            )
        except DeskError as error:
            self.call_later(self._tell_closed, error)
            return
        self.call_later(self._opened, desk, wanted)

    def _find_cases(self, page: Screen[object] | None) -> FirstList | None:
        show = getattr(page, "cases_found", None)
        if show is None or self.demo or self.practice:
            return None
        from guide.first_list import first_list

        found = first_list(self.url, self.now, self.settings.initials, self.handbook or self.settings.layer)
        if found is not None:
            self.call_later(show, tuple(found.lines.values()))
        return found

    def change_database(self, *, demo: bool, practice: bool = False) -> None:
        """Close what is open, and open the fictional cases, those to practise on, or the user's own."""
        from guide.desk import demo_clock

        self.close_desk()
        self.demo, self.practice = demo, practice
        self.url, self._now, self.moved = (None, demo_clock(), True) if demo else self._own
        if practice:
            self.url, self._now, self.moved = None, _practice_clock(), True
        self.open_desk()

    def close_desk(self) -> None:
        """Close the database; nothing is lost, every answer was saved as it was given."""
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.close()

    def keep(self, settings: own.Settings) -> str:
        """Keep the person's choices. Returns an empty text, or what stopped them from being written."""
        self.settings = settings
        if self.desk is not None:
            self.desk.casework.me = settings.initials
        try:
            own.save(settings, self._settings_path)
        except OSError as error:
            return f"Dine valg gælder nu, men kunne ikke gemmes til næste gang: {error.strerror or error}."
        return ""

    def clock_text(self) -> str:
        """What the line under the bar says about clock and cases; empty when all is as usual."""
        from guide.widgets.bar import clock_words

        return clock_words(self.now() if self.moved else None, demo=self.demo, practice=self.practice)

    def actions(self) -> Iterable[Action]:
        """What one can do from every page, for the palette."""
        return everywhere(self)

    def action_page(self, name: str) -> None:
        """Show a page of ``guide.pages.PAGES``; while practising, the list of cases is that of the practice cases."""
        if name == "practice" and not self.practice:
            self.move_to(demo=False, practice=True)
            return
        self.show_page(PAGES["practice" if self.practice and name == "cases" else name].load())

    def action_who(self) -> None:
        """Ask again who sits here."""
        from guide.screens.welcome import Welcome

        self.show_page(Welcome)

    def action_theme(self) -> None:
        """Light or dark; remembered."""
        theme = own.LIGHT if self.theme == own.DARK else own.DARK
        self.theme = theme
        if problem := self.keep(replace(self.settings, theme=theme)):
            self.notify(problem, markup=False, severity="warning")

    def action_palette(self) -> None:
        """Search among everything one can do here."""
        from guide.screens.palette import Palette

        if not isinstance(self.screen, Palette):
            actions = [*getattr(self.screen, "actions", tuple)(), *self.actions()]
            self.push_screen(Palette(actions), lambda chosen: chosen.run() if chosen else None)

    def action_help(self) -> None:
        """Say what one can do on the screen that is shown."""
        from guide.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen.about(self.screen, self.actions()))

    def action_help_quit(self) -> None:
        """Ctrl+C copies; here it only tells how to leave."""
        self.notify("Tryk Ctrl+Q for at lukke Rød tråd. Alt, du har svaret, er gemt.", markup=False)

    def show_page(self, page: Callable[[], Screen[object]]) -> None:
        """Show a page: go back to it when it already lies underneath, else open it on top."""
        kinds = [type(screen) for screen in self.screen_stack]
        if isinstance(page, type) and page in kinds:
            for _ in range(len(kinds) - 1 - kinds.index(page)):
                self.pop_screen()
        else:
            self.push_screen(page())

    def begin(self) -> None:
        """Leave Welcome for the first page, alone on the stack."""
        from guide.screens.first import first_page

        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(first_page(self.settings, demo=self.demo, practice=self.practice))

    @property
    def at_first_page(self) -> bool:
        """True when there is no page to go back to (under the first one lies only the opening frame)."""
        return len(self.screen_stack) <= 2

    def move_to(self, *, demo: bool, practice: bool = False) -> None:
        """Leave every page of the one database for the list of the other."""
        self.change_database(demo=demo, practice=practice)
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(PAGES["practice" if practice else "cases"].load()())

    def _opened(self, desk: Desk, wanted: tuple[bool, str | None, bool]) -> None:
        if wanted != (self.demo, self.url, self.practice):
            desk.close()  # somebody chose the other cases while this database was being opened
            return
        self.close_desk()
        desk.casework.me = self.settings.initials  # they may have been typed while the database was being opened
        self.desk = desk
        self._for_pages("desk_opened")
        if desk.faults:
            from guide.screens.message import MessageScreen

            self.push_screen(MessageScreen.about_faults(desk.faults))

    def _tell_closed(self, error: Exception) -> None:
        from guide.screens.message import MessageScreen

        self._for_pages("desk_refused")
        self.push_screen(MessageScreen("Databasen kunne ikke åbnes", str(error), retry=self.open_desk))

    def _for_pages(self, method: str) -> None:
        for screen in self.screen_stack:
            if told := getattr(screen, method, None):
                told()


def _practice_clock() -> Callable[[], datetime]:
    from guide.practice.clock import PracticeClock

    return PracticeClock()


def run(
    url: str | None = None,
    now: Callable[[], datetime] | None = None,
    moved: bool = False,
    demo: bool = False,
    handbook: Path | None = None,
    practice: str | None = None,
) -> int:
    """Open the app and stay until it is left. Returns the exit code: 70 when a fault in the program ended it.

    ``url`` is the database (None: the user's own, or the demo's own when ``demo``); ``now`` gives the aware instant to
    judge by and ``moved`` says that it is not the real one; ``handbook`` is the folder of the municipality's layer.
    """
    app = TraadApp(url, now, moved, demo, handbook, practice=practice)
    try:
        code = app.run()
    finally:
        app.close_desk()
    if app.return_code:
        return BROKEN
    sys.stdout.flush()
    return code or 0
