"""Predicates about who says yes: which custody holder's consent a decision cannot do without."""

from __future__ import annotations

from checklists.facts import Item
from checklists.named import WITHOUT_CONSENT, kinds_at, predicate
from checklists.view import Place, View


@predicate("forælderens ja er det første")
def first_consent(view: View, place: Place) -> bool:
    """Forælderen samtykkede først, eller ingen har gjort det, og forælderen står først: uden det ja er der intet.

    Er hver foranstaltning en anbringelse uden samtykke, kræves intet ja (SEL § 58, BL § 47).
    """
    return _consent_required(view, place) and _first(view, place)


def _consent_required(view: View, place: Place) -> bool:
    kinds = kinds_at(view, place)
    return not kinds or any(kind != WITHOUT_CONSENT for kind in kinds)


def _first(view: View, place: Place) -> bool:
    if place.item is None:
        return True
    holders = view.items_for(place, "forældremyndighedsindehaver")
    said = [(r.day, h.id) for h in holders for r in view.records(_for(place, h)) if r.status == "done"]
    return place.item.id == (min(said)[1] if said else holders[0].id)


@predicate("en anden forælders ja er det første")
def later_consent(view: View, place: Place) -> bool:
    """En anden forælder end denne er den første. Om begge skal samtykke, siger SEL § 52 og BL §§ 32 og 46 ikke."""
    return _consent_required(view, place) and not _first(view, place)


def _for(place: Place, item: Item) -> Place:
    return Place(place.procedure, place.run, place.serves, place.step, item)


@predicate("delt forældremyndighed")
def shared_custody(view: View, place: Place) -> bool:
    """Der er registreret mere end én forældremyndighedsindehaver."""
    return len(view.items_for(place, "forældremyndighedsindehaver")) > 1
