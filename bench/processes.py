"""What a new process costs: the help, the checker and the first frame, each against the least it could cost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Line, median
from guide.demo import LOG

ROUNDS = 9
BARE_APP = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare-frame")
    def on_mount(self):
        pass
{extra}
Bare().run()
"""
_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|[()][A-Z0-9]|[=>PX\]^_][^\x1b]*)")


def command_line() -> list[Line]:
    """``traad --help`` and ``traad check`` as multiples of what Python alone needs."""
    bare = [sys.executable, "-c", "pass"]
    parser = [sys.executable, "-c", "import markdown_it"]
    pages = [sys.executable, "-c", f"{PARSE_ALL}"]
    help_time, bare_time = _in_turn([sys.executable, "-m", "guide", "--help"], bare)
    check_time, import_time, parse_time = _in_turn([sys.executable, "-m", "guide", "check"], parser, pages)
    return [
        Line("traad --help", help_time * 1000, "ms"),
        Line("traad --help / python -c pass", help_time / bare_time, "x", budget=3),
        Line("traad check", check_time * 1000, "ms"),
        Line(
            "import markdown_it; parse every page once", parse_time * 1000, "ms", note="(the parsing a check must do)"
        ),
        Line("traad check / that", check_time / parse_time, "x", budget=1.5),
        Line("traad check / import markdown_it alone", check_time / import_time, "x"),
    ]


PARSE_ALL = """
from pathlib import Path
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin
md = MarkdownIt().use(attrs_block_plugin)
for page in Path('handbook').glob('*/*.md'):
    md.parse(page.read_text(encoding='utf-8'))
"""


def _in_turn(*calls: list[str]) -> list[float]:
    """The median seconds of each call, in turn so that a busy moment falls on all of them, after one that warms up."""
    took: list[list[float]] = [[] for _ in calls]
    for _ in range(1 + ROUNDS):
        for call, times in zip(calls, took, strict=True):
            began = time.perf_counter()
            subprocess.run(call, capture_output=True, check=False)
            times.append(time.perf_counter() - began)
    return [median(times[1:]) for times in took]


def first_frame() -> list[Line]:
    """From starting the process in a real terminal to its first text, and to "Mine sager" with the demo's cases."""
    if sys.platform == "win32":
        print("  first frame: needs a pty, not measured on Windows")
        return []
    with tempfile.TemporaryDirectory() as folder:
        env = _home(Path(folder))
        load = [sys.executable, "-m", "guide", "import", str(LOG)]
        subprocess.run(load, check=True, env=env, stdout=subprocess.DEVNULL)
        app = [sys.executable, "-m", "guide"]
        calls: list[tuple[list[str], bytes]] = [
            ([sys.executable, "-c", BARE_APP.format(extra="")], b"bare-frame"),
            ([sys.executable, "-c", BARE_APP.format(extra="import sqlmodel")], b"bare-frame"),
            (app, "Rød tråd".encode()),
            (app, b"D5"),
        ]
        took: list[list[float]] = [[] for _ in calls]
        for _ in range(1 + ROUNDS):
            for (call, text), times in zip(calls, took, strict=True):
                times.append(_until(call, text, env))
    bare, with_database, frame, data = (median(times[1:]) for times in took)
    return [
        Line("bare Textual app, first frame", bare * 1000, "ms"),
        Line("bare Textual app + import sqlmodel, first frame", with_database * 1000, "ms"),
        Line("Rød tråd, first frame", frame * 1000, "ms"),
        Line("Rød tråd, first frame / bare", frame / bare, "x", budget=1.3),
        Line("Mine sager with data", data * 1000, "ms"),
        Line("Mine sager with data / (bare + sqlmodel)", data / with_database, "x", budget=1.2),
    ]


def _home(folder: Path) -> dict[str, str]:
    """An environment of its own, in which somebody has already said who they are."""
    env = dict(os.environ, HOME=str(folder), TERM="xterm-256color", COLORTERM="truecolor")
    env |= {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    script = "from guide import settings as s; s.save(s.Settings(initials='LH', team='raadgivning'))"
    subprocess.run([sys.executable, "-c", script], check=True, env=env)
    return env


def _until(call: list[str], text: bytes, env: dict[str, str]) -> float:
    """Seconds from starting ``call`` in a pty to ``text`` on its screen. Raises TimeoutError after 30 s without it."""
    import pexpect

    began = time.perf_counter()
    child = pexpect.spawn(call[0], call[1:], env=env, dimensions=(40, 120), timeout=30)
    try:
        seen = b""
        while text not in _ESCAPES.sub(b"", seen):
            if time.perf_counter() - began > 30:
                raise TimeoutError(f"{text!r} never came on screen; last seen: {seen[-300:]!r}")
            try:
                seen += child.read_nonblocking(65536, timeout=1)
            except pexpect.TIMEOUT:
                continue
        return time.perf_counter() - began
    finally:
        child.close(force=True)
