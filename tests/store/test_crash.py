"""``kill -9`` and two processes: an answer that was shown as saved is there afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import open_store
from store.events import Event

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")

_WRITER = """
import sys
from store.database import open_store
from store.events import Event

store = open_store(sys.argv[1])
who = sys.argv[2]
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    events = [Event("", "record", "S1", step="note", by=who, value={"tekst": f"{number}.{part}"}) for part in (1, 2)]
    print(*(event.id for event in store.append(events)), flush=True)
"""

_IMPORTER = """
import sys
from store.database import open_store

store = open_store(sys.argv[1])
print("ready", flush=True)
store.import_log(sys.argv[2], progress=lambda done, total: print(done, total, flush=True))
"""


def _run(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_loses_no_answer_it_showed(
    tmp_path: Path, start: Callable[..., list[Event]], seed: int
) -> None:
    path = tmp_path / "traad.db"
    with_case = open_store(str(path))
    with_case.append(start())
    with_case.close()
    process = _run(_WRITER, path, "LH", 10_000)
    assert process.stdout is not None
    shown = []
    enough = random.Random(seed).randint(1, 120)
    for line in process.stdout:
        if line != "ready\n":
            shown += line.split()
        if len(shown) >= enough:
            process.send_signal(signal.SIGKILL)  # whatever it is doing at this very moment
            break
    shown += [id_ for line in process.stdout.read().splitlines() for id_ in line.split() if len(id_) == 22]
    process.wait()
    store = open_store(str(path))
    stored = [event.id for event in store.events("S1")][4:]
    assert len(shown) >= enough
    assert set(shown) <= set(stored)
    assert len(stored) % 2 == 0, "half an append was kept"
    assert store.verify() == []
    store.close()


def test_an_import_killed_anywhere_leaves_all_or_nothing(
    tmp_path: Path, start: Callable[..., list[Event]], log: Callable[..., Path]
) -> None:
    lines = ["c;case;S2;;;;;2019-01-01;;LH;;2019-01-01T09:00+01:00;;"]
    lines += [f";record;S2;;;note;;2019-01-01;{n};LH;;2019-01-01T09:00+01:00;;" for n in range(12_000)]
    path, file = tmp_path / "traad.db", log(*lines)
    store = open_store(str(path))
    store.append(start())
    store.close()
    for stop_after in (1, 2, 3, 4, 5):
        process = _run(_IMPORTER, path, file)
        assert process.stdout is not None
        for heard, _ in enumerate(process.stdout, start=1):
            if heard == stop_after:
                process.send_signal(signal.SIGKILL)
                break
        finished = process.wait() == 0
        store = open_store(str(path))
        assert len(store.events("S2")) in ((len(lines),) if finished else (0, len(lines)))
        assert len(store.events("S1")) == 4
        assert store.verify() == []
        store.close()
    store = open_store(str(path))
    assert store.import_log(file).refused == ()
    assert len(store.events("S2")) == len(lines)
    store.close()


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path, start: Callable[..., list[Event]]) -> None:
    path = tmp_path / "traad.db"
    store = open_store(str(path))
    store.append(start())
    seen = store.version()
    running = [_run(_WRITER, path, who, 60) for who in ("LH", "MP")]
    shown = [id_ for process in running for line in process.communicate()[0].splitlines()[1:] for id_ in line.split()]
    assert all(process.returncode == 0 for process in running)
    assert len(shown) == 240
    assert sorted(event.id for event in store.events("S1")[4:]) == sorted(shown)
    assert store.version() > seen
    store.close()
