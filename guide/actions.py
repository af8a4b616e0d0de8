"""What one can do: as the palette and the help list it, and what can be done from every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    yield Action("Mine sager", "De sager, du har, den mest presserende først", app.action_cases)
    yield Action("Alle frister", "Frister i dine sager eller i hele teamet", app.action_deadlines, "F4")
    yield Action("Håndbogen", "Slå op i forløbene", app.action_handbook, "F3")
    yield Action("Ny sag", "Opret en sag og dens forældremyndighedsindehavere", app.action_new_case)
    if app.demo:
        yield Action("Mine egne sager", "Forlad øvesagerne", lambda: app.move_to(demo=False))
    else:
        yield Action("Øvesager", "20 fiktive sager at øve sig på", lambda: app.move_to(demo=True))
    yield Action("Skift mellem lyst og mørkt", "Skærmens farver", app.action_theme, "F9")
    yield Action("Hvem er du?", "Ret initialer, team og rolle", app.action_who)
    yield Action("Hjælp", "Hvad man kan på denne side", app.action_help, "F1")
    yield Action("Luk Rød tråd", "Alt, du har svaret, er gemt", app.exit, "Ctrl+Q")
