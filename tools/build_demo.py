"""The 20 published audit cases (Stevns 2020) as an event log. All persons are fictional.

    python -m tools.build_demo          writes guide/demo/stevns-2020.csv

What the published table says is in ``CASES``; everything it does not mention is encoded as done in time. A test holds
the file equal to what this module writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tools.demo_log import CaseLog, shift, write

TARGET = Path(__file__).resolve().parent.parent / "guide" / "demo" / "stevns-2020.csv"
REVIEWED = "2020-02-17"
PLACEMENT, FAMILY, CONTACT = "anbringelse", "familiebehandling", "kontaktperson"
LABELS = {PLACEMENT: "anbringelse", FAMILY: "familiebehandling", CONTACT: "kontaktperson"}


@dataclass(frozen=True)
class Decided:
    """A case with a decision. Days are ISO. ``talk`` is a day, or a ground for leaving it out."""

    case: str
    by: str
    born: str
    measures: tuple[str, ...]
    trigger: str
    decision: str
    start: str
    investigation: tuple[str, str] | None
    """Day decided and day finished ("" = never); None when the decision rests on an earlier one."""
    talk: str
    talk_note: str = ""
    talk_by: str = "myndighedssagsbehandler"
    talk_measures: str = ""
    plan: str = ""
    child: str = "tilstraekkelig"
    parents: str = "tilstraekkelig"
    basis: str = "tilstraekkelig"
    update: bool = False
    earlier: str = ""
    """When the earlier investigation is from, where the decision rests on one."""
    provisional: bool = False
    holders: int = 1
    without: tuple[str, ...] = ()
    """Steps that were never taken, beyond those told by the other fields."""
    trigger_note: str = ""


CASES = (
    Decided("D1", "LH", "2017-08", (FAMILY,), "2018-08-14", "2019-11-13", "2019-11-18", ("2019-04-29", ""),
            "modenhed", "2 år", child="ikke-relevant", trigger_note="fra egen læge ved etårsundersøgelsen"),
    Decided("D2", "MK", "2015-02", (PLACEMENT,), "2019-03-01", "2019-06-28", "2019-06-28",
            ("2019-03-15", "2019-08-26"), "modenhed", "4 år", plan="2019-06-26", child="ikke-relevant",
            provisional=True),
    Decided("D3", "AS", "2014-01", (FAMILY,), "2019-02-20", "2019-06-03", "2019-06-10", ("2019-03-04", "2019-05-15"),
            "modenhed", "flere forsøg noteret", plan="2019-05-28", child="ikke-relevant", update=True),
    Decided("D4", "PB", "2013-03", (FAMILY,), "2019-04-02", "2019-08-19", "2019-08-26", None,
            "alder+formaal", child="utilstraekkelig", parents="utilstraekkelig", earlier="en anden kommunes",
            without=("barnet", "foraeldre"), trigger_note="fra en anden kommune"),
    Decided("D5", "LH", "2009-11", (PLACEMENT,), "2019-03-11", "2019-10-09", "2019-10-10",
            ("2019-03-25", "2019-09-25"), "2019-10-10", "ved afhentningen", plan="2019-11-04",
            child="utilstraekkelig"),
    Decided("D6", "MK", "2006-05", (CONTACT,), "2019-02-18", "2019-12-12", "2019-12-16", ("2019-02-25", "2019-06-10"),
            "2019-06-06", "kun den eksterne leverandør talte med barnet", talk_by="ekstern", child="utilstraekkelig",
            parents="utilstraekkelig"),
    Decided("D7", "AS", "2002-02-21", (PLACEMENT,), "2019-10-01", "2019-11-20", "2019-11-22", None, "2019-11-15",
            plan="2020-01-10", child="utilstraekkelig", parents="utilstraekkelig", earlier="november 2015"),
    Decided("D8", "PB", "2004-01", (PLACEMENT,), "2019-04-08", "2019-06-19", "2019-06-24", None, "2019-06-05",
            plan="2019-07-12", earlier="december 2017"),
    Decided("D9", "LH", "2007-03", (PLACEMENT,), "2018-11-05", "2019-11-06", "2019-11-11",
            ("2018-11-19", "2019-07-03"), "2019-10-28", "anbringelse i plejefamilie", plan="2019-12-02"),
    Decided("D10", "MK", "2005-06", (FAMILY, CONTACT), "2019-02-19", "2020-01-15", "2020-01-20",
            ("2019-03-05", "2019-12-04"), "2020-01-06", "kun om familiebehandling", talk_measures="m1",
            child="utilstraekkelig", parents="utilstraekkelig", without=("stoetteart",)),
    Decided("D11", "AS", "2003-04", (FAMILY,), "2019-05-06", "2019-09-18", "2019-09-23", ("2019-05-13", "2019-08-30"),
            "2019-09-10", plan="2019-09-12", basis="utilstraekkelig", without=("foraeldrekompetencer",)),
    Decided("D12", "PB", "2008-09", (FAMILY,), "2018-03-01", "2019-12-03", "2019-12-09", ("2018-03-20", ""),
            "2019-12-20", child="utilstraekkelig", parents="utilstraekkelig", holders=2, without=("forælder B",)),
    Decided("D13", "LH", "2004-05", (CONTACT,), "2019-06-03", "2019-09-20", "2019-09-25", None, "2019-10-02",
            child="utilstraekkelig", parents="utilstraekkelig", holders=2, without=("forælder B",),
            earlier="en tidligere; forholdene er ændret"),
    Decided("D14", "MK", "2003-06", (CONTACT,), "2018-04-26", "2019-12-11", "2019-12-16", ("2018-05-03", "2019-11-29"),
            "2019-12-05", plan="2020-01-20", without=("foraeldrekompetencer",)),
)  # fmt: skip


def decided(facts: Decided) -> CaseLog:
    """One case with a decision, from notification to follow-up and review."""
    log = CaseLog(facts.case, facts.by)
    log.open_case(facts.trigger, facts.born, "raadgivning")
    holders = ["f1", "f2"][: facts.holders]
    for number, holder in enumerate(holders):
        log.item(holder, facts.trigger, "forældremyndighedsindehaver", "", f"forælder {'AB'[number]}")
    heard = ["f1"] if "forælder B" in facts.without else holders
    if "foraeldre" in facts.without:
        heard = []
    way = "undersoegelse"
    involves_child = "barnet" not in facts.without
    notification(log, "underretning-1", facts.trigger, way, heard, involves_child, facts.trigger_note)
    if facts.case == "D4":
        notification(log, "underretning-2", "2019-05-14", way, heard, involves_child, "fra moren", "borger")
    if facts.investigation:
        investigation(log, facts, heard)
    decision(log, facts, holders)
    talk(log, facts)
    plan(log, facts)
    followed_up(log, facts.start, facts.measures)
    if facts.case == "D7":
        aftercare(log, facts.decision)
    review(log, facts.child, facts.parents, facts.basis)
    return log


def notification(
    log: CaseLog, run: str, received: str, way: str, heard: list[str], child: bool, note: str, who: str = "fagperson"
) -> None:
    """A notification handled in time: assessed the same day, confirmed within three days."""
    opened = {"opened_by": "underretning-1"} if run == "underretning-2" else {}
    log.run(run, received, **opened)
    log.step(run, "modtaget", f"{received}T09:40", note=note)
    log.step(run, "underretter", f"{received}T09:45", who)
    log.step(run, "overgreb", f"{received}T09:50", "nej")
    log.step(run, "registreret", f"{received}T10:10")
    log.step(run, "risikovurdering", f"{received}T13:30",
             {"valg": "nej", "begrundelse": "fiktiv: ingen akut fare oplyst", "vurderet_af": log.by})  # fmt: skip
    log.step(run, "kvittering", shift(received, 1), "sendt")
    if child:
        log.step(run, "barnet", shift(received, 6))
    for holder in heard:
        log.step(run, "foraeldre", shift(received, 7), items=holder)
    log.step(run, "vej", shift(received, 9), way)
    if who == "fagperson":
        log.step(run, "besked-fagperson", shift(received, 14))


def investigation(log: CaseLog, facts: Decided, heard: list[str]) -> None:
    """The børnefaglige undersøgelse with every part in place, but for those the case went without."""
    assert facts.investigation is not None
    begun, finished = facts.investigation
    run = "boernefaglig-undersoegelse-1"
    log.run(run, begun, opened_by="underretning-1")
    log.step(run, "besluttet", begun)
    log.step(run, "art", begun, "opdatering" if facts.update else "ny")
    written = {"underretning": "underretning-1"}
    log.step(run, "udloesende", facts.trigger, written, note="skrevet på undersøgelsen som dens start")
    log.step(run, "undersoegelsesplan", shift(begun, 2))
    log.step(run, "fokus", shift(begun, 2), {"valg": ["udvikling-adfaerd", "familieforhold", "skoleforhold"]})
    early = facts.talk == "modenhed"
    log.step(run, "boernesamtale", shift(begun, 21), "undladt-modenhed" if early else "holdt")
    for holder in heard:
        log.step(run, "foraeldre", shift(begun, 24), items=holder)
    if not finished:
        return
    log.step(run, "netvaerk", shift(begun, 30))
    log.step(run, "fagfolk", shift(begun, 34))
    if "foraeldrekompetencer" not in facts.without:
        log.step(run, "foraeldrekompetencer", shift(begun, 40))
    log.step(run, "soeskende", shift(begun, 41))
    log.step(run, "analyse", shift(finished, -5))
    log.step(run, "vurdering", shift(finished, -4))
    position = {
        "valg": "stoette",
        "stoetteart": " og ".join(LABELS[m] for m in facts.measures),
        "barnets_holdning": "fiktiv: barnets syn er beskrevet",
        "foraeldrenes_holdning": "fiktiv: forældrenes syn er beskrevet",
    }
    if "stoetteart" in facts.without:
        del position["stoetteart"]
    log.step(run, "stillingtagen", shift(finished, -2), position)
    log.step(run, "afsluttet", finished, "stoette")


def decision(log: CaseLog, facts: Decided, holders: list[str]) -> None:
    """The decision with hearing, consent and reasons; each measure is put into effect on the same day."""
    run = "afgoerelse-1"
    opened = "boernefaglig-undersoegelse-1" if facts.investigation else "underretning-1"
    begun = shift(facts.decision, -16)
    log.run(run, begun, opened_by=opened)
    items = [f"m{n}" for n in range(1, len(facts.measures) + 1)]
    for item, kind in zip(items, facts.measures, strict=True):
        log.item(item, begun, "foranstaltning", kind, LABELS[kind], "tilsigtet")
    every = ",".join(items)
    log.step(run, "paataenkt", begun, items=every)
    log.step(run, "tempo", begun, "foreloebig" if facts.provisional else "kan-vente")
    log.step(run, "grundlag", shift(facts.decision, -10), rests_on(facts), note=facts.earlier)
    for holder in holders:
        log.step(run, "partshoering", shift(facts.decision, -7), items=holder)
        log.step(run, "samtykke", shift(facts.decision, -3), items=holder)
    if PLACEMENT in facts.measures and facts.born < "2005":
        log.step(run, "samtykke-ung", shift(facts.decision, -3))
    log.step(run, "truffet", facts.decision, items=every)
    log.step(run, "begrundelse", facts.decision)
    log.step(run, "klagevejledning", facts.decision)
    for item in items:
        log.step(run, "ivaerksat", facts.start, items=item)
    if PLACEMENT in facts.measures:
        log.step(run, "stoetteperson", facts.start)


def rests_on(facts: Decided) -> dict[str, str]:
    """Which investigation the decision rests on."""
    if facts.investigation is None:
        return {"valg": "tidligere"}
    if facts.provisional:
        return {"valg": "foreloebig"}
    return {"valg": "opdateret" if facts.update else "ny"}


def talk(log: CaseLog, facts: Decided) -> None:
    """The child talk, or what was written instead of it."""
    run = "boernesamtale-1"
    begun = shift(facts.decision, -16)
    log.run(run, begun, serves="afgoerelse-1")
    items = ",".join(f"m{n}" for n in range(1, len(facts.measures) + 1))
    if facts.talk[:2] == "20":
        log.step(run, "bisidder", begun)
        value = {"holdt_af": facts.talk_by}
        log.step(run, "holdt", facts.talk, value, facts.talk_measures or items, facts.talk_note)
        return
    if facts.case == "D3":
        for back in (13, 9):
            tried = {"status": "attempted", "why": "barnet kunne ikke rumme samtalen", "outcome": "failed"}
            log.step(run, "holdt", shift(facts.decision, -back), tried, items)
    grounds = facts.talk.split("+")
    reason = {"valg": grounds if len(grounds) > 1 else grounds[0], "begrundelse": facts.talk_note or "fiktiv"}
    log.step(run, "undladelse", shift(facts.decision, -6), reason, items)
    log.step(run, "anden-vej", shift(facts.decision, -5), items=items)


def plan(log: CaseLog, facts: Decided) -> None:
    """The handleplan, on the day it was made."""
    log.run("handleplan-1", shift(facts.decision, -12), serves="afgoerelse-1")
    if facts.provisional:
        log.step("handleplan-1", "formaal", shift(facts.plan, -1))
    if facts.plan:
        log.step("handleplan-1", "maal", shift(facts.plan, -1))
        log.step("handleplan-1", "udarbejdet", facts.plan)
        if PLACEMENT in facts.measures:
            log.step("handleplan-1", "udleveret", max(facts.plan, facts.start))


def followed_up(log: CaseLog, start: str, measures: tuple[str, ...]) -> None:
    """The first follow-up where it fell due, and for a placement the first visits."""
    items = ",".join(f"m{n}" for n in range(1, len(measures) + 1))
    log.run("opfoelgning-1", start, serves="afgoerelse-1")
    if shift(start, 84) <= REVIEWED:
        log.step("opfoelgning-1", "vurdering", shift(start, 84), "fortsaet", items)
    if PLACEMENT in measures:
        log.run("personrettet-tilsyn-1", start, serves="afgoerelse-1")
        for after in (60, 200):
            if shift(start, after) <= REVIEWED:
                log.step("personrettet-tilsyn-1", "besoeg", shift(start, after), {"sted": "anbringelsesstedet"}, "m1")


def aftercare(log: CaseLog, when: str) -> None:
    """Decided together with the placement: the six months before 18 had already begun."""
    log.run("eftervaern-1", when, serves="afgoerelse-1")
    log.step("eftervaern-1", "plan", when)
    log.step("eftervaern-1", "stillingtagen", when)


def review(log: CaseLog, child: str, parents: str, basis: str) -> None:
    """The reviewers' own judgements, recorded as theirs."""
    run = "sagsgennemgang-1"
    log.run(run, REVIEWED)
    for step, judged in (("barnet", child), ("foraeldre", parents), ("stoettegrundlag", basis)):
        log.step(run, step, REVIEWED, judged, by="TF", note="vurdering ved sagsgennemgangen")


