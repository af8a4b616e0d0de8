"""Saving and reading: what the app leans on, over both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from store.cases import Store
from store.database import open_store
from store.errors import Conflict, StoreError
from store.events import Event

Make = Callable[..., Event]
Start = Callable[..., list[Event]]


def test_what_is_appended_is_read_back_equal(store: Store, start: Start, record: Make) -> None:
    saved = store.append(start())
    answer = record(
        items=("m1",),
        at=datetime(2019, 10, 9, 23, 30, tzinfo=timezone(timedelta(hours=2))),
        value={"valg": "undersoegelse", "begrundelse": 'Æblet falder\nikke; "langt"', "skala": 4.5},
        note="ringet til skolen",
    )
    saved += store.append([answer])
    assert store.events("S1") == saved
    assert saved[-1].at == datetime(2019, 10, 9, 21, 30, tzinfo=UTC)
    assert saved[-1].day == date(2019, 10, 9)
    assert len({event.id for event in saved}) == 5


def test_a_record_of_an_hour_after_midnight_utc_belongs_to_the_copenhagen_day(
    store: Store, start: Start, record: Make
) -> None:
    store.append(start())
    (saved,) = store.append([record(day=None, at=datetime(2019, 10, 9, 22, 30, tzinfo=UTC))])
    assert saved.day == date(2019, 10, 10)


def test_line_ends_pasted_from_windows_become_plain_ones(store: Store, start: Start, record: Make) -> None:
    store.append(start())
    (saved,) = store.append([record(note="a\r\nb", value={"tekst": "c\r\nd"})])
    assert (saved.note, saved.value) == ("a\nb", {"tekst": "c\nd"})
    assert store.events("S1")[-1] == saved


def test_an_append_is_all_or_nothing(store: Store, start: Start, record: Make) -> None:
    store.append(start())
    before = store.events("S1")
    with pytest.raises(StoreError):
        store.append([record(), record(run="underretning-9")])
    assert store.events("S1") == before


def test_nothing_to_append_is_no_work(store: Store) -> None:
    assert store.append([]) == []
    assert store.version() == 0


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"case": "S9"}, "Sagen S9 findes ikke"),
        ({"run": "underretning-2"}, "Forløbet underretning-2 findes ikke"),
        ({"procedure": "screening"}, "ikke et forløb af screening"),
        ({"items": ("m9",)}, "Sagen har ikke m9"),
        ({"replaces": "ukendt"}, "findes ikke i sagen"),
        ({"value": {"status": "left out"}}, "begrundelse"),
        ({"value": {"status": "withdrawn"}}, "replaces"),
        ({"value": float("nan")}, "NaN"),
        ({"value": {1: "a"}}, "ikke er tekst"),
        ({"value": date(2019, 1, 1)}, "JSON"),
        ({"by": ""}, "by mangler"),
        ({"step": "a\nb"}, "step"),
        ({"note": "a\x00b"}, "note"),
        ({"note": "\ud800"}, "note"),
        ({"value": {"t": "\x1b[2J"}}, "value"),
        ({"recorded": datetime(2019, 1, 1)}, "tidszone"),
        ({"recorded": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))}, "årstal"),
        ({"day": date(19, 10, 9)}, "årstal"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_its_reason(
    store: Store, start: Start, record: Make, cells: dict[str, Any], says: str
) -> None:
    store.append(start())
    with pytest.raises(StoreError, match=says):
        store.append([record(**cells)])
    assert len(store.events("S1")) == 4


@pytest.mark.parametrize("cell", ["note", "value", "by", "items", "id", "version"])
def test_a_text_like_a_cpr_number_is_refused_and_not_repeated(
    store: Store, start: Start, record: Make, cell: str
) -> None:
    store.append(start())
    text: Any = {"value": {"begrundelse": "barnet 010203-1234 er set"}, "items": ("010203-1234",)}.get(
        cell, "010203-1234"
    )
    with pytest.raises(StoreError, match=f"{cell} ligner et CPR-nummer") as caught:
        store.append([record(**{cell: text})])
    assert "1234" not in str(caught.value)


def test_a_case_number_a_run_and_an_item_are_taken_once(store: Store, start: Start) -> None:
    rows = store.append(start())
    for row in (rows[0], rows[2], rows[3]):
        with pytest.raises(Conflict):
            store.append([replace(row, id="")])
        with pytest.raises(Conflict):
            store.append([row])


def test_a_correction_names_the_row_it_replaces_and_both_stay(store: Store, start: Start, record: Make) -> None:
    store.append(start())
    (first,) = store.append([record(value="luk")])
    (second,) = store.append([record(value="undersoegelse", replaces=first.id)])
    (third,) = store.append([record(value={"status": "withdrawn"}, replaces=second.id)])
    for any_of_them in (first, second, third):
        assert store.history(any_of_them.id) == [first, second, third]
    assert store.history("ukendt") == []
    traces = {trace.event.id: trace.replaced_by for trace in store.trail("S1")}
    assert (traces[first.id], traces[second.id], traces[third.id]) == (second, third, None)


def test_a_correction_must_be_of_the_same_thing(store: Store, start: Start, make: Make, record: Make) -> None:
    rows = store.append(start())
    store.append(start("S2"))
    with pytest.raises(StoreError, match="gælde det samme"):
        store.append([record(replaces=rows[0].id)])
    with pytest.raises(StoreError, match="gælde det samme"):
        store.append([make("item", items=("m2",), replaces=rows[2].id)])
    with pytest.raises(StoreError, match="findes ikke i sagen"):
        store.append([record("S2", replaces=rows[3].id)])


def test_a_run_may_only_serve_a_run_of_the_case(store: Store, start: Start, make: Make) -> None:
    store.append(start())
    talk = {"run": "boernesamtale-1", "procedure": "boernesamtale"}
    with pytest.raises(StoreError, match="afgoerelse-1 findes ikke"):
        store.append([make("run", **talk, value={"serves": "afgoerelse-1"})])
    with pytest.raises(StoreError, match="afgoerelse-1 findes ikke"):
        store.append([make("run", **talk, value={"links": {"afgoerelse": "afgoerelse-1"}})])
    store.append([make("run", **talk, value={"serves": "underretning-1", "links": {"x": "underretning-1"}})])


def test_a_note_needs_no_run(store: Store, start: Start, make: Make) -> None:
    store.append(start())
    (note,) = store.append([make("record", step="note", value={"tekst": "Mor ringede."})])
    assert store.events("S1")[-1] == note


def test_cases_are_listed_by_who_holds_them(store: Store, start: Start, make: Make) -> None:
    for case, team, staff in (("S3", "a", "LH"), ("S1", "b", "LH"), ("S2", "a", "MP")):
        store.append(start(case, team, staff))
    assert store.case_ids() == ["S3", "S1", "S2"]
    assert store.case_ids("LH") == ["S3", "S1"]
    assert store.case_ids(team="a") == ["S3", "S2"]
    assert store.case_ids("LH", "a") == ["S3"]
    assert store.case_ids("XX") == []
    store.append([make("assignment", "S3", day=date(2019, 12, 1), value={"staff": "MP"})])
    assert store.case_ids("LH") == ["S1"]
    assert store.case_ids("LH", today=date(2019, 11, 30)) == ["S3", "S1"]
    assert store.case_ids("MP", today=date(2019, 12, 1)) == ["S3", "S2"]


def test_a_corrected_assignment_and_team_count_as_corrected(store: Store, start: Start, make: Make) -> None:
    case, assignment, *_ = store.append(start("S1", "a", "LH"))
    store.append([make("assignment", value={"staff": "MP"}, replaces=assignment.id)])
    assert (store.case_ids("LH"), store.case_ids("MP")) == ([], ["S1"])
    store.append([make("case", value={"born": "2009-11", "team": "b"}, replaces=case.id)])
    assert (store.case_ids(team="a"), store.case_ids(team="b")) == ([], ["S1"])


def test_an_ended_assignment_is_nobodys_from_the_day_after(store: Store, start: Start, make: Make) -> None:
    store.append([*start()[:1], make("assignment", value={"staff": "LH", "to": "2019-11-01"})])
    assert store.case_ids("LH", today=date(2019, 11, 1)) == ["S1"]
    assert store.case_ids("LH", today=date(2019, 11, 2)) == []


def test_a_case_taken_back_is_not_listed_and_can_be_entered_again(store: Store, start: Start, make: Make) -> None:
    first, *_ = store.append(start())
    (gone,) = store.append([make("case", value={"status": "withdrawn"}, replaces=first.id)])
    assert store.case_ids() == store.case_ids("LH") == store.case_ids(team="raadgivning") == []
    store.append([make("case", value={"born": "2010-01"}, replaces=gone.id)])
    assert store.case_ids() == ["S1"]


def test_many_cases_are_read_in_one_go(store: Store, start: Start) -> None:
    for number in range(12):
        store.append(start(f"S{number}"))
    asked = [f"S{number}" for number in (7, 3, 99)]
    assert store.events_of(asked) == {case: store.events(case) for case in asked}
    assert list(store.events_of(asked)) == asked
    assert dict(store.all_cases()) == {case: store.events(case) for case in store.case_ids()}


def test_staff_rows_belong_to_no_case(store: Store, make: Make) -> None:
    saved = store.append([make("staff", case="", value={"staff": "LH", "team": "a", "role": "leder"})])
    assert store.staff() == saved
    assert store.case_ids() == []
    assert dict(store.all_cases()) == {}


def test_a_review_stands_on_its_case_or_on_the_round(store: Store, start: Start, make: Make) -> None:
    store.append(start())
    before = (store.case_ids(), store.case_ids("LH"), store.staff())
    cells: dict[str, Any] = {"run": "tilsyn-1"}
    period = {"from": "2019-01-01", "to": "2019-12-31"}
    saved = store.append(
        [
            make("review", case="", step="draw", value={"seed": "x", "cases": 3, **period}, **cells),
            make("review", step="drawn", value={"staff": "LH"}, **cells),
            make("review", case="", step="learning", value={"about": "S1", "text": "x"}, **cells),
        ]
    )
    assert store.reviews() == saved
    assert [trace.event.step for trace in store.trail("S1")][-1] == "drawn"
    assert before == (store.case_ids(), store.case_ids("LH"), store.staff())
    with pytest.raises(Conflict, match="lige trukket en runde"):
        store.append([make("review", case="", step="draw", value={"seed": "y", "cases": 1, **period}, **cells)])
    with pytest.raises(StoreError, match="tilsyn-2 findes ikke"):
        store.append([make("review", step="reviewed", run="tilsyn-2")])
    with pytest.raises(StoreError, match="Rettelsen findes ikke"):
        store.append([make("review", step="mended", value={"repair": "x"}, **cells)])


def test_two_windows_see_each_other(url: str, start: Start, record: Make) -> None:
    one, two = open_store(url), open_store(url)
    one.append(start())
    seen = two.version()
    assert two.version() == seen
    one.append([record(value="luk")])
    assert two.version() > seen
    assert two.changed_since(seen) == {"S1"}
    assert two.changed_since(two.version()) == set()
    assert one.events("S1") == two.events("S1")
    two.close()
    one.close()


def test_the_second_window_to_correct_a_row_is_told_so(url: str, start: Start, record: Make) -> None:
    one, two = open_store(url), open_store(url)
    one.append(start())
    (answer,) = one.append([record(value="luk")])
    one.append([record(value="akut", replaces=answer.id)])
    with pytest.raises(Conflict, match="allerede rettet af en anden"):
        two.append([record(value="undersoegelse", replaces=answer.id)])
    assert [event.value for event in two.events("S1")][-2:] == ["luk", "akut"]
    two.close()
    one.close()


def test_recorded_and_id_are_filled_in_when_left_out(store: Store, start: Start) -> None:
    store.append(start())
    (saved,) = store.append([Event("", "record", "S1", step="note", by="LH", value={"tekst": "x"})])
    assert saved.id
    assert abs(saved.recorded - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_whole_database_has_no_faults(store: Store, start: Start, record: Make) -> None:
    store.append([*start(), record(value="luk")])
    assert store.verify() == []


def test_a_case_number_is_known_even_when_the_case_was_taken_back(store: Store, start: Start, make: Make) -> None:
    first, *_ = store.append(start())
    store.append([make("case", value={"status": "withdrawn"}, replaces=first.id)])
    assert (store.has_case("S1"), store.has_case("S2")) == (True, False)


def test_no_question_the_app_asks_reads_the_whole_table(tmp_path: Path, start: Start, record: Make) -> None:
    store = open_store(str(tmp_path / "traad.db"))
    store.append([*start(), record(value="luk")])
    asked: list[tuple[str, Any]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def remember(_c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    store.case_ids()
    store.case_ids("LH", "raadgivning")
    store.events("S1")
    store.events_of(["S1", "S2"])
    store.version()
    store.changed_since(0)
    store.history(store.events("S1")[0].id)
    store.append([record(value="akut", replaces=store.events("S1")[-1].id)])
    store.has_case("S1")
    store.reviews()
    event.remove(store.engine, "before_cursor_execute", remember)
    with store.engine.connect() as connection:
        plans = {
            statement: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked
        }
    assert len(plans) > 8
    whole = re.compile(r"SCAN (entry|later)(?! USING (COVERING )?INDEX uq_entry_case)")
    assert not {statement: plan for statement, plan in plans.items() if any(map(whole.match, plan))}
    store.close()
