"""What was typed or picked at a prompt, read strictly: an option, or content where content is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from checklists import calendar
from guide.commands_text import content
from guide.dates import DateError, parse_moment
from guide.dialogue import closing, items, linking, notifications, replacing, versions, words
from guide.dialogue.agenda import after, agenda, elsewhere
from guide.dialogue.asks import SKIP, WHY, Ask, asks
from guide.dialogue.picking import picked
from guide.dialogue.prompts import (
    CHOICE,
    CREATE,
    DONE,
    FIELDS,
    ITEMS,
    KEEP,
    NEW,
    NO_MORE,
    answered_kinds,
    asks_step,
    created,
    lists_kinds,
    prompt_for,
    reason_name,
)
from guide.dialogue.saving import Asking, save_done, save_field
from guide.turns import Draft, Focus, Message, Option, Reply
from store.privacy import cpr_like

_STARTS = {
    "act:planned": "planned",
    "act:attempted": "attempted",
    "act:awaiting": "awaiting",
    "act:left-out": "left out",
}
NEEDS_ANSWER = "Skriv eller vælg et svar."


def answer(asking: Asking, text: str) -> Reply:
    """The reply to what was typed at the prompt; ``text`` empty gives the prompt's default."""
    prompt = asking.prompt
    text = text.strip() or prompt.default
    if not text:
        return asking.again(NEEDS_ANSWER)
    if prompt.focus.act == CREATE:
        return items.named(asking, content(text))
    if prompt.focus.act == linking.LINK:
        return _link(asking, text)
    if prompt.focus.act == versions.MOVE:
        return _move(asking, text)
    if prompt.focus.act in (replacing.REPLACE, closing.CLOSE):
        return _aside(asking, text)
    if asks_step(prompt.focus):
        return _answer_step(asking, text)
    return _answer_field(asking, text)


# -- the step itself --------------------------------------------------------------------------------------------


def _answer_step(asking: Asking, text: str) -> Reply:
    chosen = picked(asking.prompt, text)
    if not chosen:
        if asking.prompt.kind == "text":
            return items.named(asking, content(text))
        if asking.prompt.kind == "moment":
            return save_done(asking, ()) if text == DONE.id else _day_first(asking, text)
        return keep_as_note(asking.prompt.focus, content(text))
    acts = [o for o in chosen if o.id.startswith(("act:", "go:", "kind:"))]
    if acts and len(chosen) > 1:
        return asking.again(f"{words.quoted(acts[0].label)} kan ikke vælges sammen med andre svar.")
    if acts:
        return _act(asking, acts[0])
    return save_done(asking, tuple(o.id for o in chosen))


def _act(asking: Asking, option: Option) -> Reply:
    spot = asking.spot
    kind, _, what = option.id.partition(":")
    if kind == "go":
        opened = asking.scene.case.runs.get(what)
        return Reply(focus=Focus(what, opened.procedure if opened else "", ""))
    if kind == "kind":
        return items.of_kind(asking, what)
    if option.id == KEEP.id:
        return Reply(focus=asking.onward())
    if option.id == FIELDS.id:
        return Reply(focus=_fields_of(asking))
    if option.id in _STARTS:
        return _begin(asking, _STARTS[option.id])
    if option.id == "act:later":
        return _later(asking)
    if option.id == "act:all":
        others = tuple(s.item.id for s in asking.scene.siblings(spot) if s.item)
        return Reply(focus=_for(asking, (*spot.items, *others)))
    if option.id == "act:one":
        return Reply(focus=_for(asking, spot.items[:1]))
    if option.id == "act:more":
        return Reply(focus=spot.focus(field=ITEMS, editing=asking.focus.editing))
    if option.id == "act:add":
        return Reply(focus=spot.focus(CREATE, NEW))
    if option.id == NO_MORE.id and lists_kinds(spot.step):
        kinds = {i.kind for i in created(asking.scene, spot)}
        return save_done(asking, answered_kinds(spot.step, kinds))
    if option.id == NO_MORE.id and spot.step.choices:
        return Reply(focus=spot.focus(field=CHOICE, editing=asking.focus.editing))
    return save_done(asking, ()) if option.id in ("act:done", NO_MORE.id) else asking.again(NEEDS_ANSWER)


