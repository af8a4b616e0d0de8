"""What the committee answered to a referral: in which step it is written, and how it is told. Pure."""

from __future__ import annotations

from datetime import date

from checklists.states import RunState, StepState
from checklists.view import answers
from guide.date_text import format_day
from handbook.model import Procedure, Step

OUTCOMES = ("tiltraadt", "aendret", "afvist", "udsat")
"""The ids of a committee's answers. A municipality's own step with these four choices is the one that is used."""


def answer_step(procedure: Procedure) -> Step | None:
    """The step in which the committee's answer is recorded: the municipality's own where it has one."""
    fitting = [s for s in procedure.steps if set(OUTCOMES) <= {choice.id for choice in s.choices}]
    return next((s for s in fitting if s.local), fitting[0] if fitting else None)


def answer_in(state: StepState | None) -> tuple[str, date | None]:
    """The latest answer written in the step (one of OUTCOMES) and its local day; empty and None when there is none."""
    done = [r for r in state.history if r.status == "done"] if state else []
    if state is None or not done:
        return "", None
    given = [choice for choice in answers(state.step, done[-1]) if choice in OUTCOMES]
    return (given[0], done[-1].day) if given else ("", None)


def outcome_word(outcome: str) -> str:
    """The committee's answer in a word."""
    told = {"tiltraadt": "tiltrådt", "aendret": "ændret", "afvist": "afvist", "udsat": "udsat"}
    return told.get(outcome, outcome)


def answer_lines(run: RunState, today: date) -> tuple[str, ...]:
    """The committee's latest answer as a sentence, and what a changed or postponed referral asks for."""
    step = answer_step(run.procedure)
    outcome, day = answer_in(next((s for s in run.steps if step is not None and s.step.id == step.id), None))
    if not outcome or day is None:
        return ()
    return (f"Mødet {format_day(day, today)}: {outcome_word(outcome)}. {_NEXT[outcome]}",)


_NEXT = {
    "tiltraadt": "Træf afgørelsen, når det, der mangler, er på plads.",
    "aendret": "Står det, I overvejer nu, som påtænkt støtte? Tal med barn og forældre om det nye.",
    "afvist": "Skriv, hvad I gør i stedet, og fortæl barn og forældre det.",
    "udsat": "Få det, mødet spurgte efter, på plads, og aftal et nyt møde.",
}
"""Answer -> what comes next."""
