"""A section of the overview drawn as a table: empty columns left out, one column taking what width is left."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import DataTable

from guide.caseload_tables import Section
from guide.widgets.words import one_line, shorten

SHOWN = 300
"""Rows in the table; the rest is said in words, because the first ones are those to act on."""

_PADDING = 2
"""Cells a column takes beyond its text."""

_LEAST = 12
"""The flexible column is never narrower."""


def fill(table: DataTable[Content], section: Section, width: int, *, narrow: bool) -> None:
    """Draw the section's first SHOWN lines into ``table``, ``width`` cells wide altogether."""
    lines = section.lines[:SHOWN]
    columns = [
        n
        for n, name in enumerate(section.columns)
        if not (narrow and n in section.wide) and (name or any(line.cells[n] for line in lines))
        and (not lines or any(line.cells[n] for line in lines))
    ]  # fmt: skip
    cells = [[one_line(line.cells[n]) for n in columns] for line in lines]
    widths = [
        max(len(section.columns[n]), *(len(row[i]) for row in cells)) if cells else len(section.columns[n])
        for i, n in enumerate(columns)
    ]
    if section.flexible in columns:
        at = columns.index(section.flexible)
        others = sum(w for i, w in enumerate(widths) if i != at)
        widths[at] = max(_LEAST, min(widths[at], width - others - _PADDING * len(widths) - 2))
    table.clear(columns=True)
    for n, wide in zip(columns, widths, strict=True):
        table.add_column(section.columns[n], width=max(wide, 1))
    for row in cells:
        table.add_row(*(Content(shorten(text, wide)) for text, wide in zip(row, widths, strict=True)))
