"""The named predicates that a page's **Hvis:** and **når** may use. Few, and each says what it reads.

A predicate takes the view and the place it is asked from, and says yes or no as of the view's ``now``.
"""

from __future__ import annotations

from checklists import calendar
from checklists import consent as consent  # its predicates join the others
from checklists.decided import day_decided
from checklists.facts import Run
from checklists.laws import DECISION, ENDINGS, ended
from checklists.named import PLACEMENTS as PLACEMENTS
from checklists.named import PREDICATES as PREDICATES
from checklists.named import WITHOUT_CONSENT as WITHOUT_CONSENT
from checklists.named import kinds_at, predicate
from checklists.view import Place, Predicate, View
from handbook.model import Law

MUST_INVESTIGATE: dict[Law, tuple[str, ...]] = {
    "serviceloven": ("saerlig-stoette",),
    "barnets_lov": ("kompleks", "overgreb", "anbringelse", "vold-hjem"),
}
"""Questions of a screening whose yes means that an investigation must be made (SEL § 50, stk. 1; BL § 20, stk. 1)."""

INVESTIGATION = "boernefaglig-undersoegelse"


@predicate("anbringelse")
def placement(view: View, place: Place) -> bool:
    """Foranstaltningen er en anbringelse (for et trin uden foranstaltning: en af sagens er)."""
    return any(kind in PLACEMENTS for kind in kinds_at(view, place))


@predicate("anbringelse uden samtykke")
def forced_placement(view: View, place: Place) -> bool:
    """En af foranstaltningerne er en anbringelse uden samtykke (BL § 47)."""
    return WITHOUT_CONSENT in kinds_at(view, place)


@predicate("udvalget afgør en anbringelse uden samtykke")
def forced_by_committee(view: View, place: Place) -> bool:
    """En anbringelse uden samtykke, som ikke er formandens foreløbige afgørelse (BL § 47)."""
    return forced_placement(view, place) and not _by_chair(view, place)


@predicate("formanden afgør en anbringelse uden samtykke")
def forced_by_chair(view: View, place: Place) -> bool:
    """En anbringelse uden samtykke, truffet foreløbigt af formanden eller Ankestyrelsens direktør (BL § 143)."""
    return forced_placement(view, place) and _by_chair(view, place)


def _by_chair(view: View, place: Place) -> bool:
    """Whether the decision is the chair's own, and not one the committee took after it."""
    run = view.decision_of(place)
    found = [r for r in run.records.get("formand", ()) if r.status == "done"] if run else []
    if run is None or not found or not {"ja", "ankestyrelsen"} & set(view.answer(place, DECISION, "formand")):
        return False
    taken = ended(run, ENDINGS[DECISION])
    return taken is None or taken <= found[-1].day


@predicate("anbringelsen ikke er uden samtykke")
def not_forced(view: View, place: Place) -> bool:
    """Ingen af foranstaltningerne er en anbringelse uden samtykke (BL § 47)."""
    return WITHOUT_CONSENT not in kinds_at(view, place)


@predicate("anbringelsen ikke er foreløbig")
def settled_placement(view: View, place: Place) -> bool:
    """Der er en anbringelse, og den er ikke noteret som foreløbig eller akut (BL § 46, stk. 3)."""
    return placement(view, place) and not _provisional(view, place)


@predicate("støttende indsats")
def supporting_measure(view: View, place: Place) -> bool:
    """Afgørelsen er om støttende indsatser (BL § 32) og ikke om en anbringelse."""
    return not placement(view, place)


def _age(years: int) -> Predicate:
    def reached(view: View, place: Place) -> bool:
        return calendar.age_reached(view.case.born, years, day_decided(view, place))

    reached.__doc__ = f"Barnet er fyldt {years} år den dag, sidens afgørelse blev truffet, ellers i dag."
    return reached


for _years in (10, 12, 15, 16):
    predicate(f"barnet er fyldt {_years}")(_age(_years))


@predicate("barnet er fyldt 17")
def seventeen(view: View, place: Place) -> bool:
    """Barnet er fyldt 17 år i dag."""
    return calendar.age_reached(view.case.born, 17, view.today)


