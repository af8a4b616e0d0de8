"""A municipality's layer: one folder of its own pages, merged by step id over the national ones.

The layer may add: steps of its own, targets, texts and names. It may not touch a rule, and what would is a fault of
syntax, so that local never weakens the law. Faults leave out the layer's page they are on, never a national one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from handbook import earlier, layer_page, synonyms
from handbook.faults import Report, nearest
from handbook.front import line_of_key
from handbook.layer_page import LayerPage
from handbook.model import Fault, Handbook, LocalSettings, Procedure, Step
from handbook.read_settings import NAME, read_settings
from handbook.references import line_of

TEMPLATES = "skabeloner"
"""A layer's subfolder of Word templates; a folder with nothing but those is in order."""


def apply(book: Handbook, folder: Path) -> Handbook:
    """The edition ``book`` with the layer in ``folder`` merged in: its pages for that law, and its settings.

    Pages lie in a subfolder named after the law, or in the folder itself, where each one's ``lov`` says which edition
    it is for. Earlier versions of the pages get the layer too. A page of the layer with faults is left out and named.
    """
    return _merged(book, folder, keep_broken=False)


def draft(book: Handbook, folder: Path) -> Handbook:
    """The same with the layer's pages as far as they could be read: for ``traad check``, never for running a case."""
    return _merged(book, folder, keep_broken=True)


def is_layer(folder: Path) -> bool:
    """Whether ``folder`` holds a layer and not whole pages: it has a settings page, or a page without a title."""
    if (folder / NAME).is_file():
        return True
    paths = [p for law in ("serviceloven", "barnets_lov", ".") for p in _pages_in(folder / law)]
    return bool(paths) and all("\ntitel:" not in _text(path) for path in paths)


def _merged(book: Handbook, folder: Path, *, keep_broken: bool) -> Handbook:
    faults: list[Fault] = []
    settings = _settings(folder, faults)
    if (folder / synonyms.NAME).is_file():
        faults += synonyms.read_file(folder / synonyms.NAME).faults
    pages: dict[str, LayerPage] = {}
    for found in _read_all(book, folder, faults):
        page = found.procedure
        wrong = list(_faults_against(book, page, found.places, pages)) if page and not found.faults else []
        faults += (*found.faults, *wrong)
        if page and page.id not in pages and (keep_broken or not (found.faults or wrong)):
            pages[page.id] = found
    merge = partial(_merge_any, pages)
    return replace(
        book,
        procedures={name: merge(page) for name, page in book.procedures.items()},
        faults=(*book.faults, *faults),
        earlier=earlier.Changed(book.earlier, merge) if pages else book.earlier,
        local=settings or book.local,
        layers={name: page.procedure for name, page in pages.items() if page.procedure},
        folder=folder,
    )


def _settings(folder: Path, faults: list[Fault]) -> LocalSettings | None:
    path = folder / NAME
    report = Report(str(path))
    try:
        found, wrong = read_settings(path.read_bytes(), path) if path.exists() else (None, ())
    except OSError as error:
        report.add(1, "unreadable", why=error.strerror or type(error).__name__)
        found, wrong = None, tuple(report.faults)
    faults += wrong
    return found


def _read_all(book: Handbook, folder: Path, faults: list[Fault]) -> Iterator[LayerPage]:
    """The layer's pages for the law of ``book``; the folder's own faults go to ``faults``."""
    report = Report(str(folder))
    others = (NAME, synonyms.NAME)
    own, shared = list(_pages_in(folder / book.law)), [p for p in _pages_in(folder) if p.name not in others]
    if not folder.is_dir():
        report.add(1, "no-folder", folder=folder)
    elif not any(folder.glob("*/*.md")) and not shared and not any((folder / n).exists() for n in (*others, TEMPLATES)):
        report.add(1, "no-pages", folder=folder)
    faults += report.faults
    for path in (*own, *shared):
        found = _read_file(path, book)
        law = found.procedure.law if found.procedure else book.law
        if law == book.law and path.stem in book.procedures:
            yield found
        elif law == book.law:
            faults += _unknown_page(path, found, book)
        elif path in own:
            wrong = Report(str(path))
            line = line_of_key(found.procedure.source if found.procedure else "", "lov")
            wrong.add(line, "wrong-edition", law=law, edition=book.law)
            faults += wrong.faults


