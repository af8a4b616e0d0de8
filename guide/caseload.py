"""The overview as tables that can be opened: what the page and ``traad overview`` both show. No screen, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from checklists.caseload import BASES, WINDOWS, Belongs, Due, Fault, Pressure, Tally
from checklists.numbers import Numbers
from checklists.worklists import IDLE_DAYS
from guide.caseload_source import Source, Whose
from guide.caseload_tables import NOBODY, Line, Place, Section, counted, day_or_none, number, taken_over
from guide.caseload_worklists import backlog_section, idle_section
from guide.date_text import format_day, format_relative
from guide.dialogue.words import CAUSES
from handbook.model import Handbook, Law


def overview(
    source: Source,
    found: Numbers,
    books: Mapping[Law, Handbook],
    days: int = WINDOWS[-1],
    most: int | None = None,
    idle_days: int = IDLE_DAYS,
    quiet: int | None = None,
) -> dict[str, Section]:
    """The sections by name, in the order they are shown: what lies ahead before what is late.

    ``found`` are the numbers of ``source``, with ``idle_days`` as what is quiet. ``days`` is how far ahead the
    deadlines behind a line go; ``most`` is how many lines of a list are read, ``quiet`` how many quiet cases.
    """
    return {
        "due": due_section(source, found, days, most),
        "findings": findings_section(source, found, books, most),
        "backlog": backlog_section(source, found, most),
        "idle": idle_section(source, found, idle_days, quiet),
    }


def headline(found: Numbers) -> str:
    """One line: how many cases, and what lies ahead."""
    ahead = " · ".join(f"{n} inden for {days} dage" for n, days in zip(found.ahead, WINDOWS, strict=True))
    return f"{counted(found.cases, 'sag', 'sager')} · frister: {ahead}"


# -- what lies ahead ----------------------------------------------------------------------------------------------


def due_section(source: Source, found: Numbers, days: int, most: int | None) -> Section:
    """Pressure by caseworker, each leading to the deadlines behind it."""
    lines = [
        Line(
            (p.team, p.holder or NOBODY, str(p.cases), number(p.soon), number(p.later), number(p.agreed),
             "er der brug for hjælp?" if p.busy else ""),
            inside=partial(_due_of, source, p, days, most),
            key=f"{p.team}/{p.holder}",
        )
        for p in found.pressure
    ]  # fmt: skip
    if len(lines) > 1:
        whole = ("Alle", "", str(found.open), *(number(n) for n in found.ahead), "", "")
        lines.insert(0, Line(whole, inside=partial(_all_due, source, found, days, most), key="*"))
    told = "Hvad der forfalder hos dem, der har sagerne, og hvor meget af det der er aftalt en dag for."
    columns = ("Team", "Hos", "Sager", "7 dage", "14 dage", "Aftalt", "")
    return Section("Frister", told, columns, tuple(lines), "Ingen sager her.", 6)


def _all_due(source: Source, found: Numbers, days: int, most: int | None) -> Section:
    return due_list(source.due(days, None, most), source.now, days, found.ahead[WINDOWS.index(days)])


def _due_of(source: Source, pressure: Pressure, days: int, most: int | None) -> Section:
    whose: Whose = (pressure.team, pressure.holder)
    many = pressure.soon if days == WINDOWS[0] else pressure.later
    told = f"{pressure.holder or NOBODY} · {pressure.team}"
    return due_list(source.due(days, whose, most), source.now, days, many, told)


def due_list(found: Sequence[Due], now: datetime, days: int, many: int, whose: str = "") -> Section:
    """The deadlines themselves, the nearest first; ``many`` is how many there are."""
    lines = [
        Line(
            (format_day(d.line.aim, now), format_relative(d.line.aim, now), d.case.case, d.case.holder, d.line.name,
             f"aftalt {format_day(d.line.planned, now)}" if d.line.planned else "", d.line.clause),
            Place(d.case.case, d.line.run, d.line.procedure, d.line.step, d.line.item),
        )
        for d in found
    ]  # fmt: skip
    title = " · ".join(part for part in (f"Inden for {days} dage", whose) if part)
    columns = ("Frist", "", "Sag", "Hos", "Trin", "Aftalt", "Hjemmel")
    return Section(
        title, counted(many, "frist", "frister"), columns, tuple(lines), "Intet forfalder i perioden.", 4,
        frozenset({6}), more=many - len(lines),
    )  # fmt: skip


# -- what is not in order -----------------------------------------------------------------------------------------


def findings_section(source: Source, found: Numbers, books: Mapping[Law, Handbook], most: int | None) -> Section:
    """Findings by team, then by step; each leads to the list. One person's own: what came before them stands apart."""
    part = {"part": "finding"} if source.filters.holder else {}
    lines = []
    for tally in found.teams if len(found.teams) > 1 else ():
        name, team = f"Team {tally.name}", tally.key[0]
        lines.append(_tally_line(source, name, tally, lambda c, f, t=team: c.team == t, part | {"team": team}, most))  # type: ignore[misc]
    for tally in found.steps:
        title = procedure_title(books, tally.key[0])
        name = tally.name if tally.name == title else f"{title}: {tally.name}"
        procedure, step = tally.key
        same = part | {"procedure": procedure, "step": step}
        lines.append(_tally_line(source, name, tally, lambda c, f, k=tally.key: (f.procedure, f.step) == k, same, most))  # type: ignore[misc]
    if found.earlier:
        told = f"Opstået, før {source.filters.holder} overtog"
        lines.append(_tally_line(source, told, found.earlier, None, {"part": "earlier"}, most))
    columns = ("Hvad mangler eller er sent", "I alt", *BASES, "Sager")
    empty = "Ingen kendte mangler i det, der er noteret."
    return Section("Mangler", cause_words(found.causes), columns, tuple(lines), empty, 0)


