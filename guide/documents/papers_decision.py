"""Partshøring and decision, one letter for each who has a right to one: every custody holder, and the child as a party.

Under serviceloven the child gets its own from 15, under barnets lov from 10 (BL § 3), in plain words. Reasons: FVL
§§ 22-24; how to complain: FVL § 25 and the clauses of the page's step. A skeleton: what is not recorded is marked.
"""

from __future__ import annotations

from collections.abc import Sequence

from checklists.facts import Item
from guide.dialogue import words
from guide.documents.case_basis import DECISION, INVESTIGATION
from guide.documents.case_file import NO_FIELD, CaseFile, named, written
from guide.documents.case_sheet import TALK
from guide.documents.case_talk import PLAIN
from guide.documents.papers_model import LETTER, Fact, Paper, Part, gap
from guide.documents.papers_parties import Recipient, recipient

COMPLAINS_FROM = {"serviceloven": 12, "barnets_lov": 10}
"""From what age the child can complain itself (SEL § 167, BL § 145)."""

_COMMITTEE = ("ja", "formanden")


def hearing(file: CaseFile, to: str | None = None) -> Paper:
    """The partshøring to one party. Raises PaperError when there is no decision or no such party."""
    whom = recipient(file, to)
    step = _hearing_step(file, whom)
    clause = file.clause(DECISION, step, "FVL § 19, stk. 1", "BL § 3")
    against = gap("de væsentlige oplysninger, der taler imod modtageren og ikke er kendt i forvejen", NO_FIELD)
    answer_by = gap("svarfrist", NO_FIELD)
    if whom.item is None:
        parts = [
            Part("Det tænker vi på", _intro_child(file), points=[_plain(file, item) for item in file.measures]),
            Part(
                "Det har vi skrevet om dig", [against, "Er noget forkert, eller mangler der noget? Så sig det til os."]
            ),
            Part(
                "Sådan svarer du",
                [
                    f"Du kan ringe, skrive eller tale med mig. Svar gerne inden {answer_by}",
                    f"Du må have en med, som er på din side ({file.clause(TALK, 'bisidder', *_HELPER)}). "
                    "Du må også selv se din sag.",
                    "Det er ikke dig, der har ansvaret for, hvad vi beslutter. Vi vil gerne vide, hvad du tænker.",
                ],
            ),
        ]
    else:
        parts = [
            Part("Det overvejer vi", points=_measures(file) or [_no_measures(file)]),
            Part(
                "Det vil vi gerne have, du ser",
                [against, "Er noget forkert eller ufuldstændigt, så skriv eller sig det."],
            ),
            Part(
                "Dit svar",
                [
                    f"Vi beder om dit svar senest {answer_by}",
                    "Du kan svare skriftligt eller mundtligt; så skriver vi det ned. Vi træffer ikke afgørelsen, før "
                    "du har haft mulighed for at svare.",
                ],
            ),
        ]
    return Paper(
        kind="partshoering",
        case=file.case.id,
        form=LETTER,
        title="Vi vil gerne høre dig, før vi bestemmer noget" if whom.item is None else "Partshøring",
        subtitle=written(file.today),
        facts=_head(file, whom),
        parts=parts,
        foot=f"Brevet sendes efter {clause}.",
        greeting=file.greeting,
        advice=[
            "Skriv kun det, der taler imod modtageren og betyder noget for afgørelsen, og kun det, denne part må se.",
            *_told_before(file, whom, step),
        ],
        named={"til": whom.name},
    )


def decision(file: CaseFile, to: str | None = None) -> Paper:
    """The decision to one party. Raises PaperError when there is no decision or no such party."""
    whom = recipient(file, to)
    child = whom.item is None
    return Paper(
        kind="afgoerelse",
        case=file.case.id,
        form=LETTER,
        title="Det har vi bestemt" if child else "Afgørelse om støtte",
        subtitle=written(file.today),
        facts=_head(file, whom),
        parts=[
            _decided(file, child),
            _said(file, whom),
            _reasons(file, whom),
            *([] if child else [_consent(file, whom)]),
            _next(file, child),
            _complaint(file, child),
        ],
        foot=f"Reglerne om begrundelse og klage: {file.clause(DECISION, 'begrundelse')}; "
        f"{file.clause(DECISION, 'klagevejledning')}.",
        greeting=file.greeting,
        advice=["Fortæl også barnet om afgørelsen ansigt til ansigt.", *_not_taken(file)],
        named={"til": whom.name},
    )


