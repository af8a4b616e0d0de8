"""Versions of a page: a run keeps its own until it is moved, and what is new is told in a reader's words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from checklists.calendar import TZ
from checklists.facts import Event
from guide import intake
from guide.cli import OK, main
from guide.commands.status_command import run_json, show
from guide.dialogue.scene import Handbooks, Scene
from guide.turns import Draft, Focus
from guide.widgets.rows import fit, rows, run_key
from handbook import page
from handbook.load import HERE, bundled
from store.references import known_of, take_in
from tests.guide.player import CASE, Player
from tests.guide.small_handbook import UNDERRETNING, small

NEW_STEP = "\n{#soeskende}\n### Er der søskende?\n\n- **Navn:** Søskende\n- **Hjemmel:** SEL § 50\n"


def books() -> Handbooks:
    """The small handbook, whose page on notifications has come in a second version with one step more."""
    text = UNDERRETNING.replace("modpart: underretning", "modpart: underretning\nversion: 2") + NEW_STEP
    found = page.read(text.encode(), Path("underretning.md"))
    assert found.procedure is not None
    assert not found.faults
    before = small()
    earlier = {("underretning", 1): before.procedures["underretning"]}
    pages = {**before.procedures, "underretning": found.procedure}
    return {"serviceloven": replace(before, procedures=pages, earlier=earlier)}


@pytest.fixture
def player() -> Player:
    """A run begun under version 1, with one answer."""
    at = Player(books())
    at.open("underretning")
    at.answer("act:done", "i dag kl. 10", "")
    return at


def replace_version(row: Event, version: str) -> Draft:
    """The run's own row once more, as begun under ``version``."""
    return Draft("run", CASE, row.run, row.procedure, day=row.day, value=row.value, version=version, replaces=row.id)


def told(at: Player, line: str) -> str:
    return "\n".join(m.text for m in at.answer(line).said)


