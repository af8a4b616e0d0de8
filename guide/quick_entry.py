"""Many dates of one procedure in one pass: what was typed beside each step, read and turned into rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists.calendar import has_passed, local_day
from checklists.states import Progress, RunState, StepState
from guide.dates import DateError, parse_moment
from guide.dialogue.asks import choice_name, named_value
from guide.dialogue.opening import opened, run_row
from guide.dialogue.scene import Handbooks, Scene, Spot
from guide.turns import Draft
from handbook.model import Choice

SAME = "="
"""Typed as a date: the same day as the row above."""

When = tuple[date, datetime | None]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands beside one step: a date as typed, and the numbers of its answers."""

    state: StepState
    when: str = ""
    answer: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was typed: the step is left as it is."""
        return not self.when.strip() and not self.answer.strip()


@dataclass(frozen=True, slots=True)
class Read:
    """One row as it was understood; ``problem`` is Danish and empty when it can be saved."""

    typed: Typed
    when: When | None = None
    choices: tuple[Choice, ...] = ()
    problem: str = ""


def steps_of(run: RunState) -> tuple[StepState, ...]:
    """The step instances that dates can be typed for: all that are relevant, in page order."""
    return tuple(s for s in run.steps if s.state != "not relevant")


def read(rows: Sequence[Typed], now: datetime) -> list[Read]:
    """Each row as understood at the aware instant ``now``; ``=`` takes the day of the nearest row above with one."""
    found: list[Read] = []
    above: When | None = None
    for typed in rows:
        row = _read(typed, above, now)
        above = row.when or above
        found.append(row)
    return found


def _read(typed: Typed, above: When | None, now: datetime) -> Read:
    if typed.is_empty:
        return Read(typed)
    choices, problem = _choices(typed)
    try:
        when = _when(typed, above, now)
    except DateError as error:
        return Read(typed, None, choices, str(error))
    if when is None:
        return Read(typed, None, choices, "Skriv en dato til svaret.")
    if when[0] > local_day(now) or (when[1] is not None and has_passed(now, when[1])):
        problem = "Den dag er ikke kommet endnu. En aftale skrives i samtalen."
    return Read(typed, when, choices, problem)


def _when(typed: Typed, above: When | None, now: datetime) -> When | None:
    text = typed.when.strip()
    if text == SAME:
        if above is None:
            raise DateError("Der er ingen dato ovenfor at gentage.")
        return above
    if text:
        return parse_moment(text, now)
    record = typed.state.record
    return (record.day, record.at) if record is not None and record.status == "done" else None


def _choices(typed: Typed) -> tuple[tuple[Choice, ...], str]:
    step = typed.state.step
    numbers = typed.answer.replace(",", " ").split()
    many = step.choice_field is not None and step.choice_field.type == "flere valg"
    if any(not n.isdecimal() or not 1 <= int(n) <= len(step.choices) for n in numbers):
        return (), f"Svaret er et tal fra 1 til {len(step.choices)}."
    if len(numbers) > 1 and not many:
        return (), "Her kan kun vælges ét svar."
    return tuple(step.choices[int(n) - 1] for n in numbers), ""


def drafts(progress: Progress, run: RunState, rows: Sequence[Read], handbooks: Handbooks) -> list[Draft]:
    """The rows to save, for those that were typed. A step done already is corrected: its row names the one it replaces.

    A run that was only expected is opened by the first row, from the earliest day typed.
    """
    scene = Scene(progress, handbooks)
    found: list[Draft] = []
    days = [row.when[0] for row in rows if row.when is not None and not row.typed.is_empty]
    if not days:
        return found
    name = run.run.id if run.run else ""
    if run.run is None:
        found.append(run_row(scene, run.procedure, min(days), run.serves or "", run.serves or ""))
        name = found[0].run
    for row in rows:
        if row.when is None or row.typed.is_empty:
            continue
        found.append(_draft(progress, run, name, row, row.when))
        spot = Spot(run, row.typed.state, found[-1].items)
        opening, _ = opened(scene, spot, name, list(row.choices), row.when[0])
        begun = {draft.run for draft in found if draft.kind == "run"}
        found += [draft for draft in opening if draft.kind != "run" or draft.run not in begun]
    return found


def _draft(progress: Progress, run: RunState, name: str, row: Read, when: When) -> Draft:
    state = row.typed.state
    old = state.record if state.record is not None and state.record.status == "done" else None
    value: dict[str, Any] = dict(_kept(state)) if old else {}
    if row.choices:
        many = state.step.choice_field is not None and state.step.choice_field.type == "flere valg"
        ids = [choice.id for choice in row.choices]
        value[choice_name(state.step)] = ids if many else ids[0]
    return Draft(
        kind="record",
        case=progress.case.id,
        run=name,
        procedure=run.procedure.id,
        step=state.step.id,
        items=old.items if old and old.items else (state.item.id,) if state.item else (),
        day=when[0],
        at=when[1],
        value=value or None,
        note=old.note if old else "",
        replaces=old.id if old else "",
        version=run.procedure.edition,
    )


def _kept(state: StepState) -> Mapping[str, Any]:
    return named_value(state.step, state.record) if state.record else {}
