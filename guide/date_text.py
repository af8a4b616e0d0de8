"""Days and times as Danes write them: ``fre. 7. feb. kl. 15.40``, ``om 2 dage``. Read back by ``guide.dates``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from checklists.calendar import TZ, local_day

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_SHORT_WEEKDAYS = ("man.", "tirs.", "ons.", "tors.", "fre.", "lør.", "søn.")
_SHORT_MONTHS = ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")


def format_day(day: date, now: date | datetime | None = None) -> str:
    """``ons. 9. okt. 2019``; without the year when ``day`` is in the year of ``now``.

    ``day`` may be an aware instant: then its day in Copenhagen. ``now`` is an aware instant or a local day; without it
    the year is always written.
    """
    local = _day_of(day)
    words = f"{_SHORT_WEEKDAYS[local.weekday()]} {local.day}. {_SHORT_MONTHS[local.month - 1]}"
    if now is not None and _day_of(now).year == local.year:
        return words
    return f"{words} {local.year}"


def format_clock(at: datetime) -> str:
    """``kl. 15.40``, the time in Copenhagen of the aware instant ``at``.

    In the hour that the clock shows twice in autumn it says which: ``kl. 2.30 sommertid`` comes before
    ``kl. 2.30 vintertid``.
    """
    local = at.astimezone(TZ)
    text = f"kl. {local.hour}.{local.minute:02}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return text
    return f"{text} {'sommertid' if local.dst() else 'vintertid'}"


def format_moment(when: date | datetime, now: date | datetime | None = None) -> str:
    """``fre. 7. feb. kl. 15.40`` for an aware instant, as ``format_day`` for a day whose hour is not known."""
    if isinstance(when, datetime):
        return f"{format_day(when, now)} {format_clock(when)}"
    return format_day(when, now)


def typed_moment(day: date, at: datetime | None) -> str:
    """A moment as it could be typed: ``3/10-2019 kl. 14.05``. Reads back as itself."""
    text = f"{day.day}/{day.month}-{day.year}"
    return f"{text} {format_clock(at.astimezone(TZ))}" if at else text


def format_relative(when: date | datetime, now: datetime) -> str:
    """How far off a deadline is at the aware instant ``now``: ``i dag``, ``i morgen``, ``om 2 dage``, ``3 dage over``.

    An aware instant less than a day away is told in whole hours, or minutes within the hour: ``om 5 timer``,
    ``20 minutter over``. Hours and minutes still left are rounded down, so that nobody is promised more time.
    """
    if isinstance(when, datetime) and abs(_left(when, now)) < timedelta(days=1):
        return _hours_off(_left(when, now))
    days = (_day_of(when) - local_day(now)).days
    if days in (0, 1):
        return ("i dag", "i morgen")[days]
    return f"om {days} dage" if days > 0 else f"{_count(-days, 'dag', 'dage')} over"


def _left(when: datetime, now: datetime) -> timedelta:
    # In UTC: between two times of one zone Python subtracts the hands of the clock.
    return when.astimezone(UTC) - now.astimezone(UTC)


def _hours_off(left: timedelta) -> str:
    hours, minutes = divmod(abs(left) // timedelta(minutes=1), 60)
    if not hours and not minutes:
        return "nu"
    amount = _count(hours, "time", "timer") if hours else _count(minutes, "minut", "minutter")
    return f"om {amount}" if left > timedelta(0) else f"{amount} over"


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _day_of(when: date | datetime) -> date:
    return local_day(when) if isinstance(when, datetime) else when
