"""Where a link on a page points: a step, a field of it, a choice of it, a page, or a birthday of the child."""

from __future__ import annotations

import re

from handbook.model import AgeAnchor, Anchor, StepRef

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_IS_ID = re.compile(ID)
_STEP = re.compile(rf"(?:(?P<page>{ID})\.md)?(?:#(?P<step>{ID})(?:(?P<mark>[./])(?P<part>[a-z0-9][a-z0-9_-]*))?)?")
_AGE = re.compile(r"sag:fyldt-([0-9]{1,2})(½?)")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})


def is_id(text: str) -> bool:
    """Whether ``text`` can be the id of a page, a step or a choice."""
    return _IS_ID.fullmatch(text) is not None


def slug(label: str) -> str:
    """An id made from a label: æ, ø, å as ae, oe, aa; everything else than a-z and 0-9 as a hyphen. May be empty."""
    return re.sub(r"[^a-z0-9]+", "-", label.casefold().translate(_LETTERS)).strip("-")


def anchor(href: str, here: str) -> Anchor | None:
    """``#step`` or ``page.md#step``, either with ``.field``, or ``sag:fyldt-18``; ``here`` is the id of the page."""
    age = _AGE.fullmatch(href)
    if age:
        return AgeAnchor(int(age[1]) * 12 + (6 if age[2] else 0))
    return _ref(href, here, "", ".")


def step(href: str, here: str) -> StepRef | None:
    """``#step`` or ``page.md#step``."""
    return _ref(href, here, "")


def choice(href: str, here: str) -> StepRef | None:
    """``#step/choice`` or ``page.md#step/choice``."""
    return _ref(href, here, "/")


def target(href: str, here: str) -> StepRef | None:
    """``#step``, ``page.md#step`` or ``page.md`` (then ``step`` is empty: the page's first)."""
    name = page(href)
    return StepRef(name, "") if name else step(href, here)


def page(href: str) -> str | None:
    """The procedure id of ``page.md``."""
    match = _STEP.fullmatch(href)
    return match["page"] if match and not match["step"] else None


def _ref(href: str, here: str, *marks: str) -> StepRef | None:
    match = _STEP.fullmatch(href)
    if not match or not match["step"] or (match["mark"] or "") not in marks:
        return None
    return StepRef(match["page"] or here, match["step"], match["part"] or "")
