"""Which texts of a row are a person's words, and the row without them.

The handbook's pages say which field is free text. Where they do not say (an older page, a value that is no choice of
its field), it is taken for text: what is left must be sure to hold none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from checklists.facts import MENTOR
from checklists.measures.causes import CAUSES
from checklists.measures.kinds import LABELS
from guide import editions
from guide.supervision import THEMES
from store.checks import JOURNAL_STEP, NOTE_STEP, Fields, Vocabulary, is_of_the_case
from store.events import REMOVED, Event
from store.moments import MomentFault, parse_time
from store.reviews import STEPS

if TYPE_CHECKING:
    from guide.dialogue.scene import Handbooks
    from handbook.model import Step

_INITIALS = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9]{1,4}")
_RUN = re.compile(r"[a-z0-9-]+-[1-9]\d{0,8}")
_OUTCOMES = ("failed", "child declined")
_REVIEW_IDS = ("status", "staff", "instead_of", "by", "measure", "repair", "about", "point")
_KEPT_WITH_A_DAY = ("status", "expected", "agreed")


class Cleaner:
    """A row of the log -> the same row without free text. Days, numbers, choices, states and initials stay."""

    def __init__(self, handbooks: Handbooks) -> None:
        self._vocabulary: Vocabulary = editions.vocabulary(handbooks)
        self._choices: set[str] = set()
        types: dict[tuple[str, str], set[str]] = {}
        for step in _steps(handbooks):
            self._choices |= {text for choice in step.choices for text in (choice.id, choice.label)}
            for field in step.fields:
                types.setdefault((step.id, field.name), set()).add(field.type)
        self._people = {place for place, found in types.items() if found == {"person"}}
        self._runs = {place for place, found in types.items() if found == {"forløb"}}

    def __call__(self, event: Event) -> Event:
        """The row without free text; equal to ``event`` when it has none."""
        return replace(event, value=self._value(event), note=REMOVED if event.note else "")

    def _value(self, event: Event) -> Any:
        value = event.value
        if event.kind == "record":
            return self._record(event)
        if not isinstance(value, Mapping):
            return value
        if event.kind == "review":
            step = STEPS.get(event.step)
            kinds = step.names if step else {}
            return {n: v if _stays_in_review(n, v, kinds.get(n, "text")) else _gone(v) for n, v in value.items()}
        return {name: self._about(event.kind, name, inner) for name, inner in value.items()}

    def _about(self, kind: str, name: str, inner: Any) -> Any:
        if name in ("label", "why") or (kind == "item" and name == "kind" and inner not in LABELS):
            return _gone(inner)
        return inner

    def _record(self, event: Event) -> Any:
        if event.step == NOTE_STEP:
            return _each(event.value, _stays_in_note)
        if event.step == JOURNAL_STEP and is_of_the_case(event):
            return _each(event.value, lambda name, text: name in ("status", "records"))
        fields = self._vocabulary.get(event.procedure, {}).get(event.step, {})
        if not isinstance(event.value, Mapping):
            name = next(iter(fields), "")
            return _gone(event.value, lambda text: self._stays(event.step, name, text, fields))
        return _each(event.value, lambda name, text: self._stays(event.step, name, text, fields))

    def _stays(self, step: str, name: str, text: str, fields: Fields) -> bool:
        if name in _KEPT_WITH_A_DAY:
            return True
        if name == "ground":
            return text in self._choices
        if name in ("cause", "outcome"):
            return text in (*CAUSES, *_OUTCOMES)
        if name in ("why", "whom"):
            return False
        choices = fields.get(name)
        if choices is not None:
            return text in choices
        if (step, name) in self._people:
            return bool(_INITIALS.fullmatch(text))
        if (step, name) in self._runs:
            return bool(_RUN.fullmatch(text))
        return _is_moment(text)


def _stays_in_note(name: str, text: str) -> bool:
    return name == "status" or (name == MENTOR and bool(_INITIALS.fullmatch(text)))


def _stays_in_review(name: str, inner: Any, kind: str) -> bool:
    return kind != "text" or name in _REVIEW_IDS or (name == "theme" and inner in THEMES)


def _steps(handbooks: Handbooks) -> Iterator[Step]:
    for book in handbooks.values():
        for page in (*book.procedures.values(), *book.earlier.values()):
            yield from page.steps


def _each(value: Any, stays: Callable[[str, str], bool]) -> Any:
    if not isinstance(value, Mapping):
        return _gone(value)
    return {name: _gone(inner, partial(stays, name)) for name, inner in value.items()}


def _gone(value: Any, stays: Callable[[str], bool] = lambda text: False) -> Any:
    """``value`` with its texts taken out, but those that stay; a list keeps its length."""
    if isinstance(value, list):
        return [_gone(inner, stays) for inner in value]
    if isinstance(value, str):
        return value if not value or stays(value) else REMOVED
    return value


def _is_moment(text: str) -> bool:
    try:
        return parse_time(text) is not None
    except MomentFault:
        return False
