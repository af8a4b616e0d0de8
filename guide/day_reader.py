"""The words of a day read as a date: ``i går``, ``næste mandag``, ``3/10``, ``3. okt. 2019``. See ``guide.dates``."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from checklists.calendar import add
from guide.clocks import DateError
from guide.date_text import MONTHS, WEEKDAYS
from guide.date_words import (
    AGO,
    AHEAD,
    CPR,
    DAYS_OFF,
    ISO,
    LOOSE_NUMBER,
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
)

_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class DayReader:
    """A typed text with what it is read against: the aware ``now`` and its local day ``today``.

    ``shown`` is the text as it may be shown again, ``words`` what is read; ``ahead`` looks for the nearest day to come.
    """

    shown: str
    words: str
    now: datetime
    today: date
    ahead: bool

    def day(self) -> date | None:
        """The day that the words are; None when they are not a day alone. Raises DateError for a day that is wrong."""
        if self.words in DAYS_OFF:
            return add(self.today, DAYS_OFF[self.words], "dage")
        return self._counted_day() or self._weekday() or self._calendar_day()

    def counted(self) -> tuple[int, str] | None:
        """``om 2 uger`` as (2, "uger"), ``for 3 dage siden`` as (-3, "dage")."""
        found = AHEAD.fullmatch(self.words) or AGO.fullmatch(self.words)
        if not found:
            return None
        number = int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1])
        if number is None:
            return None
        return (number if found.re is AHEAD else -number), found[2]

    def _counted_day(self) -> date | None:
        found = self.counted()
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
                raise self.error(f"er i dag. Skriv i dag, i {day}s eller på {day}.")
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
        parts = self.parts(found[2])
        if not parts:
            return None
        year, month, number = parts
        if year is None:
            return self._nearest(month, number, weekday)
        day = self.date_of(year, month, number)
        if weekday not in (None, day.weekday()):
            raise self._wrong_weekday(day)
        return day

    def parts(self, words: str) -> tuple[int | None, int, int] | None:
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
            raise self.error(
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
            raise self.error("kan læses forfra og bagfra. Skriv dag, måned og år med streger, fx 3/10-2019.")
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

    def date_of(self, year: int, month: int, number: int) -> date:
        """The day of the calendar. Raises DateError when there is none such, or the year is out of range."""
        if year not in YEARS:
            raise self.error(f"giver året {year}. Skriv et år fra {YEARS[0]} til {YEARS[-1]}, fx 3/10-2019.")
        day = _exists(year, month, number)
        if not day:
            raise self._no_such_day(year, month, number)
        return day

    def _no_such_day(self, year: int | None, month: int, number: int) -> DateError:
        if not 1 <= month <= 12:
            mend = f"Dagen står først: skriv {month}/{number}." if 1 <= number <= 12 and month <= 31 else "Ret måneden."
            return self.error(f"har måned {month}, men der er 12. {mend}")
        name = MONTHS[month - 1]
        if year:
            return self.error(f"findes ikke: {name} {year} har {monthrange(year, month)[1]} dage. Ret dagen.")
        return self.error(f"findes ikke: {name} har højst {monthrange(_LEAP_YEAR, month)[1]} dage. Ret dagen.")

    def _in_range(self, day: date) -> date:
        return self.date_of(day.year, day.month, day.day)

    def _either(self, one: date, other: date) -> DateError:
        return self.error(f"kan være både {_plain(one)} og {_plain(other)}. Skriv datoen, fx {one.day}/{one.month}.")

    def _wrong_weekday(self, day: date) -> DateError:
        return self.error(f"passer ikke: {_plain(day)} er en {WEEKDAYS[day.weekday()]}. Ret ugedagen eller datoen.")

    def error(self, message: str) -> DateError:
        """``message`` after the words it is about; a text with a CPR number in it is not shown again."""
        if CPR.search(self.words):
            return DateError("Det ligner et CPR-nummer, og det gemmes ikke her. Skriv kun datoen, fx 3/10-2019.")
        return DateError(f"»{self.shown}« {message}")


def _plain(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _exists(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
