"""Inddragelse: the reviewers' judgement of the involvement, and the talk with the child before the decision."""

from __future__ import annotations

from checklists.measures.judgements import judgement
from checklists.measures.model import DECISION, Dossier, Duty, Measure, Round
from checklists.measures.verdict import Verdict, deficient, fine, out, told, too_late
from checklists.wording import spell


def child_talk(dossier: Dossier, _: Round) -> Verdict:
    """The own caseworker talked with the child before the decision, about every measure that was decided.

    A measure is left out of the question where a ground the law names was given for it; the case is left out when
    that holds for all of them. One measure not talked about is enough for the case to be deficient.
    """
    asked = [talk for talk in dossier.talks if not _left_out(talk)]
    if not asked:
        return _without_talk(dossier.talks)
    seen = [record for talk in asked for record in (talk.record, talk.ground)]
    faults = [(talk, fault) for talk in asked if (fault := _fault(talk))]
    if not faults:
        held = min(talk.record.day for talk in asked if talk.record)
        return fine(f"samtalen er holdt {spell(held)}, før afgørelsen", *seen)
    talk, (code, reason) = faults[0]
    if code == "talk-missing" and len(faults) < len(asked):
        label = talk.item.label if talk.item else "hele støtten"
        code, reason = "talk-about-other-measure", f"samtalen er holdt, men ikke om {label}"
    if code == "talk-after-decision" and talk.record is not None:
        return too_late(code, reason, dossier.day, talk.record, *seen)
    return deficient(code, reason, dossier.day, *seen)


def _left_out(talk: Duty) -> bool:
    return talk.record is None and talk.ground is not None and not talk.ground_fault


def _without_talk(talks: tuple[Duty, ...]) -> Verdict:
    if not talks:
        return out("der er ikke besluttet nogen støtte, samtalen skulle handle om")
    first = talks[0]
    ground = first.ground
    grounds = str(ground.value.get("begrundelse") or "").strip() if ground else ""
    reason = f"samtalen er undladt: {first.ground_text}"
    reason += f" ({grounds})" if grounds else ", uden konkret begrundelse"
    reason += f", noteret {spell(ground.day)}" if ground else ""
    if first.attempts:
        reason += f", forsøgt {len(first.attempts)} {'gang' if len(first.attempts) == 1 else 'gange'}"
    return out(reason, *(r for talk in talks for r in (talk.ground, *talk.attempts)))


def _fault(talk: Duty) -> tuple[str, str] | None:
    """Code and reason; None when the talk was held in time by the right person."""
    if talk.record is None:
        if talk.ground_fault:
            return talk.ground_fault, f"samtalen er undladt med en grund, loven ikke nævner: {talk.ground_text}"
        return "talk-missing", "samtalen er ikke holdt"
    if not talk.in_order and talk.before is not None:
        return (
            "talk-after-decision",
            f"samtalen er holdt {spell(talk.record.day)}, efter afgørelsen {spell(talk.before.day)}",
        )
    return (talk.fault.code, told(talk.fault)) if talk.fault else None


MEASURES = (
    Measure(
        "child-involvement",
        "Inddragelse",
        "utilstrækkelig inddragelse af barnet",
        "praksis",
        {
            "serviceloven": "SEL § 46, stk. 3; SEL § 48; SEL § 50, stk. 3",
            "barnets_lov": "BL § 5, stk. 3-4; BL § 8, stk. 1",
        },
        DECISION,
        judgement("barnet", "child-involvement"),
    ),
    Measure(
        "custody-holder-involvement",
        "Inddragelse",
        "utilstrækkelig inddragelse af forældremyndighedsindehaver",
        "praksis",
        {
            "serviceloven": "SEL § 46, stk. 3; SEL § 50, stk. 1 og 6",
            "barnets_lov": "BL § 2, stk. 4; BL § 22, stk. 2 og 6",
        },
        DECISION,
        judgement("foraeldre", "custody-holder-involvement"),
    ),
    Measure(
        "child-talk",
        "Inddragelse",
        "§ 48-børnesamtale ikke opfyldt",
        "lov",
        {"serviceloven": "SEL § 48, stk. 1-2", "barnets_lov": "BL § 5, stk. 3-4"},
        DECISION,
        child_talk,
        bl_name="§ 5-børnesamtale ikke opfyldt",
        both_name="§ 48- eller § 5-børnesamtale ikke opfyldt",
    ),
)
