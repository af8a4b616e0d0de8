"""``/spol``: what stands after it, read as the instant a practice clock is to go on to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from checklists.calendar import TZ
from guide.practice.clock import MORNING

_STEPS = {"time": 1 / 24, "timer": 1 / 24, "dag": 1, "dage": 1, "uge": 7, "uger": 7}
_BY = re.compile(r"(\d{1,3}) ?(time|timer|dag|dage|uge|uger)")
BACKWARDS = "Uret går kun frem. Vil du prøve igen, så begynd sagen forfra på siden Øv dig (Ctrl+P)."
ENDED = "Sagen er spillet til ende. Skriv /facit for at se, hvordan den kunne være gået."


class WindError(ValueError):
    """What stands after /spol cannot be followed. The message is plain Danish."""


def target(words: str, now: datetime, scenes: Sequence[datetime]) -> datetime | None:
    """Where the clock goes: the next scene for no words, else ``3 dage``, ``2 timer`` or a day as Danes write it.

    None says that there is no next scene: the case has been played to its end. Raises WindError for a day that has
    been, or that cannot be read.
    """
    words = words.strip().removeprefix("til ").strip()
    if not words:
        return next((scene for scene in scenes if scene > now), None)
    by = _BY.fullmatch(words.casefold())
    if by is not None:
        return now + timedelta(days=int(by[1]) * _STEPS[by[2]])
    from guide.dates import DateError, parse_moment

    try:
        day, at = parse_moment(words, now)
    except DateError as error:
        raise WindError(f"{error} Skriv fx /spol til 3/10, /spol 3 dage, eller bare /spol.") from error
    wanted = at.astimezone(TZ) if at else datetime.combine(day, MORNING, TZ)
    if at is None and wanted <= now and day > now.date():
        wanted = now
    if wanted <= now and _without_year(words):
        wanted = _next_year(wanted, now)
    if wanted <= now:
        raise WindError(BACKWARDS)
    return wanted


def _without_year(words: str) -> bool:
    """``3/10`` is meant to be the next third of October: a day of the past can never be wound to."""
    return re.fullmatch(r"\d{1,2}[/.] ?\d{1,2}\.?", words) is not None


def _next_year(wanted: datetime, now: datetime) -> datetime:
    """The coming day of that date; one that was less than a month ago is a slip of the pen and stays in the past."""
    for year in (now.year, now.year + 1):
        with suppress(ValueError):  # 29 February of a year that has none
            coming = wanted.replace(year=year)
            if coming > now or now - coming < timedelta(days=31):
                return coming
    return wanted
