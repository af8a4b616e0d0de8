"""What every measure says about one case of a supervision round, also where it never enters the auditors' table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checklists.calendar import end_of_day
from checklists.facts import Event, fold
from checklists.measures.catalogue import ALL, BESIDE
from checklists.measures.dossier import dossier
from checklists.measures.entering import Entry, enter
from checklists.measures.model import NOT_COUNTED, Dossier, Measure, Round, Verdict
from checklists.predicates import PREDICATES
from checklists.sample import NOTIFICATION
from checklists.view import View
from handbook.model import Handbook, Law


@dataclass(frozen=True, slots=True)
class Said:
    """One measure's verdict. ``name`` and ``clause`` are those of the case's law."""

    measure: Measure
    name: str
    clause: str
    verdict: Verdict

    @property
    def counts(self) -> bool:
        """Whether the measure asks about this type of case at all; else nobody's answer makes it count."""
        return self.verdict.reason not in NOT_COUNTED.values()


def verdicts(
    case_id: str, events: Sequence[Event], handbooks: Mapping[Law, Handbook], period: tuple[date, date], now: datetime
) -> tuple[Law | None, tuple[Said, ...]]:
    """The law the case is judged by and what each measure says; (None, ()) for a case with nothing in the period.

    As ``audit`` judges it. A case with only notifications in the period is asked what the law asks of notifications.
    ``period`` is two local days, both included; ``now`` an aware instant.
    """
    start, end = period
    asked = Round(start, end, min(now, end_of_day(end)))
    view = View(fold(case_id, events, asked.seen), handbooks, asked.seen, PREDICATES)
    entry = enter(view, asked)
    only_notified = entry is None
    entry = entry or _notified(view, asked)
    if entry is None:
        return None, ()
    found = dossier(view, entry, asked, fold(case_id, events, now))
    asking = [m for m in ALL if _asks(m, found) and (not only_notified or _about_notifications(m))]
    return found.law, tuple(_said(measure, found, asked) for measure in asking)


def _notified(view: View, asked: Round) -> Entry | None:
    """A case that has only had notifications in the period, under its last one."""
    received = [
        (record, run)
        for run in view.runs_of(NOTIFICATION)
        for record in run.records.get("modtaget", ())
        if record.status == "done" and asked.holds(record.day)
    ]
    if not received:
        return None
    record, run = max(received, key=lambda pair: (pair[0].day, pair[1].id))
    return Entry("offer", record.day, NOTIFICATION, run, record)


def _asks(measure: Measure, found: Dossier) -> bool:
    """What the case's law does not know is not asked; neither are local targets where there are none."""
    return found.law in measure.clauses and (measure.code != "local-targets" or found.has_targets)


def _about_notifications(measure: Measure) -> bool:
    return measure.theme in BESIDE and "offer" in measure.counts


def _said(measure: Measure, found: Dossier, asked: Round) -> Said:
    newest = found.law == "barnets_lov" and measure.bl_name
    name = measure.bl_name if newest else measure.name
    return Said(measure, name, measure.clauses[found.law], measure(found, asked))
