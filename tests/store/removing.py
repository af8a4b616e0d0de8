"""A database with a marker text in every place a removal must reach, and what the removal's tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from store import projection, removal
from store.cases import Store
from store.events import REMOVED, Event
from store.projection import CaseRow
from store.removal import Done, Order
from store.tombstones import Tombstone, What

MARK = "hemmeligt-maerke-om-barnet"
AT = datetime(2020, 2, 17, 12, 0, tzinfo=UTC)
Start = Callable[..., list[Event]]
Make = Callable[..., Event]


def clean(event: Event) -> Event:
    """As the handbook's cleaner, for rows that hold nothing but a note and one text."""
    value = (
        {**event.value, "tekst": REMOVED} if isinstance(event.value, dict) and "tekst" in event.value else event.value
    )
    return replace(event, value=value, note=REMOVED if event.note else "")


def order(what: What, case: str = "S1", ids: tuple[str, ...] = (), stone: str = "spor") -> Order:
    return Order(Tombstone(stone, case, what, "opbevaringstiden er udløbet", "LH", AT), clean, ids)


def told(store: Store, what: What, **given: object) -> Done:
    return removal.remove(store.engine, order(what, **given))  # type: ignore[arg-type]


def fill(store: Store, start: Start, record: Make, make: Make) -> Store:
    """Two cases; the marker in a note, a value, a row that was corrected, a round and the projection of the first."""
    store.append(start("S1") + start("S2"))
    store.append(
        [
            record(id="r1", note=MARK),
            record(id="r2", replaces="r1", note=f"{MARK} rettet"),
            record(id="r3", value={"tekst": MARK}),
            record("S2", id="o1", note="noget andet"),
            make(
                "review", "", id="d", run="tilsyn-1", step="draw",
                value={"seed": "a", "cases": 1, "from": "2019-01-01", "to": "2019-12-31"},
            ),
            make("review", "", id="l1", run="tilsyn-1", step="learning", value={"about": "S1", "text": "a"}, note=MARK),
            make(
                "review", "", id="l2", run="tilsyn-1", step="learning", replaces="l1",
                value={"status": "withdrawn", "why": "a"}, note=MARK,
            ),
            make("review", "", id="l3", run="tilsyn-1", step="learning", value={"about": "S2", "text": "b"}),
        ]
    )  # fmt: skip
    number = projection.catch_up(store.engine, "regler")
    row = CaseRow("S1", 0, 2**60, "raadgivning", "LH", "SEL", None, None, 0, MARK)
    projection.keep_cases(store.engine, number, store.version(), [row])
    return store


def bytes_of(*paths: Path) -> bytes:
    found = [Path(f"{path}{end}") for path in paths for end in ("", "-wal", "-shm", "-journal")]
    return b"".join(path.read_bytes() for path in found if path.exists())


def export(store: Store, path: Path) -> str:
    store.export_log(path)
    return path.read_text(encoding="utf-8")


def file_of(store: Store) -> Path:
    return Path(str(store.engine.url.database))
