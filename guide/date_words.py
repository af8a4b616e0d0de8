"""The words and shapes a typed date is made of. Texts are lower case with single spaces, and aa is already å."""

from __future__ import annotations

import re
import unicodedata

from guide.date_text import MONTHS, WEEKDAYS
from handbook.model import Unit

YEARS = range(1900, 2200)
"""The years a case can be about; anything else is a slip of the finger."""

DAYS_OFF = {
    "i dag": 0,
    "idag": 0,
    "dags dato": 0,
    "i morges": 0,
    "i formiddags": 0,
    "i går": -1,
    "igår": -1,
    "i forgårs": -2,
    "iforgårs": -2,
    "i morgen": 1,
    "imorgen": 1,
    "i overmorgen": 2,
    "overmorgen": 2,
}
"""No words for afternoon and evening: "i aften kl. 8" would be read as the morning."""

_SMALL_NUMBERS = (
    "en",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
)
NUMBERS = {word: n for n, word in enumerate(_SMALL_NUMBERS, 1)} | {"et": 1, "én": 1, "ét": 1}

UNITS: dict[str, tuple[int, Unit]] = {
    "dag": (1, "dage"),
    "dage": (1, "dage"),
    "døgn": (1, "dage"),
    "uge": (1, "uger"),
    "uger": (1, "uger"),
    "måned": (1, "måneder"),
    "måneder": (1, "måneder"),
    "år": (12, "måneder"),
}
MINUTES = {"minut": 1, "minutter": 1, "time": 60, "timer": 60}

WEEKDAY_NUMBERS = {name: n for n, full in enumerate(WEEKDAYS) for name in (full, full[:3], full[:4])}
"""Monday is 0; "man", "tirs" and "onsdag" alike."""

AHEAD = re.compile(r"om ([0-9]{1,4}|[a-zé]+) ([a-zæøå]+)")
AGO = re.compile(r"(?:for )?([0-9]{1,4}|[a-zé]+) ([a-zæøå]+) siden")
WEEKDAY = re.compile(r"(?:(på|næste|kommende|sidste|forrige|i) )?([a-zæøå]+)\.?")
PREFIX = re.compile(r"(?:på )?(?:([a-zæøå]+)\.?,? )?(?:den |d\. ?|d )?(.+)")
"""A weekday or "d.", which may stand before any date."""
ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
NUMBERED = re.compile(r"([0-9]{1,2}) ?[./-] ?([0-9]{1,2})(?![0-9])(.*)")
NAMED = re.compile(r"([0-9]{1,2})\.? ?([a-zæøå]{3,})\.?(.*)")
YEAR4 = re.compile(r"\.? ?[-/.,]? ?([0-9]{4})")
YEAR2 = re.compile(r"(?: ?[-/.] ?| ?')?([0-9]{2})")
LOOSE_NUMBER = re.compile(r",? ([0-9]{1,2})")
DAY_OR_CLOCK = re.compile(r"(?:([a-zæøå]+)\.? )?([0-9]{1,2})\.([0-9]{2})")
BIRTH_MONTH = re.compile(r"(?:([0-9]{1,2}) ?[-/.] ?|([a-zæøå]{3,})\.?,? )([0-9]{4})")
BIRTH_MONTH_ISO = re.compile(r"([0-9]{4}) ?[-/.] ?([0-9]{1,2})")
CPR = re.compile(r"(?<![0-9])[0-9]{6} ?-? ?[0-9]{4}(?![0-9])")


def month_number(name: str) -> int:
    """1-12 from a month's name or its first letters (three at least); 0 when it is none."""
    return next((n for n, full in enumerate(MONTHS, 1) if len(name) >= 3 and full.startswith(name)), 0)


_LONGEST = 80


def plain_words(text: str) -> tuple[str, str]:
    """``text`` to show in a message, and as the reader wants it: lower case, single spaces, plain hyphens, å for aa.

    A text too long to be a date is cut, and its words end in something that no date has.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    plain = " ".join("".join(c if c.isprintable() else " " for c in plain).split())
    shown = f"{plain[:40]}…" if len(plain) > 40 else plain
    if len(text) > _LONGEST:
        return shown, f"{plain.lower()} …"
    words = re.sub("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]", "-", plain.lower())
    words = re.sub("(?<=[0-9])t(?=[0-9])", " ", words)  # the T of an ISO time
    for ascii_form, letter in (("aa", "å"), ("ae", "æ"), ("oe", "ø")):
        words = words.replace(ascii_form, letter)
    return shown, words.rstrip(" .,;!")
