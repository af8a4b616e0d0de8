"""What holds for every case: the order of arrival never matters, and no record can make the engine fail."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checklists.build import SEL, Log, Row, told

DAYS = st.dates(date(2019, 1, 1), date(2020, 12, 31))
STATUSES = st.sampled_from(["", "", "", "planned", "attempted", "awaiting", "left out", "withdrawn"])


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """A case of two measures, two custody holders and up to thirty records anywhere in the handbook."""
    log = Log("2019-01-01", draw(st.sampled_from(["2002-02", "2002-02-21", "2010-12", ""])))
    for item, kind in (("m1", "anbringelse"), ("m2", "kontaktperson")):
        log.item(item, draw(DAYS).isoformat(), "foranstaltning", kind)
    for item in ("f1", "f2"):
        log.item(item, draw(DAYS).isoformat(), "forældremyndighedsindehaver", "")
    opened: dict[str, str] = {}
    for procedure in draw(st.lists(st.sampled_from(sorted(SEL.procedures)), min_size=1, max_size=6)):
        run = f"{procedure}-{1 + sum(1 for r in opened if r.startswith(procedure))}"
        kin = draw(st.sampled_from(["", *opened]))
        relation = draw(st.sampled_from(["serves", "opened_by"]))
        log.run(run, draw(DAYS).isoformat(), **({relation: kin} if kin else {}))
        opened[run] = procedure
    ids: list[str] = []
    for _ in range(draw(st.integers(0, 30))):
        run = draw(st.sampled_from(sorted(opened)))
        step = draw(st.sampled_from(SEL.procedures[opened[run]].steps))
        value: dict[str, object] = {}
        status = draw(STATUSES)
        if status:
            value["status"] = status
        if step.choices and step.choice_field:
            value[step.choice_field.name] = draw(st.sampled_from(step.choices)).id
        when = draw(DAYS).isoformat() + draw(st.sampled_from(["", " 09:30"]))
        items = draw(st.sampled_from(["", "m1", "m1 m2", "f1", "f2"]))
        replaces = draw(st.sampled_from(["", "", "", *ids]))
        ids.append(log.step(f"{run}/{step.id}", when, value or None, items, replaces))
    return log.rows


def states(log_rows: list[Row], today: str) -> object:
    progress = Log().assess(today, rows=log_rows)
    return [(s.key, s.state, s.reason, s.due) for r in progress.runs for s in r.steps], told(progress)


@settings(max_examples=60, deadline=None)
@given(rows(), st.integers(), DAYS)
def test_any_order_of_arrival_gives_the_same_answer(found: list[Row], seed: int, today: date) -> None:
    shuffled = random.Random(seed).sample(found, len(found))
    assert states(shuffled, today.isoformat()) == states(found, today.isoformat())


@settings(max_examples=40, deadline=None)
@given(rows(), DAYS)
def test_when_a_record_was_entered_never_decides_what_was_done(found: list[Row], today: date) -> None:
    early = datetime(2018, 1, 1, tzinfo=UTC)
    moved = [replace(r, recorded=early + timedelta(days=i)) for i, r in enumerate(found)]
    done = {"done", "done late", "done with deficiency"}

    def what_was_done(log_rows: list[Row]) -> list[object]:
        progress = Log().assess(today.isoformat(), rows=log_rows)
        return [(s.key, s.state) for r in progress.runs for s in r.steps if s.state in done]

    assert what_was_done(moved) == what_was_done(found)


@settings(max_examples=40, deadline=None)
@given(rows(), DAYS)
def test_every_finding_says_what_helps_and_belongs_to_one_instance(found: list[Row], today: date) -> None:
    progress = Log().assess(today.isoformat(), rows=found)
    assert all(f.text and f.mend and f.who for f in progress.findings)
    ids = [f.id for f in progress.findings]
    assert len(ids) == len(set(ids))
