"""Every paper a case can be written out as: its name, how it is made, and the file it becomes.

``make`` builds it, ``files`` fills in the template (the municipality's own of the same name, else its own for all
sheets or letters, else the program's), and every gap is marked so that it is seen on paper too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.facts import Item
from guide.documents import (
    case_handover,
    case_sheet,
    case_talk,
    papers_decision,
    papers_investigation,
    papers_notifier,
    papers_parties,
)
from guide.documents.case_file import CaseFile
from guide.documents.papers_kinds import KINDS as KINDS
from guide.documents.papers_model import GAP, Paper, PaperError, context
from guide.documents.word import FOLDER, markdown, render

_ESCAPED = re.compile(r"\\\[(mangler: (?:[^\[\]\\]|\\[^\[\]])+)\\\]")
"""A gap as Markdown has it, its brackets escaped."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A paper that can be made in a case: its kind and, for a letter or a talk, whom or what it is about."""

    kind: str
    title: str
    to: str = ""
    item: str = ""


_MAKERS: Mapping[str, Callable[[CaseFile, Item | None, str | None], Paper]] = {
    "indstillingsark": lambda file, item, to: case_sheet.sheet(file),
    "boernesamtale": lambda file, item, to: case_talk.preparation(file, item),
    "partshoering": lambda file, item, to: papers_decision.hearing(file, to),
    "afgoerelse": lambda file, item, to: papers_decision.decision(file, to),
    "foreloebig-vurdering": lambda file, item, to: papers_investigation.provisional(file),
    "anmodning": lambda file, item, to: papers_investigation.request(file, item),
    "kvittering": lambda file, item, to: papers_notifier.receipt(file),
    "besked-fagperson": lambda file, item, to: papers_notifier.notice(file),
    "overdragelsesnotat": lambda file, item, to: case_handover.handover(file),
}


_ABOUT = {"boernesamtale": "foranstaltning", "anmodning": "oplysning"}
"""What type of item a paper can be about alone."""


def make(file: CaseFile, kind: str, item: str | None = None, to: str | None = None) -> Paper:
    """The paper ``kind``. Raises PaperError when it does not belong in the case, or for an unknown item."""
    chosen = None
    if item:
        chosen = file.case.items.get(item)
        if chosen is None:
            known = ", ".join(f"{i.id} ({i.label or i.kind})" for i in file.case.items.values()) or "ingen"
            raise PaperError(f"Sagen har ikke »{item}«. Den har: {known}.")
        if chosen.type != _ABOUT.get(kind):
            raise PaperError(
                f"»{item}« er {chosen.type or 'noget andet'}, og det kan {KINDS[kind].casefold()} ikke være om."
            )
    return _MAKERS[kind](file, chosen, to)


def wishes(file: CaseFile) -> tuple[Wish, ...]:
    """What can be made in the case now: one for each recipient; what does not belong is left out."""
    found = []
    for kind, title in KINDS.items():
        if kind in ("partshoering", "afgoerelse") and file.decision is not None:
            found += [Wish(kind, f"{title} til {r.name}", to=r.id) for r in papers_parties.recipients(file)]
        elif _belongs(file, kind):
            found.append(Wish(kind, title))
    return tuple(found)


def _belongs(file: CaseFile, kind: str) -> bool:
    try:
        make(file, kind)
    except PaperError:
        return False
    return True


def file_stem(file: CaseFile, wish: Wish) -> str:
    """The file's name without ending: what it is, the case, whom it is to, and the day."""
    return "-".join(part for part in (wish.kind, file.case.id, wish.to, file.today.isoformat()) if part)


def word(paper: Paper, folder: Path | None = None) -> bytes:
    """The Word document. Raises DocumentError for a broken template, or text like a CPR number."""
    own = folder is not None and (folder / FOLDER / f"{paper.kind}.docx").exists()
    return _marked(render(paper.kind if own else paper.form, context(paper), folder))


def text(paper: Paper) -> str:
    """The same facts as Markdown. Raises DocumentError for text like a CPR number."""
    return _ESCAPED.sub(r"**[\1]**", markdown(paper.form, context(paper)))


def _marked(content: bytes) -> bytes:
    """Every gap in bold on yellow, so that it is seen at arm's length and in a black and white copy."""
    from docx import Document

    document = Document(io.BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]:
        if "[mangler: " in paragraph.text:
            for run in list(paragraph.runs):
                _split(run)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _split(run: Any) -> None:
    """A run with gaps in it as several, those with the gaps marked."""
    from copy import deepcopy

    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.run import Run

    whole = run.text
    pieces = GAP.split(whole)
    marks = GAP.findall(whole)
    if not marks:
        return
    last = run._r
    for number, piece in enumerate(p for pair in zip(pieces, [*marks, ""], strict=True) for p in pair):
        if not piece:
            continue
        made = Run(deepcopy(run._r), run._parent)
        made.text = piece
        if number % 2:
            made.bold, made.font.highlight_color = True, WD_COLOR_INDEX.YELLOW
        last.addnext(made._r)
        last = made._r
    run._r.getparent().remove(run._r)
