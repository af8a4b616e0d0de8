"""A step under both laws side by side, and what New Year 2023/24 changed for a run that was under way then.

Folded from the records and the pages each time; nothing about it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from checklists.facts import Record
from checklists.laws import BORN_OF_LAW, SAME_DUTY, TIED
from checklists.states import RunState
from guide.dialogue import words
from guide.dialogue.scene import Scene, Spot
from guide.turns import Message
from handbook.diff import law_change
from handbook.model import Law, Procedure, Step
from handbook.numbering import page_on
from handbook.step_words import rules, shown_rules

NAMES: dict[Law, str] = {"serviceloven": "serviceloven", "barnets_lov": "barnets lov"}
PERIODS: dict[Law, str] = {"serviceloven": "til og med 31. dec. 2023", "barnets_lov": "fra 1. jan. 2024"}
_TOLD = 3
"""How many changed rules a run that crossed New Year is told of."""


@dataclass(frozen=True, slots=True)
class Side:
    """A step on its page in one law; ``step`` is None where the page has no such step."""

    page: Procedure
    step: Step | None


def both(scene: Scene, spot: Spot) -> tuple[str, ...]:
    """The step that is asked about under both laws, the older first: its rules in each, then what changed."""
    if spot.step.local:
        return (f"{words.quoted(words.step_name(spot.step))} er kommunens eget trin. Ingen af lovene har det.",)
    step = spot.procedure.by_id.get(spot.step.id, spot.step)
    here = Side(spot.procedure, step)
    others = _counterparts(scene, spot.procedure, step)
    sides = sorted([here, *others], key=lambda side: side.page.law != "serviceloven")
    blocks = [_block(side.page, side.step) for side in sides if side.step is not None]
    return (*blocks, *_changes(here, others), _governs(scene, spot))


def _counterparts(scene: Scene, page: Procedure, step: Step) -> list[Side]:
    """The same step on every page of the other law that is the page's counterpart, its own counterpart first."""
    other: Law = "serviceloven" if page.law == "barnets_lov" else "barnets_lov"
    book = scene.handbooks.get(other)
    if book is None:
        return []
    day = max(scene.view.today, BORN_OF_LAW) if other == "barnets_lov" else BORN_OF_LAW - timedelta(days=1)
    pages = [p for p in book.procedures.values() if p.id == page.counterpart or p.counterpart == page.id]
    pages.sort(key=lambda p: p.id != page.counterpart)
    found = [Side(p, p.by_id.get(i)) for p in (page_on(p, day) for p in pages) for i in _same(page, p, step.id)]
    matched = [side for side in found if side.step is not None]
    return matched or found[:1]


def _same(page: Procedure, other: Procedure, step: str) -> list[str]:
    """The ids the step may have on the other law's page."""
    if other.law == "serviceloven":
        return [SAME_DUTY.get((page.id, step), step)]
    return [step, *(new for (name, new), old in SAME_DUTY.items() if name == other.id and old == step)]


def _block(page: Procedure, step: Step) -> str:
    deadlines = [*(d.text for d in step.deadlines), *([step.recurrence.text] if step.recurrence else [])]
    orders = [text for text in shown_rules(step) if text not in deadlines]
    return "\n".join(
        (
            f"{NAMES[page.law].capitalize()}, {PERIODS[page.law]}: {page.title}",
            f"  Trin: {words.step_name(step)}",
            f"  Frist: {words.plain('; '.join(deadlines)) or 'ingen lovfrist'}",
            f"  Rækkefølge: {words.plain('; '.join(orders)) or 'ingen fast rækkefølge'}",
            f"  {words.clauses(step.references)}",
        )
    )


def _changes(here: Side, others: list[Side]) -> Iterator[str]:
    if not others:
        other: Law = "serviceloven" if here.page.law == "barnets_lov" else "barnets_lov"
        yield f"{NAMES[other].capitalize()} har intet tilsvarende forløb."
    for side in others:
        old, new = (side, here) if side.page.law == "serviceloven" else (here, side)
        yield f"Forskellen: {change(old, new)}"


