"""What the figures were measured on, with the one thing no program can beat: a bare commit, synced to the disk."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from pathlib import Path

from bench.report import Line, percentile


def facts() -> list[str]:
    """The machine in three lines."""
    return [
        f"{platform.system()} {platform.release()} · {_processor()} · {os.cpu_count()} cores",
        f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}",
        f"load {', '.join(f'{n:.1f}' for n in os.getloadavg())}" if hasattr(os, "getloadavg") else "load not known",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [n.partition(":")[2].strip() for n in info.read_text().splitlines() if n.startswith("model name")]
        if names:
            return names[0]
    return platform.processor() or platform.machine()


def bare_commit(rounds: int = 200) -> list[Line]:
    """One row committed and synced by sqlite3 alone, as the store does it (WAL, synchronous FULL)."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        connection.execute("create table row (text)")
        took = [_commit(connection) for _ in range(rounds)]
        connection.close()
    return [
        Line("bare commit, synced, p50", percentile(took, 0.5) * 1000, "ms"),
        Line("bare commit, synced, p95", percentile(took, 0.95) * 1000, "ms"),
    ]


def _commit(connection: sqlite3.Connection) -> float:
    began = time.perf_counter()
    connection.execute("insert into row values (?)", ("x" * 300,))
    return time.perf_counter() - began
