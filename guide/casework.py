"""The one place that ties handbook, checklists and store together, for the screens and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from threading import RLock
from typing import Any

from checklists import calendar
from checklists.facts import fold
from checklists.progress import assess
from checklists.states import Progress
from checklists.summary_model import Summary
from guide import conversation, editions, intake, readiness_text
from guide.dialogue import command_replies, opening, undoing
from guide.dialogue.scene import Handbooks, Scene
from guide.editions import load_handbooks
from guide.first_list import FirstList
from guide.intake import Opened, QuickEntry
from guide.overview import CaseLine, case_line, in_order, line_of
from guide.readiness_text import Report
from guide.recording import rows
from guide.turns import Draft, Focus, Prompt, Reply, Turn
from store.cases import Store
from store.checks import Vocabulary
from store.errors import StoreError
from store.events import Event

_KEPT = 128
"""Cases whose rows are kept in memory: those a person goes back and forth between."""

__all__ = ["CaseLine", "Casework", "Opened", "QuickEntry", "load_handbooks"]


class Casework:
    """A caseworker's desk without a screen: cases in, progress out, answers saved.

    ``now`` gives the aware instant that everything is judged by; ``me`` is who writes (initials). ``entered`` gives
    the aware instant rows are written down at: the real clock, also when ``now`` has been moved. Every method that
    touches the database may raise StoreError in plain Danish; then nothing was saved.
    """

    def __init__(
        self,
        store: Store,
        handbooks: Handbooks,
        now: Callable[[], datetime],
        me: str,
        entered: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store = store
        self.handbooks = handbooks
        self.now = now
        self.me = me
        self.entered = entered
        self._rows: dict[str, list[Event]] = {}
        self._judged: dict[str, Progress] = {}
        self._lines: dict[str, tuple[datetime, CaseLine]] = {}
        self._version = -1
        self._lock = RLock()

    # -- reading ------------------------------------------------------------------------------------------------

    def progress(self, case: str) -> Progress:
        """The case as of this minute. An unknown case is an empty one."""
        with self._lock:
            self._catch_up()
            events = self._events(case)
            found = self._judged.get(case)
        if found is None or not _same_minute(found.now, self.now()):
            found = self._assess(case, events)
            with self._lock:
                if self._rows.get(case) is events:  # else somebody wrote meanwhile
                    self._judged[case] = found
        return found

    def turn(self, case: str, focus: Focus | None = None) -> Turn:
        """The conversation of the case at ``focus``; None goes on where the case was left."""
        return conversation.turn(self.progress(case), focus, self.handbooks)

    def overview(self, mine: bool = True) -> list[CaseLine]:
        """The cases I hold today (or everybody's), the most urgent first."""
        now = self.now()
        today = calendar.local_day(now)
        if not mine:
            return in_order(line_of(found, today) for found in self.summaries())
        cases = self.store.case_ids(staff=self.me, today=today)
        with self._lock:
            version = self._catch_up()
            lines = {c: self._lines[c] for c in cases if self._line_stands(c, now)}
        stale = [c for c in cases if c not in lines]
        for case, found in self.store.events_of(stale).items() if stale else ():
            lines[case] = (now, case_line(self._assess(case, found), self.handbooks))
        with self._lock:
            if version == self._version:  # else somebody wrote meanwhile: the next look computes again
                self._lines |= lines
        return in_order(lines[c][1] for c in cases)

    def summaries(
        self, cases: Collection[str] | None = None, progress: Callable[[int, int], None] | None = None
    ) -> list[Summary]:
        """The cases (None: every one) as an overview needs them, in the order asked for, else by number.

        Read from the projection; ``progress`` counts the cases that have to be worked out first.
        """
        from guide import projecting

        return projecting.summaries(self, cases, progress)

    def with_words(self, words: Collection[str]) -> list[Summary]:
        """The cases that have every word somewhere, by number; more may be among them than a list will show."""
        from guide import projecting

        return projecting.with_words(self, words)

    def most_urgent(self, most: int) -> tuple[list[CaseLine], int]:
        """The first ``most`` of everybody's cases, the most urgent first; and how many there are."""
        if len(self.store.case_ids()) <= most:
            lines = self.overview(mine=False)
            return lines, len(lines)
        from guide import projecting

        found, many = projecting.most_urgent(self, most)
        today = calendar.local_day(self.now())
        return in_order(line_of(one, today) for one in found), many

    def take_over(self, found: FirstList) -> None:
        """Keep what was worked out before the database was open, as far as nobody has written since."""
        with self._lock:
            self._version = found.version
            self._lines = {case: (found.now, line) for case, line in found.lines.items()}

    def ready(self, case: str, run: str | None = None, hurry: bool = False) -> Report | None:
        """What is missing before the decision ``run`` is or serves, else the one under way; None without one.

        ``hurry`` puts the provisional route first, for a child that cannot wait.
        """
        return readiness_text.report(self.progress(case), self.handbooks, run, hurry)

    def vocabulary(self) -> Vocabulary:
        """Procedures, steps, fields and choices of every edition, as the import of an event log checks them."""
        return editions.vocabulary(self.handbooks)

    def _catch_up(self) -> int:
        """Forget what others (or this window) have written since; returns the store's version."""
        version = self.store.version()
        if version == self._version:
            return version
        changed = self.store.changed_since(self._version) if self._version >= 0 else set(self._rows) | set(self._lines)
        for case in changed:
            self._rows.pop(case, None)
            self._forget(case)
        self._version = version
        return version

    def _forget(self, case: str) -> None:
        self._judged.pop(case, None)
        self._lines.pop(case, None)

    def _events(self, case: str) -> list[Event]:
        if case not in self._rows:
            while len(self._rows) >= _KEPT:
                oldest = next(iter(self._rows))
                del self._rows[oldest]
                self._judged.pop(oldest, None)
            self._rows[case] = self.store.events(case)
        return self._rows[case]

    def _assess(self, case: str, events: Sequence[Event]) -> Progress:
        now = self.now()
        return assess(fold(case, events, now), self.handbooks, now)

    def _line_stands(self, case: str, now: datetime) -> bool:
        """A line holds for the minute it was made in, and for ever while the clock stands still."""
        kept = self._lines.get(case)
        return kept is not None and _same_minute(kept[0], now)

    # -- writing ------------------------------------------------------------------------------------------------

    def answer(self, case: str, prompt: Prompt | None, text: str) -> Reply:
        """The reply to ``text`` at ``prompt``, its rows saved. When this returns they are on the disk."""
        reply = conversation.reply(self.progress(case), prompt, text, self.me, self.now(), self.handbooks)
        reply = undoing.given_back(reply, self._events(case), text)
        if reply.drafts and not reply.problem:
            self.save(reply.drafts)
        return reply

    def save(self, drafts: Sequence[Draft]) -> list[Event]:
        """Write ``drafts``, all or none; they may be of several cases. Returns the rows as stored."""
        entered = self.entered()
        found: list[Event] = []
        with self._lock:
            version = self._catch_up()
            for case in dict.fromkeys(d.case for d in drafts):
                own = [d for d in drafts if d.case == case]
                found += rows(own, self._events(case), self.me, entered)
            stored = self.store.append(found)
            if stored and self.store.version() == version + len(stored):  # nobody else has written: no need to read
                self._version = version + len(stored)
                for case in {event.case for event in stored}:
                    if case in self._rows:
                        self._rows[case] = [*self._rows[case], *(event for event in stored if event.case == case)]
                    self._forget(case)
        return stored

    def new_case(
        self,
        ref: str,
        born: str = "",
        team: str = "",
        caseworker: str = "",
        known_from: date | None = None,
        holders: Sequence[str] = (),
        siblings: Sequence[str] = (),
    ) -> None:
        """Open a case under its own number. ``born`` is ``2009-11`` or ``2009-11-05``; holders and siblings by label.

        ``known_from`` is the first local day the records cover (today when left out); nothing due before it is
        reported.
        """
        if not ref.strip():
            raise StoreError("Skriv sagens eget nummer, fx S-2019-014.")
        began = known_from or calendar.local_day(self.now())
        self.save(intake.case_drafts(ref.strip(), born, team, caseworker or self.me, began, holders, siblings))

    def open_run(
        self, case: str, procedure: str, serves: str = "", opened_by: str = "", day: date | None = None
    ) -> Opened:
        """Open a run of ``procedure``, from ``day`` (today when left out).

        A procedure that belongs to a decision serves the one under way when the caller names none.
        """
        scene = self._scene(case)
        page = intake.page_of(scene, procedure)
        row = opening.run_row(scene, page, day or scene.view.today, serves or intake.served(scene, page), opened_by)
        stored = self.save([row])
        return Opened({case: stored[0].run}, (f"{page.title} er åbnet.", *intake.how_many(scene, procedure)))

    def open_notification(
        self, cases: Collection[str], day: date, at: datetime | None = None, value: Mapping[str, Any] | None = None
    ) -> Opened:
        """Open one notification on several children in one go: a run of its own in each case, all or none.

        ``day`` and ``at`` are when it reached the municipality; ``value`` holds other fields of that first step.
        """
        drafts: list[Draft] = []
        told: list[str] = []
        for case in dict.fromkeys(cases):
            scene = self._scene(case)
            drafts += intake.notification_drafts(scene, day, at, value)
            told += [f"{case}: {text}" for text in intake.how_many(scene, intake.NOTIFICATION)]
        stored = self.save(drafts)
        runs = {e.case: e.run for e in stored if e.kind == "run"}
        if len(runs) > 1:
            told.insert(0, f"Underretningen er lagt på {len(runs)} børn. Hvert barn får sin egen vurdering.")
        return Opened(runs, tuple(told))

    def quick_save(
        self, case: str, procedure: str, run: str | None, entries: Sequence[QuickEntry], serves: str = ""
    ) -> str:
        """Record many steps of one procedure in one go, all or none. Returns the run, opened when ``run`` is None."""
        if not entries:
            return run or ""
        drafts = intake.quick_drafts(self._scene(case), procedure, run, entries, serves)
        return self.save(drafts)[-1].run

    def undo(self, case: str, record: str) -> None:
        """Take a record back; both rows stay in the log. Raises StoreError when it is not there any more."""
        scene = self._scene(case)
        for run in scene.case.runs.values():
            found = scene.record(run, record)
            if found is not None:
                self.save([command_replies.withdrawal(scene, found, run.procedure)])
                return
        raise StoreError("Svaret findes ikke længere; måske er det rettet i et andet vindue. Hent sagen igen.")

    def note(self, case: str, text: str, run: str | None = None) -> None:
        """Keep a free note in the case, or in one of its runs."""
        reply = command_replies.note(self._scene(case), text, Focus(run, "", ""), None, self.now())
        if reply.problem:
            raise StoreError(reply.problem)
        self.save(reply.drafts)

    def _scene(self, case: str) -> Scene:
        return Scene(self.progress(case), self.handbooks)


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
