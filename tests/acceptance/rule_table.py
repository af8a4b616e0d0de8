"""The line language of ``regler.md``, read strictly: facts, what is expected, and where a line cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from checklists.calendar import TZ, end_of_day
from guide.editions import vocabulary
from handbook.load import bundled
from handbook.model import Handbook, Law
from handbook.numbering import renumberings
from store.checks import faults_of
from store.events import Event

RULES = Path(__file__).with_name("regler.md")
COLUMNS = ["Nr.", "Hvad der prøves", "Fakta", "I dag", "Lov", "Trin", "Forventet", "Hjemmel"]
BLOCK_COLUMNS = ["Navn", "Hvad", "Fakta"]
CASE = "R-1"
ENTERED = datetime(2030, 1, 1, tzinfo=UTC)
"""Entered long after, one minute a row: when a record was entered must never decide whether it is in time."""

LAWS: Mapping[str, Law] = {"SEL": "serviceloven", "BL": "barnets_lov"}
STATES = {
    "ikke relevant": "not relevant",
    "venter": "waiting",
    "åben": "open",
    "aftalt": "planned",
    "afventer": "awaiting",
    "snart": "due soon",
    "overskredet": "overdue",
    "udført": "done",
    "udført for sent": "done late",
    "udført med mangel": "done with deficiency",
    "udeladt": "left out",
}
KINDS = {
    "overskredet": "overdue",
    "rækkefølge": "order",
    "for sent": "late",
    "mangelfuld": "deficient",
    "forældet": "stale",
    "aftalt for sent": "planned late",
    "vurdering": "judgement",
    "stilstand": "idle",
}
STATUSES = {"aftalt": "planned", "afventer": "awaiting", "forsøgt": "attempted", "udeladt": "left out"}
RESERVED = {"grund": "ground", "udfald": "outcome", "hvem": "whom", "ventet": "expected", "årsag": "cause"}
TYPES = {"forælder": "forældremyndighedsindehaver", "søskende": "søskende"}

_DAY = r"\d{4}-\d\d-\d\d"
_WHEN = rf"{_DAY}(?: \d\d:\d\d)?"
_RUN = r"(?P<run>[a-z-]+-\d+)"
_PATH = rf"{_RUN}/(?P<step>[a-z0-9-]+)"
_STATUS = "|".join(STATUSES)


class Malformed(Exception):
    """A line that cannot be read; the message is shown with its number."""


@dataclass(frozen=True)
class Expected:
    """The Forventet cell."""

    aim: date | datetime | None = None
    late_after: datetime | None = None
    no_due: bool = False
    state: str = ""
    findings: tuple[tuple[str, str, str, tuple[str, ...]], ...] | None = None
    since: date | None = None
    total: int | None = None
    stands: bool = True
    refused: bool = False
    known_fault: str = ""
    """Why the program does not say so yet; the line then has to fail, and be mended here once the program is."""


@dataclass(frozen=True)
class Rule:
    """One line of the file."""

    number: str
    line: int
    events: tuple[Event, ...]
    now: datetime
    law: Law
    run: str
    step: str
    item: str
    expected: Expected
    clause: str


@dataclass(frozen=True)
class Unread:
    """A line that could not be read, and why."""

    number: str
    line: int
    why: str


# -- reading --------------------------------------------------------------------------------------------------------


@cache
def editions() -> Mapping[Law, Handbook]:
    return {law: bundled(law) for law in LAWS.values()}


def moment(text: str) -> tuple[date, datetime | None]:
    """``2019-03-08`` or ``2019-03-08 15:40``, Copenhagen, as local day and aware instant."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text), None
        return date.fromisoformat(text[:10]), datetime.fromisoformat(text).replace(tzinfo=TZ).astimezone(UTC)
    except ValueError:
        raise Malformed(f"ingen dag eller intet klokkeslæt: {text}") from None


