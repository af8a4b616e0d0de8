"""The overview as tables that can be opened: what the page and ``traad overview`` both show. No screen, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from checklists import caseload
from checklists.caseload import Due, Fault, Filters, Tally
from checklists.summary import FindingLine, Summary
from guide.caseload_tables import NOBODY, Line, Place, Section, counted, day_or_none, number, taken_over
from guide.caseload_worklists import backlog_section, idle_section
from guide.date_text import format_day, format_relative
from guide.dialogue.words import CAUSES
from handbook.model import Handbook, Law


def overview(
    cases: Sequence[Summary],
    filters: Filters,
    now: datetime,
    books: Mapping[Law, Handbook],
    days: int = 14,
    limit: int | None = None,
) -> dict[str, Section]:
    """The sections by name, in the order they are shown: what lies ahead before what is late.

    ``days`` is how far ahead the deadlines behind a line go; ``limit`` is how many quiet cases a screen can show.
    """
    return {
        "due": due_section(cases, now, days),
        "findings": findings_section(cases, filters, now, books),
        "backlog": backlog_section(cases, now),
        "idle": idle_section(cases, now, limit=limit),
    }


def headline(cases: Sequence[Summary], now: datetime) -> str:
    """One line: how many cases, what lies ahead, and how the backlog stands."""
    ahead = " · ".join(f"{len(caseload.due_within(cases, now, d))} inden for {d} dage" for d in caseload.WINDOWS)
    return f"{counted(len(cases), 'sag', 'sager')} · frister: {ahead}"


# -- what lies ahead ----------------------------------------------------------------------------------------------


def due_section(cases: Sequence[Summary], now: datetime, days: int) -> Section:
    """Pressure by caseworker, each leading to the deadlines behind it."""
    found = caseload.due_within(cases, now, days)
    lines = [
        Line(
            (p.team, p.holder or NOBODY, str(p.cases), number(p.soon), number(p.later), number(p.agreed),
             "er der brug for hjælp?" if p.busy else ""),
            inside=lambda p=p: _due_of(found, p.team, p.holder, now, days),  # type: ignore[misc]
            key=f"{p.team}/{p.holder}",
        )
        for p in caseload.pressure(cases, now)
    ]  # fmt: skip
    if len(lines) > 1:
        total = (number(len(caseload.due_within(cases, now, d))) for d in caseload.WINDOWS)
        whole = ("Alle", "", str(sum(c.closed is None for c in cases)), *total, "", "")
        lines.insert(0, Line(whole, inside=lambda: due_list(found, now, days), key="*"))
    told = "Hvad der forfalder hos dem, der har sagerne, og hvor meget af det der er aftalt en dag for."
    columns = ("Team", "Hos", "Sager", "7 dage", "14 dage", "Aftalt", "")
    return Section("Frister", told, columns, tuple(lines), "Ingen sager her.", 6)


def _due_of(found: Iterable[Due], team: str, holder: str, now: datetime, days: int) -> Section:
    own = [d for d in found if (d.case.team, d.case.holder) == (team, holder)]
    return due_list(own, now, days, f"{holder or NOBODY} · {team}")


def due_list(found: Sequence[Due], now: datetime, days: int, whose: str = "") -> Section:
    """The deadlines themselves, the nearest first."""
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
        title, counted(len(lines), "frist", "frister"), columns, tuple(lines), "Intet forfalder i perioden.", 4,
        frozenset({6}),
    )  # fmt: skip


# -- what is not in order -----------------------------------------------------------------------------------------


def findings_section(
    cases: Sequence[Summary], filters: Filters, now: datetime, books: Mapping[Law, Handbook]
) -> Section:
    """Findings by team, then by step; each leads to the list. One person's own: what came before them stands apart."""
    own = caseload.since_taken_over(cases) if filters.holder else list(cases)
    earlier = [f for f in caseload.faults(cases) if f.before_holder] if filters.holder else []
    lines = []
    teams = caseload.by_team(own)
    for tally in teams if len(teams) > 1 else ():
        lines.append(_tally_line(f"Team {tally.name}", tally, own, lambda c, f, t=tally: c.team == t.key[0], now))  # type: ignore[misc]
    for tally in caseload.by_step(own):
        title = procedure_title(books, tally.key[0])
        name = tally.name if tally.name == title else f"{title}: {tally.name}"
        lines.append(
            _tally_line(name, tally, own, lambda c, f, t=tally: (f.procedure, f.step) == t.key, now)  # type: ignore[misc]
        )
    if earlier:
        told = f"Opstået, før {filters.holder} overtog"
        bases = tuple(number(sum(f.line.basis == b for f in earlier)) for b in caseload.BASES)
        cells = (told, str(len(earlier)), *bases, str(len({f.case.case for f in earlier})))
        lines.append(Line(cells, inside=lambda: fault_list(told, earlier, now), key="*"))
    columns = ("Hvad mangler eller er sent", "I alt", *caseload.BASES, "Sager")
    return Section("Mangler", cause_words(own), columns, tuple(lines), "Ingen kendte mangler i det, der er noteret.", 0)


def _tally_line(
    name: str, tally: Tally, cases: Sequence[Summary], belongs: Callable[[Summary, FindingLine], bool], now: datetime
) -> Line:
    cells = (name, str(tally.total), *(number(n) for n in tally.bases), str(tally.cases))
    return Line(cells, inside=lambda: fault_list(name, caseload.faults(cases, belongs), now), key=name)


def fault_list(title: str, found: Sequence[Fault], now: datetime) -> Section:
    """The findings themselves, the oldest first."""
    lines = [
        Line(
            (day_or_none(f.line.since), f.case.case, f.case.holder, f.line.basis, f.line.text, taken_over(f)),
            Place(f.case.case, f.line.run, f.line.procedure, f.line.step, f.line.item.partition("+")[0]),
        )
        for f in found
    ]
    columns = ("Siden", "Sag", "Hos", "Grundlag", "Hvad", "")
    return Section(title, counted(len(lines), "mangel", "mangler"), columns, tuple(lines), "Ingen.", 4)


def cause_words(cases: Iterable[Summary]) -> str:
    """The causes recorded with what came late, in one line; before anything else is said about it."""
    found = caseload.causes(cases)
    if not found:
        return "Intet er noteret som sent."
    named = [f"{CAUSES.get(cause, cause).lower()} {n}" if cause else f"ingen årsag noteret {n}" for cause, n in found]
    return f"Årsager til det, der kom sent eller ikke er kommet: {', '.join(named)}."


def procedure_title(books: Mapping[Law, Handbook], procedure: str) -> str:
    """A procedure's name before its first comma, from whichever edition has it."""
    page = next((b.procedures[procedure] for b in books.values() if procedure in b.procedures), None)
    return page.title.partition(",")[0] if page else procedure.replace("-", " ")
