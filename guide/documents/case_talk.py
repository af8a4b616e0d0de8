"""The sheet a caseworker prepares a child talk with: what is considered, what the child has said, what to tell and ask.

The questions are suggestions in plain words for the child's age, not a form to be filled in.
"""

from __future__ import annotations

from collections.abc import Mapping

from checklists.facts import Item
from guide.dialogue import words
from guide.documents.case_basis import DECISION, INVESTIGATION
from guide.documents.case_file import CaseFile
from guide.documents.case_handover import child_talks
from guide.documents.case_sheet import TALK
from guide.documents.papers_model import SHEET, Fact, Paper, PaperError, Part

PARTY_AGE = {"serviceloven": 15, "barnets_lov": 10}
"""From what age the child is a party to the decision (SEL: the young from 15, with consent; BL § 3)."""

PLAIN: Mapping[str, str] = {
    "dagtilbud": "at du skal gå et sted i løbet af dagen, hvor der er andre børn og voksne, der kan hjælpe",
    "praktisk-stoette": "at der kommer en voksen hjem til jer og hjælper i hverdagen",
    "familiebehandling": "at du og din familie taler med en, der kan hjælpe jer med at få det bedre sammen",
    "doegnophold": "at du og din familie bor et sted i en tid, hvor der er voksne til at hjælpe jer",
    "aflastning": "at du nogle gange er hos en anden familie, for eksempel i en weekend",
    "kontaktperson": "at du får en voksen, der er din, og som du kan tale med og lave noget med",
    "anbringelse": "at du i en tid skal bo et andet sted end hjemme",
    "anbringelse-uden-samtykke": "at du i en tid skal bo et andet sted end hjemme",
    "praktiktilbud": "at du prøver et arbejde i praktik",
    "eftervaern": "at du også får hjælp, efter at du er fyldt 18",
    "anden": "at du eller din familie får hjælp",
}
"""Kind of measure -> how it can be said to a child, after "Vi tænker på, …"."""

_ASK: tuple[tuple[int, tuple[str, ...]], ...] = (
    (
        7,
        (
            "Vil du vise mig eller tegne, hvor du bor, og hvem der er der?",
            "Hvornår er det rart hjemme? Hvornår er det ikke rart?",
            "Hvem går du hen til, når du er ked af det?",
        ),
    ),
    (
        10,
        (
            "Fortæl mig om en helt almindelig dag, fra du står op, til du sover.",
            "Hvad er godt lige nu, og hvad må gerne blive anderledes?",
            "Hvem hjælper dig, når noget er svært?",
        ),
    ),
    (
        15,
        (
            "Hvordan ser en helt almindelig dag ud for dig?",
            "Hvad fungerer, og hvad gør ikke?",
            "Hvad synes du selv, der skal til? Hvem vil du gerne have hjælp af?",
        ),
    ),
    (
        99,
        (
            "Hvordan har du det for tiden, hjemme, i skolen og med vennerne?",
            "Hvad vil du gerne kunne om et år? Hvad står i vejen?",
            "Hvilken hjælp giver mening for dig, og hvad vil du ikke have?",
        ),
    ),
)
"""Below this age -> questions about the child's life."""


def preparation(file: CaseFile, item: Item | None = None) -> Paper:
    """The sheet for the talk before the decision, about ``item`` alone or about every measure.

    Raises PaperError when there is no decision.
    """
    file.need_decision()
    about = (item,) if item is not None else file.measures
    if not about:
        raise PaperError("Afgørelsen har ingen påtænkte foranstaltninger endnu. Skriv dem ind, så følger samtalen dem.")
    return Paper(
        kind="boernesamtale",
        case=file.case.id,
        form=SHEET,
        title="Forberedelse til børnesamtalen",
        subtitle=file.subtitle(),
        facts=[
            Fact("barn", "Barnet", f"Sag {file.case.id}, {file.child}"),
            Fact("hvornaar", "Samtalen", _when(file, about)),
            Fact("form", "Form", file.told(TALK, "ramme", "hvor og hvordan samtalen holdes")),
            Fact("bisidder", "Bisidder", file.told(TALK, "bisidder", "om barnet ved, at det må have en bisidder med")),
            Fact("hjemmel", "Lov", file.clause(TALK, "holdt")),
        ],
        parts=[
            Part("Fortæl barnet", points=_tell(file)),
            *(_measure(file, one) for one in about),
            Part("Spørg om hverdagen", points=_everyday(file)),
            Part("Det har barnet sagt før", points=child_talks(file) or [_nothing_said(file)]),
            Part("Bagefter", points=_afterwards(file)),
        ],
        foot="Hold samtalen selv og før afgørelsen. Skriv barnets egne ord for sig og din vurdering for sig.",
    )


