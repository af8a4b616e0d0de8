"""The words of **Registrér:** read into fields."""

from __future__ import annotations

import re
from typing import get_args

from handbook import anchors
from handbook.faults import Report, nearest
from handbook.markup import Inline
from handbook.model import Field, FieldType

TYPES: tuple[FieldType, ...] = get_args(FieldType)
RESERVED = frozenset({"status", "ground", "cause", "why", "whom", "expected", "outcome", "agreed"})
"""Names that the event log uses itself in a record's value."""

_DEFAULT_NAMES: dict[str, str] = {"flere valg": "valg", "skala 1-5": "skala"}
_PART = re.compile(r'(?:[^;"“”]|"[^"]*"|“[^”]*”|”[^”]*”|["“”])+')
_FIELD = re.compile(r'(?P<type>[^`"“”]+?)(?:\s+`(?P<name>[^`]*)`)?(?:\s+["“”](?P<label>[^"“”]+)["“”])?')
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def fields(value: Inline, report: Report) -> list[Field]:
    """The fields of one **Registrér:** line, those that cannot be read left out and reported."""
    out: list[Field] = []
    for part in _PART.findall(value.raw):
        if not part.strip(" .;"):
            continue
        field = _field(part.strip().removesuffix("."), value.line, report, timed=any(f.is_time for f in out))
        if field is None:
            continue
        if any(f.name == field.name for f in out):
            report.add(value.line, "field-twice", name=field.name)
        elif field.type in ("valg", "flere valg") and any(f.type in ("valg", "flere valg") for f in out):
            report.add(value.line, "two-choice-fields")
        else:
            out.append(field)
    return out


def _field(text: str, line: int, report: Report, *, timed: bool) -> Field | None:
    match = _FIELD.fullmatch(text)
    word = " ".join(text.replace("`", '"').split('"')[0].split()).replace("–", "-")
    kind = next((t for t in TYPES if t == word), None)
    if kind is None:
        report.add(line, "unknown-field-type", type=word, hint=nearest(word, TYPES, f"Vælg en af: {', '.join(TYPES)}."))
        return None
    name = match["name"] or _DEFAULT_NAMES.get(kind, kind) if match else ""
    if match is None or (kind != "forløb" and not _NAME.fullmatch(name)):
        report.add(line, "bad-field", text=text)
        return None
    if kind == "forløb" and not anchors.is_id(name):
        report.add(line, "run-without-name")
        return None
    if name in RESERVED:
        report.add(line, "reserved-field", name=name)
        return None
    label = match["label"] or name.replace("-", " ").replace("_", " ")
    is_time = kind in ("tidspunkt", "dato") and not timed
    return Field(kind, name, label, is_time=is_time, procedure=name if kind == "forløb" else "")
