"""**Frist:**, **Mål:** and **Gentages:** as deadlines and rhythms. A closed grammar; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from handbook import anchors
from handbook.faults import Report
from handbook.markup import LINK, Inline
from handbook.model import Anchor, Deadline, Recurrence, Term, Unit

UNITS: dict[str, Unit] = {
    "time": "timer",
    "timer": "timer",
    "dag": "dage",
    "dage": "dage",
    "hverdag": "hverdage",
    "hverdage": "hverdage",
    "uge": "uger",
    "uger": "uger",
    "måned": "måneder",
    "måneder": "måneder",
}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_N = "[0-9]{1,4}"
_LINKS = rf"(?P<links>{LINK}(?:\s*,?\s*ellers\s+{LINK})*)"
_TERM = re.compile(rf"(?:senest\s+)?(?P<n>{_N})\s+(?P<unit>{_UNIT})\s+(?P<way>efter|før)\s+{_LINKS}", re.IGNORECASE)
_BY = re.compile(rf"senest\s+{_LINKS}", re.IGNORECASE)
_AIM = re.compile(r"sigt\s+efter\s+(?P<aim>.+?)\s*,\s*(?P<rule>senest\s.+)", re.IGNORECASE)
_EARLIEST = re.compile(r"det\s+tidligste\s+af\s+(.+)", re.IGNORECASE)
_WHEN = re.compile(r"(?P<rule>.*?)\s*,\s*når\s+(?P<when>.+)", re.IGNORECASE)
_EVERY = rf"højst\s+hver\s+(?:(?P<every>{_N})\.\s+)?måned"
_THEN_EVERY = re.compile(rf"(?P<first>.*?)\s*,?\s+derefter\s+{_EVERY}", re.IGNORECASE)
_THEN_BY = re.compile(rf"(?P<first>.*?)\s*,?\s+derefter\s+senest\s+{_LINKS}", re.IGNORECASE)
_THEN = re.compile(r"\s*,?\s+derefter\s+", re.IGNORECASE)
_ONLY_EVERY = re.compile(rf"{_EVERY}\s+efter\s+{_LINKS}", re.IGNORECASE)
_TIMES = re.compile(
    rf"mindst\s+(?P<times>{_N})\s+gang(?:e)?\s+i\s+(?P<window>{_N})\s+måned(?:er)?\s+efter\s+{_LINKS}", re.IGNORECASE
)
_BASIS = re.compile(r"(praksis|faglig):\s+", re.IGNORECASE)
"""What stands before a deadline whose day the statute does not name."""
_AT_MOST = re.compile(r"(?:højst|inden(?:\s+for)?)\s+(?=[0-9])", re.IGNORECASE)
"""What people say before a target; a deadline of the law says "senest" or nothing."""

EXPECTED = "#trin, #trin.felt, side.md#trin, side.md#trin.felt eller sag:fyldt-18"


class _Unreadable(Exception):
    """The words do not fit the grammar."""


def split_when(text: str) -> tuple[str, str]:
    """``rule, når predicate`` as its two parts; the predicate is empty when there is none."""
    match = _WHEN.fullmatch(text)
    return (match["rule"], match["when"]) if match else (text, "")


def deadline(value: Inline, here: str, report: Report) -> Deadline | None:
    """The **Frist:** in ``value`` on the page ``here``; None and a fault when it cannot be read."""
    text = _bare(value.text)
    prefix = _BASIS.match(text)
    if prefix is None:
        return _deadline(value, text, "unknown-deadline", here, report)
    found = _deadline(value, text[prefix.end() :], "unknown-deadline", here, report)
    if found is None:
        return None
    basis: Literal["praksis", "faglig"] = "praksis" if prefix[1].lower() == "praksis" else "faglig"
    return replace(found, text=_BASIS.sub("", found.text, count=1), basis=basis)


def target(value: Inline, here: str, report: Report) -> Deadline | None:
    """The **Mål:** in ``value``: as a **Frist:**, and "højst" or "inden" may stand before the number."""
    return _deadline(value, _AT_MOST.sub("", _bare(value.text), count=1), "unknown-target", here, report)


def _deadline(value: Inline, text: str, code: str, here: str, report: Report) -> Deadline | None:
    found = _anchors(value, here, report)
    if found is None:
        return None
    queue = iter(found)
    rule, when = split_when(text)
    aimed = _AIM.fullmatch(rule)
    rule = aimed["rule"] if aimed else rule
    earliest = _EARLIEST.fullmatch(rule)
    parts = re.split(r"\s+og\s+", earliest[1]) if earliest else [rule]
    try:
        aim = _term(aimed["aim"], queue) if aimed else None
        terms = tuple(_term(part, queue) for part in parts)
        if (earliest and len(terms) < 2) or LINK in when:
            raise _Unreadable
    except _Unreadable:
        report.add(value.line, code, text=value.plain)
        return None
    return Deadline(terms, _bare(value.plain), when, value.line, aim=aim)


def recurrence(value: Inline, here: str, report: Report) -> Recurrence | None:
    """The **Gentages:** in ``value``; None and a fault when it cannot be read."""
    found = _anchors(value, here, report)
    if found is None:
        return None
    try:
        return _recurrence(_bare(value.text), iter(found), _bare(value.plain), value.line)
    except _Unreadable:
        report.add(value.line, "unknown-recurrence", text=value.plain)
        return None


def _recurrence(text: str, queue: Iterator[Anchor], shown: str, line: int) -> Recurrence:
    if match := _TIMES.fullmatch(text):
        times, window = _positive(match["times"]), _positive(match["window"])
        return Recurrence(shown, times=times, window_months=window, start=_take(match["links"], queue), line=line)
    if match := _ONLY_EVERY.fullmatch(text):
        every = _positive(match["every"] or "1")
        first = Term(every, "måneder", _take(match["links"], queue))
        return Recurrence(shown, first=first, every_months=every, line=line)
    if match := _THEN_EVERY.fullmatch(text):
        return Recurrence(shown, _term(match["first"], queue), _positive(match["every"] or "1"), line=line)
    if match := _THEN_BY.fullmatch(text):
        first, then = _term(match["first"], queue), _take(match["links"], queue)
        if first.anchors == then and first.amount == 0:  # the same day each time is said once
            shown = f"{_THEN.split(shown)[0]}, hver gang"
        return Recurrence(shown, first, then=then, line=line)
    return Recurrence(shown, first=_term(text, queue), line=line)


def _term(text: str, queue: Iterator[Anchor]) -> Term:
    if match := _BY.fullmatch(text):
        return Term(0, "dage", _take(match["links"], queue))
    match = _TERM.fullmatch(text)
    if match is None:
        raise _Unreadable
    amount = int(match["n"]) * (-1 if match["way"].lower() == "før" else 1)
    return Term(amount, UNITS[match["unit"].lower()], _take(match["links"], queue))


def _take(links: str, queue: Iterator[Anchor]) -> tuple[Anchor, ...]:
    """As many of the line's anchors as ``links`` has places for, in the order written."""
    return tuple(next(queue) for _ in range(links.count(LINK)))


def _positive(number: str) -> int:
    if int(number) < 1:
        raise _Unreadable
    return int(number)


def _bare(text: str) -> str:
    return text.strip().removesuffix(".").rstrip()


def _anchors(value: Inline, here: str, report: Report) -> list[Anchor] | None:
    found = [anchors.anchor(link.href, here) for link in value.links]
    for link, anchor in zip(value.links, found, strict=True):
        if anchor is None:
            report.add(value.line, "bad-link", href=link.href, expected=EXPECTED)
    good = [a for a in found if a is not None]
    return good if len(good) == len(found) else None
