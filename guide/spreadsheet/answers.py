"""A cell as the answer to a field of a step: a choice's id, a day, a number or text."""

from __future__ import annotations

from typing import Any

from guide.spreadsheet import cells
from guide.spreadsheet.cells import Cell, CellFault
from guide.spreadsheet.mapping import Source
from guide.spreadsheet.terms import Term, near
from store.checks import shown


def converted(cell: Cell, source: Source, term: Term) -> Any:
    """The answer that a cell gives to a field. Raises CellFault when the handbook lets no such answer stand there."""
    if term.type in ("dato", "tidspunkt"):
        day, at = cells.as_moment(cell)
        return at.isoformat() if at and term.type == "tidspunkt" else day.isoformat()
    if term.type == "skala 1-5":
        number = cells.as_number(cell)
        if number not in (1, 2, 3, 4, 5):
            raise CellFault("er ikke et helt tal fra 1 til 5")
        return int(number)
    if term.choices:
        if term.type == "flere valg":
            return [_choice(part, term) for part in _parts(cells.as_text(cell), source)]
        return _choice(cells.as_text(cell), term)
    return cells.as_number(cell) if source.number else cells.as_text(cell)


def _parts(text: str, source: Source) -> list[str]:
    for separator in source.separators:
        text = text.replace(separator, "\n")
    parts = (" ".join(part.split()) for part in text.split("\n"))
    meant = (source.words.get(part.casefold(), part) for part in parts)
    return list(dict.fromkeys(part for part in meant if part))


def _choice(text: str, term: Term) -> str:
    found = term.choices.get(" ".join(text.split()).casefold())
    if found is None:
        raise CellFault(f"ukendt svar {shown(text)}. {near(text, list(term.ids))} Oversæt det i opskriften")
    return found
