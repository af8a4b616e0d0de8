"""Quick entry: the dates of every step of one procedure in one pass, saved together or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.widgets.date_row import Cell, DateRow
from guide.widgets.rows import Key, run_key, short_title
from guide.widgets.words import plain, shorten, step_name

if TYPE_CHECKING:
    from checklists.states import Progress, RunState, StepState
    from guide.quick_entry import Read
    from guide.turns import Draft

INTRO = (
    "Skriv en dato ud for hvert trin: 3/10, 3. okt 2019 kl. 14, i går; = gentager datoen ovenfor. "
    "Enter går videre, Ctrl+S gemmer."
)


class QuickPage(Page):
    """A column of dates. Returns how many steps were saved, or None."""

    CSS_PATH = "quick.tcss"
    NAME = "Hurtig indtastning"
    ABOUT = (
        "Til en sag, der allerede er i gang: skriv datoerne for det, der er sket. Trin med svar tager svarets nummer. "
        "Alt gemmes på én gang med Ctrl+S, eller intet. Det, der står i gråt, er noteret i forvejen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Gem alle", id="quick.save", tooltip="Gem alle datoerne på én gang"),
        Binding("ctrl+n", "turn(1)", "Næste forløb", id="quick.next", tooltip="Sagens næste forløb"),
        Binding("ctrl+b", "turn(-1)", "Forløbet før", id="quick.before", tooltip="Sagens forrige forløb", show=False),
    ]
    rows = getters.query_one("#rows", VerticalScroll)
    question = getters.query_one("#question", Static)
    told = getters.query_one("#told-all", Static)

    def __init__(self, case: str, run: Key | None = None) -> None:
        super().__init__()
        self._case, self._key = case, run
        self._progress: Progress | None = None
        self._steps: tuple[StepState, ...] = ()
        self._saving = False
        self._in_hand = 0
        """The row the keyboard is in."""

    def body(self) -> ComposeResult:
        """How to type, the rows, and the question of the row in hand."""
        yield Static(INTRO, id="intro", markup=False)
        yield VerticalScroll(id="rows", can_focus=False)
        yield Static("", id="question", markup=False)
        yield Static("Henter sagen …", id="told-all", markup=False)

    def desk_opened(self) -> None:
        """Fold the case."""
        super().desk_opened()
        self.load()

    def actions(self) -> Iterable[Action]:
        """The case's procedures, to change between."""
        for state in self._runs:
            key, told = run_key(state), state.run.id if state.run else "ikke begyndt"
            yield Action(f"Datoer for {state.procedure.title}", told, lambda key=key: self._change(key))  # type: ignore[misc]

    @work(thread=True, exclusive=True, group="quick")
    @at_desk
    def load(self, desk: Desk) -> None:
        """Read the case off the screen's own thread."""
        self.later(self._show, desk.casework.progress(self._case))

    @property
    def _runs(self) -> tuple[RunState, ...]:
        """Every run of the case, also those that are only expected: saving opens them."""
        return self._progress.runs if self._progress else ()

    @property
    def _run(self) -> RunState | None:
        return next((r for r in self._runs if run_key(r) == self._key), self._runs[0] if self._runs else None)

    async def _show(self, progress: Progress) -> None:
        from guide.date_text import typed_moment
        from guide.quick_entry import steps_of

        self._progress = progress
        run = self._run
        await self.rows.remove_children()
        if run is None:
            self.told.update("Sagen har intet åbent forløb endnu. Gå tilbage, og skriv /ny.")
            return
        self._key = run_key(run)
        self._steps = steps_of(run)
        begun = run.run.id if run.run else "ikke begyndt"
        self.bar.show(f"{self._case} · Hurtig indtastning", f"{short_title(run.procedure.title)} ({begun})")
        rows = []
        for number, step in enumerate(self._steps):
            done = step.record if step.record is not None and step.record.status == "done" else None
            item = f" · {step.item.label or step.item.id}" if step.item else ""
            recorded = typed_moment(done.day, done.at) if done else ""
            rows.append(DateRow(number, shorten(step_name(step.step) + item, 25), recorded, len(step.step.choices)))
        await self.rows.mount_all(rows)
        self.told.update("")
        first = next(
            (row for row, step in zip(rows, self._steps, strict=True) if not step.settled), rows[0] if rows else None
        )
        if first is not None:
            first.when.focus()

    @on(DateRow.Entered)
    def _entered(self, event: DateRow.Entered) -> None:
        """Say the question and the numbered answers of the row in hand."""
        self._in_hand = event.number
        step = self._steps[event.number].step
        choices = "  ".join(f"[{n}] {choice.label}" for n, choice in enumerate(step.choices, 1))
        self.question.update(
            Content.styled(plain(step.title), "bold") + Content(f"\n{plain(choices)}" if choices else "")
        )

    @on(DateRow.Typed)
    def _typed(self) -> None:
        from guide.date_text import format_moment

        found = self._read()
        self.told.update(Content(found[self._in_hand].problem) if found else "")
        for row, read in zip(self.rows.query(DateRow), found, strict=True):
            if read.typed.is_empty:
                row.tell("")
            elif read.problem:
                row.tell(f"! {read.problem}", wrong=True)
            elif read.when is not None:
                row.tell(f"= {format_moment(read.when[1] or read.when[0], self.app.now())}")

    @on(Cell.Left)
    def _left(self, event: Cell.Left) -> None:
        """Enter and down go on to the answer or the next row; up goes back in the same column."""
        cells = list(self.rows.query(Cell))
        same = [c for c in cells if c.id == event.cell.id] if event.by < 0 else cells
        at = same.index(event.cell) + event.by
        if 0 <= at < len(same):
            same[at].focus()

    def action_turn(self, by: int) -> None:
        """Another of the case's runs; what has been typed must be saved or emptied first."""
        keys = [run_key(run) for run in self._runs]
        if len(keys) > 1 and self._key in keys:
            self._change(keys[(keys.index(self._key) + by) % len(keys)])

    def _change(self, run: Key) -> None:
        if any(not read.typed.is_empty for read in self._read()):
            self.told.update("! Gem datoerne med Ctrl+S først, eller tøm felterne.")
        elif self._progress is not None:
            self._key = run
            self.load()

    def _read(self) -> list[Read]:
        from guide.quick_entry import Typed, read

        rows = self.rows.query(DateRow)
        typed = [Typed(step, *row.typed) for row, step in zip(rows, self._steps, strict=True)]
        return read(typed, self.app.now())

    def action_save(self) -> None:
        """All of it, or nothing: one row that cannot be read stops the rest."""
        from guide.quick_entry import drafts

        run = self._run
        if self._saving or self._progress is None or run is None:
            return
        found = self._read()
        wrong = [n for n, row in enumerate(found) if row.problem]
        if wrong:
            self.told.update(
                f"! {len(wrong)} {'række' if len(wrong) == 1 else 'rækker'} kan ikke læses; intet er gemt endnu. "
                f"{plain(found[wrong[0]].problem)}"
            )
            self.rows.query(DateRow)[wrong[0]].when.focus()
            return
        rows = drafts(self._progress, run, found, self.desk.handbooks)
        if not rows:
            self.told.update("Der er ikke skrevet nogen datoer endnu.")
            return
        self._saving = True
        self._save(rows)

    @work(thread=True, group="save")
    @at_desk
    def _save(self, desk: Desk, rows: list[Draft]) -> None:
        desk.casework.save(rows)
        self.later(self._saved, sum(row.kind == "record" for row in rows))

    def trouble(self, problem: str) -> None:
        """Nothing was saved; everything typed still stands."""
        self._saving = False
        self.told.update(Content(f"! Intet er gemt: {plain(problem)}"))

    def _saved(self, count: int) -> None:
        self.dismiss(count)

    def action_back(self) -> None:
        """Typed dates are not thrown away without asking."""
        if any(not read.typed.is_empty for read in self._read()):
            from guide.screens.confirm import Confirm

            question = "Datoerne er ikke gemt. Vil du gå uden at gemme dem?"
            self.app.push_screen(Confirm(question, "Gå uden at gemme", "Bliv", careful=True), self._leave)
        else:
            self.dismiss(None)

    def _leave(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)
