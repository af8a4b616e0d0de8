"""The two looks of the app. Red is the thread; it never carries a meaning that a word does not carry too."""

from __future__ import annotations

from textual.theme import Theme

from guide.settings import DARK, LIGHT

THEMES = (
    Theme(
        name=DARK,
        dark=True,
        primary="#c8443f",
        secondary="#8fb7d9",
        warning="#e3b04b",
        error="#f0766b",
        success="#86c08a",
        accent="#c8443f",
        foreground="#e6e3dd",
        background="#17191d",
        surface="#1d2026",
        panel="#272b33",
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#a3201b",
        secondary="#1d5b8c",
        warning="#8a5a00",
        error="#b3261e",
        success="#2c6e35",
        accent="#a3201b",
        foreground="#1f2126",
        background="#fbfaf7",
        surface="#f4f1ec",
        panel="#e8e3da",
    ),
)
