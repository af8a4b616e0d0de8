"""What ``traad review`` writes: one function an action; each returns whether it was done and says so in Danish."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.supervision import number
from guide.cli import MISSING, Problem
from guide.commands.review_words import STATE, theme_of
from guide.date_text import format_day, format_moment
from guide.dates import DateError, parse_day, parse_moment
from guide.documents.review_letters import stopped
from guide.supervision import MONTHS, WANTED, Supervision

if TYPE_CHECKING:
    from checklists.sample import Concept
    from checklists.supervision import Repair

CONCEPTS: Mapping[str, Concept] = {"raadgivning": "advisory", "modtagelse": "intake"}


def draw(loop: Supervision, given: argparse.Namespace) -> bool:
    """Draw a round and show it."""
    from guide.commands.review_reading import print_round

    start, end = _day(loop, given.start, "--from"), _day(loop, given.end, "--to")
    if bool(start) != bool(end):
        raise Problem("--from og --to skal stå sammen.", "Uden dem ses et år tilbage.")
    found = loop.draw(
        seed=given.seed or "",
        wanted=WANTED if given.cases is None else given.cases,
        months=MONTHS if given.months is None else given.months,
        period=(start, end) if start and end else None,
        team=given.team or "",
        concept=CONCEPTS[given.concept or "raadgivning"],
        intake=given.intake or (),
    )
    print_round(found)
    return True


def replace(loop: Supervision, given: argparse.Namespace) -> bool:
    """Exchange a case."""
    came_in = loop.replace(given.words[0], given.reason or "", given.round)
    print(
        f"{given.words[0]} er udgået. " + (f"I stedet: {came_in}." if came_in else "Der er ikke flere sager at trække.")
    )
    return True


def judge(loop: Supervision, given: argparse.Namespace) -> bool:
    """Answer a measure."""
    case, measure, answer = given.words
    loop.judge(case, measure, answer.replace("-", " "), given.reason or "", given.round)
    print(f"{case}, {measure}: {answer.replace('-', ' ')}.")
    return True


def quality(loop: Supervision, given: argparse.Namespace) -> bool:
    """Judge the quality of a pejlemærke."""
    case, theme, degree = given.words
    loop.quality(case, theme_of(theme), degree.replace("hoej", "høj"), given.text or "", given.round)
    print(f"{case}, {theme_of(theme)}: i {degree.replace('hoej', 'høj')} grad.")
    return True


def point(loop: Supervision, given: argparse.Namespace) -> bool:
    """Write down a strength or a learning point."""
    case = given.words[0] if given.words else ""
    theme = theme_of(given.theme) if given.theme else ""
    if bool(given.strength) == bool(given.learning):
        raise Problem("point tager enten --strength eller --learning.", "Se traad review --help.")
    if given.strength and not case:
        raise Problem("en styrke hører til en sag.", "Skriv sagen: traad review point SAG --strength ...")
    if given.strength:
        loop.strength(case, given.strength, theme, given.round)
    else:
        loop.learning(case, given.learning, theme, given.round)
    print("Skrevet. Det ligger på runden og ikke på sagen." if case else "Skrevet. Det kommer med på siden til mødet.")
    return True


def mend(loop: Supervision, given: argparse.Namespace) -> bool:
    """Agree on a repair."""
    found = loop.mend(
        given.words[0],
        given.text or "",
        _day(loop, given.due, "--due", ahead=True),
        given.measure or "",
        not given.undoable,
        given.helps or "",
        given.round,
    )
    print(f"{found.key}: {stopped(found.text)} {_when(found)}")
    return True


def withdraw(loop: Supervision, given: argparse.Namespace) -> bool:
    """Take back a point, or a round in which nothing has been reviewed."""
    if number(given.words[0]):
        loop.withdraw(given.words[0], given.reason or "")
        print(f"{given.words[0]} er taget tilbage, og dens sager kan trækkes igen. Rækkerne bliver i loggen.")
        return True
    loop.take_back(given.words[0], given.reason or "")
    print(f"{given.words[0]} er taget tilbage. Rækken bliver i loggen med din grund.")
    return True


def reviewed(loop: Supervision, given: argparse.Namespace) -> bool:
    """The review of a case is finished."""
    loop.reviewed(given.words[0], given.round)
    print(f"{given.words[0]} er gennemgået.")
    return True


def talk(loop: Supervision, given: argparse.Namespace) -> bool:
    """Book the talk, or note that it was held."""
    day, at = _moment(loop, given.due)
    when: date | datetime = at or day
    loop.talk(given.words[0].upper(), when, given.held, round_id=given.round)
    print(
        f"Samtalen med {given.words[0].upper()} {'er holdt' if given.held else 'er aftalt til'} {format_moment(when)}."
    )
    return True


def letter(loop: Supervision, given: argparse.Namespace) -> bool:
    """Write the letters of a case, or "Til dig" for a caseworker's whole round, and note that they were written."""
    from guide import supervision_letters

    to, layer, staff = given.folder or Path(), _layer(given), (given.end or "").upper()
    if bool(given.words) == bool(staff):
        raise Problem("letter tager enten en sag eller --to INITIALER.", "Fx traad review letter D12, eller --to LH.")
    if staff:
        found = loop.round(given.round)
        keep(lambda: supervision_letters.of_round(loop, staff, found.id, to, layer), given.overwrite)
        loop.letter_written(staff, found.id)
    else:
        sheet = loop.sheet(given.words[0], given.round)
        case, round_id = sheet.reviewed.case, sheet.round.id
        keep(lambda: supervision_letters.of_case(loop, case, round_id, to, layer), given.overwrite)
        loop.written(case, round_id)
    print("til-dig lægges ikke på sagen.")
    return True


