"""Inddragelse: the reviewers' judgement of the involvement, and the talk with the child before the decision."""

from __future__ import annotations

from checklists.measures.judgements import judgement
from checklists.measures.model import DECISION, Dossier, Duty, Measure, Round, Verdict, deficient, fine, out
from checklists.wording import spell


def child_talk(dossier: Dossier, _: Round) -> Verdict:
    """The own caseworker talked with the child before the decision, about every measure that was decided.

    A measure is left out of the question where a ground the law names was given for it; the case is left out when
    that holds for all of them. One measure not talked about is enough for the case to be deficient.
    """
    asked = [talk for talk in dossier.talks if not _left_out(talk)]
    grounds = [talk for talk in dossier.talks if _left_out(talk)]
    if not asked:
        if not grounds:
            return out("der er ingen besluttet støtte at tale om")
        first = grounds[0]
        day = spell(first.ground.day) if first.ground else ""
        return out(f"samtalen er undladt: {first.ground_text} (noteret {day})", *(t.ground for t in grounds))
    faults = [(code, reason, talk) for talk in asked if (code := _fault(talk)) and (reason := _reason(talk, code))]
    held = [t for t in asked if t.record is not None]
    if not faults:
        return fine(f"samtalen er holdt {spell(held[0].record.day)}" if held[0].record else "", *_seen(asked))
    code, reason, talk = faults[0]
    if len(faults) < len(asked) and code == "talk-missing":
        label = talk.item.label if talk.item else ""
        code, reason = "talk-about-other-measure", f"samtalen er holdt, men ikke om {label or 'hele støtten'}"
    return deficient(code, reason, dossier.day, *_seen(asked))


def _left_out(talk: Duty) -> bool:
    return talk.ground is not None and not talk.ground_fault and (talk.record is None or _fault(talk) != "")


def _fault(talk: Duty) -> str:
    if talk.record is None:
        return "ground-not-named" if talk.ground_fault else "talk-missing"
    if not talk.in_order:
        return "talk-after-decision"
    return talk.fault.code if talk.fault else ""


def _reason(talk: Duty, code: str) -> str:
    if code == "talk-missing":
        return "samtalen er ikke holdt"
    if code == "ground-not-named":
        return f"samtalen er undladt med en grund, loven ikke nævner: {talk.ground_text}"
    if code == "talk-after-decision" and talk.record is not None and talk.before is not None:
        return f"samtalen er holdt {spell(talk.record.day)}, efter afgørelsen {spell(talk.before.day)}"
    return talk.fault.text if talk.fault else ""


def _seen(talks: list[Duty]) -> list[object]:
    return []


MEASURES = (
    Measure(
        "child-involvement",
        "Inddragelse",
        "utilstrækkelig inddragelse af barnet",
        "praksis",
        {"serviceloven": "SEL § 46, stk. 3; § 48; § 50, stk. 3", "barnets_lov": "BL § 5, stk. 3-4; § 8, stk. 1"},
        DECISION,
        judgement("barnet", "child-involvement"),
    ),
)
