"""The municipality's targets beside the law, and runs that keep the page they began on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handbook.model import Deadline, Handbook, StepRef, Term
from tests.checklists.build import SEL, Log, page, state, told


def with_target(days: int) -> Handbook:
    """The edition with a local target for the way forward: so many days after the notification was received."""
    received = StepRef("underretning", "modtaget")
    target = Deadline((Term(days, "dage", (received,)),), f"{days} dage efter modtagelsen")
    notification = SEL.procedures["underretning"]
    steps = tuple(replace(s, targets=(target,)) if s.id in ("vej", "kvittering") else s for s in notification.steps)
    return replace(SEL, procedures={**SEL.procedures, "underretning": replace(notification, steps=steps)})


def notified() -> Log:
    log = Log("2019-03-01")
    log.run("underretning-1", "2019-03-08")
    log.step("underretning-1/modtaget", "2019-03-08")
    log.step("underretning-1/risikovurdering", "2019-03-08", "nej")
    return log


class TestTargets:
    def test_a_target_is_a_day_to_aim_at_and_says_that_it_is_local(self) -> None:
        found = state(notified().assess("2019-03-10", with_target(14)), "underretning-1/vej")
        assert found.due is not None
        assert (found.due.aim, found.due.local) == (date(2019, 3, 22), True)

    def test_a_target_passed_is_a_local_finding_and_no_audit_measure(self) -> None:
        log = notified()
        log.step("underretning-1/kvittering", "2019-03-11", "sendt")
        found = log.assess("2019-03-23", with_target(14)).findings
        assert [(f.step, f.kind, f.code, f.basis, f.measures) for f in found] == [
            ("vej", "overdue", "local-missing", "lokal", ())
        ]
        assert found[0].clause == "14 dage efter modtagelsen"  # never a clause of the law, which says no such thing

    def test_done_after_the_target_is_done_and_told_as_local(self) -> None:
        log = notified()
        log.step("underretning-1/kvittering", "2019-03-11", "sendt")
        log.step("underretning-1/barnet", "2019-03-11", "samtale")
        log.step("underretning-1/foraeldre", "2019-03-11", "inddraget")
        log.step("underretning-1/vej", "2019-03-25", "luk")
        progress = log.assess("2019-03-26", with_target(14))
        assert state(progress, "underretning-1/vej").state == "done"
        assert told(progress) == ["underretning-1/vej late local-late"]

    def test_the_law_stays_the_deadline_shown_and_is_told_alone(self) -> None:
        progress = notified().assess("2019-03-19", with_target(2))
        receipt = state(progress, "underretning-1/kvittering")
        assert receipt.due is not None
        assert not receipt.due.local
        assert [f.basis for f in progress.findings if f.step == "kvittering"] == ["lov"]


FIRST = page("## Fase\n\n{#a}\n### A?\n\n- **Hjemmel:** SEL § 1\n")
SECOND = page(
    "## Fase\n\n{#a}\n### A?\n\n- **Hjemmel:** SEL § 1\n\n{#b}\n### B?\n\n- **Hjemmel:** SEL § 1\n"
).procedures["proeve"]
BOOK = Handbook(
    "serviceloven",
    {"proeve": replace(SECOND, version=2)},
    earlier={("proeve", 1): FIRST.procedures["proeve"]},
)


def begun(version: str) -> Log:
    log = Log()
    log.run("proeve-1", "2019-03-01")
    log.step("proeve-1/a", "2019-03-02")
    log.rows = [replace(r, version=version) if r.run else r for r in log.rows]
    return log


class TestVersions:
    def test_a_run_under_way_keeps_the_page_it_began_on(self) -> None:
        progress = begun("serviceloven@1").assess("2019-03-03", BOOK)
        assert [s.step.id for s in progress.runs[0].steps] == ["a"]

    def test_a_new_run_gets_the_new_page(self) -> None:
        progress = begun("serviceloven@2").assess("2019-03-03", BOOK)
        assert [s.step.id for s in progress.runs[0].steps] == ["a", "b"]
        assert state(progress, "proeve-1/b").reason == ""

    def test_a_run_that_was_moved_keeps_its_answers_and_marks_what_is_new(self) -> None:
        log = begun("serviceloven@1")
        opened = next(r for r in log.rows if r.kind == "run")
        log.rows.append(replace(opened, id="moved", replaces=opened.id, version="serviceloven@2"))
        progress = log.assess("2019-03-03", BOOK)
        assert state(progress, "proeve-1/a").state == "done"
        assert state(progress, "proeve-1/b").reason == "ikke vurderet: trinnet er nyt siden version 1"

    def test_a_version_that_was_not_kept_follows_the_page_of_today(self) -> None:
        progress = begun("serviceloven@7").assess("2019-03-03", BOOK)
        assert [s.step.id for s in progress.runs[0].steps] == ["a", "b"]


class TestOneChoiceAsAList:
    """The event log takes a choice's id or a list of ids: a list of one is the same answer."""

    def test_the_right_answer_is_no_fault_and_the_wrong_one_still_is(self) -> None:
        for held_by, state_then in (("myndighedssagsbehandler", "done"), ("ekstern", "done with deficiency")):
            log = Log()
            log.item("m1", "2019-05-01")
            log.run("afgoerelse-1", "2019-05-01")
            log.run("boernesamtale-1", "2019-05-03", serves="afgoerelse-1")
            log.step("boernesamtale-1/holdt", "2019-05-20", {"holdt_af": [held_by]}, items="m1")
            assert state(log.assess("2019-06-01"), "boernesamtale-1/holdt", "m1").state == state_then
