"""An answer turned into rows to save, and the question that follows. The first makes a record, the next grow it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from checklists import calendar
from checklists.facts import Record
from checklists.view import answers
from guide.dates import format_day
from guide.dialogue import words
from guide.dialogue.asks import CAUSE, TIME_OPEN, WHY, Ask, asks, choice_name, named_value
from guide.dialogue.deviation import reasons_to_pause
from guide.dialogue.opening import expected_run, opened
from guide.dialogue.prompts import reason_name
from guide.dialogue.scene import Scene, Spot
from guide.turns import Draft, Focus, Message, Prompt, Reply
from handbook.model import Choice


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer needs to know: the case, the spot, the prompt it answers, by whom, and the aware ``now``."""

    scene: Scene
    spot: Spot
    prompt: Prompt
    me: str
    now: datetime

    @property
    def focus(self) -> Focus:
        """Where the prompt stood."""
        return self.prompt.focus

    @property
    def today(self) -> date:
        """The local day of ``now``."""
        return calendar.local_day(self.now)

    @property
    def present(self) -> datetime | None:
        """``now`` as the hour of a record; None when the clock was only set to a day (its last microsecond)."""
        return None if self.now >= calendar.end_of_day(self.today) else self.now

    def again(self, problem: str) -> Reply:
        """The same prompt once more, with what was wrong; nothing is saved."""
        return Reply(focus=self.focus, problem=problem)

    def onward(self) -> Focus:
        """On to whatever the run proposes next."""
        return Focus(self.spot.run_id or None, self.spot.procedure.id, "", serves=self.spot.run.serves or "")


def save_done(asking: Asking, chosen: tuple[str, ...], when: tuple[date, datetime | None] | None = None) -> Reply:
    """The step answered: by its choices, or without any that it is done. Everything else is asked afterwards.

    ``when`` is the record's own time, where that was what the step asked.
    """
    scene, spot, focus = asking.scene, asking.spot, asking.focus
    old = scene.record(spot.run.run, focus.editing)
    many = spot.step.choice_field is not None and spot.step.choice_field.type == "flere valg"
    answer: dict[str, Any] = {choice_name(spot.step): list(chosen) if many else chosen[0]} if chosen else {}
    if old is not None and old.status == "done":
        value = named_value(spot.step, old) | answer
        day, at, items = old.day, old.at, old.items or spot.items
    else:
        value = answer | {a.key: a.blank for a in asks(scene, spot, "done", None)}
        day, at, items = asking.today, asking.present, spot.items
    if when is not None:
        day, at = when
        value.pop(TIME_OPEN, None)
        if _comes_late(asking, day, at):
            value.setdefault(CAUSE, "")
    pause = reasons_to_pause(scene, spot, chosen)
    if pause and reason_name(spot.step) == WHY:
        value.setdefault(WHY, "")
    drafts, run = _with_run(asking, day)
    row = _row(asking, run, value, day, at, items, old.id if old else "")
    drafts.append(row)
    picked = [c for i in chosen if (c := spot.step.choice(i))]
    opening, told = opened(scene, spot, run, picked, asking.today)
    said = [*_consequences(asking, picked), *pause, *told]
    listed = asks(scene, spot, "done", _as_record(row, old))
    following = _first_open(listed, value)
    if following is None and old is not None and _lacks_something(spot):
        following = next((a for a in listed if not value.get(a.key)), None)
    if pause and old is not None and set(chosen) != set(answers(spot.step, old)):
        # the reason that stands was given for the answer before
        following = next((a for a in listed if a.name == reason_name(spot.step)), following)
    return Reply((*drafts, *opening), _next(asking, run, "done", following), said=tuple(said))


def save_field(
    asking: Asking, act: str, ask: Ask, value: Any, day: date | None = None, at: datetime | None = None
) -> Reply:
    """One more thing about the step: a field's ``value``, or the record's own time as ``day`` and ``at``.

    ``value`` None drops the question for good (it was passed over).
    """
    scene, spot, focus = asking.scene, asking.spot, asking.focus
    listed = asks(scene, spot, act, None)
    named = scene.record(spot.run.run, focus.editing)
    old = scene.growing(spot, act, focus.editing) if named is not None or ask.name != _first_name(listed, act) else None
    fresh = old is None or old.status != act
    changed = _fresh_value(asking, act) if fresh or old is None else named_value(spot.step, old)
    when = (day, at) if day is not None else (old.day, old.at) if old and not fresh else (asking.today, asking.present)
    if ask.is_time:
        if changed.get(TIME_OPEN, "") is None:
            del changed[TIME_OPEN]
    elif value is None:
        changed.pop(ask.name, None)
    else:
        changed[ask.name] = value
    said = _said_about(asking, act, ask, when[0] or asking.today, when[1])
    if ask.is_time and act == "done" and _comes_late(asking, when[0] or asking.today, when[1]):
        changed.setdefault(CAUSE, "")
    if old is not None and not fresh and changed == named_value(spot.step, old) and when == (old.day, old.at):
        return Reply(focus=_after(asking, act, ask, old.id, spot.run_id, old), said=said)
    drafts, run = _with_run(asking, asking.today)
    items = (old.items if old else ()) or spot.items
    replaced = old.id if old else ""
    row = _row(asking, run, changed, when[0] or asking.today, when[1], items, replaced)
    return Reply((*drafts, row), _after(asking, act, ask, "", run, _as_record(row, old)), said=said)


