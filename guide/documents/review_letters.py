"""The supervision's documents as values for a template: "Til sagen", "Til dig" and "Hvad runden viste".

"Til sagen" holds facts and what is mended by when, fit for the journal: no quality judgement and nobody's name but the
writer's initials. "Til dig" begins with what works and is never filed on the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from checklists.supervision import Note, Repair, Talk
from checklists.supervision_sheet import Count, Line, Sheet, Shown
from checklists.wording import sentence
from guide.date_text import format_day, format_moment
from guide.documents.word import markdown, render

TO_CASE, TO_PERSON, TO_PERSON_ROUND, ROUND = "til-sagen", "til-dig", "til-dig-samlet", "runden"
"""The names of the templates."""

LAWS = {"serviceloven": "serviceloven", "barnets_lov": "barnets lov"}

STATES: Mapping[str, str] = {
    "open": "åben",
    "said done": "meldt rettet, ikke set efter endnu",
    "closed": "rettet og set efter",
    "cannot be undone": "kan ikke gøres om",
}
"""State of a repair -> how it is said."""

CAVEAT = (
    "Tallene bygger på få sager og viser, hvad der er registreret i dem. De er et øjebliksbillede til en samtale, "
    "ikke en statistik, og de siger ikke, hvor godt et menneske arbejder."
)


def to_case(sheet: Sheet, today: date, by: str) -> dict[str, Any]:
    """The values of "Til sagen". ``today`` is the local day it is written, ``by`` the writer's initials."""
    asked = [line for line in sheet.lines if line.answer != "ikke relevant"]
    left_out = [line for line in sheet.lines if line.answer == "ikke relevant" and line.counts]
    repairs = sheet.reviewed.repairs
    return {
        "sag": sheet.reviewed.case,
        "dato": format_day(today),
        "runde": sheet.round.id,
        "lov": LAWS.get(sheet.law or "", "reglerne"),
        "skrevet_af": by,
        "rettelser": [_mended(r) for r in repairs if r.undoable],
        "kan_ikke_rettes": [{"hvad": stopped(r.text), "hjaelper": stopped(r.helps)} for r in repairs if not r.undoable],
        "punkter": [_fact(line) for line in sorted(asked, key=lambda line: line.answer != "nej")],
        "ikke_relevante": [line.requirement for line in left_out],
    }


def to_person(sheet: Sheet, today: date, by: str) -> dict[str, Any]:
    """The values of "Til dig", for the caseworker the case was drawn from."""
    notes = sheet.reviewed.notes
    answered: list[Note | Repair] = [*notes, *sheet.reviewed.repairs]
    return {
        "sag": sheet.reviewed.case,
        "til": sheet.reviewed.staff,
        "fra": by,
        "dato": format_day(today),
        "styrker": [stopped(n.text) for n in notes if n.kind == "strength"],
        "kvalitet": [
            {"pejlemaerke": n.theme, "grad": n.degree, "note": stopped(n.text)} for n in notes if n.kind == "quality"
        ],
        "laering": [stopped(n.text) for n in notes if n.kind == "learning"],
        "rettelser": [{"hvad": stopped(r.text), "aftale": _agreement(r)} for r in sheet.reviewed.repairs],
        "samtale": _talk(sheet),
        "svar": [{"punkt": _named(point), "svar": reply.text} for point in answered for reply in point.replies],
    }


def to_person_round(sheets: Sequence[Sheet], today: date, by: str) -> dict[str, Any]:
    """The values of "Til dig" about all of a caseworker's cases in a round (at least one), each point with its case."""
    each = [to_person(sheet, today, by) for sheet in sheets]
    about = sheets[0].round
    general = [t for t in about.talks if t.staff == sheets[0].reviewed.staff]
    return {
        "sager": [one["sag"] for one in each],
        "runde": about.id,
        "til": sheets[0].reviewed.staff,
        "fra": by,
        "dato": format_day(today),
        "styrker": [{"sag": one["sag"], "tekst": text} for one in each for text in one["styrker"]],
        "kvalitet": [{"sag": one["sag"]} | point for one in each for point in one["kvalitet"]],
        "laering": [{"sag": one["sag"], "tekst": text} for one in each for text in one["laering"]],
        "rettelser": [{"sag": one["sag"]} | point for one in each for point in one["rettelser"]],
        "samtale": _said_of(general),
        "svar": [{"sag": one["sag"]} | point for one in each for point in one["svar"]],
    }