def _when(file: CaseFile, about: tuple[Item, ...]) -> str:
    told = [
        file.said(step, record)
        for one in about
        if (step := file.step(TALK, "holdt"))
        for record in file.records(TALK, "holdt", one)
    ]
    return "\n".join(dict.fromkeys(told)) or file.missing("hvornår I taler sammen", TALK, "holdt")


def _tell(file: CaseFile) -> list[str]:
    """What has to be told, and by which clause where the statute says so."""
    helper = file.clause(
        TALK, "bisidder", "SEL § 48 a, stk. 1", "SEL § 48 a, stk. 4", "BL § 6, stk. 1", "BL § 6, stk. 4"
    )
    age = file.age_on(file.today)
    told = [
        "Hvem du er, hvorfor I taler sammen, og hvad I overvejer. Sig, at det ikke er bestemt endnu.",
        f"At barnet må have en med, som er på dets side. Vedkommende er mindst 15 år og har tavshedspligt ({helper}).",
        "Hvad du skriver ned, hvem der kan læse det, og at der er ting, du er nødt til at gå videre med.",
        "At barnets mening betyder noget, men at det ikke er barnet, der har ansvaret for, hvad I beslutter.",
    ]
    if age is None:
        told.append(
            file.missing("barnets alder, som afgør, om det er part og selv kan klage", DECISION, "samtykke-ung")
        )
    elif file.law == "barnets_lov" and age >= PARTY_AGE["barnets_lov"]:
        clause = file.clause(DECISION, "partshoering-barn", "BL § 3")
        told.append(f"At barnet selv er part: det må se sin sag, udtale sig og klage ({clause}).")
    elif file.law == "serviceloven" and age >= 12:
        clause = file.clause(DECISION, "klagevejledning", "SEL § 167")
        told.append(f"At barnet selv kan klage over afgørelsen ({clause}).")
    if file.state(DECISION, "samtykke-ung") and file.state(DECISION, "samtykke-ung").state != "not relevant":  # type: ignore[union-attr]
        told.append(f"At en anbringelse også kræver den unges eget ja ({file.clause(DECISION, 'samtykke-ung')}).")
    return told


def _measure(file: CaseFile, item: Item) -> Part:
    name = words.item_name(item)
    plain = PLAIN.get(item.kind)
    said = (
        f"»Vi tænker på, {plain}.«" if plain else file.missing(f"{name} i ord, barnet forstår", DECISION, "paataenkt")
    )
    return Part(
        f"Om {name.casefold()}",
        facts=[
            Fact(f"{item.id}_bestemmelse", "Bestemmelse", file.paragraph(item)),
            Fact(f"{item.id}_hvorfor", "Hvad den er til for", _what_for(file)),
            Fact(f"{item.id}_ord", "Sådan kan det siges", said),
        ],
        points=_about(item, file.age_on(file.today)),
    )


def _what_for(file: CaseFile) -> str:
    return file.field(DECISION, "paataenkt", "problem", "hvilket behov den er til for")


def _about(item: Item, age: int | None) -> list[str]:
    """Questions about one measure, in words for the age; a child of unknown age gets the middle ones."""
    years = age if age is not None else 10
    if years < 7:
        asked = ["Hvad tror du, der sker så?", "Hvad ville være rart ved det? Er der noget, der er lidt farligt?"]
    elif years < 15:
        asked = ["Hvad tænker du om det?", "Hvad kunne blive godt ved det, og hvad er du bange for?"]
    else:
        asked = [
            "Hvad tænker du om det? Hvad skulle der til, før du selv ville sige ja?",
            "Hvad vil du helst slippe for?",
        ]
    if item.kind.startswith("anbringelse") or item.kind in ("aflastning", "doegnophold"):
        asked.append("Hvem vil du gerne se og tale med, mens du er der? Hvad skal med hjemmefra?")
    return [*asked, "Er der noget andet, du hellere ville have?"]


def _everyday(file: CaseFile) -> list[str]:
    years = file.age_on(file.today)
    return list(next(asked for below, asked in _ASK if (10 if years is None else years) < below))


def _nothing_said(file: CaseFile) -> str:
    return file.missing("hvad barnet har sagt før", INVESTIGATION, "boernesamtale")


def _afterwards(file: CaseFile) -> list[str]:
    left = file.clause(TALK, "undladelse", "SEL § 48, stk. 2", "BL § 5, stk. 4")
    note = file.clause(TALK, "holdt", "OFL")
    return [
        f"Skriv barnets ord om hver foranstaltning ({note}), og hvem der var med.",
        "Fortæl barnet, hvad der sker nu, og hvornår det hører fra dig.",
        f"Vil barnet ikke, så tilbyd en anden dag eller en anden måde. Kan samtalen ikke holdes, hentes barnets syn på "
        f"anden vis ({left}).",
    ]
