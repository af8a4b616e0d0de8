"""An answer that lacks something, given again: the guide asks for what is missing in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from checklists.calendar import TZ
from guide import demo
from guide.casework import Casework, load_handbooks
from guide.turns import Focus
from store.database import open_store

DAY_BEFORE = datetime(2020, 1, 14, 10, 0, tzinfo=TZ)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Casework]:
    store = open_store(str(tmp_path / "demo.db"))
    desk = Casework(store, load_handbooks(), lambda: DAY_BEFORE, "MK")
    demo.load(store, desk.vocabulary())
    yield desk
    store.close()


def test_the_same_answer_again_asks_for_what_it_lacks(work: Casework) -> None:
    investigation = "boernefaglig-undersoegelse"
    focus = Focus(f"{investigation}-1", investigation, "stillingtagen")
    reply = work.answer("D10", work.turn("D10", focus).prompt, "1")
    asked = []
    while reply.focus is not None and reply.focus.field != "stoetteart" and len(asked) < 5:
        asked.append(reply.focus.field)
        reply = work.answer("D10", work.turn("D10", reply.focus).prompt, "")
    assert reply.focus is not None
    assert reply.focus.field == "stoetteart"
    assert "valg" not in asked
    mended = work.answer("D10", work.turn("D10", reply.focus).prompt, "Familiebehandling og en kontaktperson")
    assert not mended.problem
    state = work.progress("D10").find(f"{investigation}-1", "stillingtagen")
    assert state is not None
    assert state.finding is None
