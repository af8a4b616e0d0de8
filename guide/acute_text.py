"""The provisional route in words: act first, then what must follow and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checklists.acute import Follow
from guide.date_text import format_moment
from guide.dialogue import words

TITLE = "Når barnet ikke kan vente"
ACT = (
    "Handl først. Ring til din leder eller vagten nu, og til jurist, hvis der ikke er samtykke. "
    "Intet af det, der mangler her, skal holde dig tilbage. Notér grunden under »Kan det vente?«."
)


def lines(route: Sequence[Follow], today: date) -> tuple[str, ...]:
    """What stands under the title: act first, then each step; ``today`` is the local day it is seen from."""
    return (ACT, *(_line(follow, today) for follow in route))


def _line(follow: Follow, today: date) -> str:
    name = words.sentence(words.step_name(follow.step))[:-1]
    page = "" if follow.step.name and follow.procedure.title in follow.step.name else f" ({follow.procedure.title})"
    clauses = words.clauses(follow.step.references)
    if follow.done:
        return f"{name}{page}: noteret. {clauses}"
    when = f"{_when(follow, today)} " if follow.due else f"{_stated(follow)} "
    return f"{name}{page}: {when.strip()} {clauses}".replace(":  ", ": ")


def _when(follow: Follow, today: date) -> str:
    assert follow.due is not None
    if follow.if_today:
        rule = _rule(follow)
        return f"{rule}; sker det i dag, er det {format_moment(follow.due.aim, today).rstrip('.')}."
    return f"senest {format_moment(follow.due.aim, today).rstrip('.')}."


def _rule(follow: Follow) -> str:
    step = follow.step
    if step.recurrence is not None:
        return words.plain(step.recurrence.text)
    texts = [words.plain(line.text) for line in step.deadlines]
    return texts[0] if len(texts) == 1 else words.joined(texts)


def _stated(follow: Follow) -> str:
    before = [line for line in follow.step.orders if line.before]
    if not before and any(condition.optional for condition in follow.step.conditions):
        return "kun når det bliver nødvendigt."
    return f"før {words.plain(before[0].text)}." if before else ""
