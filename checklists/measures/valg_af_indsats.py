"""Valg af indsats: the plan, and whether the case shows enough to judge the support."""

from __future__ import annotations

from checklists import calendar
from checklists.measures.judgements import judgement
from checklists.measures.model import DECISION, EVERY, Dossier, Measure, Round
from checklists.measures.verdict import Verdict, deficient, fine, out, too_late
from checklists.wording import spell


def plan_missing(dossier: Dossier, asked: Round) -> Verdict:
    """There is no plan: it had to come before the decision, or its deadline has passed."""
    plan = dossier.plan
    if plan.record is not None:
        return fine(f"planen er lavet {spell(plan.record.day)}", plan.record)
    if plan.why_not:
        return out(_no_plan(dossier), dossier.plan_position.record)
    if plan.before is not None:
        return deficient("plan-missing", "der er ingen plan", plan.before.day, plan.before)
    if plan.due is None:
        return out("planens frist er ikke begyndt")
    limit = calendar.local_day(plan.due.late_after)
    if plan.over:
        return out(f"{plan.over}, før planens frist {spell(limit)}")
    if calendar.has_passed(plan.due.late_after, asked.seen):
        return deficient("plan-missing", f"der er ingen plan, fristen var {spell(limit)}", limit, dossier.decided)
    return out(f"planens frist løber endnu, til {spell(limit)}")


def plan_late(dossier: Dossier, _: Round) -> Verdict:
    """The plan came later than the decision's law asks: after the decision, or after its deadline."""
    plan = dossier.plan
    if plan.record is None:
        return out("der er ingen plan")
    if plan.why_not and "nej" in dossier.plan_position.answers:
        return out("planen er lavet, efter at det først var besluttet at lade være", plan.record)
    made = f"planen er lavet {spell(plan.record.day)}"
    if plan.before is not None and not plan.in_order:
        reason = f"{made}, efter afgørelsen {spell(plan.before.day)}"
        return too_late("plan-after-decision", reason, plan.before.day, plan.record, plan.before)
    if plan.due is None:
        return fine(f"{made}, før afgørelsen" if plan.before else made, plan.record)
    limit = calendar.local_day(plan.due.late_after)
    if plan.late:
        return too_late("plan-after-deadline", f"{made}, fristen var {spell(limit)}", limit, plan.record)
    return fine(f"{made}, inden fristen {spell(limit)}", plan.record)


def plan_position_missing(dossier: Dossier, _: Round) -> Verdict:
    """For a supporting measure it was decided, no later than the decision, whether to make a plan (BL § 91, § 108)."""
    position = dossier.plan_position
    if position.why_not or position.due is None:
        return out("planen skal laves ved en anbringelse" if dossier.placement else "der skal ikke tages stilling her")
    limit = calendar.local_day(position.due.late_after)
    if position.record is None:
        return deficient("plan-position-missing", "der er ikke taget stilling til en plan", limit)
    taken = f"der er taget stilling {spell(position.record.day)}"
    if position.late:
        return too_late("plan-position-late", f"{taken}, efter afgørelsen {spell(limit)}", limit, position.record)
    return fine(taken, position.record)


def _no_plan(dossier: Dossier) -> str:
    if "nej" in dossier.plan_position.answers:
        return "det er besluttet ikke at lave en plan (BL § 91, stk. 1, og § 108, stk. 1)"
    return "der er ikke besluttet nogen plan, og loven kræver den ikke ved støttende indsatser"


MEASURES = (
    Measure(
        "plan-missing",
        "Valg af indsats",
        "handleplan mangler",
        "lov",
        {"serviceloven": "SEL § 140, stk. 1", "barnets_lov": "BL § 91, stk. 1-2; BL § 108, stk. 1-2"},
        DECISION,
        plan_missing,
        bl_name="barnets plan eller ungeplan mangler",
        both_name="handleplan, barnets plan eller ungeplan mangler",
    ),
    Measure(
        "plan-late",
        "Valg af indsats",
        "handleplan ikke udarbejdet inden afgørelsen",
        "lov",
        {"serviceloven": "SEL § 140, stk. 1", "barnets_lov": "BL § 91, stk. 1-2; BL § 108, stk. 2-4; BL § 51, stk. 1"},
        DECISION,
        plan_late,
        bl_name="barnets plan eller ungeplan ikke udarbejdet i tide",
        both_name="handleplan, barnets plan eller ungeplan ikke udarbejdet i tide",
    ),
    Measure(
        "plan-position-missing",
        "Valg af indsats",
        "stilling til barnets plan eller ungeplan mangler",
        "lov",
        {"barnets_lov": "BL § 91, stk. 1; BL § 108, stk. 1"},
        DECISION,
        plan_position_missing,
    ),
    Measure(
        "support-basis",
        "Valg af indsats",
        "ikke oplysningsgrundlag til at vurdere, om støtten er relevant",
        "praksis",
        {"serviceloven": "RSL § 10; SEL § 52, stk. 1", "barnets_lov": "RSL § 10; BL § 32, stk. 3-4; BL § 46, stk. 3"},
        EVERY,
        judgement("stoettegrundlag", "support-basis"),
    ),
)
