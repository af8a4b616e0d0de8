"""The two letters to whoever notified: the receipt everybody gets, and the later notice to a professional.

SEL § 155 b, BL § 138. A private notifier gets the receipt and nothing about what is done; a professional is told
whether an investigation or support has been set going, and no more. No letter carries the case's
number or the child's age.
"""

from __future__ import annotations

from checklists.decisions import DECISION, INVESTIGATION
from checklists.facts import Record
from guide.documents.case_basis import NOTIFIED
from guide.documents.case_file import NO_FIELD, CaseFile, written
from guide.documents.papers_model import LETTER, Fact, Paper, PaperError, Part, gap

PROFESSIONAL, ANONYMOUS = "fagperson", "anonym"
_STARTED = {
    "serviceloven": "en undersøgelse eller foranstaltninger",
    "barnets_lov": "en børnefaglig undersøgelse, en afdækning eller indsatser",
}
_WHETHER, _WHICH = ("SEL § 155 b, stk. 2", "BL § 138, stk. 2"), ("SEL § 155 b, stk. 3", "BL § 138, stk. 3")
_NOT_ACTED = ("luk", "raadgivning")


def receipt(file: CaseFile) -> Paper:
    """The receipt. Raises PaperError without a notification, and for an anonymous notifier, who cannot be reached."""
    received = _received(file)
    who = file.answer(NOTIFIED, "underretter")
    if ANONYMOUS in who:
        raise PaperError(
            "Underretteren er noteret som anonym, så der er ingen at sende kvitteringen til. Er der en vej tilbage, så "
            "ret svaret om underretteren først."
        )
    later = []
    if PROFESSIONAL in who and "saerlige-forhold" not in file.answer(NOTIFIED, "besked-fagperson"):
        later = ["Du hører fra os igen om, hvorvidt vi har sat noget i gang."]
    advice = [] if who else [file.missing("hvem der underrettede", NOTIFIED, "underretter")]
    clause = file.clause(NOTIFIED, "kvittering")
    return Paper(
        kind="kvittering",
        case="",
        form=LETTER,
        title="Vi har modtaget din underretning",
        subtitle=written(file.today),
        facts=_head(file, received),
        parts=[
            Part(
                "",
                [
                    f"Vi bekræfter, at kommunen {written(received.day)} modtog din underretning om et barn.",
                    "Tak, fordi du skrev eller ringede. Vi vurderer altid en underretning, når vi får den.",
                    *(later or ["Vi har tavshedspligt og kan derfor ikke fortælle dig, hvad vi gør."]),
                    "Bliver du bekymret igen, så kontakt os.",
                ],
            )
        ],
        foot=f"Kvitteringen sendes efter {clause}.",
        greeting=file.greeting,
        advice=[
            *advice,
            "Brevet bekræfter kun, at underretningen er modtaget. Skriv intet om barnet eller sagen i det.",
        ],
        named={"modtaget": written(received.day)},
    )


def notice(file: CaseFile) -> Paper:
    """The later notice. Raises PaperError when the notifier is not recorded as a professional under the duty to notify,
    and when special circumstances are noted that speak against it.
    """
    received = _received(file)
    who = file.answer(NOTIFIED, "underretter")
    if PROFESSIONAL not in who:
        raise PaperError(
            "Beskeden er kun til en fagperson, der har underrettet i sit arbejde. "
            + ("Andre underrettere får kun kvitteringen." if who else "Notér først, hvem der underrettede.")
        )
    if "saerlige-forhold" in file.answer(NOTIFIED, "besked-fagperson"):
        raise PaperError(
            f"Der er noteret, at særlige forhold taler imod beskeden ({file.clause(NOTIFIED, 'besked-fagperson')}). "
            "Gælder det ikke længere, så ret svaret først."
        )
    return Paper(
        kind="besked-fagperson",
        case="",
        form=LETTER,
        title="Besked om din underretning",
        subtitle=written(file.today),
        facts=_head(file, received),
        parts=[
            Part(
                "",
                [
                    f"Du underrettede os om et barn. Vi modtog underretningen {written(received.day)}.",
                    _whether(file),
                    "Vi har tavshedspligt og kan ikke fortælle mere her. Ser du noget nyt, så kontakt os.",
                ],
            )
        ],
        foot=f"Beskeden gives efter {file.clause(NOTIFIED, 'besked-fagperson', *_WHETHER)}.",
        greeting=file.greeting,
        advice=[
            "Brevet siger kun, om der er sat noget i gang. Hvilken støtte det er, og hvor længe, må du fortælle, når "
            "det har væsentlig betydning for den hjælp, fagpersonen selv kan give barnet "
            f"({file.clause(NOTIFIED, 'besked-fagperson', *_WHICH)}); skriv det i så fald selv."
        ],
        named={"modtaget": written(received.day)},
    )


def _received(file: CaseFile) -> Record:
    record = file.done(NOTIFIED, "modtaget")
    if record is None:
        raise PaperError("Sagen har ingen underretning med en dag for modtagelsen.")
    return record


def _head(file: CaseFile, received: Record) -> list[Fact]:
    return [
        Fact("modtager", "Til", gap("underretterens navn og adresse", NO_FIELD)),
        Fact("dato", "Dato", written(file.today)),
        Fact("vedroerer", "Vedrører", f"Underretning modtaget {written(received.day)}"),
    ]


def _whether(file: CaseFile) -> str:
    """Whether anything has been set going since the notification, as far as the records say so."""
    run = file.near(NOTIFIED)
    law = run.procedure.law if run else file.law
    started = _STARTED[law]
    if _begun(file):
        return f"Vi har sat {started} i gang for barnet."
    if set(_NOT_ACTED) & set(file.answer(NOTIFIED, "vej")):
        return f"Vi har ikke sat {started} i gang for barnet."
    return file.missing(f"om der er sat {started} i gang", NOTIFIED, "vej")


def _begun(file: CaseFile) -> bool:
    """An investigation decided on or support started in the runs that the notification led to."""
    run = file.near(NOTIFIED)
    if run is None or run.run is None:
        return False
    kin = file.view.kinship
    steps = {INVESTIGATION: "besluttet", "afdaekning": "besluttet", DECISION: "ivaerksat"}
    for procedure, step in steps.items():
        for other in kin.runs_of(procedure):
            came_from = kin.candidates(other, other.serves, NOTIFIED)
            if run.run not in came_from or other.start < run.run.start:
                continue
            if any(r.status == "done" for r in other.records.get(step, ())):
                return True
    return False
