"""The audit for the terminal when nobody asks for the lists behind it: the same text, from the numbers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from checklists.audit_table import AuditTable, Number
from checklists.measures.catalogue import BESIDE
from checklists.wording import spell
from guide.documents.audit_text import WIDTH
from guide.documents.audit_words import CAUSES_TITLE, EMPTY, cause_words
from handbook.model import SHORT

NAMED = 200
"""So many cases outside the table are named; of more only the number is told."""


def lines(table: AuditTable, outside: Mapping[str, Sequence[str]], about: str) -> list[str]:
    """The tables. ``outside`` names the cases outside for a reason, where they are few enough to be named."""
    laws = " og ".join(SHORT[law] for law in table.laws)
    found = [
        f"Sagsgennemgang {spell(table.asked.start)} – {spell(table.asked.end)}",
        f"{about} · efter {laws} · regler {table.rules}",
    ]
    beside = [n for n in table.measures if n.measure.theme in BESIDE]
    published = [n for n in table.measures if n.measure.theme not in BESIDE]
    for title, numbers in (
        ("Tabel 1. Sager med mangel ud af relevante sager", published),
        ("Ved siden af tabellen", beside),
    ):
        found += ["", title, *_measures(numbers)] if numbers else []
    types = [(f"{t.label} ({t.clause})" if t.clause else t.label, t.cases) for t in table.types]
    ages = [(f"{name} år" if name[0].isdigit() else "alder ukendt", cases) for name, cases in table.ages]
    found += ["", "Tabel 2. Sagerne, efter type og alder", *_pairs(types), "", *_pairs(ages)]
    found += ["", CAUSES_TITLE, *_pairs([(cause_words(cause), late) for cause, late in table.causes])]
    for reason, cases in table.outside:
        named = ", ".join(outside.get(reason, ())) or f"{cases:,} sager".replace(",", ".")
        found += ["", *wrap(f"Ikke med ({reason}): {named}", WIDTH)]
    return [*found, "", "Sagerne bag hvert tal: tilføj --lists.", "", *wrap(table.caveat, WIDTH)]


def _measures(numbers: Sequence[Number]) -> Iterable[str]:
    width = max(len(n.name) for n in numbers)
    theme = ""
    for number in numbers:
        if number.measure.theme != theme:
            theme = number.measure.theme
            yield f"  {theme}"
        counted = f"{number.deficient:>4} af {number.relevant}" if number.relevant else f"   {EMPTY}"
        yield f"    {number.name:{width}}  {counted}"


def _pairs(rows: Sequence[tuple[str, int]]) -> list[str]:
    width = max((len(label) for label, _ in rows), default=0)
    return [f"    {label:{width}}  {number:>4}" for label, number in rows]
