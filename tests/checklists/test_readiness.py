"""Before a decision: what is missing, who was heard, what has changed since, and the committee's days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from checklists.acute import route
from checklists.calendar import TZ, end_of_day
from checklists.changed import outdated
from checklists.decisions import Decision, find_decision
from checklists.facts import fold
from checklists.involvement import holders, leading_to, parity, talks
from checklists.meeting import closed_meeting, next_meeting
from checklists.progress import assess
from checklists.readiness import Readiness, first_sentence, readiness
from checklists.states import Progress
from guide.editions import load_handbooks
from handbook.settings import Committee
from store.events import Event


@pytest.fixture(scope="module")
def books() -> Any:
    return load_handbooks()


class Made:
    """A case written down row by row, seen at the end of a day."""

    def __init__(self, books: Any, day: str = "2022-03-01") -> None:
        self.books, self.rows = books, list[Event]()
        self.add("case", day=day, value={"born": "2011-05", "known_from": day})

    def add(self, kind: str, day: str, **given: Any) -> None:
        when = date.fromisoformat(day)
        items = tuple(given.pop("items", ()))
        recorded = datetime(when.year, when.month, when.day, 12, tzinfo=TZ)
        row = Event(
            id=f"r{len(self.rows)}", kind=kind, case="S", day=when, items=items, by="LH", recorded=recorded, **given
        )
        self.rows.append(row)

    def item(self, id: str, day: str, kind: str, type: str = "foranstaltning") -> None:
        self.add("item", day, items=[id], value={"type": type, "kind": kind, "label": "" if kind else id})

    def run(self, id: str, day: str, **value: Any) -> None:
        self.add("run", day, run=id, procedure=id.rpartition("-")[0], value=value or None)

    def did(self, run: str, step: str, day: str, value: Any = None, items: tuple[str, ...] = ()) -> None:
        self.add("record", day, run=run, procedure=run.rpartition("-")[0], step=step, value=value, items=items)

    def progress(self, day: str) -> Progress:
        now = end_of_day(date.fromisoformat(day))
        return assess(fold("S", self.rows, now), self.books, now)

    def decision(self, day: str) -> Decision:
        found = find_decision(self.progress(day), self.books)
        assert found is not None
        return found

    def ready(self, day: str) -> Readiness:
        return readiness(self.decision(day))


@pytest.fixture
def made(books: Any) -> Made:
    """Two custody holders, an investigation that ended, and a decision about a contact person on its way."""
    case = Made(books)
    case.item("fA", "2022-03-01", "", "forældremyndighedsindehaver")
    case.item("fB", "2022-03-01", "", "forældremyndighedsindehaver")
    case.run("boernefaglig-undersoegelse-1", "2022-03-01")
    case.did("boernefaglig-undersoegelse-1", "udloesende", "2022-03-01")
    case.did("boernefaglig-undersoegelse-1", "afsluttet", "2022-05-02", "stoette")
    case.run("afgoerelse-1", "2022-05-03", opened_by="boernefaglig-undersoegelse-1")
    case.item("m1", "2022-05-03", "kontaktperson")
    return case


def steps(found: Readiness) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(m.finding.basis, m.finding.step, m.finding.items) for m in found.missing]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Fra det fyldte 10. år er barnet selv part. Giv det tid.", "Fra det fyldte 10. år er barnet selv part."),
        ("Melder lederen 15 pct. fravær, så svar. Ring først.", "Melder lederen 15 pct. fravær, så svar."),
        ("Efter [§ 52, stk. 2](x.md), også nu. § 50 gælder.", "Efter § 52, stk. 2, også nu."),
        ("Er det sådan? Så skriv.", "Er det sådan?"),
    ],
)
def test_the_first_sentence_is_a_whole_one(text: str, first: str) -> None:
    assert first_sentence(text) == first


class TestMissing:
    def test_a_talk_about_each_measure_and_a_yes_from_each_holder(self, made: Made) -> None:
        made.item("m2", "2022-05-04", "aflastning")
        asked = steps(made.ready("2022-05-10"))
        assert ("lov", "holdt", ("m1",)) in asked
        assert ("lov", "holdt", ("m2",)) in asked
        assert {items for _, step, items in asked if step == "samtykke"} == {("fA",), ("fB",)}

    def test_the_other_holders_yes_is_asked_for_by_practice(self, made: Made) -> None:
        """SEL § 52 and BL § 32 name the custody holder in the singular; that both are asked is practice."""
        asked = made.ready("2022-05-10").missing
        assert {(m.finding.basis, m.finding.items) for m in asked if m.finding.step == "samtykke"} == {
            ("lov", ("fA",)),
            ("praksis", ("fB",)),
        }
        made.did("afgoerelse-1", "samtykke", "2022-05-05", "skriftligt", ("fB",))
        assert ("praksis", "samtykke", ("fA",)) in steps(made.ready("2022-05-10"))

    def test_what_is_recorded_is_not_asked_for_again(self, made: Made) -> None:
        made.run("boernesamtale-1", "2022-05-04", serves="afgoerelse-1")
        made.did("boernesamtale-1", "holdt", "2022-05-05", {"holdt_af": "myndighedssagsbehandler"}, ("m1",))
        assert "holdt" not in [step for _, step, _ in steps(made.ready("2022-05-10"))]

    def test_the_law_comes_first_and_good_habit_last(self, made: Made) -> None:
        order = [m.finding.basis for m in made.ready("2022-05-10").missing]
        assert order == sorted(order, key=("lov", "praksis", "lokal", "faglig").index)

    def test_a_measure_that_comes_in_later_opens_consent_and_hearing_again(self, made: Made) -> None:
        made.did("afgoerelse-1", "samtykke", "2022-05-05", "skriftligt", ("fA",))
        made.did("afgoerelse-1", "partshoering", "2022-05-05", "hoert", ("fA",))
        before = steps(made.ready("2022-05-10"))
        assert ("lov", "samtykke", ("fA",)) not in before
        made.item("m2", "2022-05-12", "aflastning")
        after = made.ready("2022-05-13")
        again = [m.finding for m in after.missing if m.finding.code == "before-measure"]
        assert {(f.step, f.items) for f in again} == {("samtykke", ("fA",)), ("partshoering", ("fA",))}
        assert "5. maj 2022, før aflastning kom med 12. maj 2022" in again[0].text

    def test_a_measure_without_a_label_is_named_in_words(self, made: Made) -> None:
        made.item("m2", "2022-05-04", "praktisk-stoette")
        told = [m.finding.text for m in made.ready("2022-05-10").missing if m.finding.items == ("m2",)]
        assert told
        assert all("(praktisk støtte i hjemmet)" in text for text in told)

    def test_on_the_same_day_nothing_is_opened_again(self, made: Made) -> None:
        made.did("afgoerelse-1", "samtykke", "2022-05-05", "skriftligt", ("fA",))
        made.item("m2", "2022-05-05", "aflastning")
        assert not [m for m in made.ready("2022-05-06").missing if m.finding.code == "before-measure"]

    def test_a_decision_taken_is_no_longer_on_its_way(self, made: Made) -> None:
        made.did("afgoerelse-1", "truffet", "2022-05-20", items=("m1",))
        progress = made.progress("2022-05-20")
        assert find_decision(progress, made.books) is None
        named = find_decision(progress, made.books, "afgoerelse-1")
        assert named is not None
        assert readiness(named).decided == date(2022, 5, 20)

    @pytest.mark.parametrize(
        ("day", "kind", "answer", "asked"),
        [
            ("2022-05-03", "kontaktperson", "", True),
            ("2022-05-03", "kontaktperson", "ny", True),
            ("2022-05-03", "kontaktperson", "tidligere", False),
            ("2022-05-03", "anbringelse", "foreloebig", False),
            ("2024-05-03", "kontaktperson", "", True),
            ("2024-05-03", "kontaktperson", "afdaekning", False),
            ("2024-05-03", "anbringelse", "", True),
        ],
    )
    def test_a_decision_with_nothing_to_rest_on_is_told(
        self, books: Any, day: str, kind: str, answer: str, asked: bool
    ) -> None:
        case = Made(books, day)
        case.run("afgoerelse-1", day)
        case.item("m1", day, kind)
        if answer:
            case.did("afgoerelse-1", "grundlag", day, {"valg": answer})
        codes = [m.finding.code for m in case.ready(day).missing]
        assert ("no-investigation" in codes) is asked

    def test_support_may_rest_on_an_afdaekning_and_a_placement_may_not(self, books: Any) -> None:
        case = Made(books, "2024-05-01")
        case.run("afdaekning-1", "2024-05-01")
        case.run("afgoerelse-1", "2024-05-03")
        case.item("m1", "2024-05-03", "kontaktperson")
        assert "no-investigation" not in [m.finding.code for m in case.ready("2024-05-03").missing]
        case.item("m2", "2024-05-03", "anbringelse")
        (told,) = [m.finding for m in case.ready("2024-05-03").missing if m.finding.code == "no-investigation"]
        assert told.text == "Der er ikke noteret en børnefaglig undersøgelse i sagen"
        assert told.basis == "lov"

    def test_whether_the_child_can_wait_as_answered(self, made: Made) -> None:
        assert made.ready("2022-05-10").can_wait is None
        made.did("afgoerelse-1", "tempo", "2022-05-11", "foreloebig")
        assert made.ready("2022-05-11").can_wait is False


class TestHeard:
    def test_the_talk_about_each_measure_and_by_whom(self, made: Made) -> None:
        made.run("boernesamtale-1", "2022-05-04", serves="afgoerelse-1")
        made.item("m2", "2022-05-04", "aflastning")
        made.did("boernesamtale-1", "holdt", "2022-05-05", {"holdt_af": "ekstern"}, ("m1",))
        assert [(t.item.id, t.heard, t.by) for t in talks(made.decision("2022-05-10"))] == [
            ("m1", "held", "ekstern"),
            ("m2", "missing", ""),
        ]

    def test_one_of_two_holders_left_out_is_told_phase_by_phase(self, made: Made) -> None:
        made.did("boernefaglig-undersoegelse-1", "foraeldre", "2022-04-01", items=("fA",))
        decision = made.decision("2022-05-10")
        found = parity(holders(decision, leading_to(decision, made.progress("2022-05-10").runs)))
        assert [(p.left_out.id, p.involved.id, p.procedure.id) for p in found] == [
            ("fB", "fA", "boernefaglig-undersoegelse")
        ]

    def test_nobody_involved_yet_is_no_warning_about_one(self, made: Made) -> None:
        decision = made.decision("2022-05-10")
        assert parity(holders(decision, leading_to(decision, made.progress("2022-05-10").runs))) == ()


class TestOutdated:
    def test_a_new_notification_after_the_investigation(self, made: Made) -> None:
        assert outdated(made.decision("2022-05-10"), ()) is None
        made.run("underretning-1", "2022-06-01")
        made.did("underretning-1", "modtaget", "2022-06-01")
        found = outdated(made.decision("2022-06-02"), ())
        assert found is not None
        assert (found.ended, found.notifications) == (date(2022, 5, 2), (date(2022, 6, 1),))

    def test_a_wider_measure_than_the_one_decided_before(self, made: Made) -> None:
        made.did("afgoerelse-1", "truffet", "2022-05-20", items=("m1",))
        made.run("afgoerelse-2", "2022-09-01")
        made.add("item", "2022-09-01", items=["m2"], run="afgoerelse-2",
                 value={"type": "foranstaltning", "kind": "anbringelse"})  # fmt: skip
        decision = made.decision("2022-09-02")
        found = outdated(decision, readiness(decision).measures)
        assert found is not None
        assert [item.id for item in found.new_measures] == ["m2"]

    def test_months_alone_say_nothing(self, made: Made) -> None:
        assert outdated(made.decision("2023-11-01"), ()) is None

    def test_a_reason_for_its_still_covering_is_enough(self, made: Made) -> None:
        made.run("underretning-1", "2022-06-01")
        made.did("underretning-1", "modtaget", "2022-06-01")
        made.did("afgoerelse-1", "grundlag", "2022-06-05", {"valg": "tidligere", "stadig_daekkende": "Intet er nyt."})
        assert outdated(made.decision("2022-06-06"), ()) is None


class TestTheProvisionalRoute:
    def test_under_serviceloven_a_plan_within_four_months_of_today(self, made: Made) -> None:
        follows = {(f.procedure.id, f.step.id): f for f in route(made.progress("2022-05-10"), made.books, None)}
        plan = follows["handleplan", "udarbejdet"]
        assert plan.due is not None
        assert (plan.due.day, plan.if_today) == (date(2022, 9, 10), True)
        told = follows["afgoerelse", "formand-meddelelse"].due
        assert told is not None
        assert told.day == date(2022, 5, 11)

    def test_under_barnets_lov_seven_days_to_the_committee(self, books: Any) -> None:
        case = Made(books, "2025-02-03")
        follows = {(f.procedure.id, f.step.id): f for f in route(case.progress("2025-02-03"), books, None)}
        put = follows["afgoerelse", "formand-forelagt"].due
        assert put is not None
        assert put.day == date(2025, 2, 10)
        assert ("barnets-plan", "udarbejdet") in follows

    def test_the_investigation_keeps_the_deadline_it_has(self, made: Made) -> None:
        made.run("boernefaglig-undersoegelse-2", "2022-06-01")
        made.did("boernefaglig-undersoegelse-2", "udloesende", "2022-06-01")
        made.run("afgoerelse-2", "2022-06-10", opened_by="boernefaglig-undersoegelse-2")
        progress = made.progress("2022-06-11")
        found = find_decision(progress, made.books, "afgoerelse-2")
        follow = next(f for f in route(progress, made.books, found) if f.step.id == "afsluttet")
        assert follow.due is not None
        assert (follow.due.day, follow.if_today) == (date(2022, 10, 1), False)


class TestTheCommitteesDays:
    TUESDAYS = Committee("", "Forvisitationsudvalget", (1,), 5, "hverdage")

    @pytest.mark.parametrize(
        ("today", "meeting", "cutoff", "too_late"),
        [
            ("2020-02-17", "2020-02-25", "2020-02-18", "2020-02-18"),
            ("2020-02-18", "2020-02-25", "2020-02-18", "2020-02-18"),
            ("2020-02-19", "2020-03-03", "2020-02-25", "2020-02-25"),
            ("2020-04-03", "2020-04-21", "2020-04-14", "2020-04-07"),  # Easter: five working days are eleven days
        ],
    )
    def test_the_meeting_one_can_still_reach(self, today: str, meeting: str, cutoff: str, too_late: str) -> None:
        day = date.fromisoformat(today)
        found, missed = next_meeting(self.TUESDAYS, day), closed_meeting(self.TUESDAYS, day)
        assert found is not None
        assert missed is not None
        assert (found.day.isoformat(), found.cutoff.isoformat(), missed.day.isoformat()) == (meeting, cutoff, too_late)

    def test_no_days_no_meeting(self) -> None:
        assert next_meeting(Committee("", "Udvalget"), date(2020, 2, 17)) is None

    def test_without_a_cut_off_one_can_come_on_the_day(self) -> None:
        found = next_meeting(Committee("", "Udvalget", (0,)), date(2020, 2, 17))
        assert found is not None
        assert (found.day, found.cutoff) == (date(2020, 2, 17), date(2020, 2, 17))
