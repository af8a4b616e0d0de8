"""Vis, hvem der har hvad for, før det, der mangler: frister, mangler, efterslæb og stille sager.

Frister tælles for dem, der har sagerne, så I kan hjælpe hinanden i tide. Det, der er sent, tælles efter team, trin og
grundlag, aldrig efter person; --caseworker viser én persons egne sager til samtalen om dem.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.caseload import Due, Fault, Filters, Tally
    from checklists.summary_model import Summary
    from checklists.worklists import Point, Undone
    from guide.caseload_review import TotalReview
    from guide.caseload_source import Cases, Source
    from guide.caseload_tables import Section
    from guide.casework import Casework

SECTIONS = {
    "frister": "due",
    "mangler": "findings",
    "efterslaeb": "backlog",
    "stille": "idle",
    "gennemgang": "review",
}
"""What --list takes -> the section's name."""

QUIET = 30
"""Quiet cases on the first page, where there are more than MANY_QUIET of them."""
MANY_QUIET = 100


def arguments(parser: Parser) -> None:
    """``traad overview [--team T] [--caseworker K] [--law] [--basis] [--procedure] [--days] [--list] [--json]``."""
    from checklists.caseload import BASES, WINDOWS
    from checklists.worklists import IDLE_DAYS

    parser.add_argument("--team", metavar="TEAM", help="kun sagerne i dette team")
    parser.add_argument("--caseworker", metavar="INITIALER", help="kun den persons egne sager")
    parser.add_argument("--law", choices=("sel", "bl"), help="kun det, der hører under serviceloven eller barnets lov")
    parser.add_argument("--basis", choices=BASES, help="kun det, der hviler på dette")
    parser.add_argument("--procedure", metavar="FORLØB", help="kun dette forløb, fx handleplan")
    parser.add_argument(
        "--days", type=int, choices=WINDOWS, default=WINDOWS[-1], help="hvor langt frem fristerne vises (ellers 14)"
    )
    parser.add_argument(
        "--idle", metavar="DAGE", type=int, default=IDLE_DAYS, help=f"stille i mere end så længe (ellers {IDLE_DAYS})"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--start-review", action="store_true", help="begynd en gennemgang af alle sagerne (med --team: kun teamets)"
    )
    either.add_argument("--end-review", action="store_true", help="slut den gennemgang, der er i gang")
    parser.add_argument("--by", metavar="INITIALER", help="hvem der begynder eller slutter den (ellers dig)")
    parser.add_argument("--list", choices=tuple(SECTIONS), help="vis alle linjer bag denne del")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print the overview; exit 0 whatever it shows, 2 for a team or a procedure nobody knows."""
    from checklists.caseload import Filters

    if given.idle < 1:
        raise Problem("--idle skal være mindst 1 dag.", "Fx --idle 42")
    from guide.caseload_source import everyone
    from guide.commands.progress_bar import progress_bar
    from guide.projecting import no_garbage_rounds

    with common.casework(given) as work, no_garbage_rounds():
        cases = everyone(work, progress_bar("Regner sagerne ud"))
        filters = Filters(
            team=given.team or "",
            holder=(given.caseworker or "").upper(),
            law=(given.law or "").upper(),
            basis=given.basis or "",
            procedure=given.procedure or "",
        )
        _check(filters, cases, work)
        if given.start_review or given.end_review:
            return _review(work, given, filters)
        source = cases.source(filters)
        if given.json:
            common.print_json(work.now(), work.handbooks, **_json(source.cases(), filters, work, given))
        else:
            _print(source, work, given)
    return OK


def _review(work: Casework, given: argparse.Namespace, filters: Filters) -> int:
    """Begin a total review of the cases asked for, or end the one under way for them."""
    from guide import caseload_review as reviews

    work.me = (given.by or work.me).upper()
    if not work.me:
        raise Problem("ved ikke, hvem du er.", "Skriv dine initialer med --by, eller åbn traad, og svar på det.")
    if given.start_review:
        begun = reviews.start(work, filters.team, filters.holder)
        print(f"Gennemgangen af {begun.whose} er begyndt. Se den med traad overview --list gennemgang.")
        return OK
    scope = (filters.team, filters.holder)
    found = next((r for r in reviews.under_way(work) if (r.team, r.caseworker) == scope), None)
    if found is None:
        raise Problem("der er ingen gennemgang i gang for de sager.", code=MISSING)
    reviews.end(work, found)
    print(f"Gennemgangen af {found.whose} er sluttet. Det, der er set, står i sagerne.")
    return OK


def _check(filters: Filters, cases: Cases, work: Casework) -> None:
    """Refuse a name that nothing answers to: a slip of the pen must not read as "nothing is late"."""
    from checklists.caseload import different

    procedures = different(p for book in work.handbooks.values() for p in book.procedures)
    for option, value, known in (
        ("--team", filters.team, cases.teams),
        ("--caseworker", filters.holder, cases.holders),
        ("--procedure", filters.procedure, procedures),
    ):
        if value and value.casefold() not in {k.casefold() for k in known}:
            raise Problem(f"{option}: kender ikke '{value}'.", f"Kendte: {', '.join(known) or 'ingen'}.")


def _print(source: Source, work: Casework, given: argparse.Namespace) -> None:
    from guide import caseload, caseload_worklists
    from guide.caseload_filter import spoken

    whole = SECTIONS.get(given.list or "")
    found, holder = source.numbers(given.idle), source.filters.holder
    quiet = None if whole == "idle" else QUIET if found.idle > MANY_QUIET else None
    sections = caseload.overview(source, found, work.handbooks, given.days, None, given.idle, quiet)
    sections |= caseload_worklists.review_sections(work, source)
    print(f"Overblik · {spoken(source.filters)} · {caseload.headline(found)}\n")
    if holder:
        print(f"Kun {holder}s egne sager. {holder} kan selv se det samme.\n")
    if given.list == "gennemgang" and "review" not in sections:
        print("Ingen gennemgang er i gang. Begynd en med traad overview --start-review.")
        return
    if whole:
        _print_list(sections[whole])
        return
    print(f"{caseload.cause_words(found.causes)}\n")
    for name, section in sections.items():
        print(section.title)
        print("" if name == "findings" else f"{section.told}\n")
        if name != "review":
            _table(section)
            print()
    print("Linjerne bag: traad overview --list " + "|".join(SECTIONS))


def _print_list(section: Section) -> None:
    """Everything behind a section: its lines where they lead to cases, else each line's own table."""
    if not section.lines:
        print(section.empty)
    inner = [line.inside() for line in section.lines if line.inside is not None]
    if not inner:
        print(f"{section.title}\n{section.told}\n")
        _table(section)
        return
    for one in inner[:1] if inner[0].title.startswith("Inden for") else inner:
        print(f"{one.title}\n{one.told}\n")
        _table(one)
        print()