def early_help(case: str, by: str, born: str, trigger: str, offered: str) -> CaseLog:
    """A delimited problem met by an offer after § 11, stk. 3."""
    log = CaseLog(case, by)
    log.open_case(trigger, born, "forebyggelse")
    log.item("f1", trigger, "forældremyndighedsindehaver", "", "forælder A")
    notification(log, "underretning-1", trigger, "tidlig-indsats", ["f1"], True, "")
    log.run("screening-1", shift(trigger, 9), opened_by="underretning-1")
    log.step("screening-1", "egen-vurdering", shift(trigger, 9),
             {"valg": "tilbud", "tekst": "fiktiv: afgrænset problem"})  # fmt: skip
    for question, answer in (("afgraenset", "ja"), ("kompleks", "nej"), ("tidligere-indsats", "nej"),
                             ("overgreb", "nej"), ("anbringelse", "nej"), ("ventetid", "nej"),
                             ("saerlig-stoette", "nej")):  # fmt: skip
        log.step("screening-1", question, shift(trigger, 9), answer)
    log.step("screening-1", "vejvalg", shift(trigger, 10),
             {"valg": "tilbud", "begrundelse": "fiktiv: afgrænset problem, som tilbuddet kan møde"})  # fmt: skip
    log.run("tidlig-indsats-1", offered, opened_by="screening-1")
    ends = shift(offered, 182)
    log.step("tidlig-indsats-1", "tilbud", offered, {"valg": "konsulentbistand", "planlagt_slut": ends})
    log.step("tidlig-indsats-1", "maal", offered)
    log.step("tidlig-indsats-1", "opstart", shift(offered, 7))
    if ends <= REVIEWED:
        log.step("tidlig-indsats-1", "opfoelgning", shift(ends, -6))
        log.step("tidlig-indsats-1", "skift", shift(ends, -6), "nej")
        log.step("tidlig-indsats-1", "afsluttet", ends)
    review(log, "ikke-relevant", "ikke-relevant", "tilstraekkelig")
    return log


