"""The file of a municipality's lawyer, ``kontrol.csv``: which references she has held against the law, and when.

It lies in the municipality's layer and never touches a page. Never raises; faults are values.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handbook.faults import Report, nearest
from handbook.markup import normalise
from handbook.model import Fault, Handbook, Law, Reference

NAME = "kontrol.csv"
COLUMNS = ("clause", "law", "by", "date", "text", "note")
_EXPECTED = {
    "clause": "paragraffen, som den står på siden, fx SEL § 155, stk. 2",
    "by": "hvem der har kontrolleret, fx juristens initialer",
    "date": "dagen, fx 2026-03-02",
    "text": "den tekst, der er læst, fx LBK 282 af 17/03/2025",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LAWS: dict[str, Law] = {
    "serviceloven": "serviceloven",
    "sel": "serviceloven",
    "barnets_lov": "barnets_lov",
    "bl": "barnets_lov",
}
_LOOSE = re.compile(r"[\s.,]+")


@dataclass(frozen=True, slots=True)
class Signoff:
    """One line of the file: ``clause`` as it stands on the pages, held against ``text`` (a law's text and version).

    ``law`` is the edition it is signed for, None for both. ``day`` is the day of signing; ``line`` counts from 1.
    """

    clause: str
    law: Law | None
    by: str
    day: date
    text: str
    note: str = ""
    line: int = 0

    def covers(self, reference: Reference, law: Law) -> bool:
        """Whether the line signs off ``reference`` as it is used in the edition ``law``. Spaces and commas are free."""
        return self.law in (None, law) and loose(self.clause) == loose(reference.clause)

    @property
    def source(self) -> str:
        """Who, when (ISO day) and against what: ``MJ, 2026-03-02: LBK 282 af 17/03/2025``."""
        return f"{self.by}, {self.day.isoformat()}: {self.text}"


def loose(clause: str) -> str:
    """A clause without what people write differently: spaces, commas, full stops and capitals."""
    return _LOOSE.sub("", clause).casefold()


def read_signoffs(folder: Path) -> tuple[tuple[Signoff, ...], tuple[Fault, ...]]:
    """The sign-offs in a layer's folder, and what is wrong in the file. No file is no sign-offs and no fault."""
    path = folder / NAME
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        report = Report(str(path))
        report.add(1, "unreadable", why=error.strerror or type(error).__name__)
        return (), tuple(report.faults)
    return parse(data, path) if data.strip() else ((), ())


def parse(data: bytes, path: Path) -> tuple[tuple[Signoff, ...], tuple[Fault, ...]]:
    """The sign-offs in ``data`` (CSV with semicolons, UTF-8). A bad line is a fault; the others count."""
    report = Report(str(path))
    try:
        text = normalise(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        report.add(data.count(b"\n", 0, error.start) + 1, "encoding")
        return (), tuple(report.faults)
    rows = csv.reader(io.StringIO(text), delimiter=";")
    found: list[Signoff] = []
    try:
        if [cell.strip().casefold() for cell in next(rows, [])] != list(COLUMNS):
            report.add(1, "signoff-header")
            return (), tuple(report.faults)
        for row in rows:
            signoff = _signoff([cell.strip() for cell in row], rows.line_num, report) if any(row) else None
            found += [signoff] if signoff else []
    except csv.Error as error:
        report.add(rows.line_num, "unreadable", why=str(error))
    return tuple(found), tuple(report.faults)


def unknown_clauses(signoffs: Iterable[Signoff], books: Iterable[Handbook], file: str) -> tuple[Fault, ...]:
    """A fault for each sign-off whose clause stands on no page of its law: a slip, or a page since changed."""
    report = Report(file)
    used = {
        (book.law, reference.clause)
        for book in books
        for page in book.procedures.values()
        for step in page.steps
        for reference in step.references
    }
    known = {(law, loose(clause)) for law, clause in used}
    for signoff in signoffs:
        laws: Iterable[Law] = (signoff.law,) if signoff.law else {law for law, _ in used}
        if not any((law, loose(signoff.clause)) in known for law in laws):
            hint = nearest(signoff.clause, {c for _, c in used}, "Skriv paragraffen, som traad law viser den.")
            elsewhere = sorted(law for law, clause in known if clause == loose(signoff.clause))
            if elsewhere:
                hint = f'Den står på siderne for {elsewhere[0]}: skriv det i kolonnen "law", eller lad den være tom.'
            report.add(signoff.line, "signoff-clause", clause=signoff.clause, hint=hint)
    return tuple(report.faults)


def in_the_future(signoffs: Iterable[Signoff], today: date, file: str) -> tuple[Fault, ...]:
    """A fault for each sign-off dated after the local day ``today``: nobody has read the text yet, so a slip."""
    report = Report(file)
    for signoff in signoffs:
        if signoff.day > today:
            report.add(signoff.line, "signoff-future", date=signoff.day.isoformat(), today=today.isoformat())
    return tuple(report.faults)


def _signoff(row: list[str], line: int, report: Report) -> Signoff | None:
    if len(row) != len(COLUMNS):
        report.add(line, "signoff-row", count=len(row))
        return None
    cells = dict(zip(COLUMNS, row, strict=True))
    for name, expected in _EXPECTED.items():
        if not cells[name]:
            report.add(line, "signoff-empty", field=name, expected=expected)
            return None
    law = _LAWS.get(cells["law"].casefold())
    if cells["law"] and law is None:
        report.add(line, "signoff-law", law=cells["law"])
        return None
    day = _day(cells["date"])
    if day is None:
        report.add(line, "signoff-date", date=cells["date"])
        return None
    return Signoff(cells["clause"], law, cells["by"], day, cells["text"], cells["note"], line)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
