"""What barnets lov changed in a duty whose deadline and order are the same: one sentence a step.

The sentences stand in ``lovskifte.csv`` (``side;trin;saetning``, the page and step of barnets lov), for professional
consultants to edit. Never raises; what is wrong in the file are values that ``traad check`` tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from handbook.faults import Report, nearest
from handbook.model import Fault, Handbook

TABLE = Path(__file__).with_name("lovskifte.csv")
COLUMNS = ("side", "trin", "saetning")
_PAGES = TABLE.parent / "barnets_lov"

Notes = dict[tuple[str, str], tuple[str, int]]
"""Page and step of barnets lov -> the sentence, and the line it stands on, counted from 1."""


def note(page: str, step: str) -> str:
    """The sentence for a step of barnets lov; empty when there is none."""
    return bundled()[0].get((page, step), ("", 0))[0]


@lru_cache(maxsize=1)
def bundled() -> tuple[Notes, tuple[Fault, ...]]:
    """The table that comes with the program, and what is wrong in it."""
    try:
        return parse(TABLE.read_bytes(), TABLE)
    except OSError as error:
        report = Report(str(TABLE))
        report.add(1, "unreadable", why=error.strerror or type(error).__name__)
        return {}, tuple(report.faults)


def parse(data: bytes, path: Path) -> tuple[Notes, tuple[Fault, ...]]:
    """The sentences in ``data`` (CSV with semicolons, UTF-8). A bad line is a fault; the others count."""
    import csv  # not before there is a table to read: the pages need no more than the Markdown parser
    import io

    report = Report(str(path))
    found: Notes = {}
    try:
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
        if next(rows, []) != list(COLUMNS):
            report.add(1, "law-note-row", columns=";".join(COLUMNS))
            return {}, tuple(report.faults)
        for row in rows:
            cells = [cell.strip() for cell in row]
            key = (cells[0], cells[1]) if len(cells) == len(COLUMNS) and all(cells) else None
            if key is None and any(cells):
                report.add(rows.line_num, "law-note-row", columns=";".join(COLUMNS))
            elif key in found:
                report.add(rows.line_num, "law-note-twice", step="#".join(key), first=found[key][1])
            elif key is not None:
                found[key] = (cells[2], rows.line_num)
    except UnicodeDecodeError as error:
        report.add(data.count(b"\n", 0, error.start) + 1, "encoding")
    except csv.Error as error:
        report.add(1, "unreadable", why=str(error))
    return found, tuple(report.faults)


def unknown_steps(notes: Mapping[tuple[str, str], tuple[str, int]], book: Handbook, file: str) -> tuple[Fault, ...]:
    """A fault for each sentence about a step that barnets lov, the edition ``book``, does not have."""
    report = Report(file)
    for (page, step), (_, line) in notes.items():
        known = book.procedures.get(page)
        if known is None:
            hint = nearest(page, book.procedures, "Skriv sidens id, som det står i sidehovedet.")
            report.add(line, "law-note-step", step=f"{page}#{step}", hint=hint)
        elif step not in known.by_id:
            hint = nearest(step, known.by_id, "Skriv trinnets id, som det står på siden.")
            report.add(line, "law-note-step", step=f"{page}#{step}", hint=hint)
    return tuple(report.faults)


def faults(book: Handbook) -> tuple[Fault, ...]:
    """What is wrong in the table, held against ``book``; nothing when that is not the edition it comes with."""
    if not any(page.path.parent == _PAGES for page in book.procedures.values()):
        return ()
    notes, wrong = bundled()
    broken = {Path(fault.file).stem for fault in book.faults}
    return (*wrong, *unknown_steps({k: v for k, v in notes.items() if k[0] not in broken}, book, str(TABLE)))
