"""One section of the handbook as Markdown to read, and the links in it. Pages are shown as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from handbook.model import SHORT, Handbook, Procedure, Step

CLAUSE = "lov:"
"""Scheme of the links made of a step's clauses: they lead to every step under the same clause."""

_ANCHOR = re.compile(r"^\s*\{#([a-z0-9-]+)\}\s*$")
_CHOICE_ID = re.compile(r"^(\s*\d+\.\s.*?)\s+`[a-z0-9-]+`\s*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is in the handbook. ``step`` is empty at the page's beginning; ``clause`` makes a list by clause."""

    procedure: str = ""
    step: str = ""
    clause: str = ""


def section(book: Handbook, place: Place) -> str:
    """The Markdown shown at ``place``; a place that is not there says so."""
    if place.clause:
        return _by_clause(book, place.clause)
    page = book.procedures.get(place.procedure)
    if page is None:
        return f"# Siden findes ikke\n\nHåndbogen har ingen side, der hedder »{place.procedure}«."
    step = page.by_id.get(place.step)
    return _step(page, step) if step else _front(page)


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


def _front(page: Procedure) -> str:
    parts = [f"# {page.title}", f"*{page.clause}*", page.intro]
    for phase, steps in page.phases:
        parts += [f"## {phase}", "\n".join(f"- [{step.title}](#{step.id})" for step in steps)]
    return "\n\n".join(part for part in parts if part)


def _step(page: Procedure, step: Step) -> str:
    lines = page.source.splitlines()
    start = next((n for n, line in enumerate(lines) if (found := _ANCHOR.match(line)) and found[1] == step.id), None)
    body = [f"### {step.title}", "", step.text] if start is None else list(_until_next(lines[start + 1 :]))
    text = _CHOICE_ID.sub(r"\1", "\n".join(line for line in body if not line.startswith("- **Navn:**")))
    for reference in step.references:
        linked = f"[{reference.clause}]({CLAUSE}{quote(reference.clause)})"
        text = re.sub(
            rf"(\*\*Hjemmel:\*\*[^\n]*?){re.escape(reference.clause)}(?=\s*(;|\n|$|\())", rf"\g<1>{linked}", text
        )
    return f"*{page.title} · {step.phase}*\n\n{text}"


def _until_next(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        if _ANCHOR.match(line) or line.startswith("## "):
            return
        yield line


def _by_clause(book: Handbook, clause: str) -> str:
    found = [
        f"- [{step.title}]({page.id}.md#{step.id}) ({page.title})"
        for page in book.procedures.values()
        for step in page.steps
        if any(reference.clause == clause for reference in step.references)
    ]
    return f"# {clause}\n\nTrin i håndbogen ({SHORT[book.law]}), der bygger på {clause}:\n\n" + "\n".join(found)
