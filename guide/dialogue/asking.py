"""A question to the handbook, and the answer in words: for the case's chat, the command line and the page that asks.

The search itself is ``handbook.search``, imported with the first question. A question is not kept anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from checklists import calendar
from checklists.laws import law_on
from guide.commands_text import Typed
from guide.dialogue import provenance_text, words
from guide.dialogue.agenda import home
from guide.dialogue.law_text import NAMES
from guide.dialogue.scene import Scene
from guide.turns import Message, Prompt, Reply
from handbook.model import SHORT, Handbook, Law, Reference, State, Step
from handbook.numbering import page_on

if TYPE_CHECKING:
    from handbook.search import Answer, Found

HOW = (
    "Skriv spørgsmålet efter kommandoen: /spørg hvor hurtigt skal vi kvittere? "
    "Svaret kommer fra håndbogens sider, og sagen går videre, hvor den var."
)
OUTSIDE = "Det står ikke i håndbogen."
NEAREST = "De nærmeste sider er:"
_NOTHING_NEAR = "Prøv med andre ord, eller spørg en kollega eller din leder."
_PLACE = re.compile(r"(?:(SEL|BL)\s+)?([a-z0-9-]+)#([a-z0-9-]+)", re.IGNORECASE)
_NAMED: dict[Law, re.Pattern[str]] = {
    "serviceloven": re.compile(r"\b(?:SEL|serviceloven?s?)\b", re.IGNORECASE),
    "barnets_lov": re.compile(r"\b(?:BL|barnets\s+lovs?)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class PageStep:
    """A step as it is typed after ``/håndbog``: ``underretning#kvittering``, perhaps with SEL or BL before it."""

    law: Law | None
    procedure: str
    step: str


def place_of(text: str) -> PageStep | None:
    """``text`` read as a step of a page; None when it is words to search for."""
    found = _PLACE.fullmatch(text.strip())
    if found is None:
        return None
    law: Law | None = next((law for law, short in SHORT.items() if short == (found[1] or "").upper()), None)  # type: ignore[misc]
    return PageStep(law, found[2].lower(), found[3].lower())


def law_asked(question: str, otherwise: Law) -> Law:
    """The law a question names; ``otherwise`` when it names none, or both."""
    named: list[Law] = [law for law, pattern in _NAMED.items() if pattern.search(question)]
    return named[0] if len(named) == 1 else otherwise


def law_of_case(scene: Scene) -> Law:
    """The law of the run that the case is at; without one the law of the day."""
    run = home(scene)
    return run.procedure.law if run is not None else scene.law


def law_today(books: Mapping[Law, Handbook], now: datetime) -> Law:
    """The law in force on ``now``'s local day, as far as its edition is at hand."""
    law = law_on(calendar.local_day(now))
    return law if law in books else next(iter(books))


def ask(books: Mapping[Law, Handbook], law: Law, question: str) -> Found:
    """What the handbook of ``law`` answers. Builds the index of that law the first time it is asked."""
    from handbook import search

    return search.ask(books.get(law) or next(iter(books.values())), question)


def lines(found: Found, now: datetime, here: Law) -> tuple[str, ...]:
    """The answers as paragraphs: the best one whole, the others a line each; or that it is not there.

    ``here`` is the law whose page ``/håndbog`` opens without being told.
    """
    if not found.answers:
        return (f"{OUTSIDE} {_NOTHING_NEAR}",)
    if found.outside:
        return (_list(f"{OUTSIDE} {NEAREST}", found.answers, now, here),)
    best, *others = found.answers
    also = (_list("Se også:", others, now, here),) if others else ()
    return (whole(best, now, here), *also)


def _list(heading: str, answers: Sequence[Answer], now: datetime, here: Law) -> str:
    return "\n".join((heading, *(_short(answer, now, here) for answer in answers)))


def whole(answer: Answer, now: datetime, here: Law) -> str:
    """An answer with everything that belongs to it: step, sentence, deadline, clauses and how to open the page."""
    where = f"{heading(answer)} ({NAMES[answer.law]})"
    return "\n".join((where, *body(answer), *sure(answer, now), f"Åbn siden: {opening(answer, here)}"))


def body(answer: Answer) -> tuple[str, ...]:
    """What answers, then the guidance and the deadline where they are not what answers."""
    due = f"Frist: {'; '.join(answer.deadlines)}."
    return tuple(dict.fromkeys((answer.text, answer.guidance, *([due] if answer.deadlines else []))))


def heading(answer: Answer) -> str:
    """Where the answer stands: the page's title up to its first comma or colon, and the step's name."""
    return f"{re.split('[,:]', answer.page.title)[0]}: {words.step_name(answer.step)}"


def opening(answer: Answer, here: Law) -> str:
    """The command that opens the page at the step."""
    law = "" if answer.law == here else f"{SHORT[answer.law]} "
    return f"/håndbog {law}{answer.page.id}#{answer.step.id}"


def sure(answer: Answer, now: datetime) -> tuple[str, ...]:
    """The clauses that the step's own rule rests on, each with how sure it is."""
    return provenance_text.lines(grounds(answer, now))


def grounds(answer: Answer, now: datetime) -> tuple[Reference, ...]:
    """The references of the step's own kind, numbered as on ``now``'s day, or the nearest day the law was in force."""
    step = _today(answer, calendar.local_day(now))
    return tuple(r for r in step.references if r.basis == step.basis) or step.references


def state(references: tuple[Reference, ...]) -> State:
    """How sure the references are together: as the least sure of them."""
    states = [r.state for r in references]
    return "ikke kontrolleret" if "ikke kontrolleret" in states else states[0] if states else "faglig"


def _today(answer: Answer, day: date) -> Step:
    from guide.widgets.section import within_law

    return page_on(answer.page, within_law(answer.law, day)).by_id[answer.step.id]


def _short(answer: Answer, now: datetime, here: Law) -> str:
    clause = "fagligt råd" if answer.step.basis == "faglig" else grounds(answer, now)[0].clause
    return f"· {heading(answer)}: {answer.text} ({words.plain(clause)})\n  {opening(answer, here)}"


def reply(scene: Scene, prompt: Prompt | None, typed: Typed, now: datetime) -> Reply:
    """``/spørg``: the answer is said, and the same question stands once more. Nothing is recorded."""
    focus = prompt.focus if prompt else None
    if not typed.argument:
        return Reply(focus=focus, problem=HOW)
    spot = scene.find(focus)
    here = spot.procedure.law if spot else law_of_case(scene)
    found = ask(scene.handbooks, law_asked(typed.argument, here), typed.argument)
    first, *rest = lines(found, now, here)
    said = [Message("system", first, "" if found.outside or not found.answers else "law")]
    said += [Message("system", text, "muted") for text in rest]
    return Reply(focus=focus, said=tuple(said))
