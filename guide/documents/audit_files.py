"""The audit as spreadsheets: CSV as Danish Excel reads it, and a workbook with every case behind them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from checklists.audit import Audit
from checklists.measures.model import Counted
from guide.documents.audit_words import (
    BASIS,
    CAUSES_TITLE,
    EMPTY,
    OUTCOMES,
    age_rows,
    case_rows,
    cause_rows,
    clauses,
    heading,
    late_words,
    law_words,
    type_rows,
)

Cell = str | int
LISTS = ("sager med mangel", "sager i orden", "sager holdt ude")
TABLE = ("pejlemærke", "mål", "mangler", "relevante", "kode", "grundlag", "hjemmel", *LISTS)
CASES = ("kode", "mål", "sag", "udfald", "mangelkode", "begrundelse", "registreringer")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins with one of these is taken for a formula by a spreadsheet."""


def guarded(cell: Cell) -> Cell:
    """The cell with an apostrophe before it when a spreadsheet would run it."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_RUNS):
        return f"'{cell}"
    return cell


def write_csv(audit: Audit, path: Path) -> None:
    """One row a measure, then one a cause: semicolons, UTF-8 with the mark Excel looks for. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerows([guarded(cell) for cell in row] for row in (*table_rows(audit), *_cause_rows(audit)))


def write_xlsx(audit: Audit, about: str, path: Path) -> None:
    """A workbook: the table, every case behind it, types and ages, and what the numbers are. Raises OSError."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    for name, rows, widths in (
        ("Tabel", table_rows(audit), (20, 58, 13, 11, 30, 10, 34, 30, 30, 30)),
        ("Sager", case_sheet(audit), (30, 50, 14, 12, 26, 80, 24)),
        ("Typer og aldre", other_rows(audit), (58, 8)),
        ("Årsager", cause_sheet(audit), (40, 10, 100)),
        ("Om tallene", [[line] for line in about_lines(audit, about)], (110,)),
    ):
        sheet = book.add_worksheet(name)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        headed = name in ("Tabel", "Sager", "Årsager")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                style = bold if headed and y == 0 else plain
                if isinstance(cell, int):
                    sheet.write_number(y, x, cell, style)
                else:
                    sheet.write_string(y, x, str(guarded(cell)), style)
        if headed:
            sheet.freeze_panes(1, 0)
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def table_rows(audit: Audit) -> list[Sequence[Cell]]:
    """The heading and one row a measure; an empty m is words, and its lists say who was left out."""
    return [TABLE, *(_measure_row(counted) for counted in audit.measures)]


def case_sheet(audit: Audit) -> list[Sequence[Cell]]:
    """The heading and one row for each measure and case."""
    rows: list[Sequence[Cell]] = [CASES]
    for counted in audit.measures:
        for row in case_rows(counted):
            verdict = row.verdict
            told = (counted.measure.code, counted.name, row.dossier.case, row.outcome, verdict.code)
            rows.append((*told, verdict.reason, " ".join(verdict.records)))
    return rows


def other_rows(audit: Audit) -> list[Sequence[Cell]]:
    """Types and ages, and the cases that did not enter."""
    rows: list[Sequence[Cell]] = [*type_rows(audit), ("", ""), *age_rows(audit)]
    if audit.outside:
        rows += [("", ""), *((f"ikke med: {case}: {reason}", "") for case, reason in audit.outside)]
    return rows


def cause_sheet(audit: Audit) -> list[Sequence[Cell]]:
    """What came too late, by the cause noted with it, and the steps behind each number."""
    behind = dict(late_words(audit))
    rows = ((name, late, behind.get(name, "")) for name, late in cause_rows(audit))
    return [("årsag", "antal", "sager"), *rows]


def _cause_rows(audit: Audit) -> list[Sequence[Cell]]:
    """The causes under the table's own heading: so many of all that came too late."""
    late = sum(len(cause.late) for cause in audit.causes)
    behind = dict(late_words(audit))
    return [
        (CAUSES_TITLE, name, number, late, cause.cause, "", "", behind.get(name, ""), "", "")
        for cause, (name, number) in zip(audit.causes, cause_rows(audit), strict=True)
    ]


def about_lines(audit: Audit, about: str) -> list[str]:
    """What the numbers are: period, whose cases, laws, rules and the caveat."""
    return [heading(audit), about, f"Efter {law_words(audit)}", f"Regler: {audit.rules}", audit.caveat]


def _measure_row(counted: Counted) -> Sequence[Cell]:
    measure = counted.measure
    listed = {outcome: [r for r in case_rows(counted) if r.outcome == outcome] for outcome in OUTCOMES}
    return (
        measure.theme,
        counted.name,
        counted.deficient if counted.relevant else EMPTY,
        counted.relevant,
        measure.code,
        BASIS[measure.basis],
        clauses(counted),
        *(_named(row.dossier.case for row in listed[outcome]) for outcome in OUTCOMES),
    )


def _named(cases: Iterable[str]) -> str:
    return ", ".join(cases)
