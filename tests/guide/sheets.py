"""Spreadsheets for the tests: the worked example, smaller ones, and a database to import them into."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from checklists.calendar import TZ
from guide.casework import Casework, load_handbooks
from guide.spreadsheet.importing import Outcome, import_spreadsheet
from guide.spreadsheet.mapping import MappingRules
from guide.spreadsheet.mapping_file import mapping_of
from guide.spreadsheet.terms import terms_of
from store.cases import Store

EXAMPLE = Path(__file__).parents[2] / "docs" / "import" / "dubu-lignende.toml"
EXTRACT = EXAMPLE.with_suffix(".csv")
NOW = datetime(2020, 4, 1, 12, 0, tzinfo=TZ)

SMALL = """
[sag]
nummer = "Sag"
foedt = "Født"
sagsbehandler = "Hvem"
kendt_fra = { fast = "1-1-2019" }

[[indsats]]
navn = "indsats"
noegle = "Nr"
slags = "Slags"
forloeb = "afgoerelse"

[[forloeb]]
procedure = "underretning"
[[forloeb.trin]]
trin = "modtaget"
dato = "Modtaget"
klokken = "Kl"
felter.bekymring = "Note"
[[forloeb.trin]]
trin = "trivsel"
dato = "Modtaget"
felter.skala = "Trivsel"
naar = { kolonne = "Trivsel", udfyldt = true }

[[forloeb]]
procedure = "afgoerelse"
noegle = "Nr"
[[forloeb.trin]]
trin = "truffet"
dato = "Truffet"
for = "indsats"

[[forloeb]]
procedure = "boernesamtale"
noegle = "Nr"
tjener = "afgoerelse"
[[forloeb.trin]]
trin = "holdt"
dato = "Samtale"
for = "indsats"
felter.holdt_af = { kolonne = "Af", oversaet = { "SB" = "myndighedssagsbehandler" } }
"""
HEADER = ("Sag", "Født", "Hvem", "Modtaget", "Kl", "Note", "Trivsel", "Nr", "Slags", "Truffet", "Samtale", "Af")
Cells = dict[str, Any]


def small() -> MappingRules:
    """The small mapping, checked."""
    return mapping_of(tomllib.loads(SMALL), terms_of(load_handbooks()))


def desk(store: Store, now: datetime = NOW) -> Casework:
    """A caseworker's desk on ``store`` with the program's own pages."""
    return Casework(store, load_handbooks(), lambda: now, "LH")


def write_csv(path: Path, rows: Sequence[Cells], encoding: str = "utf-8", separator: str = ";") -> Path:
    """The rows as CSV under the small mapping's headings."""
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(HEADER)
        writer.writerows([row.get(name, "") for name in HEADER] for row in rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], merged: str = "") -> Path:
    """The rows as they are, days and hours as real date cells."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("Sager")
        day, hour = (book.add_format({"num_format": shape}) for shape in ("dd-mm-yyyy", "dd-mm-yyyy hh:mm"))
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(n, m, cell, hour if isinstance(cell, datetime) else day)
                else:
                    sheet.write(n, m, cell)
        if merged:
            sheet.merge_range(merged, "flettet")
    return path


def load(work: Casework, path: Path, rules: MappingRules | None = None, **options: Any) -> Outcome:
    """Import ``path`` by ``rules``, the small mapping when left out."""
    return import_spreadsheet(work, rules or small(), path, **options)


def said(outcome: Outcome) -> list[tuple[int, str, str]]:
    """What was refused: row, column and reason."""
    return [(one.row, one.column, one.text) for one in outcome.refused]
