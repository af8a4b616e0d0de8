"""The review of a case, one pejlemærke at a time: what is kept beside how well it is lifted, and what is agreed."""

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

from checklists.supervision import Compliance, Note, Repair
from checklists.supervision_sheet import Line
from checklists.wording import sentence
from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import at_desk
from guide.screens.review_page import fill_table
from guide.screens.review_rows import DEGREES, LAST, PREFILLED, TOLD, Row, Shown, cells, quality_of, rows_of
from guide.screens.review_writing import PointWriting
from guide.widgets.words import one_line, plain

if TYPE_CHECKING:
    from guide.supervision import Supervision


class CaseReviewPage(PointWriting):
    """One case of a round."""

    NAME = "Gennemgå en sag"
    ABOUT = (
        "Ét pejlemærke ad gangen. Ja, nej eller ikke relevant er udfyldt efter datoerne; ser du det anderledes, "
        "skriver du hvorfor. Kvaliteten er for sig: 1 lav, 2 nogen, 3 høj grad. Hvert svar gemmes med det samme, og "
        "næste gang begynder du, hvor du slap. F3 åbner håndbogen ved det trin, målet handler om."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "judge('ja')", "Ja", id="review.yes", tooltip="Kravet er overholdt"),
        Binding("n", "judge('nej')", "Nej", id="review.no", tooltip="Kravet er ikke overholdt"),
        Binding("i", "judge('ikke relevant')", "Ikke rel.", id="review.out", tooltip="Kravet er ikke relevant her"),
        *(
            Binding(str(n), f"degree('{degree}')", id=f"review.degree{n}", tooltip=f"I {degree} grad", show=False)
            for n, degree in enumerate(DEGREES, 1)
        ),
        Binding(
            "k", "quality", "Kvalitet", id="review.quality", tooltip="Skriv, hvordan pejlemærket er løftet", show=False
        ),
        Binding("s", "strength", "Styrke", id="review.strength", tooltip="Skriv noget, der lykkes"),
        Binding("l", "learning", "Læring", id="review.learning", tooltip="Skriv noget at lære af"),
        Binding("r", "mend", "Ret", id="review.mend", tooltip="Aftal en rettelse til en dag"),
        Binding(
            "u",
            "undone",
            "Kan ikke",
            id="review.undone",
            tooltip="Det kan ikke gøres om: hvad hjælper barnet nu?",
            show=False,
        ),
        Binding("g", "finish", "Færdig", id="review.done", tooltip="Sagen er gennemgået"),
        Binding("b", "letters", "Breve", id="review.letters", tooltip="Se og skriv Til sagen og Til dig", show=False),
        Binding("x", "take_back", "Tag tilbage", id="review.back", tooltip="Tag det mærkede punkt tilbage", show=False),
        Binding("ctrl+z", "undo", "Fortryd", id="review.undo", tooltip="Fortryd det seneste på siden", show=False),
        Binding("f3", "handbook", "Håndbog", id="review.handbook", tooltip="Åbn trinnet bag målet", show=False),
        Binding(
            "left", "turn(-1)", "Forrige", id="review.before", tooltip="Forrige pejlemærke", priority=True, show=False
        ),
        Binding("right", "turn(1)", "Næste", id="review.next", tooltip="Næste pejlemærke", priority=True, show=False),
    ]
    table: getters.query_one[DataTable[Content]] = getters.query_one("#rows", DataTable)
    told = getters.query_one("#told", Static)
    detail = getters.query_one("#detail", Static)

    def __init__(self, case: str, round_id: str) -> None:
        super().__init__()
        self._case, self._round = case, round_id
        self._shown: Shown | None = None
        self._at = -1
        """Which group is shown; -1 until the first one with something left is found."""
        self._rows: list[Row] = []

    def body(self) -> ComposeResult:
        """What the group asks, its rows, and what the marked row rests on."""
        yield Static("Henter sagen …", id="told", markup=False)
        yield DataTable(id="rows", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="below", can_focus=False):
            yield Static("", id="detail", markup=False)
        yield Static("", id="said", markup=False)

    def filled(self) -> None:
        """The rows have the keyboard."""
        self.table.focus()

    def actions(self) -> Iterable[Action]:
        """The groups, and what the keys do."""
        for n, (theme, _) in enumerate(self._groups):
            yield Action(f"Pejlemærke: {theme}", "Gå til det", partial(self._go, n))
        yield Action("Sagen er gennemgået", "Den tæller med i det, runden viste", self.action_finish, "g")
        yield Action("Breve: Til sagen og Til dig", "Se dem, og skriv dem som Word", self.action_letters, "b")
        yield Action("Fortryd det seneste", "På denne side", self.action_undo, "Ctrl+Z")

    @work(thread=True, exclusive=True, group="review")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the case's sheet, prefilled from the records."""
        from guide.supervision_words import groups, rests_on

        sheet = self.loop(desk).sheet(self._case, self._round)
        found = desk.store.events(self._case)
        rests = {line.code: rests_on(line, found, desk.handbooks) for line in sheet.lines if line.counts}
        self.later(self._show, Shown(sheet, groups(sheet), rests))

    @property
    def _groups(self) -> list[tuple[str, Sequence[Line]]]:
        return [*(self._shown.groups if self._shown else ()), (LAST, ())]

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        if self._at < 0:
            self._at = _first_left(shown)
        self._draw()

    def _draw(self, row: int | None = None) -> None:
        shown = self._shown
        if shown is None:
            return
        theme, lines = self._groups[self._at]
        asked = [line for _, of_group in shown.groups for line in of_group]
        seen = sum(line.judged is not None for line in asked)
        done = shown.sheet.reviewed.done
        state = "gennemgået" if done else f"{seen} af {len(asked)} set"
        self.bar.show(f"Tilsyn · {self._case} · {self._at + 1} af {len(self._groups)} {theme}", state)
        self.told.update(Content(self._intro(theme, lines)))
        self._rows = rows_of(theme, lines, shown.sheet)
        fill_table(self.table, ("Svar", "Krav", ""), [cells(one, shown.sheet, self._today) for one in self._rows], 1)
        if row is not None:
            self.table.move_cursor(row=row)
        self._tell()

    def _intro(self, theme: str, lines: Sequence[Line]) -> str:
        turn = "← og → skifter pejlemærke."
        if theme == LAST and self._shown and not self._shown.sheet.lines:
            return f"Ingen mål kan vurderes: sagen har intet, der tæller i perioden. {TOLD[LAST]}"
        if theme == LAST:
            return f"{TOLD[LAST]} {turn}"
        told = PREFILLED if lines else "Ingen af målene spørger til denne sag; kvaliteten kan I stadig se på."
        return f"{TOLD.get(theme, '')} {told} {turn}".strip()

    @on(DataTable.RowHighlighted)
    def _tell(self) -> None:
        from guide.supervision_words import measure_detail, point_detail

        row = self._marked
        told: list[str] = []
        if isinstance(row, Line) and self._shown:
            told = measure_detail(row, self._shown.rests.get(row.code, ()))
            told[-1] += " F3 åbner håndbogen her." if row.step else ""
            if row.answer == "nej":
                told.append("r aftaler en rettelse. u: det kan ikke gøres om; hvad hjælper barnet nu?")
        elif isinstance(row, str):
            told = ["Hvor godt er det løftet? 1 lav, 2 nogen, 3 høj grad. k skriver, hvad du ser. Kun til »Til dig«."]
        elif isinstance(row, Note | Repair):
            told = [*point_detail(row), "x tager punktet tilbage med en grund."]
        self.detail.update(Content("\n").join(Content(plain(one_line(line))) for line in told))

    @property
    def _quality(self) -> Note | None:
        """What is written about the quality of the pejlemærke shown."""
        return quality_of(self._groups[self._at][0], self._shown.sheet) if self._shown else None

    @property
    def _marked(self) -> Row | None:
        return self._rows[self.table.cursor_row] if self.table.cursor_row < len(self._rows) else None

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        """Enter on a measure: I see what the dates say, and on to the next. On the quality: write about it."""
        row = self._marked
        if isinstance(row, Line):
            self._judge(row, row.answer, row.reason if row.overridden else "")
            self._onward()
        elif isinstance(row, str):
            self.action_quality()

    def _onward(self) -> None:
        if self.table.cursor_row + 1 < len(self._rows):
            self.table.move_cursor(row=self.table.cursor_row + 1)

    def action_judge(self, answer: Compliance) -> None:
        """Answer the marked measure; seen otherwise than the dates do, it needs a reason."""
        line = self._marked
        if not isinstance(line, Line):
            self.say("Mærk et krav med pilene, så kan du svare på det.")
        elif answer == line.dates_say:
            self._judge(line, answer, "")
            self._onward()
        else:
            from guide.screens.review_ask import Field

            title = f"{sentence(line.requirement)}: {answer}. Registreringerne siger {line.dates_say} ({line.why})."
            needed = "Du ser det anderledes end datoerne. Skriv hvorfor."
            value = line.judged.reason if line.judged and line.judged.answer == answer else ""
            asked = Field("reason", "Hvorfor ser du det anderledes?", needed=needed, value=value)
            keep = f"review:{self._case}:{line.code}:{answer}"
            self.ask(title, [asked], keep, lambda found: partial(self._judged, line.code, answer, found["reason"]))

    def _judge(self, line: Line, answer: Compliance, reason: str) -> None:
        if self.app.desk is not None:
            self.write(partial(self._judged, line.code, answer, reason))

    def _judged(self, code: str, answer: Compliance, reason: str, loop: Supervision) -> str:
        loop.judge(self._case, code, answer, reason, self._round)
        return f"Gemt: {answer}."

    def action_degree(self, degree: str) -> None:
        """How well the pejlemærke is lifted; a note that is there stays."""
        theme = self._groups[self._at][0]
        note = self._quality
        if theme in (LAST, *(t for t in TOLD if t != LAST)):
            self.say("Kvaliteten vurderes for hvert pejlemærke: gå til et af dem med ← og →.")
        elif self.app.desk is not None:
            self.write(partial(self._graded, theme, degree, note.text if note else ""))

    def _graded(self, theme: str, degree: str, text: str, loop: Supervision) -> str:
        loop.quality(self._case, theme, degree, text, self._round)
        return f"Gemt: {theme.lower()} i {degree} grad."

    def action_quality(self) -> None:
        """Write what one sees, with the degree chosen so far."""
        from guide.screens.review_ask import Field

        theme = self._groups[self._at][0]
        note = self._quality
        if note is None:
            self.say("Vælg først graden: 1 lav, 2 nogen, 3 høj.")
            return
        asked = Field("text", "Hvad ser du? Det kommer kun med i »Til dig«.", value=note.text)
        keep = f"review:{self._case}:{theme}:quality"
        self.ask(
            f"{theme}: i {note.degree} grad",
            [asked],
            keep,
            lambda found: partial(self._graded, theme, note.degree, found["text"]),
        )

    def action_turn(self, by: int) -> None:
        """The next or the previous pejlemærke."""
        if self._shown is not None and 0 <= self._at + by < len(self._groups):
            self._go(self._at + by)

    def _go(self, group: int) -> None:
        self._at = group
        self.say("")
        self._draw(0)

    def action_handbook(self) -> None:
        """The page behind the marked measure; the contents where no single page tells about it."""
        from guide.screens.handbook import HandbookPage

        row = self._marked
        line = row if isinstance(row, Line) else None
        law = self._shown.sheet.law if self._shown else None
        self.app.push_screen(
            HandbookPage(law or "barnets_lov", line.procedure if line else "", line.step if line else "")
        )

    def action_finish(self) -> None:
        """The case is reviewed; measures nobody has looked at keep the answer of the dates."""
        if self._shown is None or self._shown.sheet.reviewed.done:
            self.say("Sagen er gennemgået." if self._shown else "")
            return
        left = sum(line.judged is None for _, lines in self._shown.groups for line in lines)
        beside = f"{left} krav er ikke set efter; dér gælder det, datoerne siger. " if left else ""
        question = f"{beside}Er gennemgangen af {self._case} færdig?"
        self.confirm(question, self._finished)

    def _finished(self, loop: Supervision) -> str:
        loop.reviewed(self._case, self._round)
        return f"{self._case} er gennemgået. b viser de to breve. Ctrl+Z fortryder."

    def action_letters(self) -> None:
        """The two letters, to be read before they are written."""
        from guide.screens.review_letters import LettersPage

        self.app.push_screen(LettersPage(self._round or "", case=self._case))

    def on_resize(self, event: events.Resize) -> None:
        """The columns follow the width."""
        self._draw()


def _first_left(shown: Shown) -> int:
    """Where to go on: the first pejlemærke with a measure nobody has looked at; the first of all when none has been."""
    if not shown.sheet.reviewed.judged:
        return 0
    left = (n for n, (_, lines) in enumerate(shown.groups) if any(not line.judged for line in lines))
    return next(left, len(shown.groups))
