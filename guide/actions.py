"""What one can do: as the palette and the help list it, and what can be done from every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from guide.pages import PAGES

if TYPE_CHECKING:
    from guide.app import TraadApp


@dataclass(frozen=True, slots=True)
class Action:
    """Something one can do. ``key`` is the key it has, as Danes write it."""

    title: str
    help: str
    run: Callable[[], object]
    key: str = ""


def everywhere(app: TraadApp) -> Iterable[Action]:
    """What one can do from every page."""
    for name, page in PAGES.items():
        yield Action(page.title, page.help, partial(app.action_page, name), page.key.upper())
    if app.demo or app.practice:
        yield Action("Mine egne sager", "Forlad øvesagerne", lambda: app.move_to(demo=False))
    else:
        yield Action("Øvesager", "20 fiktive sager at øve sig på", lambda: app.move_to(demo=True))
    yield Action("Skift mellem lyst og mørkt", "Skærmens farver", app.action_theme, "F9")
    yield Action("Hvem er du?", "Ret initialer, team og rolle", app.action_who)
    yield Action("Hjælp", "Hvad man kan på denne side", app.action_help, "F1")
    yield Action("Luk Rød tråd", "Alt, du har svaret, er gemt", app.exit, "Ctrl+Q")
