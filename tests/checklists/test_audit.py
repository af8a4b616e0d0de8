"""Which cases enter a round and under what, whose fault a fault is, and two rounds side by side."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from checklists.audit import audit, bracket, caveat, natural
from checklists.calendar import end_of_day
from checklists.comparison import Summary, Tally, compare
from checklists.measures.catalogue import ALL
from checklists.measures.rules import rules_id
from tests.checklists.build import Log
from tests.checklists.measured import BOTH, YEAR_2019, counted, decision, said


def offered(day: str, log: Log | None = None) -> Log:
    log = log or Log("2018-01-01")
    log.run("tidlig-indsats-1", day)
    log.step("tidlig-indsats-1/tilbud", day, {"valg": "konsulentbistand"})
    return log


def entry(log: Log, period: tuple[str, str] = YEAR_2019) -> tuple[str, str, str]:
    found = counted(log, period).entered
    return (found[0].entered, found[0].kind, found[0].day.isoformat()) if found else ("", "", "")


class TestEntering:
    def test_a_case_enters_once_under_its_last_decision(self) -> None:
        log = decision("2019-03-05", "kontaktperson")
        log.item("m2", "2019-09-01", kind="anbringelse", run="afgoerelse-2")
        log.run("afgoerelse-2", "2019-09-01")
        log.step("afgoerelse-2/truffet", "2019-09-10", items="m2")
        assert entry(log) == ("decision", "anbringelse", "2019-09-10")
        assert entry(log, ("2019-01-01", "2019-08-31")) == ("decision", "kontaktperson", "2019-03-05")

    def test_a_decision_goes_before_a_later_offer(self) -> None:
        assert entry(offered("2019-11-01", decision()))[0] == "decision"

    def test_an_offer_goes_before_a_running_placement(self) -> None:
        log = decision("2018-06-03", "anbringelse")
        log.step("afgoerelse-1/ivaerksat", "2018-06-10", items="m1")
        assert entry(log)[0] == "follow-up"
        assert entry(offered("2019-02-01", log)) == ("offer", "konsulentbistand", "2019-02-01")

    @pytest.mark.parametrize(
        ("day", "enters"), [("2018-12-31", False), ("2019-01-01", True), ("2019-12-31", True), ("2020-01-01", False)]
    )
    def test_both_ends_of_the_period_are_in_it(self, day: str, enters: bool) -> None:
        found = counted(decision(day, known="2018-01-01"), today="2020-06-01")
        assert bool(found.entered) is enters

    def test_the_main_measure_is_the_most_far_reaching(self) -> None:
        assert entry(decision(kinds="kontaktperson familiebehandling"))[1] == "familiebehandling"
        assert entry(decision(kinds="familiebehandling anbringelse"))[1] == "anbringelse"

    def test_a_decision_from_before_the_case_was_known_is_not_judged(self) -> None:
        assert entry(decision("2019-03-05", known="2019-04-01")) == ("", "", "")

    def test_a_case_known_only_after_the_period_is_outside_it(self) -> None:
        log = decision("2018-06-03", "anbringelse", known="2020-01-01")
        log.step("afgoerelse-1/ivaerksat", "2018-06-10", items="m1")
        found = counted(log, today="2020-06-01")
        assert found.outside == (("S-1", "sagen er først kendt her efter perioden"),)

    def test_what_happened_after_now_is_not_known(self) -> None:
        assert counted(decision("2019-06-03"), today="2019-06-02").entered == ()

    def test_a_decision_only_planned_is_none(self) -> None:
        log = Log("2018-01-01")
        log.item("m1", "2019-05-01")
        log.run("afgoerelse-1", "2019-05-01")
        log.step("afgoerelse-1/truffet", "2019-06-03", {"status": "planned"}, items="m1")
        assert counted(log).entered == ()

    def test_a_case_that_does_not_enter_is_named_with_the_reason(self) -> None:
        assert counted(Log("2018-01-01")).outside[0][0] == "S-1"

    def test_the_order_of_the_rows_is_irrelevant(self) -> None:
        log = decision()
        tables = set()
        for rows in list(permutations(log.rows[-4:])):
            mixed = [*rows, *log.rows[:-4]]
            found = audit(
                [("S-1", mixed)], BOTH, (date(2019, 1, 1), date(2019, 12, 31)), end_of_day(date(2019, 12, 31))
            )
            tables.add(tuple((c.measure.code, c.verdicts[0][1]) for c in found.measures))
        assert len(tables) == 1


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("2015-06-03", "2019-06-02", "0-3"),
        ("2015-06-03", "2019-06-03", "4-7"),
        ("2015-06", "2019-06-29", "0-3"),
        ("2015-06", "2019-06-30", "4-7"),
        ("2001-06-03", "2019-06-03", "18+"),
        ("", "2019-06-03", "ukendt"),
    ],
)
def test_age_brackets(born: str, on: str, expected: str) -> None:
    assert bracket(born, date.fromisoformat(on)) == expected


def test_case_numbers_sort_as_people_sort_them() -> None:
    mixed = ["D10", "D2", "S-2019-10", "S-2019-9", "7"]
    assert sorted(mixed, key=natural) == ["7", "D2", "D10", "S-2019-9", "S-2019-10"]


class TestHolder:
    def log(self) -> Log:
        """LH held the case when the decision was taken without a plan; MK took over in August."""
        log = decision("2019-06-03")
        log.holder("LH", "2019-01-01")
        log.holder("MK", "2019-08-01")
        return log

    def verdict(self, staff: str, code: str) -> str:
        found = counted(self.log(), held_by=staff)
        return said(next(c for c in found.measures if c.measure.code == code).verdicts[0][1])

    def test_a_fault_belongs_to_whoever_held_the_case_then(self) -> None:
        assert self.verdict("LH", "plan-missing") == "plan-missing"
        assert self.verdict("MK", "plan-missing") == "out"

    def test_a_case_never_held_in_the_period_is_not_shown(self) -> None:
        assert counted(self.log(), held_by="AS").entered == ()
        assert counted(self.log(), ("2019-09-01", "2019-12-31"), held_by="LH").entered == ()

    def test_nothing_in_the_answer_is_sorted_or_summed_by_person(self) -> None:
        found = counted(self.log())
        assert "LH" not in repr(found.measures[0].verdicts[0][1])


class TestRules:
    PERIOD = (date(2023, 7, 1), date(2024, 6, 30))

    def test_the_laws_that_govern_a_day_of_the_period_are_named(self) -> None:
        assert counted(decision()).laws == ("serviceloven",)
        assert counted(decision("2024-02-01"), ("2023-07-01", "2024-06-30")).laws == ("serviceloven", "barnets_lov")

    def test_the_id_tells_editions_and_the_start_rule_apart(self) -> None:
        sel = rules_id(BOTH, ("serviceloven",), True)
        assert sel.startswith("1 SEL:")
        assert len({sel, rules_id(BOTH, ("barnets_lov",), True), rules_id(BOTH, ("serviceloven",), False)}) == 3
        assert sel == rules_id(BOTH, ("serviceloven",), True)

    def test_a_law_keeps_only_the_cases_judged_under_it(self) -> None:
        log, now = decision("2024-02-01"), end_of_day(self.PERIOD[1])
        assert audit([("S-1", log.rows)], BOTH, self.PERIOD, now, law="serviceloven").entered == ()
        found = audit([("S-1", log.rows)], BOTH, self.PERIOD, now, law="barnets_lov")
        assert len(found.entered) == 1
        assert next(c for c in found.measures if c.measure.code == "child-talk").name == "§ 5-børnesamtale ikke opfyldt"


def summary(start: str, rules: str = "1 SEL:a", about: str = "alle sager", **tallies: tuple[int, int]) -> Summary:
    first = date.fromisoformat(start)
    named = {code.replace("_", "-"): Tally(code, n, m) for code, (n, m) in tallies.items()}
    return Summary(first, first.replace(month=12), rules, about, named)


class TestComparison:
    def test_the_earlier_round_comes_first_whatever_the_order(self) -> None:
        one, other = summary("2017-01-01", child_talk=(11, 17)), summary("2019-01-01", child_talk=(6, 11))
        for found in (compare(one, other), compare(other, one)):
            assert found.earlier is one
            row = found.rows[0]
            assert row.earlier is not None
            assert (row.earlier.deficient, row.earlier.relevant) == (11, 17)
            assert (found.same_rules, found.notes) == (True, ())

    def test_it_says_when_the_rules_differ(self) -> None:
        found = compare(summary("2019-01-01"), summary("2024-01-01", "1 BL:b"))
        assert not found.same_rules
        assert "Reglerne er ikke de samme" in found.notes[0]

    def test_it_says_when_cases_periods_or_measures_differ(self) -> None:
        found = compare(summary("2019-01-01", visits=(1, 3)), summary("2019-06-01", about="team A", receipt=(0, 2)))
        told = " ".join(found.notes)
        assert "ikke om de samme sager" in told
        assert "overlapper" in told
        assert "Kun i den seneste runde: receipt" in told
        assert "Kun i den tidligste runde: visits" in told
        assert [(row.code, row.earlier is None, row.later is None) for row in found.rows] == [
            ("receipt", True, False),
            ("visits", False, True),
        ]


def test_the_caveat_says_how_little_it_rests_on() -> None:
    assert "1 sag " in caveat(1, [1])
    assert "flytter én sag andelen 33 procentpoint" in caveat(20, [11, 3, 0])
    assert "medarbejderne" in caveat(0, [])


def test_every_measure_has_what_the_tables_show() -> None:
    assert len({m.code for m in ALL}) == len(ALL)
    for measure in ALL:
        assert measure.name
        assert measure.clauses
        assert (
            set(measure.clauses) == {"serviceloven", "barnets_lov"}
            or measure.gone
            or "serviceloven" not in (measure.clauses)
        )
