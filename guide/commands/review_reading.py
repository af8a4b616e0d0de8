"""What ``traad review`` shows: the round, a case's sheet, open repairs, the staff meeting's page and the trend."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date

from checklists.calendar import local_day
from checklists.supervision import Repair, SupervisionRound
from checklists.supervision_sheet import Line
from checklists.wording import sentence
from guide.commands import common
from guide.commands.review_words import STATE, count_json, repair_json, round_json, sheet_json
from guide.date_text import format_day, format_moment
from guide.documents.review_letters import ROUND, files, of_round, stopped, tally
from guide.supervision import Supervision

CONCEPTS = {"advisory": "afgørelser, tilbud og anbringelser", "intake": "underretninger"}
OVER = "Runderne er ikke en karakterbog: tal tallene igennem med medarbejderne, før I bruger dem."


def show(loop: Supervision, given: argparse.Namespace) -> None:
    """The round, or all of them by id."""
    found = loop.round(given.words[0] if given.words else given.round)
    if given.json:
        _json(loop, **round_json(found), rounds=[one.id for one in loop.rounds()])
        return
    print_round(found)
    others = [one.id for one in loop.rounds() if one.id != found.id]
    if others:
        print(f"\nAndre runder: {', '.join(others)}")


def print_round(found: SupervisionRound) -> None:
    """How the round was drawn and how far it is."""
    state = f"lukket {format_day(found.closed)}" if found.closed else "åben"
    print(f"{found.id}, trukket {format_day(found.day)} af {found.by}, {state}. Frø: {found.seed}")
    whose = f" i {found.team}" if found.team else ""
    print(
        f"{common.counted(found.wanted, 'sag', 'sager')} hos hver{whose}, blandt {CONCEPTS[found.concept]} "
        f"fra {format_day(found.start)} til {format_day(found.end)}."
    )
    if found.intake:
        print(f"Trukket efter underretninger: {', '.join(found.intake)}.")
    print()
    rows = [(each.case, each.staff, _state(each.out, each.done, each.instead_of)) for each in found.cases]
    common.table(("sag", "hos", "status"), rows)
    for line in _shares(found):
        print(line)
    for talk in found.talks:
        print(f"Samtale med {talk.staff}: {format_moment(talk.when)}{', holdt' if talk.held else ''}")


def _state(out: str, done: date | None, instead_of: str) -> str:
    if out:
        return f"udgået: {out}"
    told = f"gennemgået {format_day(done)}" if done else "ikke gennemgået"
    return f"{told} (i stedet for {instead_of})" if instead_of else told


def _shares(found: SupervisionRound) -> list[str]:
    """Where there were too few, or cases were left out because they were drawn not long ago."""
    told = [""]
    for share in found.shares:
        eligible, left_out = int(share.get("eligible") or 0), int(share.get("left_out") or 0)
        drawn = len(share.get("drawn") or ())
        if drawn < found.wanted or left_out:
            out = f", {left_out} holdt ude (trukket inden for {found.months} måneder)" if left_out else ""
            told.append(f"{share.get('staff')}: {drawn} trukket af {common.counted(eligible, 'mulig', 'mulige')}{out}.")
    return told if len(told) > 1 else []


def sheet(loop: Supervision, given: argparse.Namespace) -> None:
    """A case's review sheet."""
    found = loop.sheet(given.words[0], given.round)
    if given.json:
        _json(loop, **sheet_json(found))
        return
    reviewed = found.reviewed
    state = f"gennemgået {format_day(reviewed.done)}" if reviewed.done else "ikke gennemgået"
    print(f"{reviewed.case} i {found.round.id}, hos {reviewed.staff}, {state}.")
    theme = ""
    for line in found.lines:
        if line.counts:
            if line.theme != theme:
                theme = line.theme
                print(f"\n{theme}")
            print(f"  {sentence(line.requirement)}: {line.answer}. {_told(line)}\n    [{line.code}, {line.clause}]")
    if not found.lines:
        print("\nIngen mål kan vurderes: sagen har ingen afgørelse, tilbud eller underretning i perioden.")
    _print_points(loop, given.words[0])


def _told(line: Line) -> str:
    why = sentence(line.why)
    return f"{line.reason} (registreringerne siger {line.dates_say}: {line.why})" if line.overridden else f"{why}."


