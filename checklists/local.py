"""The municipality's own targets (**Mål:**): judged apart from the law, told apart, and never in its place."""

from __future__ import annotations

from dataclasses import replace

from checklists import calendar, wording
from checklists.calendar import has_passed
from checklists.due import Due
from checklists.judge import Verdict, finding, is_late
from checklists.states import SETTLED
from checklists.view import Place, View


def against_targets(view: View, place: Place, verdict: Verdict) -> None:
    """Add to ``verdict`` what the municipality's target says: a finding of basis lokal, or a day to aim at.

    A step that already has a finding gets no local one: one fault, one finding. A deadline of the law stays the one
    shown.
    """
    due = _target(view, place)
    if due is None or verdict.state == "not relevant":
        return
    if verdict.due is None:
        verdict.due = due
    if verdict.findings:
        return
    limit = calendar.local_day(due.late_after)
    since = calendar.add(limit, 1, "dage")
    name = place.step.name
    if verdict.state in SETTLED:
        record = verdict.record
        if record is not None and record.status == "done" and is_late(record, due):
            text = wording.local_late(name, record.day, limit)
            verdict.findings = [finding(view, place, "late", "local-late", text, since, "lokal", passed=limit)]
    elif has_passed(due.late_after, view.now):
        text = wording.local_missing(name, limit)
        verdict.findings = [finding(view, place, "overdue", "local-missing", text, since, "lokal", passed=limit)]


def _target(view: View, place: Place) -> Due | None:
    dues = [
        due
        for target in place.step.targets
        if view.holds(place, target.when)
        for term in target.terms
        if (due := view.due(place, term, target.text)) is not None
    ]
    known = view.case.known_from
    standing = [d for d in dues if known is None or calendar.local_day(d.late_after) >= known]
    earliest = min(standing, key=lambda due: due.late_after.timestamp(), default=None)
    return replace(earliest, local=True) if earliest else None
