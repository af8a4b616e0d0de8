"""Any case at all, for properties: runs of both laws with whatever can be recorded in them, over New Year 2023/24."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from handbook.load import bundled
from handbook.model import Step
from tests.checklists.build import SEL, Log, Row

PAGES: dict[str, tuple[Step, ...]] = {}
for _book in (SEL, bundled("barnets_lov")):
    for _page in _book.procedures.values():
        PAGES[_page.id] = (*PAGES.get(_page.id, ()), *_page.steps)

OFTEN = [
    "underretning",
    "boernefaglig-undersoegelse",
    "afgoerelse",
    "boernesamtale",
    "opfoelgning",
    "personrettet-tilsyn",
]
STATUSES = st.sampled_from(["", "", "", "", "planned", "attempted", "awaiting", "left out", "withdrawn"])
DAYS = st.dates(date(2022, 6, 1), date(2025, 6, 1))


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """A case of two measures, two custody holders, holders that change and up to thirty records."""
    known = draw(st.sampled_from(["2022-06-01", "2023-11-01"]))
    log = Log(known, draw(st.sampled_from(["2008-02", "2008-02-21", "2014-12", ""])))
    for staff in draw(st.lists(st.sampled_from(["LH", "MK"]), max_size=3)):
        log.holder(staff, draw(DAYS).isoformat())
    for item, kind in (("m1", "anbringelse"), ("m2", "kontaktperson")):
        end = draw(st.none() | DAYS)
        log.item(item, draw(DAYS).isoformat(), "foranstaltning", kind, **({"to": end.isoformat()} if end else {}))
    for item in ("f1", "f2"):
        log.item(item, draw(DAYS).isoformat(), "forældremyndighedsindehaver", "")
    opened: dict[str, str] = {}
    chosen = st.sampled_from(OFTEN) | st.sampled_from(sorted(PAGES))
    for procedure in draw(st.lists(chosen, min_size=1, max_size=6)):
        run = f"{procedure}-{1 + sum(1 for r in opened if r.startswith(procedure))}"
        kin = draw(st.sampled_from(["", *opened]))
        relation = draw(st.sampled_from(["serves", "opened_by"]))
        log.run(run, draw(DAYS).isoformat(), **({relation: kin} if kin else {}))
        opened[run] = procedure
    ids: list[str] = []
    for _ in range(draw(st.integers(0, 30))):
        ids.append(_record(draw, log, opened, ids))
    return log.rows


def _record(draw: st.DrawFn, log: Log, opened: dict[str, str], ids: list[str]) -> str:
    run = draw(st.sampled_from(sorted(opened)))
    step = draw(st.sampled_from(PAGES[opened[run]]))
    status = draw(STATUSES)
    value: dict[str, object] = {"status": status} if status else {}
    if status == "planned":
        value["agreed"] = draw(DAYS).isoformat()
    if step.choices and step.choice_field:
        value[step.choice_field.name] = draw(st.sampled_from(step.choices)).id
    when = draw(DAYS).isoformat() + draw(st.sampled_from(["", " 09:30"]))
    items = draw(st.sampled_from(["", "m1", "m1 m2", "f1", "f2"]))
    replaces = draw(st.sampled_from(["", "", "", *ids]))
    return log.step(f"{run}/{step.id}", when, value or None, items, replaces)
