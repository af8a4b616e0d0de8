"""What a measure is told and what it answers: values only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from checklists.checks import Fault
from checklists.due import Due
from checklists.facts import Item, Record
from checklists.judge import is_late
from checklists.measures.verdict import Verdict as Verdict
from checklists.measures.verdict import out as out
from handbook.model import Basis, Law, Term

RULES = 1
"""The version of the counting rules; raised when a measure counts otherwise, so that two rounds can be told apart."""

REVIEW_MONTHS = 3
"""How long after the period a judgement can still be about it; a later one belongs to another round."""

Entered = Literal["decision", "offer", "follow-up"]
Theme = Literal[
    "Inddragelse", "Faglig udredning", "Valg af indsats", "Opfølgning", "Lovmedholdelighed", "Kommunens egne mål"
]

DECISION: frozenset[Entered] = frozenset({"decision"})
FOLLOW_UP: frozenset[Entered] = frozenset({"follow-up"})
EVERY: frozenset[Entered] = frozenset({"decision", "offer", "follow-up"})

NOT_COUNTED: Mapping[Entered, str] = {
    "decision": "tæller ikke i sager med en afgørelse i perioden",
    "offer": "tæller ikke i sager om et tidligt tilbud",
    "follow-up": "tæller ikke i sager om opfølgning",
}
"""Why a case stands outside a measure that does not count its type."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is asked: the period, and the last moment the facts are known to.

    ``start`` and ``end`` are local days, both in the period. ``seen`` is an aware instant: the end of the period, or
    now when that comes first. ``from_start``: the auditors' rule that the 4 months of an investigation run from the
    period's start where the trigger lies before it and is not written on the investigation.
    """

    start: date
    end: date
    seen: datetime
    from_start: bool = True

    def holds(self, day: date) -> bool:
        """Whether the local day lies in the period."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Duty:
    """One step instance as recorded, with what its page asks of it: dates and facts, no state.

    Of several done records ``record`` is the best: in order and without fault, else in order, else the first.
    """

    name: str
    item: Item | None = None
    why_not: str = ""
    """Why the step does not stand, in Danish; empty when it does."""
    record: Record | None = None
    answers: tuple[str, ...] = ()
    fault: Fault | None = None
    """What a check, or an answer that is a fault itself, finds in ``record``."""
    due: Due | None = None
    """The page's deadline, where it stands; one from before the case was known is left out."""
    over: str = ""
    """Why nothing more was asked when the deadline came (case closed, measure ended), in Danish; empty otherwise."""
    before: Record | None = None
    """The event the step had to come before, where that has happened."""
    in_order: bool = True
    """Whether ``record`` came before that event."""
    ground: Record | None = None
    """Where the step was left out: the record that says so, and the ground as the page words it."""
    ground_text: str = ""
    attempts: tuple[Record, ...] = ()
    """Attempts that came to nothing: the evidence beside a ground."""
    ground_fault: str = ""
    """What is wrong with the ground: no ground the law names. Empty when the law names it."""

    @property
    def late(self) -> bool:
        """Whether it was done after its deadline."""
        return self.record is not None and self.due is not None and is_late(self.record, self.due)


@dataclass(frozen=True, slots=True)
class Investigation:
    """The børnefaglige undersøgelse a decision rests on."""

    run: str
    new: bool
    """False for the update of an earlier one."""
    begun: date
    finished: Record | None
    position: Duty
    term: Term | None
    """The page's deadline (4 months), counted from ``trigger``, else from ``noticed``."""
    trigger: Record | None
    """The day the municipality became aware, as written on the investigation."""
    noticed: date | None
    """When the notification behind it was received."""
    before_decision: bool
    """Whether the law asks that it is finished before this decision."""
    in_order: bool
    """Whether it was finished before the decision."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A round of a rhythm that was not held by its day. ``held`` is when it was held after all."""

    due: date
    held: Record | None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A step that comes back: the rounds that counted, oldest first, those missed, and those that do not count."""

    held: tuple[Record, ...] = ()
    missed: tuple[Missed, ...] = ()
    not_counting: tuple[Record, ...] = ()
    next: date | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification: when it was received, and the two duties whose clock it starts."""

    run: str
    received: Record
    assessment: Duty
    receipt: Duty


