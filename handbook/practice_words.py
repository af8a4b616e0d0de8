"""The small words of a practice page: days, table rows and conditions. Each gives a value, or None."""

from __future__ import annotations

import re
from datetime import date, time
from typing import cast

from handbook.practice_model import Condition, Moment, Place, Row, Said, Than

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_DANISH = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})-(?P<year>\d{4})")
_HOUR = re.compile(r"(?:kl\.? ?)?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)")
_RUN = re.compile(r"(?P<run>[a-z][a-z-]*-[1-9]\d*)(?: for (?P<serves>[a-z][a-z-]*-[1-9]\d*))?")
_LINK = r"\[[^\]]*\]\((?P<{0}page>[\w-]+)\.md#(?P<{0}step>[\w-]+)(?:/(?P<{0}choice>[\w-]+))?\)"
_DAY = r"(?P<day>\d[^\[\]]*?)"
_WHEN = re.compile(
    _LINK.format("a")
    + r"(?: for (?P<item>[a-z]\d+))?"
    + r" (?P<said>er noteret|er i orden|har en mangel|mangler)"
    + r"(?: (?P<than>senest|efter|før|ved)?"
    + rf" ?(?:{_DAY}|{_LINK.format('b')}))?"
)
_SAID: dict[str, Said] = {
    "er noteret": "noteret",
    "er i orden": "i orden",
    "har en mangel": "har en mangel",
    "mangler": "mangler",
}
_THAN = {"noteret": {"senest", "efter", "før"}, "mangler": {"efter", "ved"}}
CELLS = 6
"""Columns of a table of rows: tid, forløb, trin, gælder, svar, note."""


def moment(text: str) -> Moment | None:
    """``7/2-2020 kl. 15.40`` or ``2020-02-07``."""
    words = text.strip()
    found = _ISO.match(words) or _DANISH.match(words)
    if found is None:
        return None
    rest = words[found.end() :].strip()
    hour = _HOUR.fullmatch(rest) if rest else None
    if rest and hour is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        return Moment(day, time(int(hour["hour"]), int(hour["minute"])) if hour else None)
    except ValueError:
        return None


def run_words(text: str) -> tuple[str, str] | None:
    """``boernesamtale-1 for afgoerelse-1``: the run, and the one it serves (or nothing)."""
    found = _RUN.fullmatch(text.strip())
    return (found["run"], found["serves"] or "") if found else None


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table, without spaces around them."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def is_rule(line: str) -> bool:
    """Whether the line is the one under a table's headings."""
    return bool(re.fullmatch(r"\|?[\s|:-]+\|?", line.strip())) and "-" in line


def row(texts: list[str], when: Moment, run: tuple[str, str], line: int) -> Row:
    """A line of a table, its time and run read already."""
    return Row(
        moment=when,
        run=run[0],
        serves=run[1],
        step=texts[2].strip("`"),
        items=tuple(part.strip() for part in texts[3].split(",") if part.strip()),
        fields=fields(texts[4]),
        note=texts[5],
        line=line,
    )


def fields(text: str) -> tuple[tuple[str, str], ...]:
    """``valg: ja; begrundelse: tekst`` as pairs; an answer alone stands under the empty name."""
    found = []
    for part in (p.strip() for p in text.split(";") if p.strip()):
        name, colon, value = part.partition(":")
        named = bool(colon) and re.fullmatch(r"[\wæøå-]+", name.strip()) is not None
        found.append((name.strip(), value.strip()) if named else ("", part))
    return tuple(found)


def condition(text: str, line: int) -> Condition | None:
    """A **Når** line."""
    found = _WHEN.fullmatch(" ".join(text.split()).rstrip("."))
    if found is None:
        return None
    said, than = _SAID[found["said"]], found["than"] or ""
    day = moment(found["day"]) if found["day"] else None
    other = Place(found["bpage"], found["bstep"], found["bchoice"] or "") if found["bpage"] else None
    if found["day"] and day is None:
        return None
    if bool(than) != bool(day or other) or (than and than not in _THAN.get(said, ())):
        return None
    if (than in ("senest",) and other) or (than in ("før", "ved") and day):
        return None
    if said == "mangler" and than == "efter" and day is None:
        return None
    place = Place(found["apage"], found["astep"], found["achoice"] or "")
    return Condition(place, said, found["item"] or "", cast(Than, than), day, other, line)
