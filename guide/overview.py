"""One line a case for "Mine sager": what comes next in it, by when, and how many findings it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checklists.calendar import age_reached, has_passed, local_day
from checklists.states import Due, Progress, StepState
from checklists.summary_model import Summary
from guide.dialogue import words
from guide.dialogue.agenda import pressing
from guide.dialogue.scene import Handbooks, Scene
from handbook.model import SHORT, Law

NOTHING_OPEN = "Ingen åbne trin"
NOT_BEGUN = "Åbn det første forløb"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list. ``next`` is the most urgent open step in Danish; ``age`` the child's, as shown (``9 år``)."""

    case: str
    caseworker: str
    team: str
    law: str
    next: str
    due: Due | None
    missing: bool
    """The next step has no deadline of its own, but what it had to come before has happened."""
    findings: int
    age: str
    rank: tuple[int, float, int] = (9, 0.0, 0)
    """What the list is sorted by: the urgency of the next step."""
    local_findings: int = 0
    """How many of ``findings`` rest on the municipality's own rules alone."""
    dues: tuple[tuple[date, datetime], ...] = ()
    """Every deadline that runs in the case: the local day to aim at, and the last aware instant in time."""


@dataclass(frozen=True, slots=True)
class Morning:
    """How many deadlines a list of cases has: to be met today, passed, and within the seven days after today."""

    today: int
    overdue: int
    week: int


def morning(lines: Iterable[CaseLine], now: datetime) -> Morning:
    """The deadlines of the cases in ``lines`` as of the aware ``now``.

    One whose day to aim at has gone, but which is not late yet (two ways to count working days), is one of today's.
    """
    today = local_day(now)
    dues = [due for line in lines for due in line.dues]
    late = [due for due in dues if has_passed(due[1], now)]
    running = [aim for aim, late_after in dues if not has_passed(late_after, now)]
    return Morning(
        today=sum(aim <= today for aim in running),
        overdue=len(late),
        week=sum(today < aim <= today + timedelta(days=7) for aim in running),
    )


def morning_text(found: Morning) -> str:
    """``3 frister i dag, 1 overskredet · 5 de næste 7 dage``; a calm line when there is nothing today."""
    ahead = f"{found.week} de næste 7 dage" if found.week else "ingen de næste 7 dage"
    if not found.today and not found.overdue:
        return f"Ingen frister i dag, og ingen er overskredet · {ahead}"
    today = f"{found.today or 'Ingen'} {'frist' if found.today == 1 else 'frister'} i dag"
    return f"{today}, {found.overdue or 'ingen'} overskredet · {ahead}"


def case_line(progress: Progress, handbooks: Handbooks) -> CaseLine:
    """The line of one case."""
    scene = Scene(progress, handbooks)
    ranked = [(pressing(scene, r, s), n, s) for n, r in enumerate(progress.runs) for s in r.open_steps]
    rank, _, first = min(ranked, key=lambda entry: entry[:2], default=((9, 0.0, 0), 0, None))
    return CaseLine(
        case=progress.case.id,
        caseworker=scene.view.holder,
        team=progress.case.team,
        law=SHORT[_law(scene)],
        next=_next(first, bool(progress.runs)),
        due=first.due if first else None,
        missing=first is not None and first.state == "overdue" and first.due is None,
        findings=len(progress.findings),
        age=age_text(progress.case.born, local_day(progress.now)),
        rank=rank,
        local_findings=sum(f.basis == "lokal" for f in progress.findings),
        dues=tuple((s.due.day, s.due.late_after) for r in progress.runs for s in r.steps if s.due and not s.settled),
    )


def line_of(summary: Summary, today: date) -> CaseLine:
    """The same line, from what is kept of the case as of the local day ``today``."""
    name = summary.next_name
    name = name[:1].upper() + name[1:]
    item = summary.next_item or words.MEASURES.get(summary.next_kind, summary.next_kind)
    nothing = NOTHING_OPEN if summary.begun else NOT_BEGUN
    return CaseLine(
        case=summary.case,
        caseworker=summary.holder,
        team=summary.team,
        law=summary.law,
        next=f"{name}: {item}" if name and item else name or nothing,
        due=summary.next_due,
        missing=summary.next_missing,
        findings=len(summary.findings),
        age=age_text(summary.born, today),
        rank=summary.rank,
        local_findings=sum(f.basis == "lokal" for f in summary.findings),
        dues=tuple((due.aim, due.late_after) for due in summary.dues),
    )


def in_order(lines: Iterable[CaseLine]) -> list[CaseLine]:
    """The lines as the list shows them: the most urgent first."""
    return sorted(lines, key=lambda line: (line.rank, -line.findings, line.case))


def _next(state: StepState | None, begun: bool) -> str:
    if state is None:
        return NOTHING_OPEN if begun else NOT_BEGUN
    name = words.step_name(state.step)
    name = name[:1].upper() + name[1:]
    return f"{name}: {words.item_name(state.item)}" if state.item else name


def _law(scene: Scene) -> Law:
    """The law of the run opened last, else the law of the day."""
    runs = [r for r in scene.progress.runs if r.run is not None]
    return runs[-1].procedure.law if runs else scene.law


def age_text(born: str, today: date) -> str:
    """``9 år``, or months for a child under two; empty when the birth month is not recorded or lies ahead."""
    try:
        year, month = int(born[:4]), int(born[5:7])
    except ValueError:
        return ""
    months = (today.year - year) * 12 + today.month - month
    if months < 0:
        return ""
    if months < 24:
        return f"{months} mdr."
    years = today.year - year
    return f"{years if age_reached(born, years, today) else years - 1} år"
