"""Drafts become rows of the log: ids given, the writer's initials added, ids already taken moved to the next free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from guide.turns import Draft
from store.events import Event

_NUMBERED = re.compile(r"^(.*?)(\d+)$")


def rows(drafts: Sequence[Draft], stored: Sequence[Event], by: str, entered: datetime) -> list[Event]:
    """``drafts`` of one case as rows to append after ``stored``, the case's rows so far.

    ``entered`` is the aware instant they are written down; rows of one batch are a microsecond apart, so that the
    order in which they were said is never lost. A new run or item whose id has been used (also one that lies after
    the moved clock) gets the next free one, in every draft that names it. An item, run or case
    draft whose ``replaces`` is its own item, run or case id replaces the row that stands now.
    """
    runs = _free({d.run: d.run for d in drafts if d.kind == "run" and not d.replaces}, _used_runs(stored))
    new_items = {d.items[0]: d.items[0] for d in drafts if d.kind == "item" and d.items and not d.replaces}
    items = _free(new_items, {i for e in stored if e.kind == "item" for i in e.items})
    moved = [_moved(d, runs, items) for d in drafts]
    return [_event(_resolved(d, stored), by, entered + timedelta(microseconds=n)) for n, d in enumerate(moved)]


def _used_runs(stored: Iterable[Event]) -> set[str]:
    return {e.run for e in stored if e.run}


def _free(wanted: Mapping[str, str], used: set[str]) -> dict[str, str]:
    """Each wanted id -> itself, or the next number that nobody has."""
    found: dict[str, str] = {}
    taken = set(used)
    for name in wanted:
        free = name
        while free in taken:
            parts = _NUMBERED.match(free)
            free = f"{parts[1]}{int(parts[2]) + 1}" if parts else f"{free}-2"
        taken.add(free)
        found[name] = free
    return found


def _moved(draft: Draft, runs: Mapping[str, str], items: Mapping[str, str]) -> Draft:
    value = draft.value
    if draft.kind == "run" and isinstance(value, Mapping):
        value = {k: runs.get(v, v) if k in ("serves", "opened_by") else v for k, v in value.items()}
    own = draft.items if draft.replaces else tuple(items.get(i, i) for i in draft.items)
    return replace(draft, run=runs.get(draft.run, draft.run), items=own, value=value)


def _resolved(draft: Draft, stored: Sequence[Event]) -> Draft:
    by_name = {"item": draft.items, "case": (draft.case,), "run": (draft.run,)}.get(draft.kind, ())
    if not draft.replaces or draft.replaces not in by_name:
        return draft
    replaced = {e.replaces for e in stored}
    live = [
        e
        for e in stored
        if e.kind == draft.kind
        and e.items == draft.items
        and e.id not in replaced
        and (draft.kind != "run" or e.run == draft.run)
    ]
    return replace(draft, replaces=live[-1].id if live else "")


def _event(draft: Draft, by: str, entered: datetime) -> Event:
    value: Any = draft.value
    return Event(
        id="",
        kind=draft.kind,
        case=draft.case,
        run=draft.run,
        procedure=draft.procedure,
        step=draft.step,
        items=draft.items,
        day=draft.day,
        at=draft.at,
        value=value,
        by=by,
        note=draft.note,
        recorded=entered,
        replaces=draft.replaces,
        version=draft.version,
    )
