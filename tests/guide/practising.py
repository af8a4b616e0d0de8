"""Plays a practice case row by row through the dialogue, on a database of its own."""

from __future__ import annotations

from pathlib import Path

from guide.practice.casework import PracticeCasework
from guide.practice.clock import PracticeClock, instant
from guide.practice.feedback import passed
from guide.turns import Focus, Prompt
from handbook.load import bundled
from handbook.model import Handbook, Law
from handbook.practice_model import Course, Row
from store.database import open_store

BOOKS: dict[Law, Handbook] = {"serviceloven": bundled("serviceloven"), "barnets_lov": bundled("barnets_lov")}


def casework(folder: Path) -> PracticeCasework:
    store = open_store(f"sqlite:///{(folder / 'practice.db').as_posix()}")
    return PracticeCasework(store, BOOKS, PracticeClock(), "NY")


class Learner:
    """Answers prompts of one practice case. ``said`` is everything the guide has told so far."""

    def __init__(self, work: PracticeCasework, page: str) -> None:
        self.work, self.case = work, work.begin(page)
        self.page = work.page_of(self.case)
        self.said: list[str] = []

    def give(self, prompt: Prompt | None, text: str) -> str:
        reply = self.work.answer(self.case, prompt, text)
        self.said += [m.text for m in reply.said]
        self.focus = reply.focus
        return reply.problem

    def play(self, course: Course) -> None:
        for row in course.rows:
            now = self.work.progress(self.case).now
            while now < instant(row.moment) and now.date() < row.moment.day:
                ahead = [instant(s.moment) for s in self.page.scenes if instant(s.moment) > now]
                far = not ahead or ahead[0].date() > row.moment.day
                day = row.moment.day
                words = f"/spol til {day.day}/{day.month}-{day.year}" if far else "/spol"
                assert not self.give(None, words)
                now = self.work.progress(self.case).now
            self._record(row)
        self.to_the_end()

    def to_the_end(self) -> None:
        for _ in range(len(self.page.scenes) + 1):
            assert not self.give(None, "/spol")

    def _record(self, row: Row) -> None:
        progress = self.work.progress(self.case)
        if row.run not in progress.case.runs and not any(
            r.run is None and r.procedure.id == row.procedure for r in progress.runs
        ):
            self.work.open_run(self.case, row.procedure)
        known = row.run in self.work.progress(self.case).case.runs
        focus = Focus(row.run if known else None, row.procedure, row.step, ",".join(row.items), serves=row.serves)
        answers = dict(row.fields)
        for _ in range(12):
            turn = self.work.turn(self.case, focus)
            prompt = turn.prompt
            if prompt is None or prompt.focus.step != row.step or prompt.focus.procedure != row.procedure:
                return
            problem = self.give(prompt, self._answer(prompt, answers, row))
            assert not problem, (row, prompt.question, problem)
            if self.focus is None:
                return
            focus = self.focus

    @staticmethod
    def _answer(prompt: Prompt, answers: dict[str, str], row: Row) -> str:
        day = f"{row.moment.day.day}/{row.moment.day.month}-{row.moment.day.year}"
        if row.moment.clock:
            day += f" kl. {row.moment.clock:%H.%M}"
        ids = [o.id for o in prompt.options]
        fitting = next((w for w in answers.values() if all(part.strip() in ids for part in w.split(","))), "")
        if prompt.kind in ("choice", "choices", "run", "item"):
            return fitting or prompt.default or ("act:done" if "act:done" in ids else ids[0])
        free = answers.get(prompt.focus.field) or "fiktiv"
        return {"moment": day, "person": "LH", "scale": "3"}.get(prompt.kind, free)

    def ways(self) -> dict[str, str]:
        return {p.title: p.way for p in passed(self.page, self.work.progress(self.case))}
