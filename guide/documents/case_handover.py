"""The overdragelsesnotat: where a case stands for whoever takes it over, from what is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from checklists.calendar import local_day
from checklists.facts import Record
from checklists.states import RunState, StepState
from guide.dialogue import words
from guide.documents.case_file import NEVER, CaseFile, written
from guide.documents.papers_model import SHEET, Fact, Paper, Part
from handbook.model import Step

SOON, LATER = 14, 30
"""Days ahead in which deadlines are listed."""

HANDOVER = "overdragelse"
CHILDS_WORDS = "barnets_ord"
"""The field that makes a step a talk with the child."""

NO_TALK = (("boernesamtale", "undladelse"), ("boernesamtale", "anden-vej"))
"""Where it is recorded that there was none, and how the child's view was found instead."""

ASSESSED = {
    HANDOVER: (("opsummering", "vurderinger"), ("enig", "egen_vurdering")),
    "opfoelgning": (("foerste", "begrundelse"), ("vurdering", "begrundelse")),
    "boernefaglig-undersoegelse": (
        ("foreloebig", "vurdering"),
        ("vurdering", "vurdering"),
        ("stillingtagen", "begrundelse"),
    ),
    "afdaekning": (("konklusion", "vurdering"),),
    "underretning": (("risikovurdering", "begrundelse"), ("afklaret", "begrundelse")),
}
"""Where a professional assessment is recorded: step and field."""

AGREED = {HANDOVER: (("moedt-foraeldre", "aftaler"),), "afgoerelse": (("startmoede", "aftalt"),)}


def handover(file: CaseFile) -> Paper:
    """The note of the whole case."""
    return Paper(
        kind="overdragelsesnotat",
        case=file.case.id,
        form=SHEET,
        title="Overdragelsesnotat",
        subtitle=file.subtitle(),
        facts=[
            Fact("barn", "Barnet", f"Sag {file.case.id}, {file.child}"),
            Fact("sagsbehandler", "Sagen er hos", file.caseworker),
            Fact("haft_af", "Har haft sagen", _held_by(file)),
            Fact("til", "Overdrages til", file.field(HANDOVER, "opsummering", "til", "hvem der overtager sagen")),
        ],
        parts=[
            Part("Her er sagen", points=list(_where(file)) or ["Der er ikke åbnet noget forløb i sagen."]),
            Part("Frister", facts=_deadlines(file)),
            Part("Det, der mangler eller er sent", _inherited(file), points=_findings(file)),
            Part("Samtaler med barnet", points=_talks(file)),
            Part("Sidste faglige vurdering", facts=_assessment(file)),
            Part("Aftaler", points=_agreements(file)),
            Part("Hvad venter på hvem", points=_waiting(file)),
            Part("Til den næste", facts=_own_words(file)),
        ],
        foot="Notatet viser det, der er registreret. Læs den sidste faglige vurdering, mød barnet, og skriv, om du er "
        "enig.",
    )


def _held_by(file: CaseFile) -> str:
    told = [f"{a.staff} fra {written(a.start)}" for a in file.case.assignments]
    return "; ".join(told) or file.caseworker


def _begun(file: CaseFile) -> list[RunState]:
    return [r for r in file.progress.runs if r.run is not None]


def _where(file: CaseFile) -> Iterable[str]:
    for run in _begun(file):
        asked = [s for s in run.steps if s.state not in ("not relevant", "waiting")]
        name = words.run_name(run.procedure, run.run.id if run.run else None)
        open_now = list(dict.fromkeys(_step(s) for s in run.open_steps))[:4]
        rest = f" Åbent: {', '.join(open_now)}." if open_now else ""
        yield f"{name}: {sum(s.settled for s in asked)} af {len(asked)} trin.{rest}"


def _step(state: StepState) -> str:
    about = f" ({words.item_name(state.item)})" if state.item else ""
    return f"{words.step_name(state.step)}{about}"


def _deadlines(file: CaseFile) -> list[Fact]:
    today = file.today
    dated = sorted(
        (
            (local_day(s.due.late_after), run, s)
            for run in file.progress.runs
            for s in run.steps
            if s.due and not s.settled
        ),
        key=lambda found: found[0],
    )
    windows = (
        ("overskredet", "Overskredet", range(-100_000, 0)),
        ("frister_14", f"Inden {SOON} dage", range(SOON + 1)),
        ("frister_30", f"Inden {LATER} dage", range(SOON + 1, LATER + 1)),
    )
    facts = []
    for key, name, days in windows:
        told = [f"{written(day)}: {_deadline(run, state)}" for day, run, state in dated if (day - today).days in days]
        facts.append(Fact(key, name, "\n".join(told) or "Ingen kendte"))
    until = written(today + timedelta(days=LATER))
    return [*facts, Fact("frister_til", "Set frem til", until)]


def _deadline(run: RunState, state: StepState) -> str:
    about = f" om {words.item_name(state.item).casefold()}" if state.item else ""
    clause = words.plain(state.step.clause)
    return f"{words.step_name(state.step)}{about} ({run.procedure.title.casefold()}; {clause})"


