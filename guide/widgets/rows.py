"""The checklist as plain rows: which runs and steps it shows, with which symbol and words. No terminal here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from checklists.states import NOT_ASSESSED, Progress, RunState, StepState
from guide.dialogue.words import IN_JOURNAL, answer_text
from guide.widgets.words import SYMBOLS, shorten, step_name

DONE = ("done", "done late", "done with deficiency", "left out")


@dataclass(frozen=True, slots=True)
class Key:
    """Points at a run (``step`` empty) or at one instance of a step. ``run`` is None while the run is only expected."""

    run: str | None
    procedure: str
    step: str = ""
    item: str = ""
    serves: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: ``left`` and ``right`` are joined by spaces to the width there is. ``state`` is empty for a run."""

    key: Key
    left: str
    right: str
    state: str = ""
    full: str = ""
    """The whole question, with clause and reason, for the line that tells about the marked row."""


def rows(progress: Progress, open_runs: frozenset[Key], when: Callable[[date | datetime], str]) -> list[Row]:
    """A row for each run, and under the runs in ``open_runs`` a row for each step that is relevant.

    ``open_runs`` holds keys of runs; ``when`` tells a deadline in a few words ("om 2 dage").
    """
    found: list[Row] = []
    for state in progress.runs:
        is_open = run_key(state) in open_runs
        found.append(_run_row(state, is_open, progress))
        if is_open:
            kept = progress.case.journalised
            found.extend(_step_row(state, step, when, kept) for step in state.steps if step.state != "not relevant")
            found.extend(_earlier_row(state, step, progress) for step in state.earlier)
    return found


def run_key(state: RunState) -> Key:
    """What tells a run apart, also one that is expected but has not been opened."""
    if state.run is None:
        return Key(None, state.procedure.id, serves=state.serves or "")
    return Key(state.run.id, state.procedure.id)


def step_key(state: RunState, step: StepState) -> Key:
    """A step instance as the checklist and the palette point at it."""
    return replace(run_key(state), step=step.step.id, item=step.item.id if step.item else "")


def _run_row(state: RunState, is_open: bool, progress: Progress) -> Row:
    several = sum(1 for r in progress.runs if r.procedure.id == state.procedure.id) > 1
    number = f" {state.run.id.rpartition('-')[2]}" if several and state.run else ""
    name = f"{'▾' if is_open else '▸'} {short_title(state.procedure.title)}{number}"
    return Row(run_key(state), name, _tally(state), full=f"{state.procedure.title} · {state.procedure.clause}")


def _tally(state: RunState) -> str:
    """A run in a few characters: the worst thing first, else how many of the relevant steps are settled."""
    counts: Counter[str] = Counter(step.state for step in state.steps)
    relevant = sum(n for s, n in counts.items() if s != "not relevant")
    settled = sum(counts[s] for s in DONE)
    if state.run is None:
        return "ikke begyndt"
    if late := counts["overdue"]:
        return f"! {late} over frist"
    if lacking := counts["done with deficiency"]:
        return f"▲ {lacking} {'mangel' if lacking == 1 else 'mangler'}"
    if not relevant:
        return "intet nu"
    mark = "✓ " if settled == relevant else ""
    return f"{mark}{settled}/{relevant}"


def _step_row(
    state: RunState, step: StepState, when: Callable[[date | datetime], str], kept: frozenset[str] = frozenset()
) -> Row:
    symbol, word = SYMBOLS[step.state]
    item = f" · {step.item.label or step.item.kind or step.item.id}" if step.item else ""
    right = (
        when(step.due.aim) if step.due and step.state in ("open", "due soon", "overdue", "planned", "awaiting") else ""
    )
    own = "lokalt trin" if step.step.local else "lokalt mål" if step.due and step.due.local else ""
    written = {record.id for record in (step.record, *step.history) if record is not None}
    in_journal = bool(written) and written <= kept
    journal = f"{IN_JOURNAL} i journalen" if in_journal else "ikke i journalen endnu" if written and kept else ""
    parts = (f"{word[0].upper()}{word[1:]}: {step.step.title}{item}", own, step.reason, step.step.clause, journal)
    told = " · ".join(part for part in parts if part)
    marks = f"{' (lokalt)' if step.step.local else ''}{f' {IN_JOURNAL}' if in_journal else ''}"
    name = f"  {symbol} {step_name(step.step)}{item}{marks}"
    if step.reason.startswith(NOT_ASSESSED):
        # a deadline that is near is the more important of the two; the line below the list tells both
        right = right if step.state == "due soon" and right else NOT_ASSESSED
    return Row(step_key(state, step), name, right or word, step.state, told)


def _earlier_row(state: RunState, step: StepState, progress: Progress) -> Row:
    """An answer to a step the page has no longer: to be read, and not to be answered again, so it leads to its run."""
    row = _step_row(state, step, lambda _: "", progress.case.journalised)
    said = answer_text(progress.case, step.step, step.record, progress.now) if step.record else ""
    told = " · ".join(part for part in (step.step.title, said, step.reason) if part)
    return replace(row, key=run_key(state), right="tidligere udgave", full=f"{told[:1].upper()}{told[1:]}")


def fit(row: Row, width: int) -> str:
    """The row as one line of exactly ``width`` cells, the left side shortened before the right."""
    right = shorten(row.right, width // 2)
    left = shorten(row.left, width - len(right) - 1)
    return f"{left}{' ' * (width - len(left) - len(right))}{right}"


def short_title(title: str) -> str:
    """A procedure's title up to its first comma or colon: "Underretning, modtagelse og vurdering" -> "Underretning"."""
    return title.split(",")[0].split(":")[0].strip()
