"""Who holds a case, from its assignment rows. Imports no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from store.events import Event
from store.moments import parse_time


def holder(assignments: Iterable[Event], today: date | None = None) -> str:
    """Who holds a case, given its assignment rows in the order written; empty when nobody does.

    The one that begins last and is not replaced counts; of two on one day, the one written last.
    """
    rows = list(assignments)
    replaced = {event.replaces for event in rows}
    live = [e for e in rows if e.id not in replaced and (e.value or {}).get("status") != "withdrawn"]
    live.sort(key=lambda event: event.day or date.min)
    begun = [event for event in live if today is None or event.day is None or event.day <= today]
    if not begun:
        return ""
    fields = begun[-1].value or {}
    ended = today is not None and fields.get("to") and parse_time(fields["to"])[0] < today
    return "" if ended else str(fields.get("staff") or begun[-1].by)
