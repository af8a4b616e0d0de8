"""The audit for the terminal: the tables, the lists behind the numbers on request, and the caveat."""

from __future__ import annotations

from textwrap import wrap

from checklists.audit import Audit
from checklists.comparison import Comparison, Tally
from checklists.measures.model import Counted
from checklists.wording import spell
from guide.documents.audit_words import (
    CAUSES_TITLE,
    EMPTY,
    age_rows,
    case_rows,
    cause_rows,
    heading,
    late_words,
    law_words,
    n_of_m,
    outside,
    parts,
    type_rows,
)

WIDTH = 96


def lines(audit: Audit, about: str, lists: bool, causes_first: bool = False) -> list[str]:
    """The whole audit. ``about`` says whose cases; ``lists`` adds every case behind every number.

    ``causes_first`` puts the causes before any number: how one person's own cases are shown.
    """
    found = [heading(audit), f"{about} · efter {law_words(audit)} · regler {audit.rules}"]
    if causes_first:
        found += _causes(audit, lists)
    for title, measures in parts(audit):
        found += ["", title, *_table(measures)]
    if lists:
        for counted in audit.measures:
            found += ["", f"{counted.name}: {n_of_m(counted.deficient, counted.relevant)}", *_behind(counted)]
    found += ["", "Tabel 2. Sagerne, efter type og alder", *_pairs(type_rows(audit)), "", *_pairs(age_rows(audit))]
    if not causes_first:
        found += _causes(audit, lists)
    for reason, listed in outside(audit):
        found += ["", *wrap(f"Ikke med ({reason}): {listed}", WIDTH)]
    if not lists:
        found += ["", "Sagerne bag hvert tal: tilføj --lists."]
    return [*found, "", *wrap(audit.caveat, WIDTH)]


def _causes(audit: Audit, lists: bool) -> list[str]:
    found = ["", CAUSES_TITLE, *_pairs(cause_rows(audit))]
    for cause, told in late_words(audit) if lists else ():
        found += wrap(f"{cause}: {told}", WIDTH, initial_indent="    ", subsequent_indent="      ")
    return found


def comparison_lines(found: Comparison) -> list[str]:
    """Two rounds side by side, and what keeps them from being the same measurement."""
    width = max([len(row.name) for row in found.rows], default=0)
    rows = ["To runder side om side", ""]
    headings = ((spell(s.start), f"– {spell(s.end)}") for s in (found.earlier, found.later))
    for name, before, after in [
        *(("", *pair) for pair in zip(*headings, strict=True)),
        *((row.name, _tally(row.earlier), _tally(row.later)) for row in found.rows),
    ]:
        rows.append(f"{name:{width}}  {before:>15}  {after:>15}")
    for note in found.notes:
        rows += ["", *wrap(f"! {note}", WIDTH, subsequent_indent="  ")]
    return rows


def _tally(tally: Tally | None) -> str:
    return n_of_m(tally.deficient, tally.relevant) if tally else "ikke målt"


def _table(measures: tuple[Counted, ...]) -> list[str]:
    width = max(len(c.name) for c in measures)
    found, theme = [], ""
    for counted in measures:
        if counted.measure.theme != theme:
            theme = counted.measure.theme
            found.append(f"  {theme}")
        found.append(f"    {counted.name:{width}}  {_aligned(counted)}")
    return found


def _aligned(counted: Counted) -> str:
    """The two numbers, each in a column of its own."""
    return f"{counted.deficient:>4} af {counted.relevant}" if counted.relevant else f"   {EMPTY}"


def _behind(counted: Counted) -> list[str]:
    found, other = [], []
    for row in case_rows(counted):
        if row.of_type:
            text = f"{row.dossier.case}: {row.verdict.reason}"
            found += wrap(text, WIDTH, initial_indent=f"  {row.outcome:<10}  ", subsequent_indent=" " * 14)
        else:
            other.append(row.dossier.case)
    if other:
        text = f"sager af en anden type, som målet ikke tæller: {', '.join(other)}"
        found += wrap(text, WIDTH, initial_indent=f"  {'holdt ude':<10}  ", subsequent_indent=" " * 14)
    return found


def _pairs(rows: list[tuple[str, int]]) -> list[str]:
    width = max((len(label) for label, _ in rows), default=0)
    return [f"    {label:{width}}  {number:>4}" for label, number in rows]
