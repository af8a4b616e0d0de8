"""What one row of a spreadsheet says, before anybody knows what its case holds already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Key = tuple[str, str]
"""A rule's name, and the key of its run or item among those of the case; "" where the rule makes one a case."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something to say about a cell: its row as the spreadsheet counts, its column's heading or "", the Danish text."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Another run or item that a row points at: ``key`` when it is known which, else the case's only one.

    ``named`` is true when the row itself names it, so that it must be there.
    """

    rule: str
    key: str | None
    named: bool = False
    column: str = ""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A measure or person. ``start`` None: from the first day known about it."""

    key: Key
    type: str
    kind: str
    label: str
    start: date | None
    end: date | None
    run: Wanted | None
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class RunDraft:
    """A run. ``day`` None: from its first step."""

    key: Key
    procedure: str
    day: date | None
    end: date | None
    serves: Wanted | None
    opened_by: Wanted | None
    links: Mapping[str, Wanted]
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step that was done. ``place`` tells it from others of the step in the same run; ``value`` may hold Wanted."""

    run: Key
    procedure: str
    step: str
    place: tuple[str, ...]
    items: tuple[Wanted, ...]
    day: date
    at: datetime | None
    value: Mapping[str, Any]
    note: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class About:
    """One thing a row says about the case itself: ``name`` is born, team, known_from, or staff with its first day."""

    name: str
    value: str
    row: int
    column: str
    day: date | None = None


@dataclass(slots=True)
class RowDraft:
    """Everything one row says of its case."""

    row: int
    about: list[About] = field(default_factory=list)
    items: list[ItemDraft] = field(default_factory=list)
    runs: list[RunDraft] = field(default_factory=list)
    steps: list[StepDraft] = field(default_factory=list)
    faults: list[Said] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)
