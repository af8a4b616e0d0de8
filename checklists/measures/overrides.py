"""A reviewer who sees it otherwise than the dates do: that answer counts, and what the dates say stays beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from checklists import calendar
from checklists.measures.model import NOT_COUNTED, REVIEW_MONTHS, Dossier, Round
from checklists.measures.verdict import Verdict
from checklists.wording import spell

Answer = Literal["deficient", "fine", "not relevant"]

CODE = "reviewed"
"""The code of a deficiency only the reviewer sees."""

_WORDS: dict[Answer, str] = {"deficient": "mangler", "fine": "i orden", "not relevant": "ikke relevant"}


@dataclass(frozen=True, slots=True)
class Override:
    """What a reviewer answered about one measure of one case. ``by`` are initials, ``record`` the row's id.

    ``day`` is the local day of the review. Raises ValueError without a reason: what dates decide is not set aside by
    a bare answer.
    """

    answer: Answer
    reason: str
    by: str
    day: date
    record: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("En vurdering, der går imod datoerne, skal have en grund.")


def overridden(verdict: Verdict, found: Iterable[Override], dossier: Dossier, asked: Round) -> Verdict:
    """The verdict as the reviewers left it. Of several in the round the last one counts, as with their judgements.

    A case of a type that the measure does not count stays out. A reviewer who agrees with the dates changes nothing
    but that the review is among the records it rests on.
    """
    override = _of_round(found, dossier, asked)
    if override is None or verdict.reason in NOT_COUNTED.values():
        return verdict
    records = tuple(dict.fromkeys((*verdict.records, override.record)))
    if override.answer == outcome(verdict):
        return replace(verdict, records=records)
    reason = (
        f"{_WORDS[override.answer]}, vurderet ved gennemgang {spell(override.day)}: {override.reason.strip()} "
        f"(datoerne siger: {_WORDS[outcome(verdict)]}, {verdict.reason})"
    )
    bad = override.answer == "deficient"
    return Verdict(
        relevant=override.answer != "not relevant",
        deficient=bad,
        reason=reason,
        code=CODE if bad else "",
        records=records,
        since=dossier.day if bad else None,
        before=verdict,
    )


def outcome(verdict: Verdict) -> Answer:
    """The three answers of a measure as one."""
    if not verdict.relevant:
        return "not relevant"
    return "deficient" if verdict.deficient else "fine"


def _of_round(found: Iterable[Override], dossier: Dossier, asked: Round) -> Override | None:
    since = asked.start if dossier.entered == "follow-up" else dossier.day
    until = calendar.add(asked.end, REVIEW_MONTHS, "måneder")
    ordered = sorted((o for o in found if since <= o.day <= until), key=lambda o: (o.day, o.record))
    within = [o for o in ordered if o.day <= asked.end]
    return within[-1] if within else next(iter(ordered), None)
