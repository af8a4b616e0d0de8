"""What is missing before a decision, in words: the child's time first, then law, practice, local rules and habit.

It never says that something is allowed, only what is known to be missing and what helps. Nothing is stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checklists import acute
from checklists.calendar import local_day
from checklists.changed import outdated
from checklists.decisions import DECISION, TAKEN, Decision, find_decision
from checklists.involvement import leading_to
from checklists.meeting import Meeting, closed_meeting, next_meeting
from checklists.readiness import Missing, Readiness, readiness
from checklists.states import Progress
from guide import acute_text, involvement_text
from guide.committee_answer import answer_lines
from guide.date_text import format_day
from guide.dialogue import words
from guide.dialogue.scene import Handbooks

NO_DECISION = "Ingen afgørelse på vej i sagen. Åbn forløbet Afgørelse, når I begynder på den."
FIRST = "Først: Kan barnet vente?"
ACUTE = "/klar akut"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the sentences under it; the first section of a report has no heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to say of one decision. ``found`` is what programs read; ``sections`` what people do."""

    found: Readiness
    meeting: Meeting | None
    consider: tuple[str, ...]
    sections: tuple[Section, ...]


def report(progress: Progress, handbooks: Handbooks, run: str | None = None, hurry: bool = False) -> Report | None:
    """What is missing for the decision ``run`` is, serves or leads to, else for the one under way.

    ``hurry`` puts the provisional route first. None when the case has no such decision.
    """
    decision = find_decision(progress, handbooks, run) or find_decision(progress, handbooks)
    if decision is None:
        return None
    found = readiness(decision)
    meeting = None if found.decided else _meeting(decision)
    consider = () if found.decided else _consider(progress, decision, found)
    told = [Section("", tuple(_opening(decision, found, meeting, hurry)))]
    if hurry or (found.can_wait is False and not found.decided):
        told.append(_acute(progress, handbooks, decision))
    told += _missing(found, decision.view.today)
    if not found.decided:
        heard = involvement_text.lines(decision, leading_to(decision, progress.runs))
        told += [Section("Hvem er hørt?", heard)] if heard else []
        told += [Section("Overvej", consider)] if consider else []
    return Report(found, meeting, consider, tuple(told))


def sections(
    progress: Progress, handbooks: Handbooks, run: str | None = None, hurry: bool = False
) -> tuple[Section, ...]:
    """The report as it is read; a case without a decision under way says so."""
    told = report(progress, handbooks, run, hurry)
    if told is not None:
        return told.sections
    if hurry:
        return (Section("", (NO_DECISION,)), _acute(progress, handbooks, None))
    return (Section("", (NO_DECISION, *_latest(progress))),)


def lines(progress: Progress, handbooks: Handbooks, run: str | None = None, hurry: bool = False) -> tuple[str, ...]:
    """The same as sentences for the conversation and the command line, each heading on a line of its own."""
    found: list[str] = []
    for section in sections(progress, handbooks, run, hurry):
        if section.title:
            found.append(section.title if section.title.endswith("?") else f"{section.title}:")
        found += section.lines
    return tuple(found)


def missing_line(missing: Missing, today: date) -> str:
    """One missing thing: what kind of rule, what is wrong, the clause, by when, who can mend it, and what helps."""
    f = missing.finding
    word = words.MISSING[f.basis] if f.kind in ("missing", "overdue") else words.NOT_AS_SAID[f.basis]
    clause = words.sentence(words.plain(f.clause))
    when = "Senest: før afgørelsen" if missing.before else ""
    if missing.due is not None and missing.due >= today:  # one that has passed stands in the finding's own words
        when = f"Frist: {format_day(missing.due, today)}"
    who = f"Hvem: {f.who}." if f.who else ""
    mend = f"Det hjælper: {words.sentence(words.plain(f.mend))}" if f.mend else ""
    told = (f"{word}: {words.finding_words(f)}", clause, words.sentence(when), who, mend)
    return " ".join(part for part in told if part)


