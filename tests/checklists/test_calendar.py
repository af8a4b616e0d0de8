"""Counting time: the cases a caseworker would dispute, then every rule against an oracle that counts another way."""

from __future__ import annotations

import csv
from calendar import SUNDAY, monthrange, weekday
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from checklists.calendar import (
    TZ,
    add,
    add_hverdage,
    age_reached,
    birthday,
    due,
    elapsed,
    end_of_day,
    has_passed,
    holidays,
    is_hverdag,
    local_day,
    start_of_day,
)

# What the `holidays` library (0.109, Denmark, public holidays) publishes: year;month-day month-day ...
PUBLISHED_FILE = Path(__file__).parent / "data" / "holidays_denmark.csv"


def _published() -> dict[int, frozenset[date]]:
    with PUBLISHED_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return {
        int(row["year"]): frozenset(date.fromisoformat(f"{row['year']}-{day}") for day in row["days"].split())
        for row in rows
    }


PUBLISHED = _published()

days = st.dates(date(1990, 2, 1), date(2079, 11, 30))
instants = st.datetimes(datetime(1996, 1, 1), datetime(2060, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
units_of_days = st.sampled_from(["dage", "uger", "måneder"])


def cph(year: int, month: int, day: int, hour: int = 0, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=TZ)


# --- holidays ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(1990, 2080))
def test_holidays_are_those_published(year: int) -> None:
    assert holidays(year) == PUBLISHED[year]


def test_store_bededag_is_gone_from_2024() -> None:
    assert date(2023, 5, 5) in holidays(2023)
    assert date(2024, 4, 26) not in holidays(2024)
    assert is_hverdag(date(2024, 4, 26), saturday=False)


@pytest.mark.parametrize("day", [date(2019, 6, 5), date(2019, 12, 24), date(2019, 12, 31)])
def test_days_when_offices_close_but_the_law_counts(day: date) -> None:
    assert is_hverdag(day, saturday=False)


@given(days, st.booleans())
def test_a_hverdag_is_no_sunday_no_holiday_and_a_saturday_only_when_it_counts(day: date, saturday: bool) -> None:
    closed = {"Sun"} | (set() if saturday else {"Sat"})
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[weekday(day.year, day.month, day.day)]
    assert is_hverdag(day, saturday) is (name not in closed and day not in PUBLISHED[day.year])


# --- hverdage ---------------------------------------------------------------------------------------------------------


def test_receipt_of_a_friday_notification() -> None:
    answer = due(6, "hverdage", date(2025, 2, 7), cph(2025, 2, 7, 15, 40))
    assert answer.aim == date(2025, 2, 14)
    assert answer.late_after == end_of_day(date(2025, 2, 17))
    assert not has_passed(answer.late_after, cph(2025, 2, 17, 23, 59))
    assert has_passed(answer.late_after, cph(2025, 2, 18))


def test_receipt_across_easter_counts_none_of_its_five_days() -> None:
    # Wednesday 8 April 2020. 9 and 10 April, Easter Sunday and Monday 13 are holidays; Saturday 11 counts for the aim.
    answer = due(6, "hverdage", date(2020, 4, 8), None)
    assert answer.aim == date(2020, 4, 18)
    assert answer.late_after == end_of_day(date(2020, 4, 21))


def test_receipt_across_christmas_and_new_year() -> None:
    answer = due(6, "hverdage", date(2019, 12, 23), None)
    assert answer.aim == date(2020, 1, 2)
    assert answer.late_after == end_of_day(date(2020, 1, 3))


def test_hverdage_before_an_anchor_aim_at_the_earlier_day_too() -> None:
    answer = due(-6, "hverdage", date(2025, 2, 17), None)
    assert answer.aim == date(2025, 2, 7)
    assert answer.late_after == end_of_day(date(2025, 2, 10))


@given(days, st.integers(1, 60), st.booleans(), st.booleans())
def test_hverdage_against_counting_days_on_the_wall_calendar(day: date, n: int, saturday: bool, back: bool) -> None:
    step = -1 if back else 1
    wall = [day + timedelta(days=step * i) for i in range(1, 130)]
    wall = [d for d in wall if d.year in PUBLISHED and d not in PUBLISHED[d.year]]
    work = [d for d in wall if d.isoweekday() < (7 if saturday else 6)]
    if len(work) >= n:
        assert add_hverdage(day, step * n, saturday) == work[n - 1]


@given(days, st.booleans())
def test_no_hverdage_is_the_day_itself(day: date, saturday: bool) -> None:
    assert add_hverdage(day, 0, saturday) == day


@given(days, st.integers(-40, 40))
def test_the_aim_in_hverdage_is_never_after_the_day_it_gets_late(day: date, n: int) -> None:
    answer = due(n, "hverdage", day, None)
    assert answer.day <= local_day(answer.late_after)


# --- hours ------------------------------------------------------------------------------------------------------------


def test_24_hours_run_through_the_weekend() -> None:
    answer = due(24, "timer", date(2025, 2, 7), cph(2025, 2, 7, 15, 40))
    assert answer.aim == answer.late_after == cph(2025, 2, 8, 15, 40)
    assert not has_passed(answer.late_after, cph(2025, 2, 8, 15, 40))
    assert has_passed(answer.late_after, cph(2025, 2, 8, 15, 41))


@pytest.mark.parametrize(
    ("received", "by"),
    [
        pytest.param(cph(2025, 3, 29, 15, 40), cph(2025, 3, 30, 16, 40), id="spring: the night is an hour short"),
        pytest.param(cph(2025, 10, 25, 15, 40), cph(2025, 10, 26, 14, 40), id="autumn: the night is an hour long"),
        pytest.param(cph(2025, 3, 29, 2, 30), cph(2025, 3, 30, 3, 30), id="due at the hour that does not exist"),
        pytest.param(cph(2025, 10, 25, 2, 30), cph(2025, 10, 26, 2, 30, fold=0), id="due in the first of two hours"),
        pytest.param(cph(2025, 10, 25, 3, 30), cph(2025, 10, 26, 2, 30, fold=1), id="due in the second of two hours"),
        pytest.param(cph(2025, 10, 26, 2, 30, fold=1), cph(2025, 10, 27, 2, 30), id="received in the second hour"),
        pytest.param(cph(2025, 10, 26, 2, 30, fold=0), cph(2025, 10, 27, 1, 30), id="received in the first hour"),
    ],
)
def test_24_hours_are_elapsed_hours_when_the_clock_changes(received: datetime, by: datetime) -> None:
    answer = due(24, "timer", local_day(received), received)
    assert answer.late_after.isoformat() == by.isoformat()
    assert answer.late_after.timestamp() - received.timestamp() == 24 * 3600


def test_the_two_half_past_twos_are_not_mistaken_for_each_other() -> None:
    first, second = cph(2025, 10, 26, 2, 30, fold=0), cph(2025, 10, 26, 2, 30, fold=1)
    assert first == second  # to Python, which is why nothing here may trust it
    assert due(24, "timer", first.date(), first).late_after != due(24, "timer", second.date(), second).late_after
    assert has_passed(first, second)
    assert not has_passed(second, first)
    assert has_passed(cph(2025, 10, 26, 2, 45, fold=0), second)  # by the hands of the clock it has not


def test_24_hours_from_a_day_without_an_hour() -> None:
    answer = due(24, "timer", date(2025, 2, 7), None)
    assert answer.aim == cph(2025, 2, 8)
    assert answer.late_after == end_of_day(date(2025, 2, 8))


@pytest.mark.parametrize(("day", "aim"), [((2025, 3, 30), (2025, 3, 31, 1)), ((2025, 10, 26), (2025, 10, 26, 23))])
def test_24_hours_from_a_day_that_is_not_24_hours_long(day: tuple[int, int, int], aim: tuple[int, ...]) -> None:
    answer = due(24, "timer", date(*day), None)
    assert answer.aim == datetime(*aim, tzinfo=TZ)  # type: ignore[arg-type, misc]
    assert answer.late_after == end_of_day(date(*day) + timedelta(days=1))


@pytest.mark.parametrize(("hours", "ends"), [(1, 8), (24, 8), (25, 9), (48, 9), (-24, 6), (0, 7)])
def test_hours_from_a_bare_day_are_late_after_the_last_day_they_can_reach(hours: int, ends: int) -> None:
    assert due(hours, "timer", date(2025, 2, 7), None).late_after == end_of_day(date(2025, 2, ends))


def _offset_by_the_rule(at: datetime) -> timedelta:
    """The EU rule since 1996: summer time from the last Sunday of March to that of October, both at 01:00 UTC."""

    def change(month: int) -> datetime:
        last = monthrange(at.year, month)[1]
        sunday = last - (weekday(at.year, month, last) - SUNDAY) % 7
        return datetime(at.year, month, sunday, 1, tzinfo=UTC)

    return timedelta(hours=2 if change(3) <= at < change(10) else 1)


@given(instants, st.integers(-200, 200))
@example(datetime(2025, 3, 30, 0, 59, tzinfo=UTC), 24)
@example(datetime(2025, 10, 25, 0, 30, tzinfo=UTC), 24)
def test_hours_against_plain_utc_and_the_rule_of_summer_time(at: datetime, hours: int) -> None:
    answer = due(hours, "timer", local_day(at), at).late_after
    end = at + timedelta(hours=hours)
    assert answer.astimezone(UTC) == end
    assert answer.replace(tzinfo=None) == (end + _offset_by_the_rule(end)).replace(tzinfo=None)
    assert answer.tzinfo is TZ


@given(instants)
def test_the_local_day_against_the_rule_of_summer_time(at: datetime) -> None:
    day = local_day(at)
    assert day == (at + _offset_by_the_rule(at)).date()
    assert not has_passed(end_of_day(day), at)
    assert not has_passed(at, start_of_day(day))


@given(instants, instants)
def test_passed_is_the_order_of_instants_whatever_the_zone(limit: datetime, now: datetime) -> None:
    expected = now.timestamp() > limit.timestamp()
    assert has_passed(limit.astimezone(TZ), now.astimezone(TZ)) is expected


def test_a_time_without_zone_is_refused_rather_than_guessed() -> None:
    bare = datetime(2025, 2, 7, 15, 40)
    for call in (
        lambda: local_day(bare),
        lambda: elapsed(bare, 1),
        lambda: due(24, "timer", bare.date(), bare),
        lambda: has_passed(bare, bare),
    ):
        with pytest.raises(ValueError, match="without a zone"):
            call()


# --- days, weeks and months -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2018, 10, 31), 4, date(2019, 2, 28)),
        (date(2019, 10, 31), 4, date(2020, 2, 29)),
        (date(2020, 1, 31), 2, date(2020, 3, 31)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), -48, date(2016, 2, 29)),
        (date(2019, 8, 31), -6, date(2019, 2, 28)),
        (date(2020, 2, 18), 4, date(2020, 6, 18)),
        (date(2025, 1, 14), 3, date(2025, 4, 14)),
    ],
)
def test_months_end_on_the_same_date_or_the_last_of_the_month(day: date, months: int, end: date) -> None:
    assert add(day, months, "måneder") == end


