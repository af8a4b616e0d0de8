"""The lines a step may carry: a closed set, each word with the function that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from handbook import anchors, deadlines
from handbook.faults import Report, nearest
from handbook.fields import fields
from handbook.markup import LINK, Block, Inline, headed, inline
from handbook.model import Basis, Condition, Deadline, Field, ItemType, Order, Recurrence, Reference, StepRef

LONGEST_NAME = 24
"""A short name stands in one column of the checklist, beside the state, at 80 columns."""

ITEM_TYPES: tuple[ItemType, ...] = get_args(ItemType)
_LIST = re.compile(rf"{LINK}(?:\s*(?:;|,|\bog\b)\s*{LINK})*\.?")
_EITHER = re.compile(rf"{LINK}(?:(?:\s*,\s*{LINK})*\s+eller\s+{LINK})*\.?")
_PLACE = re.compile(rf"efter\s+{LINK}\.?", re.IGNORECASE)
_BASIS = re.compile(r"(praksis|faglig|lokal|lov)(?:\s*:\s*(.*))?", re.IGNORECASE)
_UNCHECKED = re.compile(r"\s*\(ikke kontrolleret\)", re.IGNORECASE)

PRACTICE = "praksis: "
"""Before the link of an order line that official practice asks for and the statute does not."""
READING = "faglig: "
"""Before the link of an order line where the statute asks for the step and names no time."""


@dataclass
class Lines:
    """What the lines of one step say, filled in as they are read."""

    name: str = ""
    fields: list[Field] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    recurrence: Recurrence | None = None
    orders: list[Order] = field(default_factory=list)
    for_each: ItemType | None = None
    conditions: list[Condition] = field(default_factory=list)
    checks: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    creates: ItemType | None = None
    targets: list[Deadline] = field(default_factory=list)
    place: StepRef | None = None
    clauses: tuple[str, ...] = ()
    clauses_line: int = 0
    source: str = ""
    audit_note: str = ""
    journal_note: str = ""
    mend: str = ""


Reader = Callable[[Inline, Lines, str, Report], None]
"""Value, what is being filled in, the page's id, and where faults go."""

Refusal = Callable[[str, int, Report], bool]
"""Word and line: whether the line may not stand here, which it then reports."""


def national(word: str, line: int, report: Report) -> bool:
    """Refuses the words that belong to a municipality's layer."""
    if word in LOCAL:
        report.add(line, "local-only", word=word)
    return word in LOCAL


def read_lines(block: Block | None, here: str, report: Report, refused: Refusal = national) -> Lines:
    """The list of lines of one step of the page ``here``. Lines that cannot be read are reported and left out."""
    out = Lines()
    seen: set[str] = set()
    for item in block.inner() if block else ():
        found = headed(item)
        if found is None:
            report.add(item.line, "not-a-line", text=_shown(item))
            continue
        word, value = found
        reader = READERS.get(word)
        if reader is None:
            hint = nearest(word, READERS, f"Et trin kan have: {', '.join(READERS)}.")
            report.add(item.line, "unknown-line", word=word, hint=hint)
        elif word in seen and word not in REPEATABLE:
            hint = "Skil flere ting med semikolon." if word in _LISTS else ""
            report.add(item.line, "line-twice", word=word, hint=hint)
        elif not value.raw:
            report.add(item.line, "empty-line", word=word)
        elif not refused(word, item.line, report):
            if len(item.inner()) > 1:
                report.add(item.inner()[1].line, "nested-under-line", word=word)
            reader(value, out, here, report)
        seen.add(word)
    return out


def is_line(block: Block) -> bool:
    """Whether a list begins as a list of lines does: with ``**Word:**``."""
    return bool(block.inner()) and headed(block.inner()[0]) is not None


def page_links(value: Inline, report: Report) -> tuple[str, ...]:
    """Procedure ids from links to pages: ``[børnesamtale](boernesamtale.md)``, separated by semicolon or comma."""
    expected = "et link til en side: [børnesamtale](boernesamtale.md)"
    if not _LIST.fullmatch(value.text):
        report.add(value.line, "bad-links", text=value.plain, expected=expected)
    found = [(link, anchors.page(link.href)) for link in value.links]
    for link, page in found:
        if page is None:
            report.add(value.line, "bad-link", href=link.href, expected=expected)
    return tuple(page for _, page in found if page)


def step_links(value: Inline, here: str, report: Report) -> tuple[StepRef, ...]:
    """Steps from links, separated by semicolon or comma."""
    expected = "et link til et trin: [samtalen](#holdt) eller [afgørelsen](afgoerelse.md#truffet)"
    if not _LIST.fullmatch(value.text):
        report.add(value.line, "bad-links", text=value.plain, expected=expected)
    return _refs(value, anchors.step, here, expected, report)


def _refs(
    value: Inline, read: Callable[[str, str], StepRef | None], here: str, expected: str, report: Report
) -> tuple[StepRef, ...]:
    out = [(link, read(link.href, here)) for link in value.links]
    for link, ref in out:
        if ref is None:
            report.add(value.line, "bad-link", href=link.href, expected=expected)
    return tuple(ref for _, ref in out if ref)


def _shown(item: Block) -> str:
    text = inline(item)
    return text.plain if text else ""


