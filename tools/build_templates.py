"""Makes the Word templates that come with the program: ``python -m tools.build_templates`` writes every one of them.

A template is a list of lines: a style and a text with its fields, or a table. The Word files are kept in the
repository, because the program runs without this tool; a test holds the two against each other. A new document is a
new entry in ``TEMPLATES`` (its lines in ``tools/templates_<part>.py``) and a Markdown template beside the Word file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from guide.documents.word import SHIPPED
from tools.templates_papers import PAPERS
from tools.templates_review import REVIEW

FONT, INK, RED = "Calibri", RGBColor(0x22, 0x22, 0x22), RGBColor(0x9B, 0x1C, 0x1C)
_ZIPPED = (1980, 1, 1, 0, 0, 0)
"""One time for every part, so that the same lines give the same file."""

_UNUSED = re.compile(r"thumbnail|stylesWithEffects|customXml")
_NAMED = re.compile(rb"<(?:Relationship|Override) [^>]*(?:thumbnail|stylesWithEffects|customXml)[^>]*/>")
"""Parts of the library's blank document that nothing uses, most of its size; and where the other parts name them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: ``style`` is Title, Subtitle, Heading, Text, Bullet, Small or Loop (a line that only steers)."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its headings, the ``for`` its rows stand in, the fields of a row, and the columns' widths in cm.

    Without headings the first column is the heading of its row.
    """

    headings: Sequence[str]
    each: str
    cells: Sequence[str]
    widths: Sequence[float]


Part = Line | Grid

STYLES = {"Title": "Title", "Subtitle": "Subtitle", "Heading": "Heading 1", "Bullet": "List Bullet", "Small": "Caption"}
FOOTER = "^ "
"""Begins a line that stands at the foot of every page, with the page's number after it."""

TEMPLATES: Mapping[str, Sequence[str | Sequence[Any]]] = {**REVIEW, **PAPERS}
"""Name -> its lines, in the short form that ``part`` reads."""


def part(short: str | Sequence[Any]) -> Part:
    """A line from its short form.

    ``# text`` is the title, ``> text`` the line under it, ``## text`` a heading, ``- text`` a bullet, ``~ text`` small
    print, ``{%p ... %}`` a line that only steers; a table is (headings, for, cells, widths); anything else is text.
    """
    if not isinstance(short, str):
        return Grid(*short)
    marks = {"# ": "Title", "> ": "Subtitle", "## ": "Heading", "- ": "Bullet", "~ ": "Small", "{%p ": "Loop"}
    for mark, style in marks.items():
        if short.startswith(mark):
            return Line(style, short if style == "Loop" else short.removeprefix(mark))
    return Line("Text", short)


def build(lines: Sequence[str | Sequence[Any]]) -> bytes:
    """A Word template of ``lines``, the same bytes each time (with the same libraries)."""
    document = Document()
    _page(document)
    for line in lines:
        if isinstance(line, str) and line.startswith(FOOTER):
            _footer(document, line.removeprefix(FOOTER))
    for found in (part(line) for line in lines if not (isinstance(line, str) and line.startswith(FOOTER))):
        if isinstance(found, Grid):
            _table(document, found)
        else:
            document.add_paragraph(found.text, style=STYLES.get(found.style, "Normal"))
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _page(document: Any) -> None:
    """A4, calm margins, Danish as the language, and black text in place of Word's blue headings."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size, bold, before, after, colour in (
        ("Normal", 11, False, 0, 5, INK),
        ("Title", 22, True, 0, 2, INK),
        ("Subtitle", 11, False, 0, 12, INK),
        ("Heading 1", 13, True, 14, 4, RED),
        ("List Bullet", 11, False, 0, 3, INK),
        ("Caption", 9, False, 12, 4, INK),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
        style.font.color.rgb = colour
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        for spacing in style.element.get_or_add_rPr().findall(qn("w:spacing")):
            style.element.rPr.remove(spacing)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hAnsi"), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        document.styles["Title"].element.pPr.remove(border)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "da-DK")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.core_properties.author = "Rød tråd"
    document.core_properties.title = document.core_properties.comments = ""
    _forget_unused(document)


def _forget_unused(document: Any) -> None:
    """The styles no line uses; they are most of the file."""
    kept = {"Normal", "Table Grid", "Normal Table", "Default Paragraph Font", "No List", *STYLES.values()}
    for style in list(document.styles):
        linked = style.type == WD_STYLE_TYPE.CHARACTER and style.name.removesuffix(" Char") in kept
        if style.name not in kept and not linked:
            style.element.getparent().remove(style.element)


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=0, cols=len(grid.widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    rows = (grid.headings, [f"{{%tr for {grid.each} %}}"], grid.cells, ["{%tr endfor %}"])
    for texts in rows if grid.headings else rows[1:]:
        cells = table.add_row().cells
        for n, (cell, text, width) in enumerate(zip(cells, [*texts, *[""] * len(cells)], grid.widths, strict=False)):
            cell.width = Cm(width)
            heads = texts is grid.headings or (not grid.headings and n == 0)
            cell.paragraphs[0].add_run(text).bold = heads or None
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            if not grid.headings:
                cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            if heads and not grid.headings:
                _shade(cell)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Cm(width)
    if not grid.headings:
        _grey(table)
    else:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _footer(document: Any, text: str) -> None:
    """``text`` and the page's number, small, at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Caption"]
    paragraph.add_run(f"{text} ")
    for kind, content in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = content or None
        run._r.append(mark)


def _grey(table: Any) -> None:
    """Thin grey lines between the rows and none at the sides, so that the words stand out and not the table."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "BFBFBF")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side in ("left", "right", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil")
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _shade(cell: Any) -> None:
    """The light grey that sets a row's heading apart, also in a black and white copy."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F2F2F2")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _settled(content: bytes) -> bytes:
    """The same document without the parts nothing uses, and without the time it was zipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(made.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            if not _UNUSED.search(name):
                info = zipfile.ZipInfo(name, _ZIPPED)
                info.compress_type = zipfile.ZIP_DEFLATED
                kept.writestr(info, _NAMED.sub(b"", made.read(name)), compresslevel=9)
    return out.getvalue()


def write(folder: Path = SHIPPED) -> list[Path]:
    """Write every template into ``folder``; returns the files."""
    written = []
    for name, lines in TEMPLATES.items():
        path = folder / f"{name}.docx"
        path.write_bytes(build(lines))
        written.append(path)
    return written


if __name__ == "__main__":
    for made in write():
        print(f"{made.name}: {made.stat().st_size} bytes")