@predicate("en foranstaltning er i gang")
def measure_running(view: View, place: Place) -> bool:
    """En foranstaltning var iværksat og ikke ophørt, da forløbet begyndte."""
    start = place.run.start if place.run else view.today
    for decision in view.runs_of(DECISION):
        for record in decision.records.get("ivaerksat", ()):
            if record.status != "done" or record.day > start:
                continue
            items = [view.case.items[i] for i in record.items if i in view.case.items]
            if not items or any(i.end is None or i.end >= start for i in items):
                return True
    return False


@predicate("valget afviger")
def chosen_otherwise(view: View, place: Place) -> bool:
    """Vejvalget er et andet end sagsbehandlerens egen vurdering, eller end SEL § 50 eller BL § 20 siger skal ske."""
    chosen = view.answer(place, "screening", "vejvalg")
    own = view.answer(place, "screening", "egen-vurdering")
    if not chosen:
        return False
    must = any("ja" in view.answer(place, "screening", step) for step in MUST_INVESTIGATE[place.procedure.law])
    return (bool(own) and own != chosen) or (must and "undersoegelse" not in chosen)


def _unfinished_investigation(view: View, place: Place) -> bool:
    run = view.resolve(place, INVESTIGATION)
    return run is not None and not any(r.status == "done" for r in run.records.get("afsluttet", ()))


@predicate("to måneder inde i undersøgelsen")
def two_months_in(view: View, place: Place) -> bool:
    """Der er gået to måneder, siden undersøgelsen blev besluttet, og den er ikke afsluttet."""
    run = view.resolve(place, INVESTIGATION)
    if run is None or not _unfinished_investigation(view, place):
        return False
    begun = next((r.day for r in run.records.get("besluttet", ()) if r.status == "done"), run.start)
    return calendar.add(begun, 2, "måneder") <= view.today


@predicate("højst to uger til undersøgelsens frist")
def two_weeks_left(view: View, place: Place) -> bool:
    """Undersøgelsen er ikke afsluttet, og dens frist er højst to uger væk eller overskredet."""
    run = view.resolve(place, INVESTIGATION)
    page = view.page_of(run) if run else None
    finish = page.by_id.get("afsluttet") if page else None
    if run is None or page is None or finish is None or not _unfinished_investigation(view, place):
        return False
    at = Place(page, run, run.serves, finish, None)
    dues = [view.due(at, term, "") for deadline in finish.deadlines for term in deadline.terms]
    return any(due is not None and calendar.add(due.day, -2, "uger") <= view.today for due in dues)


def _provisional(view: View, place: Place) -> bool:
    return "foreloebig" in view.answer(place, DECISION, "tempo") + view.answer(place, DECISION, "grundlag")


@predicate("støtten ikke er foreløbig")
def not_provisional(view: View, place: Place) -> bool:
    """Afgørelsen er ikke noteret som foreløbig eller akut støtte (SEL § 52, stk. 2)."""
    return not _provisional(view, place)


@predicate("afgørelsen kan vente")
def can_wait(view: View, place: Place) -> bool:
    """Det er ikke noteret, at afgørelsen ikke kunne vente på planen (SEL § 140, stk. 1)."""
    return "foreloebig" not in view.answer(place, DECISION, "tempo")


@predicate("afgørelsen ikke kan vente")
def cannot_wait(view: View, place: Place) -> bool:
    """Det er noteret, at afgørelsen ikke kunne vente på planen (SEL § 140, stk. 1)."""
    return "foreloebig" in view.answer(place, DECISION, "tempo")


@predicate("barnet er under 16")
def under_sixteen(view: View, place: Place) -> bool:
    """Barnet er ikke fyldt 16 år på afgørelsens dag, ellers i dag."""
    return not PREDICATES["barnet er fyldt 16"](view, place)


def _wanted(view: View, place: Place, plan: str) -> bool:
    return bool({"ja", "faelles"} & set(view.answer(place, plan, "stilling")))


@predicate("der skal laves en barnets plan")
def child_plan_due(view: View, place: Place) -> bool:
    """Barnet er under 16 og anbringes, eller det er besluttet at lave en barnets plan (BL § 91)."""
    return under_sixteen(view, place) and (placement(view, place) or _wanted(view, place, "barnets-plan"))


@predicate("der skal laves en ungeplan")
def youth_plan_due(view: View, place: Place) -> bool:
    """Den unge er fyldt 16 og anbringes, eller det er besluttet at lave en ungeplan (BL § 108)."""
    return not under_sixteen(view, place) and (placement(view, place) or _wanted(view, place, "ungeplan"))


