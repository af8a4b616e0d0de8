"""What a mapping says, once it has been read and checked: frozen values, made by ``guide.spreadsheet.mapping_file``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass

from guide.spreadsheet.terms import Term


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: a column, or the same text on every row. ``key`` is its place in the mapping."""

    key: str
    column: str = ""
    fixed: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """What stands in the cell (casefolded) -> what it means; an empty meaning records nothing."""
    closed: bool = False
    """Only the ``words`` may stand there: so that no name slips in."""
    separators: str = ",;\n"
    number: bool = False
    only_month: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Only the rows whose ``column`` says yes; or one of ``words`` (casefolded), or with ``filled`` anything at all."""

    key: str
    column: str
    words: frozenset[str] = frozenset()
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Another rule's run or item: the one with the key in ``named``, else the same row's, else the only one."""

    key: str
    rule: str
    named: Source | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of a step: where it stands and what the handbook lets stand there."""

    source: Source | Reference
    term: Term


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step recorded from a row. ``day`` None: the run's own day."""

    key: str
    step: str
    day: Source | None
    clock: Source | None
    items: tuple[Reference, ...]
    answers: Mapping[str, Answer]
    note: Source | None
    when: Condition | None
    number: int
    """Tells several rules for the same step apart."""
    repeat: Source | None
    """Tells several rows for the same step apart."""


@dataclass(frozen=True, slots=True)
class RunRule:
    """One procedure: a run a case, or one for every value of ``named``."""

    key: str
    name: str
    procedure: str
    named: Source | None
    day: Source | None
    end: Source | None
    serves: Reference | None
    opened_by: Reference | None
    links: Mapping[str, Reference]
    when: Condition | None
    steps: tuple[StepRule, ...]


@dataclass(frozen=True, slots=True)
class ItemRule:
    """A measure or a person: one a case, or one for every value of ``named``."""

    key: str
    name: str
    type: str
    named: Source | None
    kind: Source | None
    label: Source | None
    start: Source | None
    end: Source | None
    run: Reference | None
    when: Condition | None


@dataclass(frozen=True, slots=True)
class CaseRule:
    """What a row says about the case itself."""

    number: Source
    born: Source | None
    team: Source | None
    staff: Source | None
    since: Source | None
    known_from: Source | None


@dataclass(frozen=True, slots=True)
class FileRule:
    """How the file is to be read; what is left out is found by looking."""

    sheet: str = ""
    header: int = 1
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class MappingRules:
    """A whole mapping, checked against the handbook but not yet against a file."""

    file: FileRule
    case: CaseRule
    items: tuple[ItemRule, ...]
    runs: tuple[RunRule, ...]

    def columns(self) -> dict[str, str]:
        """Every column the mapping uses -> the first place in the mapping that names it."""
        found: dict[str, str] = {}
        for part in (self.case, *self.items, *self.runs):
            for source in _sources(part):
                found.setdefault(source.column, source.key)
        return found


def _sources(part: object) -> Iterator[Source | Condition]:
    if isinstance(part, Source | Condition):
        if part.column:
            yield part
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _sources(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from _sources(inner)
    elif is_dataclass(part):
        for one in fields(part):
            yield from _sources(getattr(part, one.name))
