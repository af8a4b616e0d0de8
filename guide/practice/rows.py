"""The rows of a practice page as drafts for the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from guide.dialogue.scene import Handbooks
from guide.intake import case_drafts
from guide.practice.clock import instant
from guide.turns import Draft
from handbook.model import Procedure, Step
from handbook.practice_model import PracticePage, Row, law_on
from handbook.practice_words import moment

TEAM = "øvelse"


def opening_drafts(page: PracticePage, case: str, me: str) -> list[Draft]:
    """The practice case itself: born, held by ``me``, known from its first row."""
    first = min((row.moment.day for row in page.scenes[0].rows), default=page.scenes[0].moment.day)
    began = min(first, page.scenes[0].moment.day)
    return case_drafts(case, page.born, TEAM, me, began, page.holders, page.siblings)


def drafts(
    rows: Iterable[Row], case: str, books: Handbooks, runs: Collection[str], items: Collection[str]
) -> list[Draft]:
    """``rows`` as drafts; a run or measure that is not among ``runs`` and ``items`` is made where first named."""
    return list(_drafts(rows, case, books, set(runs), set(items)))


def _drafts(rows: Iterable[Row], case: str, books: Handbooks, runs: set[str], items: set[str]) -> Iterator[Draft]:
    for row in rows:
        page = books[law_on(row.moment.day)].procedures[row.procedure]
        if row.run not in runs:
            runs.add(row.run)
            value = {"serves": row.serves, "opened_by": row.serves} if row.serves else None
            yield Draft("run", case, row.run, page.id, day=row.moment.day, value=value, version=page.edition)
        if not row.step:
            continue
        step = page.by_id[row.step]
        if step.creates:
            for item in (i for i in row.items if i not in items):
                items.add(item)
                kind = next((text for _, text in row.fields), "")
                value = {"type": step.creates, "kind": kind, "label": kind}
                yield Draft("item", case, row.run, items=(item,), day=row.moment.day, value=value)
        yield _record(row, page, step, case)


def _record(row: Row, page: Procedure, step: Step, case: str) -> Draft:
    return Draft(
        kind="record",
        case=case,
        run=row.run,
        procedure=page.id,
        step=step.id,
        items=row.items,
        day=row.moment.day,
        at=instant(row.moment) if row.moment.clock else None,
        value=_value(row, step) or None,
        note=row.note,
        version=page.edition,
    )


def _value(row: Row, step: Step) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, text in row.fields:
        if name in _STATUS:
            found |= _STATUS[name](text)
            continue
        choice = step.choice_field
        field = next((f for f in step.fields if f.name == name), choice or (step.fields[0] if step.fields else None))
        if field is None or (step.creates and choice is not None and field.name == choice.name):
            continue  # what a measure is stands on the item
        many = field.type == "flere valg"
        found[field.name] = [part.strip() for part in text.split(",")] if many else _dated(field.type, text)
    return found


def _dated(kind: str, text: str) -> str:
    when = moment(text) if kind in ("dato", "tidspunkt") else None
    return when.day.isoformat() if when else text


def _agreed(text: str) -> dict[str, Any]:
    when = moment(text)
    return {"status": "planned", "agreed": when.day.isoformat()} if when else {"status": "planned"}


_STATUS: dict[str, Callable[[str], dict[str, Any]]] = {
    "aftalt": _agreed,
    "forsøgt": lambda text: {"status": "attempted", "why": text},
    "venter": lambda text: {"status": "awaiting", "whom": text},
    "undlades": lambda text: {"status": "left out", "ground": text},
}
"""What can stand in front of a colon instead of a field."""