@dataclass
class Facts:
    """Collects the rows that a Fakta cell says, in its order."""

    events: list[Event] = field(default_factory=list)
    born: str = "2015-05"
    known: str = "2018-01-01"
    items: dict[str, str] = field(default_factory=dict)

    def row(self, kind: str, when: str, **columns: Any) -> None:
        day, at = moment(when)
        entered = ENTERED + timedelta(minutes=len(self.events))
        made = Event(f"e{len(self.events):03d}", kind, CASE, day=day, at=at, by="LH", recorded=entered, **columns)
        self.events.append(made)

    def case(self, said: re.Match[str]) -> None:
        self.born = said["born"] or self.born
        self.known = said["known"] or self.known

    def run(self, said: re.Match[str]) -> None:
        value = dict(zip(("opened_by", "serves", "to"), said.group("by", "serves", "to"), strict=True))
        self.row("run", said["when"], run=said["run"], procedure=said["run"].rpartition("-")[0],
                 value={k: v for k, v in value.items() if v} or None)  # fmt: skip

    def item(self, said: re.Match[str]) -> None:
        kind = TYPES.get(said["kind"], "foranstaltning")
        value = {"type": kind, "kind": said["kind"] if kind == "foranstaltning" else "", "label": said["item"]}
        self.items[said["item"]] = kind
        ended = {"to": said["to"]} if said["to"] else {}
        self.row("item", said["when"], items=(said["item"],), value=value | ended)

    def step(self, said: re.Match[str]) -> None:
        items = tuple((said["items"] or "").split())
        if any(item not in self.items for item in items):
            raise Malformed(f"ukendt foranstaltning eller person: {said['items']}")
        value = self.value(said["value"], said["status"])
        before = self.latest(said["run"], said["step"]) if said["again"] else ""
        self.row("record", said["when"], run=said["run"], procedure=said["run"].rpartition("-")[0], step=said["step"],
                 items=items, value=value, replaces=before)  # fmt: skip

    def undo(self, said: re.Match[str]) -> None:
        before = self.latest(said["run"], said["step"])
        day = next(e.day for e in self.events if e.id == before)
        self.row("record", str(day), run=said["run"], procedure=said["run"].rpartition("-")[0], step=said["step"],
                 value={"status": "withdrawn"}, replaces=before)  # fmt: skip

    def latest(self, run: str, step: str) -> str:
        replaced = {e.replaces for e in self.events}
        found = [e.id for e in self.events if (e.run, e.step) == (run, step) and e.id not in replaced]
        if not found:
            raise Malformed(f"intet at rette eller tage tilbage: {run}/{step}")
        return found[-1]

    @staticmethod
    def value(text: str | None, status: str | None) -> Any:
        said = {"status": STATUSES[status]} if status else {}
        if text and "=" in text:
            pairs = [part.split("=", 1) for part in text.split(", ")]
            if any(len(pair) != 2 or not all(pair) for pair in pairs):
                raise Malformed(f"hvert felt skal skrives navn=værdi: {text}")
            # Pages have fields called grund and hvem too: only beside a status do those mean what every step has.
            names = RESERVED if status else {"årsag": RESERVED["årsag"]}
            return {names.get(name, name): _answers(answer) for name, answer in pairs} | said
        if text and said:
            raise Malformed(f"efter {status} skrives felter som navn=værdi: {text}")
        return said or (_answers(text) if text else None)


def _answers(text: str) -> Any:
    return text.split("+") if "+" in text else text


_FACTS: tuple[tuple[str, Callable[[Facts, re.Match[str]], None]], ...] = (
    (rf"sag(?: født (?P<born>\d{{4}}-\d\d(?:-\d\d)?))?,?(?: kendt (?P<known>{_DAY}))?", Facts.case),
    (
        rf"{_RUN} (?P<when>{_DAY})(?:, åbnet af (?P<by>\S+?))?(?:, tjener (?P<serves>\S+?))?(?:, slut (?P<to>{_DAY}))?",
        Facts.run,
    ),
    (rf"(?P<item>[mfs]\d) (?P<kind>[a-zæøå-]+) (?P<when>{_DAY})(?:, slut (?P<to>{_DAY}))?", Facts.item),
    (rf"tag tilbage {_PATH}", Facts.undo),
    (
        rf"(?P<again>ret )?{_PATH} (?:(?P<status>{_STATUS}) )?(?P<when>{_WHEN})(?: for (?P<items>[a-z0-9 ]+))?"
        r"(?:: (?P<value>.+))?",
        Facts.step,
    ),
)


def read_facts(text: str, blocks: Mapping[str, str]) -> tuple[Event, ...]:
    facts = Facts()
    said = [part for name in _parts(text) for part in (_parts(blocks[name]) if name in blocks else [name])]
    for part in said:
        for pattern, tell in _FACTS:
            match = re.fullmatch(pattern, part)
            if match:
                tell(facts, match)
                break
        else:
            raise Malformed(f"kan ikke læse faktum: {part}")
    value = {"born": facts.born, "known_from": facts.known}
    facts.row("case", facts.known, value=value)
    return tuple(facts.events)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")]


