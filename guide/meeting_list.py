"""The committee's list: every decision under way, what each lacks, and what the committee answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checklists.calendar import local_day
from checklists.decisions import DECISION
from checklists.facts import fold
from checklists.laws import law_on
from checklists.meeting import Meeting, meeting_on, next_meeting
from checklists.progress import assess
from checklists.states import Progress
from guide.casework import Casework
from guide.committee_answer import answer_in, answer_step, outcome_word
from guide.date_text import format_day
from guide.dialogue import words
from guide.dialogue.scene import Handbooks
from guide.readiness_text import Report, missing_line, report

_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A case with a decision under way. ``agenda``: its step for the committee is agreed for the meeting's day.

    ``outcome`` is the committee's latest answer (one of OUTCOMES, or empty) and ``outcome_day`` its local day.
    """

    case: str
    caseworker: str
    team: str
    report: Report
    agenda: bool
    outcome: str
    outcome_day: date | None
    step: str | None
    """The step in which the committee's answer is written; None when the page has none."""


def meeting_list(work: Casework, on: date, team: str | None = None) -> list[OnTheWay]:
    """Every case (or a team's) with a decision under way: those on the agenda of ``on`` (a local day) first."""
    found = [one for progress in _every(work, team) if (one := _on_the_way(work, progress, on)) is not None]
    return sorted(found, key=lambda one: (not one.agenda, len(one.report.found.missing) == 0, one.case))


def the_meeting(handbooks: Handbooks, on: date) -> Meeting | None:
    """The municipality's meeting on that day; None when it has named no committee."""
    book = handbooks.get(law_on(on))
    committee = book.local.committee() if book is not None and book.local is not None else None
    return meeting_on(committee, on) if committee else None


def first_day(handbooks: Handbooks, now: datetime) -> date:
    """The local day of the municipality's next meeting from ``now`` (aware) on; today when it has named no days."""
    today = local_day(now)
    book = handbooks.get(law_on(today))
    committee = book.local.committee() if book is not None and book.local is not None else None
    meeting = next_meeting(committee, today) if committee else None
    return meeting.day if meeting else today


def meeting_lines(found: Sequence[OnTheWay], meeting: Meeting | None, on: date, now: datetime) -> list[str]:
    """The list as text: a heading, then each case with what it lacks."""
    today = local_day(now)
    head = meeting_head(meeting, on, now)
    if not found:
        return [*head, "Ingen sager har en afgørelse på vej."]
    told = [*head]
    for one in found:
        told += ["", case_head(one, today)]
        told += [f"  {missing_line(m, today)}" for m in one.report.found.missing] or [f"  {words.NOTHING_MISSING}"]
    return told


def meeting_head(meeting: Meeting | None, on: date, now: datetime) -> list[str]:
    """Which meeting, its last day for referrals, and a word when the day is not one the municipality has named."""
    today = local_day(now)
    name = meeting.committee.name if meeting else "Mødet"
    head = [words.sentence(f"{name} {format_day(on, today)}")]
    if meeting is not None and meeting.cutoff != meeting.day:
        passed = "var" if meeting.cutoff < today else "er"
        head.append(words.sentence(f"Sidste dag for indstillinger {passed} {format_day(meeting.cutoff, today)}"))
    if meeting is not None and meeting.committee.days and on.weekday() not in meeting.committee.days:
        head.append("Kommunens side siger, at udvalget mødes en anden ugedag. Se efter, om dagen er rigtig.")
    return head


def case_head(one: OnTheWay, today: date) -> str:
    """``D5 (LH, Rådgivning) om anbringelse · på dagsordenen · 3 mangler``."""
    about = words.joined(words.item_name(item).casefold() for item in one.report.found.measures) or "støtte"
    who = ", ".join(part for part in (one.caseworker, one.team) if part)
    missing = len(one.report.found.missing)
    parts = [f"{one.case} ({who}) om {about}" if who else f"{one.case} om {about}"]
    parts += ["på dagsordenen"] if one.agenda else []
    if one.outcome and one.outcome_day:
        parts.append(f"{outcome_word(one.outcome)} {format_day(one.outcome_day, today)}")
    parts.append("ingen kendte mangler" if not missing else "1 mangler" if missing == 1 else f"{missing} mangler")
    return " · ".join(parts)


def _every(work: Casework, team: str | None) -> Iterator[Progress]:
    now = work.now()
    cases = work.store.case_ids(team=team)
    for at in range(0, len(cases), _AT_A_TIME):
        for case, events in work.store.events_of(cases[at : at + _AT_A_TIME]).items():
            if any(event.kind == "run" and event.procedure == DECISION for event in events):
                yield assess(fold(case, events, now), work.handbooks, now)


def _on_the_way(work: Casework, progress: Progress, on: date) -> OnTheWay | None:
    told = report(progress, work.handbooks)
    if told is None:
        return None
    run = next(r for r in progress.runs if r.run is not None and r.run.id == told.found.run)
    step = answer_step(run.procedure)
    state = next((s for s in run.steps if step is not None and s.step.id == step.id), None)
    outcome, day = answer_in(state)
    holder = next((a.staff for a in reversed(progress.case.assignments) if a.end is None or a.end >= on), "")
    agenda = state is not None and any(r.status == "planned" and r.day == on for r in state.history)
    return OnTheWay(progress.case.id, holder, progress.case.team, told, agenda, outcome, day, step.id if step else None)
