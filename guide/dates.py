"""Reads days and times as Danes type them: ``i går``, ``3/10``, ``3. okt 2019 kl. 14``. The one door for dates.

Strict: what could mean two things is refused with a message that names both, rather than guessed, because the day is
evidence. The formatters of ``guide.date_text`` can be imported from here; every day they write reads back as itself.

What is understood:

- ``i dag``, ``i går``, ``i forgårs``, ``i morgen``, ``i overmorgen``, ``nu``, ``for 3 dage siden``, ``om 2 uger``
- ``mandag`` and ``i mandags`` (the latest one), ``på mandag`` (the first to come), ``næste mandag``, ``forrige mandag``
- ``3/10``, ``3/10-19``, ``3.10.2019``, ``3. okt 2019``, ``d. 3. oktober``, ``03102019``, ``2019-10-03``, each also
  after a weekday, which is then checked; two-digit years are 20xx; without a year the nearest, past or to come
- an hour before or after: ``kl 9``, ``kl. 14.05``, ``14:05``, and ``14.05`` where it cannot be 14 May; alone: today
- aa, ae and oe for å, æ and ø
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from checklists.calendar import TZ, add, local_day
from guide.clocks import DateError, instant, split_clock
from guide.date_text import MONTHS, format_clock, format_day, format_moment, format_relative
from guide.date_words import (
    BIRTH_MONTH,
    BIRTH_MONTH_ISO,
    DAY_OR_CLOCK,
    MINUTES,
    WEEKDAY_NUMBERS,
    month_number,
    plain_words,
)
from guide.day_reader import DayReader

__all__ = [
    "DateError",
    "format_clock",
    "format_day",
    "format_moment",
    "format_relative",
    "parse_birth",
    "parse_day",
    "parse_moment",
]


def parse_moment(text: str, now: datetime, prefer_future: bool = False) -> tuple[date, datetime | None]:
    """Read a day, and the hour when one is typed.

    ``now`` is an aware instant. A day without a year, or a weekday alone, is the nearest one that is not after ``now``;
    with ``prefer_future`` the nearest one that is not before. Returns the local day and the aware instant in
    Europe/Copenhagen, or None when no hour was typed. Raises DateError, and nothing else, for any other text.
    """
    return _reader(text, now, prefer_future).moment()


def parse_day(text: str, now: datetime, prefer_future: bool = False) -> date:
    """Read a local day as ``parse_moment`` does; an hour may be typed and is not used. Raises DateError."""
    return parse_moment(text, now, prefer_future)[0]


def parse_birth(text: str, now: datetime) -> str:
    """Read a birth day (``21/2-2012`` -> ``2012-02-21``) or birth month (``nov. 2009`` -> ``2009-11``), year included.

    Raises DateError; also for a day more than a year ahead of ``now`` (a child may be expected).
    """
    return _reader(text, now, prefer_future=False).birth()


class _Reader(DayReader):
    """The whole text: a day, an hour, or both; or a birth."""

    __slots__ = ()

    def moment(self) -> tuple[date, datetime | None]:
        if not self.words:
            raise DateError("Her mangler en dag. Skriv fx i går, 3/10, 3. okt. 2019 kl. 14 eller kl. 9.30.")
        if self.words in ("nu", "lige nu"):
            return self._at_minute(self.now)
        if (shift := self._minutes_off()) is not None:
            return self._at_minute(self.now.astimezone(UTC) + shift)
        if not self._must_be_clock() and (day := self.day()):
            return day, None
        return self._day_and_clock()

    def _day_and_clock(self) -> tuple[date, datetime]:
        split = split_clock(self.words)
        if not split:
            raise self._unreadable()
        rest, clock = split
        day = replace(self, words=rest).day() if rest else self.today
        if not day:
            raise self._unreadable()
        at = instant(day, clock)
        return local_day(at), at

    def _at_minute(self, at: datetime) -> tuple[date, datetime]:
        local = at.astimezone(TZ).replace(second=0, microsecond=0)
        return local.date(), local

    def _minutes_off(self) -> timedelta | None:
        found = self.counted()
        if not found or found[1] not in MINUTES:
            return None
        return timedelta(minutes=found[0] * MINUTES[found[1]])

    def _must_be_clock(self) -> bool:
        """Whether 14.35 stands alone and can be no day. Refuses 14.05, which can be both."""
        found = DAY_OR_CLOCK.fullmatch(self.words)
        if not found or (found[1] and found[1] not in WEEKDAY_NUMBERS):
            return False
        first, second = int(found[2]), int(found[3])
        can_be_day, can_be_clock = 1 <= first <= 31 and 1 <= second <= 12, first < 24 and second < 60
        if can_be_day and can_be_clock:
            raise self.error(
                f"kan være både kl. {first}.{second:02} og {first}. {MONTHS[second - 1]}. "
                f"Skriv kl. {first}.{second:02} eller {first}/{second}."
            )
        return can_be_clock

    def birth(self) -> str:
        if found := BIRTH_MONTH_ISO.fullmatch(self.words):
            return self._born(int(found[1]), int(found[2]), 1).isoformat()[:7]
        found = BIRTH_MONTH.fullmatch(self.words)
        if found and (month := int(found[1] or month_number(found[2]))):
            return self._born(int(found[3]), month, 1).isoformat()[:7]
        parts = self.parts(self.words)
        if not parts or parts[0] is None:
            raise self.error("er ikke en fødselsdag med år. Skriv fx 21/2-2012, eller kun måneden: nov. 2009.")
        return self._born(parts[0], parts[1], parts[2]).isoformat()

    def _born(self, year: int, month: int, number: int) -> date:
        day = self.date_of(year, month, number)
        if day > add(self.today, 12, "måneder"):
            raise self.error(f"ligger i fremtiden ({day.year}). Skriv året med fire cifre, fx 21/2-2012.")
        return day

    def _unreadable(self) -> DateError:
        return self.error(
            "kan jeg ikke læse som en dag. Skriv fx i går, mandag, 3/10, 3. okt. 2019 kl. 14 eller kl. 9.30."
        )


def _reader(text: str, now: datetime, prefer_future: bool) -> _Reader:
    shown, words = plain_words(text)
    return _Reader(shown, words, now, local_day(now), prefer_future)
