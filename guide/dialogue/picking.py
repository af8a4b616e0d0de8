"""Which of a prompt's options a text names, read strictly: never searched for, only matched."""

from __future__ import annotations

from guide.turns import Option, Prompt


def picked(prompt: Prompt, text: str) -> tuple[Option, ...]:
    """The options that ``text`` names: by id, by exact label, or by number; several only where several may be chosen.

    Empty when any part names none: then it is not an answer.
    """
    one = _option(prompt, text)
    if one is not None:
        return (one,)
    parts = text.replace(",", " ").split()
    if prompt.kind != "choices" or len(parts) < 2:
        return ()
    found = [_option(prompt, part) for part in parts]
    return tuple(dict.fromkeys(o for o in found if o is not None)) if None not in found else ()


def _option(prompt: Prompt, text: str) -> Option | None:
    wanted = " ".join(text.casefold().split())
    for option in prompt.options:
        if text == option.id or wanted == " ".join(option.label.casefold().split()):
            return option
    if prompt.kind not in ("text", "moment", "person", "place") and wanted.isdecimal() and len(wanted) < 3:
        at = int(wanted) - 1
        return prompt.options[at] if 0 <= at < len(prompt.options) else None
    return None
