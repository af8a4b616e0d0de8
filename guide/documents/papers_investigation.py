"""Two papers of an investigation: the provisional assessment when it is late, and the request for information.

SEL § 50, stk. 7, BL § 20, stk. 3; RSL §§ 11 a and 11 c, SEL § 49 a and RSL § 11 e.
"""

from __future__ import annotations

from checklists.facts import Item, Record
from guide.dialogue import words
from guide.documents.case_basis import INVESTIGATION
from guide.documents.case_file import NEVER, NO_FIELD, CaseFile, written
from guide.documents.papers_model import LETTER, SHEET, Fact, Paper, PaperError, Part, gap

_DONE = (
    "boernesamtale",
    "foraeldre",
    "netvaerk",
    "fagfolk",
    "foraeldrekompetencer",
    "soeskende",
    "analyse",
    "vurdering",
)
CONSENT, WITHOUT, PRIVATE = "RSL § 11 a, stk. 1", "RSL § 11 c, stk. 1", "RSL § 11 c, stk. 2"
"""What information is asked for by. The page names what holds without consent; the rest stands in the statute."""

MEETING = {"serviceloven": "SEL § 49 a", "barnets_lov": "RSL § 11 e"}
"""The exchange between professionals at one meeting: a "may", without a duty to answer."""


def provisional(file: CaseFile) -> Paper:
    """The provisional assessment. Raises PaperError when no investigation is under way."""
    run = file.near(INVESTIGATION)
    if run is None or run.run is None:
        raise PaperError("Sagen har ingen børnefaglig undersøgelse.")
    due = file.due(INVESTIGATION, "afsluttet")
    over = due is not None and due < file.today
    advice = []
    if file.done(INVESTIGATION, "afsluttet"):
        advice.append("Undersøgelsen er noteret som færdig. En foreløbig vurdering hører til, mens den ikke er det.")
    elif due is not None and not over:
        advice.append(f"Fristen er ikke gået endnu: {written(due)}. Skriv den, når I kan se, at I ikke når det.")
    return Paper(
        kind="foreloebig-vurdering",
        case=file.case.id,
        form=SHEET,
        title="Foreløbig vurdering",
        subtitle=file.subtitle(),
        facts=[
            Fact("barn", "Barnet", f"Sag {file.case.id}, {file.child}"),
            Fact("sagsbehandler", "Sagsbehandler", file.caseworker),
            Fact("begyndt", "De 4 måneder regnes fra", _since(file)),
            Fact("frist", "Fristen", _due(file) + (" (overskredet)" if over else "")),
            Fact("hjemmel", "Lov", file.clause(INVESTIGATION, "foreloebig")),
        ],
        parts=[
            Part("Det ved vi nu", facts=_known(file)),
            Part(
                "Den foreløbige vurdering",
                facts=[
                    Fact("vurdering", "Vurdering", _field(file, "foreloebig", "vurdering", "den foreløbige vurdering")),
                    Fact("nu", "Støtte imens", file.told(INVESTIGATION, "sideloebende", "hvad barnet har brug for nu")),
                    Fact("aarsag", "Hvorfor ikke i tide", _field(file, "foreloebig", "aarsag", "hvad der forsinkede")),
                ],
            ),
            Part("Det mangler, før undersøgelsen er færdig", points=_left(file)),
            Part(
                "Færdig",
                facts=[Fact("ny_slutdato", "Ny slutdato", _field(file, "foreloebig", "ny_slutdato", "en ny slutdato"))],
            ),
        ],
        foot="Undersøgelsen gøres færdig snarest herefter. Fortæl barnet og forældrene, hvornår.",
        advice=advice,
    )


def request(file: CaseFile, item: Item | None = None) -> Paper:
    """A request for information to whoever is asked, about ``item`` (a piece of information) where one is named.

    Raises PaperError when no investigation is under way.
    """
    run = file.near(INVESTIGATION)
    if run is None or run.run is None:
        raise PaperError("Sagen har ingen børnefaglig undersøgelse at indhente oplysninger til.")
    law = run.procedure.law
    asked = _asked(file, item)
    what = f"oplysninger om {words.item_name(item)}" if item else "oplysninger"
    return Paper(
        kind="anmodning",
        case=file.case.id,
        form=LETTER,
        title=f"Anmodning om {what}",
        subtitle=written(file.today),
        facts=[
            Fact("modtager", "Til", _to(file, asked)),
            Fact("dato", "Dato", written(file.today)),
            Fact(
                "vedroerer",
                "Vedrører",
                f"Sag {file.case.id} {gap('barnets navn, så I finder det rette barn', NO_FIELD)}",
            ),
        ],
        parts=[
            Part("Det beder vi om", [_content(file, asked)]),
            Part("Hvorfor", [*_why(file)]),
            Part("Grundlaget", *_basis(file)),
            Part(
                "Svar",
                [_answer_by(file, asked), "Skriv, hvad du selv har set og hørt, for sig, og din vurdering for sig."],
            ),
        ],
        foot="Familien kan som udgangspunkt se, hvad vi har spurgt om, og hvad du svarer.",
        greeting=file.greeting,
        advice=[
            "Bed kun om det, der er nødvendigt for undersøgelsen, og stryg det grundlag, der ikke gælder.",
            "Forsøg altid at få samtykke først, og skriv forsøget i journalen.",
            f"Et møde mellem fagfolk har sin egen regel ({MEETING[law]}): der må udveksles, men ingen har pligt.",
            *(["Hvordan RSL lød før 2024, er ikke kontrolleret her: spørg juristen."] if law == "serviceloven" else []),
        ],
    )


