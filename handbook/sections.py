"""A page cut at its headings: each with the id from the braces over it and the blocks that stand under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from handbook import markup
from handbook.faults import Report
from handbook.markup import Block

_BRACES = re.compile(r"\{[#.][^{}]*\}")
_LONE_ID = re.compile(r"\s*\{#([^{}\s]+)\}\s*")
_TRAILING_ID = re.compile(r"\{#([^{}\s]+)\}\s*$")
_CODE = re.compile(r"(`+).*?\1")


T = TypeVar("T")


@dataclass
class Section:
    """A heading and what stands under it, down to the next heading of level 1-3. Level 0 is before the first one."""

    level: int
    title: str = ""
    id: str = ""
    line: int = 1
    body: list[Block] = field(default_factory=list)


def read_blocks(data: bytes, report: Report, build: Callable[[Sequence[Block], str], T | None]) -> T | None:
    """What ``build`` makes of the page in ``data``, from its blocks and its normalised text.

    None, and a fault, when the page cannot be read as Markdown at all.
    """
    try:
        text = markup.normalise(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        report.add(data.count(b"\n", 0, error.start) + 1, "encoding")
        return None
    if not text.strip():
        report.add(1, "empty-page")
        return None
    try:
        return build(markup.parse(text), text)
    except markup.MarkupError as error:
        report.add(1, "unreadable", why=f"Markdown-læseren gik i stå ({error})")
        return None


def cut(blocks: Sequence[Block], source: Sequence[str], report: Report) -> list[Section]:
    """The page cut at its headings of level 1-3, each step with the id from the braces over it."""
    sections = [Section(0)]
    braces: Block | None = None
    attached: set[int] = set()
    for block in blocks:
        if block.kind == "front_matter":
            continue
        if block.kind == "attrs_block":
            braces = block
            continue
        level = int(block.tokens[0].tag[1]) if block.kind == "heading" else 9
        if level > 3:
            sections[-1].body.append(block)
            braces = None
            continue
        section = _headed_section(block, level, report)
        if level == 3:
            if braces is not None and braces.last == block.first:
                attached.add(braces.first)
            section.id = str(braces.tokens[0].attrs.get("id", "")) if braces else _stray_id(block, source)
        sections.append(section)
        braces = None
    _report_loose_braces(blocks, source, attached, report)
    return sections


def _headed_section(block: Block, level: int, report: Report) -> Section:
    value = markup.inline(block)
    title = _BRACES.sub("", value.plain).strip() if value else ""
    if block.tokens[0].markup in ("-", "="):
        report.add(block.last, "underlined-heading", title=title)
    return Section(level, title, line=block.line)


def _stray_id(heading: Block, source: Sequence[str]) -> str:
    """The id in braces that stand wrong but clearly mean this heading, so that one slip gives one fault."""
    above = next((line for line in reversed(source[: heading.first]) if line.strip()), "")
    found = _TRAILING_ID.search(source[heading.first]) or _LONE_ID.fullmatch(above)
    return found[1] if found else ""


def _report_loose_braces(blocks: Sequence[Block], source: Sequence[str], attached: set[int], report: Report) -> None:
    code = [t.map for b in blocks for t in b.tokens if t.type in ("fence", "code_block") and t.map]
    literal = {number for first, last in code for number in range(first, last)}
    for number, line in enumerate(source):
        if number in attached or number in literal or "{" not in line:
            continue
        for found in _BRACES.findall(_CODE.sub("", line)):
            report.add(number + 1, "loose-braces", braces=found)


def report_structure(sections: Sequence[Section], report: Report) -> None:
    """Faults of a national page: one title, every phase with a step, every step in a phase."""
    titles = phases = 0
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        if section.level == 1:
            titles += 1
            if titles > 1:
                report.add(section.line, "second-title", title=section.title)
        elif section.level == 2:
            phases += 1
            if following is None or following.level != 3:
                report.add(section.line, "empty-phase", title=section.title)
        elif section.level == 3 and not phases:
            report.add(section.line, "step-outside-phase", title=section.title)
            phases = 1  # told once


def written(blocks: Sequence[Block], source: Sequence[str]) -> str:
    """The Markdown of ``blocks`` as written; comments (``<!-- -->``) are for writers and left out."""
    kept = [
        "\n".join(source[block.first : block.last]).strip("\n")
        for block in blocks
        if block.tokens[0].map and not (block.kind == "html_block" and block.tokens[0].content.startswith("<!--"))
    ]
    return "\n\n".join(part.rstrip() for part in kept if part.strip())
