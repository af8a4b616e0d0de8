"""The pages one can go to from anywhere: name, key, and where its screen is, which is imported when shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as the palette lists it. ``screen`` is ``module:class``; ``key`` as Textual spells it."""

    title: str
    help: str
    screen: str
    key: str = ""

    def load(self) -> type[Screen[object]]:
        """The screen's class."""
        module, name = self.screen.split(":")
        found: type[Screen[object]] = getattr(import_module(f"guide.screens.{module}"), name)
        return found


PAGES: dict[str, PageLink] = {
    "cases": PageLink("Mine sager", "De sager, du har, den mest presserende først", "cases:CasesPage"),
    "deadlines": PageLink("Alle frister", "Frister i dine sager eller i hele teamet", "deadlines:DeadlinesPage", "f4"),
    "overview": PageLink(
        "Overblik",
        "Hvad der forfalder, mangler og ligger over tiden, i teams eller hos dig",
        "overview:OverviewPage",
        "f2",
    ),
    "handbook": PageLink("Håndbogen", "Slå op i forløbene", "handbook:HandbookPage", "f3"),
    "meeting": PageLink("Mødet", "Sager på vej til udvalget, og hvad hver mangler", "meeting:MeetingPage"),
    "ask": PageLink("Spørg håndbogen", "Skriv et spørgsmål, få det trin, der svarer", "ask:AskPage", "f8"),
    "review": PageLink(
        "Ledelsestilsyn", "Træk, gennemgå, aftal og se efter; eller svar på dit eget", "review:ReviewPage", "f10"
    ),
    "practice": PageLink("Øv dig", "Fiktive sager med et ur, du kan spole frem", "practice:PracticePage"),
    "training": PageLink("Oplæring", "De første ugers program, og dine første forløb", "training:TrainingPage"),
    "new_case": PageLink("Ny sag", "Opret en sag og dens forældremyndighedsindehavere", "new_case:NewCasePage"),
}
"""The name an action goes by -> its page, in the order the palette lists them."""
