"""What a reference was checked against, read from the words of its step's **Kilde:** line.

A **Kilde:** is written for people: pieces between semicolons and full stops, where the word "læst" says that somebody
has read the rule in that text. A piece counts for the laws it names, by abbreviation or by a promulgation that is known
here; one that names none counts for the page's own law. One that begins with paragraphs (``RSL §§ 10 og 11 c, læst i
LBK 354/2025``) counts for those alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from handbook.model import SHORT, Law, Reference, State

PROMULGATIONS: dict[str, tuple[str, str]] = {
    "798/2019": ("SEL", "LBK 798 af 07/08/2019"),
    "170/2022": ("SEL", "LBK 170 af 24/01/2022"),
    "282/2025": ("BL", "LBK 282 af 17/03/2025"),
    "354/2025": ("RSL", "LBK 354 af 02/04/2025"),
    "433/2014": ("FVL", "LBK 433 af 22/04/2014"),
    "145/2020": ("OFL", "LBK 145 af 24/02/2020"),
}
"""Number and year of a promulgation (lovbekendtgørelse) -> the abbreviation of its law, and its name in full. One that
is not here counts for the page's own law unless its piece of the **Kilde:** names another.
"""

_PIECES = re.compile(r";|\.\s+(?=[A-ZÆØÅ§])")
_READ = re.compile(r"\blæst\b")
_NOT_READ = re.compile(r"\bikke læst\b|\blæst i gengivelse\b")
_ASIDE = re.compile(r"\([^()]*\)")
_ABBREVIATION = re.compile(r"\b(?!LBK\b)([A-ZÆØÅ]{2,4})\b(?=\s*§|\s*,|\s+er\b|\s+læst\b)")
_PROMULGATION = re.compile(r"\bLBK\s+(?:nr\.\s*)?(?P<number>\d+)(?:/| af \d{1,2}/\d{1,2}/)(?P<year>\d{4})")
_OWN_LAW = re.compile(r"([A-ZÆØÅ]{2,4})\b")
_ONE = r"\d{1,4}(?: [a-zæøå]\b)?"
_PARAGRAPHS = re.compile(rf"§§?\s*(?P<list>{_ONE}(?:(?:, | og |-){_ONE})*)")
_BEGINS = re.compile(rf"(?:[A-ZÆØÅ]{{2,4}}\s+)?{_PARAGRAPHS.pattern}")
_RANGE = re.compile(r"(\d{1,4})-(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Reading:
    """That the text ``text`` of ``law`` was read: all that the step refers to, or ``paragraphs`` alone."""

    law: str
    text: str
    paragraphs: frozenset[str] = frozenset()


def law_named(clause: str) -> str:
    """The abbreviation a clause begins with: ``FVL § 19`` is FVL. Empty when it begins with none."""
    match = _OWN_LAW.match(clause)
    return match[1] if match else ""


def paragraphs(text: str) -> frozenset[str]:
    """The paragraphs that ``text`` names first: ``SEL §§ 46 og 155 a`` is 46 and 155 a; a range is all between."""
    match = _PARAGRAPHS.search(text)
    if match is None:
        return frozenset()
    found = set(re.findall(_ONE, match["list"]))
    for first, last in _RANGE.findall(match["list"]):
        found |= {str(n) for n in range(int(first), min(int(last), int(first) + 100) + 1)}
    return frozenset(found)


def with_states(references: Iterable[Reference], source: str, law: Law) -> tuple[Reference, ...]:
    """The references of a step on a page of ``law``, each with its state and what it was checked against."""
    return tuple(_with_state(reference, source, law) for reference in references)


def _with_state(reference: Reference, source: str, law: Law) -> Reference:
    if not reference.checked:
        return replace(reference, state="ikke kontrolleret")
    if reference.basis != "lov":
        return replace(reference, state=reference.basis)
    own, named = law_named(reference.clause) or SHORT[law], paragraphs(reference.clause)
    texts = [r.text for r in readings(source, law) if r.law == own and (not r.paragraphs or named <= r.paragraphs)]
    checked: State = "kontrolleret" if texts else "ikke kontrolleret"
    return replace(reference, state=checked, source="; ".join(dict.fromkeys(texts)))


@lru_cache(maxsize=1024)
def readings(source: str, law: Law) -> tuple[Reading, ...]:
    """What a **Kilde:** says was read, on a page of ``law``."""
    return tuple(reading for piece in _PIECES.split(source) for reading in _readings(piece.strip(), law))


def _readings(piece: str, law: Law) -> Iterator[Reading]:
    # "læst i X; Y er ikke læst" is two pieces, so a piece with a "not" in it says only what was left unread
    if not _READ.search(piece) or _NOT_READ.search(piece):
        return
    begins = _BEGINS.match(piece)
    alone = paragraphs(begins[0]) if begins else frozenset[str]()
    main = _ASIDE.sub("", piece)
    texts: dict[str, str] = {}
    for match in _PROMULGATION.finditer(main):
        name, text = PROMULGATIONS.get(f"{match['number']}/{match['year']}", ("", match[0]))
        texts.setdefault(name, text)
    names = dict.fromkeys((*_ABBREVIATION.findall(main), *filter(None, texts))) or {SHORT[law]: None}
    whole = " ".join(piece.split()).removesuffix(".")
    for name in names:
        yield Reading(name, texts.get(name) or texts.get("") or whole, alone)
