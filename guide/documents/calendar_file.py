"""Deadlines and agreed days as an iCalendar file, written again whenever facts change.

One event a deadline and one an agreed day. An event's UID follows from case, run, step and item alone, so a calendar
that reads the file again moves the event it has. What was in the file before and is no longer asked is written as
cancelled; an event that says the same as before keeps its SEQUENCE and its DTSTAMP, so nothing changed gives the same
bytes. The title names the step and nothing of the case; the case's own number stands in the description alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from icalendar import Calendar, Component, Event

from checklists.calendar import local_day
from checklists.states import Progress, RunState, StepState
from guide.date_text import format_moment
from guide.dialogue.words import item_name, step_name

PRODID = "-//Roed traad//traad deadlines//DA"
"""Whose file it is: another program's calendar is never written over."""

_KEPT_DAYS = 60
"""A cancelled event stays in the file this long: until every calendar has read that it is off."""


class CalendarFileError(Exception):
    """The file cannot be read or written. The message is plain Danish and says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the calendar. ``when`` is a local day, or an aware instant for a deadline counted in hours."""

    uid: str
    title: str
    when: date | datetime
    about: str


def entries(progress: Progress) -> list[Entry]:
    """What one case puts in the calendar: a deadline for each unsettled step that has one, and each agreed day."""
    found: list[Entry] = []
    taken: set[str] = set()
    for run in progress.runs:
        place = _place(run, taken)
        for state in run.steps:
            if state.settled:
                continue
            key = (progress.case.id, place, state.step.id, state.item.id if state.item else "")
            name = step_name(state.step)
            about = _about(progress, state, run.procedure.title)
            if state.due is not None:
                kind = "Lokalt mål" if state.due.local else "Frist"
                found.append(Entry(_uid("frist", *key), f"{kind}: {name}", state.due.aim, about))
            if state.state == "planned" and state.record is not None:
                when = state.record.at or state.record.day
                found.append(Entry(_uid("aftale", *key), f"Aftalt: {name}", when, about))
    return found


def write(path: Path, found: Iterable[Entry], now: datetime, cases: frozenset[str] | None = None) -> tuple[int, int]:
    """Write ``found`` to ``path``, keeping what the file's events were. Returns how many are live and cancelled.

    ``now`` (aware) stamps what is new or changed. With ``cases`` the events of other cases in the file are left as
    they are; None says that ``found`` is everything. The file is whole or untouched and readable by its owner only.
    Raises CalendarFileError.
    """
    before = _read(path)
    live = {entry.uid: _event(entry, before.get(entry.uid), now) for entry in found}
    left = {uid: old for uid, old in before.items() if uid not in live}
    others = {uid: old for uid, old in left.items() if cases is not None and _case_of(old) not in cases}
    off = {uid: _cancelled(old, now) for uid, old in left.items() if uid not in others and not _forgotten(old, now)}
    calendar = _empty()
    for _, event in sorted((live | others | off).items(), key=lambda pair: (_sortable(pair[1]), pair[0])):
        calendar.add_component(event)
    _write_whole(path, calendar.to_ical(sorted=False))
    return len(live), len(off)


def _place(run: RunState, taken: set[str]) -> str:
    """The run, known by what it serves: the same before it is opened, when it is only expected, and after."""
    opened = run.run.id if run.run else ""
    procedure = opened.rpartition("-")[0] or run.procedure.id
    place = f"{procedure}>{run.serves}" if run.serves else opened or procedure
    found = (opened or f"{place}+") if place in taken else place
    taken.add(found)
    return found


def _uid(*parts: str) -> str:
    return f"{sha256(chr(31).join(parts).encode()).hexdigest()[:32]}@roed-traad"


def _about(progress: Progress, state: StepState, procedure: str) -> str:
    lines = [f"Sag {progress.case.id} · {procedure}"]
    if state.item is not None:
        lines.append(f"Gælder: {item_name(state.item)}")
    if state.due is not None:
        lines.append(f"Frist: {format_moment(state.due.aim)}")
        if local_day(state.due.late_after) != state.due.day:
            lines.append(f"Regnes først som sen efter {format_moment(local_day(state.due.late_after))}")
        basis = "lokal" if state.due.local else state.step.basis
        lines.append(f"Grundlag: {basis}, {state.step.clause_of('lokal') if state.due.local else state.step.clause}")
    return "\n".join(lines)


def _empty() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Rød tråd: frister")
    return calendar


def _event(entry: Entry, old: Component | None, now: datetime) -> Component:
    told = {"SUMMARY": entry.title, "DESCRIPTION": entry.about}
    stands = old is not None and not _is_cancelled(old) and _says(old, told, entry.when)
    if stands and old is not None:
        return old
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", _next_sequence(old))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("summary", entry.title)
    event.add("description", entry.about)
    if isinstance(entry.when, datetime):
        event.add("dtstart", entry.when.astimezone(UTC).replace(microsecond=0))
    else:
        event.add("dtstart", entry.when)
        event.add("dtend", entry.when + timedelta(days=1))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _says(old: Component, told: Mapping[str, str], when: date | datetime) -> bool:
    moment = when.astimezone(UTC).replace(microsecond=0) if isinstance(when, datetime) else when
    return all(str(old.get(name, "")) == text for name, text in told.items()) and _start(old) == moment


def _cancelled(old: Component, now: datetime) -> Component:
    if _is_cancelled(old):
        return old
    for name, value in (
        ("sequence", _next_sequence(old)),
        ("dtstamp", now.astimezone(UTC).replace(microsecond=0)),
        ("status", "CANCELLED"),
    ):
        del old[name.upper()]
        old.add(name, value)
    return old


def _is_cancelled(event: Component) -> bool:
    return str(event.get("STATUS", "")) == "CANCELLED"


def _next_sequence(old: Component | None) -> int:
    return int(old.get("SEQUENCE", 0)) + 1 if old is not None else 0


def _start(event: Component) -> Any:
    return event.decoded("DTSTART")


def _forgotten(event: Component, now: datetime) -> bool:
    said: datetime = event.decoded("DTSTAMP")
    return _is_cancelled(event) and local_day(said) < local_day(now) - timedelta(days=_KEPT_DAYS)


def _case_of(event: Component) -> str:
    first = str(event.get("DESCRIPTION", "")).split("\n", 1)[0]
    return first.removeprefix("Sag ").rsplit(" · ", 1)[0]


def _sortable(event: Component) -> str:
    start: date | datetime = _start(event)
    return (start.astimezone(UTC) if isinstance(start, datetime) else start).isoformat()


def _read(path: Path) -> dict[str, Component]:
    """The events of an earlier file by UID; none when there is no file."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CalendarFileError(f"Kalenderfilen kan ikke læses: {path}. {error.strerror or error}.") from error
    try:
        calendar = Calendar.from_ical(raw)
        ours = str(calendar.get("PRODID", "")) == PRODID
        found = {str(event["UID"]): event for event in calendar.walk("VEVENT") if _start(event)} if ours else {}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        ours, found = False, {}
    if not ours:
        raise CalendarFileError(
            f"{path} findes og er ikke en kalender, Rød tråd har skrevet. Vælg et andet filnavn, så intet går tabt."
        )
    return found


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(beside, path)
    except OSError as error:
        raise CalendarFileError(f"Kalenderfilen kan ikke skrives: {path}. {error.strerror or error}.") from error
    finally:
        beside.unlink(missing_ok=True)
