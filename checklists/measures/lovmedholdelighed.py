"""Lovmedholdelighed: the compliance list of the national supervision templates, beside the published table.

The notifications counted are those received in the period; the rest stands for the decision.
"""

from __future__ import annotations

from collections.abc import Callable

from checklists import calendar
from checklists.measures.model import DECISION, EVERY, Dossier, Duty, Judge, Measure, Notification, Round
from checklists.measures.verdict import Verdict, deficient, fine, out, too_late
from checklists.wording import spell


def _notifications(duty_of: Callable[[Notification], Duty], code: str, what: str) -> Judge:
    """A duty that each notification received in the period starts the clock of; one fault makes the case deficient."""

    def judge(dossier: Dossier, asked: Round) -> Verdict:
        received = [n for n in dossier.notifications if asked.holds(n.received.day)]
        if not received:
            return out("der er ikke kommet nogen underretning i perioden")
        asked_for = [(n, duty_of(n)) for n in received if not _excused(duty_of(n), asked)]
        if not asked_for:
            return out(f"{what} kan ikke eller skal ikke gives endnu", *(n.received for n in received))
        for notification, duty in asked_for:
            limit = calendar.local_day(duty.due.late_after) if duty.due else notification.received.day
            told = f"underretningen {spell(notification.received.day)}: {what}"
            if duty.record is None:
                return deficient(f"{code}-missing", f"{told} er ikke noteret", limit, notification.received)
            if duty.late:
                reason = f"{told} kom {spell(duty.record.day)}, for sent"
                return too_late(f"{code}-late", reason, limit, duty.record, notification.received)
        counted = "1 underretning" if len(asked_for) == 1 else f"{len(asked_for)} underretninger"
        return fine(f"{what} i tide ved {counted}", *(duty.record for _, duty in asked_for))

    return judge


def _excused(duty: Duty, asked: Round) -> bool:
    if duty.why_not or "kan-ikke" in duty.answers or duty.due is None:
        return True
    return duty.record is None and not calendar.has_passed(duty.due.late_after, asked.seen)


def hearing(dossier: Dossier, _: Round) -> Verdict:
    """Every custody holder could answer before the decision, or the exception is noted."""
    asked = [h for h in dossier.hearings if not h.why_not]
    if not asked:
        return out("der er ingen forældremyndighedsindehaver at høre")
    return _heard(asked, dossier, "hearing", "partshøring")


def child_hearing(dossier: Dossier, _: Round) -> Verdict:
    """A child of 10 or more is a party of its own and could answer before the decision (BL § 3)."""
    duty = dossier.child_hearing
    if duty.why_not:
        return out("barnet var ikke fyldt 10 år ved afgørelsen")
    return _heard([duty], dossier, "party-rights", "partshøring af barnet")


def _heard(duties: list[Duty], dossier: Dossier, code: str, name: str) -> Verdict:
    records = [d.record for d in duties]
    for duty in duties:
        whom = f" ({duty.item.label})" if duty.item and duty.item.label else ""
        if duty.record is None:
            return deficient(f"{code}-missing", f"{name}{whom} er ikke noteret", dossier.day, *records)
        if not duty.in_order:
            reason = f"{name}{whom} er noteret {spell(duty.record.day)}, efter afgørelsen {spell(dossier.day)}"
            return too_late(f"{code}-after-decision", reason, dossier.day, duty.record, *records)
    return fine(f"{name} er noteret før afgørelsen", *records)


def reasons(dossier: Dossier, _: Round) -> Verdict:
    """The decision has its reasons."""
    return _given(dossier, dossier.reasons, "reasons-missing", "begrundelse")


def guidance(dossier: Dossier, _: Round) -> Verdict:
    """The family was told how to complain."""
    return _given(dossier, dossier.guidance, "guidance-missing", "klagevejledning")


def _given(dossier: Dossier, duty: Duty, code: str, name: str) -> Verdict:
    if duty.record is None:
        return deficient(code, f"{name} er ikke noteret", dossier.day)
    if "fuldt-medhold" in duty.answers:
        return out("familien har fået fuldt medhold", duty.record)
    return fine(f"{name} er noteret {spell(duty.record.day)}", duty.record)


def targets(dossier: Dossier, _: Round) -> Verdict:
    """The municipality's own targets were kept. They are no law and stand apart from it."""
    if not dossier.has_targets:
        return out("kommunen har ingen mål for de trin, sagen har")
    if not dossier.targets:
        return fine("de lokale mål er holdt")
    missed = dossier.targets[0]
    return deficient("local-target", missed.text, missed.since)


MEASURES = (
    Measure(
        "assessment-24-hours",
        "Lovmedholdelighed",
        "underretning ikke vurderet inden 24 timer",
        "lov",
        {"serviceloven": "SEL § 155, stk. 2", "barnets_lov": "BL § 136, stk. 2"},
        EVERY,
        _notifications(lambda n: n.assessment, "assessment", "24-timers vurdering"),
    ),
    Measure(
        "receipt",
        "Lovmedholdelighed",
        "kvittering til underretter ikke sendt inden 6 hverdage",
        "lov",
        {"serviceloven": "SEL § 155 b, stk. 1", "barnets_lov": "BL § 138, stk. 1"},
        EVERY,
        _notifications(lambda n: n.receipt, "receipt", "kvittering"),
    ),
    Measure(
        "party-hearing",
        "Lovmedholdelighed",
        "partshøring mangler",
        "lov",
        {"serviceloven": "FVL § 19, stk. 1", "barnets_lov": "FVL § 19, stk. 1"},
        DECISION,
        hearing,
    ),
    Measure(
        "party-rights-missing",
        "Lovmedholdelighed",
        "barnets partsrettigheder fra 10 år ikke fulgt",
        "lov",
        {"barnets_lov": "BL § 3"},
        DECISION,
        child_hearing,
    ),
    Measure(
        "reasoned-decision",
        "Lovmedholdelighed",
        "afgørelse mangler begrundelse",
        "lov",
        {"serviceloven": "FVL §§ 22 og 24", "barnets_lov": "FVL §§ 22 og 24"},
        DECISION,
        reasons,
    ),
    Measure(
        "complaint-guidance",
        "Lovmedholdelighed",
        "klagevejledning mangler",
        "lov",
        {"serviceloven": "FVL § 25, stk. 1", "barnets_lov": "FVL § 25, stk. 1; BL §§ 144-145"},
        DECISION,
        guidance,
    ),
    Measure(
        "local-targets",
        "Kommunens egne mål",
        "lokale mål ikke nået",
        "lokal",
        {"serviceloven": "kommunens eget mål", "barnets_lov": "kommunens eget mål"},
        EVERY,
        targets,
    ),
)
