"""Content taken away leaves the tables, and it cannot come back; on SQLite and PostgreSQL."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from store import projection, removal
from store.cases import Store
from store.errors import StoreError
from store.events import REMOVED
from store.projection import CaseRow
from store.sequence import newest
from store.transactions import reading
from tests.store.removing import AT, MARK, Make, Start, export, fill, order, told


@pytest.fixture
def filled(store: Store, start: Start, record: Make, make: Make) -> Store:
    return fill(store, start, record, make)


def test_purge_leaves_the_tombstone_alone_and_nothing_else_changes(filled: Store, tmp_path: Path) -> None:
    other = filled.events("S2")
    before = export(filled, tmp_path / "a.csv")
    done = told(filled, "purge")
    assert (done.rows, done.not_packed) == (9, "")
    assert filled.events("S1") == []
    assert filled.case_ids() == ["S2"]
    assert filled.events("S2") == other
    assert [event.id for event in filled.reviews()] == ["d", "l3"]
    after = export(filled, tmp_path / "b.csv")
    assert MARK in before
    assert MARK not in after
    assert set(after.splitlines()) < set(before.splitlines())
    (stone,) = filled.removals("S1")
    assert (stone.what, stone.by, stone.why, stone.at, stone.rows) == ("purge", "LH", order("purge").stone.why, AT, 9)
    assert filled.verify() == []


def test_redact_takes_the_texts_out_of_every_version_of_a_row(filled: Store, tmp_path: Path) -> None:
    shape = [(e.id, e.kind, e.run, e.step, e.items, e.day, e.by, e.replaces) for e in filled.events("S1")]
    assert told(filled, "redact").rows == 5
    assert [(e.id, e.kind, e.run, e.step, e.items, e.day, e.by, e.replaces) for e in filled.events("S1")] == shape
    assert [event.note for event in filled.history("r2")] == [REMOVED, REMOVED]
    assert MARK not in export(filled, tmp_path / "a.csv")
    assert filled.verify() == []


def test_one_record_takes_its_corrections_along_and_leaves_the_rest(filled: Store) -> None:
    assert told(filled, "redact", ids=("r2",)).rows == 2
    notes = {event.id: (event.note, event.value) for event in filled.events("S1") if event.kind == "record"}
    assert notes == {"r1": (REMOVED, None), "r2": (REMOVED, None), "r3": ("", {"tekst": MARK})}
    assert removal.unknown_ids(filled.engine, order("redact", ids=("r1", "o1", "l1"))) == ["o1"]


def test_whoever_has_read_the_case_hears_that_it_changed(filled: Store, record: Make) -> None:
    seen = filled.version()
    number = projection.catch_up(filled.engine, "regler")
    told(filled, "redact")
    assert filled.changed_since(seen) == {"S1", ""}
    row = CaseRow("S1", 0, 2**60, "raadgivning", "LH", "SEL", None, None, 0, MARK)
    projection.keep_cases(filled.engine, number, seen, [row])  # worked out before, kept after
    assert projection.catch_up(filled.engine, "regler") == number
    assert "S1" in projection.stale_cases(filled.engine, number, 1)
    redacted = filled.version()
    told(filled, "purge", stone="spor 2")
    assert filled.version() > redacted
    assert "S1" not in projection.stale_cases(filled.engine, number, 1)
    (added,) = filled.append([record("S2")])
    assert filled.changed_since(redacted) == {"S1", "S2", ""}
    with reading(filled.engine) as connection:
        assert newest(connection) == filled.version()
    assert filled.events("S2")[-1] == added


def test_a_purged_number_is_never_used_again(filled: Store, start: Start, make: Make, tmp_path: Path) -> None:
    old = export(filled, tmp_path / "a.csv")
    told(filled, "purge")
    about = make("review", "", run="tilsyn-1", step="learning", value={"about": "S1", "text": "x"})
    for rows in (start("S1"), [about]):
        with pytest.raises(StoreError, match=r"Sagen S1 blev slettet 17-02-2020 af LH, og nummeret kan ikke bruges"):
            filled.append(rows)
    report = filled.import_log(io.StringIO(old, newline=""))
    assert report.written == 0
    reason = "sagen blev slettet 17-02-2020 af LH, og den kan ikke hentes ind igen"
    assert [refused.text for refused in report.refused] == [reason] * 8
    assert filled.events("S1") == []


def test_an_older_export_does_not_bring_the_text_back(filled: Store, tmp_path: Path) -> None:
    old = export(filled, tmp_path / "a.csv")
    told(filled, "redact")
    report = filled.import_log(io.StringIO(old, newline=""))
    assert report.written == 0
    reason = "rækkens tekst blev fjernet 17-02-2020 af LH, og den kan ikke hentes ind igen. Brug en nyere eksport"
    assert [refused.text for refused in report.refused][:4] == [reason] * 4
    assert len(report.refused) == 5  # what was taken back about the case does not name it: it is refused for its id
    new = export(filled, tmp_path / "b.csv")
    again = filled.import_log(io.StringIO(new, newline=""))
    assert (again.refused, again.written) == ((), 0)
    assert export(filled, tmp_path / "c.csv") == new


def test_the_same_again_changes_nothing(filled: Store) -> None:
    for what in ("redact", "purge"):
        first = told(filled, what, stone=what)
        second = told(filled, what, stone=f"{what} igen")
        assert (second.rows, second.stone) == (0, first.stone)
    assert [stone.id for stone in filled.removals()] == ["redact", "purge"]
