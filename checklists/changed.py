"""What has changed under a decision that is on its way: a measure that came in late, an investigation grown old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checklists.decisions import DECISION, INVESTIGATION, TAKEN, Decision
from checklists.facts import Item, Record, Run
from checklists.states import StepState
from checklists.view import field_of

_CHANGE = frozenset({"ny-afgoerelse", "undersoegelse", "afdaekning"})
"""A follow-up's answers that say the child needs something else than what was decided."""

_ASKED = ("partshoering", "partshoering-barn", "samtykke", "samtykke-ung")
"""Steps of a decision that are about the measures known when they are done."""


@dataclass(frozen=True, slots=True)
class Older:
    """A yes or a hearing from before a measure was intended: it was not about that measure."""

    state: StepState
    record: Record
    measure: Item


def older_than_measures(found: Decision, intended: Iterable[Item]) -> tuple[Older, ...]:
    """Consents and hearings from before the last measure came into the decision: they were not about it.

    Only while the decision is under way: a measure that is changed after a committee's answer opens them again.
    """
    newest = max(intended, key=lambda item: item.start, default=None)
    if newest is None or found.taken is not None:
        return ()
    return tuple(
        Older(state, state.record, newest)
        for state in found.state.steps
        if state.step.id in _ASKED
        and state.record is not None
        and state.record.status == "done"
        and state.record.day < newest.start
    )


@dataclass(frozen=True, slots=True)
class Outdated:
    """Why the investigation behind a decision may no longer describe the child: what came after it ended."""

    ended: date
    new_measures: tuple[Item, ...]
    """Intended now, and of a kind that no earlier decision on the same investigation was about."""
    notifications: tuple[date, ...]
    """Notifications received since it ended, oldest first."""
    changes: tuple[date, ...]
    """Follow-ups since then that found the plan or the support has to change."""


def outdated(found: Decision, intended: Iterable[Item]) -> Outdated | None:
    """What has come after the investigation that a decision would rest on; None when nothing has, or it is updated.

    Months alone are never the reason. A decision that already says why the older one still covers is left alone.
    """
    view = found.view
    finished = [day for run in view.runs_of(INVESTIGATION) if (day := _ended(run)) is not None]
    if not finished or found.taken is not None or _reasoned(found):
        return None
    ended = max(finished)
    if any(run.start >= ended and _ended(run) is None for run in view.runs_of(INVESTIGATION)):
        return None  # a newer one is under way
    earlier = _kinds_decided_since(found, ended)
    new = tuple(item for item in intended if earlier and item.kind not in earlier)
    received = sorted(
        r.day for run in view.runs_of("underretning") for r in run.records.get("modtaget", ()) if r.status == "done"
    )
    notified = tuple(day for day in received if day > ended)
    changes = tuple(
        sorted(
            r.day
            for run in view.runs_of("opfoelgning")
            for step in ("vurdering", "foerste", "rytme")
            for r in run.records.get(step, ())
            if r.status == "done" and r.day > ended and _changes(r)
        )
    )
    return Outdated(ended, new, notified, changes) if new or notified or changes else None


def _ended(run: Run) -> date | None:
    return next((r.day for r in run.records.get("afsluttet", ()) if r.status == "done"), None)


def _reasoned(found: Decision) -> bool:
    state = next((s for s in found.state.steps if s.step.id == "grundlag"), None)
    if state is None or state.record is None or state.record.status != "done":
        return False
    return bool(str(field_of(state.step, state.record, "stadig_daekkende") or "").strip())


def _kinds_decided_since(found: Decision, ended: date) -> set[str]:
    kinds: set[str] = set()
    for run in found.view.runs_of(DECISION):
        if run.id == found.run.id:
            continue
        for record in run.records.get(TAKEN, ()):
            if record.status == "done" and record.day >= ended:
                kinds |= {found.view.case.items[i].kind for i in record.items if i in found.view.case.items}
    return kinds


def _changes(record: Record) -> bool:
    given = record.value.get("valg", record.value.get(""))
    return bool(_CHANGE.intersection(given if isinstance(given, list) else [str(given)]))
