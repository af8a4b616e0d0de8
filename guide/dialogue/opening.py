"""Runs opened from the conversation: a companion that was expected, or a procedure that an answer opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from checklists.facts import Run
from guide.dialogue import words
from guide.dialogue.scene import Scene, Spot
from guide.turns import Draft, Message
from handbook.model import Choice, Law, Procedure


def run_id(scene: Scene, procedure: str) -> str:
    """The next free id, ``<procedure>-<n>``; ids are never reused."""
    prefix = f"{procedure}-"
    taken = [int(i[len(prefix) :]) for i in scene.case.runs if i.startswith(prefix) and i[len(prefix) :].isdecimal()]
    return f"{prefix}{max(taken, default=0) + 1}"


def run_row(scene: Scene, page: Procedure, day: date, serves: str = "", opened_by: str = "", run: str = "") -> Draft:
    """The row that opens a run of ``page`` on the local ``day``."""
    value = {k: v for k, v in (("serves", serves), ("opened_by", opened_by)) if v}
    return Draft(
        kind="run",
        case=scene.case.id,
        run=run or run_id(scene, page.id),
        procedure=page.id,
        day=day,
        value=value or None,
        version=page.edition,
    )


def run_again(run: Run, case: str, links: Mapping[str, str] | None = None, version: str = "") -> Draft:
    """The row that takes the place of a run's own, all it said kept but for new ``links`` or another ``version``."""
    value = {
        "serves": run.serves,
        "opened_by": run.opened_by,
        "to": run.end.isoformat() if run.end else None,
        "links": dict(run.links if links is None else links),
    }
    return Draft(
        kind="run",
        case=case,
        run=run.id,
        procedure=run.procedure,
        day=run.start,
        value={k: v for k, v in value.items() if v} or None,
        replaces=run.id,
        version=version or run.version,
    )


def expected_run(scene: Scene, spot: Spot, day: date) -> Draft | None:
    """The row that opens the spot's run when it was only expected until now; None when it is open already."""
    if spot.run.run is not None:
        return None
    return run_row(scene, spot.procedure, day, spot.run.serves or "", spot.run.serves or "")


def served_by(scene: Scene, procedure: str, law: Law, opener: Run | None, opener_id: str) -> str:
    """The run a new run of ``procedure`` serves: the nearest kin of its opener whose page counts on it; else empty."""
    book = scene.handbooks.get(law)
    if book is None:
        return ""
    served = {p.id for p in book.procedures.values() if any(procedure in s.opens for s in p.steps)}
    if opener is None:
        return ""
    if opener.procedure in served:
        return opener_id
    for kin in (opener.serves, opener.opened_by):
        found = scene.case.runs.get(kin)
        if found is not None and found.procedure in served:
            return kin
    return ""


def opened(scene: Scene, spot: Spot, run: str, chosen: list[Choice], day: date) -> tuple[list[Draft], list[Message]]:
    """The runs that an answer opens, as rows, and what to say about each. One that is open already is only named."""
    drafts: list[Draft] = []
    said: list[Message] = []
    for procedure in dict.fromkeys(p for choice in chosen for p in choice.opens):
        page = scene.page(procedure, spot.procedure.law)
        if page is None:
            said.append(
                Message("guide", f"Siden »{procedure}« er ikke læsbar lige nu, så forløbet er ikke åbnet.", "warn")
            )
            continue
        there = _open_already(scene, run, procedure)
        if there is not None:
            said.append(Message("guide", f"{words.run_name(page, there.id)} er allerede åbnet herfra."))
            continue
        opener = spot.run.run or Run(run, spot.procedure.id, day, None, spot.run.serves or "", "", "", {})
        row = run_row(scene, page, day, served_by(scene, procedure, page.law, opener, run), run)
        drafts.append(row)
        said.append(Message("guide", f"Jeg har åbnet {words.run_name(page, row.run)}. Du kan gå dertil, når du vil."))
    return drafts, said


def _open_already(scene: Scene, opener: str, procedure: str) -> Run | None:
    return next((r for r in scene.view.runs_of(procedure) if r.opened_by == opener and r.end is None), None)
