"""A case in an overview as values: its summary, and the deadlines, findings and undone duties that are its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from checklists.due import Due

NOTHING = (9, 0.0, 0)
"""The rank of a case in which nothing is open."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """An open step with a deadline, passed or not. ``item`` is an item's id or empty; ``law`` is SEL or BL.

    ``aim`` is the local day to work towards and ``late_after`` the last aware instant in time (see ``Due``);
    ``planned`` the local day it is agreed for. ``run`` is empty for a run that is only expected.
    """

    run: str
    procedure: str
    law: str
    step: str
    item: str
    name: str
    aim: date
    late_after: datetime
    basis: str
    clause: str
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding. ``holder_then`` held the case when the deadline passed or the fault arose; empty when unknown.

    ``cause`` is the reason recorded with a step done late (``own planning`` ...), empty when none is.
    """

    id: str
    run: str
    procedure: str
    law: str
    step: str
    item: str
    name: str
    kind: str
    code: str
    basis: str
    measures: tuple[str, ...]
    since: date | None
    text: str
    holder_then: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PastLine:
    """A duty that lay undone after its time: from ``since`` up to, not including, ``until``; None while it still does.

    Both are local days. A case that was closed leaves nothing more to work off from that day.
    """

    run: str
    procedure: str
    law: str
    step: str
    item: str
    name: str
    basis: str
    since: date
    until: date | None = None
    holder_then: str = ""
    """Who held the case when its time passed; empty when unknown."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One case in an overview. Days are local to Europe/Copenhagen.

    ``law`` is SEL or BL, that of the run opened last. ``next_name`` is the most urgent open step, ``next_item`` what
    it is for (a label, else an id); ``next_missing`` tells that it has no deadline but that what
    it had to come before has happened. ``rank`` sorts by the urgency of that step.
    """

    case: str
    born: str
    team: str
    holder: str
    law: str
    known_from: date | None
    closed: date | None
    dues: tuple[DueLine, ...]
    findings: tuple[FindingLine, ...]
    past: tuple[PastLine, ...]
    idle_since: date | None
    """The last local day on which something happened, a reviewer's look apart; None when nothing is recorded."""
    reviewed: tuple[date, ...]
    """The local days on which a reviewer recorded something in a sagsgennemgang, oldest first."""
    procedures: tuple[str, ...]
    """Procedures with something open."""
    begun: bool
    """Whether any run has been opened."""
    next_name: str
    next_item: str
    next_due: Due | None
    next_missing: bool
    rank: tuple[int, float, int] = NOTHING
    next_kind: str = ""
    """The kind, as stored, of what that step is for where it has no label; then ``next_item`` is empty."""
