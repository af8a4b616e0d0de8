"""What is asked now and where it is answered: question, numbered answers, one line of feedback, and the input line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message as Event
from textual.widgets import Input, Static

from guide.commands_text import Command
from guide.turns import Option, Prompt
from guide.widgets.line import Line
from guide.widgets.options import Options
from guide.widgets.words import one_line, plain

AT_ONCE = frozenset({"choice", "choices", "scale", "run", "item", "confirm"})
"""Prompts where a digit on an empty line is the answer; elsewhere it may be the start of a date or a text."""

SUGGESTED = 6


class PromptPane(VerticalScroll, can_focus=False):
    """Asks one ``Prompt`` and posts the answer. Never clears what is typed unless told to by ``clear``."""

    DEFAULT_CSS = """
    PromptPane {
        height: auto; max-height: 80%; border-top: solid $foreground 30%; scrollbar-size-vertical: 1;
        & > #question { padding: 0 1; text-style: bold; }
        & > #hint { padding: 0 1; color: $text-muted; }
        & > #hint.-empty { display: none; }
        & > #feedback { padding: 0 1; display: none; }
        & > #feedback.-wrong { color: $text-warning; }
        & > Horizontal { dock: bottom; height: 1; padding: 0 0 0 1; }
        &.-suggesting > #options, &.-suggesting > #hint { display: none; }
        & > Horizontal > #mark { width: 2; color: $text-primary; text-style: bold; }
        & Line { width: 1fr; }
    }
    """
    question = getters.query_one("#question", Static)
    hint = getters.query_one("#hint", Static)
    feedback = getters.query_one("#feedback", Static)
    options = getters.query_one("#options", Options)
    suggestions = getters.query_one("#suggestions", Options)
    line = getters.query_one("#line", Line)

    @dataclass
    class Answered(Event):
        """``text`` answers ``prompt`` (None: nothing was asked): as typed, or the picked options' ids with commas."""

        prompt: Prompt | None
        text: str

    @dataclass
    class Typed(Event):
        """What stands on the line now."""

        text: str

    @dataclass
    class Commanded(Event):
        """A line that began with a slash."""

        text: str

    def __init__(
        self, commands: Sequence[Command] = (), read_moment: Callable[[str], str] | None = None, id: str | None = None
    ) -> None:
        """``read_moment`` turns typed text into what it was understood as; it raises ValueError in Danish."""
        super().__init__(id=id)
        self._commands = tuple(commands)
        self._found: tuple[Command, ...] = ()
        self._read_moment = read_moment
        self._prompt: Prompt | None = None
        self.busy = False
        """While an answer is being saved Enter does nothing; what is typed stays."""

    def compose(self) -> ComposeResult:
        """Question, options, hint, suggestions, feedback, line: top to bottom."""
        yield Static("", id="question", markup=False)
        yield Options(id="options")
        yield Static("", id="hint", markup=False)
        yield Options(id="suggestions")
        yield Static("", id="feedback", markup=False)
        with Horizontal():
            yield Static("› ", id="mark", markup=False)
            yield Line(id="line")

    def show(self, prompt: Prompt | None, otherwise: str = "") -> None:
        """Ask ``prompt``; with None say ``otherwise`` and take commands and notes only."""
        self._prompt = prompt
        self.question.update(Content(plain(prompt.question if prompt else otherwise)))
        hint = plain(prompt.hint) if prompt else ""
        if prompt and prompt.kind == "text":
            hint = f"{hint} F7 giver et større felt.".strip()
        self.hint.update(Content(hint))
        self.hint.set_class(not hint, "-empty")
        at_once = prompt is not None and prompt.kind in AT_ONCE
        self.options.show(prompt.options if prompt else (), self._default_at(prompt), numbered=at_once)
        self.line.digits = len(prompt.options) if prompt and at_once else 0
        if prompt and prompt.kind == "scale" and not prompt.options:
            self.line.digits = 5
        self.line.placeholder = prompt.default if prompt and self._default_at(prompt) is None else ""
        self._typed(self.line.value)

    def clear(self) -> None:
        """Empty the line: its content has been saved or acted on."""
        self.line.value = ""
        self.say("")

    def say(self, text: str, wrong: bool = False) -> None:
        """One line of feedback above the input line; empty takes it away."""
        self.feedback.update(Content(("! " if wrong else "") + plain(text)))
        self.feedback.display = bool(text)
        self.feedback.set_class(wrong, "-wrong")

    def refuse(self, problem: str) -> None:
        """Say why the line was not taken. It still stands; a command is marked, so that the next one replaces it."""
        self.say(problem, wrong=True)
        if self.line.value.startswith("/"):
            self.line.select_all()

    def retreat(self) -> bool:
        """Take back a half-typed command, which stands in the way of leaving. True if there was one."""
        if self.line.value.startswith("/"):
            self.clear()
            return True
        return False

    @on(Line.Digit)
    def _digit(self, event: Line.Digit) -> None:
        event.stop()
        if self._prompt and not self._prompt.options:
            self._answer(str(event.index + 1))
        else:
            self._pick(event.index)

    @on(Options.Picked, "#options")
    def _clicked(self, event: Options.Picked) -> None:
        event.stop()
        self._pick(event.index)
        self.line.focus()

    @on(Options.Picked, "#suggestions")
    def _suggestion_clicked(self, event: Options.Picked) -> None:
        event.stop()
        self.suggestions.marked = event.index
        self._complete()
        self.line.focus()

    @on(Line.Moved)
    def _moved(self, event: Line.Moved) -> None:
        event.stop()
        listed = self.suggestions if self._found else self.options
        listed.move(event.by)
        if listed.marked is not None:  # on a small screen the pane may be lower than what it lists
            line = listed.virtual_region.y + listed.line_of(listed.marked)
            self.scroll_to_region(Region(0, line, 1, 1), animate=False)

    @on(Line.Completed)
    def _complete(self) -> None:
        if (found := self._suggested) is not None:
            self.line.value = found.name + (" " if found.takes_text else "")
            self.line.cursor_position = len(self.line.value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed(self.line.value)
        self.post_message(self.Typed(self.line.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text = one_line(event.value)
        if self.busy:
            return
        if text.startswith("/") and not text.startswith("//"):
            self._command(text)
        elif text:
            self._answer(text)
        else:
            self._enter_alone()

    def _enter_alone(self) -> None:
        prompt = self._prompt
        if prompt is None:
            return
        if prompt.kind == "choices" and self.options.chosen:
            self._answer(",".join(prompt.options[i].id for i in sorted(self.options.chosen)))
        elif self.options.marked is not None:
            self._pick(self.options.marked)
        elif prompt.default:
            self._answer(prompt.default)
        elif prompt.kind == "moment":
            self.say("Skriv en dag, fx i går eller 3/10, eller skriv / for at se, hvad du ellers kan.", wrong=True)
        elif prompt.options:
            self.say("Vælg med et tal, eller med pil op og ned og Enter.", wrong=True)
        else:
            self.say("Skriv et svar, eller skriv / for at se, hvad du ellers kan.", wrong=True)

    def _pick(self, index: int) -> None:
        prompt = self._prompt
        if prompt is None or self.busy or index >= len(prompt.options):
            return
        option = prompt.options[index]
        if prompt.kind == "choices" and ":" not in option.id:
            self.options.toggle(index)
            self.say("Vælg flere, eller tryk Enter for at gemme." if self.options.chosen else "")
            return
        self._answer(option.id)

    def _answer(self, text: str) -> None:
        if not self.busy:
            self.post_message(self.Answered(self._prompt, text))

    def _command(self, text: str) -> None:
        """Run a command; one that is half typed is first completed to the suggestion that is marked."""
        found = self._suggested
        if found is not None and text != found.name:
            self._complete()
            if found.takes_text:
                return
            text = found.name
        self.post_message(self.Commanded(text))

    @property
    def _suggested(self) -> Command | None:
        return self._found[min(self.suggestions.marked or 0, len(self._found) - 1)] if self._found else None

    def _typed(self, value: str) -> None:
        start = value.casefold() if value.startswith("/") and " " not in value else None
        self._found = () if start is None else tuple(c for c in self._commands if c.name.startswith(start))[:SUGGESTED]
        self.suggestions.show(
            [Option(c.name, f"{c.name} · {c.help}") for c in self._found], 0 if self._found else None, False
        )
        self.set_class(bool(self._found), "-suggesting")
        self.line.completing = bool(self._found)
        self.line.arrows = bool(self._found) or (not value and bool(self._prompt and self._prompt.options))
        self._tell(value)

    def _tell(self, value: str) -> None:
        """Live feedback on a date being typed; otherwise nothing."""
        if value and self._prompt and self._prompt.kind == "moment" and self._read_moment and not value.startswith("/"):
            try:
                self.say(f"= {self._read_moment(value)}")
            except ValueError:
                self.say("= …")
        else:
            self.say("")

    @staticmethod
    def _default_at(prompt: Prompt | None) -> int | None:
        if prompt is None or not prompt.default:
            return None
        return next((i for i, o in enumerate(prompt.options) if o.id == prompt.default), None)
