"""The question asked now, as a Prompt: the step itself with its numbered answers, or one thing more about it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from checklists.facts import Item, Record
from checklists.predicates import WITHOUT_CONSENT
from checklists.view import answers
from guide.date_text import typed_moment
from guide.dialogue import closing, linking, notifications, replacing, versions, words
from guide.dialogue.asks import REASONS, WHY, Ask, asks, asks_when, named_value
from guide.dialogue.deviation import reasons_to_pause
from guide.dialogue.scene import Scene, Spot
from guide.turns import Focus, Option, Prompt, PromptKind
from handbook.model import Field, Law, Step

DONE = Option("act:done", "Ja, det er gjort")
NOTE_IT = Option("act:done", "Skriv svaret")
PLANNED = Option("act:planned", "Aftalt til …")
ATTEMPTED = Option("act:attempted", "Forsøgt …")
AWAITING = Option("act:awaiting", "Venter på …")
LEFT_OUT = Option("act:left-out", "Undlades …")
LATER = Option("act:later", "Spring over nu")
MORE = Option("act:more", "Tilføj flere …")
KEEP = Option("act:keep", "Behold svaret")
FIELDS = Option("act:fields", "Ret resten af svaret")
NO_MORE = Option("act:no-more", "Ikke flere")
YES = Option("act:yes", "Gem som note")
NO = Option("act:no", "Lad være")
CREATE = "create"
"""The act of naming a new item; the step itself is recorded afterwards."""
NEW, LABEL = "new", "label"
_ENTER = re.compile(r"Enter[^.]*\. ?")
"""What a hint says of Enter alone, when Enter means something else here."""
_ASIDE = {
    linking.LINK: linking.prompt,
    versions.MOVE: versions.prompt,
    replacing.REPLACE: replacing.prompt,
    closing.CLOSE: closing.prompt,
}
"""Acts that ask about the run or an answer as a whole."""
CHOICE, ITEMS = "choice", "items"
"""Focus.field for the two halves of a step that both creates items and has choices."""


def prompt_for(scene: Scene, spot: Spot, focus: Focus) -> Prompt | None:
    """What to ask at ``focus``; None when the field it names has nothing to ask."""
    if focus.text:
        return confirm(focus)
    if focus.act == CREATE:
        return _new_item(scene, spot, focus)
    if focus.act in _ASIDE:
        return _ASIDE[focus.act](scene, spot, focus)
    if asks_step(focus):
        return _first(scene, spot, focus)
    record = scene.growing(spot, focus.act, focus.editing)
    listed = asks(scene, spot, focus.act, record)
    ask = next((a for a in listed if a.name == focus.field), None if focus.field else listed[0])
    return field_prompt(scene, spot, focus, ask, record) if ask else None


def asks_step(focus: Focus) -> bool:
    """Whether the focus asks the step itself, not one of its fields and not something other than done."""
    return focus.act == "done" and focus.field in ("", CHOICE, ITEMS)


def confirm(focus: Focus) -> Prompt:
    """Asks with one key whether a free sentence is to be kept."""
    asked = f"Skal {words.quoted(focus.text)} gemmes som en note?"
    hint = "Enter gemmer den. Den bliver aldrig læst som et svar. Esc: ret den først."
    return Prompt("confirm", focus, asked, (YES, NO), hint, YES.id)


# -- the step itself --------------------------------------------------------------------------------------------


def _first(scene: Scene, spot: Spot, focus: Focus) -> Prompt:
    step = spot.step
    record = edited(scene, spot, focus)
    here = spot.focus(field=focus.field, editing=record.id if record else "")
    if step.creates and (focus.field == ITEMS or (focus.field == "" and record is None)):
        return _creating(scene, spot, here)
    options = [Option(c.id, c.label) for c in step.choices]
    default = ""
    if record is not None:
        options += [KEEP, FIELDS, *([MORE] if step.creates else [])]
        default = KEEP.id
    elif not step.choices and not asks_when(step):
        options.append(NOTE_IT if step.title.startswith("Hv") else DONE)
    options += _acts(scene, spot, correcting=record is not None)
    many = step.choice_field is not None and step.choice_field.type == "flere valg" and bool(step.choices)
    hint = "Enter = behold svaret, som det er." if record else ""
    if many:
        hint = "Vælg gerne flere, fx 1 3." + (f" {hint}" if hint else "")
    if asks_when(step):
        hint = f"{hint} Skriv dagen, fx i går kl. 14 eller 3/10; eller vælg ovenfor med pil ned.".strip()
    kind: PromptKind = "choices" if many else "moment" if asks_when(step) else "choice"
    return Prompt(kind, here, asked(scene, spot), tuple(options), hint, default)


def edited(scene: Scene, spot: Spot, focus: Focus) -> Record | None:
    """The record that an answer at ``focus`` replaces: the one named, or the one that settles a step done once."""
    run = spot.run.run
    named = scene.record(run, focus.editing)
    if named is not None:
        return named
    settles = spot.state.record
    if settles is None or settles.status != "done" or settles.run != spot.run_id or settles.step != spot.step.id:
        return None
    comes_back = spot.step.recurrence is not None or any(c.optional for c in spot.step.conditions)
    if (comes_back and not spot.step.choices) or spot.step.recurrence is not None:
        return None
    return settles if spot.state.settled else None


def asked(scene: Scene, spot: Spot) -> str:
    """The step's question, with what it is about when it stands once for each."""
    question = spot.step.title
    label = _choice_label(spot.step)
    if label:
        question = f"{question} {label}"
    if spot.items:
        question = f"{question} ({words.items_named(scene.case, spot.items)})"
    return question


