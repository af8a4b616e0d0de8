"""One case as it entered a round: every fact the measures read, taken from its records by the shared step rules."""

from __future__ import annotations

from dataclasses import replace

from checklists import calendar
from checklists.facts import Case, Record, Run
from checklists.measures.duties import best_of, companion_places, duty, first_due, over, place_of, rhythm
from checklists.measures.entering import Entry
from checklists.measures.model import (
    REVIEW_MONTHS,
    Dossier,
    Duty,
    Investigation,
    Notification,
    Rhythm,
    Round,
    Target,
)
from checklists.predicates import INVESTIGATION, MUST_INVESTIGATE, PLACEMENTS, PREDICATES
from checklists.progress import assess
from checklists.view import Place, View, answers, not_after
from handbook.model import Law

PLANS: dict[Law, tuple[str, ...]] = {"serviceloven": ("handleplan",), "barnets_lov": ("barnets-plan", "ungeplan")}
PLAN_NAMES = ("handleplan", "barnets-plan", "ungeplan")
"""A plan begun under one law and finished under the other keeps the name it began with."""


def dossier(view: View, entry: Entry, asked: Round, reviewed: Case) -> Dossier:
    """The facts of a case under ``entry``. ``view`` is as of the round's last moment.

    ``reviewed`` is the same case as of now: reviewers may write their judgement after the period has ended.
    """
    has_targets, missed = _targets(view, asked)
    common = Dossier(
        case=view.case.id,
        born=view.case.born,
        entered=entry.entered,
        day=entry.day,
        law=view.pages.law_on(entry.day),
        kind=entry.kind,
        run=entry.run.id,
        known_from=view.case.known_from,
        judgements=_judgements(reviewed, entry, asked),
        notifications=_notifications(view),
        has_targets=has_targets,
        targets=missed,
    )
    if entry.entered == "decision":
        return _decision(view, entry, common)
    return _follow_up(view, entry, common) if entry.entered == "follow-up" else common


def _decision(view: View, entry: Entry, common: Dossier) -> Dossier:
    run = entry.run
    here = place_of(view, run, "truffet")
    if here is None:
        return common
    position = best_of([_first(view, run, plan, "stilling") for plan in PLANS[common.law]], "Stilling til en plan")
    return replace(
        common,
        decided=entry.record,
        begun=run.start,
        placement=any(item.kind in PLACEMENTS for item in entry.decided),
        provisional=not PREDICATES["støtten ikke er foreløbig"](view, here),
        must_investigate=_must_investigate(view, common),
        talks=tuple(_talk(view, entry, item.id) for item in entry.decided) or (_talk(view, entry, ""),),
        basis=_own(view, run, "grundlag"),
        investigation=_investigation(view, entry, here),
        clarified=_clarified(view, entry),
        plan=best_of([_first(view, run, plan, "udarbejdet") for plan in PLANS[common.law]], "Plan"),
        plan_position=position,
        hearings=_each(view, run, "partshoering"),
        child_hearing=_own(view, run, "partshoering-barn"),
        reasons=_own(view, run, "begrundelse"),
        guidance=_own(view, run, "klagevejledning"),
        cause=next(iter(view.answer(here, here.procedure.id, "aarsag")), ""),
        siblings=_each(view, run, "soeskende"),
    )


def _follow_up(view: View, entry: Entry, common: Dossier) -> Dossier:
    run, item = entry.run, entry.decided[0]
    places = companion_places(view, run, "opfoelgning", "vurdering", item)
    visited = companion_places(view, run, "personrettet-tilsyn", "besoeg", item)
    if not places or not visited:
        return common
    here = places[0]
    held = rhythm(view, here)
    begins = here.procedure.by_id.get("foerste")
    first = duty(view, here if begins is None else Place(here.procedure, here.run, here.serves, begins, item))
    if begins is None or first.why_not:
        # A first follow-up under serviceloven, or one noted as any other, is a round of the rhythm.
        either = [r for r in (first.record, next(iter(held.held), None)) if r is not None]
        first = replace(first, record=min(either, key=lambda r: r.day, default=None), why_not="")
    opening = here if begins is None else Place(here.procedure, here.run, here.serves, begins, item)
    limit = first_due(view, opening)
    if limit and common.known_from and calendar.local_day(limit.late_after) < common.known_from:
        # It lies before what is known here, so none of the rounds noted is the first one.
        first = replace(first, record=None)
    decided_on = here.procedure.by_id.get("rytme")
    agreed = Place(here.procedure, here.run, here.serves, decided_on, None) if decided_on else None
    return replace(
        common,
        decided=entry.record,
        begun=run.start,
        placement=True,
        first=replace(first, due=limit, over=over(view, opening, limit)),
        rhythm=held,
        agreed=duty(view, agreed) if agreed else common.agreed,
        visits=rhythm(view, visited[0]) if visited else Rhythm(),
    )


# -- what belongs to a decision ----------------------------------------------------------------------------------


def _own(view: View, run: Run, step: str) -> Duty:
    place = place_of(view, run, step)
    return duty(view, place) if place else Duty(step, why_not="loven spørger ikke om det her")


