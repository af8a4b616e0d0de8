"""Opfølgning: is the support looked at in time, and is the placed child visited where it lives?

These count only the cases that entered under a placement running from before the period.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checklists import calendar
from checklists.facts import Record
from checklists.laws import BORN_OF_LAW
from checklists.measures.model import FOLLOW_UP, Dossier, Measure, Missed, Round
from checklists.measures.verdict import Verdict, deficient, fine, out, too_late
from checklists.wording import spell

NO_RHYTHM = "barnets lov har ingen 6-måneders regel; rytmen besluttes i sagen (BL § 95, stk. 3)"


def first(dossier: Dossier, asked: Round) -> Verdict:
    """The first follow-up within 3 months of the start. It belongs to the period its deadline falls in."""
    duty = dossier.first
    if duty.due is None:
        return out("den første opfølgning ligger før det, sagen er kendt fra her", duty.record)
    limit = calendar.local_day(duty.due.late_after)
    if limit < asked.start:
        return out(f"den første opfølgning skulle være holdt {spell(limit)}, før perioden", duty.record)
    if dossier.known_from is not None and limit < dossier.known_from:
        return out("den første opfølgning ligger før det, sagen er kendt fra her", duty.record)
    if duty.record is not None and duty.record.day <= limit:
        if asked.holds(duty.record.day):
            return fine(f"holdt {spell(duty.record.day)}, fristen var {spell(limit)}", duty.record)
        return out(f"holdt {spell(duty.record.day)}, før perioden", duty.record)
    if duty.record is None and duty.over:
        return out(f"{duty.over}, før fristen {spell(limit)}")
    if not calendar.has_passed(duty.due.late_after, asked.seen):
        return out(f"fristen løber endnu, til {spell(limit)}")
    told = f"fristen var {spell(limit)}"
    if duty.record is not None:
        return too_late("followup-late", f"holdt {spell(duty.record.day)}, {told}", limit, duty.record)
    return deficient("followup-missing", f"ikke holdt, {told}", limit, dossier.decided)


def later(dossier: Dossier, asked: Round) -> Verdict:
    """At most 6 months between follow-ups after the first: serviceloven only, so nothing due from 2024 on."""
    if asked.start >= BORN_OF_LAW:
        return out(NO_RHYTHM)
    first_limit = calendar.local_day(dossier.first.due.late_after) if dossier.first.due else None
    missed = [m for m in dossier.rhythm.missed if m.due < BORN_OF_LAW and m.due != first_limit]
    held = [r for r in dossier.rhythm.held if r.day < BORN_OF_LAW and r is not dossier.first.record]
    return _rhythm(asked, missed, held, dossier.rhythm.next, "followup", "opfølgning")


def visits(dossier: Dossier, asked: Round) -> Verdict:
    """Two visits in any twelve months, with a talk with the child, at the placement."""
    rhythm = dossier.visits
    verdict = _rhythm(asked, rhythm.missed, rhythm.held, rhythm.next, "visit", "besøg")
    elsewhere = [r for r in rhythm.not_counting if asked.holds(r.day)]
    if not verdict.deficient or not elsewhere:
        return verdict
    many = len(elsewhere) > 1
    counted = f"{len(elsewhere)} samtaler andre steder tæller" if many else "1 samtale et andet sted tæller"
    ids = (*verdict.records, *(r.id for r in elsewhere))
    return Verdict(True, True, f"{verdict.reason}; {counted} ikke med", "visit-elsewhere", ids, verdict.since)


def rhythm_missing(dossier: Dossier, asked: Round) -> Verdict:
    """At the first follow-up under barnets lov it was decided how to go on (BL § 95, stk. 3)."""
    duty = dossier.agreed
    if duty.why_not or duty.due is None:
        return out("der er endnu ingen opfølgning, hvor rytmen skulle besluttes")
    limit = calendar.local_day(duty.due.late_after)
    if not asked.holds(limit):
        return out(f"rytmen skulle besluttes {spell(limit)}, uden for perioden", duty.record)
    if duty.record is None:
        return deficient("rhythm-missing", f"rytmen skulle besluttes {spell(limit)} og er ikke noteret", limit)
    if duty.late:
        return too_late("rhythm-late", f"besluttet {spell(duty.record.day)}, efter {spell(limit)}", limit, duty.record)
    return fine(f"besluttet {spell(duty.record.day)}", duty.record)


def ongoing(dossier: Dossier, asked: Round) -> Verdict:
    """A follow-up under barnets lov by the day agreed for it, or that the old law's rhythm still pointed at."""
    missed = [m for m in dossier.rhythm.missed if m.due >= BORN_OF_LAW]
    held = [r for r in dossier.rhythm.held if r.day >= BORN_OF_LAW]
    return _rhythm(asked, missed, held, dossier.rhythm.next, "followup", "opfølgning")


def _rhythm(
    asked: Round, missed: Sequence[Missed], held: Sequence[Record], coming: date | None, code: str, name: str
) -> Verdict:
    """Deficient: a day missed in the period, or before it and still not made good. Relevant: held, or missed."""
    rounds = [r for r in held if asked.holds(r.day)]
    faults = [m for m in missed if asked.holds(m.due) or (m.held is None and m.due < asked.start)]
    if faults:
        fault = faults[0]
        reason = f"{name} skulle være holdt senest {spell(fault.due)}"
        if fault.held is not None:
            return too_late(f"{code}-late", f"{reason}, holdt {spell(fault.held.day)}", fault.due, fault.held)
        return deficient(f"{code}-missing", f"{reason}, og det er ikke noteret", fault.due, *rounds)
    if rounds:
        return fine(f"holdt {' og '.join(spell(r.day) for r in rounds)}", *rounds)
    return out(f"næste {name} falder {spell(coming)}" if coming else f"der falder ingen {name} i perioden")


MEASURES = (
    Measure(
        "followup-3-months",
        "Opfølgning",
        "3-måneders opfølgning ikke overholdt",
        "lov",
        {"serviceloven": "SEL § 70, stk. 1", "barnets_lov": "BL § 95, stk. 2"},
        FOLLOW_UP,
        first,
        bl_name="første opfølgning ikke overholdt",
        both_name="første opfølgning ikke overholdt",
    ),
    Measure(
        "followup-6-months",
        "Opfølgning",
        "6-måneders opfølgning ikke overholdt",
        "lov",
        {"serviceloven": "SEL § 70, stk. 1"},
        FOLLOW_UP,
        later,
        gone=NO_RHYTHM,
    ),
    Measure(
        "visits",
        "Opfølgning",
        "personrettet tilsyn ikke overholdt",
        "lov",
        {"serviceloven": "SEL § 70, stk. 2; SEL § 148, stk. 1", "barnets_lov": "BL § 156, stk. 5"},
        FOLLOW_UP,
        visits,
    ),
    Measure(
        "followup-rhythm-missing",
        "Opfølgning",
        "rytme for opfølgning ikke besluttet",
        "lov",
        {"barnets_lov": "BL § 95, stk. 3"},
        FOLLOW_UP,
        rhythm_missing,
    ),
    Measure(
        "followup-ongoing",
        "Opfølgning",
        "løbende opfølgning ikke holdt",
        "lov",
        {"barnets_lov": "BL § 95, stk. 1 og 3"},
        FOLLOW_UP,
        ongoing,
    ),
)
