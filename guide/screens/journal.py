"""Til journalen: what was recorded as a text on the clipboard, and the one key that says it stands in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType

from guide.actions import Action
from guide.desk import Desk
from guide.dialogue.words import IN_JOURNAL
from guide.screens.page import at_desk
from guide.screens.text_page import TextPage

if TYPE_CHECKING:
    from guide.journal import Journal


class JournalPage(TextPage):
    """The text of one case: ``what`` as in ``guide.journal``, ``run`` the run in hand. Returns what was marked."""

    NAME = "Til journalen"
    ABOUT = (
        "Fakta, andres ord og din egen vurdering hver for sig. Teksten ligger på udklipsholderen: sæt den ind i "
        "journalen, læs den igennem, og tryk Enter her, så står svarene som ført (¶). Esc lader dem vente."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "mark", "Ført i journalen", id="journal.mark", tooltip="Svarene står nu i journalen"),
    ]

    def __init__(self, case: str, what: str, run: str) -> None:
        super().__init__(case)
        self._what, self._run = what, run
        self._found: Journal | None = None
        self._marking = False

    def actions(self) -> Iterable[Action]:
        """What the keys do."""
        yield Action("Ført i journalen", "Svarene får et ¶ i sagen", self.action_mark, "Enter")
        yield Action("Kopiér teksten igen", "Til udklipsholderen", self.action_copy, "c")
        yield Action("Gem teksten som fil", "I mappen Rød tråd under dine dokumenter", self.action_save, "g")

    def load(self) -> None:
        """Make the text from the records as they are now."""
        self._load()

    @work(thread=True, exclusive=True, group="journal")
    @at_desk
    def _load(self, desk: Desk) -> None:
        from guide.dialogue.scene import Scene
        from guide.journal import What, journal

        scene = Scene(desk.casework.progress(self.case), desk.handbooks)
        self.later(self._show, journal(scene, cast(What, self._what), self._run, desk.casework.me))

    def _show(self, found: Journal) -> None:
        self._found = found
        left = found.waiting - len(found.ids)
        rest = f" {left} andre svar i sagen venter også." if left else ""
        half = f" {found.unfinished} halve svar er ikke med." if found.unfinished > 1 else ""
        half = " Ét svar er kun halvt og er ikke med." if found.unfinished == 1 else half
        count = len(found.ids)
        asked = f"{count} svar venter: tryk Enter, når de står i journalen." if count else "Det hele står som ført."
        self.show(found.text, f"{asked}{rest}{half}")

    def written(self, desk: Desk) -> str:
        """The text as a file for its owner alone."""
        from checklists.calendar import local_day
        from guide.documents.own_folder import keep

        day = local_day(self.app.now()).isoformat()
        (path,) = keep(f"journal-{self.case}-{day}", {".txt": self.text.encode()})
        return f"Gemt som {path}. Slet filen, når teksten er i journalen."

    def action_mark(self) -> None:
        """The records of the text stand in the journal now."""
        if self._found is not None and not self._marking:
            if not self._found.ids:
                self._leave("")
                return
            self._marking = True
            self._mark(self._found.ids)

    @work(thread=True, group="mark")
    @at_desk
    def _mark(self, desk: Desk, ids: tuple[str, ...]) -> None:
        from guide.dialogue.scene import Scene
        from guide.journal import mark

        scene = Scene(desk.casework.progress(self.case), desk.handbooks)
        desk.casework.save([mark(scene, ids, self.app.now())])
        self.later(
            self._leave, f"{len(ids)} svar står nu som ført i journalen ({IN_JOURNAL}). /fortryd tager det tilbage."
        )

    def _leave(self, told: str) -> None:
        # Called for its own sake: Textual would otherwise wait for the screen that this very message leaves.
        self.dismiss(told or None)

    def action_back(self) -> None:
        """Leave; what was told of waits still."""
        self.dismiss(None)

    def trouble(self, problem: str) -> None:
        """Nothing was marked."""
        self._marking = False
        super().trouble(problem)
