"""All the rows of one case, and what is stored of it -> the rows of the event log to import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from checklists.laws import law_on
from guide.dialogue.scene import Handbooks
from guide.spreadsheet.about import CaseRows
from guide.spreadsheet.drafts import ItemDraft, Key, RowDraft, RunDraft, Said, StepDraft, Wanted
from guide.spreadsheet.places import HUMAN, Places, is_withdrawn, place_of
from store.events import Event

_LETTER = {"foranstaltning": "m", "forældremyndighedsindehaver": "f", "søskende": "s"}


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole import shares. ``entered`` is the aware instant rows are written down; ``today`` a local day."""

    books: Handbooks
    me: str
    today: date
    entered: datetime
    known_from: date | None


@dataclass(frozen=True, slots=True)
class Made:
    """A row of the event log, and the cell of the spreadsheet it came from."""

    event: Event
    row: int
    column: str


@dataclass
class CasePlan:
    """One case: ``made`` are its rows, unless there are ``faults``."""

    context: Context
    case: str
    rows: Sequence[RowDraft]
    stored: Sequence[Event]
    made: list[Made] = field(default_factory=list)
    faults: list[Said] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = Places(self.stored)
        self._runs: dict[Key, str] = {}
        self._items: dict[Key, str] = {}
        self._steps: dict[str, StepDraft] = {}

    def work_out(self) -> None:
        """Fill ``made``, ``faults`` and ``warnings``."""
        first = next((e for e in self.stored if e.kind == "case" and not e.replaces), None)
        if first is not None and is_withdrawn(self.places.now(first)):
            text = "sagen er taget tilbage i programmet. Rækkerne om den er sprunget over"
            self.warnings.append(Said(self.rows[0].row, "", text))
            return
        runs = self._merged(RunDraft, (run for row in self.rows for run in row.runs))
        items = self._merged(ItemDraft, (item for row in self.rows for item in row.items))
        for run in runs.values():
            self._runs[run.key] = self._run_id(run)
        for item in items.values():
            self._items[item.key] = self._item_id(item)
        self.made += [Made(*one) for one in CaseRows(self, first).rows()]
        for item in items.values():
            self._add_item(item)
        for run in runs.values():
            self._add_run(run)
        for row in self.rows:
            for step in row.steps:
                self._add_step(step)

    def put(self, place: str, wanted: Event, row: int, column: str) -> None:
        """Hand over ``wanted``, or the stored row that says the same, or a correction of what was imported before."""
        event, left = self.places.settle(place, wanted)
        if left:
            self.warnings.append(Said(row, column, HUMAN))
        self.made.append(Made(event, row, column))

    def event(self, kind: str, **cells: Any) -> Event:
        """A new row of the case."""
        entered = self.context.entered + timedelta(microseconds=len(self.made))
        return Event(id="", kind=kind, case=self.case, by=self.context.me, recorded=entered, **cells)

    def days(self) -> Iterator[date]:
        """Every day the file has of the case."""
        for row in self.rows:
            yield from (step.day for step in row.steps)
            yield from (run.day for run in row.runs if run.day)

    # -- several rows about one thing ---------------------------------------------------------------------------

    def _merged(self, kind: type[Any], drafts: Iterable[Any]) -> dict[Key, Any]:
        """One draft a key: what later rows add is filled in, what they contradict is a fault."""
        found: dict[Key, Any] = {}
        for draft in drafts:
            before = found.setdefault(draft.key, draft)
            if before is draft:
                continue
            filled = {}
            for name in kind.__slots__:
                old, new = getattr(before, name), getattr(draft, name)
                if name in ("row", "column") or not new or old == new:
                    continue
                if old and not isinstance(old, Wanted | Mapping):
                    self._disagree(draft.row, draft.column, before.row, draft.key[0])
                elif not old:
                    filled[name] = new
            if filled:
                found[draft.key] = type(draft)(**{n: filled.get(n, getattr(before, n)) for n in kind.__slots__})
        return found

    def _disagree(self, row: int, column: str, other: int, what: str, mend: str = "") -> None:
        text = f"siger noget andet end række {other} om {what}. {mend or 'Ret den ene, eller giv dem hver sin noegle'}"
        self.faults.append(Said(row, column, text))

    # -- names --------------------------------------------------------------------------------------------------

    def _run_id(self, run: RunDraft) -> str:
        last = self.places.imported(self._run_place(run.key))
        if last is not None and last.procedure == run.procedure:
            return last.run
        taken = {e.run for e in self.stored} | set(self._runs.values())
        return _free(f"{run.procedure}-", taken)

    def _item_id(self, item: ItemDraft) -> str:
        last = self.places.imported(self._item_place(item.key))
        if last is not None and last.items:
            return last.items[0]
        taken = {i for e in self.stored if e.kind == "item" for i in e.items} | set(self._items.values())
        return _free(_LETTER[item.type], taken)

    def _run_place(self, key: Key) -> str:
        return place_of(self.case, "run", *key)

    def _item_place(self, key: Key) -> str:
        return place_of(self.case, "item", *key)

    def _find(self, wanted: Wanted, run: bool, row: int) -> tuple[str, str]:
        """The key and id of what is pointed at; two empty texts when there is none, with a fault when it was named."""
        known = self._runs if run else self._items
        mine = {key[1]: id_ for key, id_ in known.items() if key[0] == wanted.rule}
        if wanted.key is not None and wanted.key in mine:
            return wanted.key, mine[wanted.key]
        if wanted.key is not None:
            key = (wanted.rule, wanted.key)
            last = self.places.imported(self._run_place(key) if run else self._item_place(key))
            if last is not None:
                return wanted.key, last.run if run else last.items[0]
        if wanted.named:
            text = f"peger på en {wanted.rule}, som sagen ikke har, hverken i filen eller i databasen"
            self.faults.append(Said(row, wanted.column, text))
        elif len(mine) == 1:
            return next(iter(mine.items()))
        elif len(mine) > 1:
            text = (
                f'sagen har flere {wanted.rule}. Skriv i opskriften hvilken kolonne, der siger hvilken: noegle = "..."'
            )
            self.faults.append(Said(row, "", text))
        return "", ""

    # -- rows of the log ----------------------------------------------------------------------------------------

    def _add_item(self, item: ItemDraft) -> None:
        place = self._item_place(item.key)
        last = self.places.imported(place)
        run = self._find(item.run, True, item.row)[1] if item.run else ""
        value = {"type": item.type, "kind": item.kind, "label": item.label, "to": item.end and item.end.isoformat()}
        self.put(
            place,
            self.event(
                "item",
                items=(self._items[item.key],),
                run=run or (last.run if last else ""),
                day=item.start or (last.day if last else self._first_day(item)),
                value=_over(last, value),
            ),
            item.row,
            item.column,
        )

    def _first_day(self, item: ItemDraft) -> date | None:
        """A measure counts from the first day a row that has it tells of; a person from the first day in the case."""
        rows = [row for row in self.rows if any(i.key == item.key for i in row.items)]
        own = [s.day for row in rows for s in row.steps if any(w.rule == item.key[0] for w in s.items)]
        days = own if item.kind and own else [*self.days()]
        known = [self.context.known_from] if self.context.known_from else []
        return min([*days, *([] if own and item.kind else known)], default=None)

    def _add_run(self, run: RunDraft) -> None:
        place = self._run_place(run.key)
        last = self.places.imported(place)
        steps = [s.day for row in self.rows for s in row.steps if s.run == run.key]
        day = run.day or (last.day if last else min(steps, default=None))
        links = {name: self._find(wanted, True, run.row)[1] for name, wanted in run.links.items()}
        value = {
            "serves": self._find(run.serves, True, run.row)[1] if run.serves else "",
            "opened_by": self._find(run.opened_by, True, run.row)[1] if run.opened_by else "",
            "to": run.end and run.end.isoformat(),
            "links": {name: found for name, found in links.items() if found},
        }
        self.put(
            place,
            self.event(
                "run",
                run=self._runs[run.key],
                procedure=run.procedure,
                day=day,
                value=_over(last, value) or None,
                version=self._version(run.procedure, day),
            ),
            run.row,
            run.column,
        )

    def _add_step(self, step: StepDraft) -> None:
        pairs = [(w.rule, *self._find(w, False, step.row)) for w in step.items]
        items = tuple(dict.fromkeys(id_ for _, _, id_ in pairs if id_))
        about = [part for rule, key, id_ in pairs if id_ for part in (rule, key)]
        place = place_of(self.case, "record", *step.run, step.step, *step.place, *about)
        before = self._steps.setdefault(place, step)
        if before is not step:
            said = ("day", "at", "value", "note")
            if any(getattr(before, name) != getattr(step, name) for name in said):
                mend = "Ret den ene, eller skriv gentag eller noegle i opskriften, så de kan kendes fra hinanden"
                self._disagree(step.row, step.column, before.row, f"{step.procedure}, {step.step}", mend)
            return
        value = {
            name: self._find(one, True, step.row)[1] if isinstance(one, Wanted) else one
            for name, one in step.value.items()
        }
        value = {name: one for name, one in value.items() if one not in ("", None, [])}
        self.put(
            place,
            self.event(
                "record",
                run=self._runs[step.run],
                procedure=step.procedure,
                step=step.step,
                items=items,
                day=step.day,
                at=step.at and step.at.astimezone(UTC),
                value=value or None,
                note=step.note,
                version=self._version(step.procedure, step.day),
            ),
            step.row,
            step.column,
        )

    def _version(self, procedure: str, day: date | None) -> str:
        books = self.context.books
        of_day = books.get(law_on(day)) if day else None
        pages = (book.procedures.get(procedure) for book in (of_day, *books.values()) if book)
        return next((page.edition for page in pages if page), "")


def _over(last: Event | None, value: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` without what is empty, over what an earlier import said and this file leaves out."""
    before = last.value if last is not None and isinstance(last.value, Mapping) else {}
    return {**before, **{name: one for name, one in value.items() if one}}


def _free(prefix: str, taken: set[str]) -> str:
    n = 1
    while f"{prefix}{n}" in taken:
        n += 1
    return f"{prefix}{n}"
