"""Which audit measures a finding belongs to, under the law of its page. A finding may belong to none."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.model import Law

Fault = tuple[str, str, str]
"""Procedure, step, and the kind of fault; the kind is empty for any."""

_BOTH: Mapping[Fault, str] = {
    ("underretning", "risikovurdering", ""): "assessment-24-hours",
    ("underretning", "afklaret", ""): "assessment-24-hours",
    ("underretning", "kvittering", ""): "receipt",
    ("underretning", "barnet", ""): "child-involvement",
    ("underretning", "foraeldre", ""): "custody-holder-involvement",
    ("boernefaglig-undersoegelse", "afsluttet", "overdue"): "investigation-missing",
    ("boernefaglig-undersoegelse", "afsluttet", "late"): "investigation-late",
    ("boernefaglig-undersoegelse", "afsluttet", "order"): "investigation-unfinished-at-decision",
    ("boernefaglig-undersoegelse", "stillingtagen", ""): "reasoned-position-missing",
    ("boernefaglig-undersoegelse", "boernesamtale", ""): "child-involvement",
    ("boernefaglig-undersoegelse", "foraeldre", ""): "custody-holder-involvement",
    ("boernesamtale", "holdt", ""): "child-talk",
    ("boernesamtale", "undladelse", ""): "child-talk",
    ("boernesamtale", "anden-vej", ""): "child-talk",
    ("afgoerelse", "grundlag", "stale"): "investigation-outdated",
    ("afgoerelse", "partshoering", ""): "party-hearing",
    ("afgoerelse", "begrundelse", ""): "reasoned-decision",
    ("afgoerelse", "klagevejledning", ""): "complaint-guidance",
    ("personrettet-tilsyn", "besoeg", ""): "visits",
    ("sagsgennemgang", "barnet", ""): "child-involvement",
    ("sagsgennemgang", "foraeldre", ""): "custody-holder-involvement",
    ("sagsgennemgang", "stoettegrundlag", ""): "support-basis",
}

MEASURES: Mapping[Law, Mapping[Fault, str]] = {
    "serviceloven": {
        **_BOTH,
        ("afgoerelse", "grundlag", "overdue"): "investigation-missing",
        ("handleplan", "udarbejdet", "overdue"): "plan-missing",
        ("handleplan", "udarbejdet", "order"): "plan-late",
        ("handleplan", "udarbejdet", "late"): "plan-late",
        ("opfoelgning", "vurdering", "first"): "followup-3-months",
        ("opfoelgning", "vurdering", "later"): "followup-6-months",
    },
    "barnets_lov": {
        **_BOTH,
        ("afgoerelse", "grundlag", "deficient"): "investigation-missing",
        ("afgoerelse", "partshoering-barn", ""): "party-rights-missing",
        ("hjemgivelse", "partshoering-barn", ""): "party-rights-missing",
        ("personrettet-tilsyn", "sted-partshoering", ""): "party-rights-missing",
        ("personrettet-tilsyn", "samvaer-partshoering", ""): "party-rights-missing",
        ("ungestoette", "partshoering-ung", ""): "party-rights-missing",
        ("afgoerelse", "soeskende", ""): "siblings-not-investigated",
        ("barnets-plan", "stilling", ""): "plan-position-missing",
        ("barnets-plan", "udarbejdet", "overdue"): "plan-missing",
        ("barnets-plan", "udarbejdet", "order"): "plan-late",
        ("barnets-plan", "udarbejdet", "late"): "plan-late",
        ("ungeplan", "stilling", ""): "plan-position-missing",
        ("ungeplan", "udarbejdet", "overdue"): "plan-missing",
        ("ungeplan", "udarbejdet", "order"): "plan-late",
        ("ungeplan", "udarbejdet", "late"): "plan-late",
        ("opfoelgning", "foerste", ""): "followup-3-months",
        ("opfoelgning", "rytme", ""): "followup-rhythm-missing",
        # The six months are gone: what is missed is the day that was agreed, or that the old law still pointed at.
        ("opfoelgning", "vurdering", ""): "followup-ongoing",
    },
}
"""Law of the page -> fault -> measure code."""


def measures_of(procedure: str, step: str, kind: str, law: Law) -> tuple[str, ...]:
    """The measure codes of a fault of ``kind`` in a step of a page of ``law``: one, or none."""
    known = MEASURES[law]
    code = known.get((procedure, step, kind)) or known.get((procedure, step, ""))
    return (code,) if code else ()
