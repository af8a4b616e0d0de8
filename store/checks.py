"""What one row must be on its own, whoever wrote it: the app and the import ask the same. Imports no database."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from store import privacy
from store.events import KINDS, Event, dump_value
from store.moments import FIRST_YEAR, LAST_YEAR
from store.reviews import BEGINS, DRAW
from store.values import RESERVED, faults_of_value

Fields = Mapping[str, Collection[str] | None]
"""A step's fields in the page's order, without the record's own time: name -> its choices' ids, None when free."""

Vocabulary = Mapping[str, Mapping[str, Fields]]
"""What the handbook knows: procedure id -> step id -> its fields. A value that is no object answers the first field."""

MAX_NAME, MAX_ITEMS, MAX_TEXT = 200, 100, 100_000
"""Longest id or initials, most items on one row, longest note and longest value, in characters."""

NOTE_STEP = "note"
"""The step of a free note: in no page, and allowed without a run."""

JOURNAL_STEP, SPARRING_STEP = "journal", "sparring"
"""Steps of the case as a whole: rows that have been journalised, and what a talk with colleagues came to."""

_OF_THE_CASE = (JOURNAL_STEP, SPARRING_STEP)

_NAMES = ("id", "case", "run", "procedure", "step", "by", "replaces", "version")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^\s|\s$")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_TEXT_IN_JSON = re.compile(r"[\x7f-\x9f\ud800-\udfff]|(?<!\\)(?:\\\\)*\\(?:u00[01]|[rbf])")

_CELLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "staff": (
        (
            "id",
            "by",
        ),
        ("case", "run", "procedure", "step"),
    ),
    "case": (("id", "case", "by"), ("run", "procedure", "step")),
    "assignment": (("id", "case", "by"), ("run", "procedure", "step")),
    "item": (("id", "case", "by"), ("procedure", "step")),
    "run": (("id", "case", "run", "procedure", "by"), ("step",)),
    "record": (("id", "case", "run", "procedure", "step", "by"), ()),
    "review": (("id", "run", "step", "by"), ("procedure",)),
}
_NOTE_CELLS = (("id", "case", "step", "by"), ())
_CASE_STEP_CELLS = (("id", "case", "step", "by"), ("run", "procedure"))


def faults_of(event: Event, vocabulary: Vocabulary | None = None, value: str | None = None) -> list[str]:
    """What is wrong with a row by itself, in Danish; empty when it can be kept.

    Asks nothing about other rows. With a ``vocabulary`` its procedures, steps, fields and choices are the only ones.
    ``value`` is the canonical JSON of the event's value where the caller has it already. No text is repeated from a
    row that holds something like a CPR number.
    """
    if event.kind not in _CELLS:
        return [f"kind er {shown(event.kind)}; den skal være {', '.join(KINDS)}"]
    return (
        _faults_of_text(event, dump_value(event.value) if value is None else value)
        or _faults_of_cells(event)
        or faults_of_value(event)
        or ([] if vocabulary is None else _faults_of_words(event, vocabulary))
    )


def shown(text: str) -> str:
    """A short text from a file as it may be repeated in a message: never one that looks like a CPR number."""
    if privacy.cpr_like(text):
        return "(skjult)"
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"' if text.isprintable() else "(kan ikke vises)"


def _faults_of_text(event: Event, value: str) -> list[str]:
    names = "|".join(
        (event.id, event.case, event.run, event.procedure, event.step, event.by, event.replaces, event.version)
    )
    items = "|".join(event.items)
    if privacy.cpr_like(f"{names}|{items}|{event.note}|{value}"):
        return _faults_of_privacy(event, value)
    faults = []
    if len(names) > MAX_NAME or " " in names or not names.isprintable():  # else no cell can be wrong: the usual row
        faults += [
            f"{cell} har tegn, der ikke hører til (styretegn, mellemrum i enden), eller er længere end {MAX_NAME} tegn"
            for cell in _NAMES
            if (text := getattr(event, cell)) and (len(text) > MAX_NAME or _NO_NAME.search(text))
        ]
    if items and not _good_items(event.items):
        faults.append(f"items skal være højst {MAX_ITEMS} forskellige id'er uden mellemrum, adskilt af komma")
    if len(event.note) > MAX_TEXT or not (event.note.isprintable() or not _NO_TEXT.search(event.note)):
        faults.append(f"note har styretegn i sig eller er længere end {MAX_TEXT} tegn")
    if len(value) > MAX_TEXT or (("\\" in value or not value.isprintable()) and _NO_TEXT_IN_JSON.search(value)):
        faults.append(f"value har styretegn i sig eller er længere end {MAX_TEXT} tegn")
    return faults


def _faults_of_privacy(event: Event, value: str) -> list[str]:
    cells = {cell: str(getattr(event, cell)) for cell in (*_NAMES, "note")}
    cells |= {"items": "|".join(event.items), "value": value}
    hits = [cell for cell, text in cells.items() if privacy.cpr_like(text)]
    return [f"{cell} {privacy.REASON}" for cell in hits or ["rækken"]]


def _good_items(items: tuple[str, ...]) -> bool:
    return (
        len(items) <= MAX_ITEMS
        and len(set(items)) == len(items)
        and all(item and len(item) <= MAX_NAME and not re.search(r"[\s,]", item) for item in items)
        and not _NO_NAME.search("|".join(items))
    )


def _faults_of_cells(event: Event) -> list[str]:
    needed, empty = _cells(event)
    faults = [f"{cell} mangler" for cell in needed if not getattr(event, cell)]
    faults += [f"{cell} skal være tom, når kind er {event.kind}" for cell in empty if getattr(event, cell)]
    if is_of_the_case(event) and event.step == JOURNAL_STEP and not _names_rows(event.value):
        faults.append('value skal være {"records": [...]} med id\'erne på de rækker, der er journaliseret')
    if event.kind == "item" and len(event.items) != 1:
        faults.append("items skal være netop ét id, når kind er item")
    elif event.items and event.kind not in ("item", "record"):
        faults.append(f"items skal være tom, når kind er {event.kind}")
    if event.kind == "run" and not _is_run_of(event.run, event.procedure):
        faults.append(f"run skal hedde procedurens id og et tal, fx {event.procedure}-1")
    if event.kind == "review" and not _is_run_of(event.run, round_name := BEGINS.get(event.step, BEGINS[DRAW])):
        faults.append(f"run skal hedde rundens id, fx {round_name}-1")
    if event.replaces and event.replaces == event.id:
        faults.append("replaces peger på rækken selv")
    if not (_in_years(event.recorded) and _in_years(event.at) and _in_years(event.day)):
        faults.append(f"tiden har et årstal uden for {FIRST_YEAR}-{LAST_YEAR}")
    return faults


def is_of_the_case(event: Event) -> bool:
    """Whether the row is one of the case as a whole; a page may have a step of the same name, in its own run."""
    return event.kind == "record" and event.step in _OF_THE_CASE and not event.run and not event.procedure


def _cells(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if event.kind == "record" and event.step == NOTE_STEP:
        return _NOTE_CELLS
    return _CASE_STEP_CELLS if is_of_the_case(event) else _CELLS[event.kind]


def _names_rows(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if value.get("status") == "withdrawn":
        return True
    ids = value.get("records")
    return isinstance(ids, list) and bool(ids) and all(isinstance(one, str) and one for one in ids)


def _in_years(moment: date | None) -> bool:
    return moment is None or FIRST_YEAR <= moment.year <= LAST_YEAR


def _is_run_of(run: str, procedure: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,8}", run[len(procedure) + 1 :], re.ASCII)) and run.startswith(f"{procedure}-")


def _faults_of_words(event: Event, vocabulary: Vocabulary) -> list[str]:
    if not event.procedure:
        return []
    steps = vocabulary.get(event.procedure)
    if steps is None:
        return [f"ukendt procedure {shown(event.procedure)}; kendte: {_listed(vocabulary)}"]
    if event.kind != "record" or event.step == NOTE_STEP:
        return []
    fields = steps.get(event.step)
    if fields is None:
        return [f"ukendt trin {shown(event.step)} i {event.procedure}; kendte: {_listed(steps)}"]
    return _faults_of_fields(event.value, fields)


def _faults_of_fields(value: Any, fields: Fields) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, dict):
        if not fields:
            return ["trinnet har ingen felter, så value skal være tom"]
        value = {next(iter(fields)): value}
    faults = []
    for name, answer in value.items():
        if name in RESERVED:
            continue
        if name not in fields:
            faults.append(f"ukendt felt {shown(name)}; trinnet har: {_listed(fields) or 'ingen'}")
            continue
        choices = fields[name]
        if choices is not None and answer is not None:
            chosen = answer if isinstance(answer, list) else [answer]
            wrong = [one for one in chosen if str(one) not in choices or isinstance(one, bool)]
            faults += [f"ukendt valg {shown(str(one))} i {name}; kendte: {_listed(choices)}" for one in wrong]
    return faults


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)
