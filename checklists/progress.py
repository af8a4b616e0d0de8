"""A case against the handbook: the state of every step of every run, and the findings, as of ``now``.

Pure: the same case, pages and ``now`` always give the same answer, in whatever order the events were recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from checklists.crossing import as_it_was
from checklists.facts import Case, Item, Run
from checklists.idle import idle_findings
from checklists.judge import Verdict, as_state, judge
from checklists.local import against_targets
from checklists.predicates import PREDICATES
from checklists.rhythm import judge_rhythm
from checklists.states import NOT_ASSESSED, Finding, Progress, RunState, State, StepState
from checklists.view import Place, View
from handbook.model import Handbook, Law, Procedure, Step


def assess(case: Case, handbooks: Mapping[Law, Handbook], now: datetime) -> Progress:
    """Everything that follows from ``case`` (folded to ``now``, an aware instant) and the editions at hand.

    Findings come in the order of the runs and their pages, one at most for each step instance (a rhythm may have one
    for each late round), then those about idle stretches.
    """
    view = View(case, handbooks, now, PREDICATES)
    expected = tuple(_runs(view))
    judged = [_judge_run(view, *one) for one in expected]
    reported = {(p.run.id, p.step.id) for steps in judged for p, v, _ in steps if p.run is not None and v.findings}
    findings = [
        f
        for steps in judged
        for place, verdict, _ in steps
        if not _repeats(view, place, verdict, reported)
        for f in verdict.findings
    ]
    findings = _judgements_last(findings)
    runs = tuple(
        RunState(page, run, serves or None, tuple(s for _, _, s in steps), tuple(_earlier(view, page, run)))
        for (page, run, serves), steps in zip(expected, judged, strict=True)
        if steps
    )
    return Progress(case, now, runs, (*findings, *idle_findings(view, runs, findings)))


def _runs(view: View) -> Iterator[tuple[Procedure, Run | None, str]]:
    """Every run with a page, each followed by the companions expected of it that nobody has opened yet."""
    for run in view.case.runs.values():
        page = view.page_of(run)
        if page is None:
            continue
        yield page, run, run.serves
        for step in page.steps:
            for companion in step.opens if not view.why_not(Place(page, run, run.serves, step, None)) else ():
                other = view.handbooks[page.law].procedures.get(companion)
                expected = view.pages.expected(other, run.id) if other is not None else None
                if expected is not None and not _has_companion(view, run, expected):
                    yield expected, None, run.id


def _has_companion(view: View, run: Run, expected: Procedure) -> bool:
    alone = len(view.runs_of(run.procedure)) == 1
    # One that ended under serviceloven keeps its page there, and is the same duty.
    found = (*view.runs_of(expected.id), *(view.runs_of(expected.counterpart) if expected.law == "barnets_lov" else ()))
    return any(r.serves == run.id or (not r.serves and (alone or r.opened_by == run.id)) for r in found)


def _judge_run(view: View, page: Procedure, run: Run | None, serves: str) -> list[tuple[Place, Verdict, StepState]]:
    found = []
    for step in page.steps:
        for item in _instances(view, page, run, serves, step):
            place = as_it_was(view, Place(page, run, serves, step, item))
            rule = place.step.recurrence
            verdict = judge_rhythm(view, place, rule) if rule else judge(view, place)
            against_targets(view, place, verdict)
            if verdict.state in ("open", "due soon") and not verdict.reason and run is not None:
                since = view.pages.added_since(run, page, step)
                verdict.reason = f"{NOT_ASSESSED}: trinnet er nyt siden version {since}" if since else ""
            found.append((place, verdict, as_state(place, verdict, view.records(place))))
    return found


def _earlier(view: View, page: Procedure, run: Run | None) -> Iterator[StepState]:
    """The answers of a run that was moved to a newer version of its page, to steps the page had before."""
    for before, step in view.pages.left_behind(run, page) if run is not None else ():
        history = run.records[step.id] if run is not None else ()
        record = next((r for r in reversed(history) if r.status == "done"), history[-1])
        state: State = (
            "left out" if record.status == "left out" else "done" if record.status == "done" else "not relevant"
        )
        reason = f"fra den tidligere udgave (version {before.version}): siden har ikke længere trinnet"
        item = next((view.case.items[i] for i in record.items if i in view.case.items), None) if step.for_each else None
        yield StepState(step, run.id if run else None, item, state, reason, None, record, tuple(history), page=before)


def _instances(view: View, page: Procedure, run: Run | None, serves: str, step: Step) -> tuple[Item | None, ...]:
    if step.for_each is None:
        return (None,)
    items = view.items_for(Place(page, run, serves, step, None), step.for_each)
    started = tuple(i for i in items if not _came_after(view, page, run, serves, step, i))
    if started or step.for_each in ("søskende", "oplysning"):
        return started
    # Nothing of the kind is registered: the step still stands once, so that a forgotten item hides nothing.
    return (None,)


def _came_after(view: View, page: Procedure, run: Run | None, serves: str, step: Step, item: Item) -> bool:
    """Whether a custody holder came to the case only after what the step had to come before."""
    if item.type == "foranstaltning":
        return False
    place = Place(page, run, serves, step, None)
    days: list[date] = [r.day for line in step.orders if line.before for r in view.done(place, line.anchor)[:1]]
    return bool(days) and item.start > min(days)


def _repeats(view: View, place: Place, verdict: Verdict, reported: set[tuple[str, str]]) -> bool:
    if verdict.against is None:
        return False
    other = view.resolve(place, verdict.against[0])
    return other is not None and (other.id, verdict.against[1]) in reported


def _judgements_last(findings: list[Finding]) -> list[Finding]:
    """Reviewers' judgements come after what dates show; one that only confirms a reported measure is not repeated."""
    dated = [f for f in findings if f.kind != "judgement"]
    known = {measure for f in dated for measure in f.measures}
    return dated + [f for f in findings if f.kind == "judgement" and not known.intersection(f.measures)]
