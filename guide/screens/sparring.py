"""Sparring: the case as one page for the weekly meeting, and what the meeting came to written back into the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from guide.actions import Action
from guide.desk import Desk
from guide.screens.notification import leave_form
from guide.screens.page import Page, at_desk
from guide.screens.text_page import TextPage
from guide.widgets.form import FormRow
from guide.widgets.words import plain

if TYPE_CHECKING:
    from guide.sparring import Page as Note


LONGEST = 2000
"""Characters of a conclusion."""


class SparringPage(TextPage):
    """The page of one case with a ``question`` to the colleagues. Returns what was written back, or None."""

    NAME = "Sparring"
    ABOUT = (
        "Sagen på én side efter ICS' sider. Det, der ikke står i sagen, er mærket »mangler«. Teksten ligger på "
        "udklipsholderen; g gemmer den som Word og Markdown. Efter mødet: k skriver konklusionen i sagen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "conclude", "Konklusion", id="sparring.conclude", tooltip="Skriv, hvad I kom frem til"),
    ]

    def __init__(self, case: str, question: str) -> None:
        super().__init__(case)
        self._question = question
        self._note: Note | None = None

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Skriv konklusionen", "Hvem var med, hvad kom I frem til, og hvad nu?", self.action_conclude, "k")
        yield Action("Kopiér siden igen", "Til udklipsholderen", self.action_copy, "c")
        yield Action("Gem siden som fil", "Word og Markdown i mappen Rød tråd", self.action_save, "g")

    def load(self) -> None:
        """Make the page from the case as it is now."""
        self._load()

    @work(thread=True, exclusive=True, group="sparring")
    @at_desk
    def _load(self, desk: Desk) -> None:
        from guide import sparring
        from guide.dialogue.scene import Scene

        found = sparring.page(Scene(desk.casework.progress(self.case), desk.handbooks), self._question)
        self.later(self._show, found, sparring.text(found))

    def _show(self, note: Note, text: str) -> None:
        self._note = note
        self.show(text, "Efter mødet: tryk k.")

    def written(self, desk: Desk) -> str:
        """The page as Word and as Markdown."""
        from checklists.calendar import local_day
        from guide.documents import papers_model, word
        from guide.documents.own_folder import keep
        from guide.sparring import paper

        assert self._note is not None
        made = paper(self._note)
        context = papers_model.context(made)
        templates = next((book.folder for book in desk.handbooks.values() if book.folder), None)
        content = {
            ".docx": word.render(made.form, context, templates),
            ".md": word.markdown(made.form, context).encode(),
        }
        day = local_day(self.app.now()).isoformat()
        document, markdown = keep(f"sparring-{self.case}-{day}", content)
        return f"Gemt som {document} og {markdown.name}."

    def action_conclude(self) -> None:
        """Ask what the meeting came to."""
        if self.app.desk is not None:
            self.app.push_screen(ConclusionPage(self.case), self._concluded)

    def _concluded(self, told: object) -> None:
        if isinstance(told, str):
            self.dismiss(told)

    def action_back(self) -> None:
        """Leave; nothing was written."""
        self.dismiss(None)


class ConclusionPage(Page):
    """What the meeting came to, kept as a record of the case. Returns what to say about it, or None."""

    CSS_PATH = "forms.tcss"
    NAME = "Efter sparringen"
    ABOUT = (
        "Skriv kort, hvad I kom frem til. Skriv roller, ikke navne. Konklusionen står i sagen og kommer med til "
        "journalen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Gem", id="conclusion.keep", tooltip="Gem konklusionen i sagen"),
    ]
    problem = getters.query_one("#problem", Static)

    def __init__(self, case: str) -> None:
        super().__init__()
        self._case = case
        self._keeping = False

    def body(self) -> ComposeResult:
        """Three lines and a button."""
        with VerticalScroll(id="body", can_focus=False):
            yield FormRow("Hvem var med?", "who", hint="roller: leder, to kolleger, psykolog", read=_needed)
            yield FormRow("Hvad kom I frem til?", "reached", hint="konklusionen", read=_needed, longest=LONGEST)
            yield FormRow("Næste skridt", "then", hint="hvem gør hvad, hvornår; kan stå tom", longest=LONGEST)
            yield Static("", id="problem", markup=False)
            yield Button("Gem konklusionen (Ctrl+S)", id="keep", variant="primary", compact=True)

    def filled(self) -> None:
        """Begin with who took part."""
        self.bar.show(f"{self._case} · {self.NAME}")
        self._row("who").input.focus()

    def actions(self) -> Iterable[Action]:
        """The one thing to do here."""
        yield Action("Gem konklusionen", "Som en registrering i sagen", self.action_keep, "Ctrl+S")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button does what Ctrl+S does."""
        self.action_keep()

    def action_keep(self) -> None:
        """Check and save."""
        wrong = [name for name in ("who", "reached") if not self._row(name).check()]
        if wrong:
            self._row(wrong[0]).input.focus()
        elif not self._keeping and self.app.desk is not None:
            self._keeping = True
            self._keep(*(self._row(name).value for name in ("who", "reached", "then")))

    @work(thread=True, group="keep")
    @at_desk
    def _keep(self, desk: Desk, who: str, reached: str, then: str) -> None:
        from guide.dialogue.scene import Scene
        from guide.sparring import conclusion

        scene = Scene(desk.casework.progress(self._case), desk.handbooks)
        draft = conclusion(scene, who, reached, then, self.app.now())
        desk.casework.save([draft])
        where = "i screeningen" if draft.run else "på sagen"
        self.later(self._leave, f"Konklusionen er gemt {where}. /journal tager den med, /fortryd tager den tilbage.")

    def _leave(self, told: str) -> None:
        # Called for its own sake: Textual would otherwise wait for the screen that this very message leaves.
        self.dismiss(told)

    def trouble(self, problem: str) -> None:
        """Nothing was saved; the form stands as it was typed."""
        self._keeping = False
        self.problem.update(Content(f"! {plain(problem)}"))

    def action_back(self) -> None:
        """Leave without saving; what has been typed is not thrown away without asking."""
        leave_form(self, lambda: self.dismiss(None))

    def _row(self, name: str) -> FormRow:
        return self.query_one(f"#{name}", FormRow)


def _needed(text: str) -> str:
    if not text:
        raise ValueError("Skriv et par ord.")
    return ""
