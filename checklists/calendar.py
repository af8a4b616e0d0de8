"""The only place that counts time: hours, hverdage, days, weeks, months and birthdays, in Europe/Copenhagen.

The social services statutes have no rule for counting, so these choices are ours, cautious both ways: work towards the
earliest reading, call a step late only after the latest.

- The anchor's day is day 0, and a deadline's own day is in time.
- Hours are elapsed hours, also at night, in weekends and across a clock change.
- Months end on the same day of the month, or on the month's last day when it has no such day.
- No deadline moves because its last day is a Saturday, Sunday or holiday: that courtesy is for citizens.
- The statutes do not say whether Saturday is a hverdag: aim as if it is, be late only as if it is not.

Dates outside ``date.min``-``date.max`` stop at the end they passed, so that a mistyped year harms only its own row.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from checklists.due import Due
from handbook.model import Unit

TZ = ZoneInfo("Europe/Copenhagen")
"""The zone in which a day begins and ends."""

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)
_LAST_YEAR_OF_STORE_BEDEDAG = 2023
_EASTER_DAYS = (-3, -2, 0, 1, 39, 49, 50)
"""Days after påskedag: skærtorsdag, langfredag, påskedag, 2. påskedag, Kristi himmelfart, pinsedag, 2. pinsedag."""
_STORE_BEDEDAG = 26
_FIXED_DAYS = ((1, 1), (12, 25), (12, 26))


@lru_cache(maxsize=512)
def holidays(year: int) -> frozenset[date]:
    """The Danish public holidays (helligdage) of ``year``, those on a Sunday included.

    Store bededag is one up to and including 2023. 5 June, 24 and 31 December are none: shops close, the law counts on.
    """
    sunday = easter(year)
    after_easter = [*_EASTER_DAYS]
    if year <= _LAST_YEAR_OF_STORE_BEDEDAG:
        after_easter.append(_STORE_BEDEDAG)
    moving = {sunday + timedelta(days=n) for n in after_easter}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED_DAYS})


def is_hverdag(day: date, saturday: bool) -> bool:
    """Whether ``day`` is a hverdag. Sundays and holidays never are; Saturdays are when ``saturday`` says so."""
    weekday = day.weekday()
    if weekday == _SUNDAY or (weekday == _SATURDAY and not saturday):
        return False
    return day not in holidays(day.year)


def add_hverdage(day: date, n: int, saturday: bool) -> date:
    """The ``n``-th hverdag after ``day`` (before it when ``n`` is negative); ``day`` itself is day 0 in any case."""
    step = _ONE_DAY if n >= 0 else -_ONE_DAY
    end = date.max if n >= 0 else date.min
    left = abs(n)
    while left and day != end:
        day += step
        left -= is_hverdag(day, saturday)
    return day


def add(day: date, amount: int, unit: Unit) -> date:
    """``day`` moved by ``amount`` (negative: back) whole days, weeks or months.

    Months are always counted from ``day`` itself, so 31 January and two months is 31 March, not 28.
    Raises ValueError for hours and hverdage, which need more than a day to be counted: see ``due``.
    """
    if unit == "måneder":
        return _add_months(day, amount)
    if unit not in ("dage", "uger"):
        raise ValueError(f"add() counts days, weeks and months, not {unit!r}")
    try:
        return day + timedelta(days=amount if unit == "dage" else 7 * amount)
    except OverflowError:
        return date.max if amount > 0 else date.min


def _add_months(day: date, months: int) -> date:
    # Plain arithmetic: relativedelta says the same ten times slower, and this runs for every step of every case.
    years, month0 = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


@lru_cache(maxsize=16384)
def start_of_day(day: date) -> datetime:
    """00:00 of the local ``day``, aware, Europe/Copenhagen."""
    return datetime.combine(day, time.min, TZ)


@lru_cache(maxsize=16384)
def end_of_day(day: date) -> datetime:
    """The last microsecond of the local ``day``, aware, Europe/Copenhagen."""
    return datetime.combine(day, time.max, TZ)


def local_day(at: datetime) -> date:
    """The day it is in Copenhagen at the aware instant ``at``. Raises ValueError when ``at`` is naive."""
    return _local(at).date()


def has_passed(limit: datetime, now: datetime) -> bool:
    """Whether the aware instant ``now`` is after ``limit``: the way to ask if a ``Due.late_after`` is over.

    Python compares two times of one zone by the hands of the clock, so between 02:00 and 03:00 on the night the clock
    goes back a plain ``now > limit`` can be an hour wrong. Here both are compared as instants.
    """
    return _utc(now) > _utc(limit)


def elapsed(start: datetime, hours: int) -> datetime:
    """The instant ``hours`` elapsed hours after the aware ``start``, in Europe/Copenhagen.

    Counted in UTC: on the day the clock goes forward, 24 hours after 15:40 is 16:40.
    """
    try:
        return (_utc(start) + timedelta(hours=hours)).astimezone(TZ)
    except OverflowError:
        return start_of_day(date.min) if start.year == date.min.year else end_of_day(date.max)


def due(
    amount: int,
    unit: Unit,
    day: date,
    at: datetime | None,
    last_day: date | None = None,
    text: str = "",
) -> Due:
    """When something falls due ``amount`` ``unit`` after its anchor (before it when ``amount`` is negative).

    ``day`` is the anchor's local day and ``at`` its aware instant when the hour is known (used only for hours).
    ``last_day`` is the anchor's last possible day when it is known only roughly, as a birthday of which only the month
    is recorded: the aim is counted from ``day``, lateness from ``last_day``. ``text`` is the page's own line.

    Returns a local day as aim, or for hours an instant; ``late_after`` is always an aware instant in Copenhagen, the
    last one in time. ``hverdage``: the aim counts Saturday, ``late_after`` does not (the other way round before an
    anchor, so that the aim is never the later). Hours from a day without an hour: aim at the count from 00:00, late
    only after the end of the last day it can reach. Raises ValueError when ``at`` is naive.
    """
    if unit == "timer" and at is not None:
        limit = elapsed(at, amount)
        return Due(limit, limit, text)
    return _due_from_day(amount, unit, day, last_day or day, text)


# ``at`` stays out of the cache: two instants an hour apart are equal as keys on the night the clock goes back.
@lru_cache(maxsize=16384)
def _due_from_day(amount: int, unit: Unit, first: date, last: date, text: str) -> Due:
    if unit == "timer":
        whole_days = -(-amount // 24)
        return Due(elapsed(start_of_day(first), amount), end_of_day(add(last, whole_days, "dage")), text)
    if unit == "hverdage":
        forward = amount >= 0
        aim = add_hverdage(first, amount, saturday=forward)
        return Due(aim, end_of_day(add_hverdage(last, amount, saturday=not forward)), text)
    return Due(add(first, amount, unit), end_of_day(add(last, amount, unit)), text)


@lru_cache(maxsize=4096)
def birthday(born: str, months: int) -> tuple[date, date] | None:
    """The first and the last day on which a child ``born`` then can reach the age of ``months`` months.

    ``born`` is ``2002-02-21`` (both days are the same) or ``2009-11`` (the first and last day of the month). None when
    it is empty or no date. A child born on 29 February has its birthday on 28 February in other years: the earlier
    day, because what hangs on it are duties to be ready in time.
    """
    parts = born.split("-")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, *rest = map(int, parts)
    try:
        first = _add_months(date(year, month, rest[0] if rest else 1), months)
    except (ValueError, OverflowError):
        return None
    return (first, first) if rest else (first, first.replace(day=monthrange(first.year, first.month)[1]))


def age_reached(born: str, years: int, on: date) -> bool:
    """Whether a child ``born`` then (see ``birthday``) has certainly turned ``years`` on the local day ``on``.

    Of a birth month alone the age counts as reached on the month's last day. False when the birth is not recorded.
    """
    days = birthday(born, 12 * years)
    return days is not None and on >= days[1]


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be counted from: {at.isoformat()}")
    return at.astimezone(UTC)


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone has no local day: {at.isoformat()}")
    return at if at.tzinfo is TZ else at.astimezone(TZ)
