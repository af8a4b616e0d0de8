"""Rounds folded from the log: a repair closes when somebody else has looked again, and nothing is told by person."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.measures.catalogue import ALL
from checklists.requirements import REQUIREMENTS
from checklists.supervision import Repair, Reviewed, SupervisionRound, overrides, recently_drawn, repairs
from checklists.supervision_fold import rounds
from checklists.supervision_sheet import Count, Shown, Trend, TrendRow, trend
from tests.checklists.build import ENTERED, Log, Row

DAY = date(2020, 2, 17)


@dataclass
class Rounds:
    """Rows of reviews, said in one line each; ``now`` is the end of ``DAY`` plus some days."""

    rows: list[Row] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    def row(self, step: str, case: str = "", by: str = "FL", after: int = 0, replaces: str = "", **value: Any) -> str:
        number = next(self.numbers)
        if "due" in value:  # the log calls an agreed day "by"
            value["by"] = value.pop("due")
        row = Row(
            id=f"r{number:03d}",
            kind="review",
            case=case,
            run=value.pop("run", "tilsyn-1"),
            step=step,
            day=DAY + timedelta(days=after),
            value=value,
            by=by,
            recorded=ENTERED + timedelta(seconds=number),
            replaces=replaces,
        )
        self.rows.append(row)
        return row.id

    def drawn(self, *cases: str, run: str = "tilsyn-1", after: int = 0) -> None:
        self.row("draw", seed="a", cases=3, **{"from": "2019-02-17", "to": "2020-02-17"}, run=run, after=after)
        for case in cases:
            self.row("drawn", case, staff="LH", run=run, after=after)

    def fold(self, after: int = 0) -> tuple[SupervisionRound, ...]:
        return rounds(self.rows, end_of_day(DAY + timedelta(days=after)))

    def case(self, case: str = "S-1", after: int = 30) -> Reviewed:
        found = self.fold(after)[-1].find(case)
        assert found is not None
        return found

    def repair(self, after: int = 30) -> Repair:
        return self.case(after=after).repairs[0]


def begun(**value: Any) -> tuple[Rounds, str]:
    """A round with a repair in case S-1, which LH holds."""
    log = Rounds()
    log.drawn("S-1", "S-2")
    return log, log.row("repair", "S-1", **({"text": "Lav planen", "due": "2020-03-01"} | value))


class TestRepairs:
    def test_it_is_open_until_it_is_looked_at_again(self) -> None:
        log, repair = begun()
        assert (log.repair().state, log.repair().agreed) == ("open", date(2020, 3, 1))
        log.row("mended", "S-1", by="LH", after=1, repair=repair)
        assert log.repair().state == "said done"
        log.row("rechecked", "S-1", by="FL", after=2, repair=repair, in_order=True)
        assert log.repair().state == "closed"
        assert log.repair(after=1).state == "said done"

    def test_nobody_closes_what_they_ticked_or_what_was_theirs(self) -> None:
        for ticker, checker in (("LH", "LH"), ("AB", "AB"), ("AB", "LH")):
            log, repair = begun()
            log.row("mended", "S-1", by=ticker, after=1, repair=repair)
            log.row("rechecked", "S-1", by=checker, after=2, repair=repair, in_order=True)
            assert log.repair().state == "said done"

    def test_not_in_order_opens_it_again_with_a_new_day(self) -> None:
        log, repair = begun()
        log.row("mended", "S-1", by="LH", after=1, repair=repair)
        log.row("rechecked", "S-1", after=2, repair=repair, in_order=False, text="Mere mangler", due="2020-04-01")
        assert (log.repair().state, log.repair().agreed) == ("open", date(2020, 4, 1))
        log.row("mended", "S-1", by="LH", after=3, repair=repair)
        assert log.repair().state == "said done"
        log.row("rechecked", "S-1", after=4, repair=repair, in_order=True)
        assert log.repair().closed

    def test_what_cannot_be_undone_says_so_until_it_is_looked_at(self) -> None:
        log, repair = begun(undoable=False, helps="Tal med barnet nu")
        log.row("mended", "S-1", by="LH", repair=repair)
        assert (log.repair().state, log.repair().helps) == ("cannot be undone", "Tal med barnet nu")
        log.row("rechecked", "S-1", repair=repair, in_order=True)
        assert log.repair().closed

    def test_a_correction_keeps_the_repair_its_number_and_its_answers(self) -> None:
        log, repair = begun()
        second = log.row("strength", about="S-1", text="Godt blik")
        log.row("answer", by="LH", about="S-1", point=repair, text="Enig")
        log.row("repair", "S-1", after=3, replaces=repair, text="Lav den færdig", due="2020-03-09")
        found = log.repair()
        assert (found.id, found.key, found.text, found.agreed) == (repair, "S-1.1", "Lav den færdig", date(2020, 3, 9))
        assert [reply.text for reply in found.replies] == ["Enig"]
        assert [(n.id, n.key) for n in log.case().notes] == [(second, "S-1.2")]

    def test_they_are_listed_by_agreed_day_over_all_rounds(self) -> None:
        log, _ = begun(due="2020-05-01")
        log.row("repair", "S-2", text="b", due="2020-03-01")
        log.row("repair", "S-2", text="c")
        assert [r.text for r in repairs(log.fold(1))] == ["b", "Lav planen", "c"]


class TestRounds:
    def test_a_replaced_case_is_out_and_the_other_in(self) -> None:
        log = Rounds()
        log.drawn("S-1", "S-2")
        log.row("replaced", "S-1", reason="flyttet")
        log.row("drawn", "S-3", staff="LH", instead_of="S-1")
        (found,) = log.fold()
        assert [c.case for c in found.present] == ["S-2", "S-3"]
        assert [(c.case, c.out) for c in found.cases if c.out] == [("S-1", "flyttet")]
        assert recently_drawn([found], DAY) == {"S-2", "S-3"}
        assert recently_drawn([found], DAY + timedelta(days=1)) == set()

    def test_only_answers_with_a_reason_override_the_dates(self) -> None:
        log = Rounds()
        log.drawn("S-1")
        log.row("compliance", "S-1", measure="plan-missing", answer="ja", reason="Planen er i bilag 3")
        log.row("compliance", "S-1", measure="child-talk", answer="nej", reason="")
        found = overrides(log.fold())
        assert {code: [(o.answer, o.by) for o in given] for code, given in found["S-1"].items()} == {
            "plan-missing": [("fine", "FL")]
        }

    def test_rows_of_a_round_never_drawn_and_of_tomorrow_are_not_seen(self) -> None:
        log = Rounds()
        log.row("drawn", "S-1", staff="LH", run="tilsyn-7")
        log.drawn("S-2", after=5)
        assert log.fold() == ()
        assert [one.id for one in log.fold(5)] == ["tilsyn-1"]

    @given(st.randoms(use_true_random=False))
    def test_the_order_rows_arrive_in_decides_nothing(self, chance: Any) -> None:
        log, repair = begun()
        log.row("quality", about="S-1", theme="Opfølgning", degree="høj", text="x")
        log.row("mended", "S-1", by="LH", after=1, repair=repair)
        log.row("rechecked", "S-1", after=2, repair=repair, in_order=False, text="y")
        log.row("compliance", "S-1", measure="child-talk", answer="ja", reason="z")
        log.row("talk", staff="LH", when="2020-02-25T10:00")
        once = log.fold(9)
        chance.shuffle(log.rows)
        assert log.fold(9) == once

    def test_the_case_itself_does_not_see_its_reviews(self) -> None:
        log = Log()
        log.run("underretning-1", "2019-05-01")
        log.step("underretning-1/modtaget", "2019-05-01")
        review = Row(id="r1", kind="review", run="tilsyn-1", step="drawn", day=date(2020, 1, 1), value={"staff": "LH"})
        now = end_of_day(DAY)
        assert fold("S-1", [*log.rows, review], now) == fold("S-1", log.rows, now)


def shown_of(name: str, rules: str, **counts: tuple[int, int]) -> Shown:
    found = Rounds()
    found.drawn("S-1", run=name)
    (one,) = found.fold()
    told = tuple(Count(code, "t", code, code, "lov", n, m) for code, (n, m) in counts.items())
    return Shown(one, 1, 1, told, (), (), (), rules, rules)


class TestTrend:
    def test_measures_stand_side_by_side_and_different_rules_are_told(self) -> None:
        found = trend([shown_of("tilsyn-1", "1 SEL:aa", a=(3, 8), b=(1, 2)), shown_of("tilsyn-2", "1 BL:bb", a=(1, 9))])
        assert [(r.code, [c and (c.deficient, c.relevant) for c in r.counts]) for r in found.rows] == [
            ("a", [(3, 8), (1, 9)]),
            ("b", [(1, 2), None]),
        ]
        assert "ikke talt efter de samme regler (tilsyn-1: 1 SEL:aa; tilsyn-2: 1 BL:bb)" in found.notes[0]

    def test_with_the_same_rules_nothing_is_told(self) -> None:
        assert trend([shown_of("tilsyn-1", "1", a=(3, 8)), shown_of("tilsyn-2", "1", a=(1, 9))]).notes == ()

    def test_there_is_no_place_for_a_caseworker_in_it(self) -> None:
        names = {f.name for kind in (Trend, TrendRow, Count) for f in fields(kind)}
        assert not names & {"staff", "caseworker", "by", "person"}


def test_every_measure_says_what_it_asks_for() -> None:
    assert {measure.code for measure in ALL} <= set(REQUIREMENTS)