def _field(file: CaseFile, step: str, field: str, what: str) -> str:
    return file.field(INVESTIGATION, step, field, what)


def _since(file: CaseFile) -> str:
    return file.day_of(INVESTIGATION, "udloesende", "dagen, fristen regnes fra")


def _due(file: CaseFile) -> str:
    due = file.due(INVESTIGATION, "afsluttet")
    return written(due) if due else file.missing("dagen, fristen regnes fra", INVESTIGATION, "udloesende")


def _known(file: CaseFile) -> list[Fact]:
    facts = [Fact("fokus", "Undersøgt", file.chosen(INVESTIGATION, "fokus", "hvilke forhold der undersøges"))]
    for name in _DONE:
        step = file.step(INVESTIGATION, name)
        records = [r for r in file.records(INVESTIGATION, name) if r.status == "done"]
        if step is not None and records:
            told = "\n".join(file.said(step, r) for r in records)
            facts.append(Fact(name.replace("-", "_"), words.step_name(step), told))
    if len(facts) == 1:
        facts.append(Fact("intet", "Gjort", file.missing("hvad undersøgelsen har vist", INVESTIGATION, "analyse")))
    return facts


def _left(file: CaseFile) -> list[str]:
    run = file.near(INVESTIGATION)
    told = []
    for state in run.open_steps if run else ():
        if state.step.id in ("foreloebig", "afsluttet", "oplysning"):
            continue
        about = f" ({words.item_name(state.item)})" if state.item else ""
        waits = f": {file.said(state.step, state.record)}" if state.record and state.state == "awaiting" else ""
        told.append(f"{words.step_name(state.step)}{about}{waits}")
    awaited = file.step(INVESTIGATION, "oplysning")
    told += [
        f"{words.step_name(awaited)}: {file.said(awaited, record)}"
        for record in file.records(INVESTIGATION, "oplysning")
        if awaited is not None and record.status == "awaiting"
    ]
    return told or ["Ingen kendte trin mangler. Gør undersøgelsen færdig."]


def _asked(file: CaseFile, item: Item | None) -> Record | None:
    """The record that notes the question: the latest awaited one, else the latest at all."""
    records = file.records(INVESTIGATION, "oplysning", item)
    awaiting = [r for r in records if r.status == "awaiting"]
    return next(reversed(awaiting or list(records)), None)


def _to(file: CaseFile, asked: Record | None) -> str:
    whom = str(asked.value.get("whom") or "") if asked else ""
    return whom or file.missing("hvem I spørger", INVESTIGATION, "oplysning")


def _content(file: CaseFile, asked: Record | None) -> str:
    said = str(asked.value.get("hvem") or asked.note or "") if asked else ""
    return said or file.missing("hvad I spørger om, så snævert som muligt", INVESTIGATION, "oplysning")


def _why(file: CaseFile) -> list[str]:
    page = file.page(INVESTIGATION)
    clause = words.plain(page.clause) if page else ""
    questions = _field(file, "undersoegelsesplan", "spoergsmaal", "hvad undersøgelsen skal svare på")
    return [
        f"Kommunen laver en børnefaglig undersøgelse ({clause}) og har brug for det for at kunne svare på: {questions}"
    ]


def _basis(file: CaseFile) -> tuple[list[str], list[Fact], list[str]]:
    without = file.clause(INVESTIGATION, "oplysning", WITHOUT)
    return (
        [gap("om der er samtykke, fra hvem og hvornår, eller hvornår det er forsøgt", NO_FIELD)],
        [],
        [
            f"Med samtykke: {CONSENT}. Du har pligt til at give de oplysninger, der er nødvendige for sagen.",
            f"Uden samtykke, fordi det er nødvendigt for undersøgelsen: {without}. Vi har forsøgt at få samtykke.",
            f"Til en privat, der kender forholdene: {PRIVATE}. Du har ikke pligt til at svare.",
        ],
    )


def _answer_by(file: CaseFile, asked: Record | None) -> str:
    expected = asked.value.get("expected") if asked else None
    if expected:
        return f"Vi vil gerne have svar senest {words.value_text(expected, NEVER)}."
    return file.missing("hvornår I gerne vil have svar", INVESTIGATION, "oplysning")