def _print_points(loop: Supervision, case: str) -> None:
    points = loop.points(case)
    if points:
        print("\nPunkter")
    for point in points:
        if isinstance(point, Repair):
            print(f"  {_repair(point)}")
        else:
            words = {"strength": "styrke", "learning": "læring", "quality": f"{point.theme} i {point.degree} grad"}
            print(f"  {point.key} {words[point.kind]}: {point.text}".rstrip(": "))
        for reply in point.replies:
            print(f"    svar fra {reply.by}: {reply.text}")


def _repair(repair: Repair) -> str:
    day = f" til {format_day(repair.agreed)}" if repair.agreed else ""
    return f"{repair.key} rettelse{day}, {STATE[repair.state]}: {_what(repair)}"


def _what(repair: Repair) -> str:
    helps = f" Det hjælper barnet nu: {stopped(repair.helps)}" if repair.helps else ""
    return stopped(repair.text) + helps


def repairs(loop: Supervision, given: argparse.Namespace) -> None:
    """The open repairs by agreed day."""
    found = loop.repairs(closed=given.all)
    if given.json:
        _json(loop, repairs=[repair_json(repair) for repair in found])
        return
    if not found:
        print("Der er ingen åbne rettelser.")
        return
    today = local_day(loop.work.now())
    rows = [
        (
            format_day(r.agreed) if r.agreed else "-",
            r.key,
            STATE[r.state] + (", over den aftalte dag" if r.agreed and r.agreed < today and not r.closed else ""),
            _what(r),
        )
        for r in found
    ]
    common.table(("aftalt", "punkt", "status", "hvad"), rows)


def page(loop: Supervision, given: argparse.Namespace) -> None:
    """What the round showed, printed or written as files."""
    found = loop.shown(given.words[0] if given.words else given.round)
    today = local_day(loop.work.now())
    if given.json:
        _json(
            loop,
            round=found.round.id,
            reviewed=found.reviewed,
            drawn=found.drawn,
            rules=found.rules,
            measures=[count_json(count) for count in found.counts],
            strengths=list(found.strengths),
            learning=[note.text for note in found.learning],
            repairs=[repair_json(repair) for repair in found.repairs],
            caveat=of_round(found, today)["forbehold"],
        )
        return
    if given.folder:
        from guide.commands.review_writing import keep

        beside = given.folder / f"hvad-runden-viste-{found.round.id}"
        keep(lambda: files(of_round(found, today), ROUND, beside, common.own_folder(given)), given.overwrite)
        return
    context = of_round(found, today)
    print(f"Hvad runden viste: {found.round.id}, {context['gennemgaaet']}\n")
    for title, listed in (("Det lykkes", context["styrker"]), ("Det vil vi lære af sammen", context["laering"])):
        if listed:
            print(f"{title}\n" + "\n".join(f"  {text}" for text in listed) + "\n")
    if context["maal"]:
        common.table(("mål", "ikke overholdt i"), [(row["navn"], row["tal"]) for row in context["maal"]])
    print(f"\nÅbne rettelser: {context['aabne']}\n\n{context['forbehold']}")


def trend(loop: Supervision, given: argparse.Namespace) -> None:
    """The measures over the rounds."""
    found = loop.trend()
    if given.json:
        _json(
            loop,
            rounds=[{"round": s.round.id, "day": s.round.day.isoformat(), "rules": s.rules} for s in found.rounds],
            measures=[
                {
                    "code": row.code,
                    "name": row.name,
                    "requirement": row.requirement,
                    "rounds": [{"deficient": c.deficient, "relevant": c.relevant} if c else None for c in row.counts],
                }
                for row in found.rows
            ],
            notes=list(found.notes),
        )
        return
    if not found.rounds:
        print("Ingen sager er gennemgået endnu.")
        return
    told = [row for row in found.rows if any(count and count.relevant for count in row.counts)]
    rows = [(sentence(row.requirement), *(tally(c) if c else "-" for c in row.counts)) for row in told]
    common.table(("ikke overholdt i", *(one.round.id for one in found.rounds)), rows)
    common.print_below([*found.notes, OVER])


def _json(loop: Supervision, **named: object) -> None:
    common.print_json(loop.work.now(), loop.work.handbooks, **named)


ACTIONS: Mapping[str, Callable[[Supervision, argparse.Namespace], None]] = {
    "show": show,
    "open": sheet,
    "repairs": repairs,
    "page": page,
    "trend": trend,
}
