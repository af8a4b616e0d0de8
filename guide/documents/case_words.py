"""How a paper says a record: the day first, in full, and nothing in the first person."""

from __future__ import annotations

from datetime import UTC, date, datetime

from checklists.calendar import local_day
from checklists.facts import Case, Record
from checklists.view import answers
from guide.date_text import MONTHS, format_clock
from guide.dialogue import words
from handbook.model import Step

NEVER = datetime(1, 1, 2, tzinfo=UTC)
"""A moment of no year anybody writes about: a day formatted against it keeps its year, as a paper needs."""

HELD = {
    "myndighedssagsbehandler": "Holdt af barnets myndighedssagsbehandler",
    "anden-medarbejder": "Holdt af en anden medarbejder i kommunen",
    "ekstern": "Holdt af en ekstern",
}
"""Who held a talk, as a paper says it: the page asks the caseworker in the first person."""


def written(when: date | datetime) -> str:
    """``9. oktober 2019``, as a letter has it; ``9. oktober 2019 kl. 14.00`` for an aware instant."""
    day = local_day(when) if isinstance(when, datetime) else when
    text = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    return f"{text} {format_clock(when)}" if isinstance(when, datetime) else text


def said(case: Case, step: Step, record: Record, without: tuple[str, ...] = ()) -> str:
    """A record in words, ``without`` the fields that stand elsewhere.

    What is only planned, tried, awaited or left out stands as the conversation says it.
    """
    if record.status != "done":
        return words.answer_text(case, step, record, NEVER)
    about = words.items_named(case, record.items)
    who = ", ".join(part for part in (about, record.by) if part)
    when = "Noteret" if "agreed" in record.value else written(record.at or record.day)
    told = [
        *_answers(step, record),
        *_fields(step, record, without),
        *([f"Note: {record.note}"] if record.note else []),
    ]
    text = " ".join(words.sentence(part) for part in told if part)
    return f"{when}{f' ({who})' if who else ''}{f': {text}' if text else ''}"


def _answers(step: Step, record: Record) -> list[str]:
    labels = [HELD.get(a) or (c.label if (c := step.choice(a)) else a) for a in answers(step, record)]
    bare = record.value.get("")
    return ["; ".join(labels)] if labels or bare in (None, "") else [words.value_text(bare, NEVER)]


def _fields(step: Step, record: Record, without: tuple[str, ...]) -> list[str]:
    choice = step.choice_field.name if step.choice_field else ""
    told = []
    for field in step.fields:
        value = record.value.get(field.name)
        if field.is_time or field.name in (choice, *without) or field.type == "forløb" or value in (None, "", []):
            continue
        label = words.question(field.label).rstrip("?:.")
        told.append(HELD.get(str(value)) or f"{label}: {words.value_text(value, NEVER)}")
    return told
