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

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from checklists.calendar import TZ, add, local_day
from guide.clocks import DateError, instant, split_clock
from guide.date_text import MONTHS, WEEKDAYS, format_clock, format_day, format_moment, format_relative
from guide.date_words import (
    AGO,
    AHEAD,
    BIRTH_MONTH,
    BIRTH_MONTH_ISO,
    CPR,
    DAY_OR_CLOCK,
    DAYS_OFF,
    ISO,
    LOOSE_NUMBER,
    MINUTES,
    NAMED,
    NUMBERED,
    NUMBERS,
    PREFIX,
    UNITS,
    WEEKDAY,
    WEEKDAY_NUMBERS,
    YEAR2,
    YEAR4,
    YEARS,
    month_number,
    plain_words,
)

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

_LEAP_YEAR = 2000


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


@dataclass(frozen=True, slots=True)
class _Reader:
    shown: str
    words: str
    now: datetime
    today: date
    ahead: bool

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
        found = self._counted()
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
            raise self._error(
                f"kan være både kl. {first}.{second:02} og {first}. {MONTHS[second - 1]}. "
                f"Skriv kl. {first}.{second:02} eller {first}/{second}."
            )
        return can_be_clock

    def day(self) -> date | None:
        """The day that the words are; None when they are not a day alone. Raises DateError for a day that is wrong."""
        if self.words in DAYS_OFF:
            return add(self.today, DAYS_OFF[self.words], "dage")
        return self._counted_day() or self._weekday() or self._calendar_day()

    def _counted(self) -> tuple[int, str] | None:
        """``om 2 uger`` as (2, "uger"), ``for 3 dage siden`` as (-3, "dage")."""
        found = AHEAD.fullmatch(self.words) or AGO.fullmatch(self.words)
        if not found:
            return None
        number = int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1])
        if number is None:
            return None
        return (number if found.re is AHEAD else -number), found[2]

    def _counted_day(self) -> date | None:
        found = self._counted()
        if not found or found[1] not in UNITS:
            return None
        times, unit = UNITS[found[1]]
        return self._in_range(add(self.today, found[0] * times, unit))

    def _weekday(self) -> date | None:
        found = WEEKDAY.fullmatch(self.words)
        if not found:
            return None
        which, name = found[1], found[2]
        weekday = WEEKDAY_NUMBERS.get(name.removesuffix("s") if which == "i" else name)
        if weekday is None or (which == "i" and not name.endswith("dags")):
            return None
        coming = add(self.today, (weekday - self.today.weekday() - 1) % 7 + 1, "dage")
        latest = add(self.today, -((self.today.weekday() - weekday - 1) % 7 + 1), "dage")
        if which is None:
            if weekday == self.today.weekday():
                day = WEEKDAYS[weekday]
                raise self._error(f"er i dag. Skriv i dag, i {day}s eller på {day}.")
            return coming if self.ahead else latest
        if which == "næste" and weekday > self.today.weekday():
            raise self._either(coming, add(coming, 1, "uger"))
        if which == "forrige" and weekday < self.today.weekday():
            raise self._either(latest, add(latest, -1, "uger"))
        return coming if which in ("på", "kommende", "næste") else latest

    def _calendar_day(self) -> date | None:
        found = PREFIX.fullmatch(self.words)
        if not found or (found[1] and found[1] not in WEEKDAY_NUMBERS and found[1] not in ("d", "den")):
            return None
        weekday = WEEKDAY_NUMBERS.get(found[1] or "")
        parts = self._parts(found[2])
        if not parts:
            return None
        year, month, number = parts
        if year is None:
            return self._nearest(month, number, weekday)
        day = self._date(year, month, number)
        if weekday not in (None, day.weekday()):
            raise self._wrong_weekday(day)
        return day

    def _parts(self, words: str) -> tuple[int | None, int, int] | None:
        """Year (None when it is not typed), month and day number, not yet checked against the calendar."""
        if found := ISO.fullmatch(words):
            return int(found[1]), int(found[2]), int(found[3])
        if words.isascii() and words.isdigit():
            return self._digits(words)
        if found := NUMBERED.fullmatch(words):
            month = int(found[2])
        elif found := NAMED.fullmatch(words):
            month = month_number(found[2])
        if not found or not month:
            return None
        number, tail = int(found[1]), found[3]
        if year := YEAR4.fullmatch(tail):
            return int(year[1]), month, number
        if year := YEAR2.fullmatch(tail):
            return 2000 + int(year[1]), month, number
        if loose := LOOSE_NUMBER.fullmatch(tail):
            raise self._error(
                f"kan være både året {2000 + int(loose[1])} og kl. {loose[1]}. "
                f"Skriv {number}/{month}-{2000 + int(loose[1])} eller {number}/{month} kl. {loose[1]}."
            )
        return None if tail else (None, month, number)

    def _digits(self, words: str) -> tuple[int, int, int] | None:
        # Eight digits have one reading: no year from 1900 to 2199 begins with a month's number.
        if len(words) == 8 and int(words[4:]) in YEARS:
            return int(words[4:]), int(words[2:4]), int(words[:2])
        if len(words) == 8 and int(words[:4]) in YEARS:
            return int(words[:4]), int(words[4:6]), int(words[6:])
        if len(words) == 6:
            raise self._error("kan læses forfra og bagfra. Skriv dag, måned og år med streger, fx 3/10-2019.")
        return None

    def _nearest(self, month: int, number: int, weekday: int | None) -> date:
        """The day in the year that the weekday tells; without a weekday in the nearest year on the side asked for."""
        step = 1 if self.ahead else -1
        found = [day for n in range(9) if (day := _exists(self.today.year + step * n, month, number))]
        if not found:
            raise self._no_such_day(None, month, number)
        nearest = next(day for day in found if (day >= self.today if self.ahead else day <= self.today))
        if weekday in (None, nearest.weekday()):
            return nearest
        # A date falls on different weekdays in neighbouring years, so at most one of these fits.
        for year in (self.today.year - 1, self.today.year, self.today.year + 1):
            day = _exists(year, month, number)
            if day and day.weekday() == weekday:
                return day
        raise self._wrong_weekday(nearest)

    def _date(self, year: int, month: int, number: int) -> date:
        if year not in YEARS:
            raise self._error(f"giver året {year}. Skriv et år fra {YEARS[0]} til {YEARS[-1]}, fx 3/10-2019.")
        day = _exists(year, month, number)
        if not day:
            raise self._no_such_day(year, month, number)
        return day

    def _no_such_day(self, year: int | None, month: int, number: int) -> DateError:
        if not 1 <= month <= 12:
            mend = f"Dagen står først: skriv {month}/{number}." if 1 <= number <= 12 and month <= 31 else "Ret måneden."
            return self._error(f"har måned {month}, men der er 12. {mend}")
        name = MONTHS[month - 1]
        if year:
            return self._error(f"findes ikke: {name} {year} har {monthrange(year, month)[1]} dage. Ret dagen.")
        return self._error(f"findes ikke: {name} har højst {monthrange(_LEAP_YEAR, month)[1]} dage. Ret dagen.")

    def birth(self) -> str:
        if found := BIRTH_MONTH_ISO.fullmatch(self.words):
            return self._born(int(found[1]), int(found[2]), 1).isoformat()[:7]
        found = BIRTH_MONTH.fullmatch(self.words)
        if found and (month := int(found[1] or month_number(found[2]))):
            return self._born(int(found[3]), month, 1).isoformat()[:7]
        parts = self._parts(self.words)
        if not parts or parts[0] is None:
            raise self._error("er ikke en fødselsdag med år. Skriv fx 21/2-2012, eller kun måneden: nov. 2009.")
        return self._born(parts[0], parts[1], parts[2]).isoformat()

    def _born(self, year: int, month: int, number: int) -> date:
        day = self._date(year, month, number)
        if day > add(self.today, 12, "måneder"):
            raise self._error(f"ligger i fremtiden ({day.year}). Skriv året med fire cifre, fx 21/2-2012.")
        return day

    def _in_range(self, day: date) -> date:
        return self._date(day.year, day.month, day.day)

    def _either(self, one: date, other: date) -> DateError:
        return self._error(f"kan være både {_plain(one)} og {_plain(other)}. Skriv datoen, fx {one.day}/{one.month}.")

    def _wrong_weekday(self, day: date) -> DateError:
        return self._error(f"passer ikke: {_plain(day)} er en {WEEKDAYS[day.weekday()]}. Ret ugedagen eller datoen.")

    def _unreadable(self) -> DateError:
        return self._error(
            "kan jeg ikke læse som en dag. Skriv fx i går, mandag, 3/10, 3. okt. 2019 kl. 14 eller kl. 9.30."
        )

    def _error(self, message: str) -> DateError:
        if CPR.search(self.words):  # then the text is not shown again either
            return DateError("Det ligner et CPR-nummer, og det gemmes ikke her. Skriv kun datoen, fx 3/10-2019.")
        return DateError(f"»{self.shown}« {message}")


def _reader(text: str, now: datetime, prefer_future: bool) -> _Reader:
    shown, words = plain_words(text)
    return _Reader(shown, words, now, local_day(now), prefer_future)


def _plain(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _exists(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
