"""A run that counts from a procedure of which the case has several runs: the caseworker is asked which is meant."""

from __future__ import annotations

from checklists.links import Unclear, unclear_links
from checklists.states import RunState
from guide.dates import format_day
from guide.dialogue import words
from guide.dialogue.opening import run_again
from guide.dialogue.scene import Scene, Spot
from guide.turns import Draft, Focus, Option, Prompt

LINK = "link"
"""The act of saying which run is meant; Focus.field names its procedure."""
_LATER = Option("act:later", "Spring over nu")


def unclear(scene: Scene, run: RunState) -> Focus | None:
    """Where to ask which run is meant, or None when nothing in ``run`` is unclear."""
    if run.run is None or not run.steps:
        return None
    for found in unclear_links(scene.case, scene.handbooks, scene.now):
        if found.run == run.run.id:
            return Spot(run, run.steps[0]).focus(LINK, found.procedure)
    return None


def prompt(scene: Scene, spot: Spot, focus: Focus) -> Prompt | None:
    """The question, with the runs to choose among; None when it has been answered meanwhile."""
    found = _question(scene, spot, focus)
    if found is None:
        return None
    page = scene.page(found.procedure, spot.procedure.law)
    title = page.title if page else found.procedure
    options = tuple(Option(i, _named(scene, title, i)) for i in found.candidates)
    here = words.run_name(spot.procedure, spot.run_id)
    question = f"Sagen har flere forløb af {title}. Hvilket hører {here} til?"
    return Prompt("run", focus, question, (*options, _LATER), "Fristerne regnes derfra. Du kan rette det senere.")


def answered(scene: Scene, spot: Spot, focus: Focus, chosen: str) -> Draft | None:
    """The row that records the link; None when ``chosen`` is none of the runs asked about."""
    found = _question(scene, spot, focus)
    run = spot.run.run
    if found is None or run is None or chosen not in found.candidates:
        return None
    return run_again(run, scene.case.id, links={**run.links, found.procedure: chosen})


def _question(scene: Scene, spot: Spot, focus: Focus) -> Unclear | None:
    return next(
        (
            u
            for u in unclear_links(scene.case, scene.handbooks, scene.now)
            if u.run == spot.run_id and u.procedure == focus.field
        ),
        None,
    )


def _named(scene: Scene, title: str, run_id: str) -> str:
    run = scene.case.runs[run_id]
    return f"{title} ({run_id}), åbnet {format_day(run.start, scene.now)}"
