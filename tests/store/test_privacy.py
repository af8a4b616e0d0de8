"""What looks like a CPR number, and what only has digits in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.events import new_id
from store.privacy import cpr_like


@pytest.mark.parametrize(
    "text",
    [
        "010203-1234",
        "0102031234",
        "010203 1234",
        "010203  1234",
        "01.02.03-1234",
        "01 02 03 1234",
        "01/02/03-1234",
        "01022003-1234",
        "010220031234",
        "CPR:010203–1234.",
        "x010203\u20111234y",
        "010203\u00a01234",
        "tlf. 31 12 010203-1234",
        "670203-1234",
        "3112991234",
        "Barnet (f. 290204-0000) er set",
    ],
)
def test_is_like_a_cpr_number(text: str) -> None:
    assert cpr_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "S-2019-014",
        "2019-10-09T14:00+02:00",
        "mødt 03-10-2019 kl. 14.00",
        "03-10-2019 1400",
        "3/10-2019",
        "tlf. 45 12 34 12",
        "+45 45123412",
        "4512345678",
        "000203-1234",
        "320203-1234",
        "011303-1234",
        "920203-1234",
        "010203-12345",
        "1010203-1234",
        "010203-123",
        "2009-11",
        "SEL § 155, stk. 2",
        "120 dage, 4 måneder, 24 timer",
    ],
)
def test_is_not_like_a_cpr_number(text: str) -> None:
    assert not cpr_like(text)


@given(
    st.dates().map(lambda day: f"{day:%d%m%y}"),
    st.sampled_from(["", "-", " ", " - "]),
    st.integers(0, 9999),
    st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=5),
)
def test_every_written_cpr_number_is_caught(day: str, between: str, serial: int, around: str) -> None:
    assert cpr_like(f"{around}{day}{between}{serial:04}{around}")


def test_an_id_made_here_is_never_like_one() -> None:
    ids = [new_id() for _ in range(1000)]
    assert not any(cpr_like(id_) or any(letter.isdigit() for letter in id_) for id_ in ids)
    assert len(set(ids)) == 1000
