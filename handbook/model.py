"""The handbook as the program runs it: frozen values, made by ``handbook.page`` and never changed.

Nothing here knows a clock, a case or a database. Texts are Danish Markdown, kept as written on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from handbook.settings import LocalSettings as LocalSettings
from handbook.timing import AgeAnchor as AgeAnchor
from handbook.timing import Anchor as Anchor
from handbook.timing import Condition as Condition
from handbook.timing import Deadline as Deadline
from handbook.timing import Order as Order
from handbook.timing import Recurrence as Recurrence
from handbook.timing import StepRef as StepRef
from handbook.timing import Term as Term
from handbook.timing import Unit as Unit

Law = Literal["serviceloven", "barnets_lov"]
Basis = Literal["lov", "praksis", "lokal", "faglig"]
State = Literal["kontrolleret", "praksis", "ikke kontrolleret", "signeret", "lokal", "faglig"]
"""How sure a reference is: read in the statute's text, official practice, not checked, signed off by the municipality's
lawyer; or one that no text of law could settle, because it is the municipality's own rule or good professional work.
"""
ItemType = Literal["foranstaltning", "forældremyndighedsindehaver", "søskende", "oplysning"]
FieldType = Literal["tidspunkt", "dato", "valg", "flere valg", "tekst", "skala 1-5", "person", "sted", "forløb"]

SHORT: dict[str, str] = {"serviceloven": "SEL", "barnets_lov": "BL"}
"""Edition folder -> the abbreviation people use for the law."""


@dataclass(frozen=True, slots=True)
class Field:
    """A recorded field. A step's first ``tidspunkt`` or ``dato`` is the record's own time, not part of its value."""

    type: FieldType
    name: str
    label: str
    is_time: bool = False
    procedure: str = ""
    """For ``forløb``: which procedure's runs may be named."""


@dataclass(frozen=True, slots=True)
class Deficiency:
    """Marked on a choice: the answer itself is a fault the guide shows with ``text`` and counts under ``code``."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What an answer says for or against a later choice, shown and never summed."""

    target: StepRef
    speaks_for: bool
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer. ``target`` is what the guide proposes next; it never skips or excludes."""

    id: str
    label: str
    target: StepRef | None = None
    deficiency: Deficiency | None = None
    not_relevant: tuple[StepRef, ...] = ()
    leaves_out: tuple[StepRef, ...] = ()
    opens: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """One **Hjemmel:** entry: ``clause`` as shown (``SEL § 155, stk. 2``) and what kind of rule it is."""

    clause: str
    basis: Basis
    checked: bool = True
    """False when the page says "ikke kontrolleret"."""
    state: State = "ikke kontrolleret"
    source: str = ""
    """What it was checked against, from the step's **Kilde:** (``LBK 282 af 17/03/2025, læst i lovteksten``), or who
    signed it off; empty while it is not checked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``for_each`` makes it stand once for each item of that type."""

    id: str
    title: str
    procedure: str
    phase: str
    name: str = ""
    """**Navn:** a few words for lists; the reader falls back on the id with spaces."""
    text: str = ""
    fields: tuple[Field, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recurrence: Recurrence | None = None
    orders: tuple[Order, ...] = ()
    for_each: ItemType | None = None
    conditions: tuple[Condition, ...] = ()
    checks: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    """Companion procedures: expected to be under way as soon as this step is relevant (a talk for every decision)."""
    creates: ItemType | None = None
    targets: tuple[Deadline, ...] = ()
    """**Mål:** the municipality's own targets; never a deadline of the law."""
    references: tuple[Reference, ...] = ()
    source: str = ""
    audit_note: str = ""
    """**Tilsyn:** what auditors find."""
    journal_note: str = ""
    """**Notat:** what to write in the journal."""
    mend: str = ""
    """**Ret op:** what helps when the step is missing or not good enough."""
    choices: tuple[Choice, ...] = ()
    line: int = 0
    local: bool = False
    """The whole step comes from the municipality's layer; ``line`` is then a line of the layer's file."""
    local_text: str = ""
    """What the layer adds to the guidance of a national step (Markdown)."""

    @property
    def target(self) -> str:
        """The municipality's targets as one line of text; empty when it has none."""
        return "; ".join(t.text for t in self.targets)

    @property
    def basis(self) -> Basis:
        """The kind of rule behind the step: that of its first reference, "faglig" when it has none."""
        return self.references[0].basis if self.references else "faglig"

    @property
    def clause(self) -> str:
        """The references the step's own rule rests on, as one line of text."""
        return self.clause_of(self.basis)

    def clause_of(self, basis: Basis) -> str:
        """The references of one kind as one line of text; all of them when the step has none of that kind.

        A local target on a step of the law rests on no clause: it is told as the target itself.
        """
        own = [r.clause for r in self.references if r.basis == basis]
        if basis == "lokal" and not own and self.targets:
            return self.target
        return "; ".join(own or [r.clause for r in self.references])

    @property
    def choice_field(self) -> Field | None:
        """The field that the numbered choices answer, if the step has one."""
        return next((f for f in self.fields if f.type in ("valg", "flere valg")), None)

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with that id, or None."""
        return next((c for c in self.choices if c.id == choice_id), None)


@dataclass(frozen=True)
class Procedure:
    """One page: a procedure in one edition. ``path`` is the file it was read from."""

    id: str
    title: str
    law: Law
    clause: str
    counterpart: str
    version: int
    intro: str
    steps: tuple[Step, ...]
    local_intro: str = ""
    """What the municipality's layer adds to the introduction."""
    path: Path = field(default=Path(), compare=False)
    source: str = field(default="", compare=False, repr=False)

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """Step id -> step."""
        return {s.id: s for s in self.steps}

    @cached_property
    def phases(self) -> tuple[tuple[str, tuple[Step, ...]], ...]:
        """The page's phases in order, each with its steps."""
        names = dict.fromkeys(s.phase for s in self.steps)
        return tuple((n, tuple(s for s in self.steps if s.phase == n)) for n in names)

    @property
    def edition(self) -> str:
        """What a run stores as its version, ``serviceloven@1``."""
        return f"{self.law}@{self.version}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong on a page: where, what, and what mends it. Texts in Danish, ``code`` stable English."""

    file: str
    line: int
    code: str
    text: str
    mend: str


@dataclass(frozen=True)
class Handbook:
    """Every readable page of one edition, with the municipality's layer if there is one.

    ``faults`` name the pages (of the edition, its earlier versions or the layer) that are out of order and why.
    """

    law: Law
    procedures: dict[str, Procedure]
    faults: tuple[Fault, ...] = ()
    earlier: Mapping[tuple[str, int], Procedure] = field(default_factory=dict, compare=False)
    """(procedure id, version) -> the page as it was then, for runs that began under it."""
    local: LocalSettings | None = None
    """The municipality's own names and committee days."""
    layers: dict[str, Procedure] = field(default_factory=dict)
    """Procedure id -> the layer's page as written: only what it adds. ``procedures`` has it merged in."""
    folder: Path | None = field(default=None, compare=False)
    """Where the municipality's layer lies, for what is read from it only when asked for."""

    def step(self, ref: StepRef) -> Step | None:
        """The step that ``ref`` points at, or None when its page is missing or out of order."""
        page = self.procedures.get(ref.procedure)
        return page.by_id.get(ref.step) if page else None

    def page(self, procedure: str, version: int) -> Procedure | None:
        """The page in that version: the current one or an earlier one, or None when it was not kept."""
        current = self.procedures.get(procedure)
        return current if current and current.version == version else self.earlier.get((procedure, version))
