"""Which audit measure a finding belongs to. A finding may belong to none."""

from __future__ import annotations

MEASURES: dict[tuple[str, str, str], str] = {
    ("boernesamtale", "holdt", ""): "child-talk",
    ("boernesamtale", "undladelse", ""): "child-talk",
    ("boernesamtale", "anden-vej", ""): "child-talk",
    ("boernefaglig-undersoegelse", "afsluttet", "overdue"): "investigation-missing",
    ("boernefaglig-undersoegelse", "afsluttet", "late"): "investigation-late",
    ("boernefaglig-undersoegelse", "afsluttet", "order"): "investigation-unfinished-at-decision",
    ("boernefaglig-undersoegelse", "stillingtagen", ""): "reasoned-position-missing",
    ("boernefaglig-undersoegelse", "boernesamtale", ""): "child-involvement",
    ("boernefaglig-undersoegelse", "foraeldre", ""): "custody-holder-involvement",
    ("underretning", "barnet", ""): "child-involvement",
    ("underretning", "foraeldre", ""): "custody-holder-involvement",
    ("afgoerelse", "grundlag", "overdue"): "investigation-missing",
    ("afgoerelse", "grundlag", "stale"): "investigation-outdated",
    ("handleplan", "udarbejdet", "overdue"): "plan-missing",
    ("handleplan", "udarbejdet", "order"): "plan-late",
    ("handleplan", "udarbejdet", "late"): "plan-late",
    ("opfoelgning", "vurdering", "first"): "followup-3-months",
    ("opfoelgning", "vurdering", "later"): "followup-6-months",
    ("personrettet-tilsyn", "besoeg", ""): "visits",
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
    ("afgoerelse", "partshoering-barn", ""): "party-rights-missing",
    ("afgoerelse", "soeskende", ""): "siblings-not-investigated",
    ("sagsgennemgang", "barnet", ""): "child-involvement",
    ("sagsgennemgang", "foraeldre", ""): "custody-holder-involvement",
    ("sagsgennemgang", "stoettegrundlag", ""): "support-basis",
}
"""(procedure, step, kind of fault or "" for any) -> measure code."""


def measures_of(procedure: str, step: str, kind: str) -> tuple[str, ...]:
    """The measure codes of a fault of ``kind`` in a step: one, or none."""
    code = MEASURES.get((procedure, step, kind)) or MEASURES.get((procedure, step, ""))
    return (code,) if code else ()