def _navn(value: Inline, out: Lines, here: str, report: Report) -> None:
    if len(value.plain) > LONGEST_NAME:
        report.add(value.line, "long-name", name=value.plain, most=LONGEST_NAME)
    out.name = value.plain


def _registrer(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.fields = fields(value, report)


def _frist(value: Inline, out: Lines, here: str, report: Report) -> None:
    found = deadlines.deadline(value, here, report)
    if found:
        out.deadlines.append(found)


def _gentages(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.recurrence = deadlines.recurrence(value, here, report)


def _order(value: Inline, out: Lines, here: str, report: Report, *, before: bool) -> None:
    rule, when = deadlines.split_when(value.text.removesuffix("."))
    practice, reading = rule.startswith(PRACTICE), rule.startswith(READING)
    rule = rule.removeprefix(PRACTICE).removeprefix(READING) if practice != reading else rule
    if rule != LINK or LINK in when:
        report.add(value.line, "bad-order", text=value.plain)
        return
    ref = anchors.step(value.links[0].href, here)
    if ref is None:
        report.add(value.line, "bad-link", href=value.links[0].href, expected="#trin eller side.md#trin")
        return
    said = value.plain.removesuffix(".").removeprefix(PRACTICE).removeprefix(READING)
    out.orders.append(Order(before, ref, when, value.line, said, practice, reading))


def _foer(value: Inline, out: Lines, here: str, report: Report) -> None:
    _order(value, out, here, report, before=True)


def _efter(value: Inline, out: Lines, here: str, report: Report) -> None:
    _order(value, out, here, report, before=False)


def _item_type(value: Inline, report: Report) -> ItemType | None:
    word = value.text.removesuffix(".")
    found = next((t for t in ITEM_TYPES if t == word), None)
    if found is None:
        report.add(value.line, "unknown-item-type", text=value.plain)
    return found


def _for_hver(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.for_each = _item_type(value, report)


def _opretter(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.creates = _item_type(value, report)


def _hvis(value: Inline, out: Lines, here: str, report: Report) -> None:
    text = value.text.removesuffix(".")
    if value.links:
        if not _EITHER.fullmatch(text):
            report.add(value.line, "bad-condition", text=value.plain)
            return
        choices = _refs(value, anchors.choice, here, "et link til et svar: [Ja](#overgreb/ja)", report)
        if len(choices) == len(value.links):
            shown = value.plain.removesuffix(".")
            out.conditions.append(Condition(choices=choices, line=value.line, text=shown))
    elif text == "et valg peger hertil":
        out.conditions.append(Condition(pointed_at=True, line=value.line, text=text))
    elif text == "efter behov":
        out.conditions.append(Condition(optional=True, line=value.line, text=text))
    else:
        name = text.replace("`", "")
        out.conditions.append(Condition(predicate=name, line=value.line, text=name))


def _kontrol(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.checks = _parts(value.text.replace("`", "").removesuffix("."))


def _aabner(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.opens = page_links(value, report)


def _hjemmel(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.clauses = _parts(value.plain.removesuffix("."))
    out.clauses_line = value.line


def reference(text: str, otherwise: Basis = "lov") -> Reference:
    """One entry of **Hjemmel:**; ``otherwise`` is what one without a prefix is."""
    clause = _UNCHECKED.sub("", text)
    basis = otherwise
    match = _BASIS.fullmatch(clause)
    if match:
        basis = next(b for b in get_args(Basis) if b == match[1].lower())
        clause = match[2] or match[1].lower()
    return Reference(clause, basis, checked=not _UNCHECKED.search(text))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _maal(value: Inline, out: Lines, here: str, report: Report) -> None:
    found = deadlines.target(value, here, report)
    if found:
        out.targets.append(found)


def _placering(value: Inline, out: Lines, here: str, report: Report) -> None:
    ref = anchors.step(value.links[0].href, here) if len(value.links) == 1 else None
    if ref is None or ref.procedure != here or not _PLACE.fullmatch(value.text):
        report.add(value.line, "bad-place", text=value.plain)
    else:
        out.place = ref


def _kilde(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.source = value.raw


def _tilsyn(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.audit_note = value.raw


def _notat(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.journal_note = value.raw


def _ret_op(value: Inline, out: Lines, here: str, report: Report) -> None:
    out.mend = value.raw


READERS: dict[str, Reader] = {
    "Navn": _navn,
    "Registrér": _registrer,
    "Frist": _frist,
    "Gentages": _gentages,
    "Før": _foer,
    "Efter": _efter,
    "For hver": _for_hver,
    "Hvis": _hvis,
    "Kontrol": _kontrol,
    "Åbner": _aabner,
    "Opretter": _opretter,
    "Mål": _maal,
    "Placering": _placering,
    "Hjemmel": _hjemmel,
    "Kilde": _kilde,
    "Tilsyn": _tilsyn,
    "Notat": _notat,
    "Ret op": _ret_op,
}
REPEATABLE: frozenset[str] = frozenset({"Frist", "Før", "Efter", "Hvis", "Mål"})
LOCAL: frozenset[str] = frozenset({"Mål", "Placering"})
"""Only in a municipality's layer."""
_LISTS: Sequence[str] = ("Registrér", "Kontrol", "Åbner", "Hjemmel")
