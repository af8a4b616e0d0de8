"""A summary as one line of JSON and back, exactly: lists in the order of the fields, which are not named again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from checklists.calendar import TZ
from checklists.horizon import instant, micros
from checklists.summary_model import Summary

Change = Callable[[Any], Any]


def dumped(found: Summary) -> str:
    """The summary as text: days in ISO, instants in microseconds."""
    return _encode(_WRITE(found))


def loaded(text: str) -> Summary:
    """The summary that ``dumped`` wrote; its instants are on Copenhagen's clock."""
    found: Summary = _READ(_decode(text))
    return found


def _local(value: int) -> datetime:
    return instant(value).astimezone(TZ)


def _changes(kind: Any) -> tuple[Change | None, Change | None]:
    """How a value of a field's type is written and read; None where JSON has it already."""
    if is_dataclass(kind):
        return _changes_of_all(kind)
    if kind is datetime:
        return micros, _local
    if kind is date:
        return date.isoformat, date.fromisoformat
    if get_origin(kind) in (Union, UnionType):
        return _changes_of_either([one for one in get_args(kind) if one is not NoneType])
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        return _changes_of_each(kinds[0]) if kinds[-1] is ... else (None, tuple)
    return None, None


def _changes_of_either(kinds: list[Any]) -> tuple[Change | None, Change | None]:
    if set(kinds) == {date, datetime}:
        return (
            lambda value: micros(value) if isinstance(value, datetime) else value.isoformat(),
            lambda value: _local(value) if isinstance(value, int) else date.fromisoformat(value),
        )
    write, read = _changes(kinds[0])
    return _unless_none(write), _unless_none(read)


def _unless_none(change: Change | None) -> Change | None:
    return None if change is None else lambda value: None if value is None else change(value)


def _changes_of_each(kind: Any) -> tuple[Change | None, Change | None]:
    write, read = _changes(kind)
    return (
        None if write is None else lambda values: [write(value) for value in values],
        tuple if read is None else lambda values: tuple([read(value) for value in values]),
    )


def _changes_of_all(kind: Any) -> tuple[Change, Change]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    changes = [_changes(hints[name]) for name in names]
    take = attrgetter(*names)
    writes = [(at, write) for at, (write, _) in enumerate(changes) if write is not None]
    reads = [(at, read) for at, (_, read) in enumerate(changes) if read is not None]

    def written(value: Any) -> list[Any]:
        cells = list(take(value))
        for at, write in writes:
            cells[at] = write(cells[at])
        return cells

    def made(cells: list[Any]) -> Any:
        for at, read in reads:
            cells[at] = read(cells[at])
        return kind(*cells)

    return written, made


_WRITE, _READ = _changes_of_all(Summary)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode
