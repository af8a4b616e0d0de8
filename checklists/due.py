"""A deadline worked out: what to aim at, and when it is late. A value that calendar, engine and screens share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handbook.model import Basis


@dataclass(frozen=True, slots=True)
class Due:
    """When a step falls due.

    ``aim`` is what to work towards: a local day, or an aware instant when the deadline is counted in hours.
    ``late_after`` is the last moment that is still in time, as an aware instant in Europe/Copenhagen: for a deadline
    in days the last microsecond of its own day.
    """

    aim: date | datetime
    late_after: datetime
    text: str = ""
    """The **Frist:** line it was counted from."""
    basis: Basis | None = None
    """What the day rests on when that is not the step's own clause (``faglig:`` before the line); else None."""
    local: bool = False
    """Whether it is the municipality's own target (**Mål:**) and no deadline of the law."""

    @property
    def day(self) -> date:
        """The local day of the aim."""
        return self.aim.date() if isinstance(self.aim, datetime) else self.aim