def answer(loop: Supervision, given: argparse.Namespace) -> bool:
    """The caseworker's answer, or that a repair is done."""
    key = given.words[0]
    if not given.done:
        loop.answer(key, given.text or "")
        print(f"Svaret på {key} er skrevet. Det kommer med i Til dig.")
        return True
    loop.said_done(key, given.text or "")
    print(f"{key} er meldt rettet. Den lukkes, når en anden har set efter.")
    return True


def recheck(loop: Supervision, given: argparse.Namespace) -> bool:
    """Look again."""
    due = _day(loop, given.due, "--due", ahead=True)
    found = loop.recheck(given.words[0], given.in_order, given.text or "", due)
    print(f"{found.key}: {STATE[found.state]}. {'' if found.closed else _when(found)}".strip())
    return True


def close(loop: Supervision, given: argparse.Namespace) -> bool:
    """Close the round."""
    found = loop.close(given.words[0] if given.words else given.round)
    left = [r for r in loop.repairs() if r.round == found.id]
    print(f"{found.id} er lukket. Åbne rettelser: {len(left)}." if left else f"{found.id} er lukket.")
    return True


def keep(make: Callable[[], Mapping[Path, bytes]], overwrite: bool) -> None:
    """Make documents, put them on the disk and say where. Raises Problem; then none of them was written."""
    from guide.documents.saving import save
    from guide.documents.word import DocumentError

    try:
        made = make()
        save(made, overwrite=overwrite)
    except DocumentError as error:
        raise Problem(str(error), code=MISSING) from error
    for path in made:
        print(f"Skrevet: {path}")


def _layer(given: argparse.Namespace) -> Path | None:
    from guide.commands.common import own_folder

    return own_folder(given)


def _when(repair: Repair) -> str:
    if not repair.undoable:
        return f"Kan ikke gøres om. Det hjælper barnet nu: {stopped(repair.helps)}"
    return f"Aftalt til {format_day(repair.agreed)}." if repair.agreed else ""


def _day(loop: Supervision, text: str | None, option: str, *, ahead: bool = False) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text, loop.work.now(), prefer_future=ahead)
    except DateError as error:
        raise Problem(f"{option}: {error}") from error


def _moment(loop: Supervision, text: str | None) -> tuple[date, datetime | None]:
    if not text:
        raise Problem("talk mangler --due: hvornår taler I sammen?", "Fx --due '25. feb. kl. 10'.")
    try:
        return parse_moment(text, loop.work.now(), prefer_future=True)
    except DateError as error:
        raise Problem(f"--due: {error}") from error


ACTIONS: Mapping[str, Callable[[Supervision, argparse.Namespace], bool]] = {
    "draw": draw,
    "replace": replace,
    "judge": judge,
    "quality": quality,
    "point": point,
    "mend": mend,
    "withdraw": withdraw,
    "reviewed": reviewed,
    "talk": talk,
    "letter": letter,
    "answer": answer,
    "recheck": recheck,
    "close": close,
}
