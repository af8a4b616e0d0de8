"""The page of everyday words, ``synonymer.md``: what people call a thing, and what the handbook calls it.

The national page comes with the program; a municipality may lay one of its own in its folder, and the two are used
together. Nothing a page holds makes the reader raise: what is wrong comes back as faults, and the rest is used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from handbook.faults import Report, nearest
from handbook.model import Fault, Handbook, StepRef

NAME = "synonymer.md"
NATIONAL = Path(__file__).resolve().parent / NAME

FORMS, EVERYDAY = "Bøjninger", "Hverdagsord"
_HEADINGS = (FORMS, EVERYDAY)
_LINK = re.compile(r"\[[^\]]*\]\(([\w-]+)\.md#([\w-]+)\)")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: each of ``said`` stands for every word of ``meant`` and points at ``steps``."""

    said: tuple[str, ...]
    meant: tuple[str, ...]
    steps: tuple[StepRef, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The lines of one or more pages. ``forms``: words that are the same word, the first of them its base form."""

    forms: tuple[Entry, ...] = ()
    everyday: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    def __add__(self, other: Synonyms) -> Synonyms:
        return Synonyms(self.forms + other.forms, self.everyday + other.everyday, self.faults + other.faults)


def load(folder: Path | None = None) -> Synonyms:
    """The national page, and after it the one in the municipality's ``folder`` when there is one."""
    own = folder / NAME if folder else None
    return read_file(NATIONAL) + (read_file(own) if own is not None and own.is_file() else Synonyms())


def read_file(path: Path) -> Synonyms:
    """The page at ``path``; one that cannot be read is a fault."""
    report = Report(str(path))
    try:
        return read(path.read_bytes(), path)
    except OSError as error:
        report.add(1, "unreadable", why=error.strerror or type(error).__name__)
        return Synonyms(faults=tuple(report.faults))


def read(data: bytes, path: Path) -> Synonyms:
    """The lines ``- said, said: meant, meant`` under the two headings; everything else on the page is for people."""
    report = Report(str(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.add(1, "encoding")
        return Synonyms(faults=tuple(report.faults))
    found: dict[str, list[Entry]] = {FORMS: [], EVERYDAY: []}
    first: dict[str, int] = {}
    under = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            under = line[3:].strip()
            if under not in _HEADINGS:
                hint = nearest(under, _HEADINGS, f"Overskrifterne er ## {FORMS} og ## {EVERYDAY}.")
                report.add(number, "synonym-heading", heading=under, hint=hint)
        elif line.startswith("- ") and under in found:
            entry = _entry(line[2:], path, number, report)
            if entry is not None and _new(entry, under, first, report):
                found[under].append(entry)
    return Synonyms(tuple(found[FORMS]), tuple(found[EVERYDAY]), tuple(report.faults))


def _entry(text: str, path: Path, number: int, report: Report) -> Entry | None:
    left, colon, right = text.partition(":")
    said = _listed(left)
    steps = tuple(StepRef(page, step) for page, step in _LINK.findall(right))
    meant = _listed(_LINK.sub("", right))
    if not colon or not said or not (meant or steps):
        report.add(number, "synonym-empty", text=text.strip())
        return None
    return Entry(said, meant, steps, str(path), number)


def _listed(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in text.split(","))
    return tuple(part for part in parts if _WORDS.search(part))


def _new(entry: Entry, under: str, first: dict[str, int], report: Report) -> bool:
    twice = [s for s in entry.said if f"{under} {s.casefold()}" in first]
    for said in twice:
        report.add(entry.line, "synonym-twice", said=said, first=first[f"{under} {said.casefold()}"])
    first.update({f"{under} {s.casefold()}": entry.line for s in entry.said if s not in twice})
    return not twice


def faults_in(books: Iterable[Handbook]) -> tuple[Fault, ...]:
    """What is wrong on the pages of words that belong to ``books``: the layers' own, and the national one.

    Besides what the reader sees: words that no page uses, and steps that no edition has.
    """
    books = list(books)
    own = sorted({book.folder / NAME for book in books if book.folder and (book.folder / NAME).is_file()})
    pages = [page for book in books for page in book.procedures.values()]
    national = bool(pages) and all(NATIONAL.parent in page.path.parents for page in pages)
    found = [read_file(path) for path in (own if own or not national else [NATIONAL])]
    if not found:
        return ()
    layers = [layer for book in books for layer in book.layers.values()]
    known = {word for page in (*pages, *layers) for word in _WORDS.findall(page.source.casefold())}
    steps = {StepRef(page.id, step.id) for page in pages for step in page.steps}
    return tuple(fault for read in found for fault in (*read.faults, *_unknown(read, known, steps)))


def _unknown(found: Synonyms, known: Collection[str], steps: Collection[StepRef]) -> list[Fault]:
    faults: list[Fault] = []
    for entry in found.everyday:
        report = Report(entry.file)
        for term in entry.meant:
            missing = [word for word in map(str.casefold, _WORDS.findall(term)) if word not in known]
            if missing:
                hint = nearest(missing[0], known, "Skriv det, som siderne kalder det.")
                report.add(entry.line, "synonym-term", term=term, hint=hint)
        for ref in entry.steps:
            if ref not in steps:
                ids = [s.step for s in steps if s.procedure == ref.procedure]
                hint = nearest(ref.step, ids, "Ret linket, så det peger på et trin, der findes.")
                report.add(entry.line, "synonym-step", target=f"{ref.procedure}.md#{ref.step}", hint=hint)
        faults += report.faults
    return faults
