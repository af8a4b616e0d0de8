"""Answering in the real app, drawn without a terminal: from the answer to the next question laid out on screen."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from guide import settings
from guide.app import TraadApp
from guide.casework import Casework
from guide.desk import demo_clock
from guide.screens.case import CasePage
from guide.turns import Prompt, Turn
from guide.widgets.prompt import PromptPane

SIZE = (120, 40)
_LONGEST = 10.0


def on_screen(path: Path, count: int, a_case: int, typed: Callable[[Prompt], str]) -> list[float]:
    """The seconds of ``count`` answers in the database at ``path``, ``a_case`` to a new case: ``typed(prompt)``."""
    with tempfile.TemporaryDirectory() as folder:
        mine = Path(folder) / "hvem.json"
        settings.save(settings.Settings("LH", "raadgivning"), mine)
        return asyncio.run(_run(path, mine, count, a_case, typed))


async def _run(path: Path, mine: Path, count: int, a_case: int, typed: Callable[[Prompt], str]) -> list[float]:
    app = TraadApp(str(path), demo_clock(), moved=True, settings_path=mine)
    took: list[float] = []
    async with app.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: app.desk is not None)
        while len(took) < count:
            page = await _new_case(app, pilot, f"SK-{len(took)}")
            end = min(count, len(took) + a_case)
            while len(took) < end and page.turn is not None and page.turn.prompt is not None:
                took.append(await _answer(pilot, page, page.turn, page.turn.prompt, typed))
            await app.pop_screen()
        app.close_desk()
    return took


async def _new_case(app: TraadApp, pilot: Pilot[int], case: str) -> CasePage:
    assert app.desk is not None
    await asyncio.to_thread(_make, app.desk.casework, case)
    page = CasePage(case)
    await app.push_screen(page)
    await _until(pilot, lambda: page.turn is not None)
    return page


def _make(work: Casework, case: str) -> None:
    work.new_case(case, "2015-03", "raadgivning", "LH", holders=["forælder A"])
    work.open_run(case, "underretning")


async def _answer(
    pilot: Pilot[int], page: CasePage, asked: Turn, prompt: Prompt, typed: Callable[[Prompt], str]
) -> float:
    """Post the answer as the prompt does; the clock stops when the next question has been laid out and drawn.

    Not before the screen has come to rest: nobody answers a question they have not seen.
    """
    await pilot.pause()
    drawn = asyncio.Event()
    began = time.perf_counter()
    page.pane.post_message(PromptPane.Answered(prompt, typed(prompt)))
    while page.turn is asked or page.pane.busy:
        await asyncio.sleep(0.0005)
        if time.perf_counter() - began > _LONGEST:
            raise TimeoutError(f"no next question after: {prompt.question}")
    page.call_after_refresh(drawn.set)
    await drawn.wait()
    return time.perf_counter() - began


async def _until(pilot: Pilot[int], done: Callable[[], bool]) -> None:
    began = time.perf_counter()
    while not done():
        await pilot.pause(0.01)
        if time.perf_counter() - began > _LONGEST:
            raise TimeoutError("the app did not come that far")