_HELPER = ("SEL § 48 a, stk. 1", "BL § 6, stk. 1")


def _hearing_step(file: CaseFile, whom: Recipient) -> str:
    return "partshoering-barn" if whom.item is None and file.step(DECISION, "partshoering-barn") else "partshoering"


def _head(file: CaseFile, whom: Recipient) -> list[Fact]:
    return [
        Fact("modtager", "Til", f"{words.sentence(whom.name)[:-1]} {gap('navn og adresse', NO_FIELD)}"),
        Fact("dato", "Dato", written(file.today)),
        Fact("vedroerer", "Vedrører", f"Sag {file.case.id}"),
    ]


def _told_before(file: CaseFile, whom: Recipient, step: str) -> list[str]:
    record = file.done(DECISION, step, whom.item) if whom.item or step == "partshoering-barn" else None
    return [f"Partshøringen er allerede noteret {written(record.day)}."] if record else []


def _measures(file: CaseFile) -> list[str]:
    return [f"{named(item)} ({file.paragraph(item)})" for item in file.measures]


def _no_measures(file: CaseFile) -> str:
    return file.missing("hvad afgørelsen er om", DECISION, "paataenkt")


def _plain(file: CaseFile, item: Item) -> str:
    """A measure as it can be said to the child, the clause last."""
    plain = PLAIN.get(item.kind)
    text = plain[0].upper() + plain[1:] if plain else named(item)
    return f"{text} ({words.item_name(item).casefold()}, {file.paragraph(item)})"


def _intro_child(file: CaseFile) -> list[str]:
    return [] if file.measures else [_no_measures(file)]


def _not_taken(file: CaseFile) -> list[str]:
    return [] if file.done(DECISION, "truffet") else ["Afgørelsen er ikke noteret som truffet: brevet er et udkast."]


def _decided(file: CaseFile, child: bool) -> Part:
    taken = file.day_of(DECISION, "truffet", "dagen, afgørelsen er truffet")
    listed = [_plain(file, item) for item in file.measures] if child else _measures(file)
    opening = f"Vi har bestemt det {taken}:" if child else f"Kommunen har truffet afgørelse {taken} om:"
    return Part("Det er bestemt" if child else "Afgørelsen", [opening], points=listed or [_no_measures(file)])


def _said(file: CaseFile, whom: Recipient) -> Part:
    """What the recipient said itself, and nobody else's words."""
    if whom.item is None:
        told = [
            f"Om {words.item_name(item).casefold()}: "
            + file.field(TALK, "holdt", "barnets_ord", f"barnets ord om {words.item_name(item).casefold()}", item)
            for item in file.measures
        ]
        return Part("Det sagde du", points=told or [_no_measures(file)])
    said = file.field(DECISION, "partshoering", "bemaerkninger", f"svaret fra {whom.name}", whom.item)
    return Part("Det svarede du", [said])


def _reasons(file: CaseFile, whom: Recipient) -> Part:
    rules = words.joined(dict.fromkeys(file.paragraph(item) for item in file.measures)) or _no_measures(file)
    facts = gap("de oplysninger, der har vejet tungest", "De står i undersøgelsen; vælg dem, og skriv dem her")
    found = file.done(INVESTIGATION, "stillingtagen")
    rests = [f"Vi bygger på den børnefaglige undersøgelse, stillingtagen {written(found.day)}."] if found else []
    if whom.item is None:
        return Part(
            "Derfor",
            [
                gap("begrundelsen i ord, barnet forstår", "Skriv den her"),
                f"Det lagde vi vægt på: {facts}",
                f"Reglerne hedder {rules}.",
            ],
        )
    weight = file.field(DECISION, "begrundelse", "begrundelse", "de hovedhensyn, der vejede tungest")
    return Part(
        "Begrundelse",
        rests,
        facts=[
            Fact("regler", "Regler", rules),
            Fact("hensyn", "Hovedhensyn", weight),
            Fact("fakta", "Det, vi har lagt vægt på", facts),
        ],
    )