def _for(asking: Asking, chosen: tuple[str, ...]) -> Focus:
    focus = asking.focus
    return Focus(focus.run, focus.procedure, focus.step, ",".join(chosen), field=focus.field, serves=focus.serves)


def _fields_of(asking: Asking) -> Focus:
    spot = asking.spot
    record = asking.scene.record(spot.run.run, asking.focus.editing)
    listed = asks(asking.scene, spot, "done", record)
    return spot.focus("done", listed[0].name, asking.focus.editing)


def _begin(asking: Asking, act: str) -> Reply:
    spot = asking.spot
    if act == "left out":
        instead = _grounds_step(asking)
        if instead is not None:
            return instead
    aside = replacing.wanted(spot, asking.scene.record(spot.run.run, asking.focus.editing), act)
    if aside is not None:
        return Reply(focus=aside)
    first = asks(asking.scene, spot, act, None)[0]
    return Reply(focus=spot.focus(act, first.name, asking.focus.editing))


def _grounds_step(asking: Asking) -> Reply | None:
    """The step whose answers leave this one out, when the page has one: the grounds stand there."""
    spot = asking.spot
    for step in spot.procedure.steps:
        if any(
            ref.step == spot.step.id for c in step.choices for ref in c.leaves_out if ref.procedure == step.procedure
        ):
            there = asking.scene.spot(spot.run, step.id, spot.items)
            if there is not None:
                return Reply(focus=there.focus())
    return None


def _later(asking: Asking) -> Reply:
    there = after(asking.scene, asking.spot)
    if there is None:
        told = Message(
            "guide", "Det er det eneste, der er åbent lige nu. Det venter her, til du kommer tilbage.", "muted"
        )
        return Reply(focus=asking.focus, said=(told,))
    return Reply(focus=there.focus())


def _link(asking: Asking, text: str) -> Reply:
    """Which of several runs this one counts from; passing it over goes on with the run's most urgent step."""
    chosen = picked(asking.prompt, text)
    if not chosen:
        return keep_as_note(asking.focus, content(text))
    if chosen[0].id == "act:later":
        listed = agenda(asking.scene, asking.spot.run) or elsewhere(asking.scene, asking.spot.run)
        return Reply(focus=listed[0].focus() if listed else None)
    row = linking.answered(asking.scene, asking.spot, asking.focus, chosen[0].id)
    return Reply((row,) if row else (), asking.onward())


def _move(asking: Asking, text: str) -> Reply:
    """The run moved to the current version of its page, or left where it is; then on with what it proposes."""
    chosen = picked(asking.prompt, text)
    if not chosen:
        return keep_as_note(asking.focus, content(text))
    if chosen[0].id != versions.YES.id:
        return Reply(focus=asking.onward())
    rows, told = versions.moved(asking.scene, asking.spot)
    return Reply(rows, asking.onward(), said=told)


def _aside(asking: Asking, text: str) -> Reply:
    """What becomes of a done answer, or of a whole run."""
    chosen = picked(asking.prompt, text)
    if not chosen:
        return keep_as_note(asking.focus, content(text))
    if asking.focus.act == closing.CLOSE:
        return closing.answered(asking.scene, asking.spot, chosen[0])
    return Reply(focus=replacing.chosen(asking.scene, asking.spot, asking.focus, chosen[0]))


# -- one thing more ---------------------------------------------------------------------------------------------


