"""What an overview needs of one case: dates and facts, small enough to keep for every case of a municipality.

Nothing here asks what day it is but through what ``assess`` answered: "due in 7 days" is worked out when it is read
(``checklists.caseload``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from checklists.calendar import local_day
from checklists.facts import Case
from checklists.holding import holder_on
from checklists.judge import first_day_over
from checklists.laws import law_on
from checklists.states import Finding, Progress, StepState
from checklists.summary_model import NOTHING, DueLine, FindingLine, PastLine, Summary
from checklists.urgency import pressing
from handbook.model import SHORT, Handbook, Law

REVIEW = "sagsgennemgang"
"""The procedure whose records show that a case has been looked at."""

_UNDONE = ("overdue", "late", "order")
"""Kinds of finding about a duty that lay undone for a while, and so was part of the backlog."""


def summary(progress: Progress, handbooks: Mapping[Law, Handbook]) -> Summary:
    """The case behind ``progress`` (judged with ``handbooks``) as one value."""
    case = progress.case
    today = local_day(progress.now)
    closed = _closed(case)
    ranked = [(pressing(r, s, today), n, s) for n, r in enumerate(progress.runs) for s in r.open_steps]
    rank, _, first = min(ranked, key=lambda entry: entry[:2], default=(NOTHING, 0, None))
    return Summary(
        case=case.id,
        born=case.born,
        team=case.team,
        holder=holder_on(case.assignments, today),
        law=SHORT[_law(progress, handbooks, today)],
        known_from=case.known_from,
        closed=closed,
        dues=tuple(_dues(progress)),
        findings=tuple(_findings(progress)),
        past=tuple(_past(progress, closed)),
        idle_since=_last_worked_on(case),
        reviewed=_reviewed(case),
        procedures=tuple(dict.fromkeys(r.procedure.id for r in progress.runs if r.open_steps)),
        begun=bool(progress.runs),
        next_name=(first.step.name or first.step.title) if first else "",
        next_item=_item_name(first) if first else "",
        next_kind=first.item.kind if first and first.item and not first.item.label else "",
        next_due=first.due if first else None,
        next_missing=first is not None and first.state == "overdue" and first.due is None,
        rank=rank,
    )


def _item_name(state: StepState) -> str:
    item = state.item
    return (item.label or ("" if item.kind else item.id)) if item else ""


def _law(progress: Progress, handbooks: Mapping[Law, Handbook], today: date) -> Law:
    """The law of the run opened last, else the law of the day as far as its edition is at hand."""
    runs = [r for r in progress.runs if r.run is not None]
    law = runs[-1].procedure.law if runs else law_on(today)
    return law if law in handbooks else next(iter(handbooks))


def _closed(case: Case) -> date | None:
    return min(_days(case, "afslutning", "lukket"), default=None)


def _last_worked_on(case: Case) -> date | None:
    records = [r for run in case.runs.values() if run.procedure != REVIEW for rs in run.records.values() for r in rs]
    notes = (n for n in case.notes if not n.signs_off)
    return max((r.day for r in (*records, *notes, *case.sparrings) if r.status != "planned"), default=None)


def _reviewed(case: Case) -> tuple[date, ...]:
    return tuple(sorted(set(_days(case, REVIEW))))


def _days(case: Case, procedure: str, step: str = "") -> Iterable[date]:
    """The days on which a step (or any step) of the procedure was done."""
    for run in case.runs.values():
        if run.procedure == procedure:
            found = [run.records.get(step, ())] if step else run.records.values()
            yield from (r.day for records in found for r in records if r.status == "done")


def _dues(progress: Progress) -> Iterable[DueLine]:
    for run in progress.runs:
        for state in run.steps:
            if state.due is None or state.settled:
                continue
            planned = state.record.day if state.record is not None and state.record.status == "planned" else None
            basis = "lokal" if state.due.local else state.step.basis
            yield DueLine(
                run=state.run or "",
                procedure=run.procedure.id,
                law=SHORT[run.procedure.law],
                step=state.step.id,
                item=state.item.id if state.item else "",
                name=state.step.name or state.step.title,
                aim=state.due.day,
                late_after=state.due.late_after,
                basis=basis,
                clause=state.step.clause_of("lokal") if state.due.local else state.step.clause,
                planned=planned,
            )


def _findings(progress: Progress) -> Iterable[FindingLine]:
    states = _states(progress)
    for finding in progress.findings:
        state = states.get(_key(finding))
        yield FindingLine(
            id=finding.id,
            run=finding.run or "",
            procedure=finding.procedure,
            law=finding.law,
            step=finding.step,
            item="+".join(finding.items),
            name=_name(finding, state),
            kind=finding.kind,
            code=finding.code,
            basis=finding.basis,
            measures=finding.measures,
            since=finding.since,
            text=finding.text,
            holder_then=_holder_then(progress.case, finding, state),
            cause=_cause(finding, state),
        )


def _past(progress: Progress, closed: date | None) -> Iterable[PastLine]:
    states = _states(progress)
    for finding in progress.findings:
        if finding.kind not in _UNDONE or finding.since is None:
            continue
        state = states.get(_key(finding))
        until = None if finding.kind == "overdue" else _done_on(finding, state)
        if closed is not None:
            until = min(until or closed, closed)
        if until is None or until > finding.since:
            yield PastLine(
                run=finding.run or "",
                procedure=finding.procedure,
                law=finding.law,
                step=finding.step,
                item="+".join(finding.items),
                name=_name(finding, state),
                basis=finding.basis,
                since=finding.since,
                until=until,
                holder_then=_holder_then(progress.case, finding, state),
            )


def _states(progress: Progress) -> dict[tuple[str, str, str], StepState]:
    found: dict[tuple[str, str, str], StepState] = {}
    for run in progress.runs:
        for state in run.steps:
            found.setdefault((state.run or run.procedure.id, state.step.id, state.item.id if state.item else ""), state)
    return found


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.run or finding.procedure, finding.step, "+".join(finding.items))


def _name(finding: Finding, state: StepState | None) -> str:
    return (state.step.name or state.step.title) if state else finding.step.replace("-", " ")


def _round(finding: Finding) -> date | None:
    """The day of the late round that a finding of a rhythm is about; its code names it (``late-2019-11-04``)."""
    try:
        return date.fromisoformat(finding.code.removeprefix("late-")) if finding.kind == "late" else None
    except ValueError:
        return None


def _done_on(finding: Finding, state: StepState | None) -> date | None:
    """The day a step that came too late was done."""
    record = state.record if state else None
    return _round(finding) or (record.day if record is not None and record.status == "done" else finding.since)


def _holder_then(case: Case, finding: Finding, state: StepState | None) -> str:
    """Whoever held the case when the deadline passed, which is the day before it was first exceeded."""
    if finding.since is None:
        return ""
    day = finding.since
    if finding.kind in ("overdue", "late"):
        due = state.due if state else None
        if _round(finding) or finding.code.startswith("local-"):
            day -= timedelta(days=1)
        elif due is not None and first_day_over(due) == finding.since:
            day = local_day(due.late_after)
    return holder_on(case.assignments, day)


def _cause(finding: Finding, state: StepState | None) -> str:
    """The cause recorded with the step, of the late round itself where the finding is about one."""
    if state is None:
        return ""
    day = _round(finding)
    records = [r for r in state.history if r.day == day] if day else [state.record] if state.record else []
    return next((str(r.value["cause"]) for r in records if r.value.get("cause")), "")
