"""One row of the event log, parsed; and the one form its JSON is kept in. Imports no database."""

from __future__ import annotations

import json
import math
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

KINDS = ("staff", "case", "assignment", "item", "run", "record", "review")
"""Every kind of row the log knows."""

MAX_DEPTH = 20
"""How deep the JSON of a value may nest; a deeper one is no answer to a step."""

NOT_YET = datetime.min.replace(tzinfo=UTC)
"""``recorded`` of a row that is not saved yet."""

WITHDRAWN = "\x7f"
"""``subject`` of a withdrawn case: a character no import and no form lets in, so no team is called that."""

REMOVED = "[fjernet]"
"""What stands where a text was that has been taken away."""

_LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the event log. Empty cells are empty strings; ``value`` is the parsed JSON, None for an empty cell.

    ``day`` is the local day (Europe/Copenhagen) it happened and ``at`` the aware UTC instant when the hour is known;
    ``recorded`` is the aware UTC instant it was entered (left out, the store takes now). ``replaces`` is the id of
    the row this one corrects.
    """

    id: str
    kind: str
    case: str
    run: str = ""
    procedure: str = ""
    step: str = ""
    items: tuple[str, ...] = ()
    day: date | None = None
    at: datetime | None = None
    value: Any = None
    by: str = ""
    note: str = ""
    recorded: datetime = NOT_YET
    replaces: str = ""
    version: str = ""


class ValueFault(ValueError):
    """A value that cannot be kept; the message is Danish and never holds the value itself."""


def new_id() -> str:
    """A new id, 22 letters, sorting by the time it was made.

    Letters only, so that chance never spells out something that looks like a CPR number; time first, so that the
    index over ids grows at its end.
    """
    return _in_letters(time.time_ns() // 1_000_000, 10) + _in_letters(secrets.randbits(50), 12)


def _in_letters(number: int, width: int) -> str:
    letters = []
    for _ in range(width):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(reversed(letters))


def load_value(text: str) -> Any:
    """The JSON of a value cell; an empty cell gives None. Line ends inside texts become LF.

    Raises ValueFault for text that is no JSON, NaN and infinities, a name given twice, or nesting deeper than
    MAX_DEPTH.
    """
    if not text:
        return None
    try:
        value = _decode(text)
        _measure(value, MAX_DEPTH)
    except RecursionError:
        raise ValueFault("value er indlejret for dybt") from None
    except ValueFault:
        raise
    except ValueError:
        raise ValueFault('value er ikke gyldig JSON (en tekst skal stå i anførselstegn, fx "ja")') from None
    return _lf(value) if "\\r" in text else value


def dump_value(value: Any) -> str:
    """The canonical JSON text of a value: names sorted, no spaces, Danish letters as they are; None gives "".

    Raises ValueFault when the value is not JSON (a date, a set, NaN) or nests too deep.
    """
    if value is None:
        return ""
    try:
        _measure(value, MAX_DEPTH)
        return encoded(value)
    except RecursionError:
        raise ValueFault("value er indlejret for dybt") from None
    except ValueFault:
        raise
    except (TypeError, ValueError):
        raise ValueFault("value kan ikke skrives som JSON") from None


def encoded(value: Any) -> str:
    """``dump_value`` of a value that came out of ``load_value``, and so needs no second look."""
    return "" if value is None else _encode(value)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueFault("value har det samme navn to gange")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueFault("value indeholder et tal, der ikke findes i JSON (NaN eller Infinity)")


def _measure(value: Any, depth: int) -> None:
    """Raise ValueFault for nesting below ``depth``, numbers that are not finite and names that are not text."""
    if isinstance(value, dict):
        if depth <= 0:
            raise ValueFault("value er indlejret for dybt")
        for name, inner in value.items():
            if not isinstance(name, str):
                raise ValueFault("value har et navn, der ikke er tekst")
            if inner.__class__ is not str:
                _measure(inner, depth - 1)
    elif isinstance(value, list | tuple):
        if depth <= 0:
            raise ValueFault("value er indlejret for dybt")
        for inner in value:
            _measure(inner, depth - 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueFault("value indeholder et tal, der ikke findes i JSON (NaN eller Infinity)")


def _lf(value: Any) -> Any:
    """The value with every line end inside its texts as LF, the way the editor writes them."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, dict):
        return _pairs([(_lf(name), _lf(inner)) for name, inner in value.items()])
    if isinstance(value, list | tuple):
        return [_lf(inner) for inner in value]
    return value


_decode = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_refuse_constant).decode
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
