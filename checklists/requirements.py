"""Each measure as what is asked, not as what is missing: "overholdt: nej" under a fault's name would mislead."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.model import Law

REQUIREMENTS: Mapping[str, str] = {
    "child-involvement": "barnet er inddraget tilstrækkeligt",
    "custody-holder-involvement": "hver forældremyndighedsindehaver er inddraget tilstrækkeligt",
    "child-talk": "der er talt med barnet før afgørelsen",
    "investigation-missing": "der er lavet en børnefaglig undersøgelse",
    "investigation-outdated": "undersøgelsen er opdateret eller dækker stadig",
    "investigation-late": "undersøgelsen er færdig inden 4 måneder",
    "reasoned-position-missing": "undersøgelsen har en begrundet stillingtagen",
    "investigation-unfinished-at-decision": "undersøgelsen er afsluttet før afgørelsen",
    "clarification-missing": "der er lavet en afdækning eller en undersøgelse",
    "siblings-not-investigated": "søskende er undersøgt ved anbringelsen",
    "plan-missing": "der er lavet en handleplan",
    "plan-late": "handleplanen er lavet inden afgørelsen",
    "plan-position-missing": "der er taget stilling til en plan",
    "support-basis": "der er oplysninger nok til at vurdere støtten",
    "followup-3-months": "første opfølgning er holdt inden 3 måneder",
    "followup-6-months": "opfølgning er holdt hver 6. måned",
    "visits": "det personrettede tilsyn er holdt",
    "followup-rhythm-missing": "rytmen for opfølgning er besluttet",
    "followup-ongoing": "den løbende opfølgning er holdt",
    "assessment-24-hours": "underretningen er vurderet inden 24 timer",
    "receipt": "kvitteringen er sendt inden 6 hverdage",
    "party-hearing": "der er partshørt",
    "party-rights-missing": "barnets partsrettigheder er fulgt",
    "reasoned-decision": "afgørelsen er begrundet",
    "complaint-guidance": "der er givet klagevejledning",
    "local-targets": "kommunens egne mål er nået",
}
"""Measure code -> what it asks for, in Danish, as a whole sentence without its capital letter and full stop."""

_UNDER_BL: Mapping[str, str] = {
    "plan-missing": "der er lavet en barnets plan eller ungeplan",
    "plan-late": "barnets plan eller ungeplan er lavet i tide",
    "followup-3-months": "første opfølgning er holdt i tide",
}


def requirement(code: str, law: Law | None) -> str:
    """What the measure asks for under ``law``; a code that is not known comes back as it is."""
    if law == "barnets_lov" and code in _UNDER_BL:
        return _UNDER_BL[code]
    return REQUIREMENTS.get(code, code)
