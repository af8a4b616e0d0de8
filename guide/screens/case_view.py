"""What the case view shows and how it is answered: the conversation, the checklist, and what comes first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Event

from guide.app import NARROW
from guide.commands_text import COMMANDS
from guide.desk import Desk
from guide.screens.page import Page, at_desk
from guide.turns import Focus, Message, Prompt, Reply, Turn
from guide.widgets.chat import Chat
from guide.widgets.checklist import Checklist
from guide.widgets.heading import heading
from guide.widgets.hints import Hints
from guide.widgets.prompt import PromptPane
from guide.widgets.rows import Key, rows, run_key

if TYPE_CHECKING:
    from checklists.states import Progress, RunState

STANDS = 60.0
"""Seconds that what is shown stands before the clock alone makes it worth computing again."""
HINTS = ("/hvorfor", "/tilbage", "/klar", "/frister", "/note", "/gå", "F2 tjekliste", "Ctrl+P alt", "F1 hjælp")
SETTLED = "Der er ikke mere at gøre her lige nu. Skriv / for at se, hvad du ellers kan."
UNTOUCHED = "Skriv /ny og Enter, så vælger du, hvad sagen begynder med."


class CaseView(Page):
    """One case. ``key`` jumps to a step; without it the conversation goes on where it was left, after ``said``."""

    pane = getters.query_one(PromptPane)
    chat = getters.query_one(Chat)
    checklist = getters.query_one(Checklist)

    @dataclass
    class ScreenWanted(Event):
        """A command asks for a screen of its own; ``argument`` is what stood after it."""

        screen: str
        argument: str

    def __init__(self, case: str, key: Key | None = None, said: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.case = case
        self.progress: Progress | None = None
        self.turn: Turn | None = None
        self._focus = Focus(key.run, key.procedure, key.step, key.item, serves=key.serves) if key else None
        self._said = tuple(Message("system", text) for text in said)
        self._toggled: set[Key] = set()
        self._version = -1
        self._read_at = 0.0
        self._unfolded: bool | None = None
        """The person's own choice about the checklist; None follows the width and the settings."""

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

    def body(self) -> ComposeResult:
        """Talk and checklist side by side."""
        with Horizontal(id="body"):
            with Vertical(id="talk") as talk:
                talk.border_title = Content("Samtale")
                yield Chat(id="chat")
                yield PromptPane(COMMANDS, self._read_moment, id="prompt")
            checklist = Checklist(id="checklist")
            checklist.border_title = Content("Tjekliste")
            yield checklist

    def foot(self) -> ComposeResult:
        """Commands worth knowing."""
        yield Hints(HINTS)

    def filled(self) -> None:
        """Go on typing where one was."""
        self.bar.show(self.case, "henter …")
        self.pane.line.value = self.app.drafts.get(self.case, "")
        self.set_focus(self.pane.line)
        self._fold()
        self.set_interval(1.0, self._tick)

    @on(PromptPane.Typed)
    def _typed(self, event: PromptPane.Typed) -> None:
        """What stands half typed is there again when the case is opened next."""
        self.app.drafts[self.case] = event.text

    def on_resize(self) -> None:
        """The checklist folds away where there is no room for both."""
        self._fold()

    def desk_opened(self) -> None:
        """The database is open: fold the case from its records."""
        super().desk_opened()
        self.load(self._said)

    # -- loading ------------------------------------------------------------------------------------------------

    def load(self, said: tuple[Message, ...] = ()) -> None:
        """Compute the case again, and say ``said`` after what the records say."""
        self._said = said
        self._load(self._focus)

    @work(thread=True, exclusive=True, group="case")
    @at_desk
    def _load(self, desk: Desk, focus: Focus | None) -> None:
        self.later(self._show, *self._fold_case(desk, focus))

    def _fold_case(self, desk: Desk, focus: Focus | None) -> tuple[Progress, Turn, int]:
        """The case and its conversation as the records say now, and the version they were read at. For workers."""
        from guide import conversation

        version = desk.store.version()
        progress = desk.casework.progress(self.case)
        return progress, conversation.turn(progress, focus, desk.handbooks), version

    def _show(self, progress: Progress, turn: Turn, version: int, problem: str = "", answered: bool = False) -> None:
        asked_before = self.prompt
        self.progress, self.turn, self._version, self._read_at = progress, turn, version, monotonic()
        self.pane.busy = False
        self.bar.show(*heading(progress))
        self.clock.show(self.app.clock_text())
        self.chat.show((*turn.messages, *self._said), len(self._said))
        if answered or turn.prompt is None or turn.prompt != asked_before:
            self.pane.show(turn.prompt, SETTLED if progress.runs else UNTOUCHED)
        if problem:
            self.pane.refuse(problem)
        self._list()

    def _tick(self) -> None:
        """Once a second, while this page is in front: has another window written, or has the time gone on?"""
        if self._version < 0 or self.pane.busy or not self.is_current:
            return
        if monotonic() - self._read_at > STANDS:
            self.load(self._said)
        else:
            self._look()

    @work(thread=True, exclusive=True, group="look")
    @at_desk
    def _look(self, desk: Desk) -> None:
        if desk.store.version() != self._version:
            self.later(self.load, self._said)

    # -- answering ----------------------------------------------------------------------------------------------

    @on(PromptPane.Answered)
    def _answered(self, event: PromptPane.Answered) -> None:
        self.answer(event.prompt, event.text)

    @on(PromptPane.Commanded)
    def _commanded(self, event: PromptPane.Commanded) -> None:
        self.answer(self.prompt, event.text)

    def answer(self, prompt: Prompt | None, text: str) -> None:
        """Give ``text`` as the answer to ``prompt``: typed, picked, or a command with its slash."""
        if self.progress is not None and not self.pane.busy:
            self.pane.busy = True
            self._answer(prompt, text)

    @work(thread=True, group="answer")
    @at_desk
    def _answer(self, desk: Desk, prompt: Prompt | None, text: str) -> None:
        """Reply, save, and fold the case again, in one go off the screen's own thread."""
        reply = desk.casework.answer(self.case, prompt, text)
        self.later(self._went_on, prompt, reply, *self._fold_case(desk, reply.focus))

    def trouble(self, problem: str) -> None:
        """The answer was not saved; it still stands on the line."""
        self.pane.busy = False
        self.pane.say(problem, wrong=True)

    def _went_on(self, asked: Prompt | None, reply: Reply, progress: Progress, turn: Turn, version: int) -> None:
        """The answer is saved (or refused, and then it still stands on the line): show where it led."""
        self._focus = reply.focus
        if not reply.problem:
            self._said = reply.said
            self.pane.clear()
            if asked is not None and reply.drafts:
                self.app.drafts.pop(self.draft_name(asked), None)
        self._show(progress, turn, version, reply.problem, answered=not reply.problem)
        if reply.screen:
            self.post_message(self.ScreenWanted(reply.screen, reply.argument))

    # -- moving about -------------------------------------------------------------------------------------------

    def go(self, key: Key, said: tuple[Message, ...] = ()) -> None:
        """Ask about another step; what is half typed stays."""
        self._focus = Focus(key.run, key.procedure, key.step, key.item, serves=key.serves)
        self.set_focus(self.pane.line)
        if self.has_class("-narrow"):
            self._unfolded = False
            self._fold()
        self.load(said)

    @on(Checklist.Chosen)
    def _chosen(self, event: Checklist.Chosen) -> None:
        if event.key.step:
            self.go(event.key)
        else:
            self._toggled ^= {event.key}
            self._list()

    @on(Chat.Reopened)
    def _reopened(self, event: Chat.Reopened) -> None:
        self._focus = event.focus
        self.set_focus(self.pane.line)
        self.load()

    def action_back(self) -> None:
        """Out of the smallest thing first: a half command, the unfolded checklist, another part; then the page."""
        if self.pane.retreat() or self._take_sentence_back():
            return
        if self.has_class("-narrow") and self._unfolded:
            self.action_checklist()
        elif not self.pane.line.has_focus:
            self.set_focus(self.pane.line)
        else:
            super().action_back()

    def _take_sentence_back(self) -> bool:
        """A sentence that waits to be kept as a note stands on the line again. True if there was one."""
        if self.prompt is None or self.prompt.kind != "confirm":
            return False
        self.pane.line.value = self.prompt.focus.text
        self.pane.line.cursor_position = len(self.pane.line.value)
        self._focus = replace(self.prompt.focus, text="")
        self.load(self._said)
        return True

    def action_checklist(self) -> None:
        """Show or fold the checklist; on a narrow screen it takes the place of the conversation."""
        self._unfolded = not self._is_unfolded
        self._fold()
        if self._unfolded:
            self.checklist.lines.focus()
        else:
            self.set_focus(self.pane.line)
        if not self.has_class("-narrow"):
            self.app.keep(replace(self.app.settings, checklist=self._unfolded))

    def action_scroll(self, by: int) -> None:
        """Scroll the conversation while typing."""
        (self.chat.scroll_page_up if by < 0 else self.chat.scroll_page_down)(animate=False)

    # -- drawing ------------------------------------------------------------------------------------------------

    def _list(self) -> None:
        """The checklist: the run in hand unfolded, and those the person has unfolded."""
        if self.progress is None:
            return
        from guide.date_text import format_relative

        progress = self.progress
        unfolded = self._toggled ^ ({run_key(self.here)} if self.here else set())
        focus = self.prompt.focus if self.prompt else None
        here = Key(focus.run, focus.procedure, focus.step, focus.item, focus.serves) if focus else None
        found = rows(progress, frozenset(unfolded), lambda when: format_relative(when, progress.now))
        self.checklist.show(found, here)

    @property
    def _is_unfolded(self) -> bool:
        if self._unfolded is not None:
            return self._unfolded
        return self.app.size.width >= NARROW and self.app.settings.checklist

    def _fold(self) -> None:
        narrow = self.app.size.width < NARROW
        self.checklist.display = self._is_unfolded
        self.query_one("#talk").display = not (narrow and self._is_unfolded)

    def _read_moment(self, text: str) -> str:
        """A typed date as it was understood, for the line under the question. Raises DateError, a ValueError."""
        from guide.dates import format_moment, parse_moment

        day, at = parse_moment(text, self.app.now())
        return format_moment(at or day)
