"""What comes into a case from outside the conversation, as drafts: a new case, a notification, many dates at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists.ages import PAGE as AGES
from guide.dialogue import opening
from guide.dialogue.scene import Scene
from guide.turns import Draft
from handbook.model import Procedure
from store.errors import StoreError

NOTIFICATION = "underretning"
RECEIVED = "modtaget"


@dataclass(frozen=True, slots=True)
class QuickEntry:
    """One line of the quick-entry screen: a step that happened on a local ``day``, ``at`` an hour when it is known.

    ``replaces`` is the id of the record that the line corrects.
    """

    step: str
    day: date
    at: datetime | None = None
    items: tuple[str, ...] = ()
    value: Any = None
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """Runs that were opened: case id -> run id, and what to say about it, in Danish."""

    runs: Mapping[str, str]
    said: tuple[str, ...]


def case_drafts(
    ref: str, born: str, team: str, caseworker: str, began: date, holders: Sequence[str], siblings: Sequence[str]
) -> list[Draft]:
    """A new case with whoever holds it, and its custody holders and siblings by label. ``began`` is its first day."""
    about = {"born": born, "known_from": began.isoformat(), "team": team}
    drafts = [
        Draft("case", ref, day=began, value={k: v for k, v in about.items() if v}),
        Draft("assignment", ref, day=began, value={"staff": caseworker}),
    ]
    for prefix, kind, labels in (("f", "forældremyndighedsindehaver", holders), ("s", "søskende", siblings)):
        for n, label in enumerate((text.strip() for text in labels if text.strip()), 1):
            drafts.append(Draft("item", ref, items=(f"{prefix}{n}",), day=began, value={"type": kind, "label": label}))
    return drafts


def notification_drafts(
    scene: Scene, day: date, at: datetime | None, value: Mapping[str, Any] | None = None
) -> list[Draft]:
    """A run of its own for a notification that reached the municipality on ``day``, with its first step recorded.

    A case with no earlier run is known from that day on, so that its first deadlines count.
    """
    page = page_of(scene, NOTIFICATION)
    row = opening.run_row(scene, page, day)
    first = page.by_id.get(RECEIVED) or page.steps[0]
    record = Draft(
        "record", scene.case.id, row.run, page.id, first.id, (), day, at, dict(value) if value else None,
        version=page.edition,
    )  # fmt: skip
    known = scene.case.known_from
    if scene.case.runs or known is None or day >= known:
        return [row, record]
    about = {"born": scene.case.born, "known_from": day.isoformat(), "team": scene.case.team}
    earlier = Draft("case", scene.case.id, day=day, value={k: v for k, v in about.items() if v}, replaces=scene.case.id)
    return [earlier, row, record]


def quick_drafts(
    scene: Scene, procedure: str, run: str | None, entries: Sequence[QuickEntry], serves: str
) -> list[Draft]:
    """Many steps of one procedure recorded at once; its run is opened first when ``run`` is None."""
    state = scene.run_state(run, procedure, serves)
    page = state.procedure if state else page_of(scene, procedure)
    drafts: list[Draft] = []
    name = run
    if name is None:
        serving = serves or ((state.serves or "") if state else served(scene, page))
        opened = opening.run_row(scene, page, min(e.day for e in entries), serving, serving)
        drafts.append(opened)
        name = opened.run
    for entry in entries:
        drafts.append(
            Draft(
                kind="record",
                case=scene.case.id,
                run=name,
                procedure=state.run.procedure if state and state.run else page.id,
                step=entry.step,
                items=entry.items,
                day=entry.day,
                at=entry.at,
                value=entry.value,
                replaces=entry.replaces,
                version=page.edition,
            )
        )
    return drafts


def page_of(scene: Scene, procedure: str) -> Procedure:
    """The page of a procedure to begin on today.

    Raises StoreError when the handbook has none that can be read, or when the page is one that only tells something.
    """
    if procedure == AGES:
        raise StoreError("Siden om alder er til at læse i håndbogen. Den er ikke et forløb, der kan åbnes.")
    page = scene.page(procedure, scene.law)
    if page is None:
        raise StoreError(f"Håndbogen har ingen læsbar side om {procedure}. Se traad check.")
    return page


def served(scene: Scene, page: Procedure) -> str:
    """The run a new run of ``page`` would serve: the latest that expects it, else the latest that could; or empty."""
    expected = [r for r in scene.progress.runs if r.run is None and r.procedure.id == page.id and r.serves]
    if expected:
        return expected[-1].serves or ""
    book = scene.handbooks[page.law]
    serving = {p.id for p in book.procedures.values() if any(page.id in s.opens for s in p.steps)}
    runs = [r.run.id for r in scene.progress.runs if r.run is not None and r.procedure.id in serving]
    return runs[-1] if runs else ""


def how_many(scene: Scene, procedure: str) -> list[str]:
    """What to say when a notification comes on a case that has had some already; nothing for other procedures."""
    before = len(scene.view.runs_of(NOTIFICATION)) if procedure == NOTIFICATION else 0
    if not before:
        return []
    count = "1 underretning" if before == 1 else f"{before} underretninger"
    return [f"Der er i forvejen {count} i sagen. Se dem samlet: et mønster siger mere end hver for sig."]
