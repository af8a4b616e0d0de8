"""One edition as the checks look at it: every step by its key, and the page that each was written on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handbook.model import Handbook, Procedure, Step, StepRef
from handbook.reach import Reach
from handbook.references import Key, key


class Web:
    """One edition, with a municipality's layer merged in or not."""

    def __init__(self, book: Handbook) -> None:
        self.book = book
        self.broken = {Path(fault.file).stem for fault in book.faults}
        self.steps: dict[Key, Step] = {key(s): s for p in book.procedures.values() for s in p.steps}
        self.reach = Reach(book)

    def at(self, ref: StepRef) -> Step | None:
        """The step that ``ref`` points at, or None."""
        return self.steps.get((ref.procedure, ref.step))

    def owner(self, step: Step) -> Procedure:
        """The page that the step's lines are lines of."""
        return (self.book.layers if step.local else self.book.procedures)[step.procedure]

    def steps_of(self, procedure: Procedure) -> Iterator[tuple[Procedure, Step]]:
        """Every step of a page with its owner. What a layer adds to a national step is left out: ``additions``."""
        for step in procedure.steps:
            bare = step if step.local or not step.targets else replace(step, targets=())
            yield self.owner(step), bare

    def additions(self, procedure: Procedure) -> Iterator[tuple[Procedure, Step]]:
        """What a municipality's layer adds to the page's national steps, as steps with nothing else in them."""
        layer = self.book.layers.get(procedure.id)
        for step in layer.steps if layer else ():
            if layer and not step.local:
                yield layer, step