def _choice_label(step: Step) -> str:
    field = step.choice_field
    if field is None or not step.choices:
        return ""
    plain = {field.name, field.name.replace("-", " ").replace("_", " "), "valg", "flere valg", ""}
    return "" if field.label.strip() in plain else words.question(field.label)


def _acts(scene: Scene, spot: Spot, correcting: bool = False) -> list[Option]:
    if correcting:
        return [PLANNED, ATTEMPTED, AWAITING, LEFT_OUT, *_going(scene, spot)]
    acts = [PLANNED, ATTEMPTED, AWAITING, LATER, LEFT_OUT, *_for_others(scene, spot)]
    return acts + _going(scene, spot)


def _for_others(scene: Scene, spot: Spot) -> list[Option]:
    found = []
    others = scene.siblings(spot)
    if others:
        names = words.joined(words.item_name(s.item) for s in others if s.item)
        found.append(Option("act:all", f"Svaret gælder også {names}"))
    if len(spot.items) > 1:
        found.append(Option("act:one", f"Svaret gælder kun {words.items_named(scene.case, spot.items[:1])}"))
    if spot.step.for_each in ("forældremyndighedsindehaver", "søskende"):
        found.append(Option("act:add", f"Tilføj {words.ITEM_WORDS[spot.step.for_each]} …"))
    return found


def _going(scene: Scene, spot: Spot) -> list[Option]:
    """Runs this one has opened that nobody has begun on yet."""
    run = spot.run.run
    found = []
    for other in scene.progress.runs:
        if run is not None and other.run is not None and other.run.opened_by == run.id and not other.run.records:
            found.append(Option(f"go:{other.run.id}", f"Gå til {other.procedure.title}"))
    return found


# -- new items --------------------------------------------------------------------------------------------------


def measure_kinds(step: Step, law: Law) -> dict[str, str]:
    """The kinds of measure to choose among, with what they are called: the page's own words when it lists kinds.

    Under barnets lov a placement without consent is a kind of its own: its plan comes before the decision.
    """
    listed = {c.id: c.label for c in step.choices} if lists_kinds(step) else dict(words.MEASURES)
    listed.pop(WITHOUT_CONSENT, None)
    forced = {WITHOUT_CONSENT: words.MEASURES[WITHOUT_CONSENT]}
    return listed | forced if law == "barnets_lov" and "anbringelse" in listed else listed


def answered_kinds(step: Step, kinds: Collection[str]) -> tuple[str, ...]:
    """The choices of the step that the named ``kinds`` answer; one without consent is a placement too."""
    named = {*kinds, *(("anbringelse",) if WITHOUT_CONSENT in kinds else ())}
    return tuple(c.id for c in step.choices if c.id in named)


def lists_kinds(step: Step) -> bool:
    """Whether the step's choices are the kinds of what it creates, so that naming the items answers it."""
    return bool(step.choices) and step.creates == "foranstaltning" and all(c.id in words.MEASURES for c in step.choices)


def _creating(scene: Scene, spot: Spot, focus: Focus) -> Prompt:
    kind = spot.step.creates or ""
    there = created(scene, spot)
    known = f"Noteret: {words.items_named(scene.case, [i.id for i in there])}. " if there else ""
    default = NO_MORE.id if there else ""
    tail = (NO_MORE, *_acts(scene, spot))
    if kind == "foranstaltning":
        kinds = tuple(Option(f"kind:{k}", v) for k, v in measure_kinds(spot.step, spot.procedure.law).items())
        hint = f"{known}Én ad gangen." + (" Enter = ikke flere." if there else "")
        return Prompt("item", focus, asked(scene, spot), (*kinds, *tail), hint, default)
    hint = f"{known}Skriv én ad gangen, uden navne." + (" Enter = ikke flere." if there else "")
    return Prompt("text", focus, f"{asked(scene, spot)} Hvad skal den næste hedde?", tail, hint, default)