def of_round(found: Shown, today: date) -> dict[str, Any]:
    """The values of "Hvad runden viste": by measure, never by person."""
    return {
        "runde": found.round.id,
        "dato": format_day(today),
        "gennemgaaet": f"{found.reviewed} af {found.drawn} sager gennemgået",
        "styrker": [stopped(text) for text in found.strengths],
        "maal": [
            {"navn": sentence(count.requirement), "tal": tally(count)} for count in found.counts if count.relevant
        ],
        "laering": [stopped(note.text) for note in found.learning],
        "aabne": repairs_told(found, today),
        "forbehold": CAVEAT,
    }


def repairs_told(found: Shown, today: date) -> str:
    """The open repairs of the round in a sentence: how many, how many past their day, the next day."""
    mendable = [r for r in found.repairs if r.undoable]
    asked = len(found.repairs) - len(mendable)
    if not found.repairs:
        return "Der er ingen åbne rettelser."
    days = sorted(r.agreed for r in mendable if r.agreed)
    past = sum(day < today for day in days)
    coming = next((day for day in days if day >= today), None)
    told = f"{len(mendable)} åbne." if mendable else ""
    told += f" {past} er over den aftalte dag." if past else ""
    told += f" Den næste er aftalt til {format_day(coming)}." if coming else ""
    told += f" Ved {asked} kan fejlen ikke gøres om, og vi har aftalt, hvad der hjælper barnet nu." if asked else ""
    return told.strip()


def tally(count: Count) -> str:
    """``3 af 8``; an empty m is words, never 0 of 0."""
    return f"{count.deficient} af {count.relevant}" if count.relevant else "ikke relevant"


def files(context: Mapping[str, Any], name: str, beside: Path, folder: Path | None) -> dict[Path, bytes]:
    """A document as Word and as Markdown: ``beside`` is the file's path without ending. Raises DocumentError."""
    return {
        beside.with_name(f"{beside.name}.docx"): render(name, context, folder),
        beside.with_name(f"{beside.name}.md"): markdown(name, context).encode(),
    }


def _fact(line: Line) -> dict[str, str]:
    beside = f" Registreringerne siger {line.dates_say}." if line.overridden else ""
    return {
        "navn": sentence(line.requirement),
        "svar": line.answer,
        "grund": stopped(sentence(line.reason)) + beside,
        "hjemmel": line.clause,
    }


def _mended(repair: Repair) -> dict[str, str]:
    agreed = format_day(repair.agreed) if repair.agreed else "ingen dag aftalt"
    return {"hvad": stopped(repair.text), "aftalt": agreed, "status": STATES[repair.state]}


def _agreement(repair: Repair) -> str:
    if not repair.undoable:
        return f"Det kan ikke gøres om. Det hjælper barnet nu: {stopped(repair.helps)}"
    if repair.closed:
        return "Det er rettet, og vi har set efter."
    return f"Aftalt til {format_day(repair.agreed)}." if repair.agreed else ""


def _talk(sheet: Sheet) -> str:
    return _said_of(
        [t for t in sheet.round.talks if t.staff == sheet.reviewed.staff and t.about in ("", sheet.reviewed.case)]
    )


def _said_of(talks: Sequence[Talk]) -> str:
    if not talks:
        return "Vi aftaler en dag og taler sagen igennem sammen, før noget gøres færdigt."
    when: date | datetime = talks[-1].when
    return f"Vi talte sammen {format_moment(when)}." if talks[-1].held else f"Vi taler sammen {format_moment(when)}."


def _named(point: Note | Repair) -> str:
    return point.text.rstrip(". ") or (point.theme if isinstance(point, Note) else "")


def stopped(text: str) -> str:
    """The text as a sentence of its own."""
    text = text.strip()
    return f"{text}." if text and text[-1] not in ".!?:" else text
