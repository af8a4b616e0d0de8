"""Each practice case is played through the dialogue: along its answer key, and along the detour many take."""

from pathlib import Path

import pytest

from handbook.practice_load import load
from tests.guide.practising import BOOKS, Learner, casework

PAGES = [page.id for page in load(BOOKS).pages]


def test_there_are_at_least_ten() -> None:
    assert len(PAGES) >= 10


@pytest.mark.parametrize("page", PAGES)
def test_the_answer_key_meets_every_point_of_its_own_and_no_detour(page: str, tmp_path: Path) -> None:
    learner = Learner(casework(tmp_path), page)
    learner.play(learner.page.key)
    assert learner.ways() == {p.title: "facit" for p in learner.page.points if p.way == "facit"}
    findings = learner.work.progress(learner.case).findings
    assert [f.id for f in findings if f.basis in ("lov", "praksis")] == []
    assert "Du kom forbi alle de steder, facit går." in learner.said
    assert [line.state for line in learner.work.lines() if line.page.id == page] == ["gennemført"]


@pytest.mark.parametrize("page", PAGES)
def test_the_typical_detour_gets_its_feedback(page: str, tmp_path: Path) -> None:
    learner = Learner(casework(tmp_path), page)
    learner.play(learner.page.detour)
    detours = [p for p in learner.page.points if p.way == "omvej" and p.title in learner.ways()]
    assert detours
    for point in detours:
        assert f"○ Et andet blik: {point.title}" in learner.said
        assert point.text in learner.said
