"""New Year 2023/24 as such: nothing that was broken in serviceloven's last hour is gone in barnets lov's first."""

from __future__ import annotations

from random import Random

import pytest

from checklists.laws import SAME_DUTY
from checklists.states import Progress
from handbook.model import Step
from tests.checklists.build import SEL, Log
from tests.checklists.test_law_by_date import assessed

SAME = {step: bl for (_, bl), step in SAME_DUTY.items()}
PAGES = [page for page in SEL.procedures if page != "alder"]


def answer(step: Step, random: Random) -> object:
    field = step.choice_field
    if not step.choices:
        return None
    chosen = random.choice(step.choices).id
    return {field.name if field else "valg": [chosen] if field and field.type == "flere valg" else chosen}


def any_case(seed: int) -> Log:
    """A case of autumn 2023 with runs of most procedures, half of their steps done on any day and any way."""
    random = Random(seed)
    log = Log("2023-03-01", born=random.choice(["2014-05-10", "2012-06", "2007-05-10", "2008-01-05", "2006-09-01"]))
    log.run("underretning-1", "2023-09-01")
    log.run("afgoerelse-1", "2023-10-01", opened_by="underretning-1")
    log.item("m1", "2023-10-01", kind=random.choice(["kontaktperson", "anbringelse"]))
    for page in PAGES:
        if page not in ("underretning", "afgoerelse"):
            if random.random() < 0.5:
                continue
            log.run(f"{page}-1", "2023-10-05", serves="afgoerelse-1")
        for step in SEL.procedures[page].steps:
            if random.random() < 0.5:
                day = f"2023-{random.randint(10, 12)}-{random.randint(6, 28):02d}"
                log.step(f"{page}-1/{step.id}", day, answer(step, random))
    return log


def broken(progress: Progress) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(f.run or f.procedure, SAME.get(f.step, f.step), f.items) for f in progress.findings if f.kind != "idle"}


@pytest.mark.parametrize("seed", range(60))
def test_what_was_broken_stays_and_no_duty_stands_twice(seed: int) -> None:
    log = any_case(seed)
    before, after = assessed(log, "2023-12-31"), assessed(log, "2024-01-01")
    assert broken(before) <= broken(after)
    asked = [(s.run or r.procedure.id, s.step.id, s.item) for r in after.runs for s in r.steps]
    assert len(asked) == len(set(asked))
    opened = {r.run.id.rpartition("-")[0] for r in after.runs if r.run is not None}
    expected = {r.procedure.id for r in after.runs if r.run is None}
    twins = {("eftervaern", "ungestoette"), ("opfoelgning", "opfoelgning"), ("handleplan", "handleplan")}
    assert not {(old, new) for old, new in twins if old in opened and new in expected}
