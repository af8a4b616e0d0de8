"""A Markdown page -> ``Procedure``, through markdown-it-py's token stream. FORMAT.md says how a page is written.

Nothing a page contains makes the reader raise: what is wrong comes back as faults, beside as much as
could be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from handbook import anchors
from handbook.choices import read_choices
from handbook.faults import Report
from handbook.front import Front, read_front
from handbook.lines import Lines, is_line, read_lines, reference
from handbook.markup import Block
from handbook.model import Fault, Field, Procedure, Step
from handbook.sections import Section, cut, read_blocks, report_structure, written
from handbook.sources import with_states


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. With ``faults`` it is out of order: ``procedure`` then holds what could be read, for checking
    only, or None when not even its id and law could.
    """

    procedure: Procedure | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands: the page's id, its phase, and the words said before the phase's first step."""

    page: str
    phase: str
    lead: str

    def with_lead(self, text: str) -> str:
        """The step's guidance, after the phase's opening words."""
        return "\n\n".join(part for part in (self.lead, text) if part)


@dataclass
class Parts:
    """A step's body as its list of lines, its list of answers, and everything else."""

    lines: Block | None = None
    choices: Block | None = None
    rest: list[Block] = field(default_factory=list)


@lru_cache(maxsize=512)
def read(data: bytes, path: Path) -> Page:
    """The page in ``data`` (UTF-8, with or without BOM), read from ``path``. Never raises; nothing is opened here."""
    report = Report(str(path))
    procedure = read_blocks(data, report, lambda blocks, text: _procedure(blocks, text, path, report))
    return Page(procedure, tuple(sorted(report.faults, key=lambda fault: fault.line)))


def _procedure(blocks: Sequence[Block], text: str, path: Path, report: Report) -> Procedure | None:
    source = text.split("\n")
    front_block = blocks[0] if blocks and blocks[0].kind == "front_matter" else None
    front = read_front(front_block, path, report)
    if front_block is None:
        return None  # without its two ---, the front matter reads as headings: more faults would only confuse
    sections = cut(blocks, source, report)
    report_structure(sections, report)
    steps = _steps(sections, front, source, report)
    if not front.id or front.law is None:
        return None
    return Procedure(
        id=front.id,
        title=front.title,
        law=front.law,
        clause=front.clause,
        counterpart=front.counterpart,
        version=front.version,
        intro=written([b for s in sections if s.level < 2 for b in s.body], source),
        steps=tuple(steps),
        path=path,
        source=text,
    )


def _steps(sections: Sequence[Section], front: Front, source: Sequence[str], report: Report) -> list[Step]:
    steps: dict[str, Step] = {}
    phase, lead = "", ""
    for section in sections:
        if section.level == 2:
            # A phase has no place of its own in the dialogue: its opening words are said with its first step.
            phase, lead = section.title, written(section.body, source)
        elif section.level == 3:
            parts = body_parts(section, report)
            lines = read_lines(parts.lines, front.id, report)
            step = step_of(section, parts, lines, Place(front.id, phase, lead), source, report)
            states = with_states(map(reference, lines.clauses), lines.source, front.law or "serviceloven")
            lead = ""
            keep(replace(step, references=states), steps, report)
    return list(steps.values())


def keep(step: Step, steps: dict[str, Step], report: Report) -> None:
    """Put the step among the page's ``steps`` unless its id is taken."""
    if step.id in steps:
        report.add(step.line, "duplicate-id", id=step.id, first=steps[step.id].line)
    else:
        steps[step.id] = step


def step_id(section: Section, report: Report) -> str:
    """The id over the heading, or one made from the heading when there is none (and a fault)."""
    hint = anchors.slug(section.title)[:30].strip("-") or "trin"
    if not section.id:
        report.add(section.line, "step-without-id", title=section.title, hint=hint)
    elif not anchors.is_id(section.id):
        report.add(section.line, "bad-id", id=section.id, hint=anchors.slug(section.id) or hint)
    return section.id or hint


def step_of(section: Section, parts: Parts, lines: Lines, place: Place, source: Sequence[str], report: Report) -> Step:
    """The step of a section, from its lines and answers; its references are left to the caller."""
    found_id = step_id(section, report)
    choices = read_choices(parts.choices, place.page, report)
    fields = _with_choice_field(lines.fields, bool(choices))
    if not parts.choices and any(f.type in ("valg", "flere valg") for f in fields):
        report.add(section.line, "choice-field-without-choices")
    return Step(
        id=found_id,
        title=section.title,
        procedure=place.page,
        phase=place.phase,
        name=lines.name or found_id.replace("-", " "),
        text=place.with_lead(written(parts.rest, source)),
        fields=fields,
        deadlines=tuple(lines.deadlines),
        recurrence=lines.recurrence,
        orders=tuple(lines.orders),
        for_each=lines.for_each,
        conditions=tuple(lines.conditions),
        checks=lines.checks,
        opens=lines.opens,
        creates=lines.creates,
        targets=tuple(lines.targets),
        source=lines.source,
        audit_note=lines.audit_note,
        journal_note=lines.journal_note,
        mend=lines.mend,
        choices=choices,
        line=section.line,
    )


def body_parts(section: Section, report: Report) -> Parts:
    """What stands under a step's heading, taken apart."""
    out = Parts()
    for block in section.body:
        if block.kind == "bullet_list" and is_line(block):
            if out.lines is None:
                out.lines = block
            else:
                report.add(block.line, "second-list")
        elif block.kind == "ordered_list":
            if out.choices is None:
                out.choices = block
            else:
                report.add(block.line, "second-choices")
        else:
            out.rest.append(block)
    return out


def _with_choice_field(fields: list[Field], has_choices: bool) -> tuple[Field, ...]:
    """The fields, with an unnamed ``valg`` first when the step has answers and declares no field for them.

    First, because a bare value in the event log answers the first field that is not the record's time.
    """
    if not has_choices or any(f.type in ("valg", "flere valg") for f in fields):
        return tuple(fields)
    return (Field("valg", "valg", "valg"), *fields)
