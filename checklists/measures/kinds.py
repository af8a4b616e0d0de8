"""The case types of the second table: a measure's kind or an offer, its clause, and which of several is the main."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checklists.facts import Item
from handbook.model import Law

FOLLOW_UP = "opfoelgning"
UNKNOWN = "ikke-noteret"

LABELS: Mapping[str, str] = {
    "anbringelse-uden-samtykke": "anbringelse uden samtykke",
    "anbringelse": "anbringelse",
    "doegnophold": "døgnophold for barn og forældre",
    "familiebehandling": "familiebehandling",
    "aflastning": "aflastning",
    "praktisk-stoette": "praktisk støtte i hjemmet",
    "kontaktperson": "kontaktperson",
    "dagtilbud": "dagtilbud, klub eller uddannelsessted",
    "praktiktilbud": "praktiktilbud",
    "eftervaern": "efterværn eller ungestøtte",
    "anden": "anden støtte",
    "konsulentbistand": "konsulentbistand",
    "netvaerksgruppe": "netværks- eller samtalegruppe",
    "familieplanlaegning": "rådgivning om familieplanlægning",
    FOLLOW_UP: "opfølgning på anbringelse besluttet før perioden",
    UNKNOWN: "støttens art er ikke noteret",
}
"""Kind -> its name. Of several measures decided together the first here is the main one: the most far-reaching."""


def label_of(item: Item) -> str:
    """What an item is called in a finding: its own label, else its kind in words; empty when it has neither."""
    return item.label or LABELS.get(item.kind, item.kind)


_OFFERS = ("konsulentbistand", "netvaerksgruppe", "familieplanlaegning", "anden")

_NUMBERS: Mapping[Law, tuple[str, Mapping[str, int]]] = {
    "serviceloven": (
        "SEL § 52, stk. 3, nr. ",
        {
            "dagtilbud": 1,
            "praktisk-stoette": 2,
            "familiebehandling": 3,
            "doegnophold": 4,
            "aflastning": 5,
            "kontaktperson": 6,
            "anbringelse": 7,
            "praktiktilbud": 8,
            "anden": 9,
        },
    ),
    "barnets_lov": (
        "BL § 32, stk. 1, nr. ",
        {
            "dagtilbud": 1,
            "praktisk-stoette": 2,
            "kontaktperson": 3,
            "praktiktilbud": 4,
            "familiebehandling": 5,
            "doegnophold": 6,
            "aflastning": 7,
            "anden": 8,
        },
    ),
}
_OTHERS: Mapping[tuple[Law, str], str] = {
    ("serviceloven", "anbringelse-uden-samtykke"): "SEL § 58",
    ("barnets_lov", "anbringelse"): "BL § 46",
    ("barnets_lov", "anbringelse-uden-samtykke"): "BL § 47",
    ("serviceloven", "eftervaern"): "SEL § 76",
    ("barnets_lov", "eftervaern"): "BL §§ 114-116",
    ("serviceloven", FOLLOW_UP): "SEL § 70",
    ("barnets_lov", FOLLOW_UP): "BL § 95",
}
_OFFER_CLAUSE: Mapping[Law, str] = {"serviceloven": "SEL § 11, stk. 3", "barnets_lov": "BL § 30"}


def main_kind(kinds: Iterable[str]) -> str:
    """The main one of the measures decided together."""
    known = list(LABELS)
    return min(kinds, key=lambda k: known.index(k) if k in LABELS else len(known), default=UNKNOWN) or UNKNOWN


def clause(kind: str, law: Law, offer: bool) -> str:
    """The provision a case type rests on under ``law``; empty when none is known."""
    if offer:
        return _OFFER_CLAUSE[law] if kind in _OFFERS else ""
    before, numbers = _NUMBERS[law]
    return f"{before}{numbers[kind]}" if kind in numbers else _OTHERS.get((law, kind), "")
