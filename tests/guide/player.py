"""A caseworker at the keyboard without a screen or a database: answers in, rows kept in a list, the case folded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from checklists.calendar import TZ
from checklists.facts import fold
from checklists.progress import assess
from checklists.states import Progress
from guide import conversation
from guide.intake import case_drafts
from guide.recording import rows
from guide.turns import Draft, Focus, Message, Prompt, Reply, Turn
from handbook.load import bundled
from handbook.model import Handbook, Law
from store.checks import faults_of
from store.events import Event

CASE = "S-1"
NOW = datetime(2020, 2, 7, 16, 0, tzinfo=TZ)
"""A Friday afternoon."""


class Player:
    """Plays one case. ``ask`` is the prompt now; ``answer`` gives a text or an option id and goes on."""

    def __init__(self, handbooks: Mapping[Law, Handbook] | None = None, now: datetime = NOW, me: str = "LH") -> None:
        self.handbooks = handbooks or {"serviceloven": bundled("serviceloven")}
        self.now = now
        self.me = me
        self.events: list[Event] = []
        self.focus: Focus | None = None
        self.last = Reply()
        self._entered = datetime(2026, 1, 1, tzinfo=UTC)
        holders = ("forælder A",)
        self.save(*case_drafts(CASE, "2010-11", "raadgivning", me, now.date() - timedelta(days=400), holders, ()))

    def save(self, *drafts: Draft) -> None:
        self._entered += timedelta(seconds=1)
        new = [replace(e, id="x") for e in rows(drafts, self.events, self.me, self._entered)]
        assert [fault for e in new for fault in faults_of(e)] == [], "the store would refuse it"
        self.events += [
            replace(e, id=f"r{len(self.events) + n:04}", at=e.at and e.at.astimezone(UTC)) for n, e in enumerate(new)
        ]

    def open(self, procedure: str, run: str = "", **value: str) -> str:
        run = run or f"{procedure}-1"
        self.save(
            Draft("run", CASE, run, procedure, day=self.now.date(), value=value or None, version="serviceloven@1")
        )
        self.focus = Focus(run, procedure, "")
        return run

    @property
    def progress(self) -> Progress:
        return assess(fold(CASE, self.events, self.now), self.handbooks, self.now)

    @property
    def turn(self) -> Turn:
        return conversation.turn(self.progress, self.focus, self.handbooks)

    @property
    def ask(self) -> Prompt:
        prompt = self.turn.prompt
        assert prompt is not None
        return prompt

    @property
    def question(self) -> str:
        return self.ask.question

    @property
    def options(self) -> list[str]:
        return [o.id for o in self.ask.options]

    @property
    def said(self) -> str:
        return "\n".join(m.text for m in (*self.turn.messages, *self.last.said))

    def answer(self, *texts: str) -> Reply:
        for text in texts:
            self.last = conversation.reply(self.progress, self.turn.prompt, text, self.me, self.now, self.handbooks)
            if not self.last.problem:
                if self.last.drafts:
                    self.save(*self.last.drafts)
                self.focus = self.last.focus
        return self.last

    def forget(self) -> None:
        """The program stops and starts: only the records are left."""
        self.focus = None

    def go(self, step: str, run: str, item: str = "") -> None:
        self.focus = Focus(run, run.rpartition("-")[0], step, item)

    def value(self, step: str) -> object:
        """The value of the step's live record entered last."""
        found = [r for run in self.progress.case.runs.values() for r in run.records.get(step, ())]
        return dict(max(found, key=lambda r: (r.recorded, r.id)).value)

    def warnings(self) -> list[Message]:
        return [m for m in self.turn.messages if m.tone == "warn"]
