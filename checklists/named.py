"""Where named predicates are kept, and what most of them ask first: which kinds of measure a place is about."""

from __future__ import annotations

from collections.abc import Callable

from checklists.view import Place, Predicate, View

WITHOUT_CONSENT = "anbringelse-uden-samtykke"
PLACEMENTS = ("anbringelse", WITHOUT_CONSENT)

PREDICATES: dict[str, Predicate] = {}
"""Name as written on the pages -> the function."""


def predicate(name: str) -> Callable[[Predicate], Predicate]:
    """Register a predicate under the name that pages use. The docstring is shown by ``traad check --names``."""

    def register(rule: Predicate) -> Predicate:
        PREDICATES[name] = rule
        return rule

    return register


def kinds_at(view: View, place: Place) -> list[str]:
    """The kind of the place's own measure; for a step that is not about one, of all the decision's measures."""
    if place.item is not None and place.item.type == "foranstaltning":
        return [place.item.kind]
    return [i.kind for i in view.items_for(place, "foranstaltning")]