@predicate("planen ligger ikke allerede klar")
def plan_not_in_hand(view: View, place: Place) -> bool:
    """Ingen plan var færdig på afgørelsens dag: så er der noget at tage stilling til (BL §§ 91 og 108)."""
    decision = view.decision_of(place)
    taken = next((r.day for r in decision.records.get("truffet", ()) if r.status == "done"), None) if decision else None
    plans = (r for run in _plans(view, place) for r in run.records.get("udarbejdet", ()) if r.status == "done")
    return not any(taken is None or plan.day <= taken for plan in plans)


def _plans(view: View, place: Place) -> list[Run]:
    found = [place.run, view.resolve(place, "barnets-plan"), view.resolve(place, "ungeplan")]
    return [run for run in found if run is not None]


@predicate("den unge er fyldt 16 siden afgørelsen")
def sixteen_since(view: View, place: Place) -> bool:
    """Barnet var ikke fyldt 16 på afgørelsens dag, men er det i dag (BL § 108, stk. 1-3)."""
    return under_sixteen(view, place) and calendar.age_reached(view.case.born, 16, view.today)


@predicate("undersøgelsen løber ved siden af støtten")
def parallel_investigation(view: View, place: Place) -> bool:
    """Undersøgelsen blev ikke færdig, før støtten begyndte (BL § 32, stk. 4, og § 46, stk. 3)."""
    return _parallel(view, place, INVESTIGATION)


@predicate("afdækningen løber ved siden af støtten")
def parallel_clarification(view: View, place: Place) -> bool:
    """Afdækningen blev ikke færdig, før støtten begyndte (BL § 32, stk. 4)."""
    return _parallel(view, place, "afdaekning")


def _parallel(view: View, place: Place, procedure: str) -> bool:
    run = view.resolve(place, procedure)
    decision = view.decision_of(place)
    if run is None or decision is None:
        return False
    begun = next((r.day for r in decision.records.get("ivaerksat", ()) if r.status == "done"), None)
    ended = next((r.day for r in run.records.get("afsluttet", ()) if r.status == "done"), None)
    return begun is not None and (ended is None or ended > begun)


@predicate("første opfølgning er ikke holdt")
def no_follow_up_yet(view: View, place: Place) -> bool:
    """Der er endnu ingen almindelig opfølgning noteret (en ældre opfølgning kan stamme fra serviceloven).

    Er den første selv noteret, bliver den stående, også når der følges op igen.
    """
    step = place.procedure.by_id.get("vurdering")
    if step is None or any(r.status == "done" for r in view.records(place)):
        return True
    return not any(r.status == "done" for r in view.records(place, step))


@predicate("den første opfølgning er noteret")
def first_follow_up_held(view: View, place: Place) -> bool:
    """Den første opfølgning efter barnets lov er noteret, så den næste er en anden (BL § 95, stk. 3)."""
    return place.run is not None and ended(place.run, "foerste") is not None


@predicate("den første opfølgning er noteret i tide")
def first_follow_up_in_time(view: View, place: Place) -> bool:
    """Den første opfølgning er noteret senest 3 måneder efter iværksættelsen (BL § 95, stk. 2)."""
    decision = view.decision_of(place)
    begun = ended(decision, "ivaerksat") if decision else None
    held = [day for s in ("foerste", "vurdering") if place.run and (day := ended(place.run, s))]
    return begun is not None and bool(held) and min(held) <= calendar.add(begun, 3, "måneder")


@predicate("ingen tidligere indsats")
def no_earlier_measure(view: View, place: Place) -> bool:
    """Der var ikke iværksat nogen indsats eller anbringelse, da forløbet (eller afgørelsen, det tjener) begyndte."""
    decision = view.decision_of(place)
    own = place.run or decision
    start = min(own.start, decision.start) if own and decision else own.start if own else view.today
    return not any(
        record.status == "done" and record.day < start
        for decision in view.runs_of(DECISION)
        for record in decision.records.get("ivaerksat", ())
    )


@predicate("vejen ikke er akut")
def not_acute(view: View, place: Place) -> bool:
    """Underretningens vej frem er ikke akut hjælp: så er der tid til det, vurderingen skal bygge på."""
    return "akut" not in view.answer(place, "underretning", "vej")
