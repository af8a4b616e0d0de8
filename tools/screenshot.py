"""``make screenshot``: docs/screenshot.svg, drawn by the real app on the fictional cases, for the README alone."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import date, datetime
from pathlib import Path

from textual.pilot import Pilot

from checklists.calendar import end_of_day
from guide import demo, settings
from guide.app import TraadApp
from guide.casework import Casework, load_handbooks
from guide.screens.case import CasePage
from store.database import open_store

TARGET = Path(__file__).parent.parent / "docs" / "screenshot.svg"
SIZE = (110, 34)
CASE, STEP = "D5", "børnesamtale"
DAY = date(2019, 10, 7)
"""Two days before the decision, with the talk still to be held."""
_FAR_FONT = re.compile(r",\s*url\(\"https?:[^)]*\)\s*format\(\"[^\"]*\"\)")


def now() -> datetime:
    """The moment the picture is taken at."""
    return end_of_day(DAY)


def main() -> None:
    """Load the cases into a database that is thrown away, go to a step of one of them, and keep what is on screen."""
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "demo.db")
        store = open_store(url)
        demo.load(store, Casework(store, load_handbooks(), now, "LH").vocabulary())
        store.close()
        mine = Path(folder) / "hvem.json"
        settings.save(settings.Settings("LH", "raadgivning"), mine)
        TARGET.write_text(asyncio.run(_drawn(url, mine)), encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(Path.cwd()) if TARGET.is_relative_to(Path.cwd()) else TARGET}")


async def _drawn(url: str, mine: Path) -> str:
    app = TraadApp(url, now, moved=True, demo=True, settings_path=mine)
    async with app.run_test(size=SIZE) as pilot:
        await _settle(app, pilot)
        await pilot.press("slash", *CASE, "enter")
        await _settle(app, pilot)
        if not isinstance(app.screen, CasePage):
            await pilot.press("enter")
            await _settle(app, pilot)
        await pilot.press(*f"/gå {STEP}", "enter")
        await _settle(app, pilot)
        if not isinstance(app.screen, CasePage):
            raise SystemExit(f"no picture: {app.screen!r} stands in front of the case")
        picture = app.export_screenshot(title="Rød tråd")
        app.close_desk()
    return _FAR_FONT.sub("", picture) + "\n"


async def _settle(app: TraadApp, pilot: Pilot[int]) -> None:
    """Until the workers are done and the screen is drawn."""
    for _ in range(10):
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)


if __name__ == "__main__":
    main()
