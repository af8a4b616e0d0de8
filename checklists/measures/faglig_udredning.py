"""Faglig udredning: the børnefaglige undersøgelse a decision rests on."""

from __future__ import annotations

from datetime import date

from checklists import calendar
from checklists.measures.model import DECISION, Dossier, Investigation, Measure, Round
from checklists.measures.verdict import Verdict, deficient, fine, out, told, too_late
from checklists.wording import spell

EARLIER = "tidligere"
"""The answer to "which investigation do you rest on?" that names one from an earlier time."""
RECORDED_ELSEWHERE = "det ligger før, sagen er kendt fra her"
SUPPORT_ONLY = "barnets lov kræver ikke en børnefaglig undersøgelse før støttende indsatser (BL § 32, stk. 4)"


def missing(dossier: Dossier, asked: Round) -> Verdict:
    """There is no investigation at all behind the decision: none was made, or the one begun was never finished."""
    if not _required(dossier):
        return out(SUPPORT_ONLY, dossier.basis.record)
    found = dossier.investigation
    if EARLIER in dossier.basis.answers:
        return fine("afgørelsen hviler på en tidligere undersøgelse", dossier.basis.record)
    if found is not None and found.finished is not None:
        return fine(f"undersøgelsen er færdig {spell(found.finished.day)}", found.finished)
    if found is None:
        if dossier.known_from and dossier.begun and dossier.begun <= dossier.known_from:
            return out(RECORDED_ELSEWHERE)
        return deficient("investigation-missing", "der er ingen undersøgelse", dossier.day, dossier.decided)
    limit = _limit(found, asked)
    if not found.before_decision and limit is not None and limit >= calendar.local_day(asked.seen):
        return out(f"undersøgelsen løber ved siden af støtten, fristen er {spell(limit)}")
    reason = f"undersøgelsen er begyndt {spell(found.begun)} og aldrig færdig"
    return deficient("investigation-unfinished", reason, dossier.day, found.trigger, dossier.decided)


def outdated(dossier: Dossier, _: Round) -> Verdict:
    """The decision rests on an earlier investigation, neither updated nor explained as still covering."""
    if not _required(dossier) and EARLIER not in dossier.basis.answers:
        return out(SUPPORT_ONLY, dossier.basis.record)
    basis = dossier.basis
    if basis.fault is not None and basis.fault.kind == "stale":
        return deficient("investigation-outdated", told(basis.fault), dossier.day, basis.record)
    if EARLIER in basis.answers:
        return fine("den tidligere undersøgelse er begrundet som stadig dækkende", basis.record)
    found = dossier.investigation
    if found is not None and found.finished is not None:
        kind = "ny" if found.new else "opdateret"
        return fine(f"undersøgelsen er {kind}", found.finished)
    return fine("afgørelsen hviler ikke på en tidligere undersøgelse", basis.record)


def late(dossier: Dossier, asked: Round) -> Verdict:
    """A new investigation took more than the 4 months."""
    found, why_not = _current(dossier)
    if found is None or found.finished is None:
        return out(why_not)
    if not found.new:
        return out("opdatering af en tidligere undersøgelse")
    begins = _begins(found, asked)
    limit = _limit(found, asked)
    if begins is None or limit is None:
        return out("det er ikke noteret, hvornår kommunen blev opmærksom på barnet")
    if dossier.known_from and limit < dossier.known_from:
        return out(RECORDED_ELSEWHERE)
    counted = f"regnet fra {spell(begins)}"
    if found.finished.day > limit:
        reason = f"færdig {spell(found.finished.day)}, fristen var {spell(limit)}, {counted}"
        return too_late("investigation-late", reason, limit, found.finished, found.trigger)
    reason = f"færdig {spell(found.finished.day)}, inden fristen {spell(limit)}, {counted}"
    return fine(reason, found.trigger, found.finished)


def position_missing(dossier: Dossier, _: Round) -> Verdict:
    """The finished investigation does not say, with reasons, whether support is called for and of what kind."""
    found, why_not = _current(dossier)
    if found is None or found.finished is None:
        return out(why_not)
    position = found.position
    if position.record is None:
        return deficient("position-missing", "der er ingen stillingtagen", found.finished.day, found.finished)
    if position.fault is not None:
        return deficient(position.fault.code, told(position.fault), position.record.day, position.record)
    return fine(f"stillingtagen er skrevet {spell(position.record.day)}", position.record)


def unfinished(dossier: Dossier, _: Round) -> Verdict:
    """The investigation was finished only after the decision. Never finished counts as missing, not here."""
    if not _required(dossier):
        return out(SUPPORT_ONLY, dossier.basis.record)
    found, why_not = _current(dossier)
    if found is None or found.finished is None:
        return out(why_not)
    if not found.before_decision:
        reason = "foreløbig støtte" if dossier.provisional else "støtten kan begynde ved siden af"
        return out(f"{reason}: loven kræver ikke undersøgelsen færdig først", found.finished)
    if not found.in_order:
        reason = f"færdig {spell(found.finished.day)}, efter afgørelsen {spell(dossier.day)}"
        return too_late("finished-after-decision", reason, dossier.day, found.finished, dossier.decided)
    return fine(f"færdig {spell(found.finished.day)}, før afgørelsen", found.finished)


