"""Two rounds side by side, measure by measure, and what keeps them from being the same measurement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tally:
    """n of m for one measure of a round."""

    name: str
    deficient: int
    relevant: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A round as it can be set beside another: its period, its rules id, whom it is about, and its measures by code."""

    start: date
    end: date
    rules: str
    about: str
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure in both rounds; None in the round that did not have it."""

    code: str
    name: str
    earlier: Tally | None
    later: Tally | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds, the earlier first. ``notes`` say in Danish what differs besides the numbers."""

    earlier: Summary
    later: Summary
    same_rules: bool
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def compare(one: Summary, other: Summary) -> Comparison:
    """Both rounds measure by measure, in the order of the later one, then what only the earlier one has."""
    earlier, later = sorted((one, other), key=lambda s: (s.start, s.end))
    codes = dict.fromkeys([*later.tallies, *earlier.tallies])
    rows = []
    for code in codes:
        before, after = earlier.tallies.get(code), later.tallies.get(code)
        named = after or before
        rows.append(Row(code, named.name if named else code, before, after))
    return Comparison(earlier, later, earlier.rules == later.rules, tuple(rows), tuple(_notes(earlier, later)))


def _notes(earlier: Summary, later: Summary) -> list[str]:
    notes = []
    if earlier.rules != later.rules:
        notes.append(
            f"Reglerne er ikke de samme i de to runder ({earlier.rules or 'ukendte'} og {later.rules or 'ukendte'}). "
            "En forskel i tallene kan komme af reglerne og ikke af arbejdet."
        )
    if earlier.about != later.about:
        notes.append(f"Runderne handler ikke om de samme sager: {earlier.about} og {later.about}.")
    if earlier.end >= later.start:
        notes.append("Perioderne overlapper, så den samme sag kan tælle i begge runder.")
    missing = [t.name for code, t in later.tallies.items() if code not in earlier.tallies]
    gone = [t.name for code, t in earlier.tallies.items() if code not in later.tallies]
    if missing:
        notes.append(f"Kun i den seneste runde: {'; '.join(missing)}.")
    if gone:
        notes.append(f"Kun i den tidligste runde: {'; '.join(gone)}.")
    return notes
