"""A row of cells and a mapping -> what the row says. Every cell that cannot be read is a fault with its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from checklists.calendar import local_day
from guide.settings import clean_initials
from guide.spreadsheet import cells
from guide.spreadsheet.answers import converted
from guide.spreadsheet.cells import Cell, CellFault
from guide.spreadsheet.drafts import About, ItemDraft, RowDraft, RunDraft, Said, StepDraft, Wanted
from guide.spreadsheet.mapping import Answer, Condition, ItemRule, MappingRules, Reference, RunRule, Source, StepRule
from guide.spreadsheet.terms import near
from store.checks import shown
from store.privacy import REASON, cpr_like

T = TypeVar("T")

LOST_ZERO = "er ni cifre: måske et CPR-nummer, der har mistet sit første nul. Brug sagens eget nummer"


class RowReader:
    """Reads rows by one mapping. ``columns`` says where each column stands; ``now`` is an aware instant."""

    def __init__(
        self, rules: MappingRules, columns: Mapping[str, int], kinds: Mapping[str, str], now: datetime
    ) -> None:
        self.rules = rules
        self.columns = columns
        self.kinds = kinds
        self.now = now
        self.today = local_day(now)
        self._runs = {rule.name: rule for rule in rules.runs}
        self._items = {rule.name: rule for rule in rules.items}

    def case(self, cells_: Sequence[Cell]) -> str:
        """The case number of a row; empty when it has none."""
        return cells.as_text(cells_[self.columns[self.rules.case.number.column]])

    def read(self, number: int, cells_: Sequence[Cell]) -> RowDraft:
        """What the row numbered ``number`` says of its case."""
        return _Row(self, cells_, RowDraft(number)).read()

    def key_of(self, row: _Row, reference: Reference, runs: bool) -> str | None:
        """The key of a rule's run or item in ``row``; None when the row has none for it."""
        rule = (self._runs if runs else self._items)[reference.rule]
        if rule.named is None:
            return ""
        return row.text(rule.named) or None


