"""The doors of the case view: every screen that can be opened from it, and what comes back from there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import getters, work

from guide.app import Action
from guide.commands_text import COMMANDS
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.turns import Message, Prompt, Turn
from guide.widgets.prompt import PromptPane
from guide.widgets.rows import Key, run_key, step_key
from guide.widgets.words import step_name

if TYPE_CHECKING:
    from checklists.states import Progress, RunState
    from guide.screens.editor import Written
    from guide.screens.new_run import Wanted

NOTIFICATION = "underretning"
_WITH_KEYS = ("/fortryd", "/klar", "/frister", "/ny", "/hurtig", "/håndbog", "/hjælp")
"""Commands that the palette lists under a key instead."""


class CaseDoors(Page):
    """What the case view can open. The view itself answers, goes to steps and loads."""

    pane = getters.query_one(PromptPane)

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case
        self.progress: Progress | None = None
        self.turn: Turn | None = None

    def answer(self, prompt: Prompt | None, text: str) -> None:
        """Give ``text`` as the answer to ``prompt``: typed, picked, or a command with its slash."""
        raise NotImplementedError

    def go(self, key: Key, said: tuple[Message, ...] = ()) -> None:
        """Ask about another step or run, and say ``said`` on the way."""
        raise NotImplementedError

    def load(self, said: tuple[Message, ...] = ()) -> None:
        """Compute the case again, and say ``said`` after what the records say."""
        raise NotImplementedError

    @property
    def prompt(self) -> Prompt | None:
        """What is asked now."""
        return self.turn.prompt if self.turn else None

    def draft_name(self, prompt: Prompt) -> str:
        """What a long text that is not saved yet is kept under."""
        return f"{self.case} {prompt.focus}"

    @property
    def here(self) -> RunState | None:
        """The run the conversation stands in."""
        focus = self.prompt.focus if self.prompt else None
        if self.progress is None or focus is None:
            return None
        key = Key(focus.run, focus.procedure, serves=focus.serves)
        return next((run for run in self.progress.runs if run_key(run) == key), None)

    def actions(self) -> Iterable[Action]:
        """Commands, what has a key of its own, and every open step to jump to."""
        for command in COMMANDS:
            if command.name not in _WITH_KEYS:
                title = command.help[0].upper() + command.help[1:]
                yield Action(title, "", lambda c=command: self.type_command(c.name, c.takes_text), command.name)  # type: ignore[misc]
        yield Action("Fortryd det seneste svar", "Begge rækker bliver i loggen", self.action_undo, "Ctrl+Z")
        yield Action("Klar?", "Hvad mangler før indstilling eller afgørelse", self.action_ready, "F5")
        yield Action("Frister i sagen", "Den nærmeste først", self.action_deadlines, "F4")
        yield Action("Slå trinnet op i håndbogen", "Ved det, der spørges om", self.action_handbook, "F3")
        yield Action("Hurtig indtastning", "Datoerne for et helt forløb på én gang", self.action_quick, "F6")
        yield Action("Nyt i sagen", "En ny underretning eller et andet forløb", self.action_new, "/ny")
        yield Action("Skriv en længere tekst", "Åbn et større felt til svaret", self.action_write, "F7")
        for run in self.progress.runs if self.progress else ():
            for step in run.open_steps:
                key = step_key(run, step)
                yield Action(f"Gå til {step_name(step.step)}", step.step.title, lambda key=key: self.go(key))  # type: ignore[misc]

    def open_screen(self, screen: str, argument: str) -> None:
        """What a command asks for that is a screen of its own."""
        if screen == "hurtig":
            self.action_quick()
        elif screen == "håndbog":
            self._open_handbook(argument)
        elif screen == "ny":
            self.action_new()

    def action_handbook(self) -> None:
        """Look the step up that is asked about."""
        self._open_handbook("")

    def action_deadlines(self) -> None:
        """Every deadline of the case."""
        from guide.screens.deadlines import DeadlinesPage

        self.app.push_screen(DeadlinesPage(self.case))

    def action_ready(self) -> None:
        """What is missing before the decision."""
        from guide.screens.ready import ReadyPage

        self.app.push_screen(ReadyPage(self.case, self.prompt.focus.run if self.prompt else None))

    def action_quick(self) -> None:
        """Many dates in one pass."""
        from guide.screens.quick import QuickPage

        if self.progress is not None:
            run = run_key(self.here) if self.here else None
            self.app.push_screen(QuickPage(self.case, run), lambda _: self.load())

    def action_new(self) -> None:
        """A new procedure or notification in this case."""
        from checklists.calendar import local_day
        from checklists.laws import law_on
        from guide.screens.new_run import NewRun

        if self.progress is not None:
            books = self.desk.handbooks
            book = books.get(law_on(local_day(self.progress.now))) or next(iter(books.values()))
            self.app.push_screen(NewRun(self.case, tuple(book.procedures.values())), self._open_wanted)

    def action_write(self) -> None:
        """A bigger field for a long text; the draft is kept when it is left without saving."""
        from guide.screens.editor import Editor

        prompt = self.prompt
        if prompt is None or prompt.kind not in ("text", "person", "place"):
            self.pane.say("Her svares med et valg eller en dato. En længere note kan skrives med /note.", wrong=True)
            return
        name = self.draft_name(prompt)
        begun = self.app.drafts.get(name) or self.pane.line.value or prompt.default * (":" not in prompt.default)
        self.app.push_screen(Editor(prompt.question, begun), lambda written: self._wrote(name, prompt, written))

    def action_undo(self) -> None:
        """Take the latest answer back, after one question."""
        from guide.screens.confirm import Confirm

        question = "Skal det seneste svar i forløbet trækkes tilbage? Det bliver stående i loggen som trukket tilbage."
        self.app.push_screen(Confirm(question, "Træk tilbage", "Behold"), self._undo)

    def _undo(self, yes: bool | None) -> None:
        if yes:
            self.answer(self.prompt, "/fortryd")

    def _wrote(self, name: str, prompt: Prompt, written: Written | None) -> None:
        if written is None:
            return
        self.app.drafts[name] = written.text
        if written.save:  # the draft goes when the answer has been saved, so a refused one can be mended
            self.answer(prompt, f"/{written.text}" if written.text.startswith("/") else written.text)
        else:
            self.pane.say("Kladden er lagt væk. F7 åbner den igen." if written.text else "")

    def type_command(self, name: str, takes_text: bool) -> None:
        """A command from the palette: run it, or put it on the line when it wants words after it."""
        if not takes_text or name == "/håndbog":
            self.answer(self.prompt, name)
            return
        self.pane.line.value = f"{name} "
        self.pane.line.cursor_position = len(self.pane.line.value)
        self.set_focus(self.pane.line)

    def _open_wanted(self, wanted: Wanted | None) -> None:
        """What was chosen under something new: a case, a notification with its own form, or a procedure at once."""
        from guide.screens.notification import NotificationPage

        if wanted is None:
            return
        if not wanted.procedure:
            self.app.action_new_case()
        elif wanted.procedure == NOTIFICATION:
            self.app.push_screen(NotificationPage(self.case), self._notified)
        else:
            self._open_run(wanted.procedure)

    def _notified(self, opened: object) -> None:
        from guide.screens.notification import Notified

        if isinstance(opened, Notified):
            self.go(Key(opened.run, NOTIFICATION), tuple(Message("system", text) for text in opened.said))

    @work(thread=True, group="open_run")
    @at_desk
    def _open_run(self, desk: Desk, procedure: str) -> None:
        opened = desk.casework.open_run(self.case, procedure)
        self.later(self._run_opened, Key(opened.runs[self.case], procedure), opened.said)

    def _run_opened(self, run: Key, said: Iterable[str]) -> None:
        self.go(run, tuple(Message("system", text) for text in said))

    def _open_handbook(self, words: str) -> None:
        from guide.screens.handbook import HandbookPage

        if self.here is None or self.prompt is None:
            self.app.push_screen(HandbookPage(find=words))
        else:
            focus = self.prompt.focus
            self.app.push_screen(HandbookPage(self.here.procedure.law, focus.procedure, focus.step, words))
