"""A small case asked what every measure says of it."""

from __future__ import annotations

from datetime import date

from checklists.audit import Audit, audit
from checklists.calendar import end_of_day
from checklists.measures.model import Verdict
from handbook.load import bundled
from handbook.model import Handbook, Law
from tests.checklists.build import SEL, Log

BOTH: dict[Law, Handbook] = {"serviceloven": SEL, "barnets_lov": bundled("barnets_lov")}
YEAR_2019 = ("2019-01-01", "2019-12-31")
YEAR_2024 = ("2024-01-01", "2024-12-31")


def counted(
    log: Log, period: tuple[str, str] = YEAR_2019, today: str = "", from_start: bool = True, held_by: str = ""
) -> Audit:
    """The audit of the one case; ``today`` is the period's last day unless said."""
    start, end = (date.fromisoformat(day) for day in period)
    now = end_of_day(date.fromisoformat(today) if today else end)
    return audit([("S-1", log.rows)], BOTH, (start, end), now, from_start=from_start, held_by=held_by)


def verdicts(
    log: Log, period: tuple[str, str] = YEAR_2019, today: str = "", from_start: bool = True
) -> dict[str, Verdict]:
    """Measure code -> the verdict on the case, which has to have entered."""
    found = counted(log, period, today, from_start)
    assert found.entered, "the case did not enter"
    return {c.measure.code: c.verdicts[0][1] for c in found.measures}


def said(verdict: Verdict) -> str:
    """``out``, ``ok`` or the deficiency's code."""
    return verdict.code if verdict.deficient else "ok" if verdict.relevant else "out"


def decision(
    day: str = "2019-06-03", kinds: str = "kontaktperson", born: str = "2009-11", known: str = "2018-01-01"
) -> Log:
    """A decision about measures m1, m2 ... of these kinds, in order but for talk, investigation and plan."""
    log = Log(known, born)
    begun = f"{day[:8]}01"
    log.item("f1", begun, "forældremyndighedsindehaver", "", label="forælder A")
    log.run("afgoerelse-1", begun)
    items = []
    for number, kind in enumerate(kinds.split(), 1):
        log.item(f"m{number}", begun, kind=kind)
        items.append(f"m{number}")
    log.step("afgoerelse-1/partshoering", begun, "hoert", items="f1")
    log.step("afgoerelse-1/samtykke", begun, "skriftligt", items="f1")
    log.step("afgoerelse-1/truffet", day, items=" ".join(items))
    log.step("afgoerelse-1/begrundelse", day, "skriftligt")
    log.step("afgoerelse-1/klagevejledning", day, "sendt")
    return log
