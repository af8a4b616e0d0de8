"""What was recorded, as a short text for the journal: facts, the source's words and the own assessment apart. Pure.

Nothing is put together by guessing: a field is a person's assessment, or somebody's own words, because the page calls
it so (its name and its question); everything else is a fact, with the initials of whoever noted it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from checklists import calendar
from checklists.facts import JOURNAL, Case, Record
from checklists.states import RunState
from checklists.view import answers
from guide.date_text import format_day, format_moment
from guide.dialogue import words
from guide.dialogue.asks import is_unfinished, named_value
from guide.dialogue.law_text import step_of
from guide.dialogue.scene import Scene
from guide.turns import Draft
from handbook.model import Field, Step

What = Literal["", "alt", "dag"]
"""What is not in the journal yet; everything in one run; or what happened or was written down today."""

Kind = Literal["fact", "words", "own"]

_OWN = frozenset(
    (
        "analyse",
        "barnets_bedste",
        "begrundelse",
        "egen_vurdering",
        "forandring",
        "grund",
        "hvorfor",
        "hvorfor_nu",
        "indtryk",
        "kompetencer",
        "kort",
        "saerlige_forhold",
        "stadig",
        "stadig_daekkende",
        "udeladt",
        "vurdering",
        "vurderinger",
    )
)
_WORDS = frozenset(
    (
        "barnets_holdning",
        "barnets_oensker",
        "barnets_ord",
        "barnets_syn",
        "barnets_valg",
        "bemaerkninger",
        "dialog",
        "egne_ord",
        "foraeldrenes_holdning",
        "foraeldrenes_syn",
        "indhold",
        "oensker",
        "ordene",
        "reaktion",
        "syn",
        "udtalelse",
    )
)
_OWN_LABELS = ("vurder", "bygger du", "bygger i")
_WORDS_LABELS = ("egne ord", "siger", "sagde", "ser de", "er underretteren")
_WITH_YEAR = datetime(1, 1, 2, tzinfo=UTC)
"""Judged by a moment of no year anybody writes about, a day keeps its year."""
_SKIPPED = ("status", "agreed", "ground", "cause", "why", "whom", "expected", "outcome")


@dataclass(frozen=True, slots=True)
class Journal:
    """A text ready for the journal. ``ids`` are the records it tells of that are not in the journal yet."""

    text: str
    ids: tuple[str, ...]
    told: int
    """How many records the text tells of."""
    waiting: int
    """How many whole records of the case are not in the journal, those of the text among them."""
    unfinished: int
    """How many are only half answered; they come when they are whole."""


def kind_of(field: Field) -> Kind:
    """Whether a field holds a fact, somebody's own words, or the writer's assessment."""
    if field.type != "tekst":
        return "fact"
    label = field.label.casefold()
    if field.name in _OWN or (field.name not in _WORDS and label.startswith("hvorfor")):
        return "own"
    if field.name in _WORDS or any(sign in label for sign in _WORDS_LABELS):
        return "words"
    return "own" if any(sign in label for sign in _OWN_LABELS) else "fact"


def journal(scene: Scene, what: What, run: str, by: str) -> Journal:
    """The text of ``what``; ``run`` is the run in hand (for "alt"), ``by`` who writes it (initials)."""
    every = _records(scene.case)
    whole = [r for r in every if not is_unfinished(r)]
    waiting = [r for r in whole if r.id not in scene.journalised]
    found = _chosen(scene, whole, waiting, what, run)
    return Journal(
        text=_text(scene, found, by) if found else "",
        ids=tuple(r.id for r in found if r.id not in scene.journalised),
        told=len(found),
        waiting=len(waiting),
        unfinished=len(every) - len(whole),
    )


def mark(scene: Scene, ids: Iterable[str], now: datetime) -> Draft:
    """The row that says these records are in the journal; ``now`` is aware."""
    today = calendar.local_day(now)
    at = None if now >= calendar.end_of_day(today) else now
    return Draft("record", scene.case.id, step=JOURNAL, day=today, at=at, value={"records": list(ids)})


def _records(case: Case) -> list[Record]:
    """Everything a journal could want, in the order it happened; a mentor's sign-off is about a colleague."""
    found = [r for run in case.runs.values() for rs in run.records.values() for r in rs]
    notes = [n for n in case.notes if not n.signs_off]
    return sorted([*found, *notes, *case.sparrings], key=_order)


def _order(record: Record) -> tuple[date, datetime, datetime, str]:
    day = _day(record)
    at = record.at if record.at is not None and record.status != "planned" else None
    return (day, at or calendar.start_of_day(day), record.recorded, record.id)


def _day(record: Record) -> date:
    """The day it happened; of what is only agreed, the day of the agreement."""
    agreed = record.value.get("agreed")
    if record.status != "planned":
        return record.day
    try:
        return date.fromisoformat(str(agreed))
    except ValueError:
        return calendar.local_day(record.recorded)


def _chosen(scene: Scene, whole: list[Record], waiting: list[Record], what: What, run: str) -> list[Record]:
    if what == "alt":
        return [r for r in whole if r.run == run]
    if what == "dag":
        today = calendar.local_day(scene.now)
        return [r for r in whole if today in (_day(r), calendar.local_day(r.recorded))]
    return waiting


