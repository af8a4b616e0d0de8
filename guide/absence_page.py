"""The first page for whoever takes cases over: everything due in 14 days in them, and what is past its time already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from checklists import caseload
from checklists.summary_model import Summary
from guide import caseload_tables as tables
from guide.absence import Change
from guide.date_text import format_day, format_relative

DAYS = 14
"""How far ahead the first page looks."""


def first_page(change: Change, cases: Sequence[Summary], now: datetime) -> list[str]:
    """The page as lines of text, to be read on a screen or printed."""
    return [
        heading(change, cases),
        "",
        *due_lines(cases, now),
        *past_lines(change, cases),
        "",
        f"Sagerne: {', '.join(c.case for c in cases)}",
        *([f"Besked: {change.message}"] if change.message else []),
    ]


def heading(change: Change, cases: Sequence[Summary]) -> str:
    """Who has what until when, in one line."""
    many = tables.counted(len(cases), "sag", "sager")
    if change.until is None:
        return f"{change.to} overtager {many} fra {change.who}, fra {format_day(change.start)}."
    return (
        f"{change.to} dækker {many} for {change.who}, {format_day(change.start)} til og med {format_day(change.until)}."
    )


def due_lines(cases: Sequence[Summary], now: datetime) -> list[str]:
    """What falls due, the nearest first, one line each."""
    found = caseload.due_within(cases, now, DAYS)
    if not found:
        return [f"Intet forfalder inden for {DAYS} dage i disse sager."]
    lines = [f"Forfalder inden for {DAYS} dage:"]
    for due in found:
        agreed = f", aftalt {format_day(due.line.planned, now)}" if due.line.planned else ""
        when = f"{format_day(due.line.aim, now)}, {format_relative(due.line.aim, now)}"
        lines.append(f"  {when:<26}  {due.case.case:<12}  {due.line.name}{agreed}")
    return lines


def past_lines(change: Change, cases: Sequence[Summary]) -> list[str]:
    """What is past its time already: not the new holder's delay, but the child is still waiting."""
    found = [(c, p) for c in cases for p in c.past if p.until is None]
    if not found:
        return []
    found.sort(key=lambda pair: pair[1].since)
    lines = ["", f"Allerede over tiden; det står ikke som {change.to}s forsinkelse, men barnet venter stadig:"]
    return lines + [f"  siden {tables.day_or_none(p.since):<20}  {c.case:<12}  {p.name}" for c, p in found]


def due_json(cases: Sequence[Summary], now: datetime) -> list[dict[str, Any]]:
    """The deadlines of the first page under the keys of ``traad overview --json``."""
    return [
        {"case": d.case.case, "procedure": d.line.procedure, "step": d.line.step, "item": d.line.item or None,
         "due": d.line.aim.isoformat(), "planned": d.line.planned.isoformat() if d.line.planned else None}
        for d in caseload.due_within(cases, now, DAYS)
    ]  # fmt: skip
