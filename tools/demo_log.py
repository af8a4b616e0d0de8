"""Writing an event log row by row: what ``build_demo`` says in words becomes rows of the exchange format."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
COLUMNS = ("id", "kind", "case", "run", "procedure", "step", "items", "time", "value", "by", "note", "recorded",
           "replaces", "version")  # fmt: skip
EDITION = "serviceloven@1"


def day(text: str) -> date:
    """A date from ISO text."""
    return date.fromisoformat(text)


class CaseLog:
    """The rows of one fictional case, in the order they are said."""

    def __init__(self, case: str, by: str) -> None:
        self.case = case
        self.by = by
        self.rows: list[dict[str, str]] = []

    def _add(self, kind: str, when: str, value: object = None, note: str = "", by: str = "", **columns: str) -> None:
        moment = when if "T" in when else ""
        local = datetime.fromisoformat(moment) if moment else datetime.combine(day(when), time(14, 0))
        stamped = local.replace(tzinfo=COPENHAGEN)
        row = dict.fromkeys(COLUMNS, "")
        row.update(
            id=f"{self.case.lower()}-{len(self.rows):02d}",
            kind=kind,
            case=self.case,
            time=stamped.isoformat(timespec="minutes") if moment else when,
            value="" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":")),
            by=by or self.by,
            note=note,
            recorded=(stamped + timedelta(hours=1)).isoformat(timespec="minutes"),
        )
        row.update(columns)
        self.rows.append(row)

    def open_case(self, known_from: str, born: str, team: str) -> None:
        """The case row and its first holder."""
        self._add("case", known_from, {"born": born, "known_from": known_from, "team": team}, "fiktiv")
        self._add("assignment", known_from, {"staff": self.by})

    def item(self, item: str, when: str, type_: str, kind: str, label: str, note: str = "") -> None:
        """A measure or a custody holder, valid from ``when``."""
        self._add("item", when, {"type": type_, "kind": kind, "label": label}, note, items=item)

    def run(self, run: str, when: str, **value: str) -> None:
        """A procedure under way from ``when``; ``serves`` and ``opened_by`` as given."""
        procedure = run.rpartition("-")[0]
        self._add("run", when, value or None, run=run, procedure=procedure, version=EDITION)

    def step(
        self, run: str, step: str, when: str, value: Any = None, items: str = "", note: str = "", by: str = ""
    ) -> None:
        """A step done at ``when`` (a day, or a day with an hour)."""
        procedure = run.rpartition("-")[0]
        self._add("record", when, value, note, by, run=run, procedure=procedure, step=step, items=items,
                  version=EDITION)  # fmt: skip


def shift(text: str, days: int) -> str:
    """The ISO day ``days`` days later."""
    return (day(text) + timedelta(days=days)).isoformat()


def write(logs: list[CaseLog]) -> str:
    """The whole log as CSV text in the exchange format."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    for log in logs:
        writer.writerows(log.rows)
    return out.getvalue()
