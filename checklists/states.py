"""The words in which the checklist answers: states of a step, findings of a case. Values only, no rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from checklists.due import Due as Due
from checklists.facts import Case, Item, Record, Run
from handbook.model import Basis, Procedure, Step

State = Literal[
    "not relevant",
    "waiting",
    "open",
    "planned",
    "awaiting",
    "due soon",
    "overdue",
    "done",
    "done late",
    "done with deficiency",
    "left out",
]

SETTLED: frozenset[str] = frozenset({"not relevant", "done", "done late", "done with deficiency", "left out"})
"""States in which nothing more is asked of the caseworker for the step."""

NOT_ASSESSED = "ikke vurderet"
"""How the reason begins at an open step that the page has got since the run began."""

Kind = Literal["overdue", "missing", "order", "late", "deficient", "stale", "planned late", "judgement", "idle"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, told so that it helps.

    ``since`` is the first local day it was a fault. ``who`` is who can mend it: initials when the case has a holder,
    else a role. ``measures`` are the audit measures it belongs to; it may belong to none. ``inherited``: it arose
    before whoever holds the case now took it over, so that it is not theirs.
    """

    run: str | None
    procedure: str
    step: str
    items: tuple[str, ...]
    kind: Kind
    code: str
    measures: tuple[str, ...]
    basis: Basis
    law: str
    clause: str
    text: str
    mend: str
    who: str
    since: date | None
    inherited: bool = False

    @property
    def id(self) -> str:
        """Stable as long as the fault is the same: run (or procedure), step, items and code."""
        return ":".join((self.run or self.procedure, self.step, "+".join(self.items), self.code))


@dataclass(frozen=True, slots=True)
class StepState:
    """One step instance: a step of a run, for one item when the step stands once for each."""

    step: Step
    run: str | None
    item: Item | None
    state: State
    reason: str = ""
    due: Due | None = None
    record: Record | None = None
    """The record that decides the state (done, planned, attempted, awaiting or left out), if any."""
    history: tuple[Record, ...] = ()
    """Every live record of the instance, oldest first: attempts, plans and the rhythm's earlier rounds."""
    finding: Finding | None = None
    page: Procedure | None = None
    """The page the instance is judged by: its run's, or its counterpart under the law of the day it was done."""

    @property
    def settled(self) -> bool:
        """True when nothing more is asked for this step now."""
        return self.state in SETTLED

    @property
    def key(self) -> tuple[str | None, str, str]:
        """Run, step and item id: what the screens use to point at an instance."""
        return (self.run, self.step.id, self.item.id if self.item else "")


@dataclass(frozen=True, slots=True)
class RunState:
    """A procedure under way. ``run`` is None when it is expected (a talk for a decision) but has not been opened."""

    procedure: Procedure
    run: Run | None
    serves: str | None
    steps: tuple[StepState, ...]
    earlier: tuple[StepState, ...] = ()
    """What was answered to steps that the run's page had in an earlier version: kept, and judged no more."""

    @property
    def open_steps(self) -> tuple[StepState, ...]:
        """Instances that still ask something, in page order."""
        return tuple(s for s in self.steps if not s.settled and s.state != "waiting")


@dataclass(frozen=True)
class Progress:
    """Everything that follows from one case at one moment."""

    case: Case
    now: datetime
    runs: tuple[RunState, ...]
    findings: tuple[Finding, ...]
    extra: dict[str, str] = field(default_factory=dict)

    def find(self, run: str | None, step: str, item: str = "") -> StepState | None:
        """The instance with that key, or None."""
        key = (run, step, item)
        return next((s for r in self.runs for s in r.steps if s.key == key), None)

    @property
    def nearest(self) -> StepState | None:
        """The unsettled instance whose deadline comes first (overdue ones included), or None."""
        due = [s for r in self.runs for s in r.steps if s.due and not s.settled]
        return min(due, key=lambda s: s.due.late_after if s.due else self.now, default=None)
