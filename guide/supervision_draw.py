"""Drawing a round of supervision over a Casework: planned and looked at first, then carried out; a case exchanged."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists import calendar, sample, supervision
from checklists.measures.model import Round
from checklists.sample import Candidate, Concept, Share
from checklists.supervision import Reviewed, SupervisionRound
from checklists.supervision_sheet import current_rules
from guide.supervision_rounds import Rounds
from guide.turns import Draft
from store.errors import StoreError
from store.events import Event
from store.reviews import DRAW

WANTED, MONTHS, LOOK_BACK = 3, 12, 12
"""Cases from each caseworker, months a drawn case is left out, and months the review looks back."""

_AT_A_TIME = 500
"""Cases read from the database in one go while drawing."""

Told = Callable[[int, int], None]
"""Told how far it is: cases gone through, of how many."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to draw among. ``period`` is local days (None: 12 months to today); an empty ``seed`` is made up.

    ``concept`` holds for every team but those in ``intake``, which are drawn among cases with a notification. Cases
    drawn within ``months`` months are left out.
    """

    seed: str = ""
    wanted: int = WANTED
    months: int = MONTHS
    period: tuple[date, date] | None = None
    team: str = ""
    concept: Concept = "advisory"
    intake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A draw that has been worked out and not written: the same ``wish`` with its seed, and each one's share."""

    wish: Wish
    period: tuple[date, date]
    at: datetime
    """The moment the facts were known to."""
    shares: tuple[Share, ...]
    rounds: tuple[str, ...]
    """The rounds there were."""


