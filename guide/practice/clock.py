"""The practice clock: stands still until it is moved on."""

from __future__ import annotations

from datetime import datetime, time

from checklists.calendar import TZ
from handbook.practice_model import Moment

MORNING = time(9, 0)
"""The hour of a day that names none."""


class PracticeClock:
    """Gives the aware instant of the practice case in hand, in Europe/Copenhagen."""

    def __init__(self) -> None:
        self.at = datetime.now(TZ)

    def __call__(self) -> datetime:
        return self.at


def instant(moment: Moment) -> datetime:
    """A moment of a page as an aware instant; a day without an hour begins at nine."""
    return datetime.combine(moment.day, moment.clock or MORNING, TZ)
