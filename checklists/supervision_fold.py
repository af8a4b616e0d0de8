"""The log's rows of kind ``review`` folded into rounds: corrections applied, the order they arrive in irrelevant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from checklists.calendar import TZ, local_day
from checklists.facts import Event
from checklists.supervision import (
    ANSWER,
    Judged,
    Note,
    NoteKind,
    Recheck,
    Repair,
    Reply,
    Reviewed,
    SupervisionRound,
    Talk,
    number,
)

POINTS = ("repair", "quality", "strength", "learning")
"""The steps a caseworker can answer."""

EVERYBODY = "alle"
"""What stands for the case in the key of a learning point for everybody."""


def rounds(events: Iterable[Event], now: datetime) -> tuple[SupervisionRound, ...]:
    """The rounds as they stood at ``now`` (aware), the oldest first, from rows of kind ``review`` in any order.

    Rows replaced, taken back or later than ``now`` are left out; so are rows of a round that was never drawn.
    """
    rows = [e for e in events if e.kind == "review"]
    replaced = {e.replaces for e in rows if e.replaces}
    roots = _roots(rows)
    live = sorted(
        (e for e in rows if e.id not in replaced and not _value(e).get("status")), key=lambda e: _order(e, roots)
    )
    known = [e for e in live if (e.at <= now if e.at else _day(e) <= local_day(now))]
    keys = _keys(rows, roots)
    drawn = [e for e in known if e.step == "draw" and not e.case]
    found = [_round(e, [other for other in known if other.run == e.run], roots, keys) for e in drawn]
    return tuple(sorted(found, key=lambda r: (r.day, number(r.id))))


def _round(draw: Event, rows: Sequence[Event], roots: Mapping[str, str], keys: Mapping[str, str]) -> SupervisionRound:
    value = _value(draw)
    notes = [_note(e, rows, roots, keys) for e in rows if e.step in ("quality", "strength", "learning")]
    closed = [e for e in rows if e.step == "close"]
    return SupervisionRound(
        id=draw.run,
        day=_day(draw),
        drawn_at=draw.at or draw.recorded,
        seed=str(value.get("seed") or ""),
        wanted=int(value.get("cases") or 0),
        start=_date(value.get("from")) or _day(draw),
        end=_date(value.get("to")) or _day(draw),
        team=str(value.get("team") or ""),
        concept=str(value.get("concept") or "advisory"),
        intake=tuple(map(str, value.get("intake") or ())),
        months=int(value.get("months") or 0),
        rules=str(value.get("rules") or ""),
        by=draw.by,
        shares=tuple(s for s in value.get("staff") or () if isinstance(s, Mapping)),
        cases=tuple(_case(e, rows, notes, roots, keys) for e in _drawn(rows, value)),
        talks=_talks(rows),
        learning=tuple(note for note in notes if not note.about),
        closed=_day(closed[-1]) if closed else None,
    )


def _drawn(rows: Iterable[Event], draw: Mapping[str, Any]) -> list[Event]:
    """One row a case: in the order of the draw, then those that came in for another."""
    found: dict[str, Event] = {}
    for row in rows:
        if row.step == "drawn":
            found.setdefault(row.case, row)
    shares = [share for share in draw.get("staff") or () if isinstance(share, Mapping)]
    place = {str(case): n for n, case in enumerate(c for share in shares for c in share.get("drawn") or ())}
    return sorted(found.values(), key=lambda row: place.get(row.case, len(place)))


def _case(
    drawn: Event, rows: Sequence[Event], notes: Sequence[Note], roots: Mapping[str, str], keys: Mapping[str, str]
) -> Reviewed:
    own = [e for e in rows if e.case == drawn.case]
    staff = str(_value(drawn).get("staff") or "")
    last = {step: [e for e in own if e.step == step] for step in ("replaced", "reviewed", "filed")}
    letters = [e for e in rows if e.step == "letter" and _value(e).get("about") == drawn.case]
    gone = _value(last["replaced"][-1]) if last["replaced"] else {}
    return Reviewed(
        case=drawn.case,
        staff=staff,
        instead_of=str(_value(drawn).get("instead_of") or ""),
        out=str(gone.get("reason") or ""),
        replaced_by=str(gone.get("by") or ""),
        judged={j.measure: j for e in own if e.step == "compliance" and (j := _judged(e)) is not None},
        notes=tuple(note for note in notes if note.about == drawn.case),
        repairs=tuple(_repair(e, rows, staff, roots, keys) for e in own if e.step == "repair"),
        done=_day(last["reviewed"][-1]) if last["reviewed"] else None,
        filed=_day(last["filed"][-1]) if last["filed"] else None,
        letter=_day(letters[-1]) if letters else None,
    )


def _judged(row: Event) -> Judged | None:
    value = _value(row)
    answer = next((known for known in ANSWER if known == value.get("answer")), None)
    if answer is None:
        return None
    return Judged(str(value.get("measure") or ""), answer, str(value.get("reason") or ""), row.by, _day(row), row.id)


def _note(row: Event, rows: Sequence[Event], roots: Mapping[str, str], keys: Mapping[str, str]) -> Note:
    value = _value(row)
    kind: NoteKind = "quality" if row.step == "quality" else "strength" if row.step == "strength" else "learning"
    return Note(
        id=roots[row.id],
        key=keys.get(roots[row.id], ""),
        kind=kind,
        about=str(value.get("about") or ""),
        theme=str(value.get("theme") or ""),
        degree=str(value.get("degree") or ""),
        text=str(value.get("text") or ""),
        by=row.by,
        day=_day(row),
        replies=_replies(roots[row.id], rows, roots),
    )


def _repair(row: Event, rows: Sequence[Event], staff: str, roots: Mapping[str, str], keys: Mapping[str, str]) -> Repair:
    value = _value(row)
    of_it = [e for e in rows if e.case == row.case and roots.get(str(_value(e).get("repair"))) == roots[row.id]]
    said = tuple(Reply(str(_value(e).get("text") or ""), e.by, _day(e)) for e in of_it if e.step == "mended")
    by_hand = {staff, *(reply.by for reply in said)}
    rechecked = [e for e in of_it if e.step == "rechecked"]
    seen = [e.step for e in of_it if e.step == "mended" or (e.step == "rechecked" and e.by not in by_hand)]
    later = [_date(_value(e).get("by")) for e in rechecked if e.by not in by_hand]
    return Repair(
        id=roots[row.id],
        key=keys.get(roots[row.id], ""),
        round=row.run,
        case=row.case,
        text=str(value.get("text") or ""),
        agreed=next((day for day in reversed(later) if day), None) or _date(value.get("by")),
        measure=str(value.get("measure") or ""),
        undoable=value.get("undoable") is not False,
        helps=str(value.get("helps") or ""),
        by=row.by,
        day=_day(row),
        said=said,
        rechecks=tuple(
            Recheck(
                _value(e).get("in_order") is True, str(_value(e).get("text") or ""), e.by, _day(e), e.by not in by_hand
            )
            for e in rechecked
        ),
        replies=_replies(roots[row.id], rows, roots),
        waiting=bool(seen) and seen[-1] == "mended",
    )


def _replies(point: str, rows: Sequence[Event], roots: Mapping[str, str]) -> tuple[Reply, ...]:
    answers = [e for e in rows if e.step == "answer" and roots.get(str(_value(e).get("point"))) == point]
    return tuple(Reply(str(_value(e).get("text") or ""), e.by, _day(e)) for e in answers)


def _talks(rows: Sequence[Event]) -> tuple[Talk, ...]:
    found = []
    for row in rows:
        when = _when(_value(row).get("when")) if row.step == "talk" else None
        if when is not None:
            value = _value(row)
            found.append(
                Talk(
                    str(value.get("staff") or ""),
                    str(value.get("about") or ""),
                    when,
                    value.get("held") is True,
                    row.id,
                )
            )
    return tuple(found)


def _roots(rows: Iterable[Event]) -> dict[str, str]:
    """Row -> the first of its chain of corrections: the id that other rows name, and that stays."""
    before = {e.id: e.replaces for e in rows}
    found = {}
    for row in before:
        at, seen = row, {row}
        while before.get(at) and before[at] in before and before[at] not in seen:
            at = before[at]
            seen.add(at)
        found[row] = at
    return found


def _keys(rows: Iterable[Event], roots: Mapping[str, str]) -> dict[str, str]:
    """Point -> what people call it: the case and a number counted over all its rounds, ``D5.2``.

    Counted over the first rows of all points, also of those taken back, so that a point never changes its number.
    """
    counts: dict[str, int] = {}
    keys: dict[str, str] = {}
    for row in sorted((e for e in rows if roots[e.id] == e.id and e.step in POINTS), key=lambda e: _order(e, roots)):
        about = row.case or str(_value(row).get("about") or EVERYBODY)
        counts[about] = counts.get(about, 0) + 1
        keys[row.id] = f"{about}.{counts[about]}"
    return keys


def _order(row: Event, roots: Mapping[str, str]) -> tuple[date, datetime, str]:
    return (_day(row), row.recorded, roots[row.id])


def _value(row: Event) -> Mapping[str, Any]:
    return row.value if isinstance(row.value, Mapping) else {}


def _day(row: Event) -> date:
    return row.day or local_day(row.recorded)


def _date(value: object) -> date | None:
    when = _when(value)
    return local_day(when) if isinstance(when, datetime) else when


def _when(value: object) -> date | datetime | None:
    """A day, or an aware instant where the hour is given (Copenhagen's when nothing else is said)."""
    if not isinstance(value, str):
        return None
    try:
        if len(value) <= 10:
            return date.fromisoformat(value)
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at.replace(tzinfo=TZ) if at.tzinfo is None else at
