"""The event log as CSV: text in, checked events out, and back. docs/event-log.md says what every column holds.

Imports no database; ``store.importing`` and ``store.exporting`` join it to one.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TextIO, TypeVar

from store.checks import Fields, Vocabulary, faults_of, shown
from store.events import Event, ValueFault, dump_value, encoded, load_value
from store.moments import MomentFault, format_instant, format_time, parse_instant, parse_time

T = TypeVar("T")

__all__ = ["COLUMNS", "Fields", "Parsed", "Refused", "Vocabulary", "derived_id", "read_rows", "write_rows"]

COLUMNS = (
    "id", "kind", "case", "run", "procedure", "step", "items", "time", "value", "by", "note", "recorded", "replaces",
    "version",
)  # fmt: skip
"""The header, in the order an export writes it. An import takes the columns in any order."""

REQUIRED = ("kind", "case", "by", "recorded")
"""Columns an import cannot do without; the others are read as empty when they are missing."""

_RUNS_IN_SPREADSHEETS = frozenset("=+-@\t\r\n'＝＋－＠")
_LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken in: its number as a spreadsheet counts (the header is row 1), and why, in Danish."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A row that is good by itself. ``derived`` is true when the row had no id and got one from its content."""

    row: int
    event: Event
    derived: bool
    value: str
    """The canonical JSON of the event's value, made once."""


def read_rows(lines: Iterable[str], vocabulary: Vocabulary | None = None) -> Iterator[Parsed | Refused]:
    """The rows of an event log, each checked by itself. Raises nothing for any text; blank rows are skipped.

    ``lines`` are as ``open(..., newline="")`` gives them. With a wrong header the header's fault is all that comes.
    """
    reader = csv.reader(lines, delimiter=";", strict=True)
    header, fault = _header(reader)
    if fault:
        yield Refused(1, fault)
        return
    order = [header.index(name) if name in header else None for name in COLUMNS]
    straight = header == list(COLUMNS)
    row = 1
    while True:
        row += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Refused(row, "rækken kan ikke læses: et anførselstegn er ikke lukket, eller en celle er alt for lang")
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Refused(row, f"rækken har {len(cells)} celler; overskriften har {len(header)}")
            continue
        yield _parsed(row, cells if straight else ["" if n is None else cells[n] for n in order], vocabulary)


def limited_lines(stream: TextIO) -> Iterator[str]:
    """The lines of ``stream``, one that never ends in pieces: so a file that is no text cannot fill the memory."""
    return iter(lambda: stream.readline(_LONGEST_LINE), "")


def write_rows(stream: TextIO, events: Iterable[Event], header: bool = True) -> int:
    """Write ``events`` to ``stream`` (opened with ``newline=""``) as an event log. Returns how many rows.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, which ``read_rows`` takes off again.
    """
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    count = 0
    for event in events:
        writer.writerow([f"'{cell}" if cell and cell[0] in _RUNS_IN_SPREADSHEETS else cell for cell in _cells(event)])
        count += 1
    return count


def derived_id(event: Event) -> str:
    """The id of a row that has none: 24 letters made from everything else in it, the same wherever it is read."""
    content = json.dumps(_cells(replace(event, id="")), ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()[:24].translate(_TO_LETTERS)


_TO_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")  # letters only: never like a CPR number


def _cells(event: Event) -> list[str]:
    return [
        event.id,
        event.kind,
        event.case,
        event.run,
        event.procedure,
        event.step,
        ",".join(event.items),
        format_time(event.day, event.at),
        dump_value(event.value),
        event.by,
        event.note,
        format_instant(event.recorded),
        event.replaces,
        event.version,
    ]


def _header(reader: Iterator[list[str]]) -> tuple[list[str], str]:
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error:
        return [], f"filen er ikke en hændelseslog (CSV, UTF-8, semikolon). Første række skal være: {';'.join(COLUMNS)}"
    if header and header[0].startswith("\ufeff"):
        header[0] = header[0].removeprefix("\ufeff")
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in header]
    if not any(header):
        return [], f"filen er tom. Første række skal være: {';'.join(COLUMNS)}"
    if len(unknown) == len(header):
        return [], f"filen er ikke en hændelseslog (CSV, UTF-8, semikolon). Første række skal være: {';'.join(COLUMNS)}"
    if unknown:
        return [], f"ukendt kolonne {', '.join(map(shown, unknown[:5]))}; kendte: {', '.join(COLUMNS)}"
    if missing or len(set(header)) != len(header):
        return [], f"kolonnen {', '.join(missing)} mangler" if missing else "den samme kolonne står der to gange"
    return header, ""


def _parsed(row: int, cells: Sequence[str], vocabulary: Vocabulary | None) -> Parsed | Refused:
    cells = [_bare(cell) if cell[:1] == "'" else cell for cell in cells]
    id_, kind, case, run, procedure, step, items, time, value, by, note, recorded, replaces, version = cells
    faults: list[str] = []
    day_at = _read("time", parse_time, time, faults) if time else (None, None)
    instant = _read("recorded", parse_instant, recorded, faults) if recorded else None
    if not recorded:
        faults.append("recorded mangler")
    try:
        answer = load_value(value)
    except ValueFault as fault:
        faults.append(str(fault))
    if faults or day_at is None or instant is None:
        return Refused(row, "; ".join(faults))
    event = Event(
        id=id_ or "-",
        kind=kind,
        case=case,
        run=run,
        procedure=procedure,
        step=step,
        items=tuple(items.replace(",", " ").split()) if items else (),
        day=day_at[0],
        at=day_at[1],
        value=answer,
        by=by,
        note=note.replace("\r\n", "\n") if "\r" in note else note,
        recorded=instant,
        replaces=replaces,
        version=version,
    )
    canonical = encoded(answer)
    faults = faults_of(event, vocabulary, canonical)
    if faults:
        return Refused(row, "; ".join(faults))
    return Parsed(row, event if id_ else replace(event, id=derived_id(event)), not id_, canonical)


def _read(cell: str, parse: Callable[[str], T], text: str, faults: list[str]) -> T | None:
    try:
        return parse(text)
    except MomentFault as fault:
        faults.append(f"{cell} {fault}")
        return None


def _bare(cell: str) -> str:
    return cell[1:] if cell[1:2] and cell[1] in _RUNS_IN_SPREADSHEETS else cell
