"""Dates as Danes type them: what is understood, how the rest is refused, and that what is shown reads back."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checklists.calendar import TZ, local_day
from guide.date_words import DAYS_OFF, UNITS, YEARS
from guide.dates import (
    DateError,
    format_clock,
    format_day,
    format_moment,
    format_relative,
    parse_birth,
    parse_day,
    parse_moment,
)

NOW = datetime(2020, 2, 19, 12, 0, 37, tzinfo=TZ)  # a Wednesday

known_days = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
moments = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC).astimezone(TZ))


def cph(year: int, month: int, day: int, hour: int = 0, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=TZ)


# --- what is understood -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", (2020, 2, 19)),
        ("  I  Går. ", (2020, 2, 18)),
        ("igår", (2020, 2, 18)),
        ("i gaar", (2020, 2, 18)),
        ("i forgårs", (2020, 2, 17)),
        ("i morgen", (2020, 2, 20)),
        ("i overmorgen", (2020, 2, 21)),
        ("for 3 dage siden", (2020, 2, 16)),
        ("3 dage siden", (2020, 2, 16)),
        ("for en uge siden", (2020, 2, 12)),
        ("for en måned siden", (2020, 1, 19)),
        ("for to år siden", (2018, 2, 19)),
        ("om 2 uger", (2020, 3, 4)),
        ("om fjorten dage", (2020, 3, 4)),
        ("mandag", (2020, 2, 17)),
        ("torsdag", (2020, 2, 13)),
        ("lør.", (2020, 2, 15)),
        ("i mandags", (2020, 2, 17)),
        ("i onsdags", (2020, 2, 12)),
        ("sidste torsdag", (2020, 2, 13)),
        ("forrige fredag", (2020, 2, 14)),
        ("på mandag", (2020, 2, 24)),
        ("på onsdag", (2020, 2, 26)),
        ("næste mandag", (2020, 2, 24)),
        ("naeste soendag", None),
        ("3/10", (2019, 10, 3)),
        ("19/2", (2020, 2, 19)),
        ("20/2", (2019, 2, 20)),
        ("29/2", (2016, 2, 29)),
        ("3-10", (2019, 10, 3)),
        ("3.10", None),
        ("31.10", (2019, 10, 31)),
        ("14.5", (2019, 5, 14)),
        ("d. 14.05", (2019, 5, 14)),
        ("3/10-19", (2019, 10, 3)),
        ("3/10-2019", (2019, 10, 3)),
        ("3/10/2019", (2019, 10, 3)),
        ("3/10 2019", (2019, 10, 3)),
        ("03-10-2019", (2019, 10, 3)),
        ("3–10–2019", (2019, 10, 3)),
        ("3.10.2019", (2019, 10, 3)),
        ("3.10.19", (2019, 10, 3)),
        ("3. 10. 2019", (2019, 10, 3)),
        ("03102019", (2019, 10, 3)),
        ("20191003", (2019, 10, 3)),
        ("2019-10-03", (2019, 10, 3)),
        ("3. okt 2019", (2019, 10, 3)),
        ("3.okt.19", (2019, 10, 3)),
        ("3 oktober", (2019, 10, 3)),
        ("3. okt '19", (2019, 10, 3)),
        ("d. 3. oktober, 2019", (2019, 10, 3)),
        ("den 3/10", (2019, 10, 3)),
        ("3. sep", (2019, 9, 3)),
        ("3. sept. 2019", (2019, 9, 3)),
        ("24. december", (2019, 12, 24)),
        ("onsdag den 9. oktober 2019", (2019, 10, 9)),
        ("ons 9/10", (2019, 10, 9)),
        ("på mandag d. 24/2", (2020, 2, 24)),
    ],
)
def test_a_day(text: str, day: tuple[int, int, int] | None) -> None:
    if day is None:
        with pytest.raises(DateError, match="kan være både"):
            parse_moment(text, NOW)
    else:
        assert parse_moment(text, NOW) == (date(*day), None)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("nu", (2020, 2, 19, 12, 0)),
        ("kl 9", (2020, 2, 19, 9, 0)),
        ("kl. 14.05", (2020, 2, 19, 14, 5)),
        ("klokken 14:05", (2020, 2, 19, 14, 5)),
        ("kl. 1405", (2020, 2, 19, 14, 5)),
        ("14:05", (2020, 2, 19, 14, 5)),
        ("14.35", (2020, 2, 19, 14, 35)),
        ("kl 0", (2020, 2, 19, 0, 0)),
        ("3. okt 2019 kl. 14", (2019, 10, 3, 14, 0)),
        ("3/10 kl 9", (2019, 10, 3, 9, 0)),
        ("3/10 14.05", (2019, 10, 3, 14, 5)),
        ("3.10 14.05", (2019, 10, 3, 14, 5)),
        ("3/10-19 9:30", (2019, 10, 3, 9, 30)),
        ("kl. 14 3/10", (2019, 10, 3, 14, 0)),
        ("14.05 i går", (2020, 2, 18, 14, 5)),
        ("i går, kl. 15.40", (2020, 2, 18, 15, 40)),
        ("i morges kl. 8", (2020, 2, 19, 8, 0)),
        ("fredag 14.35", (2020, 2, 14, 14, 35)),
        ("på fredag kl 10", (2020, 2, 21, 10, 0)),
        ("for 3 dage siden kl. 23.59", (2020, 2, 16, 23, 59)),
        ("2019-10-03T14:05", (2019, 10, 3, 14, 5)),
        ("2019-10-03 14:05:59", (2019, 10, 3, 14, 5)),
        ("2019-10-03T14:05+02:00", (2019, 10, 3, 14, 5)),
        ("2019-10-03T23:05Z", (2019, 10, 4, 1, 5)),
        ("3/10 kl. 9 sommertid", (2019, 10, 3, 9, 0)),
        ("for 2 timer siden", (2020, 2, 19, 10, 0)),
        ("for 20 minutter siden", (2020, 2, 19, 11, 40)),
        ("om en time", (2020, 2, 19, 13, 0)),
        ("om 13 timer", (2020, 2, 20, 1, 0)),
    ],
)
def test_a_day_and_an_hour(text: str, at: tuple[int, int, int, int, int]) -> None:
    day, instant = parse_moment(text, NOW)
    assert instant is not None
    assert instant.replace(second=0) == cph(*at)
    assert instant.tzinfo is TZ
    assert day == date(*at[:3])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/10", (2020, 10, 3)),
        ("19/2", (2020, 2, 19)),
        ("18/2", (2021, 2, 18)),
        ("29/2", (2020, 2, 29)),
        ("mandag", (2020, 2, 24)),
        ("i mandags", (2020, 2, 17)),
        ("i går", (2020, 2, 18)),
        ("3/10-19", (2019, 10, 3)),
    ],
)
def test_a_planned_day_is_the_nearest_to_come_where_the_text_leaves_it_open(
    text: str, day: tuple[int, int, int]
) -> None:
    assert parse_day(text, NOW, prefer_future=True) == date(*day)


def test_a_weekday_settles_the_year() -> None:
    assert parse_day("lør. 3. okt.", NOW) == date(2020, 10, 3)
    assert parse_day("tors. 3. okt.", NOW) == date(2019, 10, 3)


def test_the_day_is_the_one_in_copenhagen_whatever_zone_now_is_in() -> None:
    assert parse_day("i dag", datetime(2020, 2, 18, 23, 30, tzinfo=UTC)) == date(2020, 2, 19)


# --- what is refused, and how -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Her mangler en dag. Skriv fx"),
        ("   ", "Her mangler en dag"),
        ("hej", "»hej« kan jeg ikke læse som en dag. Skriv fx"),
        ("14.05", "»14.05« kan være både kl. 14.05 og 14. maj. Skriv kl. 14.05 eller 14/5."),
        ("fre. 14.05", "kan være både kl. 14.05 og 14. maj"),
        ("3/10 19", "kan være både året 2019 og kl. 19. Skriv 3/10-2019 eller 3/10 kl. 19."),
        ("3. okt. 9", "kan være både året 2009 og kl. 9"),
        ("onsdag", "»onsdag« er i dag. Skriv i dag, i onsdags eller på onsdag."),
        ("næste fredag", "kan være både 21. februar 2020 og 28. februar 2020. Skriv datoen, fx 21/2."),
        ("forrige mandag", "kan være både 17. februar 2020 og 10. februar 2020. Skriv datoen, fx 17/2."),
        ("031019", "kan læses forfra og bagfra. Skriv dag, måned og år med streger"),
        ("31/11", "»31/11« findes ikke: november har højst 30 dage. Ret dagen."),
        ("30/2", "februar har højst 29 dage"),
        ("29/2-2019", "»29/2-2019« findes ikke: februar 2019 har 28 dage. Ret dagen."),
        ("0/1", "findes ikke: januar"),
        ("10/13", "»10/13« har måned 13, men der er 12. Dagen står først: skriv 13/10."),
        ("13/13", "har måned 13, men der er 12. Ret måneden."),
        ("3/10-3019", "»3/10-3019« giver året 3019. Skriv et år fra 1900 til 2199"),
        ("om 9999 år", "giver året 9999"),
        ("tors. 9/10-2019", "passer ikke: 9. oktober 2019 er en onsdag. Ret ugedagen eller datoen."),
        ("man 9/10", "passer ikke: 9. oktober 2019 er en onsdag"),
        ("kl 24", "»kl 24« kan være begge ender af dagen. Skriv kl. 23.59 eller den næste dag kl. 0."),
        ("kl 25", "»kl 25« er ikke et klokkeslæt"),
        ("14:75", "»14:75« er ikke et klokkeslæt"),
        ("031019-1234", "Det ligner et CPR-nummer"),
        ("kl 9 kl 10", "kan jeg ikke læse"),
        ("14:05-15:00", "kan jeg ikke læse"),
        ("nu kl 9", "kan jeg ikke læse"),
        ("i aften kl. 8", "kan jeg ikke læse"),
        ("for 2 timer siden kl 9", "kan jeg ikke læse"),
        ("2019", "kan jeg ikke læse"),
        ("3/10-199", "kan jeg ikke læse"),
        ("uge 41", "kan jeg ikke læse"),
        ("om mange dage", "kan jeg ikke læse"),
        ("3. brumaire", "kan jeg ikke læse"),
        ("i går" + " " * 200 + "eller i dag", "kan jeg ikke læse"),
        ("2019-10-03T14:05+99:00", "er ikke en forskel fra UTC"),
    ],
)
def test_the_refusal_names_what_was_read_and_how_to_mend_it(text: str, says: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse_moment(text, NOW)
    assert says in str(refusal.value)


def test_an_hour_that_the_clock_skipped() -> None:
    with pytest.raises(DateError, match=r"Kl\. 2\.30 fandtes ikke søn\. 31\. marts 2019: uret blev stillet frem"):
        parse_moment("31/3-2019 kl. 2.30", NOW)


def test_an_hour_that_came_twice() -> None:
    with pytest.raises(DateError, match=r"Kl\. 2\.30 var der to gange søn\. 27\. okt\. 2019"):
        parse_moment("27/10-2019 kl. 2.30", NOW)
    _, first = parse_moment("27/10-2019 kl. 2.30 sommertid", NOW)
    _, second = parse_moment("27/10-2019 kl. 2.30 vintertid", NOW)
    assert first is not None
    assert second is not None
    assert second.timestamp() - first.timestamp() == 3600


def test_a_season_that_it_was_not() -> None:
    with pytest.raises(DateError, match="var ikke i sommertid"):
        parse_moment("3/1 kl. 9 sommertid", NOW)


@pytest.mark.parametrize("text", ["031019-1234", "0310191234", "barnet 031019 1234", "031019 - 1234 kl. 9"])
def test_a_cpr_number_is_not_shown_again(text: str) -> None:
    for read in (parse_moment, parse_birth):
        with pytest.raises(DateError) as refusal:
            read(text, NOW)
        assert "1234" not in str(refusal.value)


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(DateError) as refusal:
        parse_moment("x" * 10_000, NOW)
    assert len(str(refusal.value)) < 200


# --- any text at all --------------------------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        *("kl", "kl.", "den", "d.", "på", "i", "om", "for", "siden", "nu", "næste", "forrige", "mandag", "fre.", "okt"),
        *("sommertid", "vintertid", "z", "+01:00", *"/-.:,'T²፩３ \ud800\x00"),
        *DAYS_OFF,
        *UNITS,
    ]
)
almost_dates = st.lists(st.one_of(_WORDS, st.integers(0, 99999999).map(str), st.integers(0, 32).map(str)), max_size=8)


@settings(max_examples=400)
@given(
    st.one_of(st.text(), almost_dates.map("".join), almost_dates.map(" ".join)),
    st.one_of(moments, st.just(NOW), st.just(cph(2019, 10, 27, 2, 30, fold=1))),
    st.booleans(),
)
@example("፩፩፩፩፩፩፩፩", NOW, True)
@example("om 0 timer", NOW, True)
def test_no_text_raises_anything_but_a_date_error(text: str, now: datetime, prefer_future: bool) -> None:
    with suppress(DateError):
        day, at = parse_moment(text, now, prefer_future)
        assert type(day) is date
        assert at is None or (at.tzinfo is TZ and local_day(at) == day)
    with suppress(DateError):
        assert len(parse_birth(text, now)) in (7, 10)


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_a_day_as_danes_write_it() -> None:
    week = [format_day(date(2025, 2, 3) + timedelta(days=n), NOW) for n in range(7)]
    assert [words.split()[0] for words in week] == ["man.", "tirs.", "ons.", "tors.", "fre.", "lør.", "søn."]
    year = [format_day(date(2019, month, 1)) for month in range(1, 13)]
    assert " ".join(words.split()[2] for words in year) == (
        "jan. feb. marts april maj juni juli aug. sept. okt. nov. dec."
    )


def test_the_year_is_told_when_it_is_not_that_of_now() -> None:
    assert format_day(date(2019, 10, 9)) == "ons. 9. okt. 2019"
    assert format_day(date(2019, 10, 9), NOW) == "ons. 9. okt. 2019"
    assert format_day(date(2020, 10, 9), NOW) == "fre. 9. okt."
    assert format_day(date(2020, 10, 9), date(2020, 1, 1)) == "fre. 9. okt."
    assert format_day(date(2020, 1, 1), datetime(2019, 12, 31, 23, 30, tzinfo=UTC)) == "ons. 1. jan."


def test_a_moment_as_danes_write_it() -> None:
    received = cph(2025, 2, 7, 15, 40)
    assert format_moment(received, received) == "fre. 7. feb. kl. 15.40"
    assert format_moment(received.astimezone(UTC), received) == "fre. 7. feb. kl. 15.40"
    assert format_moment(received.date(), received) == "fre. 7. feb."
    assert format_clock(cph(2025, 2, 7, 9, 5)) == "kl. 9.05"
    assert format_clock(cph(2019, 10, 27, 2, 30, fold=1)) == "kl. 2.30 vintertid"


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (date(2020, 2, 19), "i dag"),
        (date(2020, 2, 20), "i morgen"),
        (date(2020, 2, 21), "om 2 dage"),
        (date(2020, 2, 18), "1 dag over"),
        (date(2020, 2, 16), "3 dage over"),
        (cph(2020, 2, 19, 17, 30), "om 5 timer"),
        (cph(2020, 2, 20, 11, 59), "om 23 timer"),
        (cph(2020, 2, 20, 12, 30), "i morgen"),
        (cph(2020, 2, 19, 13, 30), "om 1 time"),
        (cph(2020, 2, 19, 12, 21), "om 20 minutter"),
        (cph(2020, 2, 19, 12, 0), "nu"),
        (cph(2020, 2, 19, 11, 39), "21 minutter over"),
        (cph(2020, 2, 19, 10, 0), "2 timer over"),
        (cph(2020, 2, 17, 12, 0), "2 dage over"),
    ],
)
def test_how_far_off(when: date | datetime, says: str) -> None:
    assert format_relative(when, NOW) == says


def test_how_far_off_counts_the_hour_that_comes_twice() -> None:
    assert format_relative(cph(2019, 10, 27, 3), cph(2019, 10, 27, 1)) == "om 3 timer"


@given(known_days, moments, st.booleans())
@example(date(2020, 2, 29), cph(2020, 1, 1), False)
def test_every_day_shown_reads_back_as_itself(day: date, now: datetime, prefer_future: bool) -> None:
    assert parse_moment(format_day(day, now), now, prefer_future) == (day, None)
    assert parse_moment(format_day(day), now, prefer_future) == (day, None)


@given(st.integers(-400, 400), moments, st.booleans())
def test_every_day_near_now_reads_back_as_itself(off: int, now: datetime, prefer_future: bool) -> None:
    day = local_day(now) + timedelta(days=off)
    assert parse_day(format_day(day, now), now, prefer_future) == day


@given(moments, moments, st.booleans())
@example(cph(2019, 10, 27, 2, 30, fold=0), NOW, False)
@example(cph(2019, 10, 27, 2, 30, fold=1), NOW, True)
@example(cph(2019, 3, 31, 3, 0), NOW, True)
def test_every_moment_shown_reads_back_as_itself(at: datetime, now: datetime, prefer_future: bool) -> None:
    minute = at.replace(second=0, microsecond=0)
    day, read = parse_moment(format_moment(at, now), now, prefer_future)
    assert read is not None
    assert day == local_day(at)
    assert read.timestamp() == minute.timestamp()


@given(moments, st.datetimes(datetime(1996, 1, 1), datetime(2060, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))
def test_iso_reads_as_itself(now: datetime, at: datetime) -> None:
    minute = at.replace(second=0, microsecond=0)
    _, read = parse_moment(minute.isoformat(), now)
    assert read is not None
    assert read.timestamp() == minute.timestamp()
    assert parse_day(at.date().isoformat(), now) == at.date()


@given(moments)
def test_a_weekday_alone_is_within_a_week_on_the_side_asked_for(now: datetime) -> None:
    today = local_day(now)
    for off in range(1, 7):
        name = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")[(today.weekday() + off) % 7]
        assert parse_day(name, now, prefer_future=True) == today + timedelta(days=off)
        assert parse_day(name, now) == today + timedelta(days=off - 7)


# --- births -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("21/2-2012", "2012-02-21"),
        ("21/2-12", "2012-02-21"),
        ("21. feb. 2012", "2012-02-21"),
        ("21022012", "2012-02-21"),
        ("2012-02-21", "2012-02-21"),
        ("nov. 2009", "2009-11"),
        ("November 2009", "2009-11"),
        ("11/2009", "2009-11"),
        ("2009-11", "2009-11"),
        ("aug 2020", "2020-08"),
    ],
)
def test_a_birth_day_or_month(text: str, born: str) -> None:
    assert parse_birth(text, NOW) == born


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("21/2", "er ikke en fødselsdag med år"),
        ("i går", "er ikke en fødselsdag med år"),
        ("november", "er ikke en fødselsdag med år"),
        ("21/2-98", "ligger i fremtiden (2098). Skriv året med fire cifre"),
        ("13/2009", "har måned 13"),
        ("brumaire 2009", "er ikke en fødselsdag med år"),
        ("30/2-2012", "februar 2012 har 29 dage"),
    ],
)
def test_a_birth_that_is_refused(text: str, says: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse_birth(text, NOW)
    assert says in str(refusal.value)