def created(scene: Scene, spot: Spot) -> list[Item]:
    """The items of the step's kind that this run (or nobody in particular) has named."""
    return [i for i in scene.case.items.values() if i.type == spot.step.creates and (not i.run or i.run == spot.run_id)]


def _new_item(scene: Scene, spot: Spot, focus: Focus) -> Prompt | None:
    if focus.field == LABEL:
        item = scene.case.items.get(focus.editing)
        if item is None:
            return None
        name = words.item_name(item)
        return Prompt("text", focus, f"Hvad skal {name} kaldes?", (), f"Enter = {name}. Uden navne.", name)
    kind = words.ITEM_WORDS.get(spot.step.for_each or spot.step.creates or "", "den nye")
    example = "forælder A, mor" if spot.step.for_each == "forældremyndighedsindehaver" else "søster 4 år"
    hint = f"Uden navn og CPR-nummer, fx {example}."
    return Prompt("text", focus, f"Hvad skal {kind} kaldes?", (KEEP_OUT,), hint)


KEEP_OUT = Option("act:back", "Fortryd")


# -- one thing more ---------------------------------------------------------------------------------------------


def field_prompt(scene: Scene, spot: Spot, focus: Focus, ask: Ask, record: Record | None) -> Prompt:
    """One field, with what is recorded already as the default."""
    here = spot.focus(focus.act, ask.name, record.id if record and focus.editing else "")
    options, default, hint, question = ask.options, ask.default, ask.hint, ask.question
    if ask.kind == "run" and ask.field is not None:
        options = notifications.options(scene, spot, ask.field)
        default = notifications.proposed(scene, spot, ask.field)
        hint = "Enter vælger den foreslåede. En senere har brug for en grund."
    if ask.is_time and not default:
        default = _proposed_day(scene, spot, record)
        hint = f"Enter = {default}. {hint}" if default else hint
    reason = _reason_wanted(scene, spot, ask, record)
    if reason:
        question, hint, default = reason, "Et par ord er nok.", ""
        options = () if _names_a_run(spot) else ask.options
    kept = _kept(scene, spot, ask, record)
    if kept:
        default, hint = kept, f"Enter = behold. {_ENTER.sub('', hint)}".strip()
    if spot.items and ask.is_time:
        question = f"{question} ({words.items_named(scene.case, spot.items)})"
    return Prompt(ask.kind, here, question, options, hint, default)


def _kept(scene: Scene, spot: Spot, ask: Ask, record: Record | None) -> str:
    """What stands already, as it would be typed; empty when nothing was answered."""
    if record is None:
        return ""
    value = named_value(spot.step, record)
    if ask.is_time:
        return "" if ask.unanswered(value) else typed_moment(record.day, record.at)
    stands = value.get(ask.name)
    if stands in (None, "", []):
        return ""
    if ask.kind == "moment":
        try:
            return typed_moment(date.fromisoformat(str(stands)[:10]), None)
        except ValueError:
            return str(stands)
    return ", ".join(map(str, stands)) if isinstance(stands, list | tuple) else str(stands)


def _proposed_day(scene: Scene, spot: Spot, record: Record | None) -> str:
    """For a step that names a notification: the day that one was received."""
    field = _names_a_run(spot)
    run = scene.case.runs.get(str(record.value.get(field.name))) if field and record else None
    return typed_moment(notifications.received_day(scene, run), None) if run else ""


def _names_a_run(spot: Spot) -> Field | None:
    return next((f for f in spot.step.fields if f.type == "forløb"), None)


def _reason_wanted(scene: Scene, spot: Spot, ask: Ask, record: Record | None) -> str:
    """The question when an answer goes another way than earlier ones, or names a later notification than it could."""
    if record is None or ask.name != reason_name(spot.step) or named_value(spot.step, record).get(ask.name):
        return ""
    field = _names_a_run(spot)
    passed = notifications.is_later(scene, spot, field, str(record.value.get(field.name))) if field else None
    if passed is not None:
        return f"Hvorfor regnes fristen ikke fra den tidligste, modtaget {typed_moment(passed.received, None)}?"
    if reasons_to_pause(scene, spot, answers(spot.step, record)):
        return f"Hvad er grunden til, at du vælger en anden vej? {ask.question if ask.name != WHY else ''}".strip()
    return ""


def reason_name(step: Step) -> str:
    """The field that holds the reason for an answer: one of the page's own, else the reserved ``why``."""
    return next((f.name for f in step.fields if f.type == "tekst" and f.name in REASONS), WHY)
