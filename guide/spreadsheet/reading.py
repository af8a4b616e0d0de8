"""A spreadsheet as rows of cells: CSV as Danish programs write it, and XLSX. Nothing here knows what a column means."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from guide.spreadsheet.cells import Cell, as_text, is_empty
from guide.spreadsheet.mapping import FileRule
from guide.spreadsheet.terms import near
from guide.spreadsheet.toml_table import squeezed
from store.checks import shown
from store.event_log import limited_lines

SEPARATORS = (";", "\t", ",", "|")
_LOOK = 1 << 20


class FileFault(ValueError):
    """A file that cannot be read at all. The message is Danish: what is wrong and what mends it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells in the columns' order."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row, or a cell when ``column`` is not empty, that cannot be read, and why in Danish."""

    number: int
    text: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open spreadsheet. ``rows`` can be gone through once; blank rows are left out."""

    header: list[str]
    rows: Iterator[Row | Broken]
    done: Callable[[], int]
    """How far the reading is, of ``size``."""
    size: int


@contextmanager
def opened(path: Path, rule: FileRule, wanted: Sequence[str]) -> Iterator[Sheet]:
    """The spreadsheet at ``path``; its kind is seen from its content. ``wanted`` are the columns that will be used.

    Raises FileFault for what is no spreadsheet, and OSError when it cannot be read.
    """
    with path.open("rb") as raw:
        start = raw.read(8)
        raw.seek(0)
        if start.startswith(b"PK"):
            from guide.spreadsheet.workbook import sheet_of

            yield sheet_of(path, rule, wanted)
        elif start.startswith(b"\xd0\xcf\x11\xe0"):
            raise FileFault("filen er en ældre Excel-fil (xls) eller låst med adgangskode. Gem den som xlsx eller CSV.")
        elif rule.sheet:
            raise FileFault("filen er ikke et Excel-ark, så der er intet ark at vælge. Lad ark og --sheet være ude.")
        else:
            yield _csv(raw, rule)


def header_of(cells: Sequence[Cell]) -> list[str]:
    """The headings of a row, spaces squeezed; empty ones at the end left out."""
    header = [squeezed(as_text(cell)) for cell in cells]
    while header and not header[-1]:
        header.pop()
    return header


def places(header: Sequence[str], wanted: Sequence[str], keys: dict[str, str]) -> tuple[dict[str, int], list[str]]:
    """Where each of the ``wanted`` columns stands, and what is wrong with those that cannot be found, in Danish.

    ``keys`` says where in the mapping a column is named.
    """
    found: dict[str, int] = {}
    faults = []
    folded = [name.casefold() for name in header]
    for column in wanted:
        times = folded.count(column.casefold())
        if times == 1:
            found[column] = folded.index(column.casefold())
        elif times:
            faults.append(
                f"{keys[column]}: kolonnen {shown(column)} står der {times} gange. Giv hver sin overskrift i filen."
            )
        else:
            there = [name for name in header if name]
            faults.append(f"{keys[column]}: filen har ingen kolonne {shown(column)}. {near(column, there)}")
    return found, faults


def _csv(raw: BinaryIO, rule: FileRule) -> Sheet:
    encoding = rule.encoding or _encoding(raw)
    raw.seek(0, 2)
    size = raw.tell()
    raw.seek(0)
    lines = limited_lines(TextIOWrapper(raw, encoding, "strict", newline=""))
    try:
        before = [line for _, line in zip(range(1), lines, strict=False)]
        separator = rule.separator or _separator(before[0] if before else "")
        reader = csv.reader(_again(before, lines), delimiter=separator, strict=True)
        header: list[Cell] = []
        for _ in range(rule.header):
            header = list(next(reader, []))
    except (UnicodeError, csv.Error):
        raise FileFault(
            "filen kan ikke læses som CSV. Gem den som CSV (UTF-8) eller xlsx, eller skriv tegnsaet under [fil]."
        ) from None
    names = header_of(header)
    if not names:
        raise FileFault(f"række {rule.header} er tom. Skriv overskriftens række under [fil], fx overskrift = 3.")
    return Sheet(names, _csv_rows(reader, rule.header, len(header), len(names)), raw.tell, size)


def _csv_rows(reader: Iterator[list[str]], number: int, width: int, named: int) -> Iterator[Row | Broken]:
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except (csv.Error, UnicodeError):
            yield Broken(
                number, "filen kan ikke læses herfra: et anførselstegn er ikke lukket, eller et tegn er ødelagt"
            )
            return
        if cells is None:
            return
        if all(is_empty(cell) for cell in cells):
            continue
        if not named <= len(cells) <= width:
            text = f"rækken har {len(cells)} celler, overskriften {width}. "
            mend = "Står der et skilletegn eller et linjeskift i en tekst, så sæt anførselstegn om teksten"
            yield Broken(number, text + mend)
            continue
        yield Row(number, cells)


def _again(before: list[str], lines: Iterator[str]) -> Iterator[str]:
    yield from before
    yield from lines


def _encoding(raw: BinaryIO) -> str:
    """The encoding by looking: a mark at the start, else UTF-8 when all of it is, else Windows-1252."""
    start = raw.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    raw.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := raw.read(_LOOK):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(line: str) -> str:
    """The separator that stands most often in the headings, outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
