"""The dialogue over the real pages: whatever is answered it goes on, the store would take it, it folds the same."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from guide.conversation import turn
from guide.editions import load_handbooks, startable, vocabulary
from guide.turns import Prompt
from store.checks import faults_of
from store.references import known_of, take_in
from tests.guide.player import CASE, Player

BOOKS = load_handbooks()
WORDS = vocabulary(BOOKS)
TYPED = ("", "i går", "nu", "3/1", "på mandag", "en fri sætning", "skolen", "2", "5", "/tilbage", "/fortryd", "/klar",
         "/status", "/hvorfor", "/gå samtale", "/frister", "/note hej")  # fmt: skip


def something(chance: random.Random, prompt: Prompt | None) -> str:
    """An answer: mostly one of the options, now and then something typed."""
    options = [o.id for o in prompt.options] if prompt else []
    if not options or chance.random() < 0.25:
        return chance.choice(TYPED)
    own = [o for o in options if not o.startswith("act:")]
    return chance.choice(own if own and chance.random() < 0.5 else options)


@pytest.mark.parametrize("procedure", sorted(p.id for p in startable(BOOKS["serviceloven"])))
def test_any_walk_goes_on_and_is_folded_from_its_records(procedure: str) -> None:
    chance = random.Random(procedure)
    player = Player(BOOKS)
    player.open(procedure)
    for _ in range(60):
        stored = len(player.events)
        player.answer(something(chance, player.turn.prompt))
        new = player.events[stored:]
        take_in(new, {CASE: known_of(player.events[:stored])})
        assert [fault for e in new for fault in faults_of(e, WORDS)] == []
        if chance.random() < 0.05:
            player.forget()
        if chance.random() < 0.05:
            player.now += timedelta(days=chance.randint(1, 60))
    player.forget()
    told = player.turn
    player.events = chance.sample(player.events, len(player.events))
    assert turn(player.progress, None, BOOKS) == told


def test_violence_is_asked_before_the_assessment_that_is_running_late() -> None:
    player = Player(BOOKS)
    player.open("underretning")
    player.answer("act:done", "4/2 kl. 10", "")
    asked = []
    for _ in range(12):
        step = player.ask.focus.step
        if step not in asked:
            asked.append(step)
        if step == "risikovurdering":
            break
        player.answer("nej" if step == "overgreb" and not player.ask.focus.field else player.ask.default or "1")
    assert asked.index("overgreb") < asked.index("risikovurdering")


def test_the_kinds_the_page_lists_are_the_measures_named() -> None:
    player = Player(BOOKS)
    player.open("afgoerelse")
    player.answer("kind:anbringelse", "hos plejefamilie", "kind:kontaktperson", "", "act:no-more")
    assert set(player.value("paataenkt")["valg"]) == {"anbringelse", "kontaktperson"}  # type: ignore[index]
    player.answer("", "", "/tilbage", "act:more", "kind:aflastning", "", "act:no-more")
    assert "aflastning" in player.value("paataenkt")["valg"]  # type: ignore[index]
    assert [i.kind for i in player.progress.case.items.values() if i.kind] == [
        "anbringelse",
        "kontaktperson",
        "aflastning",
    ]
