"""Cases for the tests of papers: the demo's, and small ones written down row by row; and papers read back."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document

from checklists.calendar import TZ, end_of_day
from checklists.facts import fold
from checklists.progress import assess
from guide.demo import LOG
from guide.documents.case_file import CaseFile
from guide.editions import load_handbooks
from store.event_log import Parsed, read_rows
from store.events import Event


@pytest.fixture(scope="module")
def books() -> Any:
    return load_handbooks()


@pytest.fixture(scope="module")
def demo() -> list[Event]:
    with LOG.open(encoding="utf-8", newline="") as lines:
        return [row.event for row in read_rows(lines) if isinstance(row, Parsed)]


def seen(case: str, events: list[Event], books: Any, day: str, run: str | None = None) -> CaseFile:
    now = end_of_day(date.fromisoformat(day))
    return CaseFile(assess(fold(case, events, now), books, now), books, run)


class Made:
    """A case written down row by row."""

    def __init__(self, books: Any, born: str, day: str) -> None:
        self.books, self.rows = books, list[Event]()
        self.add("case", day, value={"born": born, "known_from": day})
        self.add("assignment", day, value={"staff": "LH"})

    def add(self, kind: str, day: str, **given: Any) -> None:
        when = date.fromisoformat(day)
        items = tuple(given.pop("items", ()))
        entered = datetime(when.year, when.month, when.day, 12, tzinfo=TZ)
        row = Event(
            id=f"r{len(self.rows)}", kind=kind, case="S", day=when, items=items, by="LH", recorded=entered, **given
        )
        self.rows.append(row)

    def item(self, id: str, day: str, type: str, kind: str = "", label: str = "") -> None:
        self.add("item", day, items=[id], value={"type": type, "kind": kind, "label": label})

    def run(self, id: str, day: str, **value: Any) -> None:
        self.add("run", day, run=id, procedure=id.rpartition("-")[0], value=value or None)

    def step(self, path: str, day: str, value: Any = None, items: tuple[str, ...] = ()) -> None:
        run, _, step = path.partition("/")
        self.add("record", day, run=run, procedure=run.rpartition("-")[0], step=step, value=value, items=items)

    def file(self, day: str, run: str | None = None) -> CaseFile:
        return seen("S", self.rows, self.books, day, run)


def decided(books: Any, born: str, day: str, kind: str = "kontaktperson") -> Made:
    """A decision under way about one measure, with two custody holders."""
    made = Made(books, born, day)
    made.item("f1", day, "forældremyndighedsindehaver", label="forælder A")
    made.item("f2", day, "forældremyndighedsindehaver", label="forælder B")
    made.run("afgoerelse-1", day)
    made.item("m1", day, "foranstaltning", kind)
    made.step("afgoerelse-1/paataenkt", day, {"valg": [kind], "problem": "ensomhed efter skoletid"}, ("m1",))
    return made


def shown(content: bytes) -> str:
    """The text of a Word file, paragraphs and cells."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def rows_of(content: bytes) -> dict[str, str]:
    """The two-column tables of a Word file; of a name that comes again, the first."""
    document = Document(io.BytesIO(content))
    found: dict[str, str] = {}
    for table in document.tables:
        for row in table.rows:
            found.setdefault(row.cells[0].text, row.cells[1].text)
    return found
