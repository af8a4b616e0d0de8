"""The rows of the supervision (kind ``review``): which steps there are, where each belongs and what it holds.

A row belongs to the case when it is facts about the case, and to the round (``case`` empty) when it is about the round
or for the caseworker: what is meant for a person is never filed on a child's case. Imports no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from store.events import Event
from store.moments import MomentFault, parse_time

ANSWERS = ("ja", "nej", "ikke relevant")
"""Compliance, as the national supervision template asks it."""

DEGREES = ("lav", "nogen", "høj")
"""Quality, as the national template for themes asks it: i lav, nogen eller høj grad."""

DRAW = "draw"
"""The step that begins a round; its ``run`` is the round's id, ``tilsyn-1``."""

WORKLIST = "worklist"
"""The step that begins a review of every case of a caseload; its ``run`` is ``gennemgang-1``."""

BEGINS = {DRAW: "tilsyn", WORKLIST: "gennemgang"}
"""The steps that begin something, and what the id of it begins with."""

Kind = Literal["text", "day", "number", "yes", "list", "answer", "degree"]


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """What a step holds. ``on_case``: True on a case, False on the round."""

    on_case: bool
    names: Mapping[str, Kind]
    needed: tuple[str, ...] = ()


STEPS: Mapping[str, ReviewStep] = {
    DRAW: ReviewStep(
        False,
        {
            "seed": "text", "cases": "number", "from": "day", "to": "day", "team": "text", "concept": "text",
            "intake": "list", "months": "number", "staff": "list",
            "rules": "text",
        },
        ("seed", "cases", "from", "to"),
    ),
    "drawn": ReviewStep(True, {"staff": "text", "instead_of": "text"}, ("staff",)),
    "replaced": ReviewStep(True, {"reason": "text", "by": "text"}, ("reason",)),
    "compliance": ReviewStep(True, {"measure": "text", "answer": "answer", "reason": "text"}, ("measure", "answer")),
    "repair": ReviewStep(
        True,
        {"text": "text", "by": "day", "measure": "text", "undoable": "yes", "helps": "text"},
        ("text",),
    ),
    "mended": ReviewStep(True, {"repair": "text", "text": "text"}, ("repair",)),
    "rechecked": ReviewStep(
        True, {"repair": "text", "in_order": "yes", "text": "text", "by": "day"}, ("repair", "in_order")
    ),
    "reviewed": ReviewStep(True, {}),
    "filed": ReviewStep(True, {"document": "text"}),
    "quality": ReviewStep(
        False, {"about": "text", "theme": "text", "degree": "degree", "text": "text"}, ("about", "theme", "degree")
    ),
    "strength": ReviewStep(False, {"about": "text", "theme": "text", "text": "text"}, ("about", "text")),
    "learning": ReviewStep(False, {"about": "text", "theme": "text", "text": "text"}, ("text",)),
    "answer": ReviewStep(False, {"about": "text", "point": "text", "text": "text"}, ("about", "point", "text")),
    "talk": ReviewStep(False, {"staff": "text", "about": "text", "when": "day", "held": "yes"}, ("staff", "when")),
    "letter": ReviewStep(False, {"staff": "text", "about": "text"}, ("staff", "about")),
    "close": ReviewStep(False, {}),
    WORKLIST: ReviewStep(False, {"from": "day", "to": "day", "team": "text", "caseworker": "text"}, ("from",)),
}  # fmt: skip
"""Every step a ``review`` row can have. ``learning`` without ``about`` is what the round taught everybody."""


def faults_of_review(event: Event) -> list[str]:
    """What is wrong with a row of kind ``review``, in Danish.

    A row that takes another back holds only ``status`` and ``why``.
    """
    step = STEPS.get(event.step)
    if step is None:
        return [f"ukendt trin i kind review; kendte: {', '.join(STEPS)}"]
    if step.on_case != bool(event.case):
        told = "case mangler" if step.on_case else "case skal være tom"
        return [f"{told}, når trinnet er {event.step}"]
    value = {} if event.value is None else event.value
    if not isinstance(value, dict):
        return ["value skal være et JSON-objekt, når kind er review"]
    if value.get("status") is not None:
        good = value["status"] == "withdrawn" and event.replaces and set(value) <= {"status", "why"}
        return [] if good else ["status kan kun være withdrawn, sammen med replaces og højst why"]
    unknown = [name for name in value if name not in step.names]
    if unknown:
        return [f"value har {len(unknown)} ukendt(e) navn(e); {event.step} har: {', '.join(step.names) or 'ingen'}"]
    faults = [f"{name} mangler i value" for name in step.needed if value.get(name) in (None, "")]
    return faults + [f"{n} {fault}" for n, inner in value.items() if (fault := _fault(step.names[n], inner))]


def _fault(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if kind == "day":
        try:
            return "" if isinstance(value, str) and parse_time(value) else "skal være en dato som tekst"
        except MomentFault as fault:
            return str(fault)
    if kind == "list":
        return "" if isinstance(value, list) else "skal være en liste"
    if kind == "number":
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000
        return "" if good else "skal være et helt tal, 0 eller mere"
    if kind == "yes":
        return "" if isinstance(value, bool) else "skal være true eller false"
    if kind in ("answer", "degree"):
        known = ANSWERS if kind == "answer" else DEGREES
        return "" if value in known else f"skal være {', '.join(known)}"
    return "" if isinstance(value, str) else "skal være tekst"
