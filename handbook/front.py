"""The front matter of a page: plain ``key: text`` lines, split at the first colon."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import anchors
from handbook.faults import Report, nearest
from handbook.model import Law

if TYPE_CHECKING:
    from handbook.markup import Block

REQUIRED: dict[str, str] = {
    "id": "filens navn uden .md, fx underretning",
    "titel": "det, siden hedder, fx Underretning, modtagelse og vurdering",
    "lov": "serviceloven eller barnets_lov",
    "hjemmel": "de paragraffer, siden bygger på, fx SEL §§ 153-155 b",
    "modpart": "id på den tilsvarende side i den anden lov, eller ingen",
}
LAYER_KEYS: dict[str, str] = {
    "id": "id på den side, der føjes til, fx underretning",
    "lov": REQUIRED["lov"],
    "kommune": "kommunens navn",
}
"""What a page of a municipality's layer says; the last one may be left out."""
NO_COUNTERPART = "ingen"
EARLIER = "tidligere"
"""The folder of an edition's earlier versions, each in a file called ``id@version.md``."""

_EARLIER_NAME = re.compile(r"(?P<id>[^@]+)@(?P<version>[1-9][0-9]{0,5})\.md")
_LAWS: dict[str, Law] = {"serviceloven": "serviceloven", "barnets_lov": "barnets_lov"}


@dataclass(frozen=True, slots=True)
class Front:
    """What the front matter says. ``id`` is empty and ``law`` None when they cannot be used."""

    id: str
    title: str
    law: Law | None
    clause: str
    counterpart: str
    version: int


def read_front(block: Block | None, path: Path, report: Report) -> Front:
    """The front matter in ``block`` of a national page read from ``path`` (``.../underretning.md``)."""
    if block is None:
        report.add(1, "front-matter")
        return Front("", "", None, "", "", 1)
    pairs = key_lines(
        block,
        lambda key: key in REQUIRED or key == "version",
        lambda key: nearest(key, (*REQUIRED, "version"), f"Nøglerne er {', '.join(REQUIRED)} og version."),
        report,
    )
    for key, example in REQUIRED.items():
        _require(key, example, pairs, report)
    counterpart, line = pairs.get("modpart", ("", 1))
    if counterpart and not anchors.is_id(counterpart):
        report.add(line, "bad-id", id=counterpart, hint=anchors.slug(counterpart) or NO_COUNTERPART)
    version = _version(*pairs.get("version", ("1", 1)), report)
    return Front(
        _page_id(pairs, path, version, report),
        pairs.get("titel", ("", 1))[0],
        _law(pairs, report),
        pairs.get("hjemmel", ("", 1))[0],
        counterpart,
        version,
    )


def read_layer_front(block: Block | None, path: Path, report: Report) -> Front:
    """The front matter of a page of a municipality's layer; the municipality's name stands as its title."""
    if block is None:
        report.add(1, "layer-front-matter")
        return Front("", "", None, "", "", 1)
    hint = "En side i kommunens mappe har kun id, lov og evt. kommune; resten står på landets side."
    pairs = key_lines(block, LAYER_KEYS.__contains__, lambda key: nearest(key, LAYER_KEYS, hint), report)
    for key in ("id", "lov"):
        _require(key, LAYER_KEYS[key], pairs, report)
    municipality = pairs.get("kommune", ("", 1))[0]
    return Front(_page_id(pairs, path, 1, report), municipality, _law(pairs, report), "", "", 1)


def version_in_name(name: str) -> tuple[str, int] | None:
    """``underretning@2.md`` as its id and version, or None when the name is not written so."""
    match = _EARLIER_NAME.fullmatch(name)
    return (match["id"], int(match["version"])) if match and anchors.is_id(match["id"]) else None


def line_of_key(source: str, key: str) -> int:
    """The line of ``key`` in the front matter of a page's text, counted from 1; 1 when it is not there."""
    lines = source.split("\n")
    return next((n for n, line in enumerate(lines, start=1) if line.partition(":")[0].strip() == key), 1)


def key_lines(
    block: Block, known: Callable[[str], bool], mend: Callable[[str], str], report: Report
) -> dict[str, tuple[str, int]]:
    """Key -> text and line, for the keys that are ``known``; ``mend`` says what helps with one that is not."""
    pairs: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(block.tokens[0].content.split("\n"), start=block.line + 1):
        key, colon, text = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon:
            report.add(number, "front-matter-line", line=line)
        elif key in pairs:
            report.add(number, "front-matter-twice", key=key)
        elif not known(key):
            report.add(number, "unknown-key", key=key, hint=mend(key))
        else:
            pairs[key] = text, number
    return pairs


def _require(key: str, example: str, pairs: dict[str, tuple[str, int]], report: Report) -> None:
    text, line = pairs.get(key, ("", 1))
    if not text:
        report.add(line, "missing-key", key=key, example=example)


def _page_id(pairs: dict[str, tuple[str, int]], path: Path, version: int, report: Report) -> str:
    """The id, or nothing when it cannot be used. It must be the file's name; an earlier version's, with its number."""
    page_id, line = pairs.get("id", ("", 1))
    if page_id and not anchors.is_id(page_id):
        report.add(line, "bad-id", id=page_id, hint=anchors.slug(page_id) or "underretning")
        return ""
    name = f"{page_id}@{version}.md" if path.parent.name == EARLIER else f"{page_id}.md"
    if page_id and path.name != name:
        report.add(line, "id-not-file-name", id=page_id, file=path.name, name=name)
    return page_id


def _law(pairs: dict[str, tuple[str, int]], report: Report) -> Law | None:
    text, line = pairs.get("lov", ("", 1))
    if text and text not in _LAWS:
        report.add(line, "unknown-law", law=text)
    return _LAWS.get(text)


def _version(text: str, line: int, report: Report) -> int:
    if text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0:
        return int(text)
    report.add(line, "bad-version", value=text)
    return 1