# -- the text ---------------------------------------------------------------------------------------------------


def _text(scene: Scene, found: Iterable[Record], by: str) -> str:
    head = f"Sag {scene.case.id} · til journalen {format_day(calendar.local_day(scene.now))}{f' · {by}' if by else ''}"
    return "\n\n".join([head, *(_entry(scene, record) for record in found)]) + "\n"


def _entry(scene: Scene, record: Record) -> str:
    run = scene.run_state(record.run) if record.run else None
    step = step_of(scene, run, record) if run is not None else None
    if run is None or step is None:
        return _of_the_case(record)
    about = f" ({words.items_named(scene.case, record.items)})" if record.items else ""
    when = _day(record) if record.status == "planned" else record.at or record.day
    title = f"{format_moment(when)} · {run.procedure.title.split(',')[0]}: {words.step_name(step)}{about}"
    facts, others = _fields(scene, run, step, record)
    told = [*_happened(step, record), *facts]
    lines = [title, f"Fakta: {' '.join(words.sentence(part) for part in told)}{_noted(record)}", *others]
    return "\n".join([*lines, *_reasons(record), *([f"Note: {_line(record.note)}"] if record.note else [])])


def _of_the_case(record: Record) -> str:
    """A note, or what a talk with colleagues came to."""
    when = format_moment(record.at or record.day)
    if "konklusion" in record.value:
        named = (("Med", "deltog"), ("Næste skridt", "naeste"))
        facts = [words.sentence(f"{label}: {_line(record.value[n])}") for label, n in named if record.value.get(n)]
        told = " ".join([*facts, _noted(record).strip()])
        return f"{when} · Sparring\nFakta: {told}\nEgen vurdering · I kom frem til: {_line(record.value['konklusion'])}"
    return f"{when} · Note\nNote ({record.by}): {_line(record.value.get('tekst') or record.note)}"


def _noted(record: Record) -> str:
    return f" Noteret af {record.by}." if record.by else ""


def _happened(step: Step, record: Record) -> list[str]:
    """What was done, agreed, tried or asked for."""
    value = record.value
    if record.status == "planned":
        return [f"Aftalt til {format_moment(record.at or record.day)}"]
    if record.status == "awaiting":
        later = f", ventet {_plain(value['expected'])}" if value.get("expected") else ""
        return [f"Venter på svar fra {_plain(value.get('whom') or 'en anden')}{later}"]
    if record.status == "attempted":
        outcome = str(value.get("outcome") or "failed")
        return [f"Forsøgt: {words.OUTCOMES.get(outcome, outcome)}"]
    if record.status == "left out":
        return ["Undladt"]
    labels = [choice.label if (choice := step.choice(c)) else c for c in answers(step, record)]
    return ["; ".join(labels) or "Gjort"]


def _fields(scene: Scene, run: RunState, step: Step, record: Record) -> tuple[list[str], list[str]]:
    """The fields that are facts, and the lines of those that are somebody's words or an assessment."""
    value = named_value(step, record)
    chosen = step.choice_field.name if step.choice_field and step.choices else ""
    facts, others = [], []
    for field in step.fields:
        found = value.pop(field.name, None)
        if field.is_time or field.name == chosen or found in (None, "", []):
            continue
        label = _label(field)
        kind = kind_of(field)
        if kind == "fact":
            facts.append(f"{label}: {_fact(scene, field, found)}")
        elif kind == "words":
            others.append(f"Kilden siger · {label}: »{_line(found)}«")
        else:
            others.append(f"Egen vurdering · {label}: {_line(found)}")
    rest = {name: found for name, found in value.items() if name not in (*_SKIPPED, chosen) and found}
    facts += [f"{name or 'Svar'}: {_plain(found)}" for name, found in rest.items()]
    if record.value.get("cause"):
        cause = str(record.value["cause"])
        facts.append(f"Årsag til, at det kom sent: {words.CAUSES.get(cause, cause).casefold()}")
    return facts, others


def _reasons(record: Record) -> list[str]:
    """Why something was left out, tried in vain, or chosen against the grain."""
    found = []
    if record.value.get("ground"):
        found.append(f"Egen vurdering · Grund til at undlade: {_line(record.value['ground'])}")
    why = record.value.get("why")
    if why and record.status == "attempted":
        declined = record.value.get("outcome") == "child declined"
        found.append(f"Kilden siger · Barnet: »{_line(why)}«" if declined else f"Hvad der blev prøvet: {_line(why)}")
    elif why:
        found.append(f"Egen vurdering · Grund: {_line(why)}")
    return found


def _fact(scene: Scene, field: Field, value: Any) -> str:
    run = scene.case.runs.get(str(value)) if field.type == "forløb" else None
    if run is not None:
        first = min((r.day for found in run.records.values() for r in found), default=run.start)
        return f"den fra {format_day(first)}"
    return _plain(value)


def _label(field: Field) -> str:
    label = (field.label or field.name).replace("_", " ").strip().rstrip("?:.")
    return label[:1].upper() + label[1:]


def _plain(value: Any) -> str:
    return _line(words.value_text(value, _WITH_YEAR))


def _line(value: Any) -> str:
    """A text on one line, so that what it belongs to is never lost."""
    return " ".join(words.value_text(value, _WITH_YEAR).split())
