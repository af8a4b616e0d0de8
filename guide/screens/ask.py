"""Spørg håndbogen: a question in one's own words, the steps that answer it, and from there to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from guide.screens.page import Page
from guide.widgets.words import one_line, plain
from handbook.model import Law

if TYPE_CHECKING:
    from handbook.search import Answer, Found

BEFORE = (
    "Spørg med dine egne ord, fx »hvor hurtigt skal vi kvittere?« eller »far bliver ikke hørt«. "
    "Svaret kommer kun fra håndbogens sider, og spørgsmålet bliver ikke gemt."
)
ANSWERED = "Enter åbner siden ved trinnet. / giver et nyt spørgsmål."


class AskPage(Page):
    """A line to ask in, and the answers under it. ``law`` None follows the case underneath, or the day."""

    CSS_PATH = "ask.tcss"
    NAME = "Spørg håndbogen"
    ABOUT = (
        "Skriv et spørgsmål, og få de trin, der svarer, det bedste først. Enter åbner siden ved trinnet. "
        "Står det ikke i håndbogen, siger den det."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "again", "Nyt spørgsmål", id="ask.again", tooltip="Skriv et nyt spørgsmål"),
    ]
    line = getters.query_one("#question", Input)
    told = getters.query_one("#told", Static)
    answers = getters.query_one("#answers", OptionList)

    def __init__(self, law: Law | None = None) -> None:
        super().__init__()
        self._law = law
        self._found: tuple[Answer, ...] = ()
        self._asked = ""

    def body(self) -> ComposeResult:
        """The question, what can be said about the answers, and the answers."""
        yield Input(placeholder="Hvad vil du vide?", id="question", compact=True)
        yield Static(BEFORE, id="told", markup=False)
        yield OptionList(id="answers", markup=False)

    def filled(self) -> None:
        """One can type at once."""
        self.line.focus()

    def desk_opened(self) -> None:
        """The handbook is read: the law to answer by is known, and what was asked meanwhile is answered."""
        super().desk_opened()
        self._law = self._law or self._law_underneath()
        if self._asked:
            self.ask(self._asked)

    def desk_refused(self) -> None:
        """Without the handbook there is nothing to answer from."""
        self.told.update("Håndbogen er ikke åbnet.")

    def action_again(self) -> None:
        """Back to the line, with the question marked so that typing replaces it."""
        self.line.focus()
        self.line.select_all()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._asked = event.value.strip()
        if not self._asked:
            self.told.update(BEFORE)
            self.answers.clear_options()
        elif self.app.desk is None:
            self.told.update("Åbner håndbogen …")
        else:
            self.ask(self._asked)

    @work(thread=True, exclusive=True, group="ask")
    def ask(self, question: str, law: Law | None = None) -> None:
        """Answer off the screen's own thread: the first question also builds the index."""
        from guide.dialogue import asking

        books = self.desk.handbooks
        wanted = law or asking.law_asked(question, self._law or asking.law_today(books, self.app.now()))
        self.later(self._show, asking.ask(books, wanted, question), wanted)

    def _show(self, found: Found, law: Law) -> None:
        from guide.dialogue import asking
        from guide.dialogue.law_text import NAMES

        self._found, self._law = found.answers, law
        others = [other for other in self.desk.handbooks if other != law]
        near = asking.NEAREST if found.answers else "Prøv med andre ord."
        self.told.update(f"Efter {NAMES[law]}. {f'{asking.OUTSIDE} {near}' if found.outside else ANSWERED}")
        self.answers.clear_options()
        options = [Option(self._drawn(answer)) for answer in found.answers]
        options += [Option(f"Svar efter {NAMES[other]} i stedet", id=other) for other in others]
        self.answers.add_options(options)
        self.answers.highlighted = 0 if options else None
        if options:
            self.answers.focus()
        else:
            self.line.select_all()

    def _drawn(self, answer: Answer) -> Content:
        """Where it stands, the sentence, the deadline, and the clause with how sure it is."""
        from guide.dialogue import asking

        told = [Content.styled(one_line(asking.heading(answer)), "bold")]
        told += [Content(plain(text)) for text in asking.body(answer)]
        sure = " ".join(asking.sure(answer, self.app.now()))
        return Content("\n").join([*told, Content.styled(plain(sure), "$text-muted"), Content("")])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from guide.screens.handbook import HandbookPage

        if event.option_index >= len(self._found):
            other = next(law for law in self.desk.handbooks if law == event.option_id)
            self.ask(self._asked, other)
            return
        answer = self._found[event.option_index]
        self.app.push_screen(HandbookPage(answer.law, answer.page.id, answer.step.id))

    def _law_underneath(self) -> Law:
        """The law of the case one came from; else the law of the day."""
        from guide.dialogue import asking
        from guide.screens.case_view import CaseView

        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, CaseView) and screen.here is not None:
                return screen.here.procedure.law
        return asking.law_today(self.desk.handbooks, self.app.now())