def change(old: Side, new: Side) -> str:
    """What changed from the step under serviceloven to the one under barnets lov, in one sentence."""
    wanted = new.step or old.step
    if wanted is None:
        return ""
    before = old.page
    if old.step is not None and old.step.id != wanted.id:  # the same duty under another id
        before = replace(before, steps=(replace(old.step, id=wanted.id),))
    return law_change(before, new.page, wanted.id)


def _governs(scene: Scene, spot: Spot) -> str:
    record = spot.state.record
    law = (spot.state.page or spot.procedure).law
    if law != spot.procedure.law and record is not None and record.status == "done":
        return f"Her er det gjort {words.moment_of(record, scene.now)} og bedømmes efter {NAMES[law]}."
    tied = " Loven følger afgørelsens dag." if spot.procedure.id in TIED else ""
    return f"Her følger trinnet {NAMES[law]}.{tied}"


# -- a run that crossed New Year 2023/24 ------------------------------------------------------------------------


def crossing(scene: Scene, run: RunState) -> list[Message]:
    """What to say once, at the top of a run that began under serviceloven and follows barnets lov now; else nothing."""
    before = _page_before(scene, run)
    if before is None:
        return []
    page = run.procedure
    name = f"»{page.title}« (før »{before.title}«)" if page.title != before.title else f"»{page.title}«"
    told = [
        "Forløbet begyndte under serviceloven. Det, der ikke var færdigt ved nytår 2023/24, følger nu barnets lov: "
        f"{name}. Dine svar og frister er fulgt med."
    ]
    changed = _most_changed(scene, run)
    told += [f"· {text}" for text in changed]
    if not changed:
        told.append("Frister og rækkefølge er de samme i det, der mangler. /lov viser begge love ved hvert trin.")
    else:
        told.append("/lov viser begge love ved hvert trin.")
    return [Message("guide", "\n".join(told), "law")]


def _page_before(scene: Scene, run: RunState) -> Procedure | None:
    """The page a run that crossed New Year began on; None for every other run."""
    if run.run is None or run.run.start >= BORN_OF_LAW or run.procedure.law != "barnets_lov":
        return None
    book = scene.handbooks.get("serviceloven")
    if book is None:
        return None
    return book.procedures.get(run.run.procedure) or book.procedures.get(run.procedure.counterpart)


def _most_changed(scene: Scene, run: RunState) -> list[str]:
    """The changed rules that matter most: open steps with other rules, new duties, then steps that may yet stand."""
    ranked: list[tuple[int, int, str]] = []
    open_now = {s.step.id for s in run.steps if not s.settled}
    over = {s.step.id for s in run.steps if s.settled and s.state != "not relevant"} - open_now
    for number, step in enumerate(run.procedure.steps):
        if step.id in over or step.local or all(r.basis != "lov" for r in step.references):
            continue
        earlier = scene.view.pages.earlier(run.procedure, step)
        if earlier is None:
            text = _new(step) if step.id in open_now else ""
            rank = 1
        else:
            text = change(Side(*earlier), Side(run.procedure, step)) if rules(earlier[1]) != rules(step) else ""
            rank = 0 if step.id in open_now else 2
        ranked += [(rank, number, text)] if text else []
    return [text for _, _, text in sorted(ranked)[:_TOLD]]


def _new(step: Step) -> str:
    shown = words.plain("; ".join(shown_rules(step)))
    clause = next(r.clause for r in step.references if r.basis == "lov")
    return f"Nyt: {words.step_name(step)}: {shown} ({clause})." if shown else ""


def step_of(scene: Scene, run: RunState, record: Record) -> Step | None:
    """The step a record of the run answers, under the law of its own day; also one its page no longer has."""
    page = run.procedure
    step = page.by_id.get(record.step)
    before = _page_before(scene, run)
    if before is not None and (step is None or record.day < BORN_OF_LAW):
        return before.by_id.get(record.step, step)
    return step
