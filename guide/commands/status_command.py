"""Vis, hvor langt en sag er: hvert trin med frist og tilstand, og det, der mangler eller er sent."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import OK
from guide.commands import common
from handbook.model import SHORT

if TYPE_CHECKING:
    from checklists.states import Finding, Progress, RunState, StepState


def arguments(parser: Parser) -> None:
    """``traad status CASE [--json]``."""
    parser.add_argument("case", metavar="SAG", help="sagens nummer")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print the states and findings of one case. Exit 0 also when it has findings; 2 when the case is unknown."""
    from guide.dialogue.age_text import lines

    with common.casework(given) as work:
        case = common.known_case(work, given.case)
        progress = work.progress(case)
        if given.json:
            findings = [common.finding_json(f) for f in progress.findings]
            runs = [run_json(r) for r in progress.runs]
            ages = common.ages_json(progress, work.handbooks)
            common.print_json(progress.now, work.handbooks, case=case, runs=runs, findings=findings, ages=ages)
        else:
            show(progress)
            common.print_below(lines(progress.case.born, work.handbooks, progress.now))
    return OK


def run_json(state: RunState) -> dict[str, Any]:
    """A run and its steps; ``run`` is null for a procedure that is expected but has not been opened."""
    return {
        "run": state.run.id if state.run else None,
        "procedure": state.procedure.id,
        "law": SHORT[state.procedure.law],
        "steps": [step_json(s, state) for s in (*state.steps, *state.earlier)],
    }


def step_json(state: StepState, run: RunState) -> dict[str, Any]:
    """One step instance. ``due`` is a local day, or an instant for a deadline in hours; ``done`` likewise."""
    done = state.record if state.state.startswith("done") else None
    page = state.page or run.procedure
    return {
        "step": state.step.id,
        "items": [state.item.id] if state.item else [],
        "state": state.state,
        "reason": state.reason,
        **common.due_json(state.due),
        "done": common.moment_json(done.at or done.day) if done else None,
        "clause": state.step.clause,
        "law": SHORT[page.law],
        "basis": state.step.basis,
        "version": (state.record.version if state.record else "") or page.edition,
    }


def show(progress: Progress) -> None:
    """The case as text: findings first, then every run with its steps."""
    from checklists.states import NOT_ASSESSED
    from guide.dates import format_day, format_moment
    from guide.widgets.words import SYMBOLS

    print(f"Sag {progress.case.id}, som den ser ud {format_day(progress.now)}")
    print_findings(progress.findings)
    for run in progress.runs:
        steps = [step for step in run.steps if step.state != "not relevant"]
        if not steps and not run.earlier:
            continue
        print(f"\n{run.procedure.title} ({run.run.id if run.run else 'ikke åbnet'}, {SHORT[run.procedure.law]})")
        for step in steps:
            symbol, word = SYMBOLS[step.state]
            item = f" · {step.item.label or step.item.id}" if step.item else ""
            due = ""
            if step.due and not step.settled:
                due = f" · {'lokalt mål' if step.due.local else 'senest'} {format_moment(step.due.aim, progress.now)}"
            own = " · lokalt trin" if step.step.local else ""
            new = f" · {NOT_ASSESSED}" if step.reason.startswith(NOT_ASSESSED) else ""
            print(f"  {symbol} {word:<16}{step.step.title}{item}{own}{new}{due}")
        for step in run.earlier:
            symbol, word = SYMBOLS[step.state]
            print(f"  {symbol} {word:<16}{step.step.title} · fra den tidligere udgave")


def print_findings(findings: tuple[Finding, ...]) -> None:
    """Each finding with what it rests on and what helps now."""
    from guide.dialogue.words import BASIS, inherited_words

    if not findings:
        print("Ingen kendte mangler i det, der er registreret.")
    else:
        print(f"{common.missing_text(len(findings), sum(f.basis == 'lokal' for f in findings))}.".capitalize())
    for finding in findings:
        print(f"\n! {finding.text}\n  {BASIS[finding.basis]}: {finding.clause}")
        if finding.inherited:
            print(f"  {inherited_words(finding, finding.who)}")
        if finding.mend:
            print(f"  Hvad hjælper nu: {finding.mend}")
