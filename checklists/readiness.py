"""What is known to be missing before a decision: by law, practice, the municipality's own rules and professional habit.

Pure, and only what the records say. Nothing here stops anybody, and nothing missing is not the same as allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from checklists import wording
from checklists.calendar import local_day
from checklists.changed import Older, older_than_measures
from checklists.decisions import DECISION, INVESTIGATION, TAKEN, Decision, measures, place_of
from checklists.facts import Item
from checklists.judge import finding
from checklists.measures.kinds import label_of
from checklists.states import Finding, RunState, StepState
from checklists.view import Place, answers
from handbook.model import Basis, Law, Order, Step

_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-zæøå\d_]|[§»\"])")
"""Where a sentence ends; ``stk. 2``, ``15 pct. ulovligt`` and ``10. år`` go on."""

PROVISIONAL = "foreloebig"
EXPLORATION = "afdaekning"
_NO_INVESTIGATION = "ikke noteret en børnefaglig undersøgelse"
_BEGIN = {
    False: "Begynd undersøgelsen, eller notér den, der er. Kan barnet ikke vente, så skriv /klar akut.",
    True: "Begynd en af dem, eller notér den, der er. Støtten kan begynde ved siden af, når barnet har brug for det.",
}
"""Whether an afdaekning is enough -> what helps."""
_ORDER: tuple[Basis, ...] = ("lov", "praksis", "lokal", "faglig")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing missing before the decision.

    ``due`` is its own deadline, a local day, where it has one; ``expected`` the day the decision is planned for.
    """

    finding: Finding
    due: date | None
    before: bool
    """It belongs before the decision, whatever the day."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is missing for one decision. Days are local (Europe/Copenhagen)."""

    run: str
    law: Law
    decided: date | None
    """The day it was taken; None while it is under way."""
    expected: date | None
    """The day it is planned for."""
    measures: tuple[Item, ...]
    """What is intended, oldest first."""
    can_wait: bool | None
    """Whether the child can wait, as answered; None while nobody has answered."""
    asked: tuple[str, str] | None
    """The step that asks it, as procedure and step; None when the page does not ask here."""
    missing: tuple[Missing, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is known to be missing in what is recorded."""
        return not self.missing


def readiness(found: Decision) -> Readiness:
    """What the records lack for the decision, the law first, then practice, local rules and professional habit."""
    intended = measures(found)
    missing = [*_no_investigation(found)]
    missing += [m for run in found.family for state in run.steps for m in _missing(found, run, state)]
    missing += [_again(found, older) for older in older_than_measures(found, intended)]
    missing.sort(key=lambda m: _ORDER.index(m.finding.basis))
    planned = [r.day for r in found.run.records.get(TAKEN, ()) if r.status == "planned" and r.day >= found.view.today]
    tempo = next((s for s in found.state.steps if s.step.id == "tempo" and s.state != "not relevant"), None)
    given = answers(tempo.step, tempo.record) if tempo and tempo.record and tempo.record.status == "done" else ()
    taken = found.taken
    return Readiness(
        run=found.run.id,
        law=found.state.procedure.law,
        decided=taken.day if taken else None,
        expected=planned[-1] if planned else None,
        measures=intended,
        can_wait=PROVISIONAL not in given if given else None,
        asked=(DECISION, tempo.step.id) if tempo else None,
        missing=tuple(missing),
    )


def _missing(found: Decision, run: RunState, state: StepState) -> list[Missing]:
    if state.finding is not None and state.finding.kind == "late":
        return []  # done, only late: nothing is missing, and the finding stands elsewhere
    if state.finding is not None:
        due = None if state.settled or state.due is None else local_day(state.due.late_after)
        return [Missing(state.finding, due, before=False)]
    place = place_of(found, run, state)
    line = None if state.settled else _line_before(found, run, state.step, place)
    if line is None:
        return []
    text = wording.sentence(f"{state.step.name or state.step.title} er ikke noteret")
    # The page's "Ret op" is for what is already a fault; before the decision the guidance itself helps.
    helps = first_sentence(state.step.text)
    told = finding(found.view, place, "missing", "missing", text, None, _asked_by(line), helps)
    return [Missing(told, None, before=True)]


def _again(found: Decision, older: Older) -> Missing:
    name = older.state.step.name or older.state.step.title
    what = label_of(older.measure)
    text = wording.before_measure(name, older.record.day, what, older.measure.start)
    place = place_of(found, found.state, older.state)
    line = _line_before(found, found.state, older.state.step, place)
    mend = "Spørg igen, nu også om det nye, og skriv svaret."
    told = finding(found.view, place, "missing", "before-measure", text, None, _asked_by(line), mend)
    return Missing(told, None, before=True)


def _no_investigation(found: Decision) -> list[Missing]:
    """What the decision has to rest on, where the case knows of none (SEL § 52, stk. 1; BL §§ 32, 46 and 47).

    An answer that it rests on an earlier one, or is provisional, is taken at its word. Support under BL § 32 may rest
    on an afdaekning too.
    """
    state = next((s for s in found.state.steps if s.step.id == "grundlag" and s.state != "not relevant"), None)
    if state is None or found.taken is not None or found.view.runs_of(INVESTIGATION):
        return []
    place = place_of(found, found.state, state)
    given = found.view.answer(place, DECISION, "grundlag")
    if set(given) - {"ny"} or PROVISIONAL in found.view.answer(place, DECISION, "tempo"):
        return []
    enough = found.state.procedure.law == "barnets_lov" and not found.view.holds(place, "anbringelse")
    if enough and found.view.runs_of(EXPLORATION):
        return []
    what = "hverken noteret en afdækning eller en børnefaglig undersøgelse" if enough else _NO_INVESTIGATION
    told = finding(
        found.view, place, "missing", "no-investigation", f"Der er {what} i sagen", None, "lov", _BEGIN[enough]
    )
    return [Missing(told, None, before=True)]


def _asked_by(line: Order | None) -> Basis | None:
    """Official practice, where only that asks for the step before the decision; else None, the step's own basis."""
    return "praksis" if line is not None and line.practice else None


def _line_before(found: Decision, run: RunState, step: Step, place: Place, seen: tuple[str, ...] = ()) -> Order | None:
    """The line by which the page asks for the step before the decision: itself, or before another asked for so."""
    for line in step.orders:
        if not line.before or not found.view.holds(place, line.when):
            continue
        if line.anchor.procedure == DECISION and line.anchor.step == TAKEN:
            return line
        if line.anchor.step not in seen and _leads_there(found, run, line, place, (*seen, step.id)):
            return line
    return None


def _leads_there(found: Decision, run: RunState, line: Order, place: Place, seen: tuple[str, ...]) -> bool:
    if line.anchor.procedure != run.procedure.id:
        return False
    step = run.procedure.by_id.get(line.anchor.step)
    if step is None:
        return False
    there = Place(place.procedure, place.run, place.serves, step, place.item)
    open_still = any(s.step is step and not s.settled for s in run.steps)
    return open_still and _line_before(found, run, step, there, seen) is not None


def first_sentence(markdown: str) -> str:
    """The first sentence of a page's text, without its Markdown marks."""
    text = markdown.strip().split("\n\n")[0].replace("\n", " ")
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "").replace("`", "")
    return _NEXT_SENTENCE.split(text, maxsplit=1)[0]
