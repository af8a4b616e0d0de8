"""The one line under a step that says by when, and on what ground: ``Frist: ... Lov: SEL § 48, stk. 1.``"""

from __future__ import annotations

from datetime import datetime

from checklists import calendar
from checklists.states import Due, StepState
from guide.dates import format_day, format_moment, format_relative
from guide.dialogue import words
from guide.dialogue.scene import Scene, Spot
from handbook.model import Order


def deadline_line(scene: Scene, spot: Spot) -> str:
    """When the step is due and which rules stand behind it, as words."""
    law = words.clauses(spot.step.references)
    when = _when(scene, spot)
    if spot.step.local:
        when = when.replace("Fristen var", "Den lokale frist var", 1).replace("Frist:", "Lokal frist:", 1)
    return f"{when} {law}".strip()


def ground(state: StepState) -> str:
    """What a deadline rests on: ``Lov: SEL § 155, stk. 2``, or ``Lokalt mål: højst 14 dage efter modtagelsen``."""
    if state.due is not None and state.due.local:
        return f"Lokalt mål: {words.plain(state.due.text)}"
    return f"{words.BASIS[state.step.basis]}: {words.plain(state.step.clause)}"


def _when(scene: Scene, spot: Spot) -> str:
    state = spot.state
    if state.due is None or (state.settled and state.record is None):
        return _stated(scene, spot)
    if state.due.local:
        return f"{_stated(scene, spot)} {due_text(state.due, scene.now, done=state.settled)}"
    return due_text(state.due, scene.now, done=state.settled)


def _stated(scene: Scene, spot: Spot) -> str:
    """What the page says of the time, when nothing in it can be counted yet."""
    before = _before(scene, spot)
    if before:
        return before
    stated = [words.plain(d.text) for d in spot.step.deadlines if scene.view.holds(scene.place(spot), d.when)]
    if stated:
        return f"Frist: {'; '.join(stated)}."
    if spot.step.recurrence is not None:
        return f"Gentages: {words.plain(spot.step.recurrence.text)}."
    return "Ingen lovfrist."


def due_text(due: Due, now: datetime, done: bool = False) -> str:
    """``Frist: fre. 14. feb. (om 2 dage). Regnes først som sen efter man. 17. feb.``, both dates when they differ."""
    passed = calendar.has_passed(due.late_after, now) and not done
    when = format_moment(due.aim, now)
    off = "" if done else f" ({format_relative(due.aim, now)})"
    if isinstance(due.aim, datetime) and not passed:
        off = ", også i weekenden" + off
    later = calendar.local_day(due.late_after)
    hours_left = isinstance(due.aim, datetime) and calendar.has_passed(due.aim, due.late_after)
    tail = ""
    if later != due.day or hours_left:
        tail = f" Regnes først som sen efter {format_day(later, now).rstrip('.')}."
    word = "Fristen var" if passed else "Frist:"
    if due.local:
        word = "Det lokale mål var" if passed else "Lokalt mål:"
    return f"{word} {when}{off}.".replace("..", ".") + tail


def _before(scene: Scene, spot: Spot) -> str:
    """``Frist: før Afgørelsen er truffet, ventet ons. 9. okt.`` for a step that has to come before another."""
    place = scene.place(spot)
    named = []
    for line in spot.step.orders:
        if line.before and scene.view.holds(place, line.when):
            named.append(_other(scene, spot, line))
    return f"Frist: før {words.joined(dict.fromkeys(named))}." if named else ""


def _other(scene: Scene, spot: Spot, line: Order) -> str:
    book = scene.handbooks[spot.procedure.law]
    step = book.step(line.anchor)
    page = book.procedures.get(line.anchor.procedure)
    name = f"»{words.step_name(step)}«" if step else line.anchor.step
    if page is not None and page.id != spot.procedure.id:
        name += f" i {page.title}"
    run = scene.view.resolve(scene.place(spot), line.anchor.procedure)
    found = run.records.get(line.anchor.step, ()) if run else ()
    planned = [r for r in found if r.status == "planned" and r.day >= scene.view.today]
    return name + (f", ventet {format_day(planned[-1].day, scene.now)}" if planned else "")
