"""A case as one page for the weekly meeting, by the sides of ICS, with what is not recorded said. Pure.

Only what stands in the case is told, with its day; a side without anything says what to think about instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from checklists import calendar
from checklists.facts import SPARRING, Record
from checklists.laws import law_on
from checklists.states import RunState
from checklists.view import answers
from guide.date_text import format_day
from guide.dialogue import words
from guide.dialogue.asks import named_value
from guide.dialogue.law_text import step_of
from guide.dialogue.scene import Scene
from guide.journal import kind_of
from guide.overview import age_text
from guide.turns import Draft
from handbook.model import SHORT, Step

if TYPE_CHECKING:
    from guide.documents.papers_model import Paper

LONGEST = 240
"""Characters of one text: the meeting has one page."""
NO_NAMES = "Uden navne. Det, der ikke står i sagen, er mærket »mangler«. Konklusionen skrives tilbage i sagen."

_NOTIFIED, _SCREENED, _EXPLORED, _EXAMINED = "underretning", "screening", "afdaekning", "boernefaglig-undersoegelse"
_SIDES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Bekymring",
        "hvad er I bekymrede for, og hvem har set det?",
        (
            (_NOTIFIED, "modtaget"),
            (_NOTIFIED, "overgreb"),
            (_NOTIFIED, "risikovurdering"),
            (_NOTIFIED, "trivsel"),
            (_SCREENED, "kompleks"),
            (_EXAMINED, "situation"),
        ),
    ),
    (
        "Hypoteser",
        "hvilke to eller tre forklaringer kunne der være?",
        (
            (_SCREENED, "afgraenset"),
            (_SCREENED, "egen-vurdering"),
            (_EXAMINED, "undersoegelsesplan"),
            (_EXAMINED, "fokus-genbesoeg"),
            (_EXAMINED, "analyse"),
            (_EXAMINED, "vurdering"),
        ),
    ),
    (
        "Barnets udvikling",
        "hvordan har barnet det, og hvad siger det selv?",
        (
            (_NOTIFIED, "barnet"),
            (_SCREENED, "barnet"),
            (_EXPLORED, "barnet"),
            (_EXAMINED, "barnets-syn"),
            (_EXAMINED, "boernesamtale"),
            (_EXAMINED, "fagfolk"),
            (_EXAMINED, "ppv"),
        ),
    ),
    (
        "Forældrenes kompetencer",
        "hvad lykkes for forældrene, hvad er svært, og hvad siger hver af dem?",
        (
            (_NOTIFIED, "foraeldre"),
            (_SCREENED, "foraeldre-inddraget"),
            (_EXPLORED, "foraeldre"),
            (_EXAMINED, "foraeldre"),
            (_EXAMINED, "foraeldrekompetencer"),
        ),
    ),
    (
        "Familie og omgivelser",
        "hvem er der omkring barnet, og hvad kan de?",
        (
            (_NOTIFIED, "soeskende"),
            (_SCREENED, "familien"),
            (_SCREENED, "tidligere-indsats"),
            (_EXPLORED, "netvaerk"),
            (_EXAMINED, "netvaerk"),
            (_EXAMINED, "soeskende"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One heading of the page with its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page for the meeting."""

    case: str
    title: str
    subtitle: str
    sides: tuple[Side, ...]


def page(scene: Scene, question: str) -> Page:
    """The page of the case with a ``question`` to the colleagues; empty leaves a gap to write it in."""
    today = calendar.local_day(scene.now)
    held = next(reversed(scene.case.sparrings), None)
    before = (Side("Sidste sparring", (_held(held),)),) if held is not None else ()
    sides = tuple(Side(title, _known(scene, steps) or (_gap(ask),)) for title, ask, steps in _SIDES)
    asked = " ".join(question.split()) or _gap("hvad vil du have hjælp til? Skriv /sparring og dit spørgsmål")
    told = [f"Sag {scene.case.id}", _child(scene), SHORT[law_on(today)], format_day(today)]
    return Page(
        scene.case.id,
        "Sparring",
        " · ".join(part for part in told if part),
        (*sides, *before, Side("Spørgsmål til kollegerne", (asked,))),
    )


