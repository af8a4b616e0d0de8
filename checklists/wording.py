"""How a fault is said: calm, short, with the day spelled out and what helps now. Never a verdict on a person."""

from __future__ import annotations

from datetime import date

from checklists.states import Kind

MONTHS = ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")


def spell(day: date) -> str:
    """A day as Danes write it: ``9. okt. 2019``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


MEND: dict[Kind, str] = {
    "overdue": "Gør det nu, eller notér, hvad I venter på. Skriv årsagen, så din leder kan hjælpe.",
    "order": "Rækkefølgen kan ikke gøres om. Notér hvorfor, og tal med din leder om, hvad der hjælper nu.",
    "late": "Det er gjort, og fristen kan ikke reddes. Er årsagen noteret, kan den forebygges næste gang.",
    "deficient": "Se på, hvad der kan rettes nu, og notér det.",
    "stale": "Opdatér undersøgelsen, eller skriv, hvorfor den stadig dækker.",
    "planned late": "Find en tidligere dag, eller notér, hvorfor det ikke kan nås.",
    "judgement": "Tal vurderingen igennem med din leder, og aftal, hvad der hjælper barnet nu.",
    "idle": "Tag et kort blik på sagen: Hvad venter den på, og hvem kan hjælpe den videre?",
}
"""What helps when the page has no **Ret op:** of its own, or when that does not fit."""

LATE: frozenset[Kind] = frozenset({"late", "planned late"})
"""Faults of something that is done or agreed, only too late: the page's **Ret op:** says how to do what is missing."""


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """The text as it stands inside a sentence: its first letter small, unless it is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def missing(name: str, deadline: date | None, before: str, since: date) -> str:
    """A step not done: its deadline passed, or what it had to come before has happened."""
    if deadline is not None:
        return sentence(f"{name} mangler. Fristen var {spell(deadline)}.")
    return sentence(f"{name} mangler og skulle ligge før {within(before)} {spell(since)}.")


def wrong_order(name: str, day: date, before: bool, other: str, other_day: date) -> str:
    """A step done on the wrong side of another."""
    side = "før" if before else "efter"
    return sentence(f"{name} er noteret {spell(day)} og skulle ligge {side} {within(other)} {spell(other_day)}.")


def late(name: str, day: date, deadline: date) -> str:
    """A step done after its deadline, on another day or only at a later hour of the same."""
    after = "men efter fristens klokkeslæt" if day == deadline else f"efter fristen {spell(deadline)}"
    return sentence(f"{name} er noteret {spell(day)}, {after}.")


def planned_late(name: str, day: date, deadline: date) -> str:
    """A step agreed for a day after its deadline."""
    return sentence(f"{name} er aftalt til {spell(day)}, men fristen er {spell(deadline)}.")


def visits_missing(name: str, deadline: date, times: int, months: int, elsewhere: int) -> str:
    """Too few visits in the window; those that took place elsewhere are named because they explain it."""
    text = sentence(
        f"{name}: der skulle være {times} på {months} måneder, og det næste skulle være holdt {spell(deadline)}."
    )
    if elsewhere:
        counted = "1 samtale et andet sted tæller" if elsewhere == 1 else f"{elsewhere} samtaler andre steder tæller"
        text += f" {counted} ikke med."
    return text


def local_late(name: str, day: date, target: date) -> str:
    """A step done after the municipality's own target."""
    return sentence(f"{name} er noteret {spell(day)}, efter det lokale mål {spell(target)}.")


def local_missing(name: str, target: date) -> str:
    """A step not done by the municipality's own target."""
    return sentence(f"{name} mangler. Det lokale mål var {spell(target)}.")


def before_measure(name: str, day: date, measure: str, intended: date) -> str:
    """A consent or a hearing from before one of the measures was intended."""
    return sentence(f"{name} er fra {spell(day)}, før {measure} kom med {spell(intended)}, og var ikke om det")
