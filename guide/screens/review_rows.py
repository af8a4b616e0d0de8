"""The rows of a pejlemærke while a case is reviewed: its measures, its quality and its points, as three cells each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from checklists.supervision import Note, Repair
from checklists.supervision_sheet import Line, Sheet
from checklists.wording import sentence

LAST = "Punkter og aftaler"
DEGREES = ("lav", "nogen", "høj")
TOLD = {
    "Lovmedholdelighed": "Det, loven beder om i selve sagsgangen.",
    "Kommunens egne mål": "Lokale mål. De tæller for sig.",
    LAST: "Det hele samlet. g: sagen er gennemgået. b: de to breve.",
}
PREFILLED = "Svarene er dem, datoerne giver. Enter: det ser jeg også. j, n, i: jeg svarer selv."


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page needs of a case: its sheet, its groups, and what each answer rests on."""

    sheet: Sheet
    groups: Sequence[tuple[str, Sequence[Line]]]
    rests: Mapping[str, Sequence[str]] = field(default_factory=dict)


Row = Line | Note | Repair | str
"""A measure, a point, or the pejlemærke whose quality is judged (its name)."""


def rows_of(theme: str, lines: Sequence[Line], sheet: Sheet) -> list[Row]:
    """The group's measures, its quality, and the points that belong to it; on the last page every point."""
    from guide.supervision import THEMES

    notes, repairs = sheet.reviewed.notes, sheet.reviewed.repairs
    if theme == LAST:
        return [*sorted(notes, key=lambda n: n.kind != "strength"), *repairs]
    codes = {line.code for line in lines}
    own: list[Row] = [n for n in notes if n.theme == theme and n.kind != "quality"]
    quality: list[Row] = [theme] if theme in THEMES else []
    return [*lines, *quality, *own, *(r for r in repairs if r.measure in codes)]


def cells(row: Row, sheet: Sheet, today: date) -> tuple[str, str, str]:
    """A row in three cells: the answer, what it is about, and where it stands."""
    from guide.supervision_words import KINDS, point_text, repair_state

    if isinstance(row, Line):
        mark = "✓ set" if row.judged else ""
        return (row.answer, sentence(row.requirement), f"{mark} anderledes" if row.overridden else mark)
    if isinstance(row, str):
        note = quality_of(row, sheet)
        text = f"Kvalitet: {note.text or 'uden note'}" if note else "Kvalitet: 1 lav, 2 nogen, 3 høj grad; k skriver"
        return (f"{note.degree} grad" if note else "○", text, note.key if note else "")
    if isinstance(row, Repair):
        return ("rettelse", point_text(row), f"{row.key} {repair_state(row, today)}")
    return (KINDS[row.kind].lower(), point_text(row), row.key)


def quality_of(theme: str, sheet: Sheet) -> Note | None:
    """What is written about the quality of a pejlemærke in the case."""
    return next((n for n in sheet.reviewed.notes if n.kind == "quality" and n.theme == theme), None)
