"""What the overview's tables are made of: a row that opens, a table, and the few words they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from checklists.caseload import Fault
from checklists.wording import spell
from checklists.worklists import Point, Undone

NOBODY = "ingen"
"""What stands for the initials of a case that nobody holds."""

_BARS = "·▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Place:
    """A case, and the step in it to begin at (``procedure`` empty: where the case was left)."""

    case: str
    run: str = ""
    procedure: str = ""
    step: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. It leads on to a case, or to a table of its own; or to neither.

    ``key`` finds the same row again in a table made anew.
    """

    cells: tuple[str, ...]
    place: Place | None = None
    inside: Callable[[], Section] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with what to say above it.

    ``flexible`` is the column that takes what width is left, ``wide`` those that a narrow screen leaves out.
    """

    title: str
    told: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    empty: str
    flexible: int = -1
    wide: frozenset[int] = frozenset()
    more: int = 0
    """How many further lines there are, where a screen could not show them anyway."""


def taken_over(found: Fault | Undone) -> str:
    """What is said where somebody else held the case when the deadline passed."""
    return f"før {found.case.holder} overtog" if found.before_holder and found.case.holder else ""


def spark(points: Sequence[Point]) -> str:
    """A curve in as many characters as there are points; the highest point fills its character."""
    top = max((p.open for p in points), default=0)
    return "".join(_BARS[-(-p.open * 8 // top) if top else 0] for p in points)


def curve_words(points: Sequence[Point], told: str = "Åbne ved hver måneds slutning og i dag") -> str:
    """A curve with its numbers: ``Åbne ved hver måneds slutning og i dag: ▂▅█  2 5 8``."""
    numbers = " ".join(str(p.open) for p in points)
    return f"{told}: {spark(points)}  {numbers}"


def counted(n: int, one: str, many: str) -> str:
    """``1 sag``, ``2 sager``."""
    return f"{n} {one if n == 1 else many}"


def number(n: int) -> str:
    """A number as it stands in a table: nothing for none, so that the eye finds what is there."""
    return str(n) if n else "·"


def day_or_none(day: date | None) -> str:
    """``9. okt. 2019``, or nothing."""
    return spell(day) if day else ""
