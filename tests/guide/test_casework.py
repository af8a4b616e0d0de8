"""Cases opened, answered and listed through the one place that ties handbook, checklists and database together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from checklists.calendar import TZ
from guide.casework import Casework, QuickEntry, load_handbooks
from guide.turns import Focus
from store.database import open_store
from store.errors import StoreError
from store.events import Event
from tests.guide.small_handbook import small

NOW = datetime(2020, 2, 7, 16, 0, tzinfo=TZ)


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(tmp_path: Path, clock: Clock) -> Iterator[Casework]:
    store = open_store(str(tmp_path / "traad.db"))
    yield Casework(store, {"serviceloven": small()}, clock, "LH")
    store.close()


def other_window(work: Casework, clock: Clock, me: str = "AB") -> Casework:
    return Casework(work.store, work.handbooks, clock, me)


class TestCases:
    def test_a_new_case_is_mine_with_its_holders(self, work: Casework) -> None:
        work.new_case("S-1", "2010-11", "raadgivning", holders=("forælder A", "forælder B"), siblings=("søster 4 år",))
        line = work.overview()[0]
        assert (line.case, line.caseworker, line.team, line.law, line.age) == (
            "S-1",
            "LH",
            "raadgivning",
            "SEL",
            "9 år",
        )
        assert line.next == "Åbn det første forløb"
        labels = [i.label for i in work.progress("S-1").case.items.values()]
        assert labels == ["forælder A", "forælder B", "søster 4 år"]

    def test_a_case_without_a_number_or_with_a_used_one_is_refused(self, work: Casework) -> None:
        work.new_case("S-1")
        for ref in ("  ", "S-1", "010203-1234"):
            with pytest.raises(StoreError):
                work.new_case(ref)

    def test_mine_are_those_i_hold(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1")
        work.new_case("S-2", caseworker="AB")
        assert [line.case for line in work.overview()] == ["S-1"]
        assert [line.case for line in other_window(work, clock).overview()] == ["S-2"]
        assert len(work.overview(mine=False)) == 2

    def test_the_most_urgent_comes_first(self, work: Casework) -> None:
        for ref, hours in (("S-1", 1), ("S-2", 30), ("S-3", 10)):
            work.new_case(ref)
            work.open_notification([ref], NOW.date(), NOW - timedelta(hours=hours))
        work.new_case("S-4")
        lines = work.overview()
        assert [line.case for line in lines] == ["S-2", "S-3", "S-1", "S-4"]
        assert lines[0].next == "Risikovurdering"
        assert lines[0].findings == 1

    def test_the_list_follows_the_clock_and_other_windows(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1")
        work.open_notification(["S-1"], NOW.date(), NOW)
        assert work.overview()[0].findings == 0
        clock.at = NOW + timedelta(days=2)
        assert work.overview()[0].findings == 1
        other_window(work, clock, "LH").note("S-1", "en note")
        assert work.overview()[0].findings == 1


class TestAnswers:
    def test_an_answer_is_saved_when_it_returns(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1")
        work.open_run("S-1", "underretning")
        work.answer("S-1", work.turn("S-1").prompt, "act:done")
        reply = work.answer("S-1", work.turn("S-1").prompt, "i dag kl. 10")
        prompt = other_window(work, clock).turn("S-1", reply.focus).prompt
        assert prompt is not None
        assert prompt.question == "Er barnet i fare?"

    def test_two_windows_correcting_the_same_answer_do_not_lose_one(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1")
        run = work.open_notification(["S-1"], NOW.date(), NOW).runs["S-1"]
        record = work.progress("S-1").case.runs[run].records["modtaget"][0].id
        focus = Focus(run, "underretning", "modtaget", field="modtaget", editing=record)
        other = other_window(work, clock)
        seen = other.progress("S-1")
        prompt = work.turn("S-1", focus).prompt
        work.answer("S-1", prompt, "i dag kl. 9")
        from guide import conversation

        late = conversation.reply(seen, prompt, "i dag kl. 8", "AB", NOW, work.handbooks)
        with pytest.raises(StoreError):
            other.save(late.drafts)
        assert work.progress("S-1").case.runs[run].records["modtaget"][0].at == NOW.replace(hour=9)

    def test_a_clock_set_to_a_day_gives_no_hour(self, work: Casework, clock: Clock) -> None:
        clock.at = datetime(2020, 2, 7, 23, 59, 59, 999999, tzinfo=TZ)
        work.new_case("S-1")
        run = work.open_run("S-1", "underretning").runs["S-1"]
        work.answer("S-1", work.turn("S-1", Focus(run, "underretning", "kvittering")).prompt, "act:done")
        record = work.progress("S-1").case.runs[run].records["kvittering"][0]
        assert (record.day, record.at) == (date(2020, 2, 7), None)

    def test_a_label_given_later_is_a_correction_of_the_item(self, work: Casework) -> None:
        work.new_case("S-1")
        work.open_run("S-1", "afgoerelse")
        reply = work.answer("S-1", work.turn("S-1").prompt, "Anbringelse")
        work.answer("S-1", work.turn("S-1", reply.focus).prompt, "plejefamilie")
        assert [i.label for i in work.progress("S-1").case.items.values()] == ["plejefamilie"]

    def test_undo_takes_the_record_back(self, work: Casework) -> None:
        work.new_case("S-1")
        run = work.open_notification(["S-1"], NOW.date()).runs["S-1"]
        record = work.progress("S-1").case.runs[run].records["modtaget"][0].id
        work.undo("S-1", record)
        assert work.progress("S-1").case.runs[run].records == {}
        with pytest.raises(StoreError):
            work.undo("S-1", record)


class TestWhatIsKept:
    """Rows and progress are kept between answers; nobody may notice."""

    def test_after_each_answer_it_is_as_if_read_anew(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1", holders=("forælder A",))
        work.open_run("S-1", "underretning")
        reply = work.answer("S-1", work.turn("S-1").prompt, "act:done")
        for text in ("i dag kl. 10", "nej", "i dag"):
            assert work.progress("S-1") == other_window(work, clock).progress("S-1")
            assert work.turn("S-1", reply.focus) == other_window(work, clock).turn("S-1", reply.focus)
            reply = work.answer("S-1", work.turn("S-1", reply.focus).prompt, text)
        assert work.overview() == other_window(work, clock, work.me).overview()

    def test_own_answers_are_not_read_back(self, work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
        work.new_case("S-1")
        work.open_run("S-1", "underretning")
        before = work.progress("S-1")
        assert work.progress("S-1") is before
        monkeypatch.setattr(work.store, "events", lambda case: pytest.fail("read again"))
        work.answer("S-1", work.turn("S-1").prompt, "act:done")
        assert work.progress("S-1") != before

    def test_what_another_window_wrote_in_between_is_read(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1")
        work.open_run("S-1", "underretning")
        work.progress("S-1")
        append = work.store.append

        def and_another_writes(events: Sequence[Event]) -> list[Event]:
            stored = append(events)
            work.store.append = append  # type: ignore[method-assign]
            other_window(work, clock).note("S-1", "en note fra et andet vindue")
            return stored

        work.store.append = and_another_writes  # type: ignore[method-assign]
        work.note("S-1", "en note")
        assert work.progress("S-1") == other_window(work, clock).progress("S-1")

    def test_the_clock_is_followed(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1")
        work.open_notification(["S-1"], NOW.date(), NOW)
        assert not work.progress("S-1").findings
        clock.at = NOW + timedelta(days=2)
        assert [f.step for f in work.progress("S-1").findings] == ["risikovurdering"]


class TestNotifications:
    def test_one_on_several_siblings_gets_a_run_each(self, work: Casework) -> None:
        for ref in ("S-1", "S-2"):
            work.new_case(ref)
        opened = work.open_notification(["S-1", "S-2"], NOW.date(), NOW)
        assert opened.runs == {"S-1": "underretning-1", "S-2": "underretning-1"}
        assert "2 børn" in opened.said[0]

    def test_one_unknown_case_opens_none(self, work: Casework) -> None:
        work.new_case("S-1")
        with pytest.raises(StoreError):
            work.open_notification(["S-1", "S-9"], NOW.date())
        assert work.progress("S-1").case.runs == {}

    def test_a_known_case_tells_how_many_there_were(self, work: Casework) -> None:
        work.new_case("S-1")
        for _ in range(2):
            work.open_notification(["S-1"], NOW.date())
        opened = work.open_notification(["S-1"], NOW.date())
        assert opened.runs == {"S-1": "underretning-3"}
        assert "2 underretninger i sagen" in opened.said[0]

    def test_a_first_notification_from_before_the_case_was_opened_counts(self, work: Casework) -> None:
        work.new_case("S-1", "2010-11", "team")
        work.open_notification(["S-1"], date(2020, 2, 3))
        progress = work.progress("S-1")
        assert progress.case.known_from == date(2020, 2, 3)
        assert (progress.case.born, progress.case.team) == ("2010-11", "team")
        assert [f.step for f in progress.findings] == ["risikovurdering"]


class TestRuns:
    def test_a_companion_serves_the_decision_that_expects_it(self, work: Casework) -> None:
        work.new_case("S-1")
        work.open_run("S-1", "afgoerelse")
        run = work.open_run("S-1", "boernesamtale").runs["S-1"]
        assert work.progress("S-1").case.runs[run].serves == "afgoerelse-1"

    def test_a_run_hidden_by_a_moved_clock_keeps_its_id(self, work: Casework, clock: Clock) -> None:
        work.new_case("S-1", known_from=date(2020, 1, 1))
        work.open_run("S-1", "underretning")
        clock.at = NOW - timedelta(days=20)
        opened = work.open_run("S-1", "underretning")
        assert opened.runs == {"S-1": "underretning-2"}

    def test_a_procedure_without_a_page_is_told(self, work: Casework) -> None:
        work.new_case("S-1")
        with pytest.raises(StoreError, match="ingen læsbar side"):
            work.open_run("S-1", "hjemgivelse")


class TestQuickEntry:
    def test_many_dates_in_one_go(self, work: Casework) -> None:
        work.new_case("S-1", known_from=date(2019, 12, 1))
        run = work.quick_save(
            "S-1", "underretning", None,
            [QuickEntry("modtaget", date(2020, 1, 6)),
             QuickEntry("risikovurdering", date(2020, 1, 7), value={"valg": "nej"})],
        )  # fmt: skip
        assert run == "underretning-1"
        states = {s.step.id: s.state for s in work.progress("S-1").runs[0].steps}
        assert states["modtaget"] == states["risikovurdering"] == "done"

    def test_one_bad_line_saves_none(self, work: Casework) -> None:
        work.new_case("S-1")
        entries = [QuickEntry("modtaget", NOW.date()), QuickEntry("foraeldre", NOW.date(), items=("f9",))]
        with pytest.raises(StoreError):
            work.quick_save("S-1", "underretning", None, entries)
        assert work.progress("S-1").case.runs == {}


class TestVocabulary:
    def test_it_names_steps_fields_and_choices(self, work: Casework) -> None:
        known = work.vocabulary()
        fields = known["underretning"]["risikovurdering"]
        assert fields == {"valg": ("ja", "nej"), "begrundelse": None, "vurderet_af": None}
        assert known["underretning"]["modtaget"] == {}

    def test_what_the_conversation_saves_can_be_exported_and_read_back(self, work: Casework, tmp_path: Path) -> None:
        work.new_case("S-1", "2010-11")
        work.open_notification(["S-1"], NOW.date(), NOW)
        for text in ("1", "en grund", "/note en note", "act:me", "nu", "act:awaiting", "skolen"):
            work.answer("S-1", work.turn("S-1").prompt, text)
        work.store.export_log(tmp_path / "log.csv")
        fresh = open_store(str(tmp_path / "fresh.db"))
        report = fresh.import_log(tmp_path / "log.csv", work.vocabulary())
        assert not report.refused
        assert report.written == len(work.store.events("S-1"))
        fresh.close()

    def test_the_bundled_handbook_is_read_once(self) -> None:
        assert load_handbooks() is load_handbooks()
        assert "underretning" in load_handbooks()["serviceloven"].procedures
