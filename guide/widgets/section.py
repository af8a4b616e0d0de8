"""One section of the handbook as Markdown to read, and the links in it. Pages are shown as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote, unquote

from handbook.model import SHORT, Handbook, Law, Procedure, Step
from handbook.numbering import clause_on, page_on

CLAUSE = "lov:"
"""Scheme of the links made of a step's clauses: they lead to every step under the same clause."""

LOCAL_STEP = "**Lokalt:** kommunens eget trin med alle sine felter, ikke et lovkrav."
_UNSHOWN = ("- **Navn:**", "- **Placering:**")
"""Lines of a page that are for lists and for the order of steps, not for reading."""

_ANCHOR = re.compile(r"^\s*\{#([a-z0-9-]+)\}\s*$")
_CHOICE_ID = re.compile(r"^(\s*\d+\.\s.*?)\s+`[a-z0-9-]+`\s*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is in the handbook. ``step`` is empty at the page's beginning; ``clause`` makes a list by clause."""

    procedure: str = ""
    step: str = ""
    clause: str = ""


def section(book: Handbook, place: Place, day: date) -> str:
    """The Markdown shown at ``place``, with the clause numbers of the local ``day``; a place not there says so."""
    day = within_law(book.law, day)
    if place.clause:
        return _by_clause(book, place.clause, day)
    page = book.procedures.get(place.procedure)
    if page is None:
        return f"# Siden findes ikke\n\nHåndbogen har ingen side, der hedder »{place.procedure}«."
    step = page.by_id.get(place.step)
    return _step(book, page, step, day) if step else _front(page, day)


def within_law(law: Law, day: date) -> date:
    """``day``, or the nearest day on which ``law`` was in force: a clause has no number outside it."""
    from checklists.laws import BORN_OF_LAW

    return max(day, BORN_OF_LAW) if law == "barnets_lov" else min(day, BORN_OF_LAW - timedelta(days=1))


def links(markdown: str) -> list[tuple[str, str]]:
    """Label and target of every link, in order, each target once."""
    found: dict[str, str] = {}
    for label, target in _LINK.findall(markdown):
        found.setdefault(target, label)
    return [(label, target) for target, label in found.items()]


def follow(target: str, here: Place) -> Place | None:
    """The place a link leads to, or None when it leads out of the handbook (a birthday, a web address)."""
    if target.startswith(CLAUSE):
        return Place(clause=unquote(target.removeprefix(CLAUSE)))
    page, hash_, anchor = target.partition("#")
    if ":" in page or (page and not page.endswith(".md")):
        return None
    step = re.split(r"[./]", anchor)[0] if hash_ else ""
    return Place(page.removesuffix(".md") or here.procedure, step)


def _front(page: Procedure, day: date) -> str:
    parts = [f"# {page.title}", f"*{clause_on(page.clause, day)}*", page.intro]
    parts += [f"**Lokalt:** {page.local_intro}"] if page.local_intro else []
    for phase, steps in page.phases:
        listed = (f"- [{step.title}](#{step.id}){' (lokalt trin)' if step.local else ''}" for step in steps)
        parts += [f"## {phase}", "\n".join(listed)]
    return "\n\n".join(part for part in parts if part)


def _step(book: Handbook, page: Procedure, step: Step, day: date) -> str:
    source = book.layers.get(page.id, page) if step.local else page
    body = _written(source, step.id) or [f"### {step.title}", "", step.text]
    text = _CHOICE_ID.sub(r"\1", "\n".join(body))
    for reference in step.references:
        linked = f"[{clause_on(reference.clause, day)}]({CLAUSE}{quote(reference.clause)})"
        text = re.sub(
            rf"(\*\*Hjemmel:\*\*[^\n]*?){re.escape(reference.clause)}(?=\s*(;|\n|$|\())", rf"\g<1>{linked}", text
        )
    parts = [f"*{page.title} · {step.phase}*", *([LOCAL_STEP] if step.local else []), text]
    parts += _added(book, page, step)
    return "\n\n".join([*parts, *_sure(page, step, day)])


def _written(page: Procedure, step: str) -> list[str]:
    """The step as it stands in its file, without the line for lists; empty when the file has no such step."""
    lines = page.source.splitlines()
    start = next((n for n, line in enumerate(lines) if (found := _ANCHOR.match(line)) and found[1] == step), None)
    if start is None:
        return []
    return [line for line in _until_next(lines[start + 1 :]) if not line.startswith(_UNSHOWN)]


def _added(book: Handbook, page: Procedure, step: Step) -> list[str]:
    """What the municipality adds to a step of the national page: its own words, under a heading that says so."""
    layer = book.layers.get(page.id)
    if layer is None or step.local or not (step.targets or step.local_text):
        return []
    body = [line for line in _written(layer, step.id) if not line.startswith("#")]
    return [f"#### Lokalt · {layer.title}" if layer.title else "#### Lokalt", "\n".join(body).strip()]


def _sure(page: Procedure, step: Step, day: date) -> list[str]:
    """How sure each reference is, in the words of ``/hvorfor``, and the day its number is from."""
    from checklists.wording import spell
    from guide.dialogue import provenance_text

    today = page_on(page, day).by_id[step.id]
    lines = provenance_text.lines(today.references)
    if not lines:
        return []
    changed = [
        f"- {new.clause} står på siden som {old.clause}: loven har skiftet numre."
        for old, new in zip(step.references, today.references, strict=True)
        if old.clause != new.clause
    ]
    listed = "\n".join([*(f"- {line}" for line in lines), *changed])
    told = ["#### Hvor sikre er henvisningerne?", listed]
    if any(reference.basis in ("lov", "praksis") for reference in today.references):
        told.append(f"*Paragraffernes numre er dem fra {spell(day)}*")
    return told


def _until_next(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        if _ANCHOR.match(line) or line.startswith("## "):
            return
        yield line


def _by_clause(book: Handbook, clause: str, day: date) -> str:
    found = [
        f"- [{step.title}]({page.id}.md#{step.id}) ({page.title})"
        for page in book.procedures.values()
        for step in page.steps
        if any(reference.clause == clause for reference in step.references)
    ]
    shown = clause_on(clause, day)
    return f"# {shown}\n\nTrin i håndbogen ({SHORT[book.law]}), der bygger på {shown}:\n\n" + "\n".join(found)