def read_expected(text: str) -> Expected:
    found = Expected()
    for part in _parts(text):
        if match := re.fullmatch(rf"frist (?P<aim>{_WHEN})(?:, for sent efter (?P<late>{_WHEN}))?", part):
            day, at = moment(match["aim"])
            last_day, last = moment(match["late"] or match["aim"])
            found = replace(found, aim=at or day, late_after=last or end_of_day(last_day))
        elif part == "ingen frist":
            found = replace(found, no_due=True)
        elif part.startswith("tilstand ") and part[9:] in STATES:
            found = replace(found, state=STATES[part[9:]])
        elif part == "ingen fund":
            found = replace(found, findings=())
        elif match := re.fullmatch(
            r"fund (?P<kind>[a-zæøå ]+), (?P<code>[a-z0-9-]+), (?P<basis>lov|praksis|faglig), "
            rf"(?P<measure>[a-z0-9-]+|–)(?:, siden (?P<since>{_DAY}))?",
            part,
        ):
            if match["kind"] not in KINDS:
                raise Malformed(f"ukendt slags fund: {match['kind']}")
            measures = () if match["measure"] == "–" else (match["measure"],)
            one = (KINDS[match["kind"]], match["code"], match["basis"], measures)
            found = replace(found, findings=(*(found.findings or ()), one))
            found = replace(found, since=moment(match["since"])[0]) if match["since"] else found
        elif match := re.fullmatch(r"fund i alt (\d+)", part):
            found = replace(found, total=int(match[1]))
        elif part in ("står", "står ikke"):
            found = replace(found, stands=part == "står")
        elif part == "afvises":
            found = replace(found, refused=True)
        elif part.startswith("kendt fejl: "):
            found = replace(found, known_fault=part.removeprefix("kendt fejl: "))
        else:
            raise Malformed(f"kan ikke læse forventning: {part}")
    return found


def read_rule(cells: list[str], line: int, blocks: Mapping[str, str]) -> Rule:
    """The rule that the cells of one table line say. Raises Malformed."""
    if len(cells) != len(COLUMNS) or not all(cells):
        raise Malformed(f"der skal være {len(COLUMNS)} udfyldte celler")
    number, _, facts, today, law, place, said, clause = cells
    if not re.fullmatch(r"[A-ZÆØÅ]\d+", number):
        raise Malformed(f"nummeret skal være et bogstav og et tal: {number}")
    if not re.fullmatch(_WHEN, today):
        raise Malformed(f"I dag skal være en dag: {today}")
    if law not in LAWS:
        raise Malformed(f"Lov skal være SEL eller BL: {law}")
    match = re.fullmatch(r"(?P<run>[a-z0-9-]+)/(?P<step>[a-z0-9-]+)(?: (?P<item>[mfs]\d))?", place)
    if match is None and place != "sagen":
        raise Malformed(f"kan ikke læse trin: {place}")
    events = read_facts(facts, blocks)
    expected = read_expected(said)
    words = vocabulary(editions())
    faults = [fault for event in events for fault in faults_of(event, words)]
    if bool(faults) != expected.refused:
        raise Malformed("; ".join(faults) or "fakta skulle afvises, men importen tager dem")
    if clause != "–" and clause not in _clauses():
        raise Malformed(f"hjemlen står ikke i nogen af udgaverne: {clause}")
    day, at = moment(today)
    run, step, item = (match["run"], match["step"], match["item"] or "") if match else ("sagen", "", "")
    return Rule(number, line, events, at or end_of_day(day), LAWS[law], run, step, item, expected, clause)


@cache
def _clauses() -> frozenset[str]:
    pages = [page for book in editions().values() for page in book.procedures.values()]
    written = frozenset(reference.clause for page in pages for step in page.steps for reference in step.references)
    return written | {row.shown for row in renumberings()}


def read_file(text: str) -> list[Rule | Unread]:
    """Every line of the rule tables, read or not; the tables of building blocks come first in the file."""
    blocks: dict[str, str] = {}
    found: list[Rule | Unread] = []
    header: list[str] = []
    for line, row in enumerate(text.splitlines(), 1):
        if not row.startswith("|"):
            header = []
            continue
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if not header:
            header = cells
        elif set(row) <= set("|-: "):
            continue
        elif header == BLOCK_COLUMNS and len(cells) == len(header):
            blocks[cells[0]] = cells[2]
        elif header == COLUMNS:
            try:
                found.append(read_rule(cells, line, blocks))
            except Malformed as fault:
                found.append(Unread(cells[0], line, str(fault)))
        elif header != ["Ord", "Betyder"]:
            found.append(Unread(cells[0], line, f"tabellen har andre kolonner: {header}"))
    return found


# -- judging --------------------------------------------------------------------------------------------------------
