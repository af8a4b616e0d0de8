"""What is text and what is not, over the pages' own fields; and the guide's rooms after a removal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide import demo, removal
from guide.casework import CaseLine, Casework, load_handbooks
from guide.cleaning import Cleaner
from store.database import open_store
from store.errors import StoreError
from store.events import REMOVED, Event, dump_value
from store.first_look import first_look

BOOKS = load_handbooks()
CLEAN = Cleaner(BOOKS)
NOW = datetime(2020, 2, 17, 12, 0, tzinfo=UTC)
MARK = "hemmeligt-mærke"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Casework]:
    """The fictional cases, in a database of their own."""
    store = open_store(str(tmp_path / "traad.db"))
    work = Casework(store, BOOKS, lambda: NOW, "LH", lambda: NOW)
    demo.load(store, work.vocabulary())
    yield work
    store.close()


def record(procedure: str, step: str, value: Any, note: str = "") -> Event:
    run = f"{procedure}-1"
    return Event("x", "record", "D5", run, procedure, step, value=value, note=note, by="LH", recorded=NOW)


@pytest.mark.parametrize(
    ("event", "value"),
    [
        (
            record("underretning", "risikovurdering", {"begrundelse": MARK, "valg": "nej", "vurderet_af": "LH"}),
            {"begrundelse": REMOVED, "valg": "nej", "vurderet_af": "LH"},
        ),
        (record("underretning", "risikovurdering", {"vurderet_af": "Lise Hansen"}), {"vurderet_af": REMOVED}),
        (record("underretning", "underretter", "fagperson"), "fagperson"),
        (record("underretning", "underretter", MARK), REMOVED),
        (record("boernesamtale", "holdt", {"sted": "hjemme"}), {"sted": REMOVED}),
        (record("personrettet-tilsyn", "besoeg", {"sted": "andet-sted"}), {"sted": "andet-sted"}),
        (
            record("boernesamtale", "holdt", {"status": "left out", "ground": MARK, "cause": "illness"}),
            {"status": "left out", "ground": REMOVED, "cause": "illness"},
        ),
        (
            record("boernesamtale", "holdt", {"status": "awaiting", "whom": MARK, "expected": "2020-03-01"}),
            {"status": "awaiting", "whom": REMOVED, "expected": "2020-03-01"},
        ),
        (
            record("boernesamtale", "holdt", {"status": "attempted", "why": MARK, "outcome": "child declined"}),
            {"status": "attempted", "why": REMOVED, "outcome": "child declined"},
        ),
        (record("boernefaglig-undersoegelse", "udloesende", {"underretning": "underretning-1"}), None),
        (record("", "note", {"tekst": MARK}), {"tekst": REMOVED}),
        (Event("x", "record", "D5", step="journal", value={"records": ["d5-08"]}), None),
        (Event("x", "record", "D5", step="sparring", value={"konklusion": MARK}), {"konklusion": REMOVED}),
        (record("gammel-side", "ukendt", {"felt": [MARK, 3, True, None, "2020-01-02"]}), ...),
        (Event("x", "item", "D5", items=("f1",), value={"label": MARK, "type": "søskende"}), ...),
        (Event("x", "case", "D5", value={"born": "2009-11", "team": "raadgivning"}), None),
        (
            Event("x", "review", "D5", "tilsyn-1", step="repair", value={"text": MARK, "by": "2020-03-01"}),
            {"text": REMOVED, "by": "2020-03-01"},
        ),
        (
            Event("x", "review", "", "tilsyn-1", step="quality", value={"about": "D5", "theme": MARK, "degree": "lav"}),
            {"about": "D5", "theme": REMOVED, "degree": "lav"},
        ),
        (Event("x", "review", "D5", "tilsyn-1", step="drawn", value={"staff": "LH", "instead_of": "D6"}), None),
        (Event("x", "review", "D5", "tilsyn-1", step="nyt-trin", value={"felt": MARK, "about": "D5"}), ...),
    ],
)
def test_only_a_persons_words_are_taken_out(event: Event, value: Any) -> None:
    cleaned = CLEAN(event)
    assert MARK not in dump_value(cleaned.value)
    if value is not ...:
        assert cleaned.value == (event.value if value is None else value)
    assert CLEAN(cleaned) == cleaned


def test_every_choice_of_every_page_stays() -> None:
    for book in BOOKS.values():
        for page in book.procedures.values():
            for step in page.steps:
                if step.choice_field is not None:
                    for choice in step.choices:
                        event = record(page.id, step.id, {step.choice_field.name: choice.id})
                        assert CLEAN(event) == event


STEPS = [(p.id, s.id) for b in BOOKS.values() for p in b.procedures.values() for s in p.steps]
NAMES = st.sampled_from(
    sorted({f.name for b in BOOKS.values() for p in b.procedures.values() for s in p.steps for f in s.fields})
) | st.sampled_from(["ground", "why", "whom", "cause", "outcome", "tekst", "felt"])
TEXTS = st.just(MARK) | st.text(max_size=5).map(lambda text: f"{text} {MARK}")
ANSWERS = TEXTS | st.lists(TEXTS | st.integers(0, 9), min_size=1, max_size=3)


@given(st.sampled_from(STEPS), st.none() | ANSWERS | st.dictionaries(NAMES, ANSWERS, max_size=4), st.just("") | TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_text_is_left_in_any_field_of_any_step(place: tuple[str, str], value: Any, note: str) -> None:
    cleaned = CLEAN(record(*place, value, note))
    assert MARK not in dump_value(cleaned.value) + cleaned.note


ORDERS = st.lists(
    st.tuples(st.sampled_from(["D1", "D5", "D10", "E1", "O3"]), st.sampled_from(["redact", "purge"])),
    min_size=1,
    max_size=4,
)


@given(ORDERS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_removals_everything_else_is_as_it_was(work: Casework, orders: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "traad.db")
        work.store.backup(path)
        copy = Casework(open_store(str(path)), BOOKS, lambda: NOW, "LH", lambda: NOW)
        check_removals(copy, orders)
        copy.store.close()


def check_removals(work: Casework, orders: list[tuple[str, Any]]) -> None:
    """Everything but the cases of ``orders`` stands as before, and the database is whole."""
    touched = {case for case, _ in orders}
    before, lines = others(work, touched)
    for case, what in orders:
        removal.take_away(work, what, case, "prøve")
    assert others(work, touched) == (before, lines)
    assert {case for case, what in orders if what == "purge"}.isdisjoint(work.store.case_ids())
    assert work.store.verify() == []
    folder = Path(str(work.store.engine.url.database)).parent
    work.store.export_log(folder / "a.csv")
    other = open_store(str(folder / "ny.db"))
    report = other.import_log(folder / "a.csv", work.vocabulary())
    other.export_log(folder / "b.csv")
    other.close()
    assert report.refused == ()
    assert (folder / "a.csv").read_bytes() == (folder / "b.csv").read_bytes()


def others(work: Casework, but: set[str]) -> tuple[dict[str, list[Event]], list[CaseLine]]:
    """The rows, and the lines of the list, of every case but some."""
    rows = {case: events for case, events in work.store.all_cases() if case not in but}
    return rows, [line for line in work.overview(mine=False) if line.case not in but]


def test_the_app_sees_it_at_once_and_goes_on(work: Casework, tmp_path: Path) -> None:
    held = work.progress("D5")
    assert "forælder A" in {item.label for item in held.case.items.values()}
    assert any(line.case == "D5" for line in work.overview(mine=False))
    removal.take_away(work, "redact", "D5", "prøve")
    again = work.progress("D5")
    assert {item.label for item in again.case.items.values()} == {REMOVED}
    assert [(r.procedure.id, [(s.step.id, s.state) for s in r.steps]) for r in again.runs] == [
        (r.procedure.id, [(s.step.id, s.state) for s in r.steps]) for r in held.runs
    ]
    work.note("D5", "en ny note efter det")
    assert work.store.trail("D5")[-1].event.value == {"tekst": "en ny note efter det"}
    removal.take_away(work, "purge", "D5", "prøve")
    assert not any(line.case == "D5" for line in work.overview(mine=False))
    assert "D5" not in work.store.case_ids()
    found = first_look(str(tmp_path / "traad.db"), "LH", date(2020, 2, 17))
    assert found is not None
    assert "D5" not in found.cases
    assert found.version == work.store.version()


@pytest.mark.parametrize("why", ["", "  ", "x" * 1001, "barnet 010203-1234", "a\x00b"])
def test_a_reason_is_needed_and_holds_no_cpr_number(work: Casework, why: str) -> None:
    with pytest.raises(StoreError) as caught:
        removal.take_away(work, "purge", "D5", why)
    assert "010203" not in str(caught.value)
    assert "D5" in work.store.case_ids()
    assert work.store.removals() == []