def _table(section: Section) -> None:
    if section.lines:
        common.table(section.columns, [line.cells for line in section.lines])
        if section.more:
            print(f"... og {section.more} til")
    else:
        print(section.empty)


def _json(cases: Sequence[Summary], filters: Filters, work: Casework, given: argparse.Namespace) -> dict[str, Any]:
    from checklists import caseload, worklists
    from guide.caseload_review import under_way

    now = work.now()
    own = caseload.since_taken_over(cases) if filters.holder else list(cases)
    return {
        "filters": {key: value or None for key, value in asdict(filters).items() if key != "words"},
        "cases": len(cases),
        "causes": [{"cause": cause or None, "count": n} for cause, n in caseload.causes(own)],
        "pressure": [asdict(p) for p in caseload.pressure(cases, now)],
        "due": [_due(d) for d in caseload.due_within(cases, now, given.days)],
        "findings": {
            "by_team": [_tally(t, "team") for t in caseload.by_team(own)],
            "by_step": [_tally(t, "procedure", "step") for t in caseload.by_step(own)],
            "list": [_fault(f) for f in caseload.faults(cases)],
        },
        "backlog": [
            {"kind": b.kind, "open": [_undone(u) for u in b.open], "curve": [_point(p) for p in b.curve]}
            for b in worklists.backlog(cases, now)
        ],
        "idle": [
            {"case": i.case.case, "since": i.since.isoformat(), "days": i.days}
            for i in worklists.idle(cases, now, given.idle)
        ],
        "reviews": [_review_json(work, review, cases) for review in under_way(work)],
    }


def _review_json(work: Casework, review: TotalReview, cases: Sequence[Summary]) -> dict[str, Any]:
    from checklists import worklists
    from guide.caseload_review import looked_at

    found = worklists.review(looked_at(work, review.cases(cases)), review.started)
    return {
        "id": review.id,
        "started": review.started.isoformat(),
        "team": review.team or None,
        "caseworker": review.caseworker or None,
        "cases": [{"case": r.case.case, "seen": r.day.isoformat() if r.day else None} for r in found],
        "curve": [_point(p) for p in worklists.review_curve(found, review.started, work.now())],
    }


def _due(due: Due) -> dict[str, Any]:
    line = due.line
    return {
        "case": due.case.case,
        "team": due.case.team,
        "caseworker": due.case.holder,
        "run": line.run or None,
        "procedure": line.procedure,
        "step": line.step,
        "item": line.item or None,
        "due": line.aim.isoformat(),
        "late_after": line.late_after.isoformat(timespec="seconds"),
        "planned": line.planned.isoformat() if line.planned else None,
        "law": line.law,
        "basis": line.basis,
        "clause": line.clause,
    }


def _tally(tally: Tally, *names: str) -> dict[str, Any]:
    from checklists.caseload import BASES

    return {
        **dict(zip(names, tally.key, strict=True)),
        "total": tally.total,
        "basis": dict(zip(BASES, tally.bases, strict=True)),
        "cases": tally.cases,
    }


def _fault(fault: Fault) -> dict[str, Any]:
    line = fault.line
    return {
        "case": fault.case.case,
        "team": fault.case.team,
        "id": line.id,
        "procedure": line.procedure,
        "step": line.step,
        "kind": line.kind,
        "code": line.code,
        "basis": line.basis,
        "since": line.since.isoformat() if line.since else None,
        "cause": line.cause or None,
        "inherited": fault.before_holder,
    }


def _undone(undone: Undone) -> dict[str, Any]:
    line = undone.line
    return {
        "case": undone.case.case,
        "procedure": line.procedure,
        "step": line.step,
        "item": line.item or None,
        "basis": line.basis,
        "since": line.since.isoformat(),
        "inherited": undone.before_holder,
    }


def _point(point: Point) -> dict[str, Any]:
    return {"day": point.day.isoformat(), "open": point.open}
