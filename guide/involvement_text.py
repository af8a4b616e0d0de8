"""Who has been heard, in words; and what is worth a second look before a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checklists.changed import Outdated
from checklists.decisions import INVESTIGATION, Decision
from checklists.involvement import HOLDER, Holder, Phase, Talk, holders, parity, talks
from checklists.readiness import Readiness
from checklists.states import RunState
from guide.date_text import format_day, format_moment
from guide.dialogue import words

NO_HOLDER = (
    "Hvem har forældremyndigheden? Der er ingen skrevet ind i sagen, så samtykke og partshøring kan ikke ses her. "
    "Skriv dem ind som »forælder A« og »forælder B«."
)
_ASK_AGAIN = {
    "fokus-genbesoeg": "Er undersøgelsens fokus stadig det rigtige, nu hvor I ved mere?",
    "foraeldrekompetencer": "Er forældrenes kompetencer undersøgt, og kan de ændre det, der skal ændres?",
    "netvaerk": "Er familiens eget netværk spurgt, og kan nogen i det hjælpe barnet?",
    "vurdering": "Står din egen faglige vurdering i undersøgelsen, skilt fra det, andre har sagt?",
}
"""A step of the investigation -> what to ask oneself when nothing is recorded of it."""


def lines(decision: Decision, runs: Sequence[RunState]) -> tuple[str, ...]:
    """The child about each measure, then each custody holder through the phases."""
    today = decision.view.today
    told = [_talk(decision, talk, today) for talk in talks(decision)]
    told += [_holder(holder, today) for holder in holders(decision, runs)]
    return tuple(told)


def parity_lines(decision: Decision, runs: Sequence[RunState]) -> tuple[str, ...]:
    """A warning for each phase in which one custody holder is left out."""
    if not any(item.type == HOLDER for item in decision.view.case.items.values()):
        return (NO_HOLDER,)
    told: dict[str, list[str]] = {}
    for found in parity(holders(decision, runs)):
        who = words.sentence(words.item_name(found.left_out))[:-1]
        names = f"{who} er ikke med, hvor {words.item_name(found.involved)} er"
        told.setdefault(names, []).append(_phase_name(found.step.name or found.step.title, found.procedure.title))
    ending = "Er der en grund, så skriv den; ellers spørg begge"
    return tuple(f"{who}: {words.joined(where)}. {ending}." for who, where in told.items())


def outdated_lines(found: Outdated | None, today: date) -> tuple[str, ...]:
    """Why the investigation may no longer fit; nothing when nothing has come after it."""
    if found is None:
        return ()
    why = []
    if found.new_measures:
        why.append(
            f"{words.joined(words.item_name(i).casefold() for i in found.new_measures)} er ny eller mere end før"
        )
    if found.notifications:
        days = words.joined(format_day(day, today) for day in found.notifications)
        why.append(f"der er kommet underretning {days}")
    if found.changes:
        days = words.joined(format_day(day, today) for day in found.changes)
        why.append(f"opfølgningen {days} viste, at noget skal være anderledes")
    ended = format_day(found.ended, today)
    ask = "Viser den stadig barnets forhold? Opdatér den, eller skriv, hvorfor den stadig dækker"
    told = words.sentence(f"Undersøgelsen er fra {ended}, og siden: {'; '.join(why)}")
    return (f"{told} {ask}.",)


def prompts(decision: Decision, found: Readiness) -> tuple[str, ...]:
    """What to ask oneself of the investigation, where nothing is recorded and nothing above already asks for it."""
    asked = {m.finding.step for m in found.missing if m.finding.procedure == INVESTIGATION}
    states = {s.step.id: s for run in decision.family if run.procedure.id == INVESTIGATION for s in run.steps}
    if not states:
        return ()
    open_still = [
        step
        for step in _ASK_AGAIN
        if step not in asked and step in states and states[step].record is None and states[step].state != "left out"
    ]
    return tuple(_ASK_AGAIN[step] for step in open_still)


def _talk(decision: Decision, talk: Talk, today: date) -> str:
    name = f"Barnet om {words.item_name(talk.item).casefold()}"
    when = format_moment(talk.record.at or talk.record.day, today) if talk.record else ""
    by = f" af {_by(decision, talk.by)}" if talk.by else ""
    why = f": {talk.why}" if talk.why else ""
    told = {
        "held": f"talt med {when}{by}",
        "planned": f"aftalt til {when}",
        "attempted": f"forsøgt {when}{why}",
        "awaiting": f"venter på svar siden {when}",
        "left out": f"samtalen er undladt{why}",
        "missing": "der er ikke noteret en samtale",
    }[talk.heard]
    return _ended(f"{name}: {told}")


def _by(decision: Decision, choice: str) -> str:
    if choice == "myndighedssagsbehandler":
        return "myndighedssagsbehandleren"
    for run in decision.family:
        step = run.procedure.by_id.get("holdt") if run.procedure.id == "boernesamtale" else None
        found = step.choice(choice) if step else None
        if found is not None:
            return found.label[0].lower() + found.label[1:]
    return choice


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _holder(holder: Holder, today: date) -> str:
    name = words.sentence(words.item_name(holder.item))[:-1]
    return _ended(f"{name}: {'; '.join(_phase(phase, today) for phase in holder.phases)}")


def _phase(phase: Phase, today: date) -> str:
    name = _phase_name(phase.step.name or phase.step.title, phase.procedure.title)
    if phase.record is None:
        return f"{name}: ikke noteret"
    day = format_day(phase.record.day, today)
    if phase.involved:
        return f"{name}: {day}"
    told = {"planned": "aftalt til", "attempted": "forsøgt", "awaiting": "venter siden", "left out": "undladt"}
    return f"{name}: {told.get(phase.record.status, 'noteret')} {day}"


def _phase_name(step: str, page: str) -> str:
    return f"{step[0].lower() + step[1:]} ({page[0].lower() + page[1:]})"
