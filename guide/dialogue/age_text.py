"""The child's birthdays that change something, as sentences: the coming ones, and those that fall before a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from checklists.ages import Birthday, coming, passed_between, reached_since
from checklists.calendar import add, local_day
from checklists.facts import Run
from checklists.laws import DECISION, ENDINGS
from guide.date_text import MONTHS, format_day, format_relative
from guide.dialogue import words
from guide.dialogue.scene import Handbooks, Scene, Spot
from guide.turns import Message

FOLLOW_UP = "opfoelgning"
ASSESSMENTS = ("foerste", "vurdering")
SOON_MONTHS = 6
"""How far ahead the birthdays of many cases are listed."""
SOON = f"Fødselsdage de næste {SOON_MONTHS} måneder, der ændrer noget (ikke frister):"


def lines(born: str, handbooks: Handbooks, now: datetime) -> tuple[str, ...]:
    """The birthdays to come, the nearest first, each with what it brings and the clause; empty without any."""
    found = coming(born, handbooks, local_day(now))
    return ("Barnets fødselsdage, der ændrer noget:", *(_line(b, now) for b in found)) if found else ()


def soon(cases: Iterable[tuple[str, str]], handbooks: Handbooks, now: datetime) -> tuple[str, ...]:
    """The birthdays of many ``cases`` (number, birth) in the next six months, the nearest first; empty without any."""
    today = local_day(now)
    then = add(today, SOON_MONTHS, "måneder")
    found = [(b, case) for case, born in cases for b in passed_between(born, handbooks, today, then)]
    found.sort(key=lambda pair: (pair[0].first, pair[1]))
    return (SOON, *(f"{case}: {_short(b, now)}" for b, case in found)) if found else ()


def _short(birthday: Birthday, now: datetime) -> str:
    name = words.sentence(words.step_name(birthday.step))
    when = day_text(birthday, now).rstrip(".")
    return f"{when}. {name} {words.clauses(birthday.step.references)}"


def _line(birthday: Birthday, now: datetime) -> str:
    when = f"{day_text(birthday, now)} ({_off(birthday, now)})"
    return f"{when}: {words.sentence(words.step_name(birthday.step))} {_brings(birthday)}"


def _off(birthday: Birthday, now: datetime) -> str:
    """How far off: in days within a year, else in whole years, because nobody counts 1902 days."""
    years = (birthday.first - local_day(now)).days // 365
    return f"om godt {years} år" if years else format_relative(birthday.first, now)


def day_text(birthday: Birthday, now: datetime) -> str:
    """``fre. 3. maj 2024``, or ``maj 2024`` where only the month of birth is known."""
    if birthday.first == birthday.last:
        return format_day(birthday.first, now)
    return f"{MONTHS[birthday.first.month - 1]} {birthday.first.year}"


def _brings(birthday: Birthday) -> str:
    text = " ".join(words.guidance(birthday.step.text, 1))
    return f"{text} {words.clauses(birthday.step.references)}"


def ahead(scene: Scene, spot: Spot) -> list[Message]:
    """What to know of birthdays that a follow-up falls after, or that come before a decision's day; else nothing."""
    since = _last_seen(scene, spot)
    reached = reached_since(scene.case.born, scene.handbooks, since, scene.view.today) if since else ()
    said = [Message("guide", _after(b, scene.now), "law") for b in reached]
    then = _day(scene, spot)
    if then is None or then <= scene.view.today:
        return said
    found = passed_between(scene.case.born, scene.handbooks, scene.view.today, then)
    return [*said, *(Message("guide", _before(b, then, scene.now), "law") for b in found)]


def _last_seen(scene: Scene, spot: Spot) -> date | None:
    """The day the support was last looked at, or else decided, for a follow-up still to come; None for other steps."""
    run = spot.run.run
    if run is None or spot.procedure.id != FOLLOW_UP or spot.step.id not in ASSESSMENTS or spot.state.settled:
        return None
    decision = scene.case.runs.get(spot.run.serves or "")
    held = [day for step in ASSESSMENTS if (day := _last(run, step))]
    taken = _last(decision, ENDINGS[DECISION]) if decision is not None else None
    return max(held, default=taken)


def _last(run: Run, step: str) -> date | None:
    return max((r.day for r in run.records.get(step, ()) if r.status == "done"), default=None)


def _after(birthday: Birthday, now: datetime) -> str:
    name = words.step_name(birthday.step).replace(" fylder ", " er fyldt ")
    return f"{name} siden sidst ({day_text(birthday, now)}): {_brings(birthday)}"


def _before(birthday: Birthday, then: date, now: datetime) -> str:
    name = words.step_name(birthday.step)
    day = day_text(birthday, now)
    if birthday.first != birthday.last and birthday.last >= then:
        return f"{name} måske før ({day}, dagen er ikke noteret): {_brings(birthday)}"
    order = "samme dag" if birthday.first == then else "før"
    return f"{name} {order} ({day}): {_brings(birthday)}"


def _day(scene: Scene, spot: Spot) -> date | None:
    """The day the decision is planned for, or the follow-up is planned or due; None when neither is at hand."""
    run = spot.run.run
    if spot.procedure.id == FOLLOW_UP:
        return _planned_or_due(spot)
    decision = run if spot.procedure.id == DECISION else scene.case.runs.get(spot.run.serves or "")
    if decision is None or scene.view.kinship.procedure_of(decision) != DECISION:
        return None
    planned = [r.day for r in decision.records.get(ENDINGS[DECISION], ()) if r.status == "planned"]
    taken = any(r.status == "done" for r in decision.records.get(ENDINGS[DECISION], ()))
    return None if taken or not planned else max(planned)


def _planned_or_due(spot: Spot) -> date | None:
    if spot.state.settled:
        return None
    record = spot.state.record
    if record is not None and record.status == "planned":
        return record.day
    return spot.state.due.day if spot.state.due else None
