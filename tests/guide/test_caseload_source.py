"""An overview counted in the database is the one counted line by line: the same numbers, the same lists."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists import caseload
from checklists.caseload import BASES, Filters
from checklists.summary_model import Summary
from guide import caseload as tables
from guide import demo, projecting
from guide.caseload_source import AtHand, Source, Stored, at_hand, everyone
from guide.caseload_tables import Section
from guide.casework import Casework, load_handbooks
from guide.overview import in_order, line_of
from store import projection
from store.database import open_store
from store.errors import LOCKED, StoreError
from store.events import Event
from store.transactions import writing
from tests.checklists.any_case import rows
from tests.checklists.build import Row
from tests.guide.test_projecting import BOOKS, LATER, MOMENTS, Clock, computed, recorded
from tests.store.conftest import empty_schema as empty_schema
from tests.store.conftest import server as server
from tests.store.conftest import url as url

NOW = datetime(2020, 2, 17, 12, 0, tzinfo=UTC)
FILTERS = st.builds(
    Filters,
    team=st.sampled_from(["", "", "raadgivning", "Raadgivning", "ukendt"]),
    holder=st.sampled_from(["", "", "LH", "MK"]),
    law=st.sampled_from(["", "", "SEL", "BL"]),
    basis=st.sampled_from(["", "", *BASES]),
    procedure=st.sampled_from(["", "", "underretning", "handleplan", "boernesamtale", "sagsgennemgang"]),
)


@pytest.fixture
def work(url: str) -> Iterator[Casework]:
    """The fictional cases in SQLite, and in PostgreSQL."""
    store = open_store(url)
    work = Casework(store, load_handbooks(), Clock(NOW), "LH")
    demo.load(store, work.vocabulary())
    yield work
    store.close()


def shown(source: Source, days: int, most: int | None) -> list[Section]:
    """Every table of the overview, and every list behind a line of it."""
    found = source.numbers(42)
    sections = tables.overview(source, found, BOOKS, days, most, quiet=most)
    plain = []
    for section in sections.values():
        plain.append(_plain(section))
        plain += [_plain(line.inside()) for line in section.lines if line.inside is not None]
    return plain


def _plain(section: Section) -> Section:
    """What is seen of it: lines that lead to tables are compared by those tables."""
    lines = tuple((line.cells, line.place, line.key) for line in section.lines)
    return Section(section.title, section.told, section.columns, lines, section.empty, more=section.more)  # type: ignore[arg-type]


def same(work: Casework, cases: list[Summary], filters: Filters, days: int = 14, most: int | None = None) -> None:
    """Hold the source in use against the cases worked out one by one."""
    found = everyone(work).source(filters)
    plain = AtHand(caseload.narrowed(cases, filters), filters, work.now())
    assert isinstance(found, AtHand if filters.words else Stored)
    assert found.numbers(42) == plain.numbers(42)
    assert shown(found, days, most) == shown(plain, days, most)
    assert found.cases() == plain.cases()


@pytest.mark.parametrize("day", [date(2019, 3, 31), date(2020, 2, 17), date(2024, 2, 29)])
def test_the_fictional_cases_on_several_days(work: Casework, day: date) -> None:
    work.now = Clock(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    cases = computed(work.store, work.now())
    for team, holder in product(("", "Raadgivning"), ("", "PB")):
        same(work, cases, Filters(team, holder))
    for basis, procedure in (("lov", ""), ("", "handleplan"), ("praksis", "opfoelgning")):
        same(work, cases, Filters(basis=basis, procedure=procedure), 7)
        same(work, cases, Filters("raadgivning", "MK", "SEL", basis, procedure), 7)
    same(work, cases, Filters(), most=3)
    same(work, cases, Filters(holder="MK", basis="lov"), most=2)
    for words in (("PLAN", "raadgivning"), ("UNDERSØGELSE",), ('"',)):
        same(work, cases, Filters(words=words))


def test_what_is_written_taken_over_and_withdrawn_is_counted_at_once(work: Casework) -> None:
    everyone(work)
    work.note("D5", "fiktivt notat")
    work.new_case("NY-1", "2015-03", "forebyggelse", "AB")
    first = work.store.events("D6")[0]
    gone = Event("x", "case", "D6", day=first.day, value={"status": "withdrawn"}, by="LH", replaces=first.id)
    work.store.append([gone])
    same(work, computed(work.store, NOW), Filters())
    with writing(work.store.engine) as connection:
        projection.forget(connection, "D5", gone=False)
    same(work, computed(work.store, NOW), Filters("raadgivning"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(rows(), min_size=1, max_size=3), st.data())
def test_any_records_on_any_day_through_any_filter(cases: list[list[Row]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/traad.db")
        clock = Clock(datetime(2024, 1, 1, tzinfo=UTC))
        work = Casework(store, BOOKS, clock, "LH")
        for portion in range(2):
            for number, found in enumerate(cases):
                recorded(store, f"S-{number}", found[portion * len(found) // 2 : (portion + 1) * len(found) // 2])
            for _ in range(3):
                clock.now = data.draw(MOMENTS | LATER.map(clock.now.__add__))
                expected = computed(store, clock.now)
                same(
                    work,
                    expected,
                    data.draw(FILTERS),
                    data.draw(st.sampled_from([7, 14])),
                    data.draw(st.sampled_from([None, 1, 4])),
                )
        store.close()


def test_the_most_urgent_cases_come_first_and_all_are_counted(work: Casework) -> None:
    work.new_case("NY-1", "2015-03", "raadgivning", "LH")
    lines = in_order(line_of(found, NOW.date()) for found in work.summaries())
    for most in (1, 7, 100):
        assert work.most_urgent(most) == (lines[:most], 21)


def test_a_locked_database_costs_time_and_nothing_else(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> int:
        raise StoreError(LOCKED)

    monkeypatch.setattr(projection, "catch_up", locked)
    cases = sorted(computed(work.store, NOW), key=lambda s: work.store.case_ids().index(s.case))
    found = everyone(work).source(Filters(team="raadgivning"))
    assert found.numbers(42) == at_hand(work, cases).source(Filters(team="raadgivning")).numbers(42)
    assert work.most_urgent(3)[1] == 20


def test_nothing_is_left_of_the_sums_when_every_case_is_gone(work: Casework) -> None:
    projecting.refreshed(work)
    work.now = Clock(NOW + timedelta(days=40))
    projecting.refreshed(work)
    with writing(work.store.engine) as connection:
        for case in work.store.case_ids():
            projection.forget(connection, case, gone=True)
        for table in ("projected_count", "projected_line"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0
