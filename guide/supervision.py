"""The supervision loop (ledelsestilsyn) over a Casework: the one place both the command line and the screens ask.

A round is drawn, its cases are reviewed one by one, two documents come of each, and a repair stays open until somebody
else than the caseworker has looked again. Everything written is a row of kind ``review`` (docs/event-log.md); what is
meant for the caseworker is written on the round, never on the child's case. Every method may raise StoreError in plain
Danish; then nothing was saved. Days are local to Europe/Copenhagen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from checklists import supervision
from checklists.supervision import Compliance, Repair
from checklists.supervision_fold import EVERYBODY
from guide.supervision_draw import LOOK_BACK, MONTHS, WANTED, Drawing, Plan, Wish
from guide.supervision_rounds import Point
from store.errors import StoreError
from store.reviews import ANSWERS, DEGREES

__all__ = ["LOOK_BACK", "MONTHS", "THEMES", "WANTED", "Plan", "Point", "Supervision", "Wish"]

THEMES = ("Inddragelse", "Faglig udredning", "Valg af indsats", "Opfølgning")
"""The pejlemærker quality is judged by."""


class Supervision(Drawing):
    """Everything of the loop: what ``Drawing`` reads and draws, the review of a case, and what comes after it.

    ``round_id`` is everywhere the newest round with the case when left out. A point's ``key`` is what people call it,
    ``D5.2``.
    """

    # -- reviewing ----------------------------------------------------------------------------------------------

    def judge(self, case: str, measure: str, answer: str, reason: str = "", round_id: str | None = None) -> None:
        """Answer a measure: ja, nej or ikke relevant. Seen otherwise than the dates do, it needs a ``reason``."""
        found = self._open(case, round_id)
        line = self._sheet(found, self._drawn(found, case)).line(measure)
        if line is None or not line.counts:
            raise StoreError(f"Målet {measure} tæller ikke i sagen {case}. Se målene med traad review open {case}.")
        known: Compliance | None = next((a for a in supervision.ANSWER if a == answer), None)
        if known is None:
            raise StoreError(f"Svar {', '.join(ANSWERS[:2])} eller {ANSWERS[2]}.")
        if known != line.dates_say and not reason.strip():
            raise StoreError(
                f"Registreringerne siger {line.dates_say} ({line.why}). Ser du det anderledes, så skriv hvorfor."
            )
        value = {"measure": measure, "answer": known, "reason": reason.strip() if known != line.dates_say else ""}
        old = line.judged.id if line.judged else ""
        self._save([self._draft("compliance", found.id, case, value, old)])

    def quality(self, case: str, theme: str, degree: str, text: str = "", round_id: str | None = None) -> None:
        """How well a pejlemærke is lifted: lav, nogen or høj grad, with a note. For the caseworker, not on the case."""
        found = self._open(case, round_id)
        reviewed = self._drawn(found, case)
        if theme not in THEMES or degree not in DEGREES:
            raise StoreError(f"Pejlemærket er {', '.join(THEMES)}; graden er {', '.join(DEGREES)}.")
        value = {"about": case, "theme": theme, "degree": degree, "text": text.strip()}
        old = next((n.id for n in reviewed.notes if n.kind == "quality" and n.theme == theme), "")
        self._save([self._draft("quality", found.id, "", value, self._standing(old))])

    def strength(self, case: str, text: str, theme: str = "", round_id: str | None = None) -> None:
        """Something that works, for "Til dig" and, without case and person, for the staff meeting."""
        self._note("strength", case, text, theme, round_id)

    def learning(self, case: str, text: str, theme: str = "", round_id: str | None = None) -> None:
        """Something to learn from; with an empty ``case`` it is for everybody and comes on the staff meeting's page."""
        self._note("learning", case, text, theme, round_id)

    def mend(
        self,
        case: str,
        text: str,
        by: date | None = None,
        measure: str = "",
        undoable: bool = True,
        helps: str = "",
        round_id: str | None = None,
    ) -> Repair:
        """Agree that something is mended by a day.

        A fault that cannot be undone (``undoable`` False) needs no day, but an answer to what helps the child now.
        """
        found = self._open(case, round_id)
        self._drawn(found, case)
        self._need(text, "Skriv, hvad der skal rettes.")
        if undoable and by is None:
            raise StoreError("Aftal en dag, det er rettet til.")
        if not undoable:
            self._need(helps, "Det kan ikke gøres om. Hvad hjælper barnet nu? Skriv det.")
        given = {"text": text.strip(), "by": by and by.isoformat(), "measure": measure, "helps": helps.strip()}
        value = {key: inner for key, inner in given.items() if inner} | ({} if undoable else {"undoable": False})
        before = {repair.id for repair in self._drawn(found, case).repairs}
        self._save([self._draft("repair", found.id, case, value)])
        return next(r for r in self._drawn(self.round(found.id), case).repairs if r.id not in before)

    def reviewed(self, case: str, round_id: str | None = None) -> None:
        """The review of the case is finished; it counts in what the round showed from now on."""
        found = self._open(case, round_id)
        if self._drawn(found, case).done is None:
            self._save([self._draft("reviewed", found.id, case, None)])

    def take_back(self, key: str, why: str) -> None:
        """Take a point back, with the reason; the rows stay in the log, and no other point changes its number.

        A repair is never closed this way by whoever it is about: see ``recheck`` for who may.
        """
        point = self.point(key)
        self._need(why, "Skriv, hvorfor punktet tages tilbage.")
        found = self._still_open(self.round(self._round_of(point)))
        if isinstance(point, Repair):
            self._may_recheck(point)
        step = "repair" if isinstance(point, Repair) else point.kind
        case = point.case if isinstance(point, Repair) else ""
        value = {"status": "withdrawn", "why": why.strip()}
        self._save([self._draft(step, found.id, case, value, self._standing(point.id))])

    # -- following up -------------------------------------------------------------------------------------------

    def answer(self, key: str, text: str) -> None:
        """The caseworker's answer to a point, ``D5.2``. Kept on the round, so it comes into "Til dig" alone."""
        point = self.point(key)
        self._need(text, "Skriv dit svar.")
        about = point.case if isinstance(point, Repair) else point.about
        value = {"about": about or EVERYBODY, "point": point.id, "text": text.strip()}
        self._save([self._draft("answer", self._round_of(point), "", value)])

    def said_done(self, key: str, text: str = "") -> Repair:
        """The caseworker says that a repair is done. It stays open until somebody else has looked again."""
        repair = self._repair(key)
        if repair.closed:
            raise StoreError(f"Rettelsen {key} er allerede lukket.")
        value = {"repair": repair.id} | ({"text": text.strip()} if text.strip() else {})
        self._save([self._draft("mended", repair.round, repair.case, value)])
        return self._repair(key)

    def recheck(self, key: str, in_order: bool, text: str = "", by: date | None = None) -> Repair:
        """Look again. In order, the repair closes; else say what is still missing and agree on a new day.

        Refused for whoever the case was drawn from or said it was done, and for staff registered as anything but leder.
        """
        repair = self._repair(key)
        if repair.closed:
            raise StoreError(f"Rettelsen {key} er allerede lukket.")
        self._may_recheck(repair)
        if not in_order:
            self._need(text, "Skriv, hvad der stadig mangler.")
            if by is None and repair.undoable:
                raise StoreError("Aftal en ny dag, det er rettet til.")
        given = {"repair": repair.id, "in_order": in_order, "text": text.strip(), "by": by and by.isoformat()}
        value = {name: inner for name, inner in given.items() if inner not in ("", None)}
        self._save([self._draft("rechecked", repair.round, repair.case, value)])
        return self._repair(key)

    def talk(
        self, staff: str, when: date | datetime, held: bool = False, about: str = "", round_id: str | None = None
    ) -> None:
        """Book the oral talk with a caseworker, move it, or note that it was held.

        ``when`` is a day, or an aware instant.
        """
        found = self.round(round_id)
        if staff not in {reviewed.staff for reviewed in found.present}:
            raise StoreError(f"Der er ingen sager fra {staff} i {found.id}.")
        value = {"staff": staff, "when": _when(when), "held": held} | ({"about": about} if about else {})
        old = next((talk.id for talk in reversed(found.talks) if talk.staff == staff and talk.about == about), "")
        self._save([self._draft("talk", found.id, "", value, old)])

    def written(self, case: str, round_id: str | None = None) -> None:
        """Note that the two documents were made: "Til sagen" on the case, "Til dig" on the round."""
        found = self._of(case, round_id)
        reviewed = self._drawn(found, case)
        letter = {"staff": reviewed.staff, "about": case}
        self._save(
            [
                self._draft("filed", found.id, case, {"document": "til-sagen"}),
                self._draft("letter", found.id, "", letter),
            ]
        )

    def letter_written(self, staff: str, round_id: str | None = None) -> None:
        """Note that "Til dig" about all of a caseworker's cases in the round was made; nothing is on the cases."""
        found = self.round(round_id)
        about = [reviewed.case for reviewed in self.of_staff(found, staff)]
        self._save([self._draft("letter", found.id, "", {"staff": staff, "about": case}) for case in about])

    def point(self, key: str) -> Point:
        """The point a person calls ``D5.2``."""
        about = key.rpartition(".")[0]
        listed: Sequence[Point] = self.points(about)
        if about == EVERYBODY:
            listed = [note for one in self.rounds() for note in one.learning]
        for point in listed:
            if point.key == key:
                return point
        raise StoreError(f"Kender ikke punktet {key}. Se punkterne med traad review open {about or 'SAG'}.")

    # -- shared -------------------------------------------------------------------------------------------------

    def _repair(self, key: str) -> Repair:
        point = self.point(key)
        if not isinstance(point, Repair):
            raise StoreError(f"{key} er ikke en rettelse. Se dem med traad review repairs.")
        return point

    def _round_of(self, point: Point) -> str:
        if isinstance(point, Repair):
            return point.round
        for one in self.rounds():
            if point.id in {n.id for n in one.learning} | {n.id for each in one.cases for n in each.notes}:
                return one.id
        raise StoreError("Punktet findes ikke længere. Hent sagen igen.")

    def _may_recheck(self, repair: Repair) -> None:
        drawn = next(each for each in self.round(repair.round).cases if each.case == repair.case)
        if self.work.me in {drawn.staff, *(said.by for said in repair.said)}:
            raise StoreError("Et par andre øjne skal se efter, før rettelsen lukkes. Bed din leder om det.")
        roles = {e.value.get("staff") or e.by: e.value.get("role") for e in self.work.store.staff() if e.value}
        if roles.get(self.work.me, "leder") not in ("leder", "", None):
            raise StoreError("En rettelse lukkes af en leder, der har set efter. Bed din leder om det.")

    def _note(self, step: str, case: str, text: str, theme: str, round_id: str | None) -> None:
        found = self._open(case, round_id) if case else self._still_open(self.round(round_id))
        if case:
            self._drawn(found, case)
        self._need(text, "Skriv punktet.")
        if theme and theme not in THEMES:
            raise StoreError(f"Pejlemærket er {', '.join(THEMES)}.")
        given = {"about": case, "text": text.strip(), "theme": theme}
        self._save([self._draft(step, found.id, "", {key: inner for key, inner in given.items() if inner})])

    def _standing(self, point: str) -> str:
        """The row that stands now where the point's first row once was: the one a correction replaces."""
        if not point:
            return ""
        return self.work.store.history(point)[-1].id


def _when(when: date | datetime) -> str:
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()
