"""Which law governs what: serviceloven to 31 December 2023, barnets lov from 1 January 2024 (BL §§ 212-213).

Each run has one governing day. What is tied to a decision follows the decision's day, once it is made; a run that has
ended follows the day it ended; everything else follows today, so that what is unfinished is finished under the law of
today (BL § 213, stk. 1). A step that was done follows the day it was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from checklists import calendar
from checklists.facts import Case, Run
from handbook.model import Handbook, Law, Procedure, Step
from handbook.numbering import page_on

BORN_OF_LAW = date(2024, 1, 1)
"""The first day of barnets lov (BL § 212)."""

DECISION = "afgoerelse"
"""The procedure whose runs own measures: a talk, a plan or a follow-up serves one of these."""

ENDINGS = {
    "underretning": "vej",
    "screening": "vejvalg",
    "afdaekning": "afsluttet",
    "tidlig-indsats": "afsluttet",
    "boernefaglig-undersoegelse": "afsluttet",
    DECISION: "truffet",
    "hjemgivelse": "hjemme",
    "eftervaern": "stillingtagen",
    "ungestoette": "stillingtagen",
    "afslutning": "lukket",
}
"""Procedures with an end of their own -> the step that ends them."""

TIED = frozenset({"boernesamtale", "handleplan", "barnets-plan", "ungeplan"})
"""Procedures whose duties are tied to the decision they serve."""


PLAN, YOUTH_PLAN, YOUTH_PLAN_FROM = "handleplan", "ungeplan", 16
"""The one plan of serviceloven is a barnets plan under barnets lov, and a youth's plan from this age (BL § 108)."""

SAME_DUTY = {("opfoelgning", "foerste"): "vurdering"}
"""Steps of barnets lov that are one of serviceloven under another id: the first follow-up began a rhythm there."""


def law_on(day: date) -> Law:
    """The law that governs on a local day."""
    return "barnets_lov" if day >= BORN_OF_LAW else "serviceloven"


class Pages:
    """The page each run of a case follows as of ``today``, and the older page its earlier steps were done under."""

    def __init__(self, case: Case, handbooks: Mapping[Law, Handbook], today: date) -> None:
        self.handbooks = handbooks
        self.today = today
        self._case = case
        self._pages = {run.id: self._page(run) for run in case.runs.values()}

    def law_on(self, day: date) -> Law:
        """The law that governs on ``day``, as far as its edition is at hand."""
        law = law_on(day)
        return law if law in self.handbooks else next(iter(self.handbooks))

    def of(self, run: Run) -> Procedure | None:
        """The page ``run`` follows; None when it is unknown or out of order."""
        return self._pages.get(run.id)

    def governing_day(self, run: Run) -> date:
        """The one day whose law governs the unfinished duties of ``run``."""
        if run.procedure in TIED:
            decision = self._case.runs.get(run.serves) or self._only_decision()
            taken = ended(decision, ENDINGS[DECISION]) if decision else None
            if taken is not None and not self._of_age_since(run, taken):
                return taken
        return ended(run, ENDINGS.get(run.procedure, "")) or run.end or self.today

    def counterpart(self, page: Procedure) -> Procedure | None:
        """The page's counterpart in the edition of the other law, or None."""
        return next(
            (p for law, h in self.handbooks.items() if law != page.law and (p := h.procedures.get(page.counterpart))),
            None,
        )

    def is_new(self, page: Procedure, step: Step) -> bool:
        """Whether barnets lov brought the step: it has no counterpart, so nothing before 2024 can have broken it."""
        return page.law == "barnets_lov" and self.earlier(page, step) is None

    def earlier(self, page: Procedure, step: Step) -> tuple[Procedure, Step] | None:
        """The same step on the page's counterpart under serviceloven, for what was done before barnets lov."""
        if page.law != "barnets_lov" or "serviceloven" not in self.handbooks:
            return None
        before = self.handbooks["serviceloven"].procedures.get(page.counterpart)
        found = before.by_id.get(SAME_DUTY.get((page.id, step.id), step.id)) if before else None
        return (before, found) if before and found else None

    def _page(self, run: Run) -> Procedure | None:
        day = self.governing_day(run)
        found = self._page_on(run, day)
        return page_on(found, day) if found else None

    def expected(self, page: Procedure, serves: str) -> Procedure:
        """The page of a companion nobody has opened yet: what is tied to the decision follows it, the rest today."""
        run = self._case.runs.get(serves)
        day = self.governing_day(run) if run is not None and page.id in TIED else self.today
        book = self.handbooks[self.law_on(day)].procedures
        if page.law != self.law_on(day):
            page = book.get(page.id) or book.get(page.counterpart) or page
        return page_on(page, day)

    def _page_on(self, run: Run, day: date) -> Procedure | None:
        pages = self.handbooks[self.law_on(day)].procedures
        if run.procedure in pages:
            return self._as_begun(run, pages[run.procedure])
        began = next(
            (h.procedures[run.procedure] for h in self.handbooks.values() if run.procedure in h.procedures), None
        )
        if began is None:
            return None
        of_age = calendar.age_reached(self._case.born, YOUTH_PLAN_FROM, day)
        youth = pages.get(YOUTH_PLAN) if began.id == PLAN and of_age else None
        return youth or pages.get(began.counterpart, began)

    def _as_begun(self, run: Run, page: Procedure) -> Procedure:
        """The version of the page that ``run`` is on: a run under way keeps it until somebody moves the run."""
        law, _, number = run.version.partition("@")
        if law != page.law or not number.isdigit() or int(number) == page.version:
            return page
        return self.handbooks[page.law].page(page.id, int(number)) or page

    def added_since(self, run: Run, page: Procedure, step: Step) -> int | None:
        """The version of the page under which ``run`` was first recorded, when ``step`` was not on it; else None."""
        versions = (r.version for records in run.records.values() for r in records)
        numbers = [int(n) for law, _, n in (v.partition("@") for v in versions) if law == page.law and n.isdigit()]
        first = min(numbers, default=page.version)
        before = self.handbooks[page.law].page(page.id, first) if first < page.version else None
        return first if before is not None and step.id not in before.by_id else None

    def left_behind(self, run: Run, page: Procedure) -> list[tuple[Procedure, Step]]:
        """The steps ``run`` has answers to that its version of the page no longer has, with the page they stood on."""
        found = []
        for step_id, records in run.records.items():
            if step_id in page.by_id:
                continue
            for law, _, number in (record.version.partition("@") for record in reversed(records)):
                before = self.handbooks[page.law].page(page.id, int(number)) if number.isdigit() else None
                if law == page.law and before is not None and step_id in before.by_id:
                    found.append((before, before.by_id[step_id]))
                    break
        return found

    def _of_age_since(self, run: Run, taken: date) -> bool:
        """Whether ``run`` is a youth's plan for somebody who was decided on as a child, and came of its age in 2024.

        The birthday asks for it then and not the decision (BL § 108, stk. 1-3), which stays serviceloven's.
        """
        born = self._case.born
        last = BORN_OF_LAW - timedelta(days=1)
        return run.procedure == YOUTH_PLAN and not calendar.age_reached(born, YOUTH_PLAN_FROM, max(taken, last))

    def _only_decision(self) -> Run | None:
        decisions = [r for r in self._case.runs.values() if r.procedure == DECISION]
        return decisions[0] if len(decisions) == 1 else None


def ended(run: Run, step: str) -> date | None:
    """The first local day on which ``step`` of ``run`` was done, or None."""
    return next((r.day for r in run.records.get(step, ()) if r.status == "done"), None)
