"""The words of ``traad review``: states, pejlemærker as they are typed, and the answers' JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from checklists.supervision import Note, Repair, Reviewed, SupervisionRound
from checklists.supervision_sheet import Count, Line, Sheet
from guide.cli import Problem
from guide.commands.common import moment_json
from guide.documents.review_letters import STATES as STATE
from guide.supervision import THEMES
from handbook.model import SHORT

__all__ = ["STATE", "count_json", "repair_json", "round_json", "sheet_json", "theme_of"]


def theme_of(typed: str) -> str:
    """The pejlemærke that begins so, whatever the case of letters. Raises Problem."""
    found = [theme for theme in THEMES if theme.lower().startswith(typed.lower())]
    if len(found) != 1:
        raise Problem(f"kender ikke pejlemærket '{typed}'.", f"Pejlemærkerne er {', '.join(THEMES)}.")
    return found[0]


def round_json(found: SupervisionRound) -> dict[str, Any]:
    """A round under the keys of docs/json.md."""
    return {
        "round": found.id,
        "day": found.day.isoformat(),
        "seed": found.seed,
        "cases_each": found.wanted,
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "team": found.team or None,
        "concept": found.concept,
        "intake": list(found.intake),
        "months": found.months,
        "closed": _day(found.closed),
        "shares": [
            {
                "caseworker": str(share.get("staff", "")),
                "eligible": share.get("eligible"),
                "left_out": share.get("left_out"),
                "drawn": list(share.get("drawn") or ()),
            }
            for share in found.shares
        ],
        "cases": [_case_json(each) for each in found.cases],
        "talks": [
            {"caseworker": t.staff, "when": moment_json(t.when), "held": t.held, "case": t.about or None}
            for t in found.talks
        ],
        "learning": [_note_json(note) for note in found.learning],
    }


def _case_json(found: Reviewed) -> dict[str, Any]:
    return {
        "case": found.case,
        "caseworker": found.staff,
        "instead_of": found.instead_of or None,
        "replaced": {"reason": found.out, "by": found.replaced_by or None} if found.out else None,
        "reviewed": _day(found.done),
        "filed": _day(found.filed),
        "letter": _day(found.letter),
        "repairs": len(found.repairs),
        "open_repairs": sum(not repair.closed for repair in found.repairs),
    }


def sheet_json(found: Sheet) -> dict[str, Any]:
    """A case's review sheet."""
    return {
        "round": found.round.id,
        "case": found.reviewed.case,
        "caseworker": found.reviewed.staff,
        "law": SHORT[found.law] if found.law else None,
        "reviewed": _day(found.reviewed.done),
        "compliance": [_line_json(line) for line in found.lines],
        "notes": [_note_json(note) for note in found.reviewed.notes],
        "repairs": [repair_json(repair) for repair in found.reviewed.repairs],
    }


def _line_json(line: Line) -> dict[str, Any]:
    judged = line.judged
    return {
        "code": line.code,
        "theme": line.theme,
        "name": line.name,
        "requirement": line.requirement,
        "basis": line.basis,
        "clause": line.clause,
        "counts": line.counts,
        "prefilled": line.dates_say,
        "why": line.why,
        "answer": line.answer,
        "overridden": line.overridden,
        "reason": line.reason,
        "by": judged.by if judged else None,
        "procedure": line.procedure or None,
        "step": line.step or None,
    }


def _note_json(note: Note) -> dict[str, Any]:
    return {
        "point": note.key,
        "kind": note.kind,
        "theme": note.theme or None,
        "degree": note.degree or None,
        "text": note.text,
        "answers": _answers(note.replies),
    }


def repair_json(repair: Repair) -> dict[str, Any]:
    """A repair."""
    return {
        "point": repair.key,
        "round": repair.round,
        "case": repair.case,
        "text": repair.text,
        "due": _day(repair.agreed),
        "measure": repair.measure or None,
        "state": repair.state,
        "undoable": repair.undoable,
        "helps": repair.helps or None,
        "said_done": _answers(repair.said),
        "rechecks": [
            {"day": check.day.isoformat(), "by": check.by, "in_order": check.in_order, "text": check.text}
            for check in repair.rechecks
            if check.counts
        ],
        "answers": _answers(repair.replies),
    }


def count_json(count: Count) -> dict[str, Any]:
    """N of m for a measure."""
    return {
        "code": count.code,
        "theme": count.theme,
        "name": count.name,
        "requirement": count.requirement,
        "basis": count.basis,
        "deficient": count.deficient,
        "relevant": count.relevant,
    }


def _answers(replies: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"day": reply.day.isoformat(), "by": reply.by, "text": reply.text} for reply in replies]


def _day(day: date | datetime | None) -> str | None:
    return moment_json(day) if day else None
