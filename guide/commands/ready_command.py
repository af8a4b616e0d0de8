"""Vis, hvad der mangler før en indstilling eller en afgørelse, i det, der er registreret.

Med --meeting vises udvalgets liste: alle afgørelser, der er på vej, og hvad hver mangler. Slutter med 1, når noget
mangler, eller når sagen ingen afgørelse har på vej. Det er ingen godkendelse: I vurderer.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from guide.arguments import Parser
from guide.cli import MISSING, OK, Problem
from guide.commands import common

if TYPE_CHECKING:
    from checklists.involvement import Holder, Talk
    from checklists.meeting import Meeting
    from guide.casework import Casework
    from guide.meeting_list import OnTheWay
    from guide.readiness_text import Report


def arguments(parser: Parser) -> None:
    """``traad ready CASE [--run R] [--akut] [--json]`` or ``traad ready --meeting DATE [--team T] [--json]``."""
    parser.add_argument("case", metavar="SAG", nargs="?", help="sagens nummer")
    parser.add_argument("--run", metavar="FORLØB", help="afgørelsen, fx afgoerelse-2 (ellers den, der er på vej)")
    parser.add_argument("--akut", action="store_true", help="vis den foreløbige vej først: barnet kan ikke vente")
    parser.add_argument("--meeting", metavar="DATO", help="udvalgets liste til mødet den dag")
    parser.add_argument("--team", metavar="TEAM", help="med --meeting: kun sagerne i dette team")
    common.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Print what is known to be missing. Exit 1 when something is, or when there is no decision under way."""
    if given.meeting is not None:
        return _meeting(given)
    if given.case is None:
        raise Problem("mangler SAG eller --meeting DATO.", "Se traad ready --help.")
    if given.team is not None:
        raise Problem("--team hører til --meeting.", "Skriv traad ready --meeting DATO --team TEAM.")
    with common.casework(given) as work:
        progress = work.progress(common.known_case(work, given.case))
        runs = [r.run.id for r in progress.runs if r.run]
        if given.run and given.run not in runs:
            known = ", ".join(runs) or "ingen"
            raise Problem(f"sagen {given.case} har intet forløb '{given.run}'.", f"Den har: {known}.")
        found = work.ready(given.case, given.run, given.akut)
        if given.json:
            common.print_json(progress.now, work.handbooks, **_answer(work, given, found))
        else:
            from guide.readiness_text import lines

            print("\n".join(lines(progress, work.handbooks, given.run, given.akut)))
    return OK if found is not None and found.found.ready else MISSING


def _answer(work: Casework, given: argparse.Namespace, report: Report | None) -> dict[str, Any]:
    """The keys of a case's answer; with ``--akut`` also the provisional route."""
    from checklists.acute import route
    from checklists.decisions import find_decision

    progress = work.progress(given.case)
    decision = find_decision(progress, work.handbooks, report.found.run) if report else None
    answer = ready_json(report)
    if decision is not None and report is not None:
        from checklists.involvement import holders, leading_to, talks

        answer["talks"] = [_talk_json(talk) for talk in talks(decision)]
        answer["holders"] = [_holder_json(h) for h in holders(decision, leading_to(decision, progress.runs))]
    if given.akut:
        answer["route"] = [
            {
                "procedure": follow.procedure.id,
                "step": follow.step.id,
                "clause": follow.step.clause,
                **common.due_json(follow.due),
                "if_today": follow.if_today,
                "done": follow.done,
            }
            for follow in route(progress, work.handbooks, decision)
        ]
    return answer


def ready_json(report: Report | None) -> dict[str, Any]:
    """What is missing for one decision under its documented keys; nothing under way gives nulls and empty lists."""
    from handbook.model import SHORT

    found = report.found if report else None
    return {
        "run": found.run if found else None,
        "decision": _day(found.decided if found else None),
        "ready": found is not None and found.ready,
        "missing": [common.finding_json(m.finding) for m in found.missing] if found else [],
        "law": SHORT[found.law] if found else None,
        "expected": _day(found.expected if found else None),
        "can_wait": found.can_wait if found else None,
        "measures": [{"item": i.id, "kind": i.kind} for i in found.measures] if found else [],
        "meeting": _meeting_json(report.meeting if report else None),
        "consider": list(report.consider) if report else [],
    }


def _talk_json(talk: Talk) -> dict[str, Any]:
    day = talk.record.day if talk.record else None
    return {"item": talk.item.id, "state": talk.heard, "day": _day(day), "by": talk.by or None}


def _holder_json(holder: Holder) -> dict[str, Any]:
    phases = [
        {
            "procedure": phase.procedure.id,
            "step": phase.step.id,
            "involved": phase.involved,
            "day": _day(phase.record.day if phase.record else None),
        }
        for phase in holder.phases
    ]
    return {"item": holder.item.id, "phases": phases}


def _meeting_json(meeting: Meeting | None) -> dict[str, Any] | None:
    if meeting is None:
        return None
    return {"committee": meeting.committee.name, "day": _day(meeting.day), "cutoff": _day(meeting.cutoff)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _meeting(given: argparse.Namespace) -> int:
    if given.case is not None or given.run is not None or given.akut:
        raise Problem("--meeting viser alle sager; sag, --run og --akut hører ikke til.", "Se traad ready --help.")
    from guide.commands.audit_command import day
    from guide.meeting_list import meeting_lines, meeting_list, the_meeting

    on = day(given.meeting, "--meeting")
    with common.casework(given) as work:
        found = meeting_list(work, on, given.team)
        meeting = the_meeting(work.handbooks, on)
        if given.json:
            cases = [_case_json(one) for one in found]
            common.print_json(
                work.now(), work.handbooks, day=on.isoformat(), meeting=_meeting_json(meeting), cases=cases
            )
        else:
            print("\n".join(meeting_lines(found, meeting, on, work.now())))
    return MISSING if any(not one.report.found.ready for one in found) else OK


def _case_json(one: OnTheWay) -> dict[str, Any]:
    answer = {"case": one.case, "caseworker": one.caseworker, "team": one.team, "agenda": one.agenda}
    return {**answer, "outcome": one.outcome, "outcome_day": _day(one.outcome_day), **ready_json(one.report)}
