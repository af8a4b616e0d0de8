"""The named checks that a page's **Kontrol:** may use: each reads one done record and may find a deficiency.

A check never looks at when the record was entered, and never at a score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from checklists.facts import Record, Run
from checklists.view import Place, View, field_of
from handbook.model import Basis


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found. ``basis`` None means that of the step; ``mend`` empty means the page's own."""

    code: str
    text: str
    kind: Literal["deficient", "stale"] = "deficient"
    basis: Basis | None = None
    mend: str = ""


Check = Callable[[View, Place, Record], Fault | None]

CHECKS: dict[str, Check] = {}
"""Name as written on the pages -> the function."""


def check(name: str) -> Callable[[Check], Check]:
    """Register a check under the name that pages use. The docstring is shown by ``traad check --names``."""

    def register(rule: Check) -> Check:
        CHECKS[name] = rule
        return rule

    return register


@check("samtalen holdt af myndighedssagsbehandler")
def held_by_own_caseworker(view: View, place: Place, record: Record) -> Fault | None:
    """Praksis: barnets egen myndighedssagsbehandler holder samtalen før afgørelsen; den kan ikke overlades."""
    held_by = field_of(place.step, record, "holdt_af")
    if held_by in (None, "", "myndighedssagsbehandler"):
        return None
    return Fault(
        "talk-delegated",
        "Samtalen blev holdt af en anden end barnets egen myndighedssagsbehandler; den kan ikke overlades til andre.",
        basis="praksis",
    )


LESSER = ("afdaekning", "sideloebende")
"""What support under BL § 32 may rest on and a placement may not."""


@check("undersøgelsen er aktuel")
def investigation_current(view: View, place: Place, record: Record) -> Fault | None:
    """En tidligere undersøgelse er opdateret eller begrundet som dækkende. Måneder alene gør den ikke forældet.

    En anbringelse hviler på en undersøgelse; en afdækning alene er ikke nok (BL § 46, stk. 3, og § 47, stk. 2).
    """
    rests_on = field_of(place.step, record, "valg")
    investigations = view.kinship.candidates(place.run, place.serves, "boernefaglig-undersoegelse")
    if rests_on in LESSER and view.holds(place, "anbringelse") and not investigations:
        return Fault(
            "investigation-required",
            "Anbringelsen hviler ikke på en børnefaglig undersøgelse, og en afdækning er ikke nok.",
            basis="lov",
            mend="Begynd undersøgelsen nu, og lad leder eller jurist se på afgørelsen igen. Kan barnet ikke vente, kan "
            "en foreløbig eller akut anbringelse løbe ved siden af undersøgelsen.",
        )
    reasoned = str(field_of(place.step, record, "stadig_daekkende") or "").strip()
    if rests_on != "tidligere" or reasoned:
        return None
    return Fault(
        "investigation-stale",
        "Afgørelsen hviler på en tidligere undersøgelse, som hverken er opdateret eller begrundet som stadig dækkende.",
        kind="stale",
        basis="praksis",
    )


@check("stillingtagen nævner støttens art")
def position_names_support(view: View, place: Place, record: Record) -> Fault | None:
    """SEL § 50, stk. 6: er der grundlag for støtte, skal undersøgelsen sige, af hvilken art."""
    answer = field_of(place.step, record, "valg")
    if answer == "ingen-stoette" or str(field_of(place.step, record, "stoetteart") or "").strip():
        return None
    if not record.value:
        return None
    return Fault(
        "position-without-kind",
        "Undersøgelsen siger ikke, hvilken slags støtte der er grundlag for.",
        basis="lov",
    )


@check("besøget var på anbringelsesstedet")
def visit_at_placement(view: View, place: Place, record: Record) -> Fault | None:
    """SEL § 70, stk. 2: tilsynsbesøget er på anbringelsesstedet; en samtale et andet sted tæller ikke med."""
    where = field_of(place.step, record, "sted")
    if where in (None, "", "anbringelsesstedet"):
        return None
    return Fault("visit-elsewhere", "Samtalen blev holdt et andet sted end anbringelsesstedet.", basis="lov")


@check("den tidligste ubesvarede underretning er valgt eller fravalgt med grund")
def earliest_notification(view: View, place: Place, record: Record) -> Fault | None:
    """Fristen løber fra den tidligste ubesvarede underretning; en senere start har brug for en grund."""
    if str(field_of(place.step, record, "grund") or "").strip():
        return None
    earliest = min((day for _, day in unanswered(view, place.run)), default=None)
    if earliest is None or record.day <= earliest:
        return None
    return Fault(
        "later-trigger-unexplained",
        f"Der ligger en tidligere ubesvaret underretning fra {earliest.day}.{earliest.month}.{earliest.year}, "
        "og det er ikke begrundet, at fristen regnes fra en senere dag.",
        basis="praksis",
    )


def unanswered(view: View, investigation: Run | None) -> list[tuple[Run, date]]:
    """The notifications an investigation can answer, with the local day each reached the municipality, oldest first.

    Left out are those a finished earlier investigation took as its trigger or that came before it ended, those closed
    with another way forward, and those from after the investigation had ended.
    """
    ended = _finished(investigation)
    earlier = [
        done
        for run in view.runs_of("boernefaglig-undersoegelse")
        if run is not investigation and (done := _finished(run)) is not None
    ]
    found = []
    for run in view.runs_of("underretning"):
        received = next((r.day for r in run.records.get("modtaget", ()) if r.status == "done"), run.start)
        way = {str(r.value.get("valg", r.value.get(""))) for r in run.records.get("vej", ()) if r.status == "done"}
        if way and not way & {"undersoegelse", "screening", "i-tvivl", "akut", "tidlig-indsats"}:
            continue
        if any(received <= day for day in earlier) or (ended is not None and received > ended):
            continue
        found.append((run, received))
    return sorted(found, key=lambda pair: pair[1])


def _finished(run: Run | None) -> date | None:
    return next((r.day for r in run.records.get("afsluttet", ()) if r.status == "done"), None) if run else None
