"""The birthdays that change something in a case, and what each brings under the law of that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checklists import calendar
from checklists.laws import law_on
from handbook.model import Handbook, Law, Step
from handbook.numbering import page_on

PAGE = "alder"
"""The page whose steps ``fyldt-15`` and ``fyldt-17-6`` (years and months) say what an age brings."""


@dataclass(frozen=True, slots=True)
class Birthday:
    """An age reached between ``first`` and ``last`` (the same day when the birth day is known), and its page's step."""

    months: int
    first: date
    last: date
    law: Law
    step: Step

    @property
    def label(self) -> str:
        """The age in words: ``15`` or ``17½``."""
        years, months = divmod(self.months, 12)
        return f"{years}½" if months == 6 else str(years)


def birthdays(born: str, handbooks: Mapping[Law, Handbook]) -> tuple[Birthday, ...]:
    """Every birthday that matters for a child ``born`` then, oldest first, each under the law of its own day.

    Empty when the birth is not recorded. An age that one law names and the other does not stands only where the law of
    that day names it.
    """
    found = []
    for law, book in handbooks.items():
        page = book.procedures.get(PAGE)
        if page is None:
            continue
        for step in page.steps:
            months = _months(step.id)
            days = calendar.birthday(born, months) if months else None
            if days is not None and months is not None and law_on(days[1]) == law:
                numbered = page_on(page, days[1]).by_id[step.id]  # the clause as it is numbered on that day
                found.append(Birthday(months, days[0], days[1], law, numbered))
    return tuple(sorted(found, key=lambda b: b.months))


def coming(born: str, handbooks: Mapping[Law, Handbook], today: date) -> tuple[Birthday, ...]:
    """The birthdays that matter and are not certainly reached on the local day ``today``."""
    return tuple(b for b in birthdays(born, handbooks) if b.last >= today)


def passed_between(born: str, handbooks: Mapping[Law, Handbook], today: date, then: date) -> tuple[Birthday, ...]:
    """The birthdays that matter between ``today`` and a later day: what a decision or follow-up then has to know."""
    return tuple(b for b in coming(born, handbooks, today) if b.first <= then)


def reached_since(born: str, handbooks: Mapping[Law, Handbook], since: date, today: date) -> tuple[Birthday, ...]:
    """The birthdays that matter after the local day ``since`` and certainly reached on ``today``."""
    return tuple(b for b in birthdays(born, handbooks) if since < b.last <= today)


def _months(step_id: str) -> int | None:
    """``fyldt-15`` -> 180, ``fyldt-17-6`` -> 210; None for any other id."""
    word, _, age = step_id.partition("-")
    years, _, months = age.partition("-")
    if word != "fyldt" or not years.isdigit() or (months and not months.isdigit()):
        return None
    return 12 * int(years) + int(months or 0)