@pytest.mark.parametrize("ends", [date(2025, 4, 27), date(2025, 6, 7), date(2025, 4, 18), date(2025, 12, 25)])
def test_no_deadline_moves_off_a_weekend_or_holiday(ends: date) -> None:
    answer = due(28, "dage", ends - timedelta(days=28), None)
    assert answer.aim == ends
    assert answer.late_after == end_of_day(ends)


def test_the_deadlines_own_day_is_in_time() -> None:
    answer = due(4, "måneder", date(2019, 10, 17), None)
    assert not has_passed(answer.late_after, datetime(2020, 2, 17, 23, 59, 59, 999999, tzinfo=TZ))
    assert has_passed(answer.late_after, cph(2020, 2, 18))


def test_an_amount_of_nothing_is_the_anchors_own_day() -> None:
    answer = due(0, "dage", date(2020, 2, 17), None)
    assert (answer.aim, answer.late_after) == (date(2020, 2, 17), end_of_day(date(2020, 2, 17)))


def test_the_hour_of_the_anchor_does_not_matter_to_a_deadline_in_days() -> None:
    early, late = cph(2019, 9, 27, 0, 5), cph(2019, 9, 27, 23, 55)
    assert due(7, "dage", date(2019, 9, 27), early) == due(7, "dage", date(2019, 9, 27), late)