def _answer_field(asking: Asking, text: str) -> Reply:
    scene, spot, focus = asking.scene, asking.spot, asking.focus
    record = scene.growing(spot, focus.act, focus.editing)
    listed = asks(scene, spot, focus.act, record)
    ask = next((a for a in listed if a.name == focus.field), None)
    shown = prompt_for(scene, spot, focus)
    if ask is None or shown is None:
        return Reply(focus=asking.onward())
    chosen = picked(asking.prompt, text)
    if chosen and chosen[0].id == SKIP.id:
        return save_field(asking, focus.act, ask, None)
    if ask.kind == "moment":
        return _moment(asking, ask, text)
    if ask.kind in ("choice", "scale", "run"):
        if not chosen:
            return keep_as_note(focus, content(text))
        return _option_saved(asking, ask, chosen[0].id)
    told = asking.me if chosen and chosen[0].id == "act:me" else content(text)
    if not told:
        return asking.again("Skriv initialer eller en rolle." if ask.kind == "person" else NEEDS_ANSWER)
    return asking.again(words.CPR_REFUSED) if cpr_like(told) else save_field(asking, focus.act, ask, told)


def _option_saved(asking: Asking, ask: Ask, chosen: str) -> Reply:
    value: Any = int(chosen) if ask.kind == "scale" else chosen
    reply = save_field(asking, asking.focus.act, ask, value)
    if ask.kind != "run" or ask.field is None:
        return reply
    if notifications.is_later(asking.scene, asking.spot, ask.field, chosen) is None:
        return reply
    return replace(reply, drafts=tuple(_wanting_reason(asking, d) if d.kind == "record" else d for d in reply.drafts))


def _wanting_reason(asking: Asking, draft: Draft) -> Draft:
    """A later notification was named: the reason is asked for, in the page's own field or under the reserved name."""
    value = dict(draft.value or {})
    name = reason_name(asking.spot.step)
    value.setdefault(name, "" if name == WHY else None)
    return replace(draft, value=value)


def _day_first(asking: Asking, text: str) -> Reply:
    """The step's own question was "Hvornår ...?": the day typed makes the record, and the rest is asked after."""
    read = _read(asking, asks(asking.scene, asking.spot, "done", None)[0], text)
    return read if isinstance(read, Reply) else save_done(asking, (), read)


def _moment(asking: Asking, ask: Ask, text: str) -> Reply:
    read = _read(asking, ask, text)
    if isinstance(read, Reply):
        return read
    if not ask.is_time:
        return save_field(asking, asking.focus.act, ask, read[0].isoformat())
    return save_field(asking, asking.focus.act, ask, None, *read)


def _read(asking: Asking, ask: Ask, text: str) -> tuple[date, datetime | None] | Reply:
    """The day and perhaps the hour typed; or the same prompt again, with why it cannot be that.

    A sentence without a number at a step's own question is no mistyped day: it is offered as a note, as at a choice.
    """
    own = ask.is_time and asking.focus.act != "planned"
    if own and text.casefold() == "nu":
        hour = asking.present if ask.field is None or ask.field.type == "tidspunkt" else None
        return asking.today, hour
    try:
        day, at = parse_moment(text, asking.now, prefer_future=ask.ahead)
    except DateError as error:
        sentence = asks_step(asking.focus) and (cpr_like(text) or not any(c.isdigit() for c in text))
        return keep_as_note(asking.focus, content(text)) if sentence else asking.again(str(error))
    if own and _is_ahead(asking, day, at):
        return asking.again(
            "Den dag er ikke kommet endnu. Er det en aftale, så vælg »Aftalt til …«; ellers skriv dagen om."
        )
    return day, at


def _is_ahead(asking: Asking, day: date, at: datetime | None) -> bool:
    return day > asking.today or (at is not None and calendar.has_passed(asking.now, at))


# -- notes ------------------------------------------------------------------------------------------------------


def keep_as_note(focus: Focus, text: str) -> Reply:
    """Offers to keep a free sentence as a note. It is never an answer."""
    if not text:
        return Reply(focus=focus, problem=NEEDS_ANSWER)
    if cpr_like(text):
        return Reply(focus=focus, problem=words.CPR_REFUSED)
    return Reply(focus=replace(focus, text=text))