@dataclass(frozen=True, slots=True)
class Target:
    """One of the municipality's own targets that was not kept."""

    step: str
    text: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case as it entered a round, with every fact the measures read.

    ``entered`` and ``day`` are what it entered under and when: the decision's or the offer's day, the period's end
    for a follow-up. ``law`` is the law of that day. ``kind`` is the main measure, or the offer.
    """

    case: str
    born: str
    entered: Entered
    day: date
    law: Law
    kind: str
    run: str = ""
    known_from: date | None = None
    decided: Record | None = None
    begun: date | None = None
    """The day the decision's run began."""
    placement: bool = False
    provisional: bool = False
    must_investigate: bool = False
    """A screening answer after which BL § 20, stk. 1, or SEL § 50, stk. 1, says that an investigation must be made."""
    talks: tuple[Duty, ...] = ()
    """The talk with the child, once for each measure decided."""
    basis: Duty = field(default_factory=lambda: Duty("Grundlag"))
    investigation: Investigation | None = None
    clarified: Record | None = None
    """Where an afdækning was decided or finished."""
    plan: Duty = field(default_factory=lambda: Duty("Plan"))
    plan_position: Duty = field(default_factory=lambda: Duty("Stilling til en plan", why_not="findes ikke"))
    hearings: tuple[Duty, ...] = ()
    child_hearing: Duty = field(default_factory=lambda: Duty("Partshøring af barnet", why_not="findes ikke"))
    reasons: Duty = field(default_factory=lambda: Duty("Begrundelse"))
    guidance: Duty = field(default_factory=lambda: Duty("Klagevejledning"))
    cause: str = ""
    """Why the child was placed: the answer's id."""
    siblings: tuple[Duty, ...] = ()
    judgements: Mapping[str, Record] = field(default_factory=dict)
    """Step of ``sagsgennemgang`` -> the reviewers' judgement of this round."""
    first: Duty = field(default_factory=lambda: Duty("Første opfølgning"))
    rhythm: Rhythm = field(default_factory=Rhythm)
    agreed: Duty = field(default_factory=lambda: Duty("Rytme fremover", why_not="findes ikke"))
    visits: Rhythm = field(default_factory=Rhythm)
    notifications: tuple[Notification, ...] = ()
    targets: tuple[Target, ...] = ()
    has_targets: bool = False


Judge = Callable[[Dossier, Round], Verdict]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with what the tables say about it. ``clauses`` has the laws that know it; ``counts`` the types."""

    code: str
    theme: Theme
    name: str
    basis: Basis
    clauses: Mapping[Law, str]
    counts: frozenset[Entered]
    judge: Judge
    bl_name: str = ""
    """The name where every case is judged under barnets lov, when it differs."""
    both_name: str = ""
    """The name where some cases are judged under each law, when ``bl_name`` differs."""
    gone: str = ""
    """Why barnets lov no longer asks for it, in Danish; empty when it does."""

    def named(self, laws: Collection[str]) -> str:
        """The name over cases judged under ``laws``; without any, the published one."""
        if "barnets_lov" not in laws or not self.bl_name:
            return self.name
        return self.both_name if "serviceloven" in laws else self.bl_name

    def __call__(self, dossier: Dossier, asked: Round) -> Verdict:
        """Judge one case; a case of a type or a law the measure does not know is left out with that reason."""
        if dossier.entered not in self.counts:
            return out(NOT_COUNTED[dossier.entered])
        if dossier.law not in self.clauses and not self.gone:
            return out("kravet kom først med barnets lov")
        return self.judge(dossier, asked)


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure over the cases: every case that entered, with what the measure says about it."""

    measure: Measure
    name: str
    verdicts: tuple[tuple[Dossier, Verdict], ...]

    @property
    def relevant(self) -> int:
        """m: the cases in which the measure is relevant."""
        return sum(verdict.relevant for _, verdict in self.verdicts)

    @property
    def deficient(self) -> int:
        """n: the deficient ones of them."""
        return sum(verdict.deficient for _, verdict in self.verdicts)
