"""``traad review``: a round taken back, "Til dig" for a whole round, and the draw worked out before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide import supervision_draw
from guide.cli import MISSING, OK, WRONG_CALL, main
from guide.supervision import Wish
from store.errors import StoreError
from tests.guide.review_app import Rounds
from tests.guide.review_app import review_demo as review_demo
from tests.guide.review_app import rounds as rounds


def do(rounds: Rounds, *call: str) -> int:
    return main(["review", "--db", str(rounds.path), "--today", "2020-02-17", "--by", "FL", *call])


def test_a_round_is_taken_back_and_its_cases_can_be_drawn_again(
    rounds: Rounds, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds.draw(wanted=3)
    with rounds.loop() as loop:
        first = [one.case for one in loop.round().cases]
    assert do(rounds, "withdraw", "tilsyn-1") == MISSING
    assert "Skriv, hvorfor runden tages tilbage." in capsys.readouterr().err
    assert do(rounds, "withdraw", "tilsyn-1", "--reason", "forkert periode") == OK
    assert do(rounds, "draw", "--seed", "stevns") == OK
    assert "tilsyn-2" in capsys.readouterr().out
    with rounds.loop() as loop:
        assert [one.case for one in loop.round().cases] == first
        assert [one.id for one in loop.rounds()] == ["tilsyn-2"]
    log, again = str(rounds.folder / "log.csv"), rounds.folder / "again.db"
    assert main(["export", log, "--db", str(rounds.path)]) == OK
    assert main(["import", log, "--db", str(again)]) == OK
    assert main(["review", "show", "--db", str(again), "--today", "2020-02-17"]) == OK
    assert "tilsyn-2, trukket" in capsys.readouterr().out


def test_a_round_with_anything_reviewed_in_it_stays(rounds: Rounds, capsys: pytest.CaptureFixture[str]) -> None:
    rounds.draw()
    with rounds.loop() as loop:
        loop.learning("", "Skriv, hvem I venter på")
    assert do(rounds, "withdraw", "tilsyn-1", "--reason", "x") == MISSING
    assert "Gennemgangen i tilsyn-1 er begyndt" in capsys.readouterr().err


def test_til_dig_is_gathered_for_a_caseworker(
    rounds: Rounds, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds.draw(wanted=2)
    with rounds.loop() as loop:
        own = [one.case for one in loop.round().cases if one.staff == "LH"]
        loop.strength(own[0], "Barnets ord står for sig")
        loop.learning(own[1], "Skriv, hvem I venter på")
    assert do(rounds, "letter", "--round", "tilsyn-1", "--to", "lh", "--folder", str(tmp_path)) == OK
    text = (tmp_path / "til-dig-LH-tilsyn-1.md").read_text("utf-8")
    assert f"- {own[0]}: Barnets ord står for sig." in text
    assert text.index("Det lykkes") < text.index(f"- {own[1]}: Skriv, hvem I venter på.")
    assert (tmp_path / "til-dig-LH-tilsyn-1.docx").exists()
    with rounds.loop() as loop:
        assert {one.case for one in loop.round().cases if one.letter} == set(own)
    assert do(rounds, "letter", "--to", "XX", "--folder", str(tmp_path)) == MISSING
    assert "Der er ingen sager fra XX i tilsyn-1." in capsys.readouterr().err
    assert do(rounds, "letter", own[0], "--to", "LH") == WRONG_CALL
    assert do(rounds, "letter") == WRONG_CALL


def test_the_draw_tells_how_far_it_is_and_keeps_its_cases_while_only_the_seed_changes(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision_draw, "_AT_A_TIME", 8)
    told: list[tuple[int, int]] = []
    with rounds.loop() as loop:
        first = loop.plan(Wish("a"), lambda done, of: told.append((done, of)))
        assert told == [(0, 20), (8, 20), (16, 20)]
        second = loop.plan(Wish("b"), lambda done, of: told.append((done, of)))
        assert len(told) == 3
        assert loop.plan(Wish("a")).shares == first.shares != second.shares
        assert loop.rounds() == ()
        loop.carry_out(first)
        with pytest.raises(StoreError, match="Runderne er ændret imens"):
            loop.carry_out(second)
