"""Finding and reading the pages of an edition. A bad page is never skipped silently: it ends in ``Handbook.faults``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from handbook import earlier
from handbook.earlier import Earlier
from handbook.faults import Report
from handbook.file import read_file
from handbook.front import line_of_key
from handbook.model import Fault, Handbook, Law, Procedure

HERE = Path(__file__).resolve().parent
LAWS: tuple[Law, ...] = get_args(Law)


@cache
def bundled(law: Law) -> Handbook:
    """The edition of ``law`` that comes with the program."""
    return load(HERE / law, law)


def editions(folder: Path) -> list[tuple[Law, Path]]:
    """The editions under ``folder``: its subfolders named after a law, else the folder itself.

    A folder that is an edition itself is taken for the law it is named after, else for serviceloven.
    """
    found = [(law, folder / law) for law in LAWS if (folder / law).is_dir()]
    itself: Law = next((law for law in LAWS if folder.resolve().name == law), "serviceloven")
    return found or [(itself, folder)]


def load(folder: Path, law: Law) -> Handbook:
    """The pages in ``folder`` that are in order, and the faults of those that are not (and so are left out).

    Earlier versions in its subfolder ``tidligere`` are found by name now and read when they are asked for.

    What is wrong between pages (a link to a step that does not exist) leaves a page in; ``handbook.check`` tells it.
    """
    procedures, faults = _read_all(folder, law)
    broken = {fault.file for fault in faults}
    pages = {p.id: p for p in procedures if str(p.path) not in broken}
    kept, wrong = earlier.find(folder, pages)
    return Handbook(law, pages, (*faults, *wrong), Earlier(kept, law, read_file))


def drafts(folder: Path, law: Law) -> Handbook:
    """Every page in ``folder`` as far as it could be read: for ``traad check``, never for running a case.

    Unlike ``load`` it reads the earlier versions too, and so has their faults.
    """
    procedures, faults = _read_all(folder, law)
    pages = {p.id: p for p in procedures}
    kept, wrong = earlier.find(folder, pages)
    wrong += earlier.faults_of(kept, law, read_file)
    return Handbook(law, pages, (*faults, *wrong), Earlier(kept, law, read_file))


def _read_all(folder: Path, law: Law) -> tuple[list[Procedure], list[Fault]]:
    report = Report(str(folder))
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".md" and not p.name.startswith("."))
    except OSError:
        report.add(1, "no-folder", folder=folder)
        return [], report.faults
    if not paths:
        report.add(1, "no-pages", folder=folder)
    procedures: list[Procedure] = []
    for path in paths:
        found = read_file(path)
        report.faults += found.faults
        if found.procedure is None:
            continue
        procedures.append(found.procedure)
        if found.procedure.law != law:
            wrong = Report(str(path))
            line = line_of_key(found.procedure.source, "lov")
            wrong.add(line, "wrong-edition", law=found.procedure.law, edition=law)
            report.faults += wrong.faults
    return procedures, report.faults
