"""Rounds of supervision over a Casework: reading them, drawing one, exchanging a case, closing one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from checklists import calendar, sample, supervision
from checklists.measures.model import Round
from checklists.measures.overrides import Override
from checklists.sample import Candidate, Concept, Share
from checklists.supervision import Note, Repair, Reviewed, SupervisionRound
from checklists.supervision_fold import rounds
from checklists.supervision_sheet import Sheet, Shown, Trend, current_rules, sheet, shown, trend
from guide.casework import Casework
from guide.turns import Draft
from store.errors import StoreError
from store.events import Event

WANTED, MONTHS, LOOK_BACK = 3, 12, 12
"""Cases from each caseworker, months a drawn case is left out, and months the review looks back."""

_AT_A_TIME = 500
"""Cases read from the database in one go while drawing."""

Point = Note | Repair
"""What a caseworker can answer."""


class Rounds:
    """The rounds of one database. ``work`` gives the clock, the pages and who writes.

    As safe to call from several threads as ``work`` is: the app asks it from its workers, holding the desk's lock.
    """

    def __init__(self, work: Casework) -> None:
        self.work = work
        self._kept: tuple[tuple[int, datetime], tuple[SupervisionRound, ...]] | None = None

    # -- reading ------------------------------------------------------------------------------------------------

    def rounds(self) -> tuple[SupervisionRound, ...]:
        """Every round as of now, the oldest first. Kept until somebody writes or the clock moves."""
        asked = (self.work.store.version(), self.work.now())
        if self._kept is None or self._kept[0] != asked:
            self._kept = (asked, rounds(self.work.store.reviews(), asked[1]))
        return self._kept[1]

    def round(self, round_id: str | None = None) -> SupervisionRound:
        """The round of that id; without one, the latest that is not closed, else the latest."""
        found = self.rounds()
        if not found:
            raise StoreError("Der er ikke trukket nogen tilsynsrunde endnu. Begynd med traad review draw.")
        if round_id is None:
            return next((one for one in reversed(found) if one.closed is None), found[-1])
        for one in found:
            if one.id == round_id:
                return one
        raise StoreError(f"Kender ikke tilsynsrunden {round_id}. Runderne er: {', '.join(one.id for one in found)}.")

    def sheet(self, case: str, round_id: str | None = None) -> Sheet:
        """The review sheet of a drawn case, prefilled from the records."""
        found = self._of(case, round_id)
        return self._sheet(found, self._drawn(found, case))

    def sheets(self, found: SupervisionRound) -> Iterator[Sheet]:
        """The sheets of the round's cases, in the order drawn."""
        return (self._sheet(found, reviewed) for reviewed in found.present)

    def shown(self, round_id: str | None = None) -> Shown:
        """What the round showed, over the cases reviewed so far: the page for the next staff meeting."""
        found = self.round(round_id)
        return shown(found, self.sheets(found), self.work.handbooks)

    def trend(self) -> Trend:
        """The measures over the rounds. There is none by caseworker."""
        return trend([shown(one, self.sheets(one), self.work.handbooks) for one in self.rounds()])

    def repairs(self, *, closed: bool = False) -> tuple[Repair, ...]:
        """The open repairs of all rounds by agreed day; with ``closed`` the closed ones too."""
        return supervision.repairs(self.rounds(), all_of_them=closed)

    def overrides(self) -> Mapping[str, Mapping[str, Sequence[Override]]]:
        """What reviewers answered against the dates, as ``checklists.audit.audit`` takes it."""
        return supervision.overrides(self.rounds())

    def points(self, case: str) -> tuple[Point, ...]:
        """Everything a caseworker can answer about a case, over all rounds, by its key's number."""
        found = [reviewed for one in self.rounds() for reviewed in one.cases if reviewed.case == case]
        listed: list[Point] = [note for reviewed in found for note in reviewed.notes]
        listed += [repair for reviewed in found for repair in reviewed.repairs]
        return tuple(sorted(listed, key=lambda p: supervision.number(p.key.replace(".", "-"))))

    def is_own(self, reviewed: Reviewed) -> bool:
        """Whether the case was drawn from my own: then I answer and tick, and somebody else looks again."""
        return reviewed.staff == self.work.me

    # -- drawing ------------------------------------------------------------------------------------------------

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
        """Draw a round: ``wanted`` cases of each caseworker, the same for the same ``seed`` (made up when left out).

        ``period`` is the look-back year (12 months to today when left out). Cases drawn within ``months`` months are
        left out. ``concept`` holds for every team but those in ``intake``, which are drawn among cases with a
        notification. Raises StoreError when there is nothing to draw.
        """
        now = self.work.now()
        today = calendar.local_day(now)
        start, end = period or (calendar.add(today, -LOOK_BACK, "måneder"), today)
        if wanted < 1 or start > end:
            raise StoreError("Træk mindst 1 sag hos hver, og lad perioden begynde, før den slutter.")
        earlier = self.rounds()
        recent = supervision.recently_drawn(earlier, calendar.add(today, -months, "måneder")) if months else set()
        seed = seed or secrets.token_hex(4)
        asked = Round(start, end, now)
        shares = sample.draw(self._candidates(asked, team, _concept_of(concept, intake)), seed, wanted, recent)
        if not any(share.drawn for share in shares):
            raise StoreError(_nothing(shares, months))
        name = f"tilsyn-{max((supervision.number(one.id) for one in earlier), default=0) + 1}"
        value = {
            "seed": seed, "cases": wanted, "from": start.isoformat(), "to": end.isoformat(), "months": months,
            "concept": concept, "rules": current_rules(self.work.handbooks), "staff": [_share(s) for s in shares],
        } | {key: found for key, found in (("team", team), ("intake", sorted(intake))) if found}  # fmt: skip
        drawn = [self._draft("drawn", name, case, {"staff": share.staff}) for share in shares for case in share.drawn]
        self._save([Draft("review", "", name, step="draw", day=today, at=now, value=value), *drawn])
        return self.round(name)

    def replace(self, case: str, reason: str, round_id: str | None = None) -> str | None:
        """Take a case out of the round and let the next in the same order in; returns it, or None when none is left."""
        found = self._open(case, round_id)
        reviewed = self._drawn(found, case)
        if not reason.strip():
            raise StoreError("Skriv, hvorfor sagen udgår; udskiftningen bliver noteret med grunden.")
        if reviewed.done is not None or reviewed.judged or reviewed.repairs or reviewed.notes:
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

    # -- shared -------------------------------------------------------------------------------------------------

    def _of(self, case: str, round_id: str | None) -> SupervisionRound:
        """The round asked for; without one, the newest that the case is part of."""
        if round_id is not None:
            return self.round(round_id)
        found = self.rounds()
        return next((one for one in reversed(found) if one.find(case)), None) or self.round()

    def _open(self, case: str, round_id: str | None) -> SupervisionRound:
        return self._still_open(self._of(case, round_id))

    def _still_open(self, found: SupervisionRound) -> SupervisionRound:
        if found.closed is not None:
            raise StoreError(f"{found.id} er lukket. Rettelser kan stadig besvares og ses efter.")
        return found

    def _drawn(self, found: SupervisionRound, case: str) -> Reviewed:
        reviewed = found.find(case)
        if reviewed is None:
            raise StoreError(f"Sagen {case} er ikke med i {found.id}. Se runden med traad review show {found.id}.")
        return reviewed

    def _sheet(self, found: SupervisionRound, reviewed: Reviewed) -> Sheet:
        events = self.work.store.events(reviewed.case)
        return sheet(found, reviewed, events, self.work.handbooks, self.work.now())

    def _candidates(self, asked: Round, team: str, concept_of: Callable[[str], Concept]) -> list[Candidate]:
        ids = self.work.store.case_ids(team=team or None)
        cases: Iterator[tuple[str, Sequence[Event]]] = (
            pair for at in range(0, len(ids), _AT_A_TIME) for pair in self._read(ids[at : at + _AT_A_TIME])
        )
        return list(sample.candidates(cases, self.work.handbooks, asked, concept_of))

    def _read(self, ids: Sequence[str]) -> Iterator[tuple[str, Sequence[Event]]]:
        yield from self.work.store.events_of(ids).items()

    def _draft(self, step: str, round_id: str, case: str, value: Any, replaces: str = "") -> Draft:
        day = calendar.local_day(self.work.now())
        return Draft("review", case, round_id, step=step, day=day, value=value, replaces=replaces)

    def _save(self, drafts: Sequence[Draft]) -> None:
        if not self.work.me:
            raise StoreError("Skriv først dine initialer: åbn programmet med traad, så bliver du spurgt.")
        self.work.save(drafts)


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
        return f"Alle sager, der kan trækkes, er trukket inden for {months} måneder. Vælg færre med --months."
    return (
        "Ingen sager kan trækkes: ingen har en afgørelse, et tilbud, en anbringelse eller en underretning i perioden."
    )
