"""The draw: the same for a seed whatever order the cases come in, and honest about what it left out."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.measures.model import Round
from checklists.sample import Candidate, candidates, draw, eligible, in_order, next_case
from tests.checklists.build import SEL, Log

CASES = [Candidate(f"S-{n}", "LH" if n % 2 else "MK") for n in range(20)]
BOOKS = {"serviceloven": SEL}
ASKED = Round(date(2019, 2, 17), date(2020, 2, 17), end_of_day(date(2020, 2, 17)))

_some = st.lists(
    st.builds(Candidate, st.integers(0, 40).map(lambda n: f"S-{n}"), st.sampled_from(["LH", "MK", "AS"])),
    unique_by=lambda c: c.case,
    max_size=30,
)


@given(_some, st.randoms(use_true_random=False), st.text(max_size=5), st.integers(1, 5))
def test_the_same_seed_draws_the_same_cases_whatever_the_order(
    found: list[Candidate], chance: object, seed: str, wanted: int
) -> None:
    once = draw(found, seed, wanted)
    chance.shuffle(found)  # type: ignore[attr-defined]
    assert draw(iter(found), seed, wanted) == once
    for share in once:
        assert len(share.drawn) == min(wanted, len(share.eligible))
        assert share.short == wanted - len(share.drawn)
        assert {Candidate(case, share.staff) for case in share.drawn} <= set(found)


def test_the_order_of_a_seed_never_changes() -> None:
    """So that a round from years ago can be drawn again: SHA-256 of seed, initials and case with a NUL between."""
    assert in_order("a", "LH", ["S-1", "S-2", "S-3"]) == ["S-1", "S-2", "S-3"]
    assert in_order("b", "LH", ["S-1", "S-2", "S-3"]) == ["S-3", "S-2", "S-1"]


def test_cases_drawn_recently_are_left_out_and_counted() -> None:
    first = draw(CASES, "x", 3)
    recent = {case for share in first for case in share.drawn}
    again = draw(CASES, "x", 3, recent)
    assert not recent & {case for share in again for case in share.drawn}
    assert [share.left_out for share in again] == [tuple(sorted(share.drawn)) for share in first]


def test_too_few_cases_are_all_drawn_and_it_is_said() -> None:
    (share,) = draw([Candidate("S-1", "LH"), Candidate("S-2", "LH")], "x", 3, {"S-2"})
    assert (share.drawn, share.left_out, share.short) == (("S-1",), ("S-2",), 2)


def test_the_next_case_is_the_next_in_the_same_order() -> None:
    whole = in_order("x", "LH", [c.case for c in CASES if c.staff == "LH"])
    assert next_case(CASES, "x", "LH", set(whole[:3])) == whole[3]
    assert next_case(CASES, "x", "LH", set(whole[:3]), {whole[3]}) == whole[4]
    assert next_case(CASES, "x", "LH", set(whole)) is None


def test_an_intake_team_is_drawn_by_notifications_and_an_advisory_team_by_decisions() -> None:
    notified = Log("2019-05-01")
    notified.holder("LH", "2019-05-01")
    notified.run("underretning-1", "2019-05-01")
    notified.step("underretning-1/modtaget", "2019-05-01")
    case = fold("S-1", notified.rows, ASKED.seen)
    assert eligible(case, BOOKS, ASKED, "intake")
    assert not eligible(case, BOOKS, ASKED, "advisory")
    assert list(candidates([("S-1", notified.rows)], BOOKS, ASKED, {"t": "intake"}.__getitem__)) == [
        Candidate("S-1", "LH")
    ]
    later = Round(date(2019, 6, 1), ASKED.end, ASKED.seen)
    assert not eligible(case, BOOKS, later, "intake")


def test_a_case_nobody_holds_on_the_day_is_drawn_from_nobody() -> None:
    loose = Log("2019-05-01")
    loose.run("underretning-1", "2019-05-01")
    loose.step("underretning-1/modtaget", "2019-05-01")
    assert list(candidates([("S-1", loose.rows)], BOOKS, ASKED, lambda _: "intake")) == []
