"""Why what came too late did: the causes noted with the late steps behind the table, never by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checklists.measures.model import Counted

CAUSES = ("awaiting others", "family cancelled", "illness", "late intake", "own planning")
"""The causes a late step can be recorded with (docs/event-log.md), in the order they are shown."""

OTHER, NONE = "other", "none noted"


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: ``late`` are the late steps it was noted with, each as its case and the codes of its measures."""

    cause: str
    late: tuple[tuple[str, tuple[str, ...]], ...]


def causes(measures: Sequence[Counted]) -> tuple[Cause, ...]:
    """Every cause, also those noted nowhere. One record that came too late for several measures counts once.

    A cause written in other words than the known ones counts as ``other``.
    """
    found: dict[str, dict[tuple[str, str], list[str]]] = {cause: {} for cause in (*CAUSES, OTHER, NONE)}
    for counted in measures:
        for dossier, verdict in counted.verdicts:
            if verdict.late:
                cause = verdict.cause if verdict.cause in CAUSES else OTHER if verdict.cause else NONE
                found[cause].setdefault((dossier.case, verdict.late), []).append(counted.measure.code)
    shown = [(cause, late) for cause, late in found.items() if late or cause != OTHER]
    return tuple(
        Cause(cause, tuple((case, tuple(codes)) for (case, _), codes in late.items())) for cause, late in shown
    )
