"""What an earlier import made of the same cell, and what to do now: nothing, add, correct, or leave a person's own.

A row made from a spreadsheet has an id that says its place (the case, the run or item, the step) and its content:
``ark-<place>-<content>``. The place stays when the cell is corrected, so the new row replaces the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from store.events import REMOVED, Event, dump_value

PREFIX = "ark"
HUMAN = (
    "er ændret i filen, men nogen har rettet det i programmet siden sidste indlæsning. Det, der står i programmet, "
    "er blevet stående"
)

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")  # letters only: never like a CPR number


def place_of(case: str, *parts: str) -> str:
    """Sixteen letters for a place in a case, the same in every database and every import."""
    return _hashed([case, *parts], 16)


class Places:
    """The rows that are stored of one case, found again by their place."""

    def __init__(self, stored: Sequence[Event]) -> None:
        self._by_replaced = {e.replaces: e for e in stored if e.replaces}
        self._latest: dict[str, Event] = {}
        for event in stored:
            if event.id.startswith(f"{PREFIX}-"):
                self._latest[event.id.split("-")[1]] = event

    def imported(self, place: str) -> Event | None:
        """The row that the latest import made at the place, or None."""
        return self._latest.get(place)

    def now(self, event: Event) -> Event:
        """The row that stands for ``event`` now: the last correction of it, whoever made it."""
        while event.id in self._by_replaced:
            event = self._by_replaced[event.id]
        return event

    def settle(self, place: str, wanted: Event) -> tuple[Event, bool]:
        """The row to hand over for ``wanted`` (its id is not looked at), and whether a person's stands instead.

        A row that is stored already comes back as it is, and the import knows it again.
        """
        last = self.imported(place)
        if last is None:
            return replace(wanted, id=_id(place, wanted)), False
        if _content(last) == _content(wanted) or _taken_out(last):
            return last, False  # a text that was taken out does not come back with the spreadsheet
        stands = self.now(last)
        if stands is not last:
            return last, _content(stands) != _content(wanted)
        corrected = replace(wanted, replaces=last.id)
        return replace(corrected, id=_id(place, corrected)), False


def is_withdrawn(event: Event) -> bool:
    """Whether the row says that something is taken back."""
    return isinstance(event.value, Mapping) and event.value.get("status") == "withdrawn"


def _taken_out(event: Event) -> bool:
    return event.note == REMOVED or f'"{REMOVED}"' in dump_value(event.value)


def _id(place: str, event: Event) -> str:
    return f"{PREFIX}-{place}-{_hashed([*_content(event), event.replaces], 12)}"


def _content(event: Event) -> tuple[Any, ...]:
    """What a row says, without who entered it, when, and under which version of the page."""
    return (
        event.kind,
        event.case,
        event.run,
        event.procedure,
        event.step,
        sorted(event.items),
        event.day and event.day.isoformat(),
        event.at and event.at.timestamp(),
        dump_value(event.value),
        event.note,
    )


def _hashed(content: Sequence[Any], letters: int) -> str:
    text = json.dumps(content, ensure_ascii=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:letters].translate(_LETTERS)
