"""Stretches where nothing happens, as audits find them. All of basis faglig, and only about the case as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checklists import calendar, wording
from checklists.facts import Item, Run
from checklists.holding import inherited, lasting
from checklists.measures.kinds import label_of
from checklists.states import Finding, RunState
from checklists.view import DECISION, ENDINGS, View

WAY_FORWARD_WEEKS = 4
POINTS_TO_SUPPORT_WEEKS = 4
NOTHING_RECORDED_WEEKS = 6
HANDOVER_WEEKS = 2
AGEING_MONTHS = 6
"""How long each may last before it is said. Local habits, not law; audits criticised stretches of months."""

INVESTIGATION = "boernefaglig-undersoegelse"


def idle_findings(view: View, runs: tuple[RunState, ...], findings: list[Finding]) -> tuple[Finding, ...]:
    """The idle stretches of the case today. That nothing is recorded is not said where something is overdue."""
    if view.closed is not None:
        return ()
    late = {f.run for f in findings if f.kind == "overdue"}
    found = [
        *_no_way_forward(view),
        *_support_without_decision(view),
        *_ageing_investigation(view),
        *_gap_between_measures(view),
        *_no_handover(view),
    ]
    if not found and not late:
        found += _nothing_recorded(view, runs)
    return tuple(found)


def _done(run: Run, step: str) -> date | None:
    return next((r.day for r in run.records.get(step, ()) if r.status == "done"), None)


def _over(view: View, since: date, weeks: int) -> bool:
    return calendar.add(since, weeks, "uger") < view.today


def _no_way_forward(view: View) -> Iterator[Finding]:
    for run in view.runs_of("underretning"):
        received = _done(run, "modtaget")
        chosen = _done(run, "vej") or next((r.start for r in view.case.runs.values() if r.opened_by == run.id), None)
        if received and not chosen and run.end is None and _over(view, received, WAY_FORWARD_WEEKS):
            days = (view.today - received).days
            yield _finding(
                view, run.id, run.procedure, "vej", "no-way-forward",
                f"Der er gået {days} dage siden underretningen, og vejen frem er ikke noteret.", received,
                "Notér, hvad I vil gøre: akut hjælp, rådgivning, et tilbud, en undersøgelse eller ikke mere.",
            )  # fmt: skip


def _support_without_decision(view: View) -> Iterator[Finding]:
    for run in view.runs_of(INVESTIGATION):
        finished = _done(run, "afsluttet")
        position = [r for r in run.records.get("stillingtagen", ()) if r.status == "done"]
        if finished is None or not _over(view, finished, POINTS_TO_SUPPORT_WEEKS):
            continue
        support = any(r.value.get("valg", r.value.get("")) == "stoette" for r in position)
        decided = any(day and day >= run.start for d in view.runs_of(DECISION) if (day := _done(d, "truffet")))
        if support and not decided:
            weeks = (view.today - finished).days // 7
            yield _finding(
                view, run.id, run.procedure, "afsluttet", "support-without-decision",
                f"Undersøgelsen peger på støtte, men {weeks} uger efter er der ingen afgørelse.", finished,
                "Begynd på afgørelsen, eller notér, hvad den venter på, og om barnet kan vente.",
            )  # fmt: skip


def _ageing_investigation(view: View) -> Iterator[Finding]:
    """Months alone make no investigation stale; before a decision they are worth a thought."""
    for decision in view.runs_of(DECISION):
        if _done(decision, "truffet") or decision.end is not None:
            continue
        finished = [day for run in view.runs_of(INVESTIGATION) if (day := _done(run, "afsluttet"))]
        if finished and calendar.add(max(finished), AGEING_MONTHS, "måneder") < view.today:
            text = (
                f"Undersøgelsen er fra {wording.spell(max(finished))}. Overvej, om den stadig passer til barnet i dag."
            )
            yield _finding(
                view, decision.id, DECISION, "grundlag", "investigation-ageing", text, max(finished),
                "Er forholdene ændret, så opdatér den; ellers skriv, hvorfor den stadig dækker.",
            )  # fmt: skip


def _gap_between_measures(view: View) -> Iterator[Finding]:
    """A measure with an end, and a next one that begins only later. What is already past is history."""
    starts = _starts(view)
    measures = [i for i in view.case.items.values() if i.type == "foranstaltning"]
    for ending in measures:
        end = ending.end
        if end is None or any(_runs_on(m, end, starts) for m in measures if m.id != ending.id):
            continue
        coming = [day for item, day in starts.items() if item != ending.id and day > calendar.add(end, 1, "dage")]
        if not coming or min(coming) < view.today:
            continue
        name = wording.sentence(label_of(ending))
        stop, start = wording.spell(end), wording.spell(min(coming))
        yield _finding(
            view, None, DECISION, "ivaerksat", "gap-between-measures",
            f"{name} slutter {stop}, og den næste indsats begynder først {start}.", end,
            "Overvej, om indsatsen kan forlænges, eller hvad der kan hjælpe barnet i mellemtiden.", (ending.id,),
        )  # fmt: skip


def _starts(view: View) -> dict[str, date]:
    """Measure -> the day it began, or is agreed to begin."""
    found: dict[str, date] = {}
    for decision in view.runs_of(DECISION):
        for record in decision.records.get("ivaerksat", ()):
            if record.status in ("done", "planned"):
                found.update(dict.fromkeys(record.items, record.day))
    return found


def _runs_on(measure: Item, end: date, starts: dict[str, date]) -> bool:
    begun = starts.get(measure.id)
    return begun is not None and begun <= end and (measure.end is None or measure.end > end)


def _no_handover(view: View) -> Iterator[Finding]:
    held = lasting(view.case.assignments)  # a cover is no handover
    if len(held) < 2 or held[-1].staff == held[-2].staff or not _over(view, held[-1].start, HANDOVER_WEEKS):
        return
    taken_over = held[-1].start
    if any(r.start >= calendar.add(taken_over, -4, "uger") for r in view.runs_of("overdragelse")):
        return
    yield _finding(
        view, None, "overdragelse", "opsummering", "no-handover",
        f"Sagen skiftede sagsbehandler {wording.spell(taken_over)}, og der er ingen overdragelse noteret.", taken_over,
        "Begynd forløbet Overdragelse: læs den sidste vurdering, se fristerne, og mød barnet og forældrene.",
    )  # fmt: skip


def _nothing_recorded(view: View, runs: tuple[RunState, ...]) -> list[Finding]:
    """Only while something is under way: between two follow-ups a quiet case is as it should be."""
    last = view.case.last_recorded
    active = next((r for r in runs if r.run and r.run.procedure in ENDINGS and not _settled(r)), None)
    if last is None or active is None or active.run is None or not _over(view, last, NOTHING_RECORDED_WEEKS):
        return []
    if any(
        s.state in ("planned", "awaiting") and s.record and s.record.day >= view.today for r in runs for s in r.steps
    ):
        return []
    text = f"Der er ikke noteret noget i sagen siden {wording.spell(last)}, mens et forløb er i gang."
    step = active.open_steps[0].step.id if active.open_steps else active.procedure.steps[0].id
    return [_finding(view, active.run.id, active.run.procedure, step, "nothing-recorded", text, last, "")]


def _settled(state: RunState) -> bool:
    run = state.run
    if run is None or run.end is not None:
        return True
    if run.procedure == "underretning" and _done(run, "modtaget") is None:
        return True
    return _done(run, ENDINGS[run.procedure]) is not None


def _finding(
    view: View, run: str | None, procedure: str, step: str, code: str, text: str, since: date, mend: str,
    items: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    return Finding(
        run, procedure, step, items, "idle", code, (), "faglig", "", "", text, mend or wording.MEND["idle"],
        view.holder or "sagsbehandler", since, inherited(view.case, since, view.today),
    )  # fmt: skip
