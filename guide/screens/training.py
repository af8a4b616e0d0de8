"""Oplæring: the programme of the first weeks, and the first real run of each procedure with who has seen it through."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, Static

from guide.actions import Action
from guide.date_text import format_day
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.screens.palette import Palette
from guide.screens.review_ask import Answers, Ask, Field
from guide.settings import clean_initials

if TYPE_CHECKING:
    from guide.practice.mentoring import First

KEEP = "training"
"""What the half-typed form is kept under while the app is open."""


class TrainingPage(Page):
    """One's own first runs and the programme. A mentor signs a colleague's run off here, and nothing waits for it."""

    NAME = "Oplæring"
    ABOUT = (
        "De første ugers program (en side, I selv kan rette) og dit første rigtige forløb af hver slags. Er du mentor, "
        "skriver du under med s på din egen maskine. Det holder aldrig et trin tilbage."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sign", "Skriv under", id="training.sign", tooltip="Du har set en kollegas første forløb igennem"),
        Binding("p", "app.page('practice')", "Øv dig", id="training.practice", tooltip="Gå til øvesagerne"),
    ]
    DEFAULT_CSS = """
    TrainingPage #firsts { height: auto; padding: 1 2; }
    """

    def body(self) -> ComposeResult:
        """The first runs, then the programme."""
        with VerticalScroll(id="scroll"):
            yield Static("Henter …", id="firsts", markup=False)
            yield Markdown("", id="program", open_links=False)

    def filled(self) -> None:
        """The programme is read at once; it needs no database."""
        from handbook.practice_load import program

        self.query_one("#program", Markdown).update(program(self.app.handbook or self.app.settings.layer))
        self.query_one("#scroll").focus()

    def desk_opened(self) -> None:
        """Find the first runs."""
        super().desk_opened()
        self._find()

    def desk_refused(self) -> None:
        """The message on top says why."""
        self.query_one("#firsts", Static).update("Databasen er ikke åbnet.")

    @work(thread=True, exclusive=True, group="training")
    @at_desk
    def _find(self, desk: Desk) -> None:
        if self.app.practice:
            self.later(self._show, ("Dine første rigtige forløb står her, når du er i dine egne sager (Ctrl+P).",))
            return
        from guide.practice.mentoring import first_runs

        found = first_runs(desk.casework, desk.casework.me)
        lines = [
            f"{'✓' if f.signed_by else '○'} Første forløb af {f.title} ({f.case}): "
            + (f"set igennem af {f.signed_by}" if f.signed_by else "ikke set endnu")
            for f in found
        ]
        self.later(self._show, tuple(lines) or ("Du har ikke åbnet noget forløb endnu.",))

    def action_sign(self) -> None:
        """A mentor signs a colleague's first run off: whose, and by whom; then which run."""
        if self.app.desk is None:
            return
        if self.app.practice:
            self.trouble("Her er du i øvesagerne. Skriv under, når du er i dine egne sager (Ctrl+P).")
            return
        fields = (
            Field("staff", "Hvem har du fulgt?", "line", "Skriv kollegaens initialer.", hint="kollegaens initialer"),
            Field("me", "Hvem er du?", "line", "Skriv dine egne initialer.", hint="dine egne initialer"),
        )
        self.app.push_screen(Ask("Skriv under på et første forløb, du har set igennem.", fields, KEEP), self._asked)

    def _asked(self, typed: Answers | None) -> None:
        for name in ("staff", "me"):
            self.app.drafts.pop(f"{KEEP}:{name}", None)
        if typed is None:
            return
        try:
            staff, me = clean_initials(typed["staff"]), clean_initials(typed["me"])
        except ValueError as error:
            self.trouble(str(error))
            return
        if problem := self._why_not(staff, me):
            self.trouble(problem)
            return
        self._offer(staff)

    def _why_not(self, staff: str, me: str) -> str:
        mine = self.app.settings.initials
        if me != mine:
            return f"Her sidder {mine}. Skriv under ved din egen maskine, eller ret, hvem du er (Ctrl+P)."
        return "Man ser ikke sit eget første forløb igennem. Bed din mentor om det." if staff == me else ""

    @work(thread=True, exclusive=True, group="training")
    @at_desk
    def _offer(self, desk: Desk, staff: str) -> None:
        from guide.practice.mentoring import first_runs

        self.later(self._choose, staff, tuple(f for f in first_runs(desk.casework, staff) if not f.signed_by))

    def _choose(self, staff: str, found: Sequence[First]) -> None:
        if not found:
            self.app.notify(f"{staff} har intet første forløb, der mangler at blive set igennem.", markup=False)
            return
        runs = [
            Action(f.title, f"{f.case}, begyndt {format_day(f.began)}", partial(self._sign, f.case, f.run))
            for f in found
        ]
        self.app.push_screen(
            Palette(runs, "Hvilket forløb har du set igennem?"), lambda chosen: chosen.run() if chosen else None
        )

    @work(thread=True, exclusive=True, group="training")
    @at_desk
    def _sign(self, desk: Desk, case: str, run: str) -> None:
        from guide.practice.mentoring import sign

        self.later(self.app.notify, sign(desk.casework, case, run), markup=False)

    def _show(self, lines: tuple[str, ...]) -> None:
        self.query_one("#firsts", Static).update(Content("\n".join(lines)))
