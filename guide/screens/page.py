"""What every page shares: bar, clock, footer, the way back, and how its workers reach the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, ClassVar, Concatenate, ParamSpec, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer
from textual.worker import get_current_worker

from guide.actions import Action
from guide.app import TraadApp
from guide.widgets.bar import Bar, Clock

if TYPE_CHECKING:
    from guide.desk import Desk

Given = ParamSpec("Given")


class Page(Screen[object]):
    """A full screen. A subclass says what it is in ``NAME`` and ``ABOUT`` and fills ``body``."""

    NAME: ClassVar[str] = ""
    """What the bar and the help call the page."""
    ABOUT: ClassVar[str] = ""
    """One or two sentences for the help: what the page is for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Tilbage", id="page.back", tooltip="Gå tilbage til den forrige side"),
    ]
    app = getters.app(TraadApp)
    bar = getters.query_one(Bar)
    clock = getters.query_one(Clock)

    def compose(self) -> ComposeResult:
        """Bar and clock at the top, the footer at the bottom, the page's own body between."""
        yield Bar(self.NAME)
        yield Clock(self.app.clock_text())
        yield from self.body()
        yield from self.foot()

    def body(self) -> ComposeResult:
        """The page's own widgets."""
        yield from ()

    def foot(self) -> ComposeResult:
        """The bottom line."""
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin, and fill the page at once when the database is already open."""
        self.filled()
        if self.app.desk is not None:
            self.desk_opened()

    def filled(self) -> None:
        """Every widget is there: subclasses say where the keyboard begins and what runs by the clock."""

    @property
    def desk(self) -> Desk:
        """What lies open. Only for code that runs after ``desk_opened``."""
        assert self.app.desk is not None
        return self.app.desk

    def desk_opened(self) -> None:
        """The database and the handbook are open: subclasses fill themselves."""
        self.clock.show(self.app.clock_text())

    def desk_refused(self) -> None:
        """The database could not be opened: subclasses say so instead of seeming to work on it."""

    def trouble(self, problem: str) -> None:
        """Something the database said, in plain Danish. Nothing was saved; the page stays as it was."""
        self.app.notify(problem, markup=False, severity="warning", timeout=12)

    def later(self, show: Callable[Given, object], *given: Given.args, **named: Given.kwargs) -> None:
        """From a worker: have ``show`` called on the screen's own thread, unless a newer worker has taken over.

        It posts and goes on, so the desk is free for the next and nobody waits for a screen that is being left.
        """
        if not get_current_worker().is_cancelled and self.is_attached:
            self.call_later(show, *given, **named)

    def actions(self) -> Iterable[Action]:
        """What one can do on this page, for the palette and the help."""
        return ()

    def action_back(self) -> None:
        """Leave the page; on the last one say how to leave the app."""
        if self.app.at_first_page:
            self.app.action_help_quit()
        else:
            self.app.pop_screen()


Any_Page = TypeVar("Any_Page", bound=Page)


def at_desk(
    method: Callable[Concatenate[Any_Page, Desk, Given], None],
) -> Callable[Concatenate[Any_Page, Given], None]:
    """For thread workers: gives the method the open desk, one worker at a time, and tells what the database refuses."""

    @wraps(method)
    def run(page: Any_Page, /, *given: Given.args, **named: Given.kwargs) -> None:
        from store.errors import StoreError

        desk = page.app.desk
        if desk is None:
            return
        try:
            with desk.lock:
                method(page, desk, *given, **named)
        except StoreError as error:
            page.later(page.trouble, str(error))

    return run
