"""How long an answer stands: between which moments the same records give the same answer, found while it is worked out.

A rule asks about the day or the minute by comparing it with something: a deadline, a birthday, New Year 2024. Here the
day and the minute are handed to the rules as values that note every such comparison (``WatchedDay``,
``WatchedInstant``). Until the first of the moments they were compared with, every comparison has the same outcome, and
so has the answer. A rule that uses the value in any other way (counts days from it, writes it, keeps it under a key)
makes the answer stand for that one day or instant only. So the horizon errs on the early side, and a new rule needs no
second place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Self

from checklists.calendar import TZ, local_day, start_of_day
from checklists.facts import Event, happens

FOREVER = 2**62
"""Later than every moment, in days and in microseconds; ``-FOREVER`` is earlier."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_FIRST, _LAST = date(1800, 1, 1).toordinal(), date(2300, 1, 1).toordinal()
"""Days outside these years are never today: the store takes none beyond 1900-2199."""


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low`` up to, not including, ``high``: ordinals of local days, or microseconds since 1970 in UTC."""

    low: int = -FOREVER
    high: int = FOREVER

    def __contains__(self, value: int) -> bool:
        return self.low <= value < self.high

    def both(self, other: Span) -> Span:
        """Where both stand."""
        return Span(max(self.low, other.low), min(self.high, other.high))


class Watch:
    """What one moving value has been compared with so far: ``span`` is where every comparison has the same outcome."""

    __slots__ = ("high", "low", "value")

    def __init__(self, value: int) -> None:
        self.value = value
        self.low = -FOREVER
        self.high = FOREVER

    def turns_at(self, boundary: int) -> None:
        """Some answer is another from ``boundary`` on than before it."""
        if boundary <= self.value:
            self.low = max(self.low, boundary)
        else:
            self.high = min(self.high, boundary)

    def only_this(self) -> None:
        """The answer rests on the value itself."""
        self.low, self.high = self.value, self.value + 1

    def span(self) -> Span:
        """Where the answer stands."""
        return Span(self.low, self.high)


def micros(at: datetime) -> int:
    """An aware instant in microseconds since 1970."""
    return (at.astimezone(UTC) - _EPOCH) // _TICK


def instant(value: int) -> datetime:
    """The instant of so many microseconds since 1970, in UTC."""
    return _EPOCH + _TICK * value


def in_micros(days: Span) -> Span:
    """A span of local days as one of instants: from the beginning of its first day to the beginning of its last."""
    return Span(*(_begins(day) for day in (days.low, days.high)))


def _begins(day: int) -> int:
    if not _FIRST <= day <= _LAST:
        return -FOREVER if day < _FIRST else FOREVER
    return micros(start_of_day(date.fromordinal(day)))


class WatchedDay(date):
    """A local day that tells its ``watch`` what it is asked. Where two watched days meet, both are told."""

    watch: Watch

    @classmethod
    def of(cls, day: date, watch: Watch | None = None) -> Self:
        """``day``, watched; without a ``watch`` it gets one of its own."""
        made = cls(day.year, day.month, day.day)
        made.watch = watch or Watch(day.toordinal())
        return made

    def plain(self) -> date:
        """The same day, unwatched; nothing is noted."""
        return date.fromordinal(self.watch.value)

    def _meet(self, other: object, after: int = 0) -> None:
        """Note a comparison that turns at ``other``'s day, or so many days ``after`` it."""
        if isinstance(other, WatchedDay):
            _apart(self.watch, other.watch)
        elif isinstance(other, date):
            self.watch.turns_at(other.toordinal() + after)

    def __lt__(self, other: date, /) -> bool:
        self._meet(other)
        return date.__lt__(self, other)

    def __ge__(self, other: date, /) -> bool:
        self._meet(other)
        return date.__ge__(self, other)

    def __le__(self, other: date, /) -> bool:
        self._meet(other, 1)
        return date.__le__(self, other)

    def __gt__(self, other: date, /) -> bool:
        self._meet(other, 1)
        return date.__gt__(self, other)

    def __eq__(self, other: object, /) -> bool:
        self._meet(other)
        self._meet(other, 1)
        return date.__eq__(self, other)

    def __ne__(self, other: object, /) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.watch.only_this()
        return date.__hash__(self)


