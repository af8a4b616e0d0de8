"""The two ways the log writes time: a local day with or without its hour, and an instant. Imports no database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Europe/Copenhagen")

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Outside these years a date is a slip of the finger; before 1894 the zone's offset is not whole minutes."""

_SHAPE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


class MomentFault(ValueError):
    """A time that cannot be read; the message is Danish and does not repeat the text."""


@lru_cache(maxsize=20_000)
def parse_time(text: str) -> tuple[date, datetime | None]:
    """A ``time`` cell -> (local day, UTC instant or None when no hour is given).

    Without an offset the hour is Copenhagen's. Raises MomentFault for anything else, for an hour that the clock
    skipped in spring, and for one that it struck twice in autumn without an offset to tell which.
    """
    found = _SHAPE.fullmatch(text)
    if not found:
        raise MomentFault("skal skrives som 2019-10-09 eller 2019-10-09T14:00")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise MomentFault(f"har et årstal uden for {FIRST_YEAR}-{LAST_YEAR}")
    try:
        if hour is None:
            return date(int(year), int(month), int(day)), None
        microsecond = int((fraction or "0").ljust(6, "0"))
        clock = (int(hour), int(minute), int(second or 0), microsecond)
        wall = datetime(int(year), int(month), int(day), *clock, tzinfo=_zone(offset) if offset else TZ)
        at = wall.astimezone(UTC) if offset else _from_copenhagen(wall)
    except MomentFault:
        raise
    except ValueError:
        raise MomentFault("er ikke en dato og et klokkeslæt, der findes") from None
    return at.astimezone(TZ).date(), at


def parse_instant(text: str) -> datetime:
    """A ``recorded`` cell -> the UTC instant. Raises MomentFault as ``parse_time``, and when the hour is missing."""
    at = parse_time(text)[1]
    if at is None:
        raise MomentFault("skal have et klokkeslæt, fx 2019-10-09T14:00+02:00")
    return at


def format_time(day: date | None, at: datetime | None) -> str:
    """The ``time`` cell: the day, or the instant with Copenhagen's offset when the hour is known; "" for neither."""
    if at is not None:
        return format_instant(at)
    return day.isoformat() if day else ""


@lru_cache(maxsize=20_000)
def format_instant(at: datetime) -> str:
    """An aware instant as Copenhagen wrote it: ``2019-10-09T14:00+02:00``, seconds only when there are any."""
    local = at.astimezone(TZ)
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def local_day(at: datetime) -> date:
    """The day in Copenhagen of an aware instant."""
    return at.astimezone(TZ).date()


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 23 or minutes > 59:
        raise MomentFault("har en tidszone, der ikke findes")
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if offset[0] == "-" else size)


def _from_copenhagen(wall: datetime) -> datetime:
    at = wall.astimezone(UTC)
    if at.astimezone(TZ).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise MomentFault("er en time, uret springer over, når det stilles frem til sommertid")
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        raise MomentFault("er en time, uret går igennem to gange; skriv +02:00 (den første) eller +01:00 (den anden)")
    return at
