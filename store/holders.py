"""Who holds a case, from its assignment rows. Imports no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from store.events import Event
from store.moments import parse_time


def holder(assignments: Iterable[Event], today: date | None = None) -> str:
    """Who holds a case, given its assignment rows in the order written; empty when nobody does.

    The one that begins last and is not replaced counts; of two on one day, the one written last. One that has ended
    by ``today`` is passed over, so that after a cover the case is back with whoever held it.
    """
    rows = list(assignments)
    replaced = {event.replaces for event in rows}
    live = [e for e in rows if e.id not in replaced and (e.value or {}).get("status") != "withdrawn"]
    live.sort(key=lambda event: event.day or date.min)
    running = live if today is None else [event for event in live if _runs(event, today)]
    return str((running[-1].value or {}).get("staff") or running[-1].by) if running else ""


def _runs(event: Event, today: date) -> bool:
    end = (event.value or {}).get("to")
    begun = event.day is None or event.day <= today
    return begun and not (end and parse_time(end)[0] < today)