def _acute(progress: Progress, handbooks: Handbooks, decision: Decision | None) -> Section:
    route = acute.route(progress, handbooks, decision)
    return Section(acute_text.TITLE, acute_text.lines(route, local_day(progress.now)))


def _opening(decision: Decision, found: Readiness, meeting: Meeting | None, hurry: bool) -> list[str]:
    today = decision.view.today
    about = words.joined(words.item_name(item).casefold() for item in found.measures)
    name = f"({found.run})" + (f" om {about}" if about else "")
    if found.decided:
        told = f"Afgørelsen {name} er truffet {format_day(found.decided, today)}"
        return [words.sentence(told) + ("" if found.missing else f" {words.NOTHING_MISSING}")]
    expected = f", ventet {format_day(found.expected, today)}" if found.expected else ""
    opening = [f"Før afgørelsen {name}{expected}:", _first(found, hurry)]
    opening += answer_lines(decision.state, today)
    opening += [_meeting_words(decision, meeting)] if meeting else []
    return [line for line in opening if line] + ([] if found.missing else [words.NOTHING_MISSING])


def _first(found: Readiness, hurry: bool) -> str:
    if hurry and found.can_wait is not False:
        return f"{FIRST} Her er vejen, når svaret er nej, og det, der skal følge."
    if found.asked is None:
        return f"{FIRST} Kan det ikke, så handl først, og skriv {ACUTE}: så viser jeg vejen og det, der skal følge."
    if found.can_wait is None:
        return f"{FIRST} Det er ikke besvaret. Kan det ikke, så handl først, og skriv {ACUTE}: så viser jeg vejen."
    if found.can_wait:
        return f"{FIRST} I har svaret ja. Er det ikke sådan længere, så handl først, og skriv {ACUTE}."
    return f"{FIRST} I har svaret nej. Her er den vej, og det, der skal følge."


def _meeting(decision: Decision) -> Meeting | None:
    book = decision.view.handbooks.get(decision.state.procedure.law)
    committee = book.local.committee() if book is not None and book.local is not None else None
    return next_meeting(committee, decision.view.today) if committee else None


def _meeting_words(decision: Decision, meeting: Meeting) -> str:
    today = decision.view.today
    too_late = closed_meeting(meeting.committee, today)
    passed = f" Til mødet {format_day(too_late.day, today)} er fristen gået." if too_late else ""
    by = "" if meeting.cutoff == meeting.day else f" Indstillingen skal være inde {format_day(meeting.cutoff, today)}"
    told = f"Lokalt: næste møde i {meeting.committee.name}, du kan nå, er {format_day(meeting.day, today)}"
    return words.sentence(told) + (words.sentence(by) and f" {words.sentence(by)}") + passed


def _missing(found: Readiness, today: date) -> list[Section]:
    titles = {
        "lov": "Det beder loven om",
        "praksis": "Det beder praksis om",
        "lokal": "Det beder kommunen selv om",
        "faglig": "Det er klogt",
    }
    sections = []
    for basis, title in titles.items():
        told = tuple(missing_line(m, today) for m in found.missing if m.finding.basis == basis)
        sections += [Section(title, told)] if told else []
    return sections


def _consider(progress: Progress, decision: Decision, found: Readiness) -> tuple[str, ...]:
    runs = leading_to(decision, progress.runs)
    today = decision.view.today
    return (
        *involvement_text.parity_lines(decision, runs),
        *involvement_text.outdated_lines(outdated(decision, found.measures), today),
        *involvement_text.prompts(decision, found),
    )


def _latest(progress: Progress) -> tuple[str, ...]:
    """Where to look for a decision already taken."""
    taken = [
        (record.day, state.run.id)
        for state in progress.runs
        if state.run is not None and state.procedure.id == DECISION
        for record in state.run.records.get(TAKEN, ())
        if record.status == "done"
    ]
    if not taken:
        return ()
    day, run = max(taken)
    told = f"Den seneste, {run}, er truffet {format_day(day, local_day(progress.now))}"
    return (f"{words.sentence(told)} Det, der mangler i den, står under /status.",)