def _each(view: View, run: Run, step: str) -> tuple[Duty, ...]:
    """The step of the decision, once for each item it stands for; once where custody holders are not registered."""
    place = place_of(view, run, step)
    if place is None or place.step.for_each is None:
        return ()
    decided = [r.day for r in run.records.get("truffet", ()) if r.status == "done"]
    items = [
        item
        for item in view.items_for(place, place.step.for_each)
        if item.type == "søskende" or not decided or item.start <= decided[0]
    ]
    if not items and place.step.for_each == "forældremyndighedsindehaver":
        return (duty(view, place),)
    return tuple(duty(view, Place(place.procedure, run, run.serves, place.step, item)) for item in items)


def _first(view: View, run: Run, procedure: str, step: str) -> Duty:
    places = companion_places(view, run, procedure, step, also=PLAN_NAMES)
    return best_of([duty(view, p) for p in places if p.procedure.id == procedure], step)


def _talk(view: View, entry: Entry, item_id: str) -> Duty:
    item = view.case.items.get(item_id)
    places = companion_places(view, entry.run, "boernesamtale", "holdt", item)
    return best_of([duty(view, place) for place in places], "Børnesamtale")


def _investigation(view: View, entry: Entry, here: Place) -> Investigation | None:
    """The investigation behind the decision: the last one finished before it, else the last one begun."""
    runs = view.kinship.candidates(entry.run, entry.run.serves, INVESTIGATION)
    finished = {run.id: r for run in runs if (r := _done(run, "afsluttet")) is not None}
    before = [run for run in runs if run.id in finished and not_after(finished[run.id], entry.record)]
    begun = [run for run in runs if run.start <= entry.day]
    chosen = max(before, key=lambda run: finished[run.id].day, default=None) or next(
        iter(reversed(begun or runs)), None
    )
    end = place_of(view, chosen, "afsluttet") if chosen else None
    position = place_of(view, chosen, "stillingtagen") if chosen else None
    if chosen is None or end is None or position is None:
        return None
    last = finished.get(chosen.id)
    noticed = view.resolve(end, "underretning")
    received = _done(noticed, "modtaget") if noticed else None
    step = end.procedure.by_id.get("art")
    kind = _done(chosen, "art")
    updates = step is not None and kind is not None and "opdatering" in answers(step, kind)
    rests_on = view.answer(here, here.procedure.id, "grundlag")
    return Investigation(
        run=chosen.id,
        new=not updates and "opdateret" not in rests_on,
        begun=chosen.start,
        finished=last,
        position=duty(view, position),
        term=next((term for line in end.step.deadlines for term in line.terms), None),
        trigger=_done(chosen, "udloesende"),
        noticed=received.day if received else None,
        # Asked from the decision: whether it may begin first depends on what was decided.
        before_decision=any(line.before and view.holds(here, line.when) for line in end.step.orders),
        in_order=last is not None and not_after(last, entry.record),
    )


def _clarified(view: View, entry: Entry) -> Record | None:
    for run in view.kinship.candidates(entry.run, entry.run.serves, "afdaekning"):
        record = _done(run, "afsluttet") or _done(run, "besluttet")
        if record is not None:
            return record
    return None


def _must_investigate(view: View, common: Dossier) -> bool:
    for run in view.runs_of("screening"):
        page = view.page_of(run)
        for step_id in MUST_INVESTIGATE[common.law] if page else ():
            step = page.by_id.get(step_id) if page else None
            given = [r for r in run.records.get(step_id, ()) if r.status == "done" and r.day <= common.day]
            if step is not None and given and "ja" in answers(step, given[-1]):
                return True
    return False


# -- what every case has -----------------------------------------------------------------------------------------


def _notifications(view: View) -> tuple[Notification, ...]:
    found = []
    for run in view.runs_of("underretning"):
        received = _done(run, "modtaget")
        assessment, receipt = _own(view, run, "risikovurdering"), _own(view, run, "kvittering")
        if received is None:
            continue
        if "tvivl" in assessment.answers:
            assessment = _own(view, run, "afklaret")
        found.append(Notification(run.id, received, assessment, receipt))
    return tuple(found)


def _judgements(case: Case, entry: Entry, asked: Round) -> dict[str, Record]:
    """The judgement of each step: the last in the period since the case entered, else the first soon after it."""
    reviews = [run for run in case.runs.values() if run.procedure == "sagsgennemgang"]
    if not reviews:
        return {}
    until = calendar.add(asked.end, REVIEW_MONTHS, "måneder")
    since = asked.start if entry.entered == "follow-up" else entry.day
    given: dict[str, list[Record]] = {}
    for run in reviews:
        for step, records in run.records.items():
            given.setdefault(step, []).extend(r for r in records if r.status == "done" and since <= r.day <= until)
    found = {}
    for step, judged in given.items():
        ordered = sorted(judged, key=lambda r: (r.day, r.recorded, r.id))
        within = [r for r in ordered if r.day <= asked.end]
        if ordered:
            found[step] = within[-1] if within else ordered[0]
    return found


def _targets(view: View, asked: Round) -> tuple[bool, tuple[Target, ...]]:
    """Whether any step of the case has a local target, and those not kept in the period."""
    pages = [page for run in view.case.runs.values() if (page := view.page_of(run)) is not None]
    if not any(step.targets for page in pages for step in page.steps):
        return False, ()
    found = assess(view.case, view.handbooks, view.now).findings
    missed = [f for f in found if f.basis == "lokal" and (f.since is None or asked.holds(f.since))]
    return True, tuple(Target(f.step, f.text, f.since) for f in missed)


def _done(run: Run, step: str) -> Record | None:
    return next((r for r in run.records.get(step, ()) if r.status == "done"), None)
