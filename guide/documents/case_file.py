"""One case as its papers read it: what is recorded in words, and the mark of a gap where nothing is.

Nothing is judged and nothing is guessed here. Days are local (Europe/Copenhagen) and are written with their year.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from checklists.calendar import age_reached, birthday, local_day
from checklists.decisions import Decision, find_decision, measures
from checklists.facts import Item, Record
from checklists.involvement import HOLDER, leading_to
from checklists.laws import YOUTH_PLAN, YOUTH_PLAN_FROM
from checklists.predicates import PREDICATES
from checklists.states import Progress, RunState, StepState
from checklists.view import Place, View, answers, field_of
from guide.dialogue import words
from guide.dialogue.scene import Handbooks
from guide.documents import case_words
from guide.documents.case_words import NEVER as NEVER
from guide.documents.case_words import written as written
from guide.documents.papers_model import PaperError, gap
from handbook.model import Law, Procedure, Reference, Step
from handbook.numbering import page_on

LAW_NAMES: dict[Law, str] = {"serviceloven": "serviceloven", "barnets_lov": "barnets lov"}
NO_FIELD = "Programmet har intet felt til det; skriv det her"
OLDEST = 25


class CaseFile:
    """A case seen from one decision (``run`` is it, serves it or leads to it; else the one under way or the latest)."""

    def __init__(self, progress: Progress, handbooks: Handbooks, run: str | None = None) -> None:
        self.progress = progress
        self.case = progress.case
        self.handbooks = handbooks
        self.today = local_day(progress.now)
        self.wanted = run
        self.view = View(progress.case, handbooks, progress.now, PREDICATES)

    @cached_property
    def decision(self) -> Decision | None:
        """The decision the paper is about: the one asked for, else the one under way, else the latest taken."""
        found = find_decision(self.progress, self.handbooks, self.wanted) if self.wanted else None
        found = found or find_decision(self.progress, self.handbooks)
        decisions = self.view.runs_of("afgoerelse")
        if found is None and decisions:
            found = find_decision(self.progress, self.handbooks, decisions[-1].id)
        return found

    def need_decision(self) -> Decision:
        """The decision. Raises PaperError when the case has none."""
        if self.decision is None:
            raise PaperError("Sagen har ingen afgørelse. Åbn forløbet Afgørelse, når I begynder på den.")
        return self.decision

    @cached_property
    def runs(self) -> list[RunState]:
        """The runs of the decision and those before it; without a decision every run of the case."""
        if self.decision is None:
            return [r for r in self.progress.runs if r.run is not None]
        return leading_to(self.decision, self.progress.runs)

    def near(self, procedure: str) -> RunState | None:
        """The run of ``procedure`` asked for, else the one of the decision, else the latest in the case."""
        every = [r for r in self.progress.runs if r.procedure.id == procedure]
        chosen = [r for r in every if r.run is not None and r.run.id == self.wanted]
        own = [r for r in self.runs if r.procedure.id == procedure]
        begun = [r for r in every if r.run is not None]
        found = chosen or own or begun
        return found[-1] if found else None

    def page(self, procedure: str) -> Procedure | None:
        """The page the procedure follows here, its clauses as numbered on the day it is judged by."""
        found = self.near(procedure)
        if found is not None:
            return found.procedure
        page = self.handbooks[self.law].procedures.get(procedure)
        return page_on(page, self.day) if page else None

    @cached_property
    def day(self) -> date:
        """The day whose law governs: the decision's when it is taken, else today."""
        return self.view.pages.governing_day(self.decision.run) if self.decision else self.today

    @cached_property
    def law(self) -> Law:
        """The law the papers of the decision follow; without a decision that of the day."""
        return self.decision.state.procedure.law if self.decision else self.view.pages.law_on(self.today)

    @property
    def plan(self) -> str:
        """The procedure of the plan under the law: handleplan, barnets plan, or the youth's plan where it is begun."""
        if self.law == "serviceloven":
            return "handleplan"
        begun = {r.procedure.id for r in self.progress.runs if r.run is not None}
        of_age = (self.age_on(self.day) or 0) >= YOUTH_PLAN_FROM
        return YOUTH_PLAN if YOUTH_PLAN in begun or (of_age and "barnets-plan" not in begun) else "barnets-plan"

    # -- who -----------------------------------------------------------------------------------------------------

    def age_on(self, day: date) -> int | None:
        """Whole years certainly reached on ``day``; None when the birth is not recorded."""
        if birthday(self.case.born, 0) is None:
            return None
        return max((years for years in range(OLDEST) if age_reached(self.case.born, years, day)), default=0)

    @property
    def child(self) -> str:
        """``barn, 14 år``: the child without a name."""
        years = self.age_on(self.today)
        return f"barn, {years} år" if years is not None else gap("barnets fødselsmåned", "Noteres på sagen")

    @property
    def caseworker(self) -> str:
        """Initials of whoever holds the case."""
        return self.view.holder or gap("sagsbehandler", "Noteres, når sagen tildeles")

    @property
    def holders(self) -> tuple[Item, ...]:
        """The custody holders of today."""
        return tuple(i for i in self.case.items.values() if i.type == HOLDER and (not i.end or i.end >= self.today))

    @property
    def measures(self) -> tuple[Item, ...]:
        """What the decision is about."""
        return measures(self.decision) if self.decision else ()

    def named(self, procedure: str) -> str:
        """The title of a page, or its id in words."""
        page = self.page(procedure)
        return page.title if page else procedure.replace("-", " ")

    # -- what is recorded ----------------------------------------------------------------------------------------

    def step(self, procedure: str, step: str) -> Step | None:
        """A step of the page the procedure follows here."""
        page = self.page(procedure)
        return page.by_id.get(step) if page else None

    def state(self, procedure: str, step: str, item: Item | None = None) -> StepState | None:
        """The step as it stands, for one item where it stands once for each."""
        run = self.near(procedure)
        found = [s for s in run.steps if s.step.id == step] if run else []
        return next((s for s in found if item is None or s.item is None or s.item.id == item.id), None)

    def records(self, procedure: str, step: str, item: Item | None = None) -> tuple[Record, ...]:
        """The live records of the step, oldest first; for an item only those that are about it."""
        run, found = self.near(procedure), self.step(procedure, step)
        if run is None or run.run is None or found is None:
            return ()
        return self.view.records(Place(run.procedure, run.run, run.serves or "", found, item), found, run.run)

    def done(self, procedure: str, step: str, item: Item | None = None) -> Record | None:
        """The latest record of the step that was done, or None."""
        return next((r for r in reversed(self.records(procedure, step, item)) if r.status == "done"), None)

    def answer(self, procedure: str, step: str, item: Item | None = None) -> tuple[str, ...]:
        """The choice ids of the latest done record."""
        record, found = self.done(procedure, step, item), self.step(procedure, step)
        return answers(found, record) if record and found else ()

    def missing(self, what: str, procedure: str, step: str) -> str:
        """The mark of a gap that a step holds."""
        found = self.step(procedure, step)
        name = words.step_name(found) if found else step.replace("-", " ")
        return gap(what, f"Noteres i {self.named(procedure)} › {name}")

    def field(self, procedure: str, step: str, name: str, what: str, item: Item | None = None) -> str:
        """What stands in a field of the latest done record, or the gap."""
        record, found = self.done(procedure, step, item), self.step(procedure, step)
        value = field_of(found, record, name) if record and found else None
        text = words.value_text(value, NEVER).strip() if value not in (None, "", []) else ""
        return text or self.missing(what, procedure, step)

    def told(self, procedure: str, step: str, what: str, item: Item | None = None) -> str:
        """The step as recorded, whatever its status, in words; why it is not asked for; or the gap."""
        state, found = self.state(procedure, step, item), self.step(procedure, step)
        record = self.done(procedure, step, item) or next(reversed(self.records(procedure, step, item)), None)
        if record is not None and found is not None:
            open_still = record.status == "done" and found.choices and not answers(found, record)
            mark = f" {self.missing(f'svaret: {what}', procedure, step)}" if open_still else ""
            return f"{self.said(found, record)}{mark}"
        if state is not None and state.state == "left out" and state.reason:
            return f"Undladt: {state.reason}"
        if (
            state is not None
            and state.state == "not relevant"
            and any(c.text != "efter behov" for c in state.step.conditions)
        ):
            return f"Ikke relevant: {state.reason}"
        return self.missing(what, procedure, step)

    def said(self, step: Step, record: Record, without: tuple[str, ...] = ()) -> str:
        """A record in words, the day and who wrote it first, every day with its year, ``without`` some fields."""
        return case_words.said(self.case, step, record, without)

    def day_of(self, procedure: str, step: str, what: str, item: Item | None = None) -> str:
        """When the step was done, or the gap."""
        record = self.done(procedure, step, item)
        return written(record.at or record.day) if record else self.missing(what, procedure, step)

    def chosen(self, procedure: str, step: str, what: str, item: Item | None = None) -> str:
        """The label of what was answered, or the gap."""
        found = self.step(procedure, step)
        labels = [c.label for a in self.answer(procedure, step, item) if found and (c := found.choice(a))]
        return "; ".join(labels) or self.missing(what, procedure, step)

    def due(self, procedure: str, step: str, item: Item | None = None) -> date | None:
        """The last day in time of the step's deadline, where it runs."""
        state = self.state(procedure, step, item)
        return local_day(state.due.late_after) if state and state.due else None

    # -- law -----------------------------------------------------------------------------------------------------

    def references(self, procedure: str, step: str) -> tuple[Reference, ...]:
        """The references of a step."""
        found = self.step(procedure, step)
        return found.references if found else ()

    def clause(self, procedure: str, step: str, *starts: str) -> str:
        """The step's clauses that begin with one of ``starts`` (all of its own rule when none is given), or the gap."""
        every = [words.plain(r.clause) for r in self.references(procedure, step) if starts or r.basis == "lov"]
        found = [c for c in every if c.startswith(starts)] if starts else every
        return "; ".join(found) or self.missing("bestemmelsen", procedure, step)

    def paragraph(self, item: Item) -> str:
        """The provision of a measure, from the clauses and the order of the answers on the decision's page."""
        if item.kind == "anbringelse-uden-samtykke":
            step, base = ("udvalget", "SEL § 58") if self.law == "serviceloven" else ("paataenkt", "BL § 47, stk. 1")
            return self.clause("afgoerelse", step, base)
        found = self.step("afgoerelse", "paataenkt")
        kinds = [choice.id for choice in found.choices] if found else []
        if item.kind not in kinds:
            return self.missing(f"bestemmelsen for {words.item_name(item).casefold()}", "afgoerelse", "paataenkt")
        if self.law == "barnets_lov" and item.kind == "anbringelse":
            return self.clause("afgoerelse", "paataenkt", "BL § 46, stk. 1")
        base = "SEL § 52, stk. 3" if self.law == "serviceloven" else "BL § 32, stk. 1"
        return f"{self.clause('afgoerelse', 'paataenkt', base)}, nr. {kinds.index(item.kind) + 1}"

    # -- the head of every sheet ----------------------------------------------------------------------------------

    def subtitle(self) -> str:
        """Case, child, law and the day it was written."""
        return f"Sag {self.case.id} · {self.child} · {LAW_NAMES[self.law]} · skrevet {written(self.today)}"

    def about(self, items: Iterable[Item]) -> str:
        """The measures as one phrase."""
        return words.joined(words.item_name(item).casefold() for item in items)

    @property
    def greeting(self) -> list[str]:
        """The end of a letter: whose it is stands in no record, the municipality's name only in its own settings."""
        local = self.handbooks[self.law].local
        mine = gap("dit navn, din afdeling og telefon", NO_FIELD)
        return ["Venlig hilsen", mine, *([local.municipality] if local else [])]


def named(item: Item) -> str:
    """An item's name with a capital letter."""
    name = words.item_name(item)
    return name[:1].upper() + name[1:]
