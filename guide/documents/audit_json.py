"""The audit under its JSON keys, and a saved answer read back to be compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from checklists.audit import Audit
from checklists.comparison import Comparison, Summary, Tally
from checklists.measures.model import Counted, Verdict
from checklists.measures.overrides import outcome
from guide.documents.audit_words import OWN_CASES, cause_words, clauses
from handbook.model import SHORT


class Unreadable(ValueError):
    """A saved answer that cannot be used; the message is Danish."""


def audit_json(audit: Audit, about: Mapping[str, str | None]) -> dict[str, Any]:
    """The answer's own keys. ``about`` holds the filters: team, caseworker, law."""
    return {
        "from": audit.asked.start.isoformat(),
        "to": audit.asked.end.isoformat(),
        "rules": audit.rules,
        **about,
        **({"note": OWN_CASES.format(about["caseworker"])} if about.get("caseworker") else {}),
        "causes": [
            {
                "cause": cause.cause,
                "name": cause_words(cause.cause),
                "late": len(cause.late),
                "steps": [{"case": case, "measures": list(codes)} for case, codes in cause.late],
            }
            for cause in audit.causes
        ],
        "measures": [_measure(counted) for counted in audit.measures],
        "types": [
            {"type": t.kind, "name": t.label, "clause": t.clause, "law": SHORT[t.law], "cases": t.cases}
            for t in audit.types
        ],
        "ages": [{"age": name, "cases": cases} for name, cases in audit.ages],
        "outside": [{"case": case, "reason": reason} for case, reason in audit.outside],
        "caveat": audit.caveat,
    }


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Two rounds under the key ``compare``: n and m of each, null where a round lacks the measure."""
    return {
        "earlier": _round(found.earlier),
        "later": _round(found.later),
        "same_rules": found.same_rules,
        "measures": [
            {"code": row.code, "name": row.name, "earlier": _tally(row.earlier), "later": _tally(row.later)}
            for row in found.rows
        ],
        "notes": list(found.notes),
    }


def read_summary(path: Path) -> Summary:
    """A round from a saved answer of ``traad audit --json``. Raises Unreadable, or OSError when there is no file."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} er ikke JSON") from error
    if not isinstance(saved, dict):
        raise Unreadable(f"{path} er ikke et svar fra traad audit --json")
    if saved.get("caseworker"):
        raise Unreadable(f"{path} er én sagsbehandlers egne sager; runder sammenlignes ikke efter person")
    try:
        tallies = {
            str(m["code"]): Tally(str(m.get("name") or m["code"]), int(m["deficient"]), int(m["relevant"]))
            for m in saved["measures"]
        }
        start, end = (date.fromisoformat(saved[key]) for key in ("from", "to"))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"{path} er ikke et svar fra traad audit --json") from error
    return Summary(start, end, str(saved.get("rules") or ""), about_words(saved.get("team"), saved.get("law")), tallies)


def about_words(team: str | None, law: str | None) -> str:
    """Whose cases a round is about, in Danish."""
    whose = f"team {team}" if team else "alle sager"
    return f"{whose}, kun {law}" if law else whose


def _measure(counted: Counted) -> dict[str, Any]:
    measure = counted.measure
    return {
        "code": measure.code,
        "theme": measure.theme,
        "name": counted.name,
        "basis": measure.basis,
        "clause": clauses(counted),
        "relevant": counted.relevant,
        "deficient": counted.deficient,
        "cases": [
            {
                "case": dossier.case,
                "relevant": verdict.relevant,
                "deficient": verdict.deficient,
                "code": verdict.code,
                "reason": verdict.reason,
                "law": SHORT[dossier.law],
                "records": list(verdict.records),
                "dates": _dates(verdict),
            }
            for dossier, verdict in counted.verdicts
        ],
    }


def _dates(verdict: Verdict) -> dict[str, Any] | None:
    """What the dates say where a reviewer set it aside; null where they stand."""
    before = verdict.before
    return {"outcome": outcome(before), "code": before.code, "reason": before.reason} if before else None


def _round(summary: Summary) -> dict[str, str]:
    return {
        "from": summary.start.isoformat(),
        "to": summary.end.isoformat(),
        "rules": summary.rules,
        "about": summary.about,
    }


def _tally(tally: Tally | None) -> dict[str, int] | None:
    return {"relevant": tally.relevant, "deficient": tally.deficient} if tally else None
