"""What is kept worked out: which of it stands, in SQLite and PostgreSQL, and that it never outlives its case's rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from store import projection, projection_rounds
from store.cases import Store
from store.events import Event
from store.projection import CaseRow, RoundRow
from store.projection_rounds import Asked

Make = Callable[..., Event]
Start = Callable[..., list[Event]]


def case_row(case: str, low: int, high: int, body: str = "{}") -> CaseRow:
    return CaseRow(case, low, high, "raadgivning", "LH", "SEL", None, date(2019, 10, 9), 1, body)


def round_row(case: str, start: tuple[int, int], relevant: int = 1, entered: str = "decision") -> RoundRow:
    box = (*start, 0, 10, 0, 10, 0, 10)
    return RoundRow(case, 1, *box, entered, "" if entered else "intet", "barnets_lov", "anbringelse", "4-7", relevant,
                    0, 0, "")  # fmt: skip


def last(store: Store) -> int:
    return store.version()


def test_a_case_is_stale_until_it_is_kept_and_outside_its_span(store: Store, start: Start) -> None:
    store.append(start("S1"))
    store.append(start("S2"))
    number = projection.catch_up(store.engine, "a")
    assert projection.stale_cases(store.engine, number, 5) == ["S1", "S2"]
    projection.keep_cases(store.engine, number, last(store), [case_row("S1", 3, 7, "[1]"), case_row("S2", 3, 6)])
    assert projection.stale_cases(store.engine, number, 3) == []
    assert projection.stale_cases(store.engine, number, 2) == ["S1", "S2"]
    assert projection.stale_cases(store.engine, number, 6) == ["S2"]
    assert dict(projection.bodies(store.engine, number, 6)) == {"S1": "[1]"}
    assert dict(projection.bodies(store.engine, number, 5, ["S2", "S9"])) == {"S2": "{}"}
    projection.keep_cases(store.engine, number, last(store), [case_row("S1", 4, 9, "[2]")])
    assert dict(projection.bodies(store.engine, number, 8)) == {"S1": "[2]"}


def test_what_is_written_takes_its_case_out_and_no_other(store: Store, start: Start, record: Make) -> None:
    store.append(start("S1"))
    store.append(start("S2"))
    number = projection.catch_up(store.engine, "a")
    projection.keep_cases(store.engine, number, last(store), [case_row(case, 0, 10) for case in ("S1", "S2")])
    projection.keep_rounds(store.engine, number, last(store), [round_row(case, (0, 10)) for case in ("S1", "S2")])
    store.append([record("S1")])
    store.append(start("S3"))
    assert projection.catch_up(store.engine, "a") == number
    assert projection.stale_cases(store.engine, number, 5) == ["S1", "S3"]
    assert projection_rounds.missing_rounds(store.engine, number, Asked(5, 5, 5, 5, 1), None) == ["S1", "S3"]


def test_what_was_worked_out_from_fewer_rows_is_not_kept(store: Store, start: Start, record: Make) -> None:
    store.append(start("S1"))
    number = projection.catch_up(store.engine, "a")
    version, events = projection.events_now(store.engine, ["S1"])
    assert [e.kind for e in events["S1"]] == ["case", "assignment", "item", "run"]
    store.append([record("S1")])
    projection.keep_cases(store.engine, number, version, [case_row("S1", 0, 10)])
    assert projection.stale_cases(store.engine, number, 5) == ["S1"]


def test_cases_alike_are_counted_together_within_their_box(store: Store, start: Start) -> None:
    for case, team in (("S1", "a"), ("S2", "a"), ("S3", "b")):
        store.append(start(case, team=team))
    number = projection.catch_up(store.engine, "a")
    rows = [round_row("S1", (0, 5)), round_row("S1", (5, 9), relevant=3), round_row("S2", (0, 9)),
            round_row("S3", (0, 9), 0, entered="")]  # fmt: skip
    for _ in range(2):  # kept twice is kept once
        projection.keep_rounds(store.engine, number, last(store), rows)
    early, late = Asked(4, 5, 5, 5, 1), Asked(5, 5, 5, 5, 1)

    def counts(asked: Asked, team: str | None = None, but: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
        found = projection_rounds.tally(store.engine, number, asked, team, but)
        return sorted((row[0], row[5], row[-1]) for row in found)

    assert counts(early) == [("", 0, 1), ("decision", 1, 2)]
    assert counts(late) == [("", 0, 1), ("decision", 1, 1), ("decision", 3, 1)]
    assert counts(early, "a") == [("decision", 1, 2)]
    assert counts(early, "a", ("S1",)) == [("decision", 1, 1)]
    assert counts(early._replace(from_start=0)) == []
    assert projection_rounds.outside_of(store.engine, number, early, None) == [("S3", "intet")]
    assert projection_rounds.missing_rounds(store.engine, number, early, None) == []
    assert projection_rounds.missing_rounds(store.engine, number, late._replace(start=9), "a") == ["S1", "S2"]


def test_starting_again_forgets_all_and_late_comers_write_nothing(store: Store, start: Start) -> None:
    store.append(start("S1"))
    old = projection.catch_up(store.engine, "old rules")
    projection.keep_cases(store.engine, old, last(store), [case_row("S1", 0, 10)])
    number = projection.start_again(store.engine, "rules")
    assert projection.stale_cases(store.engine, number, 5) == ["S1"]
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT rules FROM projection").scalars().all() == ["rules"]
    projection.keep_cases(store.engine, old, last(store), [case_row("S1", 0, 10)])
    assert projection.stale_cases(store.engine, number, 5) == ["S1"]
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM projected_case").scalar_one() == 1


def test_a_projection_does_not_change_what_was_recorded(store: Store, start: Start) -> None:
    store.append(start("S1"))
    before = store.events("S1"), store.version()
    number = projection.catch_up(store.engine, "a")
    projection.keep_cases(store.engine, number, last(store), [case_row("S1", 0, 10)])
    assert (store.events("S1"), store.version()) == before
    assert store.verify() == []
