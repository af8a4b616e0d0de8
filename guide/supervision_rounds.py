"""Rounds of supervision over a Casework: reading them, and writing rows that can be undone at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from checklists import calendar, supervision
from checklists.measures.overrides import Override
from checklists.supervision import Note, Repair, Reviewed, SupervisionRound
from checklists.supervision_fold import rounds
from checklists.supervision_sheet import Sheet, Shown, Trend, sheet, shown, trend
from guide.casework import Casework
from guide.turns import Draft
from store.errors import StoreError
from store.events import Event

Point = Note | Repair
"""What a caseworker can answer."""


class Rounds:
    """The rounds of one database. ``work`` gives the clock, the pages and who writes.

    As safe to call from several threads as ``work`` is: the app asks it from its workers, holding the desk's lock.
    """

    def __init__(self, work: Casework) -> None:
        self.work = work
        self._kept: tuple[tuple[int, datetime], tuple[SupervisionRound, ...]] | None = None
        self._written: list[Sequence[Event]] = []
        """What this object has written and not undone, the newest last."""
        self._stands: dict[str, str] = {}
        """Row -> the row that stands in its place since what corrected it was undone."""

    # -- reading ------------------------------------------------------------------------------------------------

    def rounds(self) -> tuple[SupervisionRound, ...]:
        """Every round as of now, the oldest first. Kept until somebody writes or the clock moves."""
        asked = (self.work.store.version(), self.work.now())
        if self._kept is None or self._kept[0] != asked:
            self._kept = (asked, rounds(self.work.store.reviews(), asked[1]))
        return self._kept[1]

    def round(self, round_id: str | None = None) -> SupervisionRound:
        """The round of that id; without one, the latest that is not closed, else the latest."""
        found = self.rounds()
        if not found:
            raise StoreError("Der er ikke trukket nogen tilsynsrunde endnu. Begynd med traad review draw.")
        if round_id is None:
            return next((one for one in reversed(found) if one.closed is None), found[-1])
        for one in found:
            if one.id == round_id:
                return one
        raise StoreError(f"Kender ikke tilsynsrunden {round_id}. Runderne er: {', '.join(one.id for one in found)}.")

    def sheet(self, case: str, round_id: str | None = None) -> Sheet:
        """The review sheet of a drawn case, prefilled from the records."""
        found = self._of(case, round_id)
        return self._sheet(found, self._drawn(found, case))

    def sheets(self, found: SupervisionRound) -> Iterator[Sheet]:
        """The sheets of the round's cases, in the order drawn."""
        return (self._sheet(found, reviewed) for reviewed in found.present)

    def shown(self, round_id: str | None = None) -> Shown:
        """What the round showed, over the cases reviewed so far: the page for the next staff meeting."""
        found = self.round(round_id)
        return shown(found, self.sheets(found), self.work.handbooks)

    def trend(self) -> Trend:
        """The measures over the rounds. There is none by caseworker."""
        return trend([shown(one, self.sheets(one), self.work.handbooks) for one in self.rounds()])

    def repairs(self, *, closed: bool = False) -> tuple[Repair, ...]:
        """The open repairs of all rounds by agreed day; with ``closed`` the closed ones too."""
        return supervision.repairs(self.rounds(), all_of_them=closed)

    def overrides(self) -> Mapping[str, Mapping[str, Sequence[Override]]]:
        """What reviewers answered against the dates, as ``checklists.audit.audit`` takes it."""
        return supervision.overrides(self.rounds())

    def points(self, case: str) -> tuple[Point, ...]:
        """Everything a caseworker can answer about a case, over all rounds, by its key's number."""
        found = [reviewed for one in self.rounds() for reviewed in one.cases if reviewed.case == case]
        listed: list[Point] = [note for reviewed in found for note in reviewed.notes]
        listed += [repair for reviewed in found for repair in reviewed.repairs]
        return tuple(sorted(listed, key=lambda p: supervision.number(p.key.replace(".", "-"))))

    def is_own(self, reviewed: Reviewed) -> bool:
        """Whether the case was drawn from my own: then I answer and tick, and somebody else looks again."""
        return reviewed.staff == self.work.me

    def of_staff(self, found: SupervisionRound, staff: str) -> tuple[Reviewed, ...]:
        """The round's cases from a caseworker, in the order drawn. Raises StoreError when there are none."""
        own = tuple(reviewed for reviewed in found.present if reviewed.staff == staff)
        if not own:
            raise StoreError(f"Der er ingen sager fra {staff} i {found.id}.")
        return own

    # -- undoing ------------------------------------------------------------------------------------------------

    def undo(self) -> bool:
        """Take the newest this object wrote back: a correction gives what stood before it. False: nothing is left.

        Both rows stay in the log. Raises StoreError when somebody has corrected the same since.
        """
        if not self._written:
            return False
        undone = list(reversed(self._written[-1]))
        back = self.work.save([self._undoing(row) for row in undone])
        by_replaced = {row.replaces: row.id for row in back}
        for row in undone:
            if row.replaces:
                self._stands[row.replaces] = by_replaced[self._stands.get(row.id, row.id)]
        self._written.pop()
        return True

    def _undoing(self, row: Event) -> Draft:
        before = next((old for old in self.work.store.history(row.id) if old.id == row.replaces), None)
        value = before.value if before else {"status": "withdrawn", "why": "fortrudt"}
        return self._draft(row.step, row.run, row.case, value, self._stands.get(row.id, row.id))

    # -- shared -------------------------------------------------------------------------------------------------

    def _of(self, case: str, round_id: str | None) -> SupervisionRound:
        """The round asked for; without one, the newest that the case is part of."""
        if round_id is not None:
            return self.round(round_id)
        found = self.rounds()
        return next((one for one in reversed(found) if one.find(case)), None) or self.round()

    def _open(self, case: str, round_id: str | None) -> SupervisionRound:
        return self._still_open(self._of(case, round_id))

    def _still_open(self, found: SupervisionRound) -> SupervisionRound:
        if found.closed is not None:
            raise StoreError(f"{found.id} er lukket. Rettelser kan stadig besvares og ses efter.")
        return found

    def _drawn(self, found: SupervisionRound, case: str) -> Reviewed:
        reviewed = found.find(case)
        if reviewed is None:
            raise StoreError(f"Sagen {case} er ikke med i {found.id}. Se runden med traad review show {found.id}.")
        return reviewed

    def _sheet(self, found: SupervisionRound, reviewed: Reviewed) -> Sheet:
        events = self.work.store.events(reviewed.case)
        return sheet(found, reviewed, events, self.work.handbooks, self.work.now())

    def _need(self, text: str, told: str) -> None:
        if not text.strip():
            raise StoreError(told)

    def _draft(self, step: str, round_id: str, case: str, value: Any, replaces: str = "") -> Draft:
        day = calendar.local_day(self.work.now())
        return Draft("review", case, round_id, step=step, day=day, value=value, replaces=replaces)

    def _save(self, drafts: Sequence[Draft]) -> None:
        if not self.work.me:
            raise StoreError("Skriv først dine initialer: åbn programmet med traad, så bliver du spurgt.")
        self._written.append(self.work.save(drafts))
