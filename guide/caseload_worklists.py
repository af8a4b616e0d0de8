"""The overview's worklists as tables: the backlog with its curve, the quiet cases, and a total review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from checklists import worklists
from checklists.calendar import local_day
from checklists.numbers import Heap, Numbers
from checklists.summary_model import Summary
from checklists.worklists import Undone
from guide.caseload_tables import Line, Place, Section, counted, curve_words, day_or_none, spark, taken_over
from guide.date_text import format_day

if TYPE_CHECKING:
    from guide.caseload_source import Source
    from guide.casework import Casework

_ONE = {
    "undersøgelser": "undersøgelse",
    "planer": "plan",
    "børnesamtaler": "børnesamtale",
    "opfølgninger": "opfølgning",
    "tilsynsbesøg": "tilsynsbesøg",
    worklists.OTHER: "andet trin",
}
"""Kind of backlog -> one of it; a kind that is not here is called the same."""

NO_REVIEW = Section(
    "Gennemgang",
    "Gå alle sager igennem, fx når de er hentet ind fra et regneark: listen viser, hvilke der ikke er set endnu.",
    ("Sag",),
    (),
    "Ingen gennemgang er i gang. En leder begynder en med g.",
)
"""What stands where no total review is under way."""


def backlog_section(source: Source, numbers: Numbers, most: int | None = None) -> Section:
    """Each kind of backlog with its curve over a year, leading to the worklist."""
    found = numbers.backlog
    lines = [
        Line(
            (b.kind, str(b.open), *(str(b.curve[-n - 1].open) for n in (3, 6, 12)), spark(b.curve)),
            inside=lambda b=b: undone_list(b, source.undone(b.kind, most), source.now),  # type: ignore[misc]
            key=b.kind,
        )
        for b in found
    ]
    told = ", ".join(counted(b.open, _ONE.get(b.kind, b.kind), b.kind) for b in found if b.open)
    told = f"Over tiden og ikke gjort: {told}. Det ældste først; listen kan arbejdes af." if told else ""
    columns = ("Hvad", "Nu", "For 3 mdr.", "6 mdr.", "12 mdr. siden", "Måned for måned")
    return Section("Efterslæb", told, columns, tuple(lines), "Intet ligger over tiden.", 5)


def undone_list(heap: Heap, found: Sequence[Undone], now: datetime) -> Section:
    """The worklist of one kind, the oldest first, with its curve above."""
    lines = [
        Line(
            (day_or_none(u.line.since), f"{_days(u.line.since, now)} dage", u.case.case, u.case.holder, u.line.name,
             u.line.basis, taken_over(u)),
            Place(u.case.case, u.line.run, u.line.procedure, u.line.step, u.line.item.partition("+")[0]),
        )
        for u in found
    ]  # fmt: skip
    columns = ("Siden", "", "Sag", "Hos", "Trin", "Grundlag", "")
    return Section(
        f"Efterslæb: {heap.kind}", curve_words(heap.curve), columns, tuple(lines), "Arbejdet af.", 4, frozenset({5}),
        more=heap.open - len(lines),
    )  # fmt: skip


def idle_section(source: Source, numbers: Numbers, days: int = worklists.IDLE_DAYS, most: int | None = None) -> Section:
    """The quiet cases (the first ``most``), with what comes next in each."""
    lines = [
        Line(
            (day_or_none(i.since), f"{i.days} dage", i.case.case, i.case.holder, i.case.next_name,
             day_or_none(i.case.next_due.day if i.case.next_due else None)),
            Place(i.case.case),
        )
        for i in source.idle(days, most)
    ]  # fmt: skip
    told = f"Sager, hvor der ikke er noteret noget i {days} dage. Mellem to opfølgninger kan det være, som det skal."
    empty = f"Ingen sag har ligget stille i {days} dage."
    columns = ("Sidst noteret", "", "Sag", "Hos", "Næste skridt", "Frist")
    return Section("Stille sager", told, columns, tuple(lines), empty, 4, more=numbers.idle - len(lines))


def review_section(cases: Sequence[Summary], started: date, now: datetime) -> Section:
    """The cases of a total review, those not looked at yet first."""
    found = worklists.review(cases, started)
    lines = [
        Line(
            ("set igennem" if r.day else "ikke set endnu", day_or_none(r.day), r.case.case, r.case.holder, r.case.team,
             day_or_none(r.case.known_from)),
            Place(r.case.case),
        )
        for r in found
    ]  # fmt: skip
    left = sum(r.day is None for r in found)
    points = worklists.review_curve(found, started, now)
    told = f"Begyndt {format_day(started)}. {left} af {len(found)} sager er ikke set endnu."
    if len(points) > 1:
        told += f" {curve_words(points, 'Tilbage, måned for måned')}"
    columns = ("", "Set", "Sag", "Hos", "Team", "Kendt fra")
    return Section("Gennemgang af alle sager", told, columns, tuple(lines), "Ingen sager her.", 4)


def review_sections(work: Casework, source: Source) -> dict[str, Section]:
    """The latest total review under way as the section ``review``; nothing when there is none."""
    from guide.caseload_review import looked_at, under_way

    found = under_way(work)
    if not found:
        return {}
    section = review_section(looked_at(work, found[0].cases(source.cases())), found[0].started, work.now())
    return {"review": replace(section, title=f"Gennemgang af {found[0].whose}")}


def _days(since: date, now: datetime) -> int:
    return (local_day(now) - since).days
