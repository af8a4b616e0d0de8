"""The keys and forms for points of the supervision: written while a case is reviewed, mended, and seen to again."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from checklists.supervision import Note, Repair
from checklists.supervision_sheet import Line
from guide.screens.review_page import LoopPage, day_of

if TYPE_CHECKING:
    from guide.screens.review_ask import Answers
    from guide.supervision import Supervision


class PointWriting(LoopPage):
    """The forms behind the keys for points. A page says which case and round, and what is marked."""

    _case: str
    _round: str | None

    @property
    def _today(self) -> date:
        from checklists.calendar import local_day

        return local_day(self.app.now())

    @property
    def _marked(self) -> object:
        raise NotImplementedError

    @property
    def _theme(self) -> str:
        """The pejlemærke a new point belongs to; empty for none."""
        line = self._marked
        theme = line if isinstance(line, str) else line.theme if isinstance(line, Line) else ""
        from guide.supervision import THEMES

        return theme if theme in THEMES else ""

    def action_strength(self) -> None:
        """Something that works."""
        from guide.screens.review_ask import Field

        label = "Hvad lykkes? Skriv det uden navne: det står også, som du skriver det, på siden til personalemødet."
        asked = Field("text", label, needed="Skriv, hvad der lykkes.")
        self.ask(f"Styrke i {self._case}", [asked], f"review:{self._case}:strength", partial(self._noted, "strength"))

    def action_learning(self) -> None:
        """Something to learn from."""
        from guide.screens.review_ask import Field

        asked = Field("text", "Hvad kan vi lære af? Det kommer kun med i »Til dig«.", needed="Skriv, hvad vi kan lære.")
        self.ask(f"Læring i {self._case}", [asked], f"review:{self._case}:learning", partial(self._noted, "learning"))

    def _noted(self, kind: str, found: Answers) -> partial[str]:
        return partial(self._write_note, kind, found["text"], self._theme)

    def _write_note(self, kind: str, text: str, theme: str, loop: Supervision) -> str:
        write = loop.strength if kind == "strength" else loop.learning
        write(self._case, text, theme, self._round)
        return "Gemt. Det ligger på runden og ikke på sagen."

    def action_mend(self) -> None:
        """Agree on a repair and its day."""
        from guide.screens.review_ask import Field

        fields = [
            Field("text", "Hvad bliver rettet? Det står i »Til sagen«.", needed="Skriv, hvad der bliver rettet."),
            Field("day", "Aftalt til", "day", "Aftal en dag, det er rettet til.", hint="fx 3. marts eller om 2 uger"),
        ]
        self.ask(f"Rettelse i {self._case}", fields, f"review:{self._case}:mend", self._agreed)

    def action_undone(self) -> None:
        """A fault that cannot be undone: what helps the child now?"""
        from guide.screens.review_ask import Field

        helps = "Skriv, hvad der hjælper barnet nu."
        fields = [
            Field("text", "Hvad kan ikke gøres om?", needed="Skriv, hvad der ikke kan gøres om."),
            Field("helps", "Hvad hjælper barnet nu?", needed=helps),
        ]
        self.ask(f"Det kan ikke gøres om, {self._case}", fields, f"review:{self._case}:undone", self._agreed)

    def _agreed(self, found: Answers) -> partial[str]:
        line = self._marked
        return partial(self._write_repair, found, line.code if isinstance(line, Line) else "")

    def _write_repair(self, found: Answers, measure: str, loop: Supervision) -> str:
        by, helps = day_of(found.get("day", ""), loop.work.now()), found.get("helps", "")
        repair = loop.mend(self._case, found["text"], by, measure, not helps, helps, self._round)
        return f"Gemt som {repair.key}."

    def action_take_back(self) -> None:
        """Take the marked point back with a reason; its number is not used again."""
        from guide.screens.review_ask import Field

        point = self._marked
        if not isinstance(point, Note | Repair):
            self.say("Mærk et punkt med pilene, så kan det tages tilbage.")
            return
        asked = Field("why", "Hvorfor tages punktet tilbage?", needed="Skriv, hvorfor punktet tages tilbage.")
        self.ask(f"Tag {point.key} tilbage", [asked], f"review:{point.key}:back", partial(self._taken, point.key))

    def _taken(self, key: str, found: Answers) -> partial[str]:
        return partial(self._take, key, found["why"])

    def _take(self, key: str, why: str, loop: Supervision) -> str:
        loop.take_back(key, why)
        return f"{key} er taget tilbage. Rækken bliver i loggen med din grund."


class RepairWriting(PointWriting):
    """The keys for a repair that is marked: said done by the caseworker, seen to again by somebody else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "said_done", "Meld rettet", id="repair.done", tooltip="Rettelsen er gjort; en anden ser efter"),
        Binding("o", "in_order", "I orden", id="repair.order", tooltip="Jeg har set efter: det er i orden, luk den"),
        Binding("m", "missing", "Mangler", id="repair.missing", tooltip="Jeg har set efter: der mangler stadig noget"),
    ]

    def _repair(self) -> Repair | None:
        point = self._marked
        if isinstance(point, Repair):
            return point
        self.say("Mærk en rettelse med pilene.")
        return None

    def action_said_done(self) -> None:
        """The caseworker says it is done. It stays open until somebody else has looked."""
        from guide.screens.review_ask import Field

        if repair := self._repair():
            key = repair.key
            asked = Field("text", "Hvad har du gjort? (kan stå tom)")
            self.ask(
                f"{key} er rettet", [asked], f"review:{key}:done", lambda f: partial(self._say_done, key, f["text"])
            )

    def _say_done(self, key: str, text: str, loop: Supervision) -> str:
        loop.said_done(key, text)
        return f"{key} er meldt rettet. Den lukkes, når en anden har set efter."

    def action_in_order(self) -> None:
        """Somebody has looked, and it is in order: the repair closes."""
        if repair := self._repair():
            question = f"Har du set efter i sagen, og er {repair.key} i orden? Så lukkes rettelsen."
            self.confirm(question, partial(self._close, repair.key))

    def _close(self, key: str, loop: Supervision) -> str:
        loop.recheck(key, in_order=True)
        return f"{key} er set efter og lukket."

    def action_missing(self) -> None:
        """Somebody has looked, and something is still missing: a new day is agreed."""
        from guide.screens.review_ask import Field

        if repair := self._repair():
            key, needed = repair.key, "Aftal en ny dag, det er rettet til." if repair.undoable else ""
            fields = [
                Field("text", "Hvad mangler stadig?", needed="Skriv, hvad der stadig mangler."),
                Field("day", "Ny dag", "day", needed, hint="fx 10. marts"),
            ]
            self.ask(f"{key}: set efter", fields, f"review:{key}:missing", lambda f: partial(self._reopen, key, f))

    def _reopen(self, key: str, found: Answers, loop: Supervision) -> str:
        loop.recheck(key, False, found["text"], day_of(found["day"], loop.work.now()))
        return f"{key} er stadig åben, med en ny dag."
