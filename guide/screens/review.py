"""Ledelsestilsyn: the rounds, the repairs by date, what cannot be undone, and the measures over the rounds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static, Tab, Tabs

from checklists.supervision import Repair
from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import at_desk
from guide.screens.review_page import fill_table
from guide.screens.review_writing import RepairWriting
from guide.widgets.words import one_line, plain

if TYPE_CHECKING:
    from guide.supervision_tables import Table

TABS = {"rounds": "Runder", "repairs": "Rettelser", "undone": "Kan ikke gøres om", "trend": "Udvikling"}
OWN_TABS = {"rounds": "Mine sager", "repairs": "Rettelser", "undone": "Kan ikke gøres om"}
"""A caseworker's: what is about their own."""

EMPTY = {
    "rounds": "Der er ikke trukket nogen runde endnu. n trækker en: tre sager hos hver, og alle kan trække igen.",
    "repairs": "Der er ingen åbne rettelser.",
    "undone": "Her står det, der ikke kan gøres om, og hvad der hjælper barnet nu. Der er intet lige nu.",
    "trend": "Ingen sager er gennemgået endnu.",
}
OWN_EMPTY = "Ingen af dine sager er trukket til tilsyn."
TOLD = {
    "rounds": "Enter åbner runden. n trækker en ny.",
    "repairs": "Efter aftalt dag. d melder en rettelse gjort; den lukkes, når en anden har set efter (o).",
    "undone": "Fejlen kan ikke gøres om. Se efter, om det, der hjælper barnet, er sket.",
    "trend": "Ikke overholdt i: mål for mål over runderne. Der er ingen udvikling efter sagsbehandler.",
}


