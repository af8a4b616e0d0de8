"""A municipality and more: import, the projection, the audit table and the overview, at sizes ten times apart.

``python -m bench scale`` measures 1 000 and 10 000 cases of about 60 rows; ``python -m bench scale 100000`` takes half
an hour. Every command is the real one in a process of its own, so its memory is its own too.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from bench import population
from bench.report import Line, median
from checklists.calendar import end_of_day
from checklists.caseload import Filters
from checklists.worklists import IDLE_DAYS
from guide import audit_rounds
from guide.caseload_source import everyone
from guide.casework import Casework, load_handbooks
from store.database import open_store

SIZES = (1_000, 10_000)
ROUND = (date(2024, 1, 1), date(2024, 12, 31))
WARM = 5
_FLOOR = """
SELECT count(*), sum(NOT EXISTS (SELECT 1 FROM entry e WHERE e.case_id = d.case_id AND e.run = d.run
                                 AND e.step = 'begrundelse' AND e.kind = 'record'))
FROM (SELECT case_id, run, max(day || run) FROM entry WHERE kind = 'record' AND procedure = 'afgoerelse'
      AND step = 'truffet' AND day BETWEEN ? AND ? GROUP BY case_id) d
"""
"""The measure "reasoned-decision" as somebody would write it who had only the log: n of m, and nothing of why."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A command that has run: seconds, and the most memory it or a process of its own held, in MB."""

    seconds: float
    memory: float


def many_cases(sizes: tuple[int, ...] = SIZES) -> list[Line]:
    """Each size in turn, then how the times grow between them, as multiples of the growth in cases."""
    lines: list[Line] = []
    found: list[tuple[int, dict[str, float]]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            own, times = _one_size(Path(folder), size)
        lines += own
        found.append((size, times))
    for (small, before), (large, after) in pairwise(found):
        for name, seconds in after.items():
            growth = seconds / before[name] / (large / small)
            budget = None if name == "floor" else 1.3
            lines.append(Line(f"{name}: growth {small} -> {large} / growth in cases", growth, "x", budget=budget))
    return lines


def _one_size(folder: Path, size: int) -> tuple[list[Line], dict[str, float]]:
    log, database = folder / "log.csv", folder / "traad.db"
    rows = population.write(log, size)
    took = _command(database, "import", str(log))
    log.unlink()
    rebuilt = _command(database, "db", "rebuild")
    period = ("--from", ROUND[0].isoformat(), "--to", ROUND[1].isoformat())
    table, overview = _command(database, "audit", *period), _command(database, "overview")
    warm, told, warm_overview = _warm(database)
    cases = _command(database, "cases")
    floor, counted = _floor(database)
    large = size >= 100_000
    lines = [
        Line(f"{size} cases: import", rows / took.seconds, "rows/s", note=f"({rows} rows, aim: at least 20 000)"),
        Line(f"{size} cases: import, memory", took.memory, "MB"),
        Line(
            f"{size} cases: db rebuild", rebuilt.seconds, "s", note=f"({rebuilt.seconds / size * 1000:.1f} ms a case)"
        ),
        Line(f"{size} cases: db rebuild, memory", rebuilt.memory, "MB"),
        Line(f"{size} cases: database", database.stat().st_size / 2**20, "MB"),
        Line(f"{size} cases: audit table, new process", table.seconds, "s", budget=2 if large else None),
        Line(f"{size} cases: audit table, memory", table.memory, "MB"),
        Line(f"{size} cases: audit table, warm", warm * 1000, "ms", budget=100 if large else None, note=told),
        Line(f"{size} cases: one n of m by SQL over the log", floor * 1000, "ms", note=f"(the floor: {counted})"),
        Line(f"{size} cases: overview, new process", overview.seconds, "s", budget=2 if large else None),
        Line(f"{size} cases: overview, memory", overview.memory, "MB"),
        Line(f"{size} cases: overview, warm", warm_overview * 1000, "ms", budget=100 if large else None),
        Line(f"{size} cases: the most urgent cases, new process", cases.seconds, "s", budget=2 if large else None),
        Line(f"{size} cases: the most urgent cases, memory", cases.memory, "MB"),
    ]
    times = {"import": took.seconds, "rebuild": rebuilt.seconds, "audit table, warm": warm, "floor": floor}
    return lines, times | {"overview": overview.seconds, "overview, warm": warm_overview}


def _command(database: Path, *words: str) -> _Run:
    given = [*words, "--db", str(database), "--today", population.LAST_DAY.isoformat()]
    script = (
        "import resource, subprocess, sys, time\n"
        "began = time.perf_counter()\n"
        "done = subprocess.run([sys.executable, '-m', 'guide', *sys.argv[1:]], stdout=subprocess.DEVNULL)\n"
        "print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)"
    )
    home = {"HOME": str(database.parent), "XDG_CONFIG_HOME": str(database.parent)}
    done = subprocess.run(
        [sys.executable, "-c", script, *given], capture_output=True, text=True, check=True, env=os.environ | home
    )
    seconds, memory, code = done.stdout.split()
    if int(code):
        raise RuntimeError(f"traad {' '.join(words)}: exit {code}\n{done.stderr}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return _Run(float(seconds), int(memory) / unit)


def _warm(database: Path) -> tuple[float, str, float]:
    """The table's numbers, and the overview's, asked for again in the same process: the median of several.

    Between them the floor's measure as the table has it.
    """
    store = open_store(str(database))
    now = end_of_day(population.LAST_DAY)
    work = Casework(store, load_handbooks(), lambda: now, "LH")
    took, overview = [], []
    for _ in range(1 + WARM):
        began = time.perf_counter()
        table = audit_rounds.numbers(work, ROUND)
        took.append(time.perf_counter() - began)
        began = time.perf_counter()
        everyone(work).source(Filters()).numbers(IDLE_DAYS)
        overview.append(time.perf_counter() - began)
    store.close()
    same = next(n for n in table.measures if n.measure.code == "reasoned-decision")
    told = f"({len(table.measures)} measures; {same.measure.code}: {same.deficient} of {same.relevant})"
    return median(took[1:]), told, median(overview[1:])


def _floor(database: Path) -> tuple[float, str]:
    """The seconds of the plain query, and what it counts: n of m."""
    connection = sqlite3.connect(database)
    began = time.perf_counter()
    m, n = connection.execute(_FLOOR, tuple(day.isoformat() for day in ROUND)).fetchone()
    took = time.perf_counter() - began
    connection.close()
    return took, f"{n or 0} of {m}"
