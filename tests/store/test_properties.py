"""For any rows built from what is valid the log is exact; for any bytes at all the import has an answer."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from store.cases import Store
from store.database import open_store
from store.event_log import COLUMNS, Parsed, Refused, read_rows, write_rows
from store.events import Event
from store.moments import local_day
from store.privacy import cpr_like

# No two digits in a row: what looks like a CPR number is refused, and has its own tests.
_letters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Nd"])
_names = st.text(_letters, min_size=1, max_size=12).filter(lambda name: name == name.strip())
_texts = st.text(_letters | st.sampled_from("\n\t;\"',=+-@0"), max_size=40).filter(lambda found: not cpr_like(found))
_items = st.text(_letters, min_size=1, max_size=6).filter(lambda name: not any(c.isspace() or c == "," for c in name))
_scalars = st.none() | st.booleans() | st.integers(-999, 999) | st.floats(-99, 99, width=16) | _texts
_answers = _scalars | st.lists(_scalars, max_size=3)
_values = _answers | st.dictionaries(_texts.map(lambda name: f"felt {name}"), _answers, max_size=3)
_instants = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
_FROM = "2019-01-01"
_days = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@st.composite
def cases(draw: st.DrawFn) -> list[Event]:
    """The rows of one to three cases: items, runs, records of them, and corrections of records."""
    events: list[Event] = []
    ids = iter(draw(st.lists(_names, min_size=80, max_size=80, unique=True)))

    def add(kind: str, case: str, **cells: Any) -> Event:
        at = draw(st.none() | _instants)
        times: dict[str, Any] = {"at": at, "day": local_day(at) if at else draw(st.none() | _days)}
        texts: dict[str, Any] = {"by": draw(_names), "note": draw(_texts), "version": draw(st.just("") | _names)}
        events.append(Event(next(ids), kind, case, recorded=draw(_instants), **times, **texts, **cells))
        return events[-1]

    for case in draw(st.lists(_names, min_size=1, max_size=3, unique=True)):
        add("case", case, value=draw(st.none() | st.fixed_dictionaries({"team": _texts})))
        items = draw(st.lists(_items, max_size=3, unique=True))
        for item in items:
            add("item", case, items=(item,), value={"type": "søskende", "label": draw(_texts)})
        procedure = draw(_names)
        add("run", case, run=f"{procedure}-1", procedure=procedure)
        for _ in range(draw(st.integers(0, 4))):
            chosen = draw(st.lists(st.sampled_from(items), unique=True) if items else st.just([]))
            cells = {"run": f"{procedure}-1", "procedure": procedure, "step": draw(_names)}
            record = add("record", case, **cells, items=tuple(chosen), value=draw(_values))
            if draw(st.booleans()):
                add("record", case, **cells, value=draw(_values), replaces=record.id)
    if draw(st.booleans()):
        add("review", "", run="tilsyn-1", step="draw", value={"seed": "a", "cases": 3, "from": _FROM, "to": _FROM})
        for case in dict.fromkeys(event.case for event in events if event.case):
            add("review", case, run="tilsyn-1", step="drawn", value={"staff": draw(_names)})
            text = draw(_texts.filter(bool))
            repair = add("review", case, run="tilsyn-1", step="repair", value={"text": text, "by": "2019-01-02"})
            ticked = add("review", case, run="tilsyn-1", step="mended", value={"repair": repair.id})
            add("review", case, run="tilsyn-1", step="mended", value={"status": "withdrawn"}, replaces=ticked.id)
            add("review", "", run="tilsyn-1", step="learning", value={"about": case, "text": text})
    return events


def _plain(events: list[Event]) -> bool:
    return not any(cpr_like("|".join((e.id, e.case, e.run, e.by, e.note, e.version, str(e.value)))) for e in events)


@given(cases().filter(_plain))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_valid_rows_are_read_as_they_were_written(events: list[Event]) -> None:
    stream = io.StringIO(newline="")
    assert write_rows(stream, events) == len(events)
    stream.seek(0)
    read = list(read_rows(stream))
    assert [row.event if isinstance(row, Parsed) else row for row in read] == events


@pytest.fixture(params=["sqlite", "postgresql"])
def emptied(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store that every example begins empty."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"{folder}/traad.db"
        if request.param == "postgresql":
            url = request.getfixturevalue("empty_schema")
        store = open_store(url)
        yield store
        store.close()


@given(events=cases().filter(_plain))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
def test_append_export_import_export_is_exact(emptied: Store, events: list[Event]) -> None:
    _empty(emptied)
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "a.csv"), Path(folder, "b.csv")
        saved = emptied.append(events)
        assert saved == events
        emptied.export_log(first)
        _empty(emptied)
        report = emptied.import_log(first)
        assert (report.refused, report.written) == ((), len(events))
        emptied.export_log(second)
        assert first.read_bytes() == second.read_bytes()
        of_cases = [event for event in events if event.case]
        assert [event for _, rows in emptied.all_cases() for event in rows] == sorted(
            of_cases, key=lambda event: (_place(emptied, event.case), events.index(event))
        )
        assert emptied.reviews() == [event for event in events if event.kind == "review"]
        assert set(emptied.case_ids()) == {event.case for event in of_cases}
        again = emptied.import_log(first)
        assert (again.known, again.written, again.refused) == (len(events), 0, ())


def _place(store: Store, case: str) -> int:
    return [case_id for case_id, _ in store.all_cases()].index(case)


def _empty(store: Store) -> None:
    """Start over. Nothing in the store can do this; a test may."""
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM entry"))


_cells = st.lists(
    st.sampled_from(
        ("", "case", "record", "run", "item", "staff", "assignment", "D1", "a-1", "a", "m1", "2019-10-09", "LH", "'=x")
    )
    | st.sampled_from(
        ('{"status":"left out"}', "[1]", '"x"', "2019-10-09T14:00+02:00", "\ud800", "\x00", '"', "\r", "1e999", "'")
    )
    | st.text(max_size=8),
    min_size=len(COLUMNS),
    max_size=len(COLUMNS),
)


@given(st.lists(_cells, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    lines = [";".join(COLUMNS) + "\n", *(";".join(cells) + "\n" for cells in rows)]
    assert all(isinstance(row, Parsed | Refused) for row in read_rows(lines, {"a": {"b": {"c": ("d",)}}}))


_header = ";".join(COLUMNS).encode() + b"\n"


@given(content=st.binary(max_size=300) | st.binary(max_size=200).map(_header.__add__))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(content)
    store = open_store(str(tmp_path / "traad.db"))
    report = store.import_log(file)
    store.close()
    assert report.refused or report.read == report.known + report.written


_ids = st.sampled_from(("", "a", "b", "c", "d"))
_rows = st.tuples(_ids, st.sampled_from(("s", "note")), st.sampled_from(("", "m1", "m2")), _ids)


@given(rows=st.lists(_rows, max_size=7), order=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_that_name_each_other_in_any_way_are_taken_whole_or_refused(
    emptied: Store, rows: list[tuple[str, str, str, str]], order: Any
) -> None:
    _empty(emptied)
    entered = "LH;;2019-01-01T10:00+01:00"
    lines = [f"x;case;D;;;;;;;{entered};;", f"y;run;D;a-1;a;;;;;{entered};;", f"z;item;D;;;;m1;;;{entered};;"]
    lines += [f"{id_};record;D;a-1;a;{step};{item};;;{entered};{old};" for id_, step, item, old in rows]
    order.shuffle(lines)
    log = "\n".join((";".join(COLUMNS), *lines, ""))
    report = emptied.import_log(io.StringIO(log))
    assert len({refused.row for refused in report.refused}) == len(report.refused)
    assert report.written == (0 if report.refused else len(emptied.events("D")))
    if not report.refused:
        assert emptied.verify() == []
        assert emptied.import_log(io.StringIO(log)).known == report.read