@given(days, st.integers(-300, 300))
def test_months_against_counting_them_one_by_one(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    expected = date(year, month, min(day.day, monthrange(year, month)[1]))
    assert add(day, months, "måneder") == expected == day + relativedelta(months=months)


@given(days, st.integers(-500, 500))
def test_days_and_weeks_against_the_ordinal(day: date, n: int) -> None:
    assert add(day, n, "dage").toordinal() - day.toordinal() == n
    assert add(day, n, "uger").toordinal() - day.toordinal() == 7 * n


@given(days, st.integers(-60, 60), units_of_days, st.text(max_size=5))
def test_a_deadline_in_days_lasts_to_the_last_moment_of_its_day(day: date, n: int, unit: str, text: str) -> None:
    answer = due(n, unit, day, None, text=text)  # type: ignore[arg-type]
    assert answer.aim == answer.day == local_day(answer.late_after)
    assert local_day(answer.late_after + timedelta(microseconds=1)) == answer.day + timedelta(days=1)
    assert answer.text == text


@pytest.mark.parametrize("unit", ["timer", "hverdage"])
def test_add_refuses_what_a_day_alone_cannot_count(unit: str) -> None:
    with pytest.raises(ValueError, match=unit):
        add(date(2020, 1, 1), 1, unit)  # type: ignore[arg-type]


@given(st.dates(), st.integers(-(10**12), 10**12), st.sampled_from(["timer", "dage", "uger", "måneder"]))
def test_no_date_and_no_amount_breaks_the_count(day: date, amount: int, unit: str) -> None:
    answer = due(amount, unit, day, None)  # type: ignore[arg-type]
    assert date.min <= answer.day <= date.max


def test_hverdage_stop_at_the_end_of_the_calendar() -> None:
    assert add_hverdage(date(9999, 12, 1), 999, saturday=False) == date.max
    assert add_hverdage(date(1, 2, 1), -999, saturday=True) == date.min


# --- birthdays --------------------------------------------------------------------------------------------------------


def test_a_birthday_known_by_its_day() -> None:
    assert birthday("2002-02-21", 216) == (date(2020, 2, 21), date(2020, 2, 21))
    assert not age_reached("2002-02-21", 18, date(2020, 2, 20))
    assert age_reached("2002-02-21", 18, date(2020, 2, 21))


def test_a_birthday_known_by_its_month_is_reached_on_the_last_day() -> None:
    assert birthday("2009-11", 180) == (date(2024, 11, 1), date(2024, 11, 30))
    assert not age_reached("2009-11", 15, date(2024, 11, 29))
    assert age_reached("2009-11", 15, date(2024, 11, 30))


def test_seventeen_and_a_half() -> None:
    assert birthday("2009-11", 210) == (date(2027, 5, 1), date(2027, 5, 31))


def test_a_birthday_on_29_february_is_on_the_28th_in_other_years() -> None:
    assert birthday("2004-02-29", 216) == (date(2022, 2, 28), date(2022, 2, 28))
    assert birthday("2004-02-29", 192) == (date(2020, 2, 29), date(2020, 2, 29))
    assert age_reached("2004-02-29", 18, date(2022, 2, 28))


def test_born_in_a_february_of_29_days_and_known_by_month_only() -> None:
    assert birthday("2004-02", 216) == (date(2022, 2, 1), date(2022, 2, 28))
    assert birthday("2002-02", 216) == (date(2020, 2, 1), date(2020, 2, 29))


def test_months_before_a_birthday_known_by_month_warn_from_the_first_day_and_are_late_after_the_last() -> None:
    first, last = birthday("2002-08", 216) or pytest.fail("a month is known")
    answer = due(-6, "måneder", first, None, last_day=last)
    assert answer.aim == date(2020, 2, 1)
    assert answer.late_after == end_of_day(date(2020, 2, 29))


@pytest.mark.parametrize(
    "born",
    ["", "2009", "2009-13", "2009-00", "2009-02-30", "nov 2009", "2009-11-", "-2009-11", "2009-11-1-1", "²-³", "0-1"],
)
def test_a_birth_that_is_no_date_has_no_birthday(born: str) -> None:
    assert birthday(born, 216) is None
    assert age_reached(born, 0, date(2100, 1, 1)) is False


@given(st.text(), st.integers(-(10**6), 10**6))
def test_no_text_breaks_a_birthday(born: str, months: int) -> None:
    birthday(born, months)


@given(days, st.integers(0, 25))
def test_a_month_holds_every_birthday_in_it(born: date, years: int) -> None:
    exact = birthday(born.isoformat(), 12 * years)
    month = birthday(f"{born:%Y-%m}", 12 * years)
    assert exact is not None
    assert month is not None
    assert month[0] <= exact[0] == exact[1] <= month[1]


@given(days, st.integers(0, 25), st.integers(-400, 400))
def test_age_against_counting_birthdays(born: date, years: int, off: int) -> None:
    on = add(born, 12 * years, "måneder") + timedelta(days=off)
    birthday_this_year = (born.month, born.day)
    if birthday_this_year == (2, 29) and monthrange(on.year, 2)[1] == 28:
        birthday_this_year = (2, 28)
    age = on.year - born.year - ((on.month, on.day) < birthday_this_year)
    assert age_reached(born.isoformat(), years, on) is (age >= years)
