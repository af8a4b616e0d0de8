"""Two Danish texts -> what changed, as short as a reader can follow."""

from __future__ import annotations

LONGEST = 400
"""Characters: a change is read in a terminal, the whole text is on the page."""
_AROUND = 4
"""Words kept on each side of a change, so that the place can be found."""


def word_diff(before: str, after: str) -> str:
    """The changed words with a few around them: ``… tal med [væk: barnet] [nyt: barnet og begge forældre] først …``.

    A text that is wholly new or gone is one piece. Empty when only spaces differ. At most ``LONGEST`` characters.
    """
    # costs a few milliseconds to import, and only a comparison needs it
    from difflib import SequenceMatcher

    old, new = before.split(), after.split()
    if old == new:
        return ""
    parts: list[str] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, first, last, start, end) in enumerate(codes):
        if tag == "equal":
            parts.append(_between(old[first:last], number == 0, number == len(codes) - 1))
            continue
        parts += [f"[væk: {' '.join(old[first:last])}]"] if last > first else []
        parts += [f"[nyt: {' '.join(new[start:end])}]"] if end > start else []
    found = " ".join(parts)
    return found if len(found) <= LONGEST else found[: LONGEST - 1] + "…"


def _between(words: list[str], at_start: bool, at_end: bool) -> str:
    """The words that stayed, the middle of a long run left out."""
    head = [] if at_start else words[:_AROUND]
    tail = [] if at_end else words[len(words) - _AROUND :] if len(words) > _AROUND else words
    if len(head) + len(tail) >= len(words) and not (at_start or at_end):
        return " ".join(words)
    kept = [*head, *(["…"] if len(head) + len(tail) < len(words) else []), *tail]
    return " ".join(kept)
