"""One table of a mapping, read key by key; what is wrong is gathered with its place and what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from guide.spreadsheet.mapping import Condition, Reference, Source
from guide.spreadsheet.terms import near
from store.checks import shown

T = TypeVar("T")

_KINDS = {
    str: "en tekst i anførselstegn",
    int: "et helt tal",
    bool: "true eller false",
    list: "en liste",
    dict: "en tabel",
}


class Table:
    """A TOML table at ``place``. ``take`` reads a key; ``close`` names the keys nobody asked for."""

    def __init__(self, found: Any, place: str, faults: list[str]) -> None:
        self.place = place
        self.faults = faults
        self._asked: list[str] = []
        self._found: dict[str, Any] = found if isinstance(found, dict) else {}
        if not isinstance(found, dict):
            faults.append(f"{place}: skal være en tabel, fx [{place}].")

    def fault(self, key: str, text: str) -> None:
        """Keep a fault at ``key``."""
        self.faults.append(f"{self.at(key)}: {text}")

    def at(self, key: str) -> str:
        """The place of ``key`` as a message names it."""
        return f"{self.place}.{key}" if self.place else key

    def names(self) -> list[str]:
        """The keys that are there."""
        return list(self._found)

    def take(self, key: str, kind: type[T], default: T) -> T:
        """The value under ``key``; ``default`` when it is missing or of another kind (then a fault is kept)."""
        self._asked.append(key)
        value = self._found.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.fault(key, f"skal være {_KINDS.get(kind, 'noget andet')}.")
        return default

    def table(self, key: str) -> Table:
        """The table under ``key``, empty when it is missing."""
        return Table(self.take(key, dict, {}), self.at(key), self.faults)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of the list under ``key`` (written ``[[key]]``)."""
        for n, one in enumerate(self.take(key, list, []), 1):
            yield Table(one, f"{self.at(key)} nr. {n}", self.faults)

    def raw(self, key: str) -> Any:
        """Whatever stands under ``key``, or None."""
        self._asked.append(key)
        return self._found.get(key)

    def source(self, key: str, needed: bool = False, closed: bool = False) -> Source | None:
        """Where a value comes from: a column's name, or a table with ``kolonne`` or ``fast`` and what else it says."""
        value = self.raw(key)
        if value is None:
            if needed:
                self.fault(key, f'mangler. Skriv hvilken kolonne, fx {key} = "Kolonnens overskrift".')
            return None
        return read_source(value, self.at(key), self.faults, closed)

    def condition(self, key: str) -> Condition | None:
        """``naar``: a column's name, or a table with ``kolonne`` and what counts: words in ``er``, or ``udfyldt``."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, str):
            return Condition(self.at(key), squeezed(value))
        table = Table(value, self.at(key), self.faults)
        column = squeezed(table.take("kolonne", str, ""))
        words = frozenset(str(word).casefold().strip() for word in table.take("er", list, []))
        filled = table.take("udfyldt", bool, False)
        table.close()
        if not column:
            table.fault("kolonne", "mangler. Skriv hvilken kolonne, der afgør det.")
        return Condition(self.at(key), column, words, filled)

    def reference(self, key: str, word: str, known: Mapping[str, object]) -> Reference | None:
        """Another rule by its name, or a table with ``word`` (the rule) and ``noegle`` (the column with its key)."""
        value = self.raw(key)
        return None if value is None else self.read_reference(value, key, word, known)

    def read_reference(self, value: Any, key: str, word: str, known: Mapping[str, object]) -> Reference | None:
        """As ``reference`` for a value that is at hand."""
        named = None
        name = value
        if isinstance(value, dict):
            table = Table(value, self.at(key), self.faults)
            name = table.take(word, str, "")
            named = table.source("noegle", needed=True)
            table.close()
        if not isinstance(name, str) or name not in known:
            there = near(name, list(known)) if isinstance(name, str) else "Skriv navnet."
            self.fault(key, f"peger på {shown(str(name))}, som opskriften ikke har under [[{word}]]. {there}")
            return None
        return Reference(self.at(key), name, named)

    def close(self) -> None:
        """Keep a fault for every key that nothing asked for, with the nearest that is known."""
        known = list(dict.fromkeys(self._asked))
        for key in self._found:
            if key not in known:
                self.fault(key, f"kendes ikke her. {near(key, known)}")


def read_source(value: Any, place: str, faults: list[str], closed: bool = False) -> Source | None:
    """A source from what stands in the mapping; None, with a fault kept, when it is neither text nor a good table."""
    if isinstance(value, str):
        return _checked(Source(place, squeezed(value), closed=closed), faults)
    table = Table(value, place, faults)
    words = table.table("oversaet")
    meaning = {squeezed(name).casefold(): words.take(name, str, "") for name in words.names()}
    fixed = table.raw("fast")
    if fixed is not None and (not isinstance(fixed, str | int | float) or isinstance(fixed, bool) or fixed == ""):
        table.fault("fast", "skal være en tekst eller et tal.")
        fixed = None
    source = Source(
        place,
        squeezed(table.take("kolonne", str, "")),
        "" if fixed is None else str(fixed),
        meaning,
        closed,
        table.take("skil", str, ",;\n"),
        table.take("tal", bool, False),
        table.take("kun_maaned", bool, False),
    )
    table.close()
    return _checked(source, faults) if isinstance(value, dict) else None


def squeezed(text: str) -> str:
    """A heading as it is compared: line ends and double spaces as one space."""
    return " ".join(text.split())


def _checked(source: Source, faults: list[str]) -> Source | None:
    if bool(source.column) == bool(source.fixed):
        faults.append(f'{source.key}: skriv enten kolonne = "Overskrift" eller fast = "værdien".')
        return None
    if source.closed and source.column and not source.words:
        faults.append(
            f'{source.key}: en kolonne kan rumme navne. Skriv fast = "forælder A", eller oversaet ordene til dæknavne.'
        )
        return None
    return source
