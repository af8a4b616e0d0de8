"""The event log in and out: exact, all or nothing, every bad row named, the same file twice changes nothing."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import staging
from store.cases import Store
from store.database import open_store
from store.errors import StoreError
from store.events import Event
from tests.store.logs import DEMO, WORDS, line

Log = Callable[..., Path]


def test_the_designs_own_example_is_read_and_comes_out_the_same_every_time(
    store: Store, log: Log, tmp_path: Path
) -> None:
    report = store.import_log(log(*DEMO), WORDS)
    assert (report.read, report.written, report.known, report.refused) == (6, 6, 0, ())
    out, again = tmp_path / "ud.csv", tmp_path / "igen.csv"
    assert store.export_log(out) == 6
    other = open_store(str(tmp_path / "anden.db"))
    assert other.import_log(out, WORDS).written == 6
    other.export_log(again)
    assert again.read_bytes() == out.read_bytes()
    assert other.events("D5") == store.events("D5")
    assert out.read_text(encoding="utf-8").splitlines()[0].startswith("id;kind;case")
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    other.close()


def test_the_same_file_twice_changes_nothing_with_and_without_ids(store: Store, log: Log) -> None:
    nameless = [row[row.index(";") :] for row in DEMO]
    file = log(*nameless, nameless[-1], nameless[-1])
    assert store.import_log(file).written == 8
    before = store.events("D5")
    assert len({event.id for event in before}) == 8
    again = store.import_log(file)
    assert (again.read, again.written, again.known) == (8, 0, 8)
    assert store.events("D5") == before
    assert store.import_log(log(*nameless)).written == 0


def test_a_derived_id_is_the_same_wherever_the_row_stands(store: Store, log: Log, tmp_path: Path) -> None:
    store.import_log(log(*DEMO, line(id="", value='{"barnets_ord":"ja"}')))
    other = open_store(str(tmp_path / "anden.db"))
    other.import_log(log(*DEMO[:4], line(id="", value='{ "barnets_ord" : "\\u006aa" }'), *DEMO[4:]))
    assert {event.id for event in other.events("D5")} == {event.id for event in store.events("D5")}
    other.close()


def test_every_bad_row_is_reported(store: Store, log: Log) -> None:
    report = store.import_log(log(line(id=""), "", line(id="", kind="sag"), *DEMO, "a;b", line(id="", by="")), WORDS)
    assert [refused.row for refused in report.refused] == [4, 11, 12]
    assert (report.read, report.written) == (10, 0)


def test_rows_may_stand_in_any_order(store: Store, log: Log) -> None:
    assert store.import_log(log(*reversed(DEMO)), WORDS).refused == ()
    assert len(store.events("D5")) == 6


def test_corrections_in_a_file(store: Store, log: Log) -> None:
    first, second = line(id="a", replaces="d5-09"), line(id="b", replaces="a")
    assert store.import_log(log(second, first, *DEMO)).refused == ()
    assert [event.id for event in store.history("a")] == ["d5-09", "a", "b"]
    again = store.import_log(log(line(id="c", replaces="d5-09")))
    assert "allerede har rettet" in again.refused[0].text


def test_rows_that_correct_each_other_in_a_ring_are_refused(store: Store, log: Log) -> None:
    ring = [line(id="a", replaces="c"), line(id="b", replaces="a"), line(id="c", replaces="b")]
    report = store.import_log(log(*DEMO, *ring, line(id="d", replaces="d5-09")))
    assert report.refused
    assert {refused.row for refused in report.refused} <= {8, 9, 10}
    assert all("går i ring" in refused.text for refused in report.refused)
    led_into = [line(id="a", replaces="b"), line(id="b", replaces="c"), line(id="c", replaces="b")]
    assert store.import_log(log(*DEMO, *led_into)).refused
    twice = store.import_log(log(*DEMO, line(id="a", replaces="d5-09"), line(id="b", replaces="d5-09")))
    assert [(refused.row, "allerede har rettet" in refused.text) for refused in twice.refused] == [(9, True)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "filen er tom"),
        (b"\n\n", "filen er tom"),
        (b"id,kind,case\n", "ikke en h\xc3\xa6ndelseslog".encode("latin-1").decode()),
        (b"PK\x03\x04\x00\x00", "ikke en hændelseslog"),
        ("id;kind;case".encode("utf-16"), "ikke en hændelseslog"),
        (b"id;kind;case;recorded\n", "kolonnen by mangler"),
        (b"id;kind;case;by;recorded;farve\n", 'ukendt kolonne "farve"; kendte: id, kind'),
        (b"id;id;kind;case;by;recorded\n", "to gange"),
        (b'"id;kind', "ikke en hændelseslog"),
    ],
)
def test_a_file_with_another_header_is_refused_at_row_1(
    store: Store, tmp_path: Path, content: bytes, says: str
) -> None:
    file = tmp_path / "fil.csv"
    file.write_bytes(content)
    report = store.import_log(file)
    assert (report.read, report.written, [refused.row for refused in report.refused]) == (0, 0, [1])
    assert says in report.refused[0].text


def test_bom_crlf_blank_lines_and_columns_in_another_order_are_read(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "fra-excel.csv"
    rows = ["recorded;kind;case;by;value;note", '2019-01-01T09:00;case;D1;LH;;"to\r\nlinjer"', ";;;;;", ""]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    report = store.import_log(file)
    assert (report.read, report.written, report.refused) == (1, 1, ())
    assert store.events("D1")[0].note == "to\nlinjer"


def test_bytes_that_are_not_utf8_are_refused_row_by_row(store: Store, tmp_path: Path, log: Log) -> None:
    file = log(*DEMO, line(note="bl\xe5"))
    file.write_bytes(file.read_bytes().replace("å".encode(), b"\xe5"))
    assert [refused.row for refused in store.import_log(file).refused] == [8]


def test_cells_a_spreadsheet_would_run_are_guarded_and_come_back(
    store: Store, start: Callable[..., list[Event]], record: Callable[..., Event], tmp_path: Path
) -> None:
    texts = ["=1+1", "+45", "-1", "@SUM(A1)", "\tx", "\nx", "'", "'=1", "''x", "'x", "＝1", "x=1", " =1", 'æøå;"q"']
    saved = store.append([*start(), *(record(note=text, value=-1, version=text.strip()) for text in texts)])
    file = tmp_path / "ud.csv"
    store.export_log(file)
    cells = [cell for row in file.read_text(encoding="utf-8").split(";") for cell in [row.strip('"')]]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t＝")]
    other = open_store(str(tmp_path / "anden.db"))
    assert other.import_log(file).refused == ()
    assert other.events("S1") == saved
    other.close()


def test_a_dry_run_reports_and_writes_nothing(store: Store, log: Log) -> None:
    report = store.import_log(log(*DEMO), WORDS, dry_run=True)
    assert (report.read, report.new, report.written) == (6, 6, 0)
    assert store.version() == 0
    assert store.import_log(log(*DEMO, line(by="")), dry_run=True).refused


def test_the_caller_may_refuse_a_case_as_a_whole(store: Store, log: Log) -> None:
    asked: list[tuple[str, int]] = []

    def validate(case_id: str, events: list[Event]) -> list[str]:
        asked.append((case_id, len(events)))
        return ["ankeret er tvetydigt"] if len(events) > 6 else []

    assert store.import_log(log(*DEMO), validate=validate).written == 6
    for dry_run in (False, True):
        report = store.import_log(log(*DEMO, line(id="ny")), validate=validate, dry_run=dry_run)
        assert [(refused.row, refused.text) for refused in report.refused] == [(8, "sag D5: ankeret er tvetydigt")]
    assert asked == [("D5", 6), ("D5", 7), ("D5", 7)]
    assert len(store.events("D5")) == 6


def test_progress_goes_forward_and_ends_full(store: Store, log: Log) -> None:
    seen: list[tuple[int, int]] = []
    store.import_log(log(*DEMO), progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    out: list[tuple[int, int]] = []
    store.export_log(log().with_name("ud.csv"), lambda done, total: out.append((done, total)))
    assert out == [(6, 6)]


def test_refused_rows_beyond_what_is_listed_are_counted(
    store: Store, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MAX_REFUSED", 2)
    report = store.import_log(log(*["a;b"] * 5))
    assert (len(report.refused), report.refused_count) == (2, 5)


def test_a_text_stream_is_read_too(store: Store) -> None:
    from_text = "\n".join(["id;" + "kind;case;by;recorded", "a;case;D1;LH;2019-01-01T09:00", ""])
    assert store.import_log(io.StringIO(from_text)).written == 1


def test_a_log_that_cannot_be_read_or_written_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Filen kan ikke læses"):
        store.import_log(tmp_path / "ingen.csv")
    with pytest.raises(StoreError, match="Filen kan ikke læses"):
        store.import_log(tmp_path)
    with pytest.raises(StoreError, match="Mappen findes ikke"):
        store.export_log(tmp_path / "ingen" / "ud.csv")


def test_a_refused_import_leaves_the_store_fit_for_use(
    store: Store, log: Log, start: Callable[..., list[Event]]
) -> None:
    def broken(done: int, total: int) -> Any:
        raise RuntimeError("the screen went away")

    with pytest.raises(RuntimeError):
        store.import_log(log(*DEMO), progress=broken)
    assert store.version() == 0
    assert store.import_log(log("a")).refused
    store.append(start())
    assert store.import_log(log(*DEMO)).written == 6
    assert store.verify() == []