def _inherited(file: CaseFile) -> list[str]:
    if not file.progress.findings:
        return []
    if len({a.staff for a in file.case.assignments}) > 1:
        return ["Det, der var der, før du overtog sagen, er mærket. Det står ikke som din forsinkelse."]
    return ["Det her var der, før du overtog sagen. Det står ikke som din forsinkelse, men barnet venter stadig."]


def _findings(file: CaseFile) -> list[str]:
    told = []
    for found in file.progress.findings:
        before = f" {words.inherited_words(found, 'du')}" if found.inherited else ""
        clause = f" {words.sentence(words.plain(found.clause))}" if found.clause else ""
        mend = f" Det hjælper nu: {words.plain(found.mend)}" if found.mend else ""
        told.append(f"{words.BASIS[found.basis]}: {words.finding_words(found)}{before}{clause}{mend}")
    return told or [words.NOTHING_MISSING]


def _records(file: CaseFile, steps: Iterable[tuple[str, str]]) -> list[tuple[RunState, Step, Record]]:
    """The records of some steps in every run of the case, oldest first."""
    wanted = set(steps)
    found = [
        (run, step, record)
        for run in _begun(file)
        for step in run.procedure.steps
        if (run.procedure.id, step.id) in wanted and run.run is not None
        for record in run.run.records.get(step.id, ())
    ]
    return sorted(found, key=lambda one: (one[2].day, one[2].recorded))


def child_talks(file: CaseFile) -> list[str]:
    """Every talk with the child and every way its view was found, oldest first, in words."""
    steps = [
        (run.procedure.id, step.id)
        for run in _begun(file)
        for step in run.procedure.steps
        if any(f.name == CHILDS_WORDS for f in step.fields)
    ]
    told = []
    for run, step, record in _records(file, [*steps, *NO_TALK]):
        talk = any(f.name == CHILDS_WORDS for f in step.fields)
        unsaid = talk and not record.value.get(CHILDS_WORDS)
        mark = file.missing("barnets egne ord", run.procedure.id, step.id) if record.status == "done" and unsaid else ""
        told.append(f"{words.step_name(step)}: {file.said(step, record)} {mark}".strip())
    return told


def _talks(file: CaseFile) -> list[str]:
    return child_talks(file) or [file.missing("en samtale med barnet", "boernesamtale", "holdt")]


def _assessment(file: CaseFile) -> list[Fact]:
    fields = {(procedure, step): field for procedure, pairs in ASSESSED.items() for step, field in pairs}
    done = [one for one in _records(file, fields) if one[2].status == "done"]
    if not done:
        mark = file.missing("en faglig vurdering", "boernefaglig-undersoegelse", "vurdering")
        return [Fact("vurdering", "Vurderingen", mark)]
    run, step, record = done[-1]
    stands = record.value.get(fields[run.procedure.id, step.id])
    mark = file.missing("selve vurderingen", run.procedure.id, step.id)
    return [
        Fact("vurdering_fra", "Fra", f"{words.step_name(step)} ({run.procedure.title}), {written(record.day)}"),
        Fact("vurdering", "Vurderingen", words.value_text(stands, NEVER) if stands else mark),
    ]


def _agreements(file: CaseFile) -> list[str]:
    fields = {(procedure, step): field for procedure, pairs in AGREED.items() for step, field in pairs}
    told = [
        f"{written(record.day)}: {words.value_text(record.value[fields[run.procedure.id, step.id]], NEVER)}"
        for run, step, record in _records(file, fields)
        if record.value.get(fields[run.procedure.id, step.id])
    ]
    told += [
        f"{words.step_name(s.step)}: aftalt til {written(s.record.at or s.record.day)}"
        for run in _begun(file)
        for s in run.steps
        if s.state == "planned" and s.record is not None
    ]
    return told or [file.missing("aftaler med barn og forældre", HANDOVER, "moedt-foraeldre")]


def _waiting(file: CaseFile) -> list[str]:
    told = [
        f"{words.step_name(s.step)}: {file.said(s.step, s.record)}"
        for run in _begun(file)
        for s in run.steps
        if s.state == "awaiting" and s.record is not None
    ]
    if file.done(HANDOVER, "frister"):
        told.append(file.field(HANDOVER, "frister", "venter_paa", "hvad der venter på hvem"))
    return told or ["Intet er noteret som afventet."]


def _own_words(file: CaseFile) -> list[Fact]:
    return [
        Fact("opsummering", "Opsummering", file.field(HANDOVER, "opsummering", "vurderinger", "opsummeringen")),
        Fact(
            "om_barnet",
            "Om barnet",
            file.field(HANDOVER, "opsummering", "barnet", "det, den næste skal vide om barnet"),
        ),
        Fact("haster", "Det, der haster", file.field(HANDOVER, "frister", "haster", "det, der haster")),
    ]
