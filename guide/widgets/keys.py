"""The names of keys, as Danes write them."""

from __future__ import annotations

KEYS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Mellemrum",
    "up": "Pil op",
    "down": "Pil ned",
    "left": "Pil venstre",
    "right": "Pil højre",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "tab": "Tab",
    "backspace": "Backspace",
    "slash": "/",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}


def key_words(keys: str) -> str:
    """A binding's keys as a Dane would say them: ``ctrl+s`` -> ``Ctrl+S``."""
    named = []
    for key in keys.split(","):
        *held, last = key.strip().split("+")
        shown = KEYS.get(last, last.upper() if held or (last[:1] == "f" and last[1:].isdigit()) else last)
        named.append("+".join([*(h.capitalize() for h in held), shown]))
    return " eller ".join(named)
