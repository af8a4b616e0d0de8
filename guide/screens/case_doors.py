"""The doors of the case view: every screen that can be opened from it, and what comes back from there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual import on, work

from guide.actions import Action
from guide.commands_text import COMMANDS
from guide.desk import Desk
from guide.screens.case_view import CaseView
from guide.screens.page import at_desk
from guide.turns import Message, Prompt
from guide.widgets.hints import Hints
from guide.widgets.rows import Key, run_key, step_key
from guide.widgets.words import one_line, shorten, step_name

if TYPE_CHECKING:
    from guide.screens.editor import Written
    from guide.screens.new_run import Wanted

_WITH_KEYS = ("/fortryd", "/klar", "/frister", "/ny", "/hurtig", "/håndbog", "/spørg", "/dokument", "/hjælp")
"""Commands that the palette lists under a key instead."""


class CaseDoors(CaseView):
    """The case view with its doors."""

    def actions(self) -> Iterable[Action]:
        """Commands, what has a key of its own, and every open step to jump to."""
        for command in COMMANDS:
            if command.name not in _WITH_KEYS:
                title = command.help[0].upper() + command.help[1:]
                yield Action(title, "", lambda c=command: self.type_command(c.name, c.takes_text), command.name)  # type: ignore[misc]
        yield Action("Fortryd det seneste svar", "Begge rækker bliver i loggen", self.action_undo, "Ctrl+Z")
        yield Action("Klar?", "Hvad mangler før indstilling eller afgørelse", self.action_ready, "F5")
        yield Action("Dokumenter", "Indstilling, breve og notater ud fra sagen", self.action_documents, "/dokument")
        yield Action("Frister i sagen", "Den nærmeste først", self.action_deadlines, "F4")
        yield Action("Slå trinnet op i håndbogen", "Ved det, der spørges om", self.action_handbook, "F3")
        yield Action("Hurtig indtastning", "Datoerne for et helt forløb på én gang", self.action_quick, "F6")
        yield Action("Nyt i sagen", "En ny underretning eller et andet forløb", self.action_new, "/ny")
        yield Action("Skriv en længere tekst", "Åbn et større felt til svaret", self.action_write, "F7")
        for run in self.progress.runs if self.progress else ():
            for step in run.open_steps:
                key = step_key(run, step)
                yield Action(f"Gå til {step_name(step.step)}", step.step.title, lambda key=key: self.go(key))  # type: ignore[misc]

    @on(CaseView.ScreenWanted)
    def _open_screen(self, event: CaseView.ScreenWanted) -> None:
        """What a command asks for that is a screen of its own."""
        if event.screen == "hurtig":
            self.action_quick()
        elif event.screen == "håndbog":
            self._open_handbook(event.argument)
        elif event.screen == "ny":
            self.action_new()
        elif event.screen == "dokument":
            self.action_documents(event.argument)
        elif event.screen == "journal":
            self._open_journal(event.argument)
        elif event.screen == "sparring":
            self._open_sparring(event.argument)

    @on(Hints.Clicked)
    def _hinted(self, event: Hints.Clicked) -> None:
        if event.hint.startswith("/"):
            self.type_command(event.hint, event.hint in ("/note", "/gå"))
        elif event.hint.startswith("F2"):
            self.action_checklist()
        elif event.hint.startswith("F1"):
            self.app.action_help()
        else:
            self.app.action_palette()

    def _open_journal(self, what: str) -> None:
        from guide.screens.journal import JournalPage

        run = self.prompt.focus.run if self.prompt else None
        self.app.push_screen(JournalPage(self.case, what, run or ""), self._told_of_text)

    def _open_sparring(self, question: str) -> None:
        from guide.screens.sparring import SparringPage

        self.app.push_screen(SparringPage(self.case, question), self._told_of_text)

    def _told_of_text(self, told: object) -> None:
        """What was written down on a page with a text; nothing when it was only read."""
        if isinstance(told, str):
            self.load((Message("system", told),))

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

    def action_documents(self, find: str = "") -> None:
        """What can be written out of the case; ``find`` marks the first document that fits."""
        from guide.screens.documents import DocumentsPage

        run = self.prompt.focus.run if self.prompt else None
        self.app.push_screen(DocumentsPage(self.case, run, find=find))

    def action_quick(self) -> None:
        """Many dates in one pass."""
        from guide.screens.quick import QuickPage

        if self.progress is not None:
            run = run_key(self.here) if self.here else None
            self.app.push_screen(QuickPage(self.case, run), self._entered)

    def _entered(self, saved: object) -> None:
        said = (Message("system", f"{saved} trin er gemt.", "muted"),) if saved else ()
        self.load(said)

    def action_new(self) -> None:
        """A new procedure or notification in this case."""
        from checklists.calendar import local_day
        from checklists.laws import law_on
        from guide.editions import startable
        from guide.screens.new_run import NewRun

        if self.progress is not None:
            books = self.desk.handbooks
            book = books.get(law_on(local_day(self.progress.now))) or next(iter(books.values()))
            self.app.push_screen(NewRun(self.case, startable(book)), self._open_wanted)

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
        """Take the latest answer back, after one question that names it; or give a closed run back."""
        if self.progress is not None:
            self._look_back()

    @work(thread=True, exclusive=True, group="undo")
    @at_desk
    def _look_back(self, desk: Desk) -> None:
        from guide.dialogue.journal import newest_words
        from guide.dialogue.undoing import run_given_back

        run = run_given_back(desk.store.events(self.case))
        told = newest_words(desk.casework.progress(self.case))
        self.later(self._confirm_undo, run.drafts[0].run if run is not None else "", told)

    def _confirm_undo(self, run: str, told: str = "") -> None:
        from guide.screens.confirm import Confirm

        if run:
            asked = f"Skal forløbet {run} stå igen, som det stod før? Alle rækker bliver i loggen."
            self.app.push_screen(Confirm(asked, "Giv det igen", "Lad det være"), self._undo)
            return
        said = [m.text for m in self.turn.messages if m.speaker == "dig" and m.focus] if self.turn else []
        said += [told] if told else []
        last = f"»{shorten(one_line(said[-1]), 90)}«" if said else "i forløbet"
        question = f"Skal det seneste svar {last} trækkes tilbage? Det bliver stående i loggen."
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
        from guide.screens.new_run import NOTIFICATION
        from guide.screens.notification import NotificationPage

        if wanted is None:
            return
        if not wanted.procedure:
            self.app.action_page("new_case")
        elif wanted.procedure == NOTIFICATION:
            self.app.push_screen(NotificationPage(self.case), self._notified)
        else:
            self._open_run(wanted.procedure)

    def _notified(self, opened: object) -> None:
        from guide.screens.new_run import NOTIFICATION
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
        from guide.dialogue.asking import law_today, place_of
        from guide.screens.handbook import HandbookPage

        place = place_of(words)
        if place is not None:
            here = self.here.procedure.law if self.here else law_today(self.desk.handbooks, self.app.now())
            law = place.law or here
            self.app.push_screen(HandbookPage(law, place.procedure, place.step, day=self._day()))
        elif self.here is None or self.prompt is None:
            self.app.push_screen(HandbookPage(find=words))
        else:
            focus = self.prompt.focus
            self.app.push_screen(HandbookPage(self.here.procedure.law, focus.procedure, focus.step, words, self._day()))

    def _day(self) -> date | None:
        """The local day whose law governs the run in hand: clauses are numbered as they were then."""
        from guide.dialogue.scene import Scene

        if self.progress is None or self.here is None or self.here.run is None:
            return None
        return Scene(self.progress, self.desk.handbooks).view.pages.governing_day(self.here.run)
