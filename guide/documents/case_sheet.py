"""The indstillingsark: what a committee needs to know of a case, from what is recorded, with every gap marked."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.calendar import add
from checklists.facts import Item
from checklists.meeting import next_meeting
from guide.committee_answer import answer_step
from guide.dialogue import words
from guide.documents.case_basis import DECISION, INVESTIGATION, background, basis
from guide.documents.case_file import NO_FIELD, CaseFile, named, written
from guide.documents.papers_model import SHEET, Fact, Paper, Part, gap

TALK = "boernesamtale"


def sheet(file: CaseFile) -> Paper:
    """The indstillingsark of the case's decision. Raises PaperError when there is none."""
    file.need_decision()
    about = file.about(file.measures) or file.missing("hvad der indstilles til", DECISION, "paataenkt")
    return Paper(
        kind="indstillingsark",
        case=file.case.id,
        form=SHEET,
        title="Indstillingsark",
        subtitle=file.subtitle(),
        facts=_head(file, about),
        parts=[
            background(file),
            *basis(file),
            *(_measure(file, item) for item in file.measures),
            *(_holder(file, item) for item in file.holders),
            *_no_holder(file),
            *_young(file),
            _around(file),
            _plan(file),
            _choice(file),
        ],
        foot="Arket viser det, der er registreret i sagen. Det, der er mærket, mangler; mærket siger, hvor det noteres."
        " Det er ingen godkendelse: I vurderer.",
    )


def _head(file: CaseFile, about: str) -> list[Fact]:
    return [
        Fact("barn", "Barnet", f"Sag {file.case.id}, {file.child}"),
        Fact("sagsbehandler", "Sagsbehandler", file.caseworker),
        Fact("team", "Team", _team(file)),
        Fact("moede", "Mødedato", _meeting(file)),
        Fact("indstilling", "Indstilling", words.sentence(about) if not about.startswith("[") else about),
        Fact("kan_vente", "Kan det vente", file.chosen(DECISION, "tempo", "om barnet kan vente")),
    ]


def _team(file: CaseFile) -> str:
    if not file.case.team:
        return gap("team", "Noteres på sagen")
    local = file.handbooks[file.law].local
    return local.teams.get(file.case.team, file.case.team) if local else file.case.team


def _meeting(file: CaseFile) -> str:
    step = answer_step(file.need_decision().state.procedure)
    known = [r for r in file.records(DECISION, step.id) if r.status in ("planned", "done")] if step else []
    if known:
        return written(known[-1].at or known[-1].day)
    local = file.handbooks[file.law].local
    committee = local.committee() if local else None
    meeting = next_meeting(committee, file.today) if committee else None
    mark = file.missing("hvilket møde sagen er på", DECISION, step.id if step else "visitation")
    if meeting is None:
        return mark
    return f"{mark} Det næste møde i {meeting.committee.name}, I kan nå: {written(meeting.day)}."


def _measure(file: CaseFile, item: Item) -> Part:
    def key(name: str) -> str:
        return f"{item.id}_{name}"

    return Part(
        f"Foreslået: {words.item_name(item).casefold()}",
        facts=[
            Fact(key("bestemmelse"), "Bestemmelse", file.paragraph(item)),
            *talk(file, item),
            Fact(
                key("udfoerer"), "Hvem udfører", file.field(file.plan, "hvem-goer-hvad", "indsats", "hvem der udfører")
            ),
            Fact(key("varighed"), "Forventet varighed", _length(file)),
            Fact(key("opfoelgning"), "Første opfølgning", _follow_up(file, item)),
            Fact(key("pris"), "Pris og kompetence", gap("pris, og hvem der kan bevilge den", NO_FIELD)),
        ],
    )


def talk(file: CaseFile, item: Item) -> list[Fact]:
    """The child about one measure: the talk or the ground it was left out with, the child's words, the assessment."""
    what = f"samtale med barnet om {words.item_name(item).casefold()}"
    records = file.records(TALK, "holdt", item)
    held, left_out = file.done(TALK, "holdt", item), file.done(TALK, "undladelse", item)
    apart = ("barnets_ord", "vurdering")
    step, left = file.step(TALK, "holdt"), file.step(TALK, "undladelse")
    talks = [file.said(step, record, apart) for record in records] if step else []
    if left_out is not None and left is not None:
        talks.append(f"Undladt: {file.said(left, left_out)}")
    taken = file.done(DECISION, "truffet")
    if held is not None and taken is not None and held.day > taken.day:
        talks.append(f"Holdt efter afgørelsen {written(taken.day)}")
    told = "; ".join(talk.rstrip(".") for talk in talks)
    facts = [Fact(f"{item.id}_samtale", "Samtale med barnet", told or file.missing(what, TALK, "holdt"))]
    if held is None and left_out is not None:
        words_of = file.field(TALK, "anden-vej", "barnets_holdning", "barnets syn, hentet på anden vis", item)
    else:
        words_of = file.field(TALK, "holdt", "barnets_ord", f"barnets syn på {what.rpartition(' om ')[2]}", item)
    facts.append(Fact(f"{item.id}_barnets_syn", "Barnets syn", words_of))
    if held is not None:
        own = file.field(TALK, "holdt", "vurdering", "din vurdering af barnets syn", item)
        facts.append(Fact(f"{item.id}_vurdering", "Din vurdering", own))
    return facts


def _length(file: CaseFile) -> str:
    if file.step(DECISION, "formaal-varighed") and file.done(DECISION, "formaal-varighed"):
        return file.field(DECISION, "formaal-varighed", "varighed", "forventet varighed")
    return file.field(file.plan, "hvem-goer-hvad", "varighed", "forventet varighed")