class TestConversation:
    def test_a_run_keeps_its_version_until_it_is_moved(self, player: Player) -> None:
        assert player.progress.find("underretning-1", "soeskende") is None
        said = told(player, "/version")
        assert "følger version 1 af siden. Den nyeste er version 2. Det nye er:" in said
        assert "Er der søskende?" in said
        assert player.options == ["act:move", "act:stay"]
        player.answer("2")
        assert player.progress.find("underretning-1", "soeskende") is None

    def test_moving_keeps_the_answers_and_marks_what_is_new(self, player: Player) -> None:
        stored = len(player.events)
        player.answer("/version", "1")
        take_in(player.events[stored:], {CASE: known_of(player.events[:stored])})
        assert "Forløbet følger nu version 2." in player.said
        run = player.progress.case.runs["underretning-1"]
        assert run.version == "serviceloven@2"
        assert player.progress.find("underretning-1", "modtaget").state == "done"  # type: ignore[union-attr]
        player.go("soeskende", "underretning-1")
        assert "Ikke vurderet: trinnet er nyt siden version 1." in player.said
        assert "Det er den nyeste" in told(player, "/version")

    def test_an_answer_to_a_step_the_new_page_lacks_is_still_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        book = books()["serviceloven"]
        newest = book.procedures["underretning"]
        fewer = replace(newest, steps=tuple(s for s in newest.steps if s.id != "modtaget"))
        at = Player({"serviceloven": replace(book, procedures={**book.procedures, "underretning": fewer})})
        at.open("underretning")
        row = next(e for e in at.events if e.kind == "run")
        at.save(replace_version(row, "serviceloven@1"))
        at.focus = Focus("underretning-1", "underretning", "modtaget")
        at.answer("act:done", "i dag kl. 10", "")
        at.answer("/version", "act:move")
        (run,) = at.progress.runs
        assert run.procedure.version == 2
        (state,) = run.earlier
        assert (state.step.id, state.state) == ("modtaget", "done")
        assert state.reason == "fra den tidligere udgave (version 1): siden har ikke længere trinnet"
        (told,) = [s for s in run_json(run)["steps"] if s["step"] == "modtaget"]
        assert (told["state"], told["version"]) == ("done", "serviceloven@1")
        show(at.progress)
        printed = capsys.readouterr().out
        assert f"{told['reason'].split(' (')[0]}\n" in printed
        assert "Er der søskende? · ikke vurderet" in printed
        found = rows(at.progress, frozenset({run_key(run)}), lambda _: "")
        line = next(fit(r, 36) for r in found if r.right == "tidligere udgave")
        assert line.rstrip().endswith("tidligere udgave")
        assert "ikke vurderet" in next(fit(r, 36) for r in found if r.key.step == "soeskende")
        assert "modtaget" not in [s.step.id for s in run.steps]

    def test_what_is_new_stands_under_one_mark(self, player: Player) -> None:
        (told_once, *_) = [m for m in player.answer("/version").said if "Det nye er:" in m.text]
        assert "\n· " in told_once.text
        assert all(not m.text.startswith("· ") for m in player.answer("/version").said)

    def test_moving_keeps_what_the_run_serves_and_its_links(self) -> None:
        at = Player(books())
        at.open("boernesamtale")
        value = {"serves": "boernesamtale-1", "links": {"afgoerelse": "boernesamtale-1"}}
        at.save(
            Draft(
                "run", CASE, "underretning-1", "underretning", day=at.now.date(), value=value, version="serviceloven@1"
            )
        )
        at.focus = Focus("underretning-1", "underretning", "")
        at.answer("/version", "act:move")
        run = at.progress.case.runs["underretning-1"]
        assert (run.serves, run.links) == ("boernesamtale-1", {"afgoerelse": "boernesamtale-1"})

    def test_a_sentence_instead_of_an_answer_becomes_a_note(self, player: Player) -> None:
        player.answer("/version", "det vil jeg tænke over")
        assert player.ask.kind == "confirm"
        player.answer("")
        assert player.progress.case.notes[0].value["tekst"] == "det vil jeg tænke over"
        assert player.options == ["act:move", "act:stay"]

    def test_new_runs_are_drafted_with_the_current_version(self, player: Player) -> None:
        player.open("afgoerelse")
        player.answer("kind:kontaktperson", "", "act:no-more")
        talk = next(r for r in player.progress.runs if r.procedure.id == "boernesamtale")
        player.focus = Focus(None, "boernesamtale", "holdt", serves=talk.serves or "")
        player.answer("act:done")
        opened = [r for r in player.progress.case.runs.values() if r.procedure == "boernesamtale"]
        assert [r.version for r in opened] == ["serviceloven@1"]
        newest = intake.notification_drafts(Scene(player.progress, player.handbooks), player.now.date(), None)
        assert {d.version for d in newest if d.run} == {"serviceloven@2"}

    def test_the_switch_of_law_is_no_such_move(self) -> None:
        both: Handbooks = {law: bundled(law) for law in ("serviceloven", "barnets_lov")}
        at = Player(both, now=datetime(2024, 1, 5, 12, tzinfo=TZ))
        at.open("afgoerelse")
        assert "Det er den nyeste" in told(at, "/version")

    def test_nothing_opened_yet(self) -> None:
        assert told(Player(books()), "/version") == "Der er ikke åbnet noget forløb endnu."


class TestCommandLine:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Whole pages of an edition, one of which has an earlier version."""
        now = (HERE / "barnets_lov" / "afdaekning.md").read_text("utf-8")
        assert "\nversion:" not in now
        pages = tmp_path / "barnets_lov"
        (pages / "tidligere").mkdir(parents=True)
        (pages / "tidligere" / "afdaekning@1.md").write_text(now, encoding="utf-8")
        newer = now.replace("\nmodpart:", "\nversion: 2\nmodpart:", 1)
        newer += "\n{#ekstra}\n### Er der mere at spørge om?\n\n- **Navn:** Mere\n- **Hjemmel:** BL § 19, stk. 1\n"
        (pages / "afdaekning.md").write_text(newer, encoding="utf-8")
        return tmp_path

    def test_what_changed_in_words(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["handbook", "diff", "afdaekning", "--handbook", str(folder)]) == OK
        out = capsys.readouterr().out
        assert "fra version 1 til version 2:" in out
        assert "Er der mere at spørge om?" in out

    def test_what_changed_in_json(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call = ["handbook", "diff", "afdaekning", "--from", "1", "--to", "2", "--json", "--handbook", str(folder)]
        assert main(call) == OK
        answer = json.loads(capsys.readouterr().out)
        assert (answer["procedure"], answer["law"], answer["from"], answer["to"]) == ("afdaekning", "BL", 1, 2)
        assert [(c["step"], c["kind"]) for c in answer["changes"]] == [("ekstra", "added")]
        assert set(answer["changes"][0]) == {"step", "name", "kind", "before", "after", "text"}

    def test_a_page_with_one_version_has_nothing_to_compare(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["handbook", "diff", "underretning", "--law", "sel"]) == OK
        assert "findes kun i version" in capsys.readouterr().out
