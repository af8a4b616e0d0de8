"""The earlier versions of an edition's pages, kept in its folder ``tidligere`` as ``id@version.md``.

A run that began under a version keeps it, so an old page must stay readable. Most sessions need none of them: a file
is read when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.faults import Report
from handbook.front import EARLIER, line_of_key, version_in_name
from handbook.model import Fault, Law, Procedure

if TYPE_CHECKING:
    from handbook.page import Page

Key = tuple[str, int]
"""Procedure id and version."""


class Earlier(Mapping[Key, Procedure]):
    """(procedure id, version) -> the page as it was. A file that is out of order is as if it were not there."""

    def __init__(self, paths: Mapping[Key, Path], law: Law, read: Callable[[Path], Page]) -> None:
        self._paths = dict(paths)
        self._law = law
        self._read = read
        self._found: dict[Key, Procedure | None] = {}

    def __getitem__(self, at: Key) -> Procedure:
        if at not in self._found:
            page = self._read(self._paths[at])
            fits = page.procedure is not None and page.procedure.law == self._law and not page.faults
            self._found[at] = page.procedure if fits else None
        found = self._found[at]
        if found is None:
            raise KeyError(at)
        return found

    def __iter__(self) -> Iterator[Key]:
        return (at for at in self._paths if at in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Changed(Mapping[Key, Procedure]):
    """Another mapping of earlier pages, each changed by ``change`` when it is asked for."""

    def __init__(self, pages: Mapping[Key, Procedure], change: Callable[[Procedure], Procedure]) -> None:
        self._pages = pages
        self._change = change
        self._found: dict[Key, Procedure] = {}

    def __getitem__(self, at: Key) -> Procedure:
        if at not in self._found:
            self._found[at] = self._change(self._pages[at])
        return self._found[at]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def find(folder: Path, current: Mapping[str, Procedure]) -> tuple[dict[Key, Path], list[Fault]]:
    """The earlier versions beside the pages in ``folder``, by their names alone, and what is wrong with the names.

    A version that is not older than its page in ``current`` is a fault and left out.
    """
    try:
        paths = sorted(p for p in (folder / EARLIER).iterdir() if p.suffix.lower() == ".md" and p.name[0] != ".")
    except OSError:
        return {}, []
    found: dict[Key, Path] = {}
    faults: list[Fault] = []
    for path in paths:
        report = Report(str(path))
        at = version_in_name(path.name)
        now = current.get(at[0]) if at else None
        if at is None:
            report.add(1, "earlier-name", name=path.name)
        elif now is not None and at[1] >= now.version:
            report.add(1, "earlier-version", version=at[1], current=now.version)
        else:
            found[at] = path
        faults += report.faults
    return found, faults


def faults_of(paths: Mapping[Key, Path], law: Law, read: Callable[[Path], Page]) -> list[Fault]:
    """What is wrong inside the earlier pages: they are all read for this."""
    faults: list[Fault] = []
    for path in paths.values():
        page = read(path)
        faults += page.faults
        if page.procedure and page.procedure.law != law:
            report = Report(str(path))
            line = line_of_key(page.procedure.source, "lov")
            report.add(line, "wrong-edition", law=page.procedure.law, edition=law)
            faults += report.faults
    return faults
