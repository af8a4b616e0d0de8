"""What stands in one cell, as text, day, hour or number: as Danes type it, and as Excel keeps it.

Strict like ``guide.dates``: a day is evidence, so one without its year, or one written from "today", is refused.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from checklists.calendar import TZ
from guide.clocks import Clock, DateError, instant, split_clock
from guide.date_words import month_number
from guide.dates import parse_birth, parse_moment

Cell = str | float | int | bool | date | datetime | time | timedelta | None

YES = frozenset(("ja", "j", "x", "1", "sand", "true", "yes", "✓"))
NO = frozenset(("", "nej", "n", "0", "falsk", "false", "no", "-"))
"""Words of a column that only says whether something is so, in lower case."""

_SERIALS = range(20_000, 73_051)
"""Excel's numbers of the days from October 1954 to the end of 2099."""
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?", re.ASCII)
_NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)
_POINTED = re.compile(r"[-−+]?\d+\.\d+", re.ASCII)
_NAMED_MONTH = re.compile(r"(\d{1,2})-([a-zæøå]{3,9})\.?-(\d{4}|\d\d)(.*)", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d\d))(?:[.:](\d\d))?|(?:kl\.? ?)?(\d\d)(\d\d)", re.ASCII | re.IGNORECASE
)
_WHOLE = 1e15


class CellFault(ValueError):
    """A cell that cannot be read as what the mapping says it is. The message is Danish and says how to write it."""


def is_empty(cell: Cell) -> bool:
    """Whether nothing is recorded in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """The cell as text: outer spaces gone, LF line ends, whole numbers without decimals, days as ``2019-10-03``."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if _has_hour(cell.time()) else cell.date().isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def as_moment(cell: Cell) -> tuple[date, datetime | None]:
    """The local day, and the aware instant in Copenhagen when an hour stands there. Midnight sharp is no hour.

    Raises CellFault for anything that is no day with its year, or an hour that clocks skipped or showed twice.
    """
    try:
        day, at = _moment(cell)
    except DateError as error:
        raise CellFault(str(error)) from None
    if not 1900 <= day.year <= 2199:
        raise CellFault("er en dag uden for 1900-2199")
    return (day, at) if at is None or _has_hour(at.time()) else (day, None)


def as_day(cell: Cell) -> date:
    """The local day of ``as_moment``; an hour is left out. Raises CellFault."""
    return as_moment(cell)[0]


def as_birth(cell: Cell, now: datetime, only_month: bool) -> str:
    """``2009-11-05`` or ``2009-11``; the month alone when ``only_month``. Raises CellFault."""
    try:
        if isinstance(cell, str) and not _SERIAL.fullmatch(cell.strip()):
            found = parse_birth(_month_spelled(as_text(cell)), now)
        else:
            found = parse_birth(as_day(cell).isoformat(), now)
    except DateError as error:
        raise CellFault(str(error)) from None
    return found[:7] if only_month else found


def at_clock(day: date, cell: Cell) -> datetime:
    """The aware instant on ``day`` at the hour in ``cell``: ``14.05``, ``14:05``, ``1405``, ``kl. 9``, or Excel's own.

    Raises CellFault.
    """
    if isinstance(cell, datetime):
        cell = cell.time()
    try:
        if isinstance(cell, time):
            return instant(day, Clock(cell.hour, cell.minute, cell.second))
        if isinstance(cell, float) and 0 <= cell < 1:
            seconds = round(cell * 86_400) % 86_400
            return instant(day, Clock(seconds // 3600, seconds // 60 % 60, seconds % 60))
        words = as_text(cell)
        if found := _CLOCK.fullmatch(words):
            hour, minute = int(found[1] or found[4]), int(found[2] or found[5])
            if hour < 24 and minute < 60:
                return instant(day, Clock(hour, minute))
        split = split_clock(words.lower())
    except DateError as error:
        raise CellFault(str(error)) from None
    if not split or split[0]:
        raise CellFault("er ikke et klokkeslæt. Skriv fx 14.05")
    return instant(day, split[1])


def as_number(cell: Cell) -> int | float:
    """A number as Danes write it (``1.234,5``) or as the spreadsheet keeps it. Raises CellFault."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _whole(cell)
    words = as_text(cell).replace(" ", "")
    if _NUMBER.fullmatch(words):
        plain = words.replace(".", "").replace(",", ".").replace("−", "-")
    elif _POINTED.fullmatch(words):
        raise CellFault("har et punktum, der ikke er tusinder. Skriv decimaler med komma, fx 1.234,5")
    else:
        raise CellFault("er ikke et tal. Skriv fx 3 eller 1.234,5")
    return _whole(float(plain)) if len(plain) < 300 else _too_large()


def is_yes(cell: Cell) -> bool:
    """Whether a column of ``x``, ``ja`` or nothing says yes. Raises CellFault for any other word."""
    word = as_text(cell).casefold()
    if word in YES or word in NO:
        return word in YES
    raise CellFault("er hverken ja eller nej. Skriv ja, x eller ingenting, eller skriv ordene under er i opskriften")


def _moment(cell: Cell) -> tuple[date, datetime | None]:
    if isinstance(cell, datetime):
        exact = (cell + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
        clock = Clock(exact.hour, exact.minute, exact.second)
        return exact.date(), instant(exact.date(), clock) if _has_hour(exact.time()) else None
    if isinstance(cell, date):
        return cell, None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell)) or _typed(_number_text(cell))
    if isinstance(cell, time | timedelta | bool):
        raise CellFault("er et klokkeslæt uden dag" if isinstance(cell, time) else "er ikke en dag")
    words = as_text(cell)
    if _SERIAL.fullmatch(words):
        return _serial(float(words.replace(",", "."))) or _typed(words)
    return _typed(words)


def _serial(number: float) -> tuple[date, datetime | None] | None:
    if not math.isfinite(number) or int(number) not in _SERIALS:
        return None
    seconds = round((number - int(number)) * 86_400)
    day = _SERIAL_ZERO + timedelta(days=int(number) + seconds // 86_400)
    seconds %= 86_400
    return day, instant(day, Clock(seconds // 3600, seconds // 60 % 60, seconds % 60)) if seconds else None


_ONE_DAY, _ANOTHER = datetime(2003, 7, 9, 12, tzinfo=TZ), datetime(2011, 3, 3, 13, tzinfo=TZ)
"""A text that gives two different days on these two is counted from "today", or lacks its year."""


@lru_cache(maxsize=20_000)
def _typed(words: str) -> tuple[date, datetime | None]:
    spelled = _month_spelled(words)
    found = parse_moment(spelled, _ONE_DAY)
    if parse_moment(spelled, _ANOTHER) != found:
        raise CellFault("mangler et årstal eller er skrevet ud fra i dag. Skriv hele datoen, fx 3-10-2019")
    return found


def _month_spelled(words: str) -> str:
    """``03-okt-19`` as ``03. okt 2019``."""
    found = _NAMED_MONTH.fullmatch(words)
    if not found or not month_number(found[2].lower()):
        return words
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    return f"{found[1]}. {found[2]} {year}{found[4]}"


def _has_hour(clock: time) -> bool:
    return bool(clock.hour or clock.minute or clock.second)


def _number_text(number: float) -> str:
    whole = _whole(number)
    return str(whole) if isinstance(whole, int) else repr(whole).replace(".", ",")


def _whole(number: float) -> int | float:
    if not math.isfinite(number):
        _too_large()
    return int(number) if number == int(number) and abs(number) < _WHOLE else float(number)


def _too_large() -> int:
    raise CellFault("er et tal, der er for stort")