class Drawing(Rounds):
    """Drawing a round, exchanging a case, closing a round, and taking back one that was drawn by mistake."""

    _pool: tuple[tuple[object, ...], datetime, list[Candidate]] | None = None
    """The cases that can be drawn, kept while only the seed or the number changes: what was asked, when, the cases."""

    def plan(self, wish: Wish, told: Told | None = None) -> Plan:
        """What ``carry_out`` would write, without writing it. ``told`` hears how far it is.

        Raises StoreError for a wish that makes no sense and when there is nothing to draw.
        """
        now = self.work.now()
        today = calendar.local_day(now)
        start, end = wish.period or (calendar.add(today, -LOOK_BACK, "måneder"), today)
        if wish.wanted < 1 or start > end:
            raise StoreError("Træk mindst 1 sag hos hver, og lad perioden begynde, før den slutter.")
        earlier = self.rounds()
        since = calendar.add(today, -wish.months, "måneder")
        recent = supervision.recently_drawn(earlier, since) if wish.months else set()
        seed = wish.seed or secrets.token_hex(4)
        asked = (self.work.store.version(), today, start, end, wish.team, wish.concept, wish.intake)
        if self._pool is None or self._pool[0] != asked:
            among = Round(start, end, now)
            pool = self._candidates(among, wish.team, _concept_of(wish.concept, wish.intake), told)
            self._pool = (asked, now, pool)
        _, at, pool = self._pool
        shares = sample.draw(pool, seed, wish.wanted, recent)
        if not any(share.drawn for share in shares):
            raise StoreError(_nothing(shares, wish.months))
        named = Wish(seed, wish.wanted, wish.months, wish.period, wish.team, wish.concept, wish.intake)
        return Plan(named, (start, end), at, shares, tuple(one.id for one in earlier))

    def carry_out(self, plan: Plan) -> SupervisionRound:
        """Write the round as it was planned. Refused when another round has been drawn or taken back meanwhile."""
        if tuple(one.id for one in self.rounds()) != plan.rounds:
            raise StoreError("Runderne er ændret imens. Se forslaget igen, før du trækker.")
        wish, (start, end) = plan.wish, plan.period
        ids = [supervision.number(e.run) for e in self.work.store.reviews() if e.step == DRAW]
        name = f"tilsyn-{max(ids, default=0) + 1}"
        value = {
            "seed": wish.seed, "cases": wish.wanted, "from": start.isoformat(), "to": end.isoformat(),
            "months": wish.months, "concept": wish.concept, "rules": current_rules(self.work.handbooks),
            "staff": [_share(share) for share in plan.shares],
        } | {key: found for key, found in (("team", wish.team), ("intake", sorted(wish.intake))) if found}  # fmt: skip
        pairs = [(share.staff, case) for share in plan.shares for case in share.drawn]
        drawn = [self._draft("drawn", name, case, {"staff": staff}) for staff, case in pairs]
        day = calendar.local_day(plan.at)
        self._save([Draft("review", "", name, step=DRAW, day=day, at=plan.at, value=value), *drawn])
        return self.round(name)

    def draw(
        self,
        seed: str = "",
        wanted: int = WANTED,
        months: int = MONTHS,
        period: tuple[date, date] | None = None,
        team: str = "",
        concept: Concept = "advisory",
        intake: Collection[str] = (),
    ) -> SupervisionRound:
        """Plan and carry out in one: ``Wish`` says what each means. Raises StoreError when there is nothing to draw."""
        return self.carry_out(self.plan(Wish(seed, wanted, months, period, team, concept, tuple(intake))))

    def replace(self, case: str, reason: str, round_id: str | None = None) -> str | None:
        """Take a case out of the round and let the next in the same order in; returns it, or None when none is left."""
        found = self._open(case, round_id)
        reviewed = self._drawn(found, case)
        if not reason.strip():
            raise StoreError("Skriv, hvorfor sagen udgår; udskiftningen bliver noteret med grunden.")
        if _begun(reviewed):
            raise StoreError(f"Gennemgangen af {case} er begyndt, så sagen kan ikke skiftes ud.")
        earlier = [one for one in self.rounds() if supervision.number(one.id) < supervision.number(found.id)]
        since = calendar.add(found.day, -found.months, "måneder")
        recent = supervision.recently_drawn(earlier, since) if found.months else set()
        concept: Concept = "intake" if found.concept == "intake" else "advisory"
        asked = Round(found.start, found.end, found.drawn_at)
        candidates = self._candidates(asked, found.team, _concept_of(concept, found.intake))
        used = {each.case for each in found.cases}
        came_in = sample.next_case(candidates, found.seed, reviewed.staff, used, recent)
        drafts = [self._draft("replaced", found.id, case, {"reason": reason.strip(), "by": came_in or ""})]
        if came_in:
            value = {"staff": reviewed.staff, "instead_of": case}
            drafts.append(self._draft("drawn", found.id, came_in, value))
        self._save(drafts)
        return came_in

    def close(self, round_id: str | None = None) -> SupervisionRound:
        """Close the round; every case has to be reviewed first. Its repairs stay open until somebody looks again."""
        found = self._still_open(self.round(round_id))
        left = [reviewed.case for reviewed in found.present if reviewed.done is None]
        if left:
            raise StoreError(f"Runden kan ikke lukkes endnu. Mangler gennemgang: {', '.join(left)}.")
        self._save([self._draft("close", found.id, "", None)])
        return self.round(found.id)

    def withdraw(self, round_id: str, why: str) -> None:
        """Take back a round drawn by mistake, with the reason; its cases can then be drawn again.

        Refused as soon as anything has been reviewed in it. Its rows and its number stay in the log.
        """
        found = self._still_open(self.round(round_id))
        self._need(why, "Skriv, hvorfor runden tages tilbage.")
        if found.learning or any(_begun(reviewed) for reviewed in found.cases):
            raise StoreError(f"Gennemgangen i {found.id} er begyndt, så runden kan ikke tages tilbage.")
        row = next(e for e in reversed(self.work.store.reviews()) if e.step == DRAW and e.run == found.id)
        self._save([self._draft(DRAW, found.id, "", {"status": "withdrawn", "why": why.strip()}, row.id)])

    def _candidates(
        self, asked: Round, team: str, concept_of: Callable[[str], Concept], told: Told | None = None
    ) -> list[Candidate]:
        ids = self.work.store.case_ids(team=team or None)
        return list(sample.candidates(self._read(ids, told), self.work.handbooks, asked, concept_of))

    def _read(self, ids: Sequence[str], told: Told | None) -> Iterator[tuple[str, Sequence[Event]]]:
        for at in range(0, len(ids), _AT_A_TIME):
            if told is not None:
                told(at, len(ids))
            yield from self.work.store.events_of(ids[at : at + _AT_A_TIME]).items()


def _begun(reviewed: Reviewed) -> bool:
    """Whether anything has been said about the case."""
    return reviewed.done is not None or bool(reviewed.judged or reviewed.repairs or reviewed.notes or reviewed.filed)


def _concept_of(concept: Concept, intake: Collection[str]) -> Callable[[str], Concept]:
    return lambda team: "intake" if team in intake else concept


def _share(share: Share) -> dict[str, Any]:
    return {
        "staff": share.staff,
        "eligible": len(share.eligible),
        "left_out": len(share.left_out),
        "drawn": list(share.drawn),
    }


def _nothing(shares: Sequence[Share], months: int) -> str:
    if shares:
        return f"Alle sager, der kan trækkes, er trukket inden for {months} måneder. Vælg færre måneder (--months)."
    return (
        "Ingen sager kan trækkes: ingen har en afgørelse, et tilbud, en anbringelse eller en underretning i perioden."
    )
