"""How a measurement is told: its figure, and for a budget whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. With a ``budget`` it passes while ``value`` is at most that; without one it only informs."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the budget holds; always true without one."""
        return self.budget is None or self.value <= self.budget

    def __str__(self) -> str:
        verdict = "" if self.budget is None else f"  {'ok' if self.holds else 'OVER'} (at most {self.budget:g})"
        note = f"  {self.note}" if self.note else ""
        return f"  {self.name:<58}{self.value:>9.2f} {self.unit:<3}{verdict}{note}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0-1) of ``values`` do not exceed, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle value: what a machine with other work to do disturbs least."""
    return percentile(values, 0.5)
