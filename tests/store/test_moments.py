"""Times as the log writes them: local days, hours with and without offset, and the two nights the clock moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.moments import MomentFault, format_instant, format_time, parse_instant, parse_time


@pytest.mark.parametrize(
    ("text", "day", "at", "again"),
    [
        ("2019-10-09", date(2019, 10, 9), None, "2019-10-09"),
        ("2019-10-09T14:00", date(2019, 10, 9), datetime(2019, 10, 9, 12), "2019-10-09T14:00+02:00"),
        ("2019-10-09 14:00", date(2019, 10, 9), datetime(2019, 10, 9, 12), "2019-10-09T14:00+02:00"),
        ("2019-12-09T14:00", date(2019, 12, 9), datetime(2019, 12, 9, 13), "2019-12-09T14:00+01:00"),
        ("2019-10-09T14:00+02:00", date(2019, 10, 9), datetime(2019, 10, 9, 12), "2019-10-09T14:00+02:00"),
        ("2019-10-09T12:00Z", date(2019, 10, 9), datetime(2019, 10, 9, 12), "2019-10-09T14:00+02:00"),
        ("2019-10-09T23:30Z", date(2019, 10, 10), datetime(2019, 10, 9, 23, 30), "2019-10-10T01:30+02:00"),
        ("2019-10-09T14:00:05", date(2019, 10, 9), datetime(2019, 10, 9, 12, 0, 5), "2019-10-09T14:00:05+02:00"),
        (
            "2019-10-09T14:00:05.25",
            date(2019, 10, 9),
            datetime(2019, 10, 9, 12, 0, 5, 250_000),
            "2019-10-09T14:00:05.250000+02:00",
        ),
        ("2019-10-27T02:30+02:00", date(2019, 10, 27), datetime(2019, 10, 27, 0, 30), "2019-10-27T02:30+02:00"),
        ("2019-10-27T02:30+01:00", date(2019, 10, 27), datetime(2019, 10, 27, 1, 30), "2019-10-27T02:30+01:00"),
        ("2019-03-31T02:30+02:00", date(2019, 3, 31), datetime(2019, 3, 31, 0, 30), "2019-03-31T01:30+01:00"),
    ],
)
def test_a_time_is_read_and_written_with_copenhagens_offset(
    text: str, day: date, at: datetime | None, again: str
) -> None:
    read = parse_time(text)
    assert read == (day, at and at.replace(tzinfo=UTC))
    assert format_time(*read) == again
    assert parse_time(again) == read


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2019-03-31T02:30", "springer over"),
        ("2019-10-27T02:30", "to gange"),
        ("9/10-2019", "skal skrives"),
        ("2019-10-09T14", "skal skrives"),
        ("2019-10-09T14:00+2", "skal skrives"),
        ("２０１９-10-09", "skal skrives"),
        ("2019-02-29", "der findes"),
        ("2019-13-01", "der findes"),
        ("2019-10-09T24:00", "der findes"),
        ("2019-10-09T14:60", "der findes"),
        ("2019-10-09T14:00+99:00", "tidszone"),
        ("0000-01-01", "årstal"),
        ("1066-10-14", "årstal"),
        ("9999-12-31T23:59-23:59", "årstal"),
        ("2019-10-09\n", "skal skrives"),
        ("", "skal skrives"),
    ],
)
def test_a_time_that_is_none_says_why(text: str, says: str) -> None:
    with pytest.raises(MomentFault, match=says):
        parse_time(text)


def test_an_instant_needs_its_hour() -> None:
    assert parse_instant("2019-10-09T14:00+02:00") == datetime(2019, 10, 9, 12, tzinfo=UTC)
    with pytest.raises(MomentFault, match="klokkeslæt"):
        parse_instant("2019-10-09")


@given(st.datetimes(datetime(1901, 1, 1), datetime(2198, 1, 1), timezones=st.just(UTC)))
def test_every_instant_is_read_back_as_written(at: datetime) -> None:
    assert parse_instant(format_instant(at)) == at


@given(st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?"))
def test_no_text_raises_anything_but_its_own_error(text: str) -> None:
    try:
        day, at = parse_time(text)
    except MomentFault:
        return
    assert at is None or abs(at.date() - day) <= timedelta(days=1)
