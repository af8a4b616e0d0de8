"""What earlier answers say for and against a choice, and whether the choice made goes another way than they did.

Shown and never summed: no score, no verdict. Going another way is no deficiency; it asks for a reason and a talk.
"""

from __future__ import annotations

from checklists.predicates import MUST_INVESTIGATE
from guide.dialogue import words
from guide.dialogue.agenda import given
from guide.dialogue.scene import Scene, Spot
from guide.turns import Message
from handbook.model import Law, Step, Weight

OWN_VIEW = "egen-vurdering"
"""The step in which the caseworker writes an own assessment first."""
INVESTIGATE = "undersoegelse"
"""The choice that SEL § 50, stk. 1, and BL § 20, stk. 1, ask for after a yes to one of ``MUST_INVESTIGATE``."""
CLAUSES: dict[Law, str] = {"serviceloven": "SEL § 50, stk. 1", "barnets_lov": "BL § 20, stk. 1"}

SPARRING = Message(
    "guide",
    "Du går en anden vej, end dine egne svar pegede. Det er ingen mangel, og valget er dit. "
    "Skriv grunden, og overvej at vende det med din faglige leder.",
)


def weights(scene: Scene, spot: Spot) -> list[Message]:
    """What the run's answers say for and against the step's choices, one message for each choice that has any."""
    found = _weighing(scene, spot)
    messages = []
    for choice in spot.step.choices:
        about = [w for w in found if w.target.part == choice.id]
        speaks_for = [w.text or choice.label for w in about if w.speaks_for]
        against = [w.text or choice.label for w in about if not w.speaks_for]
        told = [f"{choice.label}."] if about else []
        told += [f"Det taler for: {'; '.join(speaks_for)}."] if speaks_for else []
        told += [f"Det taler imod: {'; '.join(against)}."] if against else []
        if told:
            messages.append(Message("guide", " ".join(told)))
    if messages:
        messages.insert(0, Message("guide", "Det siger dine svar. Vægten er din."))
    return messages


def _weighing(scene: Scene, spot: Spot) -> list[Weight]:
    found: list[Weight] = []
    for other in scene.progress.runs:
        near = other is spot.run or (other.run is not None and _related(scene, spot, other.run.id))
        for records in other.run.records.values() if near and other.run else ():
            latest = [r for r in records if r.status == "done"][-1:]
            found += [
                w
                for record in latest
                for choice in given(other, record)
                for w in choice.weights
                if w.target.procedure == spot.procedure.id and w.target.step == spot.step.id
            ]
    return found


def _related(scene: Scene, spot: Spot, run: str) -> bool:
    own = spot.run.run
    if own is None:
        return spot.run.serves == run
    other = scene.case.runs.get(run)
    return run in (own.serves, own.opened_by) or (other is not None and own.id in (other.serves, other.opened_by))


def reasons_to_pause(scene: Scene, spot: Spot, chosen: tuple[str, ...]) -> list[Message]:
    """What to say when ``chosen`` goes another way than the own assessment or than the law says; else nothing."""
    if not chosen or not _weighed_on(spot):
        return []
    own = _latest(scene, spot, OWN_VIEW)
    told = []
    if own and set(own).isdisjoint(chosen) and all(spot.step.choice(c) for c in own):
        label = words.joined(words.quoted(c.label) for i in own if (c := spot.step.choice(i)))
        told.append(Message("guide", f"Først skrev du {label}. Hvad flyttede dig?"))
    law = spot.procedure.law
    yes = [s for s in MUST_INVESTIGATE[law] if "ja" in _latest(scene, spot, s)]
    if yes and INVESTIGATE not in chosen and spot.step.choice(INVESTIGATE):
        asked = words.joined(words.quoted(spot.procedure.by_id[s].title) for s in yes)
        text = f"Du har svaret ja til {asked} Så skal barnets forhold undersøges. Lov: {CLAUSES[law]}."
        told.append(Message("guide", text, "warn"))
    return [*told, SPARRING] if told else []


def _weighed_on(spot: Spot) -> bool:
    here: Step = spot.step
    return any(
        w.target.step == here.id and w.target.procedure == here.procedure
        for step in spot.procedure.steps
        for choice in step.choices
        for w in choice.weights
    )


def _latest(scene: Scene, spot: Spot, step_id: str) -> tuple[str, ...]:
    run = spot.run.run
    done = [r for r in run.records.get(step_id, ()) if r.status == "done"] if run else []
    return tuple(c.id for c in given(spot.run, done[-1])) if done else ()
