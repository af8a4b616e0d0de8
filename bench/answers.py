"""What answering costs: one case judged, and an answer saved until the next question, in two sizes of store."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from bench.report import Line, median, percentile
from bench.screen import on_screen
from checklists.facts import fold
from checklists.progress import assess
from guide import demo
from guide.casework import Casework, load_handbooks
from guide.desk import demo_clock
from guide.turns import Prompt
from store.cases import Store
from store.database import open_store

SIZES = (500, 100_000)
ROWS_A_CASE = 10
ANSWERS = 200
A_CASE = 100
"""Answers in one case before the next one is begun: from the notification to the first follow-up."""
_TYPED = {"text": "En kort begrundelse, skrevet med det samme.", "moment": "i dag", "person": "LH", "place": "hjemme"}


def one_case() -> list[Line]:
    """The state of each fictional case, computed from its rows in memory."""
    now = demo_clock()()
    books = load_handbooks()
    with tempfile.TemporaryDirectory() as folder:
        store = _with_demo(Path(folder) / "demo.db")
        cases = dict(store.all_cases())
        store.close()
    took = []
    for _ in range(10):
        for case, events in cases.items():
            began = time.perf_counter()
            assess(fold(case, events, now), books, now)
            took.append(time.perf_counter() - began)
    rows = sum(len(events) for events in cases.values()) / len(cases)
    return [
        Line("one case's state, p50", median(took) * 1000, "ms", note=f"({rows:.0f} rows a case)"),
        Line("one case's state, p95", percentile(took, 0.95) * 1000, "ms"),
    ]


def answer_to_question() -> list[Line]:
    """An answer committed and synced, and the next question known, with few and with many cases stored."""
    lines = []
    p95: list[float] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            _fill(path, size)
            known = _answers(path)
            shown = on_screen(path, ANSWERS, A_CASE, typed)
        p95.append(percentile(shown, 0.95))
        lines += [
            Line(f"answer -> next question known, {size} cases, p50", median(known) * 1000, "ms"),
            Line(f"answer -> next question known, {size} cases, p95", percentile(known, 0.95) * 1000, "ms"),
            Line(f"answer -> next question drawn, {size} cases, p50", median(shown) * 1000, "ms"),
            Line(f"answer -> next question drawn, {size} cases, p95", p95[-1] * 1000, "ms", note="(aim: about 50)"),
        ]
    return [*lines, Line(f"drawn, p95 at {SIZES[1]} cases / at {SIZES[0]}", p95[1] / p95[0], "x", budget=1.2)]


def _with_demo(path: Path) -> Store:
    store = open_store(str(path))
    demo.load(store, Casework(store, load_handbooks(), demo_clock(), "LH").vocabulary())
    return store


def _fill(path: Path, size: int) -> None:
    """A database with ``size`` cases of ROWS_A_CASE rows, copied in by SQL: making them is not what is measured."""
    _with_demo(path).close()
    with sqlite3.connect(path) as connection:
        names = [row[1] for row in connection.execute("pragma table_info(entry)") if row[1] != "seq"]
        subject = "case when e.subject is null then null else 'ZZ' end"
        copied = {"id": "'b' || n || '-' || e.seq", "case_id": "'B-' || n", "subject": subject}
        columns = ", ".join(copied.get(name, f"e.{name}") for name in names)
        connection.execute(
            f"with recursive number(n) as (select 1 union all select n + 1 from number where n < ?) "
            f"insert into entry ({', '.join(names)}) select {columns} from number, "
            f"(select * from entry where case_id = 'D5' and replaces is null order by seq limit {ROWS_A_CASE}) e",
            (size,),
        )
    connection.close()


def _answers(path: Path) -> list[float]:
    """The seconds from each answer to its next question, in new cases that are answered as they ask."""
    store = open_store(str(path))
    work = Casework(store, load_handbooks(), demo_clock(), "LH")
    took: list[float] = []
    while len(took) < ANSWERS:
        case = f"NY-{len(took)}"
        work.new_case(case, "2015-03", "raadgivning", "LH", holders=["forælder A"])
        work.open_run(case, "underretning")
        while (prompt := work.turn(case).prompt) is not None:
            began = time.perf_counter()
            reply = work.answer(case, prompt, typed(prompt))
            work.turn(case, reply.focus)
            took.append(time.perf_counter() - began)
            if reply.problem:
                raise RuntimeError(f"{prompt.question}: {reply.problem}")
            if len(took) % A_CASE == 0:
                break
    store.close()
    return took


def typed(prompt: Prompt) -> str:
    """Something that answers the prompt: its first choice, that it is done or was all, else words of its kind."""
    if prompt.kind == "item" and prompt.default:
        return prompt.default
    chosen = (o.id for o in prompt.options if ":" not in o.id or o.id == "act:done")
    return next(chosen, _TYPED.get(prompt.kind, "3"))
