"""The ages that matter are dates in the case, each under the law of its own day."""

from __future__ import annotations

from datetime import date

from checklists.ages import birthdays, coming, passed_between
from handbook.load import bundled
from handbook.model import Handbook, Law
from tests.checklists.build import SEL

BOTH: dict[Law, Handbook] = {"serviceloven": SEL, "barnets_lov": bundled("barnets_lov")}


def test_a_birth_day_gives_each_age_its_day() -> None:
    found = birthdays("2014-05-03", BOTH)
    assert [(b.label, b.first) for b in found] == [
        ("10", date(2024, 5, 3)),
        ("12", date(2026, 5, 3)),
        ("15", date(2029, 5, 3)),
        ("16", date(2030, 5, 3)),
        ("17½", date(2031, 11, 3)),
        ("18", date(2032, 5, 3)),
    ]


def test_a_birth_month_gives_a_first_and_a_last_day() -> None:
    ten = birthdays("2014-02", BOTH)[0]
    assert (ten.first, ten.last) == (date(2024, 2, 1), date(2024, 2, 29))


def test_ten_matters_only_where_it_is_reached_under_barnets_lov() -> None:
    assert next(b.label for b in birthdays("2013-12-31", BOTH)) == "12"
    assert next(b.label for b in birthdays("2014-01-01", BOTH)) == "10"


def test_each_age_is_told_under_the_law_of_its_day() -> None:
    found = {b.label: b.law for b in birthdays("2008-06-10", BOTH)}
    assert found["15"] == "serviceloven"
    assert found["16"] == "barnets_lov"


def test_what_a_later_decision_has_to_know() -> None:
    known = passed_between("2014-05-03", BOTH, date(2024, 3, 1), date(2024, 6, 1))
    assert [b.label for b in known] == ["10"]
    assert passed_between("2014-05-03", BOTH, date(2024, 3, 1), date(2024, 5, 2)) == ()


def test_a_birthday_today_still_counts_as_coming() -> None:
    assert coming("2014-05-03", BOTH, date(2024, 5, 3))[0].label == "10"
    assert coming("2014-05-03", BOTH, date(2024, 5, 4))[0].label == "12"


def test_an_unknown_birth_has_no_birthdays() -> None:
    assert birthdays("", BOTH) == ()