def _follow_up(file: CaseFile, item: Item) -> str:
    step = "foerste" if file.step("opfoelgning", "foerste") else "vurdering"
    records = file.records("opfoelgning", step, item)
    held = next((r for r in records if r.status == "done"), None)
    if held is not None:
        return f"Holdt {written(held.day)}"
    planned = [r for r in records if r.status == "planned"]
    if planned:
        return f"Aftalt til {written(planned[-1].day)}"
    due = file.due("opfoelgning", step, item)
    if due is not None:
        return f"Senest {written(due)}"
    starts = [r for r in file.records(DECISION, "ivaerksat", item) if r.status in ("done", "planned")]
    found = file.step("opfoelgning", step)
    terms = found.deadlines[0].terms if found and found.deadlines else ()
    term = found.recurrence.first if found and found.recurrence else next(iter(terms), None)
    if starts and term is not None:
        return f"Senest {written(add(starts[-1].day, term.amount, term.unit))}"
    return file.missing("støttens start, som første opfølgning regnes fra", DECISION, "ivaerksat")


def _holder(file: CaseFile, item: Item) -> Part:
    view = f"synet hos {words.item_name(item)}"
    return Part(
        named(item),
        facts=[
            Fact(f"{item.id}_syn", "Syn på støtten", file.field(INVESTIGATION, "foraeldre", "syn", view, item)),
            Fact(f"{item.id}_partshoering", "Partshøring", file.told(DECISION, "partshoering", "partshøring", item)),
            Fact(f"{item.id}_samtykke", "Samtykke", file.told(DECISION, "samtykke", "samtykke", item)),
            Fact(f"{item.id}_daekker", "Samtykket dækker", _covers(file, item)),
        ],
    )


def _covers(file: CaseFile, item: Item) -> str:
    if "undtagelse" in file.answer(DECISION, "samtykke", item):
        return file.field(DECISION, "samtykke", "bestemmelse", "bestemmelsen, der bruges uden samtykke", item)
    return file.field(DECISION, "samtykke", "daekker", "hvad samtykket dækker", item)


def _no_holder(file: CaseFile) -> list[Part]:
    if file.holders:
        return []
    return [Part("Forældremyndighed", [gap("hvem der har forældremyndigheden", "Skrives ind i sagen som forælder A")])]


def _young(file: CaseFile) -> list[Part]:
    """The child's own rights in the decision, where the page asks for them at this age."""
    asked = [("partshoering-barn", "Partshøring af barnet"), ("samtykke-ung", "Den unges samtykke")]
    facts = []
    for step, name in asked:
        state = file.state(DECISION, step)
        if state is not None and state.state != "not relevant":
            facts.append(Fact(step.replace("-", "_"), name, file.told(DECISION, step, name.casefold())))
    return [Part("Barnets egne rettigheder", facts=facts)] if facts else []


def _around(file: CaseFile) -> Part:
    return Part(
        "Netværk og tidligere indsats",
        facts=[
            Fact("netvaerk", "Netværk", file.field(INVESTIGATION, "netvaerk", "ressourcer", "netværkets ressourcer")),
            Fact("netvaerk_dag", "Netværket spurgt", file.day_of(INVESTIGATION, "netvaerk", "om netværket er spurgt")),
            Fact("tidligere", "Tidligere indsats og virkning", _earlier(file)),
        ],
    )


def _earlier(file: CaseFile) -> str:
    told = list(_earlier_records(file))
    mark = file.missing("tidligere indsats, og hvad den hjalp", "screening", "tidligere-indsats")
    return "\n".join(told) or mark


def _earlier_records(file: CaseFile) -> Iterable[str]:
    step = file.step("screening", "tidligere-indsats")
    record = file.done("screening", "tidligere-indsats")
    if step is not None and record is not None:
        yield file.said(step, record)
    for run in file.progress.runs:
        ends = run.run.records.get("afsluttet", ()) if run.run and run.procedure.id == "tidlig-indsats" else ()
        for record in ends:
            yield f"{run.procedure.title}: {file.said(run.procedure.by_id['afsluttet'], record)}"
    current = {item.id for item in file.measures}
    for item in file.case.items.values():
        if item.type == "foranstaltning" and item.id not in current:
            until = f" til {written(item.end)}" if item.end else ""
            yield f"{named(item)}, fra {written(item.start)}{until}"


def _plan(file: CaseFile) -> Part:
    page = file.page(file.plan)
    made = file.done(file.plan, "udarbejdet")
    if made is not None:
        status = f"Udarbejdet {written(made.day)}"
    elif file.near(file.plan) is not None and file.near(file.plan).run is not None:  # type: ignore[union-attr]
        status = f"Begyndt. {file.missing('den færdige plan', file.plan, 'udarbejdet')}"
    else:
        status = file.missing("plan", file.plan, "udarbejdet")
    facts = [Fact("plan", "Status", status)]
    if file.step(file.plan, "stilling"):
        facts.append(
            Fact("stilling", "Skal der laves en plan", file.told(file.plan, "stilling", "stilling til en plan"))
        )
    facts.append(Fact("maal", "Mål", file.field(file.plan, "maal", "maal", "målene")))
    return Part(page.title if page else "Plan", facts=facts)


def _choice(file: CaseFile) -> Part:
    found, kinds = file.step(DECISION, "paataenkt"), {item.kind for item in file.measures}
    others = [
        c.label for a in file.answer(DECISION, "paataenkt") if found and (c := found.choice(a)) and a not in kinds
    ]
    mark = gap("hvilke andre muligheder I har overvejet, og hvorfor de er valgt fra", NO_FIELD)
    told = f"Også påtænkt: {'; '.join(others)}. {mark}" if others else mark
    return Part("Valget", facts=[Fact("fravalgt", "Fravalgte muligheder", told)])
