"""What a step says about time and order: what it counts from, when it is due, what comes first, when it stands.

Part of the model: ``handbook.model`` has every name here too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["timer", "dage", "hverdage", "uger", "måneder"]


@dataclass(frozen=True, slots=True)
class StepRef:
    """A pointer to a step: ``#holdt`` or ``boernesamtale.md#holdt`` in a page.

    ``procedure`` is the id of the procedure (always filled in by the reader, also for a step on the same page).
    ``part`` is what stands after the step id: a field's name (``#tilbud.planlagt_slut``) or a choice's id
    (``#overgreb/ja``); empty when the step itself is meant.
    """

    procedure: str
    step: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class AgeAnchor:
    """A birthday of the child, written ``sag:fyldt-18``; ``months`` is the age in months (18 years = 216)."""

    months: int


Anchor = StepRef | AgeAnchor


@dataclass(frozen=True, slots=True)
class Term:
    """One counted deadline: ``4 måneder efter [kendskabet](#udloesende), ellers [modtagelsen](side.md#modtaget)``.

    ``amount`` is negative for "før". An amount of 0 means "senest" the anchor's own day. ``anchors`` are tried in
    the order written: the second and later ones count only while the earlier have not happened.
    """

    amount: int
    unit: Unit
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One **Frist:** or **Mål:** line, due at the earliest of ``terms``; it stands only while ``when`` holds."""

    terms: tuple[Term, ...]
    text: str
    when: str = ""
    line: int = 0
    basis: Literal["", "praksis", "faglig"] = ""
    """Written ``faglig: senest [opfølgningen](...)``: the day is no deadline of the step's own clause, but of this."""
    aim: Term | None = None
    """Written ``sigt efter 1 måned efter [starten](...), senest ...``: the day to work towards when it comes first."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One **Gentages:** line.

    Either a rhythm (``first``, then at most ``every_months`` between, or then the agreed day in ``then``), or
    ``times`` within ``window_months`` counted from ``start``. ``every_months`` is 0 when no interval is fixed.
    """

    text: str
    first: Term | None = None
    every_months: int = 0
    times: int = 0
    window_months: int = 0
    start: tuple[Anchor, ...] = ()
    then: tuple[Anchor, ...] = ()
    """``derefter senest [den aftalte dag](#rytme.naeste)``: the day agreed for the next round."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """One **Før:** (``before`` true) or **Efter:** line against ``anchor``, standing while ``when`` holds."""

    before: bool
    anchor: StepRef
    when: str = ""
    line: int = 0
    text: str = field(default="", compare=False)
    """As a reader sees it: ``afgørelsen, når afgørelsen kan vente``."""
    practice: bool = False
    """Written ``praksis: [afgørelsen](...)``: official practice asks for the order, the step's own clause does not."""
    reading: bool = False
    """Written ``faglig: [vejen](...)``: the clause asks for the step and names no time. Done after the other it is told
    as good work (faglig); never done it is a fault against the clause."""

    @property
    def basis(self) -> Literal["praksis", "faglig"] | None:
        """What a wrong order rests on when that is not the step's own clause; else None."""
        return "praksis" if self.practice else "faglig" if self.reading else None


@dataclass(frozen=True, slots=True)
class Condition:
    """One **Hvis:** line; several lines must all hold.

    Either ``choices`` (any one of them answered), or ``predicate`` (a name in the registry), or
    ``pointed_at`` (the step stands only after a choice that points at it), or ``optional`` (only when wanted).
    """

    choices: tuple[StepRef, ...] = ()
    predicate: str = ""
    pointed_at: bool = False
    optional: bool = False
    line: int = 0
    text: str = field(default="", compare=False)
    """As a reader sees it: ``Ja eller Tvivl``."""
