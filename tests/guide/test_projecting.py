"""What is read from the projection is what would have been worked out, whatever is recorded and whatever day it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.audit import audit
from checklists.audit_table import Alike, alike, audit_table
from checklists.facts import fold
from checklists.horizon import micros
from checklists.progress import assess
from checklists.projected import kept
from checklists.states import Progress
from checklists.summary import summary
from checklists.summary_model import Summary
from guide import demo, projecting, projecting_work
from guide.casework import Casework, load_handbooks
from guide.overview import case_line, in_order
from store import projection, projection_rounds
from store.cases import Store
from store.database import open_store
from store.errors import LOCKED, StoreError
from store.events import Event
from tests.checklists.any_case import DAYS, rows
from tests.checklists.build import Row

BOOKS = load_handbooks()
NOW = datetime(2020, 2, 17, 12, 0, tzinfo=UTC)
ROUND = (date(2019, 2, 17), date(2020, 2, 17))
MOMENTS = st.datetimes(datetime(2022, 6, 1), datetime(2025, 6, 1), timezones=st.just(UTC))
LATER = st.timedeltas(timedelta(0), timedelta(days=40))
"""A little later is where an answer kept too long would show."""


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=["sqlite"])
def work(tmp_path: Path) -> Iterator[Casework]:
    """The fictional cases, in a database of their own."""
    store = open_store(str(tmp_path / "traad.db"))
    clock = Clock(NOW)
    work = Casework(store, BOOKS, clock, "LH")
    demo.load(store, work.vocabulary())
    yield work
    store.close()


def computed(store: Store, now: datetime) -> list[Summary]:
    """The summary of every case, worked out from its rows."""
    return [
        summary(assess(fold(case, store.events(case), now), BOOKS, now), BOOKS) for case in sorted(store.case_ids())
    ]


def counted(store: Store, period: tuple[date, date], now: datetime, from_start: bool = True) -> list[Alike]:
    """The cases of a round as ``audit`` counts them, alike ones together."""
    cases = [(case, store.events(case)) for case in store.case_ids()]
    return together(alike(audit(cases, BOOKS, period, now, from_start=from_start)))


def together(found: Sequence[Alike]) -> list[Alike]:
    """Rows with the same answers as one."""
    counts: dict[Alike, int] = {}
    for row in found:
        counts[row._replace(cases=0)] = counts.get(row._replace(cases=0), 0) + row.cases
    return sorted(row._replace(cases=count) for row, count in counts.items())


def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that are worked out from now on, in the list as they are."""
    done: list[str] = []
    plain = projecting_work.portion

    def noted(task: projecting_work.Task, cases: Sequence[str]) -> object:
        done.extend(cases)
        return plain(task, cases)

    monkeypatch.setattr(projecting_work, "portion", noted)
    return done


# -- any records, any now -----------------------------------------------------------------------------------------


def recorded(store: Store, case: str, found: Sequence[Row]) -> None:
    """Write rows as somebody would: one after the other, those that cannot be kept left out."""
    for row in found:
        try:
            store.append([as_event(case, row)])
        except StoreError:
            continue


def as_event(case: str, row: Row) -> Event:
    """The row as the store keeps it: ids of its own case, and a ground where a step is left out."""
    value = row.value
    if isinstance(value, dict) and value.get("status") == "left out":
        value = {**value, "ground": "modenhed"}
    replaces = f"{case}-{row.replaces}" if row.replaces else ""
    changed = {"id": f"{case}-{row.id}", "case": case, "value": value, "replaces": replaces}
    return Event(**{**vars(row), **changed})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(rows(), min_size=1, max_size=3), st.data())