def _consent(file: CaseFile, whom: Recipient) -> Part:
    if whom.item is not None and "undtagelse" in file.answer(DECISION, "samtykke", whom.item):
        rule = file.field(DECISION, "samtykke", "bestemmelse", "bestemmelsen uden samtykke", whom.item)
        return Part("Samtykke", [f"Afgørelsen er truffet uden dit samtykke efter {rule}"])
    given = file.done(DECISION, "samtykke", whom.item)
    if given is None:
        return Part("Samtykke", [file.missing(f"samtykke fra {whom.name}", DECISION, "samtykke")])
    covers = file.field(DECISION, "samtykke", "daekker", "hvad samtykket dækker", whom.item)
    return Part("Samtykke", [f"Du gav samtykke {written(given.day)}. Det dækker: {covers}"])


def _next(file: CaseFile, child: bool) -> Part:
    purpose, length = _purpose(file)
    starts = [
        f"{named(item)}: {file.day_of(DECISION, 'ivaerksat', 'hvornår støtten begynder', item)}"
        for item in file.measures
    ]
    facts = [
        Fact("formaal", "Formål", purpose),
        Fact("varighed", "Forventet varighed", length),
        Fact("start", "Begynder", "\n".join(starts) or _no_measures(file)),
    ]
    return Part("Det sker der nu" if child else "Formål, varighed og start", facts=facts)


def _purpose(file: CaseFile) -> tuple[str, str]:
    if file.step(DECISION, "formaal-varighed"):
        return (
            file.field(DECISION, "formaal-varighed", "formaal", "formålet"),
            file.field(DECISION, "formaal-varighed", "varighed", "forventet varighed"),
        )
    return (
        file.field(file.plan, "formaal", "formaal", "formålet"),
        file.field(file.plan, "hvem-goer-hvad", "varighed", "forventet varighed"),
    )


def _complaint(file: CaseFile, child: bool) -> Part:
    """Who, where, and four weeks. A committee's decision has its own way, which no step of the page spells out."""
    own = "SEL § 168" if file.law == "serviceloven" else "BL § 146, stk. 1"
    by_committee = bool(set(_COMMITTEE) & set(file.answer(DECISION, "udvalget"))) or any(
        item.kind == "anbringelse-uden-samtykke" for item in file.measures
    )
    where = (
        gap(f"hvor klagen over udvalgets afgørelse sendes hen, {own}", "Spørg juristen; skriv det her")
        if by_committee
        else "Send klagen til os. Vi ser på sagen igen, og får du ikke ret, sender vi den videre til Ankestyrelsen."
    )
    if child:
        texts: Sequence[str] = [
            "Er du ikke enig, må du klage. Det er Ankestyrelsen, der ser på det.",
            where,
            "Du skal klage inden 4 uger fra den dag, du fik brevet.",
            "Du må få hjælp til at klage, for eksempel af din bisidder. Spørg mig, hvis noget er svært at forstå.",
        ]
        return Part("Hvis du ikke er enig", texts)
    texts = [
        "Du kan klage til Ankestyrelsen.",
        where,
        "Fristen er 4 uger fra den dag, du fik afgørelsen.",
        *_child_complains(file),
    ]
    return Part("Klagevejledning", texts)


def _child_complains(file: CaseFile) -> list[str]:
    age, start = file.age_on(file.day), COMPLAINS_FROM[file.law]
    if age is None or age < start:
        return []
    clause = file.clause(DECISION, "klagevejledning", "SEL § 167", "BL § 145")
    return [f"Et barn, der er fyldt {start} år, kan også selv klage ({clause})."]