@dataclass(slots=True)
class _Row:
    reader: RowReader
    cells: Sequence[Cell]
    draft: RowDraft

    def read(self) -> RowDraft:
        if not self._private():
            self._case()
            for item in self.reader.rules.items:
                self._item(item)
            for run in self.reader.rules.runs:
                self._run(run)
        return self.draft

    # -- cells --------------------------------------------------------------------------------------------------

    def cell(self, source: Source) -> Cell:
        """The cell, or the constant; what it means when the mapping translates it. Raises CellFault."""
        cell: Cell = source.fixed or self.cells[self.reader.columns[source.column]]
        if source.words and not source.fixed:
            word = " ".join(cells.as_text(cell).split()).casefold()
            if word in source.words:
                return source.words[word]
            if source.closed and word:
                raise CellFault("er et ord, opskriften ikke oversætter. Skriv dets dæknavn under oversaet")
        return cell

    def read_cell(self, source: Source) -> Cell:
        """The cell, empty with a fault kept when it cannot be read."""
        empty: Cell = None
        return self.kept(source, lambda: self.cell(source), empty)

    def text(self, source: Source) -> str:
        """The cell as text; a fault is kept when it cannot be read."""
        return self.kept(source, lambda: cells.as_text(self.cell(source)), "")

    def kept(self, source: Source | Condition, read: Callable[[], T], otherwise: T) -> T:
        """What ``read`` gives; ``otherwise``, with a fault at the source's column, when the cell cannot be read."""
        try:
            return read()
        except CellFault as fault:
            self.fault(source.column, str(fault))
            return otherwise

    def fault(self, column: str, text: str) -> None:
        if not any(f.column == column and f.text == text for f in self.draft.faults):
            self.draft.faults.append(Said(self.draft.row, column, text))

    def warn(self, column: str, text: str) -> None:
        self.draft.warnings.append(Said(self.draft.row, column, text))

    def _day(self, source: Source | None) -> date | None:
        found = self._moment(source)
        return found[0] if found else None

    def _moment(self, source: Source | None, clock: Source | None = None) -> tuple[date, datetime | None] | None:
        if source is None or cells.is_empty(cell := self.read_cell(source)):
            return None
        found = self.kept(source, lambda: cells.as_moment(cell), None)
        if found and clock is not None and not cells.is_empty(hour := self.read_cell(clock)):
            day = found[0]
            return day, self.kept(clock, lambda: cells.at_clock(day, hour), None)
        return found

    def _holds(self, condition: Condition | None) -> bool:
        if condition is None:
            return True
        cell = self.cells[self.reader.columns[condition.column]]
        if condition.filled:
            return not cells.is_empty(cell)
        if condition.words:
            return cells.as_text(cell).casefold() in condition.words
        return self.kept(condition, lambda: cells.is_yes(cell), False)

    def _private(self) -> bool:
        number = self.reader.rules.case.number.column
        for column, place in self.reader.columns.items():
            cell = self.cells[place]
            if isinstance(cell, date) or cell is None:
                continue
            text = cells.as_text(cell)
            if cpr_like(text):
                self.fault(column, REASON)
            elif len(text) == 9 and text.isdecimal() and cpr_like(f"0{text}"):
                if column == number:
                    self.warn(column, LOST_ZERO)
                else:
                    self.fault(column, LOST_ZERO)
        return bool(self.draft.faults)

    # -- the case itself ----------------------------------------------------------------------------------------

    def _case(self) -> None:
        rule = self.reader.rules.case
        if rule.born is not None and not cells.is_empty(born := self.cell(rule.born)):
            month, source = rule.born.only_month, rule.born
            self._about("born", source, self.kept(source, lambda: cells.as_birth(born, self.reader.now, month), ""))
        if rule.team is not None:
            self._about("team", rule.team, self.text(rule.team))
        if rule.known_from is not None and (day := self._day(rule.known_from)):
            self._about("known_from", rule.known_from, day.isoformat())
        if rule.staff is not None and (name := self.text(rule.staff)):
            try:
                self._about("staff", rule.staff, clean_initials(name), self._day(rule.since))
            except ValueError:
                mend = "Skriv to til otte bogstaver eller tal, eller oversaet navnene til initialer i opskriften"
                self.fault(rule.staff.column, f"er ikke initialer. {mend}")

    def _about(self, name: str, source: Source, value: str, day: date | None = None) -> None:
        if value:
            self.draft.about.append(About(name, value, self.draft.row, source.column, day))

    # -- items and runs -----------------------------------------------------------------------------------------

    def _item(self, rule: ItemRule) -> None:
        if not self._holds(rule.when):
            return
        seen = rule.kind or rule.label
        if seen is None or not (said := self.text(seen)):
            return
        key = self.text(rule.named) if rule.named else ""
        if rule.named and not key:
            self.fault(rule.named.column, f"er tom, men rækken har {rule.name}. Skriv nøglen")
            return
        kind = self._kind(seen, said) if rule.kind else ""
        self.draft.items.append(
            ItemDraft(
                key=(rule.name, key),
                type=rule.type,
                kind=kind,
                label="" if rule.kind else said,
                start=self._day(rule.start),
                end=self._day(rule.end),
                run=self._wanted(rule.run, runs=True),
                row=self.draft.row,
                column=seen.column,
            )
        )

    def _kind(self, source: Source, said: str) -> str:
        known = self.reader.kinds
        if said.casefold() not in known:
            self.fault(source.column, f"ukendt slags {shown(said)}. {near(said, list(dict.fromkeys(known.values())))}")
        return known.get(said.casefold(), "")

    def _run(self, rule: RunRule) -> None:
        if not self._holds(rule.when):
            return
        key = self.text(rule.named) if rule.named else ""
        day = self._day(rule.day)
        steps = [step for one in rule.steps if (step := self._step(rule, one, key, day))]
        if not steps and day is None:
            return
        if rule.named and not key:
            self.fault(rule.named.column, f"er tom, men rækken har noget om {rule.name}. Skriv nøglen")
            return
        links = {name: self._wanted(ref, runs=True) for name, ref in rule.links.items()}
        self.draft.steps += steps
        self.draft.runs.append(
            RunDraft(
                key=(rule.name, key),
                procedure=rule.procedure,
                day=day,
                end=self._day(rule.end),
                serves=self._wanted(rule.serves, runs=True),
                opened_by=self._wanted(rule.opened_by, runs=True),
                links={name: found for name, found in links.items() if found},
                row=self.draft.row,
                column=rule.day.column if rule.day else steps[0].column,
            )
        )

    def _wanted(self, reference: Reference | None, runs: bool) -> Wanted | None:
        if reference is None:
            return None
        if reference.named is not None:
            key = self.text(reference.named)
            return Wanted(reference.rule, key, True, reference.named.column) if key else None
        return Wanted(reference.rule, self.reader.key_of(self, reference, runs))

    # -- steps --------------------------------------------------------------------------------------------------

    def _step(self, run: RunRule, rule: StepRule, key: str, run_day: date | None) -> StepDraft | None:
        if not self._holds(rule.when):
            return None
        value = {name: found for name, answer in rule.answers.items() if (found := self._answer(answer)) is not None}
        note = self.text(rule.note) if rule.note else ""
        moment = self._moment(rule.day, rule.clock) if rule.day else (run_day, None) if run_day else None
        if moment is None:
            self._without_day(rule, value, note)
            return None
        if rule.day is None and not value and not note and (rule.answers or rule.note) and rule.when is None:
            return None
        column = rule.day.column if rule.day else next((c for c in self._columns(rule) if c), "")
        if moment[0] > self.reader.today and value.get("status") != "planned":
            self.warn(column, "ligger efter i dag. Det tæller først, når dagen er nået")
        repeat = self.text(rule.repeat) if rule.repeat else ""
        items = (self._wanted(one, runs=False) for one in rule.items)
        return StepDraft(
            run=(run.name, key),
            procedure=run.procedure,
            step=rule.step,
            place=(str(rule.number), repeat),
            items=tuple(item for item in items if item),
            day=moment[0],
            at=moment[1],
            value=value,
            note=note,
            row=self.draft.row,
            column=column,
        )

    def _without_day(self, rule: StepRule, value: Mapping[str, Any], note: str) -> None:
        """Something was said, but not when: told, and not recorded."""
        sources = [rule.answers[name].source for name in value] + ([rule.note] if rule.note and note else [])
        told = [s.column for s in sources if isinstance(s, Source) and s.column]
        unread = {f.column for f in self.draft.faults}
        if told and not (rule.day and rule.day.column in unread):
            day = f"»{rule.day.column}« er tom" if rule.day else "forløbet har ingen dag i rækken"
            self.warn(told[0], f"er udfyldt, men {day}. {rule.step} er ikke registreret")

    def _columns(self, rule: StepRule) -> list[str]:
        sources = [answer.source for answer in rule.answers.values()]
        return [s.column for s in (*sources, rule.note) if isinstance(s, Source)] + [
            rule.when.column if rule.when else ""
        ]

    def _answer(self, answer: Answer) -> Any:
        if isinstance(answer.source, Reference):
            return self._wanted(answer.source, runs=True)
        source, term = answer.source, answer.term
        cell = self.read_cell(source)
        return None if cells.is_empty(cell) else self.kept(source, lambda: converted(cell, source, term), None)
