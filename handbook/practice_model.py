"""A fictional case to practise on, as its page says it: scenes, rows, points of choice, answer key. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Literal

from handbook.model import Fault, Law

Said = Literal["noteret", "mangler", "i orden", "har en mangel"]
"""What a condition asks of a step."""

Than = Literal["", "senest", "efter", "før", "ved"]
"""What the step is held against: a day (senest, efter), another step (før, efter, ved), or nothing."""

Way = Literal["facit", "omvej"]
"""Whether a point lies on the course of the answer key or on a way round."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A local day (Europe/Copenhagen) with an hour when the page gives one."""

    day: date
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A step, and the answer to it where one is named."""

    procedure: str
    step: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: something recorded. ``step`` is empty for a line that only opens the run.

    ``fields`` are the answers by field name, a lone answer under the empty name. ``serves`` is the run this run serves.
    """

    moment: Moment
    run: str
    serves: str
    step: str
    items: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    note: str
    line: int

    @property
    def procedure(self) -> str:
        """The page the run is of."""
        return self.run.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Condition:
    """A **Når** line: what must be recorded, or lack, for a point to be told."""

    place: Place
    said: Said
    item: str = ""
    than: Than = ""
    moment: Moment | None = None
    other: Place | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A point of choice that has been passed: what is said when all of ``conditions`` hold."""

    title: str
    way: Way
    conditions: tuple[Condition, ...]
    text: str
    audit_note: str = ""
    """What auditors found."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """A day of the story: what is told when the clock reaches it, and what has come into the case."""

    title: str
    moment: Moment
    text: str
    rows: tuple[Row, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """A way through the case: a text, and what is recorded on it."""

    text: str = ""
    rows: tuple[Row, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class PracticePage:
    """One practice case. ``scenes[0]`` is what is there from the start."""

    id: str
    title: str
    born: str
    holders: tuple[str, ...]
    siblings: tuple[str, ...]
    trains: tuple[str, ...]
    minutes: int
    intro: str
    scenes: tuple[Scene, ...]
    points: tuple[Point, ...]
    key: Course
    detour: Course
    path: Path = Path()

    @property
    def law(self) -> Law:
        """The law of the day the case starts."""
        return law_on(self.scenes[0].moment.day)


@dataclass(frozen=True, slots=True)
class PracticeRead:
    """What reading a page gave: the page when it can be used, and its faults."""

    page: PracticePage | None
    faults: tuple[Fault, ...] = ()


BARNETS_LOV = date(2024, 1, 1)
"""BL § 212: in force from this day."""


def law_on(day: date) -> Law:
    """The law that holds on a local day."""
    return "barnets_lov" if day >= BARNETS_LOV else "serviceloven"
