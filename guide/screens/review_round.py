"""A round of supervision: its cases and how far each is, the talks, and the keys that lead on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from checklists.supervision import Reviewed, SupervisionRound
from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import at_desk
from guide.screens.review_page import LoopPage, fill_table
from guide.widgets.words import one_line, plain

if TYPE_CHECKING:
    from guide.screens.review_ask import Answers
    from guide.supervision import Supervision


class RoundPage(LoopPage):
    """One round, for a lead."""

    NAME = "En tilsynsrunde"
    ABOUT = (
        "Rundens sager. Enter gennemgår den mærkede sag; u skifter en sag ud med den næste i samme rækkefølge, og "
        "grunden bliver noteret. Runden kan lukkes, når alle sager er gennemgået; rettelserne bliver åbne, til "
        "nogen har set efter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "replace", "Udskift", id="round.replace", tooltip="Sagen udgår, og den næste kommer ind"),
        Binding("b", "letters", "Breve", id="round.letters", tooltip="Til sagen og Til dig for den mærkede sag"),
        Binding(
            "d", "gathered", "Til dig", id="round.gathered", tooltip="Til dig, samlet for alle medarbejderens sager"
        ),
        Binding("t", "talk", "Samtale", id="round.talk", tooltip="Aftal samtalen med den, sagen er trukket hos"),
        Binding("v", "shown", "Viste", id="round.shown", tooltip="Hvad runden viste: siden til personalemødet"),
        Binding("c", "close", "Luk", id="round.close", tooltip="Luk runden"),
        Binding("l", "learn", "Læring", id="round.learn", tooltip="Skriv noget, I vil lære af sammen", show=False),
        Binding("p", "points", "Punkter", id="round.points", tooltip="Punkterne i den mærkede sag", show=False),
        Binding(
            "x", "withdraw", "Tag tilbage", id="round.withdraw", tooltip="Runden er trukket ved en fejl", show=False
        ),
        Binding("ctrl+z", "undo", "Fortryd", id="round.undo", tooltip="Fortryd det seneste på siden", show=False),
        Binding("f5", "reload", "Opdatér", id="round.reload", tooltip="Læs runden igen", show=False),
    ]
    table: getters.query_one[DataTable[Content]] = getters.query_one("#rows", DataTable)
    told = getters.query_one("#told", Static)
    detail = getters.query_one("#detail", Static)

    def __init__(self, round_id: str) -> None:
        super().__init__()
        self._round = round_id
        self._found: SupervisionRound | None = None

    def body(self) -> ComposeResult:
        """How it was drawn, its cases, and who got fewer."""
        yield Static("Henter runden …", id="told", markup=False)
        yield DataTable(id="rows", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="below", can_focus=False):
            yield Static("", id="detail", markup=False)
        yield Static("", id="said", markup=False)

    def filled(self) -> None:
        """The cases have the keyboard."""
        self.table.focus()

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Skift sagen ud", "Den næste i samme rækkefølge kommer ind", self.action_replace, "u")
        yield Action("Breve: Til sagen og Til dig", "For den mærkede sag", self.action_letters, "b")
        yield Action("Til dig, hele runden", "Samlet for den mærkede sags medarbejder", self.action_gathered, "d")
        yield Action("Aftal samtalen", "Med den, sagen er trukket hos", self.action_talk, "t")
        yield Action("Hvad runden viste", "Siden til personalemødet", self.action_shown, "v")
        yield Action("Det vil vi lære af sammen", "Til personalemødet", self.action_learn, "l")
        yield Action("Punkter i sagen", "Med svar og rettelser", self.action_points, "p")
        yield Action("Luk runden", "Når alle sager er gennemgået", self.action_close, "c")
        yield Action("Tag runden tilbage", "Trukket ved en fejl, og intet er gennemgået", self.action_withdraw, "x")

    @work(thread=True, exclusive=True, group="round")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the round."""
        self.later(self._show, self.loop(desk).round(self._round))

    def _show(self, found: SupervisionRound) -> None:
        from guide.supervision_words import case_state, how_drawn, round_state

        self._found = found
        self.bar.show(f"Tilsyn · {found.id}", round_state(found))
        self.told.update(Content(plain(how_drawn(found))))
        rows = [(c.case, c.staff, case_state(c), _letters(c), _open(c)) for c in found.cases]
        fill_table(self.table, ("Sag", "Hos", "Status", "Breve", "Åbne rettelser"), rows, 2)
        self.detail.update(Content("\n").join(Content(one_line(line)) for line in _below(found)))

    @property
    def _marked(self) -> Reviewed | None:
        cases: Sequence[Reviewed] = self._found.cases if self._found else ()
        return cases[self.table.cursor_row] if self.table.cursor_row < len(cases) else None

    def _present(self) -> Reviewed | None:
        marked = self._marked
        if marked is not None and marked.out:
            self.say(f"{marked.case} er udgået af runden: {marked.out}")
            return None
        return marked

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from guide.screens.review_case import CaseReviewPage

        if (one := self._present()) is None:
            return
        if self._found is not None and self._found.closed:
            self.action_points()
        else:
            self.app.push_screen(CaseReviewPage(one.case, self._round))

    def action_replace(self) -> None:
        """The marked case goes out with a reason, and the next comes in."""
        from guide.screens.review_ask import Field

        if one := self._present():
            asked = Field("why", "Hvorfor udgår sagen? Grunden bliver noteret.", needed="Skriv, hvorfor sagen udgår.")
            case = one.case
            self.ask(f"{case} udgår", [asked], f"review:{case}:replace", lambda f: partial(self._replace, case, f))

    def _replace(self, case: str, found: Answers, loop: Supervision) -> str:
        came_in = loop.replace(case, found["why"], self._round)
        return f"{case} er udgået. " + (f"I stedet: {came_in}." if came_in else "Der er ikke flere sager at trække.")

    def action_letters(self) -> None:
        """The letters of the marked case."""
        from guide.screens.review_letters import LettersPage

        if one := self._present():
            self.app.push_screen(LettersPage(self._round, case=one.case))

    def action_gathered(self) -> None:
        """One "Til dig" about all the caseworker's cases in the round."""
        from guide.screens.review_letters import LettersPage

        if one := self._present():
            self.app.push_screen(LettersPage(self._round, staff=one.staff))

    def action_talk(self) -> None:
        """Book the oral talk."""
        from guide.screens.review_letters import ask_talk

        if one := self._present():
            ask_talk(self, self._round, one.staff)

    def action_shown(self) -> None:
        """The page for the staff meeting."""
        from guide.screens.review_letters import MeetingPaper

        self.app.push_screen(MeetingPaper(self._round))

    def action_learn(self) -> None:
        """A learning point for everybody."""
        from guide.screens.review_letters import ask_learning

        ask_learning(self, self._round)

    def action_points(self) -> None:
        """The points of the marked case."""
        from guide.screens.review_points import PointsPage

        if one := self._marked:
            self.app.push_screen(PointsPage(one.case))

    def action_close(self) -> None:
        """Close the round, once."""
        self.confirm(f"Luk {self._round}? Rettelserne bliver åbne, til nogen har set efter.", self._close)

    def _close(self, loop: Supervision) -> str:
        loop.close(self._round)
        return f"{self._round} er lukket. Ctrl+Z åbner den igen."

    def action_withdraw(self) -> None:
        """Take back a round that was drawn by mistake."""
        from guide.screens.review_ask import Field

        asked = Field("why", "Hvorfor tages runden tilbage?", needed="Skriv, hvorfor runden tages tilbage.")
        title = f"Tag {self._round} tilbage? Det kan gøres, så længe intet er gennemgået."
        self.ask(title, [asked], f"review:{self._round}:withdraw", lambda f: partial(self._withdraw, f["why"]))

    def _withdraw(self, why: str, loop: Supervision) -> str:
        loop.withdraw(self._round, why)
        self.later(self.action_back)
        return f"{self._round} er taget tilbage."

    def on_resize(self, event: events.Resize) -> None:
        """The columns follow the width."""
        if self._found is not None:
            self._show(self._found)


def _letters(reviewed: Reviewed) -> str:
    return "skrevet" if reviewed.filed or reviewed.letter else ""


def _open(reviewed: Reviewed) -> str:
    count = sum(not repair.closed for repair in reviewed.repairs)
    return str(count) if count else ""


def _below(found: SupervisionRound) -> list[str]:
    """Where there were too few or cases were left out, and the talks."""
    from guide.date_text import format_moment
    from guide.supervision_words import shares

    told = []
    for share in found.shares:
        drawn, out = len(share.get("drawn") or ()), int(share.get("left_out") or 0)
        if drawn < found.wanted or out:
            told.append(shares(str(share.get("staff")), drawn, int(share.get("eligible") or 0), out, found.wanted))
    latest: dict[str, tuple[date, bool]] = {talk.staff: (talk.when, talk.held) for talk in found.talks}
    for staff, (when, held) in latest.items():
        told.append(f"Samtale med {staff}: {format_moment(when)}{', holdt' if held else ''}")
    return told or ["Enter gennemgår sagen. b: breve. d: Til dig for hele runden. t: samtalen."]