class WatchedInstant(datetime):
    """An aware instant that tells its ``watch`` (microseconds) what it is asked; its local day tells ``days``."""

    watch: Watch
    days: Watch

    @classmethod
    def of(cls, at: datetime) -> Self:
        """``at``, watched, in UTC."""
        return cls._made(at.astimezone(UTC), Watch(micros(at)), Watch(local_day(at).toordinal()))

    @classmethod
    def _made(cls, at: datetime, watch: Watch, days: Watch) -> Self:
        clock = (at.hour, at.minute, at.second, at.microsecond)
        made = cls(at.year, at.month, at.day, *clock, tzinfo=at.tzinfo, fold=at.fold)
        made.watch = watch
        made.days = days
        return made

    def plain(self) -> datetime:
        """The same instant, unwatched; nothing is noted."""
        return instant(self.watch.value).astimezone(self.tzinfo)

    def span(self) -> Span:
        """The instants, in microseconds, for which everything asked so far has the same answer."""
        return self.watch.span().both(in_micros(self.days.span()))

    def _meet(self, other: object, after: int = 0) -> None:
        if isinstance(other, WatchedInstant):
            _apart(self.watch, other.watch)
        elif isinstance(other, datetime) and other.tzinfo is not None:
            self.watch.turns_at(micros(other) + after)

    def __lt__(self, other: datetime, /) -> bool:  # type: ignore[override]  # a datetime is a date to the type alone
        self._meet(other)
        return datetime.__lt__(self, other)

    def __ge__(self, other: datetime, /) -> bool:  # type: ignore[override]
        self._meet(other)
        return datetime.__ge__(self, other)

    def __le__(self, other: datetime, /) -> bool:  # type: ignore[override]
        self._meet(other, 1)
        return datetime.__le__(self, other)

    def __gt__(self, other: datetime, /) -> bool:  # type: ignore[override]
        self._meet(other, 1)
        return datetime.__gt__(self, other)

    def __eq__(self, other: object, /) -> bool:
        self._meet(other)
        self._meet(other, 1)
        return datetime.__eq__(self, other)

    def __ne__(self, other: object, /) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.watch.only_this()
        return datetime.__hash__(self)

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """The same instant on another clock, watched as before."""
        zone = TZ if tz is TZ else UTC
        if tz is not zone:
            self.watch.only_this()
        return self if self.tzinfo is zone else self._made(self.plain().astimezone(zone), self.watch, self.days)

    def date(self) -> date:
        """The day: in Copenhagen watched, elsewhere for this instant only."""
        if self.tzinfo is TZ:
            return WatchedDay.of(date.fromordinal(self.days.value), self.days)
        self.watch.only_this()
        return self.plain().date()


def _apart(one: Watch, other: Watch) -> None:
    """Two moving values met: the later one stays no earlier than where it is, the earlier one before that."""
    if one is other:
        return
    if one.value == other.value:
        one.only_this()
        other.only_this()
        return
    later = max(one.value, other.value)
    one.turns_at(later)
    other.turns_at(later)


def _resting_on(name: str) -> Callable[..., Any]:
    """The method ``name`` of the plain value; what it gives rests on the value itself."""

    def method(self: WatchedDay | WatchedInstant, *given: Any, **named: Any) -> Any:
        self.watch.only_this()
        return getattr(self.plain(), name)(*given, **named)

    return method


def _part(name: str) -> property:
    def part(self: WatchedDay | WatchedInstant) -> Any:
        self.watch.only_this()
        return getattr(self.plain(), name)

    return property(part)


_ANY_USE = (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__format__", "__str__", "__repr__", "__reduce_ex__", "ctime"),
    *("isocalendar", "isoformat", "isoweekday", "replace", "strftime", "timetuple", "toordinal", "weekday"),
)
_ANY_USE_OF_THE_HOUR = ("dst", "time", "timestamp", "timetz", "tzname", "utcoffset", "utctimetuple")

for _name in _ANY_USE:
    setattr(WatchedDay, _name, _resting_on(_name))
for _name in (*_ANY_USE, *_ANY_USE_OF_THE_HOUR):
    setattr(WatchedInstant, _name, _resting_on(_name))
for _name in ("year", "month", "day"):
    setattr(WatchedDay, _name, _part(_name))
for _name in ("year", "month", "day", "hour", "minute", "second", "microsecond", "fold"):
    setattr(WatchedInstant, _name, _part(_name))


def happening_span(events: Iterable[Event], at: datetime) -> Span:
    """The instants, in microseconds, around ``at`` for which ``fold`` takes in the same of ``events``."""
    watch = Watch(micros(at))
    for event in events:
        when = happens(event)
        if isinstance(when, datetime):
            watch.turns_at(micros(when))
        elif when is not None:
            watch.turns_at(_begins(when.toordinal()))
    return watch.span()
