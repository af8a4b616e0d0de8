"""The rows of a spreadsheet put together by case, wherever in the file they stand, in bounded memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO
from zlib import crc32

from guide.spreadsheet.reading import Row

IN_MEMORY = 20_000
"""Rows that are kept in memory; with more of them, all go through temporary files that only this program can open."""

_FILES = 64


def by_case(rows: Iterable[tuple[str, Row]], in_memory: int = IN_MEMORY) -> Iterator[tuple[str, list[Row]]]:
    """Each case with all its rows, in the file's order within a case."""
    kept: list[tuple[str, Row]] = []
    rest = iter(rows)
    for pair in rest:
        kept.append(pair)
        if len(kept) > in_memory:
            yield from _through_files(kept, rest)
            return
    yield from _grouped(kept).items()


def _grouped(rows: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for case, row in rows:
        found.setdefault(case, []).append(row)
    return found


def _through_files(kept: list[tuple[str, Row]], rest: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, list[Row]]]:
    with ExitStack() as open_files:
        files = [open_files.enter_context(TemporaryFile()) for _ in range(_FILES)]
        for pairs in (kept, rest):
            for case, row in pairs:
                pickle.dump((case, row.number, list(row.cells)), files[crc32(case.encode()) % _FILES], protocol=5)
        kept.clear()
        for file in files:
            yield from _grouped(_read(file)).items()


def _read(file: IO[bytes]) -> Iterator[tuple[str, Row]]:
    file.seek(0)
    while True:
        try:
            case, number, cells = pickle.load(file)
        except EOFError:
            return
        yield case, Row(number, cells)