def test_the_projection_is_what_would_be_worked_out(cases: list[list[Row]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/traad.db")
        clock = Clock(datetime(2024, 1, 1, tzinfo=UTC))
        work = Casework(store, BOOKS, clock, "LH")
        for portion in range(3):
            for number, found in enumerate(cases):
                recorded(store, f"S-{number}", found[portion * len(found) // 3 : (portion + 1) * len(found) // 3])
            for _ in range(3):
                clock.now = data.draw(MOMENTS | LATER.map(clock.now.__add__))
                assert work.summaries() == computed(store, clock.now)
                start = data.draw(DAYS)
                period = (start, start + timedelta(days=data.draw(st.integers(0, 500))))
                from_start = data.draw(st.booleans())
                found_rows = projecting.audit_rows(work, period, from_start=from_start)
                assert sorted(found_rows) == counted(store, period, clock.now, from_start)
        store.close()


# -- the fictional cases ------------------------------------------------------------------------------------------


def test_the_second_look_works_nothing_out(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    first = work.summaries(), projecting.audit_rows(work, ROUND)
    done = worked_out(monkeypatch)
    assert (work.summaries(), projecting.audit_rows(work, ROUND)) == first
    assert done == []
    assert first[0] == computed(work.store, NOW)


def test_a_written_case_is_worked_out_again_and_no_other(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    work.summaries()
    projecting.audit_rows(work, ROUND)
    done = worked_out(monkeypatch)
    work.note("D5", "fiktivt notat")
    assert work.summaries() == computed(work.store, NOW)
    assert done == ["D5"]
    projecting.audit_rows(work, ROUND)
    assert done == ["D5", "D5"]


def test_a_new_case_and_a_withdrawn_one(work: Casework) -> None:
    work.summaries()
    projecting.audit_rows(work, ROUND)
    work.new_case("NY-1", "2015-03", "raadgivning")
    first = work.store.events("D5")[0]
    gone = Event("x", "case", "D5", day=first.day, value={"status": "withdrawn"}, by="LH", replaces=first.id)
    work.store.append([gone])
    found = work.summaries()
    assert [s.case for s in found] == sorted(work.store.case_ids())
    assert {s.case for s in found} >= {"NY-1"}
    assert found == computed(work.store, NOW)
    assert sorted(projecting.audit_rows(work, ROUND)) == counted(work.store, ROUND, NOW)


def test_other_pages_have_a_projection_of_their_own(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    work.summaries()
    alone = {"serviceloven": BOOKS["serviceloven"]}
    other = Casework(work.store, alone, work.now, "LH")  # type: ignore[arg-type]
    assert projecting.rules_key(alone) != projecting.rules_key(BOOKS)  # type: ignore[arg-type]
    other.summaries()
    done = worked_out(monkeypatch)
    assert work.summaries() == computed(work.store, NOW)
    assert done == []


def test_a_few_cases_come_in_the_order_asked_for(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    done = worked_out(monkeypatch)
    assert [s.case for s in work.summaries(["O1", "D5"])] == ["O1", "D5"]
    assert sorted(done) == ["D5", "O1"]


def test_a_team_is_counted_alone(work: Casework) -> None:
    everyone = projecting.audit_rows(work, ROUND)
    teams = {s.team for s in work.summaries()}
    parts = [row for team in teams for row in projecting.audit_rows(work, ROUND, team)]
    assert together(parts) == together(everyone)
    assert projecting.audit_rows(work, ROUND, "ukendt") == []


def test_some_cases_can_be_left_out_of_the_count(work: Casework) -> None:
    left = projecting.audit_rows(work, ROUND, but=["D5", "D6"])
    assert sum(row.cases for row in left) == len(work.store.case_ids()) - 2


def test_the_table_has_the_numbers_of_the_full_audit(work: Casework) -> None:
    found = audit_table(projecting.audit_rows(work, ROUND), BOOKS, ROUND, NOW)
    full = audit(work.store.all_cases(), BOOKS, ROUND, NOW)
    numbers = [(n.name, n.deficient, n.relevant) for n in found.measures]
    assert numbers == [(c.name, c.deficient, c.relevant) for c in full.measures]
    assert (found.types, found.ages, found.rules) == (full.types, full.ages, full.rules)
    assert (found.laws, found.caveat, found.cases) == (full.laws, full.caveat, len(full.entered))
    assert found.causes == tuple((cause.cause, len(cause.late)) for cause in full.causes)


def test_a_locked_database_costs_time_and_nothing_else(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> int:
        raise StoreError(LOCKED)

    monkeypatch.setattr(projection, "catch_up", locked)
    assert work.summaries() == sorted(computed(work.store, NOW), key=lambda s: work.store.case_ids().index(s.case))


# -- kept and made again ------------------------------------------------------------------------------------------


def test_rebuilding_makes_it_again_with_progress(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    work.summaries()
    done = worked_out(monkeypatch)
    told: list[tuple[int, int]] = []
    assert projecting.rebuild(work, [ROUND], lambda *counts: told.append(counts)) == 20
    assert len(done) == 20
    assert told[-1] == (20, 20)
    assert work.summaries() == computed(work.store, NOW)
    assert sorted(projecting.audit_rows(work, ROUND)) == counted(work.store, ROUND, NOW)
    assert len(done) == 20


def test_a_rebuild_that_was_stopped_is_finished_by_the_next_look(
    work: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting_work, "AT_A_TIME", 5)

    def stop(done: int, _: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        projecting.rebuild(work, [ROUND], stop)
    done = worked_out(monkeypatch)
    assert work.summaries() == computed(work.store, NOW)
    assert len(done) == 10


def test_what_somebody_writes_meanwhile_is_not_kept_as_it_was(work: Casework) -> None:
    version, events = projection.events_now(work.store.engine, ["D5", "D6"])
    number = projecting.refreshed(work)
    work.note("D5", "skrevet imens")
    old = [projecting_work.case_row(kept(c, events[c], BOOKS, NOW)) for c in ("D5", "D6")]
    projection.catch_up(work.store.engine, projecting.rules_key(BOOKS))
    projection.keep_cases(work.store.engine, number, version, old)
    assert projection.stale_cases(work.store.engine, number, micros(NOW)) == ["D5"]


def test_two_processes_give_what_one_does(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projecting_work, "_MANY", 1)
    monkeypatch.setattr(projecting_work, "AT_A_TIME", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert work.summaries() == computed(work.store, NOW)


def test_processes_that_cannot_start_leave_the_work_to_this_one(
    work: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting_work, "_MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(projecting_work, "_begin", len)  # takes one argument, and is given two
    assert work.summaries() == computed(work.store, NOW)


def test_what_is_kept_of_many_rounds_makes_room(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection_rounds, "_KEPT_ROUNDS", 1)
    monkeypatch.setattr(projection_rounds, "_ROOM", 0)
    for year in (2018, 2019, 2020):
        projecting.audit_rows(work, (date(year, 1, 1), date(year, 12, 31)))
    with work.store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM projected_round").scalar_one()
    assert kept <= 40


def test_the_list_of_every_case_is_the_one_worked_out(work: Casework) -> None:
    def judged(case: str) -> Progress:
        return assess(fold(case, work.store.events(case), NOW), BOOKS, NOW)

    work.new_case("NY-1", "2015-03", "raadgivning", "LH")
    work.new_case("NY-2", "", "", "MK", holders=["forælder A"])
    work.open_run("NY-2", "underretning")
    plain = in_order(case_line(judged(case), BOOKS) for case in work.store.case_ids())
    assert work.overview(mine=False) == plain
