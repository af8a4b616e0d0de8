"""``kommune.md``, the settings page of a municipality's layer -> ``LocalSettings``. Never raises; faults are values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handbook import anchors
from handbook.deadlines import UNITS
from handbook.faults import Report, nearest
from handbook.front import key_lines
from handbook.markup import Block
from handbook.model import Fault
from handbook.sections import read_blocks
from handbook.settings import Committee, LocalSettings, Retention

NAME = "kommune.md"
KEYS: dict[str, str] = {
    "kommune": "kommunens navn",
    "udvalg": "udvalgets navn",
    "møde": "de ugedage, udvalget mødes",
    "frist-før-møde": "hvor længe før mødet indstillingen skal være inde",
    "opbevaring": "hvor længe en lukket sag gemmes, fx 5 år efter lukning",
    "team-": "hvad teamet hedder; efter bindestregen står teamets id, som det står i sagerne",
}
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_KEY = re.compile(rf"(?P<word>udvalg|møde|frist-før-møde|team)(?:-(?P<id>{anchors.ID}))?")
_CUTOFF = re.compile(r"(?P<n>[0-9]{1,3})\s+(?P<unit>dag(?:e)?|hverdag(?:e)?|uge(?:r)?)")
_RETENTION = re.compile(r"(?P<n>[1-9][0-9]{0,2})\s+(?P<unit>år|måned(?:er)?)(?:\s+efter\s+lukning(?:en)?)?")
_DAYS = re.compile(r"\s*(?:,|;|\bog\b)\s*")


def read_settings(data: bytes, path: Path) -> tuple[LocalSettings | None, tuple[Fault, ...]]:
    """The settings in ``data``, read from ``path``; None when there is a fault."""
    report = Report(str(path))
    found = read_blocks(data, report, lambda blocks, text: _read(blocks, text, path, report))
    return (None if report.faults else found), tuple(report.faults)


def _read(blocks: Sequence[Block], text: str, path: Path, report: Report) -> LocalSettings | None:
    if not blocks or blocks[0].kind != "front_matter":
        report.add(1, "settings-front-matter")
        return None
    found = _settings(key_lines(blocks[0], _known, _mend, report), report)
    return replace(found, text="\n".join(text.split("\n")[blocks[0].last :]).strip(), path=path)


def _known(key: str) -> bool:
    match = _KEY.fullmatch(key)
    return key in ("kommune", "opbevaring") or (match is not None and (match["word"] != "team" or bool(match["id"])))


def _mend(key: str) -> str:
    return nearest(key, KEYS, f"Nøglerne er {', '.join(KEYS)} med et teams id efter bindestregen.")


def _settings(pairs: dict[str, tuple[str, int]], report: Report) -> LocalSettings:
    if not pairs.get("kommune", ("", 1))[0]:
        report.add(pairs.get("kommune", ("", 1))[1], "missing-key", key="kommune", example=KEYS["kommune"])
    committees: dict[str, Committee] = {}
    first: dict[str, int] = {}
    teams: dict[str, str] = {}
    for key, (value, line) in pairs.items():
        match = _KEY.fullmatch(key)
        if not match:
            continue
        at = match["id"] or ""
        if not value:
            report.add(line, "bad-setting", key=key, value=value, expected=KEYS.get(match["word"], KEYS["team-"]))
        elif match["word"] == "team":
            teams[at] = value
        else:
            known = committees.get(at, Committee(at, ""))
            first.setdefault(at, line)
            committees[at] = _with(known, match["word"], value, key, line, report)
    for committee in committees.values():
        if not committee.name:
            key = f"udvalg-{committee.id}".removesuffix("-")
            report.add(first[committee.id], "missing-key", key=key, example=KEYS["udvalg"])
    kept = _retention(pairs, report)
    return LocalSettings(pairs.get("kommune", ("", 1))[0], tuple(committees.values()), teams, kept)


def _retention(pairs: dict[str, tuple[str, int]], report: Report) -> Retention | None:
    if "opbevaring" not in pairs:
        return None
    value, line = pairs["opbevaring"]
    match = _RETENTION.fullmatch(value.casefold())
    if match is None:
        expected = "et tal og år eller måneder, fx 5 år efter lukning"
        report.add(line, "bad-setting", key="opbevaring", value=value, expected=expected)
        return None
    return Retention(int(match["n"]) * (12 if match["unit"] == "år" else 1), value)


def _with(committee: Committee, word: str, value: str, key: str, line: int, report: Report) -> Committee:
    if word == "udvalg":
        return replace(committee, name=value)
    if word == "møde":
        names = [name.removeprefix("hver ").strip() for name in _DAYS.split(value.casefold())]
        if not all(name in WEEKDAYS for name in names):
            expected = "en eller flere ugedage, fx tirsdag"
            report.add(line, "bad-setting", key=key, value=value, expected=expected)
            return committee
        return replace(committee, days=tuple(sorted({WEEKDAYS.index(name) for name in names})))
    match = _CUTOFF.fullmatch(value.casefold())
    if match is None:
        expected = "et tal og dage, hverdage eller uger, fx 5 hverdage"
        report.add(line, "bad-setting", key=key, value=value, expected=expected)
        return committee
    return replace(committee, cutoff=int(match["n"]), unit=UNITS[match["unit"]])
