"""An audit round over many cases: its numbers from the projection, and only the cases a number needs worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from checklists.audit import Overrides, audit, natural
from checklists.audit_table import AuditTable, alike, audit_table
from guide import projecting
from guide.projecting import Progress
from handbook.model import Law

if TYPE_CHECKING:
    from guide.casework import Casework


def numbers(
    work: Casework,
    period: tuple[date, date],
    team: str | None = None,
    law: Law | None = None,
    from_start: bool = True,
    overrides: Overrides | None = None,
    progress: Progress | None = None,
) -> AuditTable:
    """What ``audit`` counts in the cases (of ``team``) over a period of local days, both included, as of now.

    Cases about which reviewers answered against the dates are few, and are counted by ``audit`` itself. Raises
    StoreError when the projection cannot be kept: then the full ``audit`` answers.
    """
    now = work.now()
    judged = [case for case, answers in (overrides or {}).items() if answers]
    if judged and team is not None:
        of_team = set(work.store.case_ids(team=team))
        judged = [case for case in judged if case in of_team]
    rows = projecting.audit_rows(work, period, team, from_start, judged, progress)
    if judged:
        cases = work.store.events_of(judged).items()
        found = audit(cases, work.handbooks, period, now, from_start=from_start, overrides=overrides)
        rows += alike(found)
    return audit_table(rows, work.handbooks, period, now, law, from_start)


def outside(
    work: Casework, period: tuple[date, date], table: AuditTable, team: str | None, from_start: bool, most: int
) -> Mapping[str, Sequence[str]]:
    """Why -> the cases that stand outside ``table`` for it, by number; nothing where there are more than ``most``."""
    if not 0 < sum(cases for _, cases in table.outside) <= most:
        return {}
    found: dict[str, list[str]] = {}
    for case, why in sorted(projecting.outside(work, period, team, from_start), key=lambda pair: natural(pair[0])):
        found.setdefault(why, []).append(case)
    return found
