"""XLSX through python-calamine. What it passes over in silence (cells in error, formulas never worked out, merged
cells) is looked up in the sheet's own XML and refused, so that nothing counts as empty that is not.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from guide.spreadsheet.cells import is_empty
from guide.spreadsheet.mapping import FileRule
from guide.spreadsheet.reading import Broken, FileFault, Row, Sheet, header_of
from guide.spreadsheet.terms import near
from store.checks import shown

LARGEST = 400_000_000
"""Bytes a workbook may take up when unpacked: one is read into memory as a whole."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, CalamineError, ElementTree.ParseError, LookupError, ValueError, EOFError)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WRONG = (
    "filen kan ikke læses som et Excel-ark (xlsx). Åbn den i Excel, gem den igen som xlsx eller CSV, og prøv med den."
)


def sheet_of(path: Path, rule: FileRule, wanted: Sequence[str]) -> Sheet:
    """The sheet that ``rule`` names, else the first. Raises FileFault."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise FileFault(
                    "arket er for stort til at læse på én gang. Gem det som CSV (UTF-8), og prøv med den fil."
                )
            found = _sheet(CalamineWorkbook.from_path(path), rule)
            odd = _odd_cells(packed, found.name)
        rows = found.iter_rows()
        left = (found.start or (0, 0))[1]
        before = [list(cells) for _, cells in zip(range(rule.header), rows, strict=False)]
        header = header_of(before[-1]) if len(before) == rule.header else []
        merged = found.merged_cell_ranges or []
    except FileFault:
        raise
    except (*_UNREADABLE, RuntimeError):
        raise FileFault(_WRONG) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the reader's own code comes out
            raise
        raise FileFault(_WRONG) from None
    if not header:
        raise FileFault(f"række {rule.header} er tom. Skriv overskriftens række under [fil], fx overskrift = 3.")
    folded = {name.casefold() for name in wanted}
    used = {n for n, name in enumerate(header) if name.casefold() in folded}
    # The reader leaves out empty columns to the left; the sheet's own places count them.
    refused = _merged(merged, rule.header, {n + left for n in used}) | {
        place: text for place, text in odd.items() if place[1] - left in used and place[0] > rule.header
    }
    refused = {(row, column - left): text for (row, column), text in refused.items()}
    told = [0]
    return Sheet(header, _rows(rows, rule.header, header, refused, told), lambda: told[0], max(found.height, 1))


def _sheet(book: CalamineWorkbook, rule: FileRule) -> CalamineSheet:
    names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if rule.sheet and rule.sheet not in names:
        raise FileFault(f"filen har intet ark {shown(rule.sheet)}. {near(rule.sheet, names)}")
    if not names:
        raise FileFault("filen har ingen regneark.")
    return book.get_sheet_by_name(rule.sheet or names[0])


def _rows(
    rows: Iterator[Sequence[Any]], number: int, header: list[str], refused: dict[tuple[int, int], str], told: list[int]
) -> Iterator[Row | Broken]:
    for cells in rows:
        number += 1
        told[0] = number
        wrong = [n for n in range(len(header)) if (number, n) in refused]
        if wrong:
            yield from (Broken(number, refused[number, n], header[n]) for n in wrong)
        elif not all(is_empty(cell) for cell in cells):
            yield Row(number, cells)


def _merged(
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], header: int, used: set[int]
) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for (top, left), (bottom, right) in ranges:
        if bottom + 1 < header or not used & set(range(left, right + 1)):
            continue
        if top + 1 <= header:
            raise FileFault(
                f"overskriften har flettede celler (række {top + 1}-{bottom + 1}). Ophæv fletningen i arket, så hver "
                "kolonne har sin egen overskrift i én række, eller skriv den rigtige række under [fil]: overskrift = 2."
            )
        text = f"cellen er flettet (række {top + 1}-{bottom + 1}). Ophæv fletningen, og skriv værdien i hver række"
        found |= {
            (row + 1, col): text for row in range(top, bottom + 1) for col in range(left, right + 1) if col in used
        }
    return found


def _odd_cells(packed: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Cells (row from 1, column from 0) that hold an error, or a formula nobody has worked out, and why refused."""
    part = _part(packed, sheet)
    if b"<f" not in (content := packed.read(part)) and b't="e"' not in content:
        return {}
    found: dict[tuple[int, int], str] = {}
    with packed.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_MAIN}c":
                place, text = _place(element.get("r", "")), _odd(element)
                if place and text:
                    found[place] = text
            elif element.tag == f"{_MAIN}row":
                element.clear()
    return found


def _odd(cell: ElementTree.Element) -> str:
    kind, value = cell.get("t"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "e":
        return "cellen viser en fejl (som #REF! eller #I/T). Ret formlen, eller tøm cellen"
    if cell.find(f"{_MAIN}f") is not None and not value and kind != "str":
        return "cellens formel er ikke regnet ud. Åbn filen i Excel, gem den, og prøv igen"
    return ""


def _part(packed: zipfile.ZipFile, sheet: str) -> str:
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    wanted = {one.get("name"): one.get(_RELATION) for one in book.iter(f"{_MAIN}sheet")}[sheet]
    links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    target = {one.get("Id"): one.get("Target", "") for one in links}[wanted]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _place(name: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", name, re.ASCII)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1
