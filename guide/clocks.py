"""Finds the hour in a typed text and makes it an instant in Copenhagen, also on the nights the clock is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from checklists.calendar import TZ
from guide.date_text import format_day


class DateError(ValueError):
    """A text that is no day or time, or could be two. The message is Danish: what was read, and how to write it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as typed. ``season`` (sommertid, vintertid) or ``offset`` from UTC settle an hour that exists twice."""

    hour: int
    minute: int = 0
    second: int = 0
    season: str = ""
    offset: timezone | None = None

    def __str__(self) -> str:
        return f"{self.hour}.{self.minute:02}"


_SEASON = r"(?: (?P<season>sommertid|vintertid|normaltid))?"
_SAID = re.compile(
    r"(?<![a-zæøå])(?:kl\.?|klokken) ?"
    r"(?:(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})|(?P<hour4>[0-9]{2})(?P<minute4>[0-9]{2})|(?P<hour1>[0-9]{1,2}))"
    rf"(?![0-9]|[.:][0-9]){_SEASON}(?![a-zæøå])"
)
# Only "+01:00" and "z" are offsets: the minus in "14:05-15:00" means from and to.
_COLON = re.compile(
    r"(?<![0-9.:/+-])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
    rf"(?: ?(?P<offset>z|[+][0-9]{{2}}:?[0-9]{{2}}))?(?![0-9:]){_SEASON}(?![a-zæøå])"
)
_DOT = r"(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})" + _SEASON
_DOT_LAST = re.compile(rf"(?<= ){_DOT}$")
_DOT_FIRST = re.compile(rf"^{_DOT}(?= )")
_DOT_ALONE = re.compile(rf"^{_DOT}$")


def split_clock(words: str) -> tuple[str, Clock] | None:
    """``words`` (lower case, single spaces) without its hour, and the hour. None when there is none, or two."""
    for pattern in (_SAID, _COLON, _DOT_LAST, _DOT_FIRST, _DOT_ALONE):
        found = pattern.search(words)
        if not found:
            continue
        before, after = words[: found.start()].rstrip(" ,"), words[found.end() :].lstrip(" ,")
        rest = f"{before} {after}".strip()
        return None if _SAID.search(rest) or _COLON.search(rest) else (rest, _clock(found))
    return None


def _clock(found: re.Match[str]) -> Clock:
    groups = {name: text for name, text in found.groupdict().items() if text}
    hour = int(groups.get("hour") or groups.get("hour4") or groups["hour1"])
    minute = int(groups.get("minute") or groups.get("minute4") or 0)
    second = int(groups.get("second", 0))
    shown = found[0].strip()
    if hour == 24 and minute == 0:
        raise DateError(f"»{shown}« kan være begge ender af dagen. Skriv kl. 23.59 eller den næste dag kl. 0.")
    if hour > 23 or minute > 59 or second > 59:
        raise DateError(f"»{shown}« er ikke et klokkeslæt: timer går fra 0 til 23, minutter fra 0 til 59. Ret tallet.")
    return Clock(hour, minute, second, groups.get("season", ""), _offset(groups.get("offset", "")))


def _offset(text: str) -> timezone | None:
    if text in ("", "z"):
        return UTC if text else None
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise DateError(f"»{text}« er ikke en forskel fra UTC. Skriv fx +01:00, eller lad den ude.")
    return timezone(timedelta(hours=hours, minutes=minutes))


def instant(day: date, clock: Clock) -> datetime:
    """The aware instant, in Europe/Copenhagen, at which clocks show ``clock`` on the local ``day``.

    Raises DateError for an hour that the clock skips in spring, and for one it shows twice in autumn when neither
    season nor offset says which.
    """
    if clock.offset:
        typed = datetime.combine(day, time(clock.hour, clock.minute, clock.second), clock.offset)
        return typed.astimezone(TZ)
    shown = [datetime.combine(day, time(clock.hour, clock.minute, clock.second, fold=fold), TZ) for fold in (0, 1)]
    real = [at for at in shown if at.astimezone(UTC).astimezone(TZ).replace(tzinfo=None) == at.replace(tzinfo=None)]
    if not real:
        raise DateError(
            f"Kl. {clock} fandtes ikke {format_day(day)}: uret blev stillet frem. Skriv klokkeslættet før eller efter."
        )
    if clock.season:
        real = [at for at in real if bool(at.dst()) == (clock.season == "sommertid")]
        if not real:
            raise DateError(f"{format_day(day)} kl. {clock} var ikke i {clock.season}. Lad ordet ude, eller ret dagen.")
    if len({at.utcoffset() for at in real}) > 1:
        raise DateError(
            f"Kl. {clock} var der to gange {format_day(day)}, fordi uret blev stillet tilbage. "
            f"Skriv kl. {clock} sommertid (den første) eller kl. {clock} vintertid."
        )
    return real[0]
