"""What a row says about other rows of its case, checked in memory before an append. Imports no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.checks import NOTE_STEP
from store.errors import TAKEN, Conflict, StoreError
from store.events import Event
from store.reviews import BEGINS

CASE_TAKEN = "Sagsnummeret findes allerede. Find sagen i listen, eller vælg et andet nummer."
ROUND_TAKEN = "En anden har lige trukket en runde. Intet er gået tabt: se den, og træk så din egen."
REPLACED = (
    "Rækken er allerede rettet af en anden, måske i et andet vindue. Intet er gået tabt: hent sagen igen, "
    "se rettelsen, og ret så den, hvis den stadig er forkert."
)


@dataclass(slots=True)
class Known:
    """What is stored of one case, as far as new rows can refer to it."""

    rows: dict[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    """Row id -> its kind, run and items."""
    replaced: set[str] = field(default_factory=set)
    runs: dict[str, str] = field(default_factory=dict)
    """Run id -> procedure."""
    items: set[str] = field(default_factory=set)
    case: bool = False
    rounds: set[str] = field(default_factory=set)
    """The rounds of supervision; they are begun outside the cases."""

    def add(self, event: Event) -> None:
        """Take in a row that is stored, or about to be."""
        self.rows[event.id] = (event.kind, event.run, event.items)
        self.replaced |= {event.replaces} if event.replaces else set()
        self.items |= set(event.items) if event.kind == "item" else set()
        self.case = self.case or event.kind == "case"
        if event.kind == "review" and event.step in BEGINS:
            self.rounds.add(event.run)
        if event.kind == "run":
            self.runs[event.run] = event.procedure


def runs_named(value: Any) -> dict[str, str]:
    """The runs a run's value points at: what it serves, what opened it, and the anchors chosen, by name."""
    if not isinstance(value, Mapping):
        return {}
    named = {name: value[name] for name in ("serves", "opened_by") if value.get(name)}
    links = value.get("links")
    return named | {f"links {name}": run for name, run in (links or {}).items()}


def take_in(events: Sequence[Event], known: Mapping[str, Known]) -> None:
    """Check ``events`` in turn against what is ``known`` of each case (by case id), adding each one to it.

    A row may refer to the ones before it. Raises Conflict when somebody wrote the same first, StoreError when a
    row refers to something that is not there. ``known`` has what belongs to no case (under "") when a row is a
    review.
    """
    for event in events:
        case = known[event.case]
        _take_place(event, case)
        _refer(event, case)
        if event.kind == "review":
            _refer_to_round(event, case, known[""].rounds)
        case.add(event)


def _take_place(event: Event, case: Known) -> None:
    if event.id in case.rows:
        raise Conflict(TAKEN)
    if event.replaces:
        return
    if event.kind == "case" and case.case:
        raise Conflict(CASE_TAKEN)
    if (event.kind == "run" and event.run in case.runs) or (event.kind == "item" and event.items[0] in case.items):
        raise Conflict(TAKEN)


def _refer(event: Event, case: Known) -> None:
    if event.kind not in ("case", "staff") and event.case and not case.case:
        raise StoreError(f"Sagen {event.case} findes ikke. Opret den først.")
    if event.replaces:
        _refer_to_replaced(event, case)
    if event.run and event.kind not in ("run", "review"):
        _need_run(event.run, case)
        if event.kind == "record" and event.step != NOTE_STEP and case.runs[event.run] != event.procedure:
            raise StoreError(f"Forløbet {event.run} er ikke et forløb af {event.procedure}.")
    for run in runs_named(event.value).values() if event.kind == "run" else ():
        _need_run(run, case)
    missing = [] if event.kind == "item" else [item for item in event.items if item not in case.items]
    if missing:
        raise StoreError(f"Sagen har ikke {', '.join(missing)}. Opret indsatsen eller personen først.")


def _refer_to_replaced(event: Event, case: Known) -> None:
    target = case.rows.get(event.replaces)
    if target is None:
        raise StoreError("Rækken, der skal rettes, findes ikke i sagen. Hent sagen igen.")
    if event.replaces in case.replaced:
        raise Conflict(REPLACED)
    kind, run, items = target
    if (
        kind != event.kind
        or (kind in ("run", "review") and run != event.run)
        or (kind == "item" and items != event.items)
    ):
        raise StoreError("En rettelse skal gælde det samme som rækken, den retter (sag, slags, forløb og indsats).")


def _refer_to_round(event: Event, case: Known, rounds: set[str]) -> None:
    if event.step in BEGINS and not event.replaces:
        if event.run in rounds:
            raise Conflict(ROUND_TAKEN)
    elif event.run not in rounds:
        raise StoreError(f"Tilsynsrunden {event.run} findes ikke. Se runderne med traad review show.")
    repair = event.value.get("repair") if isinstance(event.value, Mapping) else None
    if repair and case.rows.get(repair, ("", "", ()))[0] != "review":
        raise StoreError("Rettelsen findes ikke i sagen. Se dem med traad review repairs.")


def _need_run(run: str, case: Known) -> None:
    if run not in case.runs:
        raise StoreError(f"Forløbet {run} findes ikke i sagen. Hent sagen igen.")


def known_of(events: Iterable[Event]) -> Known:
    """Everything stored of one case as a Known."""
    known = Known()
    for event in events:
        known.add(event)
    return known
