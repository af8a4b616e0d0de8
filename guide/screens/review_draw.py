"""A new round of supervision: what to draw among, and the draw itself to look at before it is written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from guide.actions import Action
from guide.desk import Desk
from guide.screens.absence import LiveRow
from guide.screens.page import at_desk
from guide.screens.review_page import LoopPage
from guide.widgets.words import plain, split_list

if TYPE_CHECKING:
    from datetime import date

    from checklists.sample import Concept
    from guide.supervision import Plan, Supervision, Wish

CONCEPTS: dict[str, Concept] = {"rådgivning": "advisory", "modtagelse": "intake"}
READS = {
    "advisory": "= en afgørelse, et tilbud, en anbringelse",
    "intake": "= en underretning",
}


class _Newer(Exception):
    """Something else has been asked for meanwhile."""


class ReviewDrawPage(LoopPage):
    """The form above, who gets which cases below. Nothing is written before Ctrl+S and a yes."""

    NAME = "Ny tilsynsrunde"
    ABOUT = (
        "Vælg, hvad der trækkes blandt, og se trækningen, før du skriver den. Det samme frø giver de samme sager, så "
        "alle kan trække igen. Sager, der er trukket for nylig, holdes ude, og har nogen for få, står det der."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Træk runden", id="draw.save", tooltip="Skriv runden, som den står her"),
        Binding("pageup", "scroll(-1)", "Op", id="draw.up", tooltip="Rul op i trækningen", show=False),
        Binding("pagedown", "scroll(1)", "Ned", id="draw.down", tooltip="Rul ned i trækningen", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None

    def body(self) -> ComposeResult:
        """What to draw among, then the draw."""
        from checklists import calendar
        from guide.date_text import typed_moment
        from guide.supervision import LOOK_BACK, MONTHS, WANTED

        today = calendar.local_day(self.app.now())
        start = calendar.add(today, -LOOK_BACK, "måneder")
        yield LiveRow("Fra", "start", typed_moment(start, None), "periodens første dag", self._read_day)
        yield LiveRow("Til og med", "end", typed_moment(today, None), "periodens sidste dag", self._read_day)
        yield LiveRow("Team", "team", hint="tom er alle teams")
        yield LiveRow("Koncept", "concept", "rådgivning", "rådgivning eller modtagelse", self._read_concept)
        yield LiveRow("Modtageteams", "intake", hint="trækkes efter underretninger")
        yield LiveRow("Sager hos hver", "wanted", str(WANTED), "fx 3", self._read_number)
        yield LiveRow("Hold ude (måneder)", "months", str(MONTHS), "0 holder ingen ude", self._read_number)
        yield LiveRow("Frø", "seed", secrets.token_hex(4), "en tekst; samme frø, samme sager")
        with VerticalScroll(id="page", can_focus=False):
            yield Static("", id="read", markup=False)
        yield Static("", id="said", markup=False)

    def filled(self) -> None:
        """Begin where most rounds differ: how many of each."""
        self._row("wanted").input.focus()

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Træk runden", "Som den står her", self.action_save, "Ctrl+S")

    def load(self) -> None:
        """Show the draw as it would be now."""
        self._plan = None
        wish = self._wish()
        if wish is not None:
            self._look(wish)

    @on(LiveRow.Typed)
    def _changed(self) -> None:
        if self.app.desk is not None:
            self.say("")
            self.load()

    @work(thread=True, exclusive=True, group="look")
    @at_desk
    def _look(self, desk: Desk, wish: Wish) -> None:
        """Work the draw out without writing it, and say how far it is."""
        from store.errors import StoreError

        worker = get_current_worker()

        def told(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise _Newer
            if done:
                self.later(self._read_out, f"Ser sagerne igennem … {done} af {of}")

        try:
            plan = self.loop(desk).plan(wish, told)
        except _Newer:
            return
        except StoreError as error:
            self.later(self._read_out, str(error))
            return
        self.later(self._show, plan)

    def _show(self, plan: Plan) -> None:
        from guide.supervision_words import shares

        self._plan = plan
        count = sum(len(share.drawn) for share in plan.shares)
        self.bar.show("Tilsyn · Ny runde", f"{count} {'sag' if count == 1 else 'sager'}")
        lines = [f"Frø {plan.wish.seed}: {count} sager hos {len(plan.shares)}. Intet er skrevet endnu."]
        for share in plan.shares:
            told = shares(share.staff, len(share.drawn), len(share.eligible), len(share.left_out), share.wanted)
            lines.append(f"{told}. {', '.join(share.drawn)}".rstrip())
            if share.left_out:
                lines.append(f"    holdt ude: {', '.join(share.left_out)}")
        self._read_out("\n".join(lines))

    def _read_out(self, text: str) -> None:
        self.query_one("#read", Static).update(Content(plain(text)))

    def action_save(self) -> None:
        """Check every line, ask once, and write the round as it is shown."""
        wrong = [row for row in self.query(LiveRow) if not row.check()]
        if wrong or self._plan is None:
            self.say("! Trækningen er ikke klar: se efter linjerne ovenfor, eller vent, til den står her.")
            return
        plan = self._plan
        count = sum(len(share.drawn) for share in plan.shares)

        def draw(loop: Supervision) -> str:
            found = loop.carry_out(plan)
            self.later(self._drawn, found.id)
            return f"{found.id} er trukket."

        self.confirm(f"Træk runden med {count} sager hos {len(plan.shares)}?", draw)

    def _drawn(self, round_id: str) -> None:
        from guide.screens.review_round import RoundPage

        self.app.switch_screen(RoundPage(round_id))

    def action_scroll(self, by: int) -> None:
        """Read on, with the keyboard still in the form."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False)

    def _row(self, name: str) -> LiveRow:
        return self.query_one(f"#{name}", LiveRow)

    def _wish(self) -> Wish | None:
        """What the form asks for; None, with the reason below, while a line cannot be read."""
        from guide.supervision import Wish

        text = {row.id or "": row.value for row in self.query(LiveRow)}
        try:
            period = self._day(text["start"]), self._day(text["end"])
            concept = self._concept(text["concept"])
            wanted, months = self._number(text["wanted"]), self._number(text["months"])
        except ValueError as error:
            self._read_out(str(error))
            return None
        return Wish(text["seed"], wanted, months, period, text["team"], concept, tuple(split_list(text["intake"])))

    def _day(self, text: str) -> date:
        from guide.dates import parse_day

        if not text:
            raise ValueError("Skriv periodens første og sidste dag.")
        return parse_day(text, self.app.now())

    def _read_day(self, text: str) -> str:
        from guide.date_text import format_day

        return f"= {format_day(self._day(text))}"

    @staticmethod
    def _concept(text: str) -> Concept:
        named = text.casefold().replace("aa", "å")
        found = [concept for name, concept in CONCEPTS.items() if named and name.startswith(named)]
        if not found:
            raise ValueError("Konceptet er rådgivning eller modtagelse.")
        return found[0]

    def _read_concept(self, text: str) -> str:
        return READS[self._concept(text)]

    @staticmethod
    def _number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 3):
            raise ValueError("Skriv et helt tal, fx 3.")
        return int(text)

    def _read_number(self, text: str) -> str:
        self._number(text)
        return ""