class ReviewPage(RepairWriting):
    """A lead sees every round; a caseworker what is about their own cases, to be answered and mended."""

    NAME = "Ledelsestilsyn"
    ABOUT = (
        "Et tilsyn er til for barnet og for at lære. Træk en runde (n), gennemgå sagerne, aftal rettelser, og se "
        "efter. En sagsbehandler ser sine egne sager, kan svare på hvert punkt og melde en rettelse gjort. Pilene til "
        "siden skifter fane."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"tab('{name}')", title, id=f"loop.{name}", tooltip=f"Vis {title.lower()}", show=False)
            for n, (name, title) in enumerate(TABS.items(), 1)
        ),
        Binding("n", "draw", "Ny runde", id="loop.draw", tooltip="Træk en ny runde"),
        Binding("v", "shown", "Hvad runden viste", id="loop.shown", tooltip="Siden til personalemødet"),
        Binding("left", "step(-1)", "Fane før", id="loop.left", tooltip="Fanen før", priority=True, show=False),
        Binding("right", "step(1)", "Næste fane", id="loop.right", tooltip="Næste fane", priority=True, show=False),
        Binding("ctrl+z", "undo", "Fortryd", id="loop.undo", tooltip="Fortryd det seneste på siden", show=False),
        Binding("f5", "reload", "Opdatér", id="loop.reload", tooltip="Læs det hele igen", show=False),
    ]
    tabs = getters.query_one(Tabs)
    table: getters.query_one[DataTable[Content]] = getters.query_one("#rows", DataTable)
    told = getters.query_one("#told", Static)

    def __init__(self) -> None:
        super().__init__()
        self._case, self._round = "", None
        self._tables: dict[str, Table] = {}
        self._tab = "rounds"

    def body(self) -> ComposeResult:
        """Tabs, what is shown, the table."""
        yield Tabs(*(Tab(Content(f"{n} {title}"), id=name) for n, (name, title) in enumerate(self._names.items(), 1)))
        yield Static("Henter …", id="told", markup=False)
        yield DataTable(id="rows", cursor_type="row", zebra_stripes=True)
        yield Static("", id="detail", markup=False)
        yield Static("", id="said", markup=False)

    def filled(self) -> None:
        """The table has the keyboard."""
        self.tabs.can_focus = False
        self.table.focus()

    def actions(self) -> Iterable[Action]:
        """The tabs, and a new round."""
        for n, (name, title) in enumerate(self._names.items(), 1):
            yield Action(f"Tilsyn: {title}", "Vis den del", partial(self.action_tab, name), str(n))
        if self.leads:
            yield Action("Træk en ny tilsynsrunde", "Med et frø, alle kan trække igen", self.action_draw, "n")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys only where they do something: rounds are a lead's, and only repairs are mended and closed."""
        if action in ("said_done", "in_order", "missing"):
            return self._tab in ("repairs", "undone") and (self.leads or action == "said_done")
        if action in ("draw", "shown"):
            return self.leads and self._tab == "rounds"
        return super().check_action(action, parameters)

    @property
    def _names(self) -> dict[str, str]:
        return TABS if self.leads else OWN_TABS

    @work(thread=True, exclusive=True, group="loop")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the rounds; the measures over them are counted where the screen does not wait."""
        from guide import supervision_tables as tables

        loop = self.loop(desk)
        if not self.leads:
            own = tables.repairs(loop, self._today, loop.work.me)
            self.later(self._show, {"rounds": tables.own_cases(loop), **own})
            return
        self.later(self._show, {"rounds": tables.rounds(loop), **tables.repairs(loop, self._today)})
        self.later(self._show, {"trend": tables.trend(loop)})

    def _show(self, tables: dict[str, Table]) -> None:
        self._tables |= tables
        mine = "" if self.leads else " · mit eget"
        self.bar.show(f"Ledelsestilsyn{mine}", self._count())
        self._draw()

    def _count(self) -> str:
        open_ones = len(self._tables["repairs"].rows) if "repairs" in self._tables else 0
        return f"{open_ones} {'åben rettelse' if open_ones == 1 else 'åbne rettelser'}"

    def _draw(self) -> None:
        shown = self._tables.get(self._tab)
        if shown is None:
            self.told.update("Tæller …")
            self.table.clear(columns=True)
            return
        own_rounds = self._tab == "rounds" and not self.leads
        told = "Enter viser punkterne i sagen; dér kan du svare." if own_rounds else TOLD[self._tab]
        empty = OWN_EMPTY if own_rounds else EMPTY[self._tab]
        self.told.update(Content(plain("\n".join([told if shown.rows else empty, *shown.notes]))))
        fill_table(self.table, shown.columns, shown.rows, shown.wide)
        self._tell()
        self.refresh_bindings()

    @property
    def _thing(self) -> str | Repair | None:
        shown = self._tables.get(self._tab)
        row = self.table.cursor_row
        return shown.things[row] if shown and row < len(shown.things) else None

    @property
    def _marked(self) -> object:
        return self._thing

    @on(DataTable.RowHighlighted)
    def _tell(self) -> None:
        """The whole of a repair, which the table has no room for."""
        from guide.supervision_words import point_detail

        thing = self._thing
        told = point_detail(thing) if isinstance(thing, Repair) else []
        self.query_one("#detail", Static).update(Content("\n").join(Content(one_line(line)) for line in told))

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        from guide.screens.review_points import PointsPage
        from guide.screens.review_round import RoundPage

        thing = self._thing
        if isinstance(thing, Repair):
            self.app.push_screen(PointsPage(thing.case, thing.key))
        elif thing and self.leads:
            self.app.push_screen(RoundPage(thing))
        elif thing:
            self.app.push_screen(PointsPage(thing))

    def action_tab(self, name: str) -> None:
        """Another part."""
        if name in self._names:
            self._tab = name
            if self.tabs.active != name:
                self.tabs.active = name
            self.table.focus()
            self.say("")
            self._draw()
            self.table.move_cursor(row=0)

    def action_step(self, by: int) -> None:
        """The tab beside this one."""
        names = list(self._names)
        self.action_tab(names[(names.index(self._tab) + by) % len(names)])

    @on(Tabs.TabActivated)
    def _tab_chosen(self, event: Tabs.TabActivated) -> None:
        if event.tab.id and event.tab.id != self._tab:
            self.action_tab(event.tab.id)

    def action_draw(self) -> None:
        """A new round."""
        from guide.screens.review_draw import ReviewDrawPage

        self.app.push_screen(ReviewDrawPage())

    def action_shown(self) -> None:
        """The page for the staff meeting, of the marked round."""
        from guide.screens.review_letters import MeetingPaper

        thing = self._thing
        if isinstance(thing, str):
            self.app.push_screen(MeetingPaper(thing))

    def on_resize(self, event: events.Resize) -> None:
        """The columns follow the width."""
        if self._tables:
            self._draw()
