"""The names of a case's papers, light to import: the command line and the palette list them."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "indstillingsark": "Indstillingsark",
    "boernesamtale": "Forberedelse til børnesamtalen",
    "partshoering": "Partshøring",
    "afgoerelse": "Afgørelse",
    "foreloebig-vurdering": "Foreløbig vurdering",
    "anmodning": "Anmodning om oplysninger",
    "kvittering": "Kvittering til underretteren",
    "besked-fagperson": "Besked til fagpersonen",
    "overdragelsesnotat": "Overdragelsesnotat",
}
"""Kind -> what it is called, in the order they are listed."""

NAMED_ITEM, NAMED_RECIPIENT = ("boernesamtale", "anmodning"), ("partshoering", "afgoerelse")
"""The kinds that may be about one item, and those that are to one party."""
