"""Which runs of a case belong together, and which decision owns a measure. Nothing here reads a page."""

from __future__ import annotations

from functools import cached_property

from checklists.facts import Case, Item, Run
from checklists.laws import DECISION, Pages


class Kinship:
    """The runs of one case by procedure, and what each serves, was opened by and opened."""

    def __init__(self, case: Case, pages: Pages) -> None:
        self.case = case
        self._pages = pages

    def procedure_of(self, run: Run) -> str:
        """The id of the page ``run`` follows today: a handleplan that crossed New Year 2023/24 is a barnets-plan."""
        page = self._pages.of(run)
        return page.id if page else run.procedure

    def runs_of(self, procedure: str) -> tuple[Run, ...]:
        """The case's runs of one procedure, oldest first."""
        return self._by_procedure.get(procedure, ())

    @cached_property
    def _by_procedure(self) -> dict[str, tuple[Run, ...]]:
        found: dict[str, list[Run]] = {}
        for run in self.case.runs.values():
            found.setdefault(self.procedure_of(run), []).append(run)
        return {procedure: tuple(runs) for procedure, runs in found.items()}

    def candidates(self, run: Run | None, serves: str, procedure: str) -> tuple[Run, ...]:
        """The runs of ``procedure`` that an anchor written on a page of ``run`` can mean, nearest kinship only.

        In order: the run itself; a link the caseworker chose; the run it serves; the chain that opened it; the runs
        it opened or that serve it; what its kin can reach; else every run of the procedure in the case.
        """
        if run is not None:
            if self.procedure_of(run) == procedure:
                return (run,)
            linked = self.case.runs.get(run.links.get(procedure, ""))
            if linked is not None:
                return (linked,)
        return self._kin(run, serves, procedure, set()) or self.runs_of(procedure)

    def _kin(self, run: Run | None, serves: str, procedure: str, seen: set[str]) -> tuple[Run, ...]:
        runs = self.case.runs
        served = runs.get(serves)
        if served is not None and self.procedure_of(served) == procedure:
            return (served,)
        if run is not None:
            seen.add(run.id)
            opener = runs.get(run.opened_by)
            while opener is not None and opener.id not in seen:
                if self.procedure_of(opener) == procedure:
                    return (opener,)
                seen.add(opener.id)
                opener = runs.get(opener.opened_by)
            opened = tuple(r for r in self.runs_of(procedure) if run.id in (r.opened_by, r.serves) and r.id != run.id)
            if opened:
                return opened
        if served is not None and served.id not in seen:
            return self._kin(served, served.serves, procedure, seen)
        return ()

    def decisions_of(self, item: Item) -> tuple[str, ...]:
        """The run ids of the decisions a measure belongs to: the one named, those that record it, else the latest."""
        if item.run:
            owner = self.case.runs.get(item.run)
            return (item.run,) if owner is None or owner.procedure == DECISION else (owner.serves or owner.id,)
        decisions = self.runs_of(DECISION)
        named = tuple(d.id for d in decisions if any(item.id in r.items for found in d.records.values() for r in found))
        return named or tuple(d.id for d in decisions[-1:])