def text(found: Page) -> str:
    """The page as plain text."""
    parts = [f"{found.title} · {found.subtitle}\n{NO_NAMES}"]
    parts += ["\n".join([side.title.upper(), *(f"- {line}" for line in side.lines)]) for side in found.sides]
    return "\n\n".join(parts) + "\n"


def paper(found: Page) -> Paper:
    """The page for the Word template and its Markdown twin."""
    from guide.documents.papers_model import Paper, Part

    parts = [Part(side.title, points=side.lines) for side in found.sides]
    return Paper(
        kind="sparring",
        case=found.case,
        form="sagsark",
        title=found.title,
        subtitle=found.subtitle,
        facts=(),
        parts=parts,
        foot=NO_NAMES,
    )


def conclusion(scene: Scene, took_part: str, reached: str, then: str, now: datetime) -> Draft:
    """The row of what the talk came to. ``took_part`` are roles, ``then`` the next step; ``now`` is aware.

    Where the screening asks for sparring it is the answer to that step; else a record of the case as a whole.
    """
    today = calendar.local_day(now)
    at = None if now >= calendar.end_of_day(today) else now
    asked = _asked(scene)
    if asked is not None and asked.run is not None:
        told = f"{words.sentence(reached)} Næste skridt: {then}" if then else reached
        return Draft(
            "record",
            scene.case.id,
            asked.run.id,
            asked.run.procedure,
            "sparring",
            day=today,
            value={"leder": took_part, "hvad": told},
            version=asked.procedure.edition,
        )
    given = {"deltog": took_part, "konklusion": reached, "naeste": then}
    value = {name: found for name, found in given.items() if found}
    return Draft("record", scene.case.id, step=SPARRING, day=today, at=at, value=value)


def _asked(scene: Scene) -> RunState | None:
    """The screening whose own step for sparring is open."""
    for run in reversed(scene.progress.runs):
        if run.procedure.id == _SCREENED and run.run is not None:
            state = next((s for s in run.steps if s.step.id == "sparring"), None)
            if state is not None and not state.settled and state.state not in ("not relevant", "waiting"):
                return run
    return None


# -- what is known ----------------------------------------------------------------------------------------------


def _known(scene: Scene, steps: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(line for procedure, step in steps for line in _lines(scene, procedure, step))


def _lines(scene: Scene, procedure: str, step_id: str) -> list[str]:
    """What the latest run of the procedure says at the step: one line, or one for each it was done for."""
    run = next((r for r in reversed(scene.progress.runs) if r.procedure.id == procedure and r.run is not None), None)
    if run is None or run.run is None:
        return []
    latest: dict[tuple[str, ...], Record] = {}
    for record in run.run.records.get(step_id, ()):
        if record.status == "done":
            latest[record.items] = record
    found = [(record, step_of(scene, run, record)) for record in latest.values()]
    return [_line(scene, step, record) for record, step in found if step is not None]


def _line(scene: Scene, step: Step, record: Record) -> str:
    about = f", {words.items_named(scene.case, record.items)}" if record.items else ""
    labels = [choice.label if (choice := step.choice(c)) else c for c in answers(step, record)]
    value = named_value(step, record)
    said = []
    for field in step.fields:
        found = value.get(field.name)
        if field.type in ("tekst", "skala 1-5") and found not in (None, "", []):
            told = _short(words.value_text(found, scene.now))
            label = (field.label or field.name).rstrip("?:.")
            said.append(f"{label[:1].upper()}{label[1:]}: {f'»{told}«' if kind_of(field) == 'words' else told}")
    content = " ".join(
        part if part.endswith("«") else words.sentence(part) for part in ("; ".join(labels), *said) if part
    )
    name = words.step_name(step)
    title = f"{name[:1].upper()}{name[1:]}{about} ({format_day(record.day)})"
    return f"{title}: {content or 'noteret; mangler, hvad der kom frem.'}"


def _held(record: Record) -> str:
    then = record.value.get("naeste")
    told = words.sentence(_short(str(record.value.get("konklusion") or "")))
    return f"{format_day(record.day)}: {told}{f' Næste skridt: {_short(str(then))}' if then else ''}"


def _gap(ask: str) -> str:
    return f"mangler: {ask}"


def _child(scene: Scene) -> str:
    age = age_text(scene.case.born, calendar.local_day(scene.now))
    return f"barn {age}" if age else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
