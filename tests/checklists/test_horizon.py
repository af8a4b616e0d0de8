"""An answer stands from the first to the last moment of its span, whatever is recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.calendar import TZ, end_of_day, local_day, start_of_day
from checklists.facts import fold
from checklists.horizon import FOREVER, Span, WatchedDay, WatchedInstant, instant, micros
from checklists.progress import assess
from checklists.projected import kept, piece
from checklists.summary import summary
from checklists.summary_text import loaded
from handbook.load import bundled
from tests.checklists.any_case import rows
from tests.checklists.build import SEL, Log, Row

BOOKS = {SEL.law: SEL, "barnets_lov": bundled("barnets_lov")}
MOMENTS = st.datetimes(datetime(2022, 6, 1), datetime(2025, 6, 1), timezones=st.just(UTC))
DAYS = st.dates(date(2022, 6, 1), date(2025, 6, 1))


def within(span: Span, share: float, near: int) -> datetime:
    """A moment of the span: its first for 0, its last for 1, kept to the years in which something happens."""
    low, high = max(span.low, near - 10**14), min(span.high, near + 10**14)
    return instant(low + int((high - 1 - low) * share))


SHARES = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)


@settings(max_examples=150, deadline=None)
@given(rows(), MOMENTS, SHARES)
def test_a_summary_is_the_same_at_every_moment_of_its_span(found: list[Row], now: datetime, share: float) -> None:
    first = kept("S-1", found, BOOKS, now)
    assert micros(now) in first.span
    then = within(first.span, share, micros(now))
    assert loaded(first.text) == summary(assess(fold("S-1", found, then), BOOKS, then), BOOKS)


@settings(max_examples=150, deadline=None)
@given(rows(), DAYS, st.integers(0, 800), MOMENTS, st.booleans(), st.data())
def test_a_case_counts_the_same_in_every_round_of_its_box(
    found: list[Row], start: date, length: int, now: datetime, from_start: bool, data: st.DataObject
) -> None:
    first = piece("S-1", found, BOOKS, (start, start + timedelta(days=length)), now, from_start)
    box = first.box
    low, high = max(box.start.low, start.toordinal() - 900), min(box.start.high, start.toordinal() + 900)
    other = date.fromordinal(data.draw(st.integers(low, high - 1)))
    end = start.toordinal() + length
    low, high = max(box.end.low, end - 900), min(box.end.high, end + 900)
    last = date.fromordinal(data.draw(st.integers(low, high - 1)))
    then = within(box.now, data.draw(SHARES), micros(now))
    seen = min(then, end_of_day(last))
    if last < other or micros(seen) not in box.seen:
        return
    again = piece("S-1", found, BOOKS, (other, last), then, from_start)
    assert (again.box, again) == (box, first)


def test_the_answer_of_a_quiet_case_stands_until_its_next_deadline() -> None:
    log = Log("2019-01-01")
    log.run("underretning-1", "2019-10-01")
    log.step("underretning-1/modtaget", "2019-10-01 09:00")
    found = kept("S-1", log.rows, BOOKS, datetime(2019, 10, 1, 10, 0, tzinfo=TZ))
    assert instant(found.span.low) == datetime(2019, 10, 1, 9, 0, tzinfo=TZ)
    assert instant(found.span.high) == datetime(2019, 10, 2, 9, 0, 0, 1, tzinfo=TZ)  # 24 hours, their end in time


def test_a_row_of_tomorrow_ends_the_answer() -> None:
    log = Log("2019-01-01")
    log.holder("LH", "2019-10-03")
    found = kept("S-1", log.rows, BOOKS, datetime(2019, 10, 2, 10, 0, tzinfo=TZ))
    assert found.span.high == micros(start_of_day(date(2019, 10, 3)))


def test_a_text_that_counts_days_stands_for_one_day() -> None:
    log = Log("2019-01-01")
    log.run("underretning-1", "2019-01-02")
    log.step("underretning-1/modtaget", "2019-01-02")
    found = kept("S-1", log.rows, BOOKS, datetime(2019, 6, 2, 10, 0, tzinfo=TZ))
    assert "dage siden underretningen" in found.text
    assert found.span == Span(micros(start_of_day(date(2019, 6, 2))), micros(start_of_day(date(2019, 6, 3))))


X = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("ask", "low", "high"),
    [
        (lambda day: day > X, X + timedelta(1), None),
        (lambda day: day >= X, X, None),
        (lambda day: day > date(2024, 6, 1), None, date(2024, 6, 2)),
        (lambda day: date(2024, 6, 1) <= day, None, date(2024, 6, 1)),
        (lambda day: X <= day <= date(2024, 6, 1), X, date(2024, 6, 2)),
        (lambda day: day == date(2024, 6, 1), None, date(2024, 6, 1)),
        (lambda day: max(day, X), X, None),
        (lambda day: (day - X).days, date(2024, 3, 1), date(2024, 3, 2)),
        (lambda day: X - day, date(2024, 3, 1), date(2024, 3, 2)),
        (lambda day: day + timedelta(1), date(2024, 3, 1), date(2024, 3, 2)),
        (lambda day: f"{day:%d}", date(2024, 3, 1), date(2024, 3, 2)),
        (lambda day: day.month, date(2024, 3, 1), date(2024, 3, 2)),
        (lambda day: end_of_day(day), date(2024, 3, 1), date(2024, 3, 2)),
        (lambda day: {day: 1}, date(2024, 3, 1), date(2024, 3, 2)),
    ],
)
def test_a_watched_day_notes_what_it_is_asked(ask: object, low: date | None, high: date | None) -> None:
    day = WatchedDay.of(date(2024, 3, 1))
    assert callable(ask)
    assert ask(day) == ask(date(2024, 3, 1))
    expected = (low.toordinal() if low else -FOREVER, high.toordinal() if high else FOREVER)
    day = WatchedDay.of(date(2024, 3, 1))
    ask(day)
    assert (day.watch.low, day.watch.high) == expected


def test_two_moving_days_that_meet_are_kept_apart() -> None:
    early, late = WatchedDay.of(X), WatchedDay.of(date(2024, 6, 1))
    assert min(late, early) is early
    assert early.watch.high == late.watch.low == date(2024, 6, 1).toordinal()


def test_a_watched_instant_is_the_same_instant_with_the_same_local_day() -> None:
    at = datetime(2024, 3, 31, 23, 30, tzinfo=UTC)
    watched = WatchedInstant.of(at)
    assert watched.plain() == at
    assert local_day(watched) == date(2024, 4, 1)
    assert watched.astimezone(UTC) is watched


def test_a_judgement_written_after_the_round_counts_from_its_day() -> None:
    log = Log("2019-01-01")
    log.item("m1", "2019-09-01")
    log.run("afgoerelse-1", "2019-09-01")
    log.step("afgoerelse-1/truffet", "2019-10-01", items="m1")
    log.run("sagsgennemgang-1", "2020-02-17")
    log.step("sagsgennemgang-1/barnet", "2020-02-17", {"valg": "utilstraekkelig", "begrundelse": "kort"})
    period = (date(2019, 1, 1), date(2019, 12, 31))
    before = piece("S-1", log.rows, BOOKS, period, end_of_day(date(2020, 2, 1)))
    after = piece("S-1", log.rows, BOOKS, period, end_of_day(date(2020, 2, 20)))
    turns = micros(start_of_day(date(2020, 2, 17)))
    assert (before.box.now.high, after.box.now.low) == (turns, turns)
    assert after.deficient.bit_count() == before.deficient.bit_count() + 1
