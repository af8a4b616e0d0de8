"""The value of each kind of row: which names it may hold and what stands under them. Imports no database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from store.events import Event
from store.moments import MomentFault, parse_time
from store.reviews import faults_of_review

RESERVED = ("status", "ground", "cause", "why", "whom", "expected", "outcome", "agreed")
"""Names every record may use besides its step's fields."""

STATUSES = ("planned", "attempted", "awaiting", "left out", "withdrawn")
"""What a record may be instead of done."""

ITEM_TYPES = ("foranstaltning", "forældremyndighedsindehaver", "søskende", "oplysning")
"""What an item can be."""

_BORN = re.compile(r"\d{4}-\d\d(-\d\d)?", re.ASCII)


def faults_of_value(event: Event) -> list[str]:
    """What is wrong with the row's value for its kind, in Danish; the handbook's own names are not asked here."""
    value = event.value
    status = value.get("status") if isinstance(value, dict) else None
    if status == "withdrawn" and not event.replaces:
        return ["withdrawn skal sammen med replaces: hvilken række tages tilbage?"]
    if event.kind == "review":
        return faults_of_review(event)
    if event.kind == "record":
        return _faults_of_record(value)
    if value is None:
        return []
    if not isinstance(value, dict):
        return [f"value skal være et JSON-objekt, når kind er {event.kind}"]
    checks = _KNOWN[event.kind]
    unknown = [name for name in value if name not in checks]
    if unknown:
        return [f"value har {len(unknown)} ukendt(e) navn(e); {event.kind} har: {', '.join(checks)}"]
    return [f"{name} {fault}" for name, inner in value.items() if (fault := checks[name](inner))]


def _faults_of_record(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return [] if _is_answer(value) else ["value skal være ét svar, en liste af svar eller et objekt med felter"]
    faults = [f"{name} {fault}" for name in _RESERVED.keys() & value.keys() if (fault := _RESERVED[name](value[name]))]
    if value.get("status") == "left out" and not value.get("ground"):
        faults.append("et udeladt trin skal have en begrundelse (ground)")
    for inner in value.values():
        if inner.__class__ is not str and not _is_answer(inner):
            return [*faults, "et felt skal være ét svar eller en liste af svar"]
    return faults


def _is_answer(value: Any) -> bool:
    inner = value if isinstance(value, list) else [value]
    return not any(isinstance(one, dict | list) for one in inner)


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "skal være tekst"


def _day(value: Any) -> str:
    try:
        return "" if value is None or (isinstance(value, str) and parse_time(value)) else "skal være en dato som tekst"
    except MomentFault as fault:
        return str(fault)


def _born(value: Any) -> str:
    if value == "" or value is None:
        return ""
    if not isinstance(value, str) or not _BORN.fullmatch(value):
        return "skal være en fødselsmåned eller -dag: 2009-11 eller 2009-11-05"
    return _day(value if len(value) == 10 else f"{value}-01")


def _status(value: Any) -> str:
    return "" if value in STATUSES else f"skal være {', '.join(STATUSES)} (eller mangle, når trinnet er udført)"


def _withdrawn(value: Any) -> str:
    return "" if value == "withdrawn" else "kan kun være withdrawn her"


def _ground(value: Any) -> str:
    texts = value if isinstance(value, list) else [value]
    good = texts and all(isinstance(text, str) and text.strip() for text in texts)
    return "" if good else "skal være en tekst eller en liste af tekster, ikke tom"


def _item_type(value: Any) -> str:
    return "" if value in ITEM_TYPES else f"skal være {', '.join(ITEM_TYPES)}"


def _links(value: Any) -> str:
    good = isinstance(value, dict) and all(isinstance(run, str) for run in value.values())
    return "" if good else "skal være et objekt: procedure -> forløb"


Check = Callable[[Any], str]

_RESERVED: dict[str, Check] = {
    "status": _status,
    "ground": _ground,
    "cause": _text,
    "why": _text,
    "whom": _text,
    "expected": _day,
    "outcome": _text,
    "agreed": _day,
}
_TAKEN_BACK: dict[str, Check] = {"status": _withdrawn, "why": _text}
_KNOWN: dict[str, dict[str, Check]] = {
    "staff": {"staff": _text, "team": _text, "role": _text, "from": _day, "to": _day, **_TAKEN_BACK},
    "case": {"born": _born, "known_from": _day, "team": _text, **_TAKEN_BACK},
    "assignment": {"staff": _text, "to": _day, **_TAKEN_BACK},
    "item": {"type": _item_type, "kind": _text, "label": _text, "to": _day, **_TAKEN_BACK},
    "run": {"serves": _text, "opened_by": _text, "to": _day, "links": _links, **_TAKEN_BACK},
}