def _first_name(listed: tuple[Ask, ...], act: str) -> str:
    """The ask that begins a record of its own; a done step begins with its choice, before any of these."""
    return listed[0].name if act != "done" and listed else ""


def _fresh_value(asking: Asking, act: str) -> dict[str, Any]:
    value: dict[str, Any] = {} if act == "done" else {"status": act}
    if act == "planned":
        value["agreed"] = asking.today.isoformat()
    for ask in asks(asking.scene, asking.spot, act, None):
        value.setdefault(ask.key, ask.blank)
    return value


def _with_run(asking: Asking, day: date) -> tuple[list[Draft], str]:
    row = expected_run(asking.scene, asking.spot, day)
    return ([row], row.run) if row else ([], asking.spot.run_id)


def _row(
    asking: Asking,
    run: str,
    value: dict[str, Any],
    day: date,
    at: datetime | None,
    items: tuple[str, ...],
    replaces: str,
) -> Draft:
    page = asking.spot.procedure
    return Draft(
        kind="record",
        case=asking.scene.case.id,
        run=run,
        procedure=asking.spot.opened_as,
        step=asking.spot.step.id,
        items=items,
        day=day,
        at=at,
        value=value or None,
        replaces=replaces,
        version=page.edition,
    )


def _as_record(row: Draft, old: Record | None) -> Record:
    """The row as the record it will be, so that what is asked next can be worked out before it is saved."""
    value = row.value or {}
    seen = old.recorded if old else datetime.min.replace(tzinfo=calendar.TZ)
    day = row.day or date.min
    return Record(
        "", row.run, row.step, row.items, day, row.at, str(value.get("status") or "done"), value, "", "", seen, ""
    )


# -- what follows -----------------------------------------------------------------------------------------------


def _first_open(listed: tuple[Ask, ...], value: dict[str, Any]) -> Ask | None:
    return next((a for a in listed if a.unanswered(value)), None)


def _lacks_something(spot: Spot) -> bool:
    """Whether what is recorded has a fault: the same answer given again is then a wish to mend it."""
    return spot.state.finding is not None and spot.state.finding.kind == "deficient"


def _next(asking: Asking, run: str, act: str, ask: Ask | None) -> Focus:
    if ask is None:
        return replace(asking.onward(), run=run, serves="")
    return replace(asking.spot.focus(act, ask.name), run=run, serves="")


def _after(asking: Asking, act: str, ask: Ask, editing: str, run: str, record: Record | None) -> Focus:
    """The next question about the same record; when there is none, on to what the run proposes."""
    names = [a.name for a in asks(asking.scene, asking.spot, act, record)]
    rest = names[names.index(ask.name) + 1 :] if ask.name in names else []
    if not rest:
        return replace(asking.onward(), run=run, serves="")
    return replace(asking.spot.focus(act, rest[0], editing), run=run, serves="")


def _comes_late(asking: Asking, day: date, at: datetime | None) -> bool:
    due = asking.spot.state.due
    if due is None or asking.spot.step.recurrence is not None:
        return False
    return calendar.has_passed(due.late_after, at or calendar.start_of_day(day))


def _said_about(asking: Asking, act: str, ask: Ask, day: date, at: datetime | None) -> tuple[Message, ...]:
    due = asking.spot.state.due
    if act == "planned" and ask.is_time and due is not None:
        limit = calendar.local_day(due.late_after)
        if calendar.has_passed(due.late_after, at or calendar.start_of_day(day)):
            day_text = format_day(limit, asking.now)
            what = "det lokale mål" if due.local else "fristen"
            text = f"Aftalen ligger efter {what} {day_text}. Kan den rykkes frem? Ellers notér hvorfor."
            return (Message("guide", text, "warn"),)
    return ()


def _consequences(asking: Asking, chosen: list[Choice]) -> list[Message]:
    """What an answer carries with it on the page, said at once; nothing is stopped."""
    said = []
    for choice in chosen:
        if choice.deficiency is not None:
            said.append(Message("guide", f"{words.sentence(choice.deficiency.text)} Dit svar er gemt.", "warn"))
        names = [
            words.step_name(step)
            for ref in choice.leaves_out
            if (step := asking.scene.handbooks[asking.spot.procedure.law].step(ref)) is not None
        ]
        if names:
            text = f"Jeg noterer »{choice.label}« som grunden til at undlade {words.joined(names)}."
            said.append(Message("guide", f"{text} Om den holder, vurderer du og din leder."))
    return said