def _pages_in(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix.lower() == ".md" and not p.name.startswith("."))
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return "\n" + path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _read_file(path: Path, book: Handbook) -> LayerPage:
    national = book.procedures.get(path.stem)
    try:
        return layer_page.read(path.read_bytes(), path, frozenset(national.by_id) if national else frozenset())
    except OSError as error:
        report = Report(str(path))
        report.add(1, "unreadable", why=error.strerror or type(error).__name__)
        return LayerPage(None, {}, tuple(report.faults))


def _unknown_page(path: Path, found: LayerPage, book: Handbook) -> list[Fault]:
    """A page with no national page to add to; nothing else is told of it. Silent when that page is out of order."""
    report = Report(str(path))
    if path.stem not in {Path(fault.file).stem for fault in book.faults}:
        hint = nearest(path.stem, book.procedures, "Ret id og filnavn, eller læg trinnene på den side, de hører til.")
        line = line_of_key(found.procedure.source, "id") if found.procedure else 1
        report.add(line, "layer-page", id=path.stem, hint=hint)
    return report.faults


def _faults_against(
    book: Handbook, page: Procedure, places: dict[str, str], pages: dict[str, LayerPage]
) -> Iterator[Fault]:
    """What is wrong with a layer's page, itself in order, when it is held against the national pages."""
    report = Report(str(page.path))
    if page.id in pages:
        report.add(1, "layer-twice", id=page.id)
    for step in page.steps:
        for choice in step.choices:
            for ref in (*choice.not_relevant, *choice.leaves_out):
                if book.step(ref):
                    report.add(choice.line, "layer-reaches", choice=choice.label, id=ref.step)
    for at, target in places.items():
        if not _stands_above(target, at, page, book):
            step = page.by_id[at]
            hint = "Placér det efter et trin på landets side eller et nyt trin længere oppe på jeres egen."
            line = line_of(page, step, "Placering")
            report.add(line, "layer-place", step=step.title, target=f"#{target}", hint=hint)
    yield from report.faults


def _stands_above(target: str, at: str, page: Procedure, book: Handbook) -> bool:
    """Whether the step ``at`` can be put after ``target``: a national step, or a new one written above it."""
    if target in book.procedures[page.id].by_id:
        return True
    ids = [step.id for step in page.steps if step.local]
    return target in ids[: ids.index(at)]


def _merge_any(pages: dict[str, LayerPage], national: Procedure) -> Procedure:
    found = pages.get(national.id)
    return merge(national, found) if found else national


def merge(national: Procedure, layer: LayerPage) -> Procedure:
    """The national page with what the layer's page adds.

    A new step stands after the step its **Placering:** names, in that step's phase; a phase of the municipality's own
    stands after the phase of that step. Without the line it stands last in the phase of the same name, else in a phase
    of its own at the end of the page. What is added to a step that this version of the page lacks is left out.
    """
    page = layer.procedure
    if page is None:
        return national
    steps = [_with_addition(step, page.by_id.get(step.id), page.title) for step in national.steps]
    for new in page.steps:
        if new.local and new.id not in national.by_id:
            _insert(new, layer.places, steps)
    return replace(national, steps=tuple(steps), local_intro=page.intro)


def _insert(new: Step, places: dict[str, str], steps: list[Step]) -> None:
    target = places.get(new.id)
    after = next((step for step in steps if step.id == target), None)
    phases = {step.phase for step in steps}
    if after and new.phase and new.phase not in phases:
        at = max(n for n, step in enumerate(steps) if step.phase == after.phase)  # a phase is never cut in two
        steps.insert(at + 1, new)
    elif after:
        at = steps.index(after) + 1
        while at < len(steps) and steps[at].local and places.get(steps[at].id) == target:
            at += 1  # two new steps after the same one stand in the order they are written
        steps.insert(at, replace(new, phase=after.phase))
    else:
        same = [n for n, step in enumerate(steps) if step.phase == new.phase]
        steps.insert(same[-1] + 1 if same else len(steps), new)


def _with_addition(step: Step, added: Step | None, municipality: str) -> Step:
    """A national step with the layer's own words beside its own, always told apart."""
    if added is None or added.local:
        return step

    def beside(national: str, local: str) -> str:
        mark = f"Lokalt ({municipality}): " if municipality else "Lokalt: "
        return f"{national} {mark}{local}".strip() if local else national

    return replace(
        step,
        name=added.name or step.name,
        targets=added.targets,
        source=beside(step.source, added.source),
        audit_note=beside(step.audit_note, added.audit_note),
        journal_note=beside(step.journal_note, added.journal_note),
        mend=beside(step.mend, added.mend),
        local_text=added.text,
    )
