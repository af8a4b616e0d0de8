"""The numbered answers of a step, with the lines nested under each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from handbook import anchors
from handbook.faults import Report, nearest
from handbook.lines import page_links, step_links
from handbook.markup import LINK, Block, Inline, headed, inline
from handbook.model import Choice, Deficiency, StepRef, Weight

MOST = 9
"""One key an answer."""

_LABEL = re.compile(r"(?P<label>[^`]*?)\s*(?:`(?P<id>[^`]*)`)?")
_WEIGHT = re.compile(rf"{LINK}\s*[,:;–-]?\s*(?P<text>.*)")
_DEFICIENCY = re.compile(r"`(?P<code>[^`]+)`\s*[,:;–-]?\s*(?P<text>.+)")


@dataclass
class _Nested:
    """What the lines under one answer say."""

    deficiency: Deficiency | None = None
    not_relevant: tuple[StepRef, ...] = ()
    leaves_out: tuple[StepRef, ...] = ()
    opens: tuple[str, ...] = ()
    weights: list[Weight] = field(default_factory=list)


def read_choices(block: Block | None, here: str, report: Report) -> tuple[Choice, ...]:
    """The answers of one step of the page ``here``; those that cannot be read are reported and left out."""
    out: dict[str, Choice] = {}
    items = block.inner() if block else ()
    for index, item in enumerate(items):
        # The parser joins two lists with a blank line between; the second one's "1." is the trace that is left.
        if index and item.tokens[0].info == "1" and items[index - 1].tokens[0].info != "1":
            report.add(item.line, "lists-merged")
        choice = _choice(item, here, report)
        if choice and choice.id in out:
            report.add(item.line, "duplicate-choice", id=choice.id)
        elif choice:
            out[choice.id] = choice
    if block and len(items) > MOST:
        report.add(block.line, "too-many-choices", count=len(items))
    return tuple(out.values())


def _choice(item: Block, here: str, report: Report) -> Choice | None:
    parts = item.inner()
    value = inline(parts[0]) if parts and parts[0].kind == "paragraph" else None
    match = _LABEL.fullmatch(value.text) if value else None
    if value is None or match is None or len(value.links) > 1:
        report.add(item.line, "bad-choice", text=value.plain if value else "")
        return None
    label = match["label"].replace(LINK, value.links[0].label if value.links else "").strip()
    given = match["id"]
    choice_id = slug = anchors.slug(label) if given is None else given
    if not label or not slug or not anchors.is_id(choice_id):
        report.add(item.line, "bad-choice", text=value.plain)
        return None
    nested = _nested(parts[1:], here, report)
    return Choice(
        choice_id,
        label,
        target=_target(value, here, report),
        deficiency=nested.deficiency,
        not_relevant=nested.not_relevant,
        leaves_out=nested.leaves_out,
        opens=nested.opens,
        weights=tuple(nested.weights),
        line=item.line,
    )


def _target(value: Inline, here: str, report: Report) -> StepRef | None:
    if not value.links:
        return None
    href = value.links[0].href
    ref = anchors.target(href, here)
    if ref is None and href.strip("#"):
        report.add(value.line, "bad-link", href=href, expected="#trin, side.md eller side.md#trin")
    elif ref is None:
        what = f'Svaret "{value.links[0].label}" er et link, der ikke peger nogen steder hen.'
        hint = "Skriv et trin i parentesen, (#trin), eller skriv uden link."
        report.add(value.line, "dead-end", what=what, hint=hint)
    return ref


def _nested(blocks: tuple[Block, ...], here: str, report: Report) -> _Nested:
    out = _Nested()
    seen: set[str] = set()
    for block in blocks:
        if block.kind != "bullet_list":
            report.add(block.line, "bad-choice", text=_shown(block))
            continue
        for item in block.inner():
            _nested_line(item, out, seen, here, report)
    return out


def _nested_line(item: Block, out: _Nested, seen: set[str], here: str, report: Report) -> None:
    found = headed(item)
    if found is None:
        report.add(item.line, "not-a-line", text=_shown(item))
        return
    word, value = found
    reader = CHOICE_READERS.get(word)
    if reader is None:
        hint = nearest(word, CHOICE_READERS, f"Et svar kan have: {', '.join(CHOICE_READERS)}.")
        report.add(item.line, "unknown-choice-line", word=word, hint=hint)
    elif word in seen and not word.startswith("Taler"):
        report.add(item.line, "line-twice", word=word, hint="")
    elif not value.raw:
        report.add(item.line, "empty-line", word=word)
    else:
        reader(value, out, here, report)
    seen.add(word)


def _shown(block: Block) -> str:
    text = inline(block)
    return text.plain if text else block.kind


def _mangel(value: Inline, out: _Nested, here: str, report: Report) -> None:
    match = _DEFICIENCY.fullmatch(value.raw)
    if match is None or not anchors.is_id(match["code"]):
        report.add(value.line, "bad-deficiency")
        return
    out.deficiency = Deficiency(match["code"], match["text"])


def _ikke_relevant(value: Inline, out: _Nested, here: str, report: Report) -> None:
    out.not_relevant = step_links(value, here, report)


def _undlader(value: Inline, out: _Nested, here: str, report: Report) -> None:
    out.leaves_out = step_links(value, here, report)


def _aabner(value: Inline, out: _Nested, here: str, report: Report) -> None:
    out.opens = page_links(value, report)


def _weight(value: Inline, out: _Nested, here: str, report: Report, *, speaks_for: bool) -> None:
    match = _WEIGHT.fullmatch(value.text)
    ref = anchors.choice(value.links[0].href, here) if value.links else None
    if match is None or ref is None or len(value.links) > 1:
        href = value.links[0].href if value.links else value.plain
        expected = "ét link til et svar og derefter en grund: [undersøgelse](#vejvalg/undersoegelse), grunden"
        report.add(value.line, "bad-link", href=href, expected=expected)
        return
    out.weights.append(Weight(ref, speaks_for, match["text"]))


def _taler_for(value: Inline, out: _Nested, here: str, report: Report) -> None:
    _weight(value, out, here, report, speaks_for=True)


def _taler_imod(value: Inline, out: _Nested, here: str, report: Report) -> None:
    _weight(value, out, here, report, speaks_for=False)


CHOICE_READERS: dict[str, Callable[[Inline, _Nested, str, Report], None]] = {
    "Mangel": _mangel,
    "Ikke relevant": _ikke_relevant,
    "Undlader": _undlader,
    "Åbner": _aabner,
    "Taler for": _taler_for,
    "Taler imod": _taler_imod,
}
