"""Casework on practice cases: the same desk, with a clock of its own for each case, scenes, feedback and answer key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from checklists.calendar import TZ
from checklists.facts import NOTE
from checklists.states import Progress
from guide import commands_text
from guide.casework import Casework
from guide.date_text import format_moment
from guide.dialogue import words
from guide.dialogue.scene import Handbooks
from guide.dialogue.winding import ENDED, WindError, target
from guide.overview import CaseLine, case_line, in_order
from guide.practice.answer_key import key_messages, not_reached
from guide.practice.clock import PracticeClock, instant
from guide.practice.feedback import passed, told, told_again
from guide.practice.rows import drafts, opening_drafts
from guide.turns import Draft, Message, Prompt, Reply
from handbook.practice_load import Practice, load
from handbook.practice_model import Point, PracticePage
from store.cases import Store
from store.errors import StoreError

NEW, UNDER_WAY, DONE = "ny", "i gang", "gennemført"


@dataclass(frozen=True, slots=True)
class Line:
    """A practice case on the learner's list. ``case`` is empty while it is new; ``done_on`` the real day it was."""

    page: PracticePage
    state: str
    case: str = ""
    done_on: date | None = None


class PracticeCasework(Casework):
    """The learner's desk. ``now`` is the clock of the practice case that was looked at last."""

    def __init__(
        self, store: Store, handbooks: Handbooks, clock: PracticeClock, me: str, folder: Path | None = None
    ) -> None:
        super().__init__(store, handbooks, clock, me or "NY")
        self.clock = clock
        self.practice: Practice = load(handbooks, folder)
        self._told: dict[str, list[Point]] = {}

    # -- which cases there are ------------------------------------------------------------------------------------

    def lines(self) -> tuple[Line, ...]:
        """Every practice case with how far the learner is; a case begun again counts as it stands now."""
        begun: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for case in self.store.case_ids():
            kept = self._kept(case)
            if kept:
                begun.setdefault(str(kept[0].get("side")), []).append((case, _merged(kept)))
        return tuple(self._line(page, begun.get(page.id, [])) for page in self.practice.pages)

    def _line(self, page: PracticePage, tries: Sequence[tuple[str, dict[str, Any]]]) -> Line:
        if not tries:
            return Line(page, NEW)
        days = [date.fromisoformat(kept["slut"]) for _, kept in tries if kept.get("slut")]
        case, last = tries[-1]
        return Line(page, DONE if last.get("slut") else UNDER_WAY, case, max(days, default=None))

    def begin(self, page_id: str) -> str:
        """A new try at a practice case. Returns its case number. Raises StoreError for an unknown page."""
        page = self.practice.page(page_id)
        if page is None:
            raise StoreError(f"Der er ingen øvesag, der hedder {page_id}. Se dem med traad practice --list.")
        taken = set(self.store.case_ids())
        names = [f"Øvesag-{page.id}", *(f"Øvesag-{page.id}-{n}" for n in range(2, len(taken) + 3))]
        case = next(name for name in names if name not in taken)
        self.clock.at = instant(page.scenes[0].moment)
        self.save([*opening_drafts(page, case, self.me), self._state(case, side=page.id, ur=self.clock.at.isoformat())])
        self.save(drafts(page.scenes[0].rows, case, self.handbooks, (), self._items(page)) or ())
        return case

    def page_of(self, case: str) -> PracticePage:
        """The page a case is played by. Raises StoreError when it is gone."""
        kept = self._kept(case)
        page = self.practice.page(str(kept[0].get("side"))) if kept else None
        if page is None:
            raise StoreError("Siden til denne øvesag kan ikke læses. Se traad check.")
        return page

    # -- playing --------------------------------------------------------------------------------------------------

    def progress(self, case: str) -> Progress:
        """The case as of its own clock."""
        ur = _merged(self._kept(case)).get("ur")
        if ur:
            self.clock.at = datetime.fromisoformat(ur).astimezone(TZ)
        return super().progress(case)

    def overview(self, mine: bool = True) -> list[CaseLine]:
        """The practice cases begun, each as of its own clock."""
        return in_order(case_line(self.progress(case), self.handbooks) for case in self.store.case_ids())

    def answer(self, case: str, prompt: Prompt | None, text: str) -> Reply:
        """As in a real case, with what there is to say at a point of choice; /spol and /facit are answered here."""
        typed = commands_text.parse(text)
        focus = prompt.focus if prompt else None
        if typed is not None and typed.name == "/spol":
            try:
                return self.wind(case, typed.argument)
            except WindError as error:
                return Reply(focus=focus, problem=str(error))
        if typed is not None and typed.name == "/facit":
            return replace(self.key(case, typed.argument), focus=focus)
        page = self.page_of(case)
        before = passed(page, self.progress(case))
        reply = super().answer(case, prompt, text)
        if reply.problem or not reply.drafts:
            return reply
        return replace(reply, said=(*reply.said, *self._news(case, page, before)))

    def wind(self, case: str, wanted: str) -> Reply:
        """Move the case's clock on, and say what has come meanwhile and what has become late. Raises WindError."""
        page, before = self.page_of(case), self.progress(case)
        goal = target(wanted, before.now, [instant(s.moment) for s in page.scenes])
        points = passed(page, before)
        if goal is None:
            return self._end(case, page)
        said = [Message("system", f"Uret går til {format_moment(goal)}.")]
        for scene in page.scenes:
            if before.now < instant(scene.moment) <= goal:
                known = {e.run for e in self._events(case) if e.run}
                items = {i for e in self._events(case) if e.kind == "item" for i in e.items}
                self._move(case, instant(scene.moment))
                self.save(drafts(scene.rows, case, self.handbooks, known, items))
                said += [Message("guide", f"{scene.title}. {scene.text}")]
        self._move(case, goal)
        after = self.progress(case)
        known_faults = {f.id for f in before.findings}
        late = [f for f in after.findings if f.id not in known_faults]
        said += [Message("guide", f"Imens: {words.finding_text(f)}", "warn") for f in late[:5]]
        if len(late) > 5:
            said.append(Message("guide", f"Og {len(late) - 5} mere. Skriv /status.", "muted"))
        return Reply(said=(*said, *self._news(case, page, points)))

    def key(self, case: str, words_after: str = "") -> Reply:
        """All feedback so far, then the answer key; before the case is played through it asks first."""
        page = self.page_of(case)
        given = told_again(self._points_so_far(case, page))
        if not _merged(self._kept(case)).get("slut") and words_after.casefold() != "ja":
            asked = "Sagen er ikke spillet til ende. Vil du se facit alligevel, så skriv /facit ja."
            return Reply(said=(*given, Message("guide", asked)))
        return Reply(said=(*given, *key_messages(page, self.handbooks)))

    def opening_words(self, case: str) -> tuple[str, ...]:
        """What is told when the case is opened: the story so far, and how one goes on."""
        page, now = self.page_of(case), self.progress(case).now
        scene = [s for s in page.scenes if instant(s.moment) <= now][-1]
        return (
            f"Øvesag: {page.title}. {page.intro}",
            scene.text,
            "Svar som i en rigtig sag. /spol går til det næste, der sker; /spol 3 dage og /spol til 3/10 virker også.",
        )

    def _news(self, case: str, page: PracticePage, before: Sequence[object]) -> tuple[Message, ...]:
        news = tuple(p for p in passed(page, self.progress(case)) if p not in before)
        self._told.setdefault(case, []).extend(news)
        return told(news)

    def _points_so_far(self, case: str, page: PracticePage) -> tuple[Point, ...]:
        """What holds now, and what was told since the program was opened though an answer has since been mended."""
        now, heard = passed(page, self.progress(case)), self._told.get(case, [])
        return tuple(p for p in page.points if p in now or p in heard)

    def _end(self, case: str, page: PracticePage) -> Reply:
        if not _merged(self._kept(case)).get("slut"):
            self.save([self._state(case, slut=self.entered().astimezone(TZ).date().isoformat())])
        return Reply(said=(Message("system", ENDED), *not_reached(page, passed(page, self.progress(case)))))

    # -- what is kept ---------------------------------------------------------------------------------------------

    def _move(self, case: str, at: datetime) -> None:
        self.save([self._state(case, ur=at.isoformat())])
        self.clock.at = at

    def _state(self, case: str, **kept: str) -> Draft:
        """A note outside every run: where the learner is. The rows of a case only grow, so nothing is overwritten."""
        value = {"tekst": "Øvelsens ur", **kept}
        return Draft("record", case, step=NOTE, day=self.clock.at.date(), value=value)

    def _kept(self, case: str) -> list[dict[str, Any]]:
        return [
            dict(e.value)
            for e in self._events(case)
            if e.step == NOTE and not e.run and isinstance(e.value, dict) and e.value.keys() & {"ur", "slut", "side"}
        ]

    @staticmethod
    def _items(page: PracticePage) -> set[str]:
        holders, siblings = range(1, len(page.holders) + 1), range(1, len(page.siblings) + 1)
        return {f"f{n}" for n in holders} | {f"s{n}" for n in siblings}


def _merged(kept: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The last word on each thing."""
    found: dict[str, Any] = {}
    for one in kept:
        found |= one
    return found