def placed_before(
    case: str, by: str, born: str, follow_ups: tuple[str, ...], visits: tuple[tuple[str, str], ...]
) -> CaseLog:
    """A placement from 2017, known here from the period's start, with its follow-ups and visits."""
    log = CaseLog(case, by)
    log.open_case("2019-02-17", born, "raadgivning")
    log.item("f1", "2017-01-01", "forældremyndighedsindehaver", "", "forælder A")
    log.item("m1", "2017-05-15", "foranstaltning", PLACEMENT, "anbringelse")
    log.run("afgoerelse-1", "2017-05-15")
    log.step("afgoerelse-1", "paataenkt", "2017-05-15", items="m1")
    log.step("afgoerelse-1", "truffet", "2017-06-01", items="m1")
    log.step("afgoerelse-1", "begrundelse", "2017-06-01")
    log.step("afgoerelse-1", "klagevejledning", "2017-06-01")
    log.step("afgoerelse-1", "ivaerksat", "2017-06-12", items="m1")
    log.step("afgoerelse-1", "stoetteperson", "2017-06-12")
    log.run("opfoelgning-1", "2017-06-12", serves="afgoerelse-1")
    for held in follow_ups:
        log.step("opfoelgning-1", "vurdering", held, "fortsaet", "m1")
    log.run("personrettet-tilsyn-1", "2017-06-12", serves="afgoerelse-1")
    for held, place in visits:
        note = "" if place == "anbringelsesstedet" else "på efterskolen"
        log.step("personrettet-tilsyn-1", "besoeg", held, {"sted": place}, "m1", note)
    review(log, "ikke-relevant", "ikke-relevant", "tilstraekkelig")
    return log


def demo() -> list[CaseLog]:
    """All 20 cases."""
    there, elsewhere = "anbringelsesstedet", "andet-sted"
    return [
        *(decided(facts) for facts in CASES),
        early_help("E1", "AS", "2016-02", "2019-05-02", "2019-05-20"),
        early_help("E2", "PB", "2012-06", "2019-08-12", "2019-09-02"),
        early_help("E3", "LH", "2009-04", "2019-10-07", "2019-10-21"),
        placed_before("O1", "MK", "2002-11", ("2018-10-16", "2019-04-10", "2019-10-01"),
                      (("2018-11-20", there), ("2019-05-08", there), ("2019-09-17", elsewhere),
                       ("2019-12-03", elsewhere))),
        placed_before("O2", "AS", "2004-08", ("2018-09-25", "2019-03-20", "2019-09-12"),
                      (("2018-10-23", there), ("2019-04-04", there), ("2019-10-10", there))),
        placed_before("O3", "PB", "2003-09", ("2018-11-12", "2019-05-06", "2019-10-30"),
                      (("2018-11-27", there), ("2019-05-20", there), ("2019-11-18", there))),
    ]  # fmt: skip


if __name__ == "__main__":
    TARGET.write_text(write(demo()), encoding="utf-8")