def _tally_line(
    source: Source, name: str, tally: Tally, which: Belongs | None, same: dict[str, str], most: int | None
) -> Line:
    """``which`` picks the findings of the line; None: those from before the case came to whoever holds it."""
    before = which is None
    if source.filters.holder:
        wanted = which or (lambda c, f: True)
        picked: Belongs = lambda c, f: Fault(c, f).before_holder == before and wanted(c, f)  # noqa: E731
    else:
        picked = which or (lambda c, f: True)
    cells = (name, str(tally.total), *(number(n) for n in tally.bases), str(tally.cases))
    key = "*" if before else name
    return Line(cells, inside=lambda: fault_list(name, source.faults(picked, same, most), tally.total), key=key)


def fault_list(title: str, found: Sequence[Fault], many: int) -> Section:
    """The findings themselves, the oldest first; ``many`` is how many there are."""
    lines = [
        Line(
            (day_or_none(f.line.since), f.case.case, f.case.holder, f.line.basis, f.line.text, taken_over(f)),
            Place(f.case.case, f.line.run, f.line.procedure, f.line.step, f.line.item.partition("+")[0]),
        )
        for f in found
    ]
    columns = ("Siden", "Sag", "Hos", "Grundlag", "Hvad", "")
    told = counted(many, "mangel", "mangler")
    return Section(title, told, columns, tuple(lines), "Ingen.", 4, more=many - len(lines))


def cause_words(found: Sequence[tuple[str, int]]) -> str:
    """The causes recorded with what came late, in one line; before anything else is said about it."""
    if not found:
        return "Intet er noteret som sent."
    named = [f"{CAUSES.get(cause, cause).lower()} {n}" if cause else f"ingen årsag noteret {n}" for cause, n in found]
    return f"Årsager til det, der kom sent eller ikke er kommet: {', '.join(named)}."


def procedure_title(books: Mapping[Law, Handbook], procedure: str) -> str:
    """A procedure's name before its first comma, from whichever edition has it."""
    page = next((b.procedures[procedure] for b in books.values() if procedure in b.procedures), None)
    return page.title.partition(",")[0] if page else procedure.replace("-", " ")
