"""The number a clause had on a given day: laws are renumbered while cases run, and a reference names the day's number.

Pages are written with the numbers of one promulgation (serviceloven: LBK 798 of 2019; barnets lov: LBK 282 of 2025).
``nummerering.csv`` says what a clause was called in another period: ``hjemmel;fra;til;hedder;kilde``, both days
included, an empty day for no limit.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from handbook.model import Procedure, Reference, Step

TABLE = Path(__file__).with_name("nummerering.csv")


@dataclass(frozen=True, slots=True)
class Renumbering:
    """``clause`` is called ``shown`` from ``first`` to ``last``, both days included."""

    clause: str
    first: date
    last: date
    shown: str
    source: str


@lru_cache(maxsize=1)
def renumberings() -> tuple[Renumbering, ...]:
    """Every row of the table. Raises ValueError for a row that is out of order: the table is part of the program."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Renumbering(
                row["hjemmel"],
                date.fromisoformat(row["fra"]) if row["fra"] else date.min,
                date.fromisoformat(row["til"]) if row["til"] else date.max,
                row["hedder"],
                row["kilde"],
            )
            for row in csv.DictReader(lines, delimiter=";")
        )


def clause_on(clause: str, day: date) -> str:
    """``clause`` as it was numbered on a local day: ``SEL § 140, stk. 3, 1. pkt.`` in 2022 is stk. 2 of the same."""
    for row in renumberings():
        if row.first <= day <= row.last and re.match(rf"{re.escape(row.clause)}(?!\d)", clause):
            return row.shown + clause[len(row.clause) :]
    return clause


def page_on(page: Procedure, day: date) -> Procedure:
    """``page`` with the clause numbers of a local day; the page itself where nothing differs."""
    standing = tuple(row for row in renumberings() if row.first <= day <= row.last)
    return _renumbered(page, standing, day) if standing else page


_PAGES: dict[tuple[int, tuple[Renumbering, ...]], tuple[Procedure, Procedure]] = {}


def _renumbered(page: Procedure, standing: tuple[Renumbering, ...], day: date) -> Procedure:
    # Keyed by identity: hashing a whole page costs more than renumbering it. The page is kept, so its id stays its own.
    key = (id(page), standing)
    if key not in _PAGES:
        steps = tuple(_step(step, day) for step in page.steps)
        _PAGES[key] = (page, replace(page, steps=steps) if steps != page.steps else page)
    return _PAGES[key][1]


def _step(step: Step, day: date) -> Step:
    references = tuple(_reference(r, day) for r in step.references)
    return replace(step, references=references) if references != step.references else step


def _reference(reference: Reference, day: date) -> Reference:
    shown = clause_on(reference.clause, day)
    return replace(reference, clause=shown) if shown != reference.clause else reference
