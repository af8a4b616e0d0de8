"""A total review: every case of a caseload is gone through, from the day it was begun until none is left.

Where it was begun is a row of the log (kind ``review``, step ``worklist``); that a case has been looked at is read from
its own records (a sagsgennemgang, or a round of supervision), never ticked off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from checklists.calendar import local_day
from checklists.caseload import Filters, narrowed
from checklists.summary_model import Summary
from checklists.wording import spell
from guide.casework import Casework
from guide.turns import Draft
from store.errors import StoreError
from store.events import Event
from store.reviews import BEGINS, WORKLIST


@dataclass(frozen=True, slots=True)
class TotalReview:
    """A review under way: whose cases (empty: every one), since which local day, and the row that says so."""

    id: str
    started: date
    team: str
    caseworker: str
    row: Event

    @property
    def whose(self) -> str:
        """Whose cases, in Danish."""
        named = (f"team {self.team}" if self.team else "", f"{self.caseworker}s sager" if self.caseworker else "")
        return " · ".join(part for part in named if part) or "alle sager"

    def cases(self, summaries: Sequence[Summary]) -> list[Summary]:
        """Those of ``summaries`` that it is about."""
        return narrowed(summaries, Filters(team=self.team, holder=self.caseworker))


def under_way(work: Casework) -> tuple[TotalReview, ...]:
    """The reviews begun by today and not ended, the latest first."""
    today = local_day(work.now())
    rows = work.store.reviews(WORKLIST)
    replaced = {row.replaces for row in rows}
    found = []
    for row in rows:
        value = row.value or {}
        if row.id in replaced or value.get("status") or value.get("to"):
            continue
        started = date.fromisoformat(str(value["from"])[:10])
        if started <= today:
            found.append(TotalReview(row.run, started, value.get("team") or "", value.get("caseworker") or "", row))
    return tuple(sorted(found, key=lambda r: (r.started, r.row.recorded), reverse=True))


def start(work: Casework, team: str = "", caseworker: str = "") -> TotalReview:
    """Begin one today. Raises StoreError when one for the same cases is under way."""
    same = [r for r in under_way(work) if (r.team, r.caseworker) == (team, caseworker)]
    if same:
        raise StoreError(f"En gennemgang af {same[0].whose} er i gang, begyndt {spell(same[0].started)}.")
    today = local_day(work.now())
    taken = [int(row.run.rpartition("-")[2]) for row in work.store.reviews(WORKLIST)]
    run = f"{BEGINS[WORKLIST]}-{max(taken, default=0) + 1}"
    value = {"from": today.isoformat(), "team": team, "caseworker": caseworker}
    (row,) = work.save([Draft("review", "", run=run, step=WORKLIST, day=today, value=value)])
    return TotalReview(run, today, team, caseworker, row)


def end(work: Casework, found: TotalReview) -> None:
    """End it today; what was looked at stays in the cases."""
    today = local_day(work.now())
    value = {**found.row.value, "to": today.isoformat()}
    row = found.row
    work.save([Draft("review", "", run=row.run, step=WORKLIST, day=row.day, value=value, replaces=row.id)])


def looked_at(work: Casework, summaries: Sequence[Summary]) -> list[Summary]:
    """The cases with the days they were gone through in a round of supervision among the days they were reviewed."""
    rows = work.store.reviews()
    replaced = {row.replaces for row in rows}
    today = local_day(work.now())
    days: dict[str, set[date]] = {}
    for row in rows:
        if row.step == "reviewed" and row.id not in replaced and row.day is not None and row.day <= today:
            days.setdefault(row.case, set()).add(row.day)
    return [replace(c, reviewed=tuple(sorted({*c.reviewed, *days.get(c.case, ())}))) for c in summaries]