def clarification_missing(dossier: Dossier, _: Round) -> Verdict:
    """A supporting measure rests on an afdækning or an investigation, or began alongside one (BL § 32, stk. 4)."""
    if _required(dossier):
        return out("her kræver loven en børnefaglig undersøgelse")
    if dossier.clarified is not None:
        return fine(f"afdækningen er noteret {spell(dossier.clarified.day)}", dossier.clarified)
    if dossier.investigation is not None:
        return fine("der er en børnefaglig undersøgelse", dossier.investigation.finished)
    if EARLIER in dossier.basis.answers:
        return fine("støtten hviler på en tidligere undersøgelse", dossier.basis.record)
    if dossier.known_from and dossier.begun and dossier.begun <= dossier.known_from:
        return out(RECORDED_ELSEWHERE)
    reason = "der er hverken en afdækning eller en undersøgelse"
    return deficient("clarification-missing", reason, dossier.day, dossier.basis.record)


def siblings(dossier: Dossier, _: Round) -> Verdict:
    """A child was placed for neglect or abuse: siblings under 15 in the household are investigated too."""
    if not dossier.placement:
        return out("ikke en anbringelse")
    if not dossier.cause:
        return out("grunden til anbringelsen er ikke noteret")
    if dossier.cause not in ("omsorgssvigt", "overgreb"):
        return out("anbringelsen skyldes ikke omsorgssvigt eller overgreb")
    asked = [s for s in dossier.siblings if "ikke-omfattet" not in s.answers]
    if not asked:
        return out("der er ingen søskende under 15 år i husstanden", *(s.record for s in dossier.siblings))
    open_ones = [s for s in asked if s.record is None or s.fault is not None]
    records = [s.record for s in asked]
    if open_ones:
        label = open_ones[0].item.label if open_ones[0].item else "søskende"
        return deficient("siblings-not-investigated", f"der er ingen undersøgelse af {label}", dossier.day, *records)
    return fine("søskende i husstanden er undersøgt, eller det er begrundet", *records)


def _required(dossier: Dossier) -> bool:
    """Whether the law of the decision asks for an investigation: always in SEL; in BL for a placement, or § 20."""
    return dossier.law == "serviceloven" or dossier.placement or dossier.must_investigate


def _current(dossier: Dossier) -> tuple[Investigation | None, str]:
    """The finished, current investigation, or None and why there is none."""
    found = dossier.investigation
    if EARLIER in dossier.basis.answers:
        return None, "afgørelsen hviler på en tidligere undersøgelse"
    if found is None:
        return None, "der er ingen undersøgelse"
    if found.finished is None:
        return None, "undersøgelsen er ikke færdig"
    return found, ""


def _begins(found: Investigation, asked: Round) -> date | None:
    """The first day of the 4 months: as written, else the notification, by the auditors never before the period."""
    if found.trigger is not None:
        return found.trigger.day
    if found.noticed is None:
        return None
    return max(found.noticed, asked.start) if asked.from_start else found.noticed


def _limit(found: Investigation, asked: Round) -> date | None:
    begins = _begins(found, asked)
    if begins is None or found.term is None:
        return None
    return calendar.local_day(calendar.due(found.term.amount, found.term.unit, begins, None).late_after)


MEASURES = (
    Measure(
        "investigation-missing",
        "Faglig udredning",
        "børnefaglig undersøgelse mangler",
        "lov",
        {
            "serviceloven": "SEL § 50, stk. 1; SEL § 52, stk. 2",
            "barnets_lov": "BL § 20, stk. 1; BL § 46, stk. 3; BL § 47, stk. 2",
        },
        DECISION,
        missing,
    ),
    Measure(
        "investigation-outdated",
        "Faglig udredning",
        "opdatering af tidligere undersøgelse mangler",
        "praksis",
        {"serviceloven": "SEL § 52, stk. 1-2; RSL § 10", "barnets_lov": "BL § 213, stk. 3; RSL § 10"},
        DECISION,
        outdated,
    ),
    Measure(
        "investigation-late",
        "Faglig udredning",
        "undersøgelse ikke udarbejdet inden 4 måneder",
        "lov",
        {"serviceloven": "SEL § 50, stk. 7", "barnets_lov": "BL § 20, stk. 3"},
        DECISION,
        late,
    ),
    Measure(
        "reasoned-position-missing",
        "Faglig udredning",
        "undersøgelse mangler begrundet stillingtagen",
        "lov",
        {"serviceloven": "SEL § 50, stk. 6", "barnets_lov": "BL § 22, stk. 6"},
        DECISION,
        position_missing,
    ),
    Measure(
        "investigation-unfinished-at-decision",
        "Faglig udredning",
        "undersøgelse ikke afsluttet før afgørelsen",
        "lov",
        {"serviceloven": "SEL § 52, stk. 2", "barnets_lov": "BL § 46, stk. 3; BL § 47, stk. 2"},
        DECISION,
        unfinished,
    ),
    Measure(
        "clarification-missing",
        "Faglig udredning",
        "hverken afdækning eller undersøgelse ved støttende indsats",
        "lov",
        {"barnets_lov": "BL § 32, stk. 4"},
        DECISION,
        clarification_missing,
    ),
    Measure(
        "siblings-not-investigated",
        "Faglig udredning",
        "søskende ikke undersøgt ved anbringelse",
        "lov",
        {"barnets_lov": "BL § 21, stk. 2-3"},
        DECISION,
        siblings,
    ),
)
