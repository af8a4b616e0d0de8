"""The case view: the conversation to the left, the checklist to the right, and what comes first at the top."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from guide.screens.case_doors import CaseDoors


class CasePage(CaseDoors):
    """One case: the view, its doors, and the keys to both."""

    CSS_PATH = "case.tcss"
    NAME = "Sagen"
    ABOUT = (
        "Svar med et tal, med pil op og ned og Enter, eller med musen. En sætning, der ikke er et svar, kan gemmes "
        "som note. Skriv / for kommandoer. Alt, du har svaret, er gemt med det samme. "
        "¶ ved et svar eller et trin: det er ført i journalen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "checklist", "Tjekliste", id="case.checklist", tooltip="Vis eller fold tjeklisten sammen"),
        Binding("f3", "handbook", "Håndbog", id="case.handbook", tooltip="Slå det trin op, der spørges om"),
        Binding("f4", "deadlines", "Frister", id="case.deadlines", tooltip="Alle frister i sagen"),
        Binding("f5", "ready", "Klar?", id="case.ready", tooltip="Hvad mangler før indstilling eller afgørelse"),
        Binding("f6", "quick", "Hurtig", id="case.quick", tooltip="Skriv datoerne for et helt forløb på én gang"),
        Binding("f7", "write", "Skriv langt", id="case.write", tooltip="Åbn et større felt til en længere tekst"),
        Binding("ctrl+z", "undo", "Fortryd", id="case.undo", tooltip="Træk det seneste svar tilbage"),
        Binding("pageup", "scroll(-1)", "Op", id="case.up", tooltip="Rul op i samtalen", show=False),
        Binding("pagedown", "scroll(1)", "Ned", id="case.down", tooltip="Rul ned i samtalen", show=False),
    ]
