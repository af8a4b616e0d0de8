"""Items named along the way: measures, custody holders, siblings, pieces of information. Pseudonymous, never names."""

from __future__ import annotations

from guide.dialogue import words
from guide.dialogue.opening import expected_run
from guide.dialogue.prompts import CREATE, ITEMS, LABEL
from guide.dialogue.saving import Asking
from guide.turns import Draft, Focus, Message, Reply
from store.privacy import cpr_like

_PREFIX = {"foranstaltning": "m", "forældremyndighedsindehaver": "f", "søskende": "s", "oplysning": "o"}
_OWNED = frozenset({"foranstaltning", "oplysning"})
"""Types that belong to the run they were named in; holders and siblings belong to the case."""


def of_kind(asking: Asking, kind: str) -> Reply:
    """A new measure of ``kind``, saved at once under its common name; then what it is to be called."""
    label = words.MEASURES.get(kind, kind)
    drafts, item, run = _new(asking, "foranstaltning", kind, label)
    there = asking.spot.focus(CREATE, LABEL, item)
    return Reply(drafts, Focus(run or None, there.procedure, there.step, there.item, CREATE, LABEL, item))


def named(asking: Asking, text: str) -> Reply:
    """A label for an item: of the one just made (Focus.field "label"), else of a new one."""
    focus, spot = asking.focus, asking.spot
    if text == "act:back":
        return Reply(focus=spot.focus())
    if cpr_like(text):
        return asking.again(words.CPR_REFUSED)
    if focus.act == CREATE and focus.field == LABEL:
        return _renamed(asking, text)
    adding = focus.act == CREATE
    kind = (spot.step.for_each if adding else spot.step.creates) or "oplysning"
    drafts, item, run = _new(asking, kind, "", text)
    here = Focus(
        run or None,
        spot.procedure.id,
        spot.step.id,
        item if adding else ",".join(spot.items),
        field="" if adding else ITEMS,
    )
    return Reply(drafts, here, said=(Message("guide", f"{words.quoted(text)} er noteret.", "muted"),))


def _renamed(asking: Asking, text: str) -> Reply:
    item = asking.scene.case.items.get(asking.focus.editing)
    back = asking.spot.focus(field=ITEMS)
    if item is None or text == words.item_name(item):
        return Reply(focus=back)
    row = Draft(
        kind="item",
        case=asking.scene.case.id,
        run=item.run,
        items=(item.id,),
        day=item.start,
        value={"type": item.type, "kind": item.kind, "label": text}
        | ({"to": item.end.isoformat()} if item.end else {}),
        replaces=item.id,
    )
    return Reply((row,), back)


def _new(asking: Asking, kind: str, measure: str, label: str) -> tuple[tuple[Draft, ...], str, str]:
    """The rows that add an item (and open its run when that was only expected), its id and the run's id."""
    scene, spot = asking.scene, asking.spot
    opening = expected_run(scene, spot, asking.today)
    run = opening.run if opening else spot.run_id
    prefix = _PREFIX[kind]
    taken = [int(i[1:]) for i in scene.case.items if i.startswith(prefix) and i[1:].isdecimal()]
    item = f"{prefix}{max(taken, default=0) + 1}"
    value = {"type": kind, "kind": measure, "label": label} if measure else {"type": kind, "label": label}
    owner = run if kind in _OWNED else ""
    row = Draft(kind="item", case=scene.case.id, run=owner, items=(item,), day=asking.today, value=value)
    return ((opening, row) if opening else (row,)), item, run
