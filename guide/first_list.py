"""One person's cases, most urgent first, before the database layer has been imported: what "Mine sager" opens on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guide.overview import CaseLine


@dataclass(frozen=True, slots=True)
class FirstList:
    """Case -> its line as of ``now``, in the order shown; ``version`` is the database's when it was read."""

    version: int
    now: datetime
    lines: Mapping[str, CaseLine]


def first_list(url: str | None, now: Callable[[], datetime], me: str, handbook: Path | None = None) -> FirstList | None:
    """The cases ``me`` holds in the database at ``url``, judged by the editions and the municipality's ``handbook``.

    None when the database is out of the ordinary: then the ordinary way (``guide.desk``) opens it, and tells.
    """
    from checklists.calendar import local_day
    from checklists.facts import fold
    from checklists.progress import assess
    from guide.editions import load_handbooks
    from guide.overview import case_line, in_order
    from store.first_look import first_look

    moment = now()
    found = first_look(url, me, local_day(moment))
    if found is None:
        return None
    books = load_handbooks(handbook)
    lines = in_order(
        case_line(assess(fold(case, rows, moment), books, moment), books) for case, rows in found.cases.items()
    )
    return FirstList(found.version, moment, {line.case: line for line in lines})
