"""One case seen through the handbook at one moment: which runs belong together, what was answered, what stands.

Everything here answers a question about the case; nothing is judged. Answers are remembered for the life of the view,
which is one assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property

from checklists import calendar
from checklists.due import Due
from checklists.facts import Case, Item, Record, Run
from checklists.kinship import Kinship
from checklists.laws import BORN_OF_LAW as BORN_OF_LAW
from checklists.laws import DECISION as DECISION
from checklists.laws import ENDINGS as ENDINGS
from checklists.laws import Pages
from checklists.place import Place as Place
from checklists.place import answers as answers
from checklists.place import field_of as field_of
from checklists.place import not_after as not_after
from handbook.model import AgeAnchor, Anchor, Choice, Condition, Handbook, Law, Procedure, Step, StepRef, Term

Predicate = Callable[["View", "Place"], bool]


class View:
    """The case, the handbooks and ``now`` (aware) together, with the questions the rules ask of them."""

    def __init__(
        self, case: Case, handbooks: Mapping[Law, Handbook], now: datetime, predicates: Mapping[str, Predicate]
    ) -> None:
        self.case = case
        self.now = now.astimezone(UTC)
        self.today = calendar.local_day(now)
        self.handbooks = handbooks
        self.pages = Pages(case, handbooks, self.today)
        self.kinship = Kinship(case, self.pages)
        self.predicates = predicates
        self._resolved: dict[tuple[str, str, str], Run | None] = {}
        self._relevant: dict[tuple[int, str, str, str], str] = {}
        self._scope: dict[tuple[str, str, str], tuple[Item, ...]] = {}

    # -- runs, pages and items -----------------------------------------------------------------------------------

    def page_of(self, run: Run) -> Procedure | None:
        """The page that ``run`` follows today, or None when that page is out of order or unknown."""
        return self.pages.of(run)

    def runs_of(self, procedure: str) -> tuple[Run, ...]:
        """The case's runs of one procedure, oldest first."""
        return self.kinship.runs_of(procedure)

    def resolve(self, place: Place, procedure: str) -> Run | None:
        """The one run an anchor means, or None when there is none, or several and nobody has been asked."""
        if place.run is not None and place.procedure.id == procedure:
            return place.run
        key = (place.run.id if place.run else "", place.serves, procedure)
        if key not in self._resolved:
            found = self.kinship.candidates(place.run, place.serves, procedure)
            self._resolved[key] = found[0] if len(found) == 1 else None
        return self._resolved[key]

    def decision_of(self, place: Place) -> Run | None:
        """The afgørelse that the run is, or serves, or leads to."""
        return self.resolve(place, DECISION)

    def items_for(self, place: Place, kind: str) -> tuple[Item, ...]:
        """The items of type ``kind`` that a step of the run stands for, oldest first.

        A measure belongs to the decision it was recorded under; one that no decision names yet belongs to the latest,
        so that a measure added after the child talk asks for a talk of its own.
        """
        key = (place.run.id if place.run else "", place.serves, kind)
        if key not in self._scope:
            all_of = [i for i in self.case.items.values() if i.type == kind]
            if kind == "foranstaltning":
                decision = self.decision_of(place)
                all_of = [i for i in all_of if decision is None or decision.id in self.kinship.decisions_of(i)]
            elif kind == "oplysning" and place.run is not None:
                all_of = [i for i in all_of if i.run in ("", place.run.id)]
            start = place.run.start if place.run else date.min
            self._scope[key] = tuple(i for i in all_of if i.end is None or i.end >= start)
        return self._scope[key]

    # -- what was recorded --------------------------------------------------------------------------------------

    def records(self, place: Place, step: Step | None = None, run: Run | None = None) -> tuple[Record, ...]:
        """The live records of a step that cover the place's item, oldest first, whatever their status."""
        run = run or place.run
        step = step or place.step
        if run is None:
            return ()
        found = run.records.get(step.id, ())
        item = place.item
        if item is None or step.for_each != item.type or not found:
            return found
        return tuple(r for r in found if (item.id in r.items if r.items else item.start <= r.day))

    def done(self, place: Place, ref: StepRef) -> tuple[Record, ...]:
        """The done records behind a pointer written on the place's page, oldest first."""
        run = self.resolve(place, ref.procedure)
        if run is None:
            return ()
        page = self.page_of(run)
        step = page.by_id.get(ref.step) if page else None
        if step is None:
            return ()
        return tuple(r for r in self.records(place, step, run) if r.status == "done")

    def answered(self, place: Place, ref: StepRef) -> bool:
        """Whether the latest answer to the step that ``ref`` names includes the choice ``ref.part``."""
        run = self.resolve(place, ref.procedure)
        page = self.page_of(run) if run else None
        step = page.by_id.get(ref.step) if page else None
        if run is None or page is None or step is None:
            return False
        found = [r for r in self.records(place, step, run) if r.status == "done"]
        if not found or ref.part not in answers(step, found[-1]):
            return False
        item = place.item if place.item and step.for_each == place.item.type else None
        return not self.why_not(Place(page, run, run.serves, step, item))

    def answer(self, place: Place, procedure: str, step_id: str) -> tuple[str, ...]:
        """The latest answer to a step of the related run of ``procedure``; empty when unanswered."""
        run = self.resolve(place, procedure)
        page = self.page_of(run) if run else None
        step = page.by_id.get(step_id) if page else None
        if run is None or step is None:
            return ()
        found = [r for r in run.records.get(step_id, ()) if r.status == "done"]
        return answers(step, found[-1]) if found else ()

    # -- relevance ----------------------------------------------------------------------------------------------

    def why_not(self, place: Place) -> str:
        """Why the step is not relevant, in Danish; empty when it is.

        Only its own Hvis lines and answers marked as making it not relevant count: a choice's link never excludes.
        """
        item = place.item.id if place.item else ""
        key = (id(place.step), place.run.id if place.run else "", place.serves, item)
        if key not in self._relevant:
            self._relevant[key] = ""  # a Hvis that leads back to itself is a fault of the page: do not spin here
            self._relevant[key] = self._failing(place)
        return self._relevant[key]

    def _failing(self, place: Place) -> str:
        for condition in place.step.conditions:
            reason = self._unmet(place, condition)
            if reason:
                return reason
        for record, choice in self.marks(place, "not_relevant"):
            return f"{choice.label} (svaret {record.day:%d.%m.%Y})"
        return ""

    def _unmet(self, place: Place, condition: Condition) -> str:
        if condition.predicate:
            rule = self.predicates.get(condition.predicate)
            return "" if rule is not None and rule(self, place) else f"gælder kun, når {condition.predicate}"
        if condition.choices:
            if any(self.answered(place, ref) for ref in condition.choices):
                return ""
            return "afhænger af et tidligere svar"
        if self.records(place):
            return ""
        if condition.pointed_at:
            return "" if self._pointed_at(place) else "gælder kun efter et bestemt svar"
        return "efter behov"

    def _pointed_at(self, place: Place) -> bool:
        return any(
            choice.target is not None and choice.target.step == place.step.id
            for _, choice in self._given(place.procedure, place.run)
        )

    def marks(self, place: Place, mark: str) -> Iterable[tuple[Record, Choice]]:
        """The given answers that carry ``mark`` ("not_relevant" or "leaves_out") against the place's step and item."""
        if place.run is None or place.step.id not in self._marked(place.procedure, mark):
            return
        for record, choice in self._given(place.procedure, place.run):
            refs: tuple[StepRef, ...] = getattr(choice, mark)
            if any(r.procedure == place.procedure.id and r.step == place.step.id for r in refs) and (
                place.item is None or not record.items or place.item.id in record.items
            ):
                yield record, choice

    @staticmethod
    def _marked(page: Procedure, mark: str) -> frozenset[str]:
        cached: dict[str, frozenset[str]] = page.__dict__.setdefault("_marked", {})
        if mark not in cached:
            cached[mark] = frozenset(
                ref.step for step in page.steps for choice in step.choices for ref in getattr(choice, mark)
            )
        return cached[mark]

    def _given(self, page: Procedure, run: Run | None) -> Iterable[tuple[Record, Choice]]:
        for step in page.steps if run else ():
            found = run.records.get(step.id, ()) if run and step.choices else ()
            for record in found:
                if record.status == "done":
                    for choice_id in answers(step, record):
                        choice = step.choice(choice_id)
                        if choice is not None:
                            yield record, choice

    def holds(self, place: Place, predicate: str) -> bool:
        """Whether a named predicate holds at the place; an empty name always does, an unknown one never."""
        if not predicate:
            return True
        rule = self.predicates.get(predicate)
        return rule is not None and rule(self, place)

    # -- deadlines ----------------------------------------------------------------------------------------------

    def due(self, place: Place, term: Term, text: str) -> Due | None:
        """When ``term`` falls due, or None while none of its anchors has happened."""
        for anchor in term.anchors:
            point = self._point(place, anchor)
            if point is not None:
                first, at, last = point
                return calendar.due(term.amount, term.unit, first, at, last, text)
        return None

    def _point(self, place: Place, anchor: Anchor) -> tuple[date, datetime | None, date | None] | None:
        if isinstance(anchor, AgeAnchor):
            days = calendar.birthday(self.case.born, anchor.months)
            return None if days is None else (days[0], None, days[1])
        found = self.done(place, anchor)
        if self.pages.is_new(place.procedure, place.step):
            found = tuple(r for r in found if r.day >= BORN_OF_LAW)
        if not found:
            return None
        if not anchor.part:
            return (found[0].day, found[0].at, None)
        stated = found[-1].value.get(anchor.part)
        try:
            return (date.fromisoformat(str(stated)[:10]), None, None) if stated else None
        except ValueError:
            return None

    def over_before_known(self, place: Place) -> bool:
        """Whether the run was about something settled before the case became known here: its past is not asked for."""
        known = self.case.known_from
        if known is None:
            return False
        ending = ENDINGS.get(place.procedure.id)
        if ending is not None and place.run is not None:
            days = [r.day for r in place.run.records.get(ending, ()) if r.status == "done"]
            return bool(days) and min(days) < known
        if not any(o.before and o.anchor.procedure == DECISION for s in place.procedure.steps for o in s.orders):
            return False
        taken = self.done(place, StepRef(DECISION, ENDINGS[DECISION]))
        return bool(taken) and taken[0].day < known

    @cached_property
    def closed(self) -> date | None:
        """The day the case was closed (afslutning, step lukket), or None."""
        days = [
            r.day
            for run in self.kinship.runs_of("afslutning")
            for r in run.records.get("lukket", ())
            if r.status == "done"
        ]
        return min(days, default=None)

    @cached_property
    def holder(self) -> str:
        """Initials of whoever holds the case today; empty when nobody does."""
        current = [a for a in self.case.assignments if a.start <= self.today and (a.end is None or a.end >= self.today)]
        return current[-1].staff if current else ""
