"""What an indstillingsark says of why: what set the case going, and what has been found out since."""

from __future__ import annotations

from guide.documents.case_file import CaseFile, written
from guide.documents.papers_model import Fact, Part

INVESTIGATION, LIGHTER, DECISION, NOTIFIED = "boernefaglig-undersoegelse", "afdaekning", "afgoerelse", "underretning"


def background(file: CaseFile) -> Part:
    """What set the case going, when, and what the worry was."""
    received = file.done(NOTIFIED, "modtaget")
    who = file.chosen(NOTIFIED, "underretter", "hvem der underrettede")
    if received is not None:
        trigger = f"Underretning, modtaget {written(received.at or received.day)}"
    else:
        trigger = file.field(INVESTIGATION, "udloesende", "grund", "hvad der satte sagen i gang")
    return Part(
        "Anledning",
        facts=[
            Fact("anledning", "Hvad satte sagen i gang", trigger),
            Fact("underretter", "Fra", who),
            Fact("bekymring", "Bekymringen", file.field(NOTIFIED, "modtaget", "bekymring", "bekymringen")),
            Fact("kendskab", "Kommunen vidste det fra", _known_from(file)),
        ],
    )


def _known_from(file: CaseFile) -> str:
    record = file.done(INVESTIGATION, "udloesende") or file.done(NOTIFIED, "modtaget")
    if record is None:
        return file.missing("dagen, de 4 måneder regnes fra", INVESTIGATION, "udloesende")
    return written(record.day)


def basis(file: CaseFile) -> list[Part]:
    """What the decision rests on: the investigation, the afdækning, or both where both are begun."""
    grounds = file.answer(DECISION, "grundlag")
    lighter = file.near(LIGHTER)
    only = "afdaekning" in grounds or (lighter is not None and file.near(INVESTIGATION) is None)
    return [*([_lighter(file)] if only or (lighter and lighter.run) else []), *([] if only else [_investigation(file)])]


def _investigation(file: CaseFile) -> Part:
    def said(key: str, name: str, step: str, field: str, what: str) -> Fact:
        return Fact(key, name, file.field(INVESTIGATION, step, field, what))

    updated = file.records(INVESTIGATION, "opdatering")
    return Part(
        "Undersøgelse og begrundet stillingtagen",
        facts=[
            Fact("grundlag", "Bygger på", file.chosen(DECISION, "grundlag", "hvad afgørelsen bygger på")),
            Fact("stadig", "Stadig dækkende", _still(file)),
            Fact("faerdig", "Undersøgelsen færdig", file.day_of(INVESTIGATION, "afsluttet", "dagen")),
            *([Fact("opdateret", "Opdateret", written(updated[-1].day))] if updated else []),
            Fact("stillingtagen", "Stillingtagen", _position(file)),
            said("hvorfor", "Begrundelse", "stillingtagen", "begrundelse", "begrundelsen"),
            said("vurdering", "Faglig vurdering", "vurdering", "vurdering", "den faglige vurdering"),
            said("stoetteart", "Hvilken støtte", "stillingtagen", "stoetteart", "hvilken slags støtte"),
            said("barnets_holdning", "Barnets syn", "stillingtagen", "barnets_holdning", "barnets syn på støtten"),
            said(
                "foraeldrenes_holdning", "Forældrenes syn", "stillingtagen", "foraeldrenes_holdning", "forældrenes syn"
            ),
            _needs(file),
        ],
    )


def _still(file: CaseFile) -> str:
    if not file.answer(DECISION, "grundlag"):
        return file.missing("hvad afgørelsen bygger på", DECISION, "grundlag")
    if "tidligere" not in file.answer(DECISION, "grundlag"):
        return "Ikke relevant: afgørelsen bygger ikke på en ældre undersøgelse"
    return file.field(DECISION, "grundlag", "stadig_daekkende", "hvorfor en ældre undersøgelse stadig dækker")


def _position(file: CaseFile) -> str:
    record = file.done(INVESTIGATION, "stillingtagen")
    label = file.chosen(INVESTIGATION, "stillingtagen", "den begrundede stillingtagen")
    return f"{label} ({written(record.day)})" if record else label


def _lighter(file: CaseFile) -> Part:
    def said(key: str, name: str, field: str, what: str) -> Fact:
        return Fact(key, name, file.field(LIGHTER, "konklusion", field, what))

    return Part(
        "Afdækning",
        facts=[
            Fact("grundlag", "Bygger på", file.chosen(DECISION, "grundlag", "hvad afgørelsen bygger på")),
            Fact("faerdig", "Afdækningen færdig", file.day_of(LIGHTER, "afsluttet", "dagen")),
            Fact("stillingtagen", "Stillingtagen", file.chosen(LIGHTER, "afsluttet", "hvad afdækningen peger på")),
            said("fund", "Det viste den", "fund", "det, afdækningen har vist"),
            said("vurdering", "Faglig vurdering", "vurdering", "den faglige vurdering"),
            said("barnets_holdning", "Barnets syn", "barnets_syn", "barnets syn"),
            said("foraeldrenes_holdning", "Forældrenes syn", "foraeldrenes_syn", "forældrenes syn"),
            _needs(file),
        ],
    )


def _needs(file: CaseFile) -> Fact:
    what = "de behov, støtten er til for"
    return Fact("behov", "Udækkede behov", file.field(DECISION, "paataenkt", "problem", what))
