"""One page of a municipality's layer -> what it adds, through the same reader as the national pages.

A section with the id of a national step is an addition to that step; one with a new id is a step of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from handbook.faults import Report
from handbook.front import Front, read_layer_front
from handbook.lines import READERS, Lines, Refusal, read_lines, reference
from handbook.markup import Block
from handbook.model import Fault, Procedure, Reference, Step
from handbook.page import Place, body_parts, keep, step_of
from handbook.sections import Section, cut, read_blocks, written
from handbook.sources import law_named

ADDITIONS = frozenset({"Navn", "Mål", "Kilde", "Tilsyn", "Notat", "Ret op"})
"""The lines that a layer may write on a national step."""


@dataclass(frozen=True, slots=True)
class LayerPage:
    """A page of the layer as read; with ``faults`` it is out of order.

    ``procedure`` holds only what the layer writes: new steps (``Step.local``) and additions, each a step with nothing
    but what is added. Its ``title`` is the municipality's name. ``places``: new step's id -> the id it stands after.
    """

    procedure: Procedure | None
    places: dict[str, str]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=512)
def read(data: bytes, path: Path, national: frozenset[str]) -> LayerPage:
    """The page in ``data``, read from ``path``, over a national page with the step ids ``national``. Never raises."""
    report = Report(str(path))
    places: dict[str, str] = {}
    found = read_blocks(data, report, lambda blocks, text: _procedure(blocks, text, path, national, places, report))
    return LayerPage(found, places, tuple(sorted(report.faults, key=lambda fault: fault.line)))


def _procedure(
    blocks: Sequence[Block],
    text: str,
    path: Path,
    national: frozenset[str],
    places: dict[str, str],
    report: Report,
) -> Procedure | None:
    source = text.split("\n")
    block = blocks[0] if blocks and blocks[0].kind == "front_matter" else None
    front = read_layer_front(block, path, report)
    if block is None:
        return None
    sections = cut(blocks, source, report)
    steps = _steps(sections, front, source, national, places, report)
    if not front.id or front.law is None:
        return None
    intro = written([b for s in sections if s.level < 2 for b in s.body], source)
    return Procedure(front.id, front.title, front.law, "", "", 1, intro, tuple(steps), path=path, source=text)


def _steps(
    sections: Sequence[Section],
    front: Front,
    source: Sequence[str],
    national: frozenset[str],
    places: dict[str, str],
    report: Report,
) -> list[Step]:
    steps: dict[str, Step] = {}
    place = Place(front.id, "", "")
    for section in sections:
        if section.level == 2:
            place = Place(front.id, section.title, written(section.body, source))
        elif section.level == 3:
            if section.id in national:
                step = _addition(section, place, source, report)
            else:
                step, after = _new(section, place, source, report)
                if after:
                    places[step.id] = after
            place = replace(place, lead="")
            keep(step, steps, report)
    return list(steps.values())


def _addition(section: Section, place: Place, source: Sequence[str], report: Report) -> Step:
    """What is added to a national step. Its rules and its answers are the nation's alone."""
    parts = body_parts(section, report)
    lines = read_lines(parts.lines, place.page, report, _only_additions(section.id))
    if parts.choices:
        report.add(parts.choices.line, "layer-rule", what="Svarene", id=section.id)
    return Step(
        id=section.id,
        title=section.title,
        procedure=place.page,
        phase=place.phase,
        name=lines.name,
        text=place.with_lead(written(parts.rest, source)),
        targets=tuple(lines.targets),
        source=lines.source,
        audit_note=lines.audit_note,
        journal_note=lines.journal_note,
        mend=lines.mend,
        line=section.line,
    )


def _new(section: Section, place: Place, source: Sequence[str], report: Report) -> tuple[Step, str]:
    """A step of the municipality's own, and the id of the step it is to stand after."""
    parts = body_parts(section, report)
    lines = read_lines(parts.lines, place.page, report, _nothing)
    if not place.phase and lines.place is None:
        report.add(section.line, "step-outside-phase", title=section.title)
    step = step_of(section, parts, lines, place, source, report)
    references = tuple(_references(lines, section.line, report))
    return replace(step, references=references, local=True), lines.place.step if lines.place else ""


def _references(lines: Lines, line: int, report: Report) -> list[Reference]:
    """Always local: the law and official practice are the national pages' to state."""
    found = [reference(clause, "lokal") for clause in lines.clauses]
    for entry in found:
        if entry.basis != "lokal" or (law_named(entry.clause) and "§" in entry.clause):
            report.add(lines.clauses_line or line, "layer-clause", text=entry.clause)
    return [replace(entry, basis="lokal", state="lokal", source=lines.source) for entry in found]


def _only_additions(step: str) -> Refusal:
    def refused(word: str, line: int, report: Report) -> bool:
        if word in READERS and word not in ADDITIONS:
            report.add(line, "layer-rule", what=f"Linjen {word}", id=step)
            return True
        return False

    return refused


def _nothing(word: str, line: int, report: Report) -> bool:
    return False
