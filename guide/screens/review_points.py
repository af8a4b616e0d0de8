"""The points of a case, for its caseworker to read and answer, and for a lead to see to again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from checklists.supervision import Note, Repair
from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import at_desk
from guide.screens.review_page import fill_table
from guide.screens.review_writing import RepairWriting
from guide.widgets.words import one_line, plain

if TYPE_CHECKING:
    from guide.supervision import Supervision


class PointsPage(RepairWriting):
    """Everything said about a case over all rounds, for its caseworker to answer."""

    NAME = "Punkter i en sag"
    ABOUT = (
        "Det, der er skrevet til dig om sagen, styrkerne først. a svarer på det mærkede punkt; er du uenig, så skriv "
        "det. d melder en rettelse gjort; den lukkes, når en anden har set efter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", "Svar", id="points.answer", tooltip="Svar på det mærkede punkt"),
        Binding("c", "case", "Sagen", id="points.case", tooltip="Åbn sagen"),
        Binding(
            "x", "take_back", "Tag tilbage", id="points.back", tooltip="Tag punktet tilbage med en grund", show=False
        ),
        Binding("ctrl+z", "undo", "Fortryd", id="points.undo", tooltip="Fortryd det seneste på siden", show=False),
    ]
    table: getters.query_one[DataTable[Content]] = getters.query_one("#rows", DataTable)
    told = getters.query_one("#told", Static)
    detail = getters.query_one("#detail", Static)

    def __init__(self, case: str, key: str = "") -> None:
        super().__init__()
        self._case, self._round, self._key = case, None, key
        self._points: Sequence[Note | Repair] = ()
        self._finished = True

    def body(self) -> ComposeResult:
        """The points, and everything said about the marked one."""
        yield Static("Henter punkterne …", id="told", markup=False)
        yield DataTable(id="rows", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="below", can_focus=False):
            yield Static("", id="detail", markup=False)
        yield Static("", id="said", markup=False)

    def filled(self) -> None:
        """The points have the keyboard."""
        self.table.focus()

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Svar på punktet", "Det kommer med i »Til dig«", self.action_answer, "a")
        yield Action("Meld rettelsen gjort", "En anden ser efter og lukker den", self.action_said_done, "d")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A caseworker answers and mends; seeing to it again and taking back are a lead's."""
        if action in ("in_order", "missing", "take_back"):
            return self.leads
        return super().check_action(action, parameters)

    @work(thread=True, exclusive=True, group="points")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the points of every round."""
        loop = self.loop(desk)
        points = loop.points(self._case)
        own = [reviewed for one in loop.rounds() for reviewed in one.present if reviewed.case == self._case]
        finished = all(reviewed.done or reviewed.letter for reviewed in own)
        order = {"strength": 0, "quality": 1, "learning": 2}
        shown = sorted(points, key=lambda p: 3 if isinstance(p, Repair) else order[p.kind])
        self.later(self._show, shown, finished)

    def _show(self, points: Sequence[Note | Repair], finished: bool) -> None:
        from guide.supervision_words import KINDS, point_text, repair_state

        self._points, self._finished = points, finished
        self.bar.show(f"Tilsyn · {self._case} · Punkter", f"{len(points)} {'punkt' if len(points) == 1 else 'punkter'}")
        rows = [
            (p.key, "Rettelse", point_text(p), repair_state(p, self._today))
            if isinstance(p, Repair)
            else (p.key, KINDS[p.kind], point_text(p), f"{len(p.replies)} svar" if p.replies else "")
            for p in points
        ]
        fill_table(self.table, ("Punkt", "", "Hvad", "Status"), rows, 2)
        told = (
            "Er du uenig, så skriv det: din viden om barnet er med." if points else "Her er ikke skrevet noget endnu."
        )
        self.told.update(told if finished else f"Gennemgangen er ikke færdig, så noget kan blive ændret. {told}")
        at = next((n for n, p in enumerate(points) if p.key == self._key), None)
        if at is not None:
            self.table.move_cursor(row=at)
            self._key = ""
        self._tell()

    @property
    def _marked(self) -> Note | Repair | None:
        return self._points[self.table.cursor_row] if self.table.cursor_row < len(self._points) else None

    @on(DataTable.RowHighlighted)
    def _tell(self) -> None:
        from guide.supervision_words import point_detail

        point = self._marked
        told = point_detail(point) if point is not None else []
        self.detail.update(Content("\n").join(Content(plain(one_line(line))) for line in told))

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_answer()

    def action_answer(self) -> None:
        """The caseworker's answer to the marked point."""
        from guide.screens.review_ask import Field
        from guide.supervision_words import point_text

        point = self._marked
        if point is None:
            return
        key = point.key
        asked = Field("text", "Dit svar. Det kommer med i »Til dig« og aldrig på sagen.", needed="Skriv dit svar.")
        self.ask(
            f"{key}: {point_text(point)}",
            [asked],
            f"review:{key}:answer",
            lambda f: partial(self._answer, key, f["text"]),
        )

    def _answer(self, key: str, text: str, loop: Supervision) -> str:
        loop.answer(key, text)
        return f"Svaret på {key} er gemt."

    def action_case(self) -> None:
        """The case itself."""
        from guide.screens.case import CasePage

        self.app.push_screen(CasePage(self._case))

    def on_resize(self, event: events.Resize) -> None:
        """The columns follow the width."""
        if self._points:
            self._show(self._points, self._finished)
