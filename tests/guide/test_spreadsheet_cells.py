"""One cell: as Danes type it, as Excel keeps it, and as it is refused."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from checklists.calendar import TZ
from guide.spreadsheet.cells import CellFault, as_birth, as_day, as_moment, as_number, as_text, at_clock, is_yes

DAY = date(2019, 10, 3)
NOW = datetime(2020, 4, 1, tzinfo=TZ)


@pytest.mark.parametrize(
    "cell",
    [
        "3-10-2019", "03-10-2019", "3/10 2019", "3/10-19", "03.10.19", "03.10.2019", "2019-10-03", "03102019",
        "3. oktober 2019", "3. okt 2019", "03-okt-19", "03-okt-2019", "torsdag 3/10-2019", " 3-10-2019\u00a0", "43741",
        43741, 43741.0, DAY, datetime(2019, 10, 3), "03-10-2019 00:00", "2019-10-03 00:00:00", "43741,0",
    ],
)  # fmt: skip
def test_a_day_as_danes_write_it(cell: Any) -> None:
    assert as_moment(cell) == (DAY, None)


@pytest.mark.parametrize(
    "cell",
    [
        "3-10-2019 14:05", "3/10 2019 kl. 14.05", "03.10.2019 14.05", "2019-10-03T14:05:00", "2019-10-03T14:05+02:00",
        datetime(2019, 10, 3, 14, 5), 43741.586805555555, "43741,5868055556", datetime(2019, 10, 3, 14, 4, 59, 999_999),
    ],
)  # fmt: skip
def test_a_day_with_its_hour(cell: Any) -> None:
    assert as_moment(cell) == (DAY, datetime(2019, 10, 3, 14, 5, tzinfo=TZ))


@pytest.mark.parametrize(
    "cell",
    [
        "3/10", "i går", "mandag", "14:05", "uge 40", "31-2-2019", "13-13-2019", "ja", "3102019", "1", 12, -5.0, True,
        1e300, "3/10-2019 og 4/10-2019", "efterår 2019", time(14, 5), "31-03-2019 02:30", "27-10-2019 02:30",
        "30-12-1899",
    ],
)  # fmt: skip
def test_a_day_that_is_none_or_could_be_several_is_refused(cell: Any) -> None:
    with pytest.raises(CellFault):
        as_day(cell)


@pytest.mark.parametrize(
    "cell", ["14.05", "14:05", "1405", "kl. 14.05", "kl 14:05", time(14, 5), 0.5868055555, "14:05:30"]
)
def test_an_hour_in_a_column_of_its_own(cell: Any) -> None:
    assert at_clock(DAY, cell).replace(second=0) == datetime(2019, 10, 3, 14, 5, tzinfo=TZ)


@pytest.mark.parametrize("cell", ["25.00", "eftermiddag", "14.05 og 15.00", "", 14.5])
def test_an_hour_that_is_none_is_refused(cell: Any) -> None:
    with pytest.raises(CellFault):
        at_clock(DAY, cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("3", 3), ("1.234,5", 1234.5), ("1234,5", 1234.5), ("1.234", 1234), ("-2", -2), (3.0, 3), (2.5, 2.5)],
)
def test_a_number_as_danes_write_it(cell: Any, number: float) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize("cell", ["1.5", "1,234.5", "tre", "", "1.23.4", float("inf"), "9" * 400])
def test_a_number_that_could_be_another_is_refused(cell: Any) -> None:
    with pytest.raises(CellFault):
        as_number(cell)


@pytest.mark.parametrize(
    ("cell", "born"),
    [("nov. 2009", "2009-11"), ("11-2009", "2009-11"), ("5-11-2009", "2009-11-05"), (date(2009, 11, 5), "2009-11-05")],
)
def test_a_birth_day_or_month(cell: Any, born: str) -> None:
    assert as_birth(cell, NOW, False) == born
    assert as_birth(cell, NOW, True) == "2009-11"


def test_yes_no_and_neither() -> None:
    assert [is_yes(cell) for cell in ("x", "Ja", True, 1.0, "", None, "nej", 0.0)] == [True] * 4 + [False] * 4
    with pytest.raises(CellFault):
        is_yes("måske")


def test_numbers_and_days_as_text() -> None:
    assert [as_text(c) for c in (4711.0, 3.5, "  a\r\nb ", None, DAY, True)] == [
        "4711", "3,5", "a\nb", "", "2019-10-03", "ja",
    ]  # fmt: skip
