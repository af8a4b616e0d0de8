"""Where an overview has its numbers and lists from: the cases at hand, or sums and a few cases from the projection.

Both give the same (tests/guide/test_caseload_source.py). ``AtHand`` is for one person's cases, a filter by words, and
a database that cannot be written; ``Stored`` for everything else, however many cases there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from checklists import caseload, counts, numbers, worklists
from checklists.calendar import add, local_day
from checklists.caseload import Due, Fault, Filters
from checklists.numbers import Numbers, Question
from checklists.summary_model import Summary
from checklists.worklists import Idle, Undone
from store import projection_counts
from store.projection_counts import Scope, Wanted

if TYPE_CHECKING:
    from guide.casework import Casework

Whose = tuple[str, str]
"""A team and initials."""


class Source(Protocol):
    """The cases of an overview, narrowed by ``filters``, as of ``now``. May raise StoreError.

    ``most`` is how many lines are wanted at most, the first ones; None for all.
    """

    filters: Filters
    now: datetime

    def numbers(self, idle_days: int) -> Numbers:
        """What is said before a line is opened."""

    def due(self, days: int, whose: Whose | None, most: int | None) -> list[Due]:
        """The deadlines ahead, of one person in one team or of all."""

    def faults(self, which: caseload.Belongs, same: dict[str, str], most: int | None) -> list[Fault]:
        """The findings that ``which`` picks, the oldest first; ``same`` is what it knows them by."""

    def undone(self, kind: str, most: int | None) -> list[Undone]:
        """What lies open of a kind of backlog, the oldest first."""

    def idle(self, days: int, most: int | None) -> list[Idle]:
        """The quiet cases, the quietest first."""

    def cases(self) -> list[Summary]:
        """Every case, by number."""


@dataclass
class AtHand:
    """Cases that have been read; ``filters`` have narrowed them already."""

    found: list[Summary]
    filters: Filters
    now: datetime

    def numbers(self, idle_days: int) -> Numbers:
        """Counted line by line."""
        return numbers.computed(self.found, self.filters, self.now, idle_days)

    def due(self, days: int, whose: Whose | None, most: int | None) -> list[Due]:
        """See ``Source``."""
        found = caseload.due_within(self.found, self.now, days)
        return [d for d in found if whose is None or (d.case.team, d.case.holder) == whose][:most]

    def faults(self, which: caseload.Belongs, same: dict[str, str], most: int | None) -> list[Fault]:
        """See ``Source``."""
        return caseload.faults(self.found, which)[:most]

    def undone(self, kind: str, most: int | None) -> list[Undone]:
        """See ``Source``."""
        return worklists.undone(self.found, kind)[:most]

    def idle(self, days: int, most: int | None) -> list[Idle]:
        """See ``Source``."""
        return worklists.idle(self.found, self.now, days)[:most]

    def cases(self) -> list[Summary]:
        """See ``Source``."""
        return self.found


@dataclass
class Stored:
    """Cases in the projection ``number``, which has been brought up to ``now``."""

    work: Casework
    number: int
    filters: Filters
    now: datetime
    _names: tuple[list[str] | None, list[str] | None] = field(init=False)

    def __post_init__(self) -> None:
        known = names(self.work, self.number)
        self._names = _meant(self.filters.team, known[0]), _meant(self.filters.holder, known[1])

    def numbers(self, idle_days: int) -> Numbers:
        """Counted in the database."""
        asked = numbers.questions(self.filters, self.now)
        sums = projection_counts.sums(
            self.work.store.engine, self.number, {name: self._wanted(question) for name, question in asked.items()}
        )
        scope = self._scope()
        held = projection_counts.held(self.work.store.engine, self.number, scope) if scope.patterns else sums["held"]
        quiet = projection_counts.quiet(self.work.store.engine, self.number, scope, self._quiet_before(idle_days))
        return numbers.counted(sums, held, quiet, self.now)

    def due(self, days: int, whose: Whose | None, most: int | None) -> list[Due]:
        """See ``Source``."""
        last = add(local_day(self.now), days, "dage").toordinal()
        found = caseload.due_within(self._listed(("due",), {}, None, last, whose), self.now, days)
        return [d for d in found if whose is None or (d.case.team, d.case.holder) == whose][:most]

    def faults(self, which: caseload.Belongs, same: dict[str, str], most: int | None) -> list[Fault]:
        """See ``Source``."""
        parts = (same["part"],) if "part" in same else ("finding", "earlier")
        team = same.get("team")
        lines = {name: value for name, value in same.items() if name not in ("part", "team")}
        return caseload.faults(self._listed(parts, lines, most, team=team), which)[:most]

    def undone(self, kind: str, most: int | None) -> list[Undone]:
        """See ``Source``."""
        return worklists.undone(self._listed(("open",), {"step": kind}, most), kind)[:most]

    def idle(self, days: int, most: int | None) -> list[Idle]:
        """See ``Source``."""
        before = self._quiet_before(days)
        cases = projection_counts.quiet_cases(self.work.store.engine, self.number, self._scope(), before, most)
        return worklists.idle(self._narrowed(cases), self.now, days)

    def cases(self) -> list[Summary]:
        """See ``Source``."""
        return self._narrowed(None)

    def _wanted(self, question: Question) -> Wanted:
        teams, holders = self._names
        return Wanted(
            question.part, question.own, question.by, question.same, question.until, question.mask, teams, holders
        )

    def _scope(self) -> Scope:
        found = self.filters
        return Scope(*self._names, counts.patterns(found.law, found.basis, found.procedure))

    def _quiet_before(self, days: int) -> int:
        return local_day(self.now).toordinal() - days

    def _listed(
        self,
        parts: Sequence[str],
        lines: dict[str, str],
        most: int | None,
        until: int | None = None,
        whose: Whose | None = None,
        team: str | None = None,
    ) -> list[Summary]:
        teams, holders = self._names
        if whose is not None:
            teams, holders = [whose[0]], [whose[1]]
        if team is not None:
            teams = [team]
        found = self.filters
        same = {"law": found.law, "basis": found.basis, "procedure": found.procedure} | lines
        given = {name: value for name, value in same.items() if value or name in lines}
        cases = projection_counts.listed_cases(
            self.work.store.engine, self.number, parts, given, (teams, holders), until, most
        )
        return self._narrowed(cases)

    def _narrowed(self, cases: list[str] | None) -> list[Summary]:
        chosen = None if cases is None else sorted(cases)
        return caseload.narrowed(self.work.summaries(chosen), self.filters)


def _meant(name: str, known: Sequence[str]) -> list[str] | None:
    return [one for one in known if one.casefold() == name.casefold()] if name else None


def names(work: Casework, number: int) -> tuple[list[str], list[str]]:
    """The teams and the initials that hold cases."""
    asked = Wanted("held", 1, ("team", "holder"), {}, None, 0, None, None)
    rows = projection_counts.sums(work.store.engine, number, {"held": asked})["held"]
    return sorted({team for team, *_ in rows}), sorted({holder for _, holder, _ in rows})


@dataclass
class Cases:
    """Every case of the database as of now: who there is, and a source for any filter. Made by ``everyone``."""

    work: Casework
    now: datetime
    teams: list[str]
    holders: list[str]
    number: int | None
    found: list[Summary]

    def source(self, filters: Filters) -> Source:
        """The cases that ``filters`` let through."""
        if self.number is None:
            return AtHand(caseload.narrowed(self.found, filters), filters, self.now)
        if filters.words:
            with_words = self.work.with_words(filters.words)
            return AtHand(caseload.narrowed(with_words, filters), filters, self.now)
        return Stored(self.work, self.number, filters, self.now)


def at_hand(work: Casework, found: list[Summary]) -> Cases:
    """Only the cases given."""
    teams, holders = (caseload.different(values) for values in ((c.team for c in found), (c.holder for c in found)))
    return Cases(work, work.now(), teams, holders, None, found)


def everyone(work: Casework, progress: Callable[[int, int], None] | None = None) -> Cases:
    """Every case; what is not right any more is worked out first. Without a projection all are read."""
    from guide import projecting
    from store.errors import StoreError

    now = work.now()
    try:
        number = projecting.refreshed(work, progress=progress)
        teams, holders = names(work, number)
    except StoreError:  # somebody is writing: then every case is worked out here
        return at_hand(work, work.summaries(progress=progress))
    return Cases(work, now, caseload.different(teams), caseload.different(holders), number, [])
