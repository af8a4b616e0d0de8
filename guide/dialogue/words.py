"""The Danish words the conversation is put together from, and how pages and values are turned into plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from checklists.facts import Case, Item, Record
from checklists.states import Finding
from checklists.view import answers
from guide.dates import format_day, format_moment
from handbook.model import Basis, Procedure, Reference, Step

BASIS: dict[Basis, str] = {"lov": "Lov", "praksis": "Praksis", "lokal": "Lokalt", "faglig": "Fagligt"}
"""The kind of rule, as the word that stands before a clause."""

MISSING: dict[Basis, str] = {
    "lov": "Lovkrav mangler",
    "praksis": "Praksis mangler",
    "lokal": "Lokalt krav mangler",
    "faglig": "Overvej",
}
"""What a missing thing is called before a decision."""

NOT_AS_SAID: dict[Basis, str] = {"lov": "Lovkrav", "praksis": "Praksis", "lokal": "Lokalt krav", "faglig": "Overvej"}
"""What stands before a fault in something that is recorded."""

NOTHING_MISSING = "Ingen kendte mangler i det, der er registreret."

MEASURES: dict[str, str] = {
    "anbringelse": "Anbringelse",
    "familiebehandling": "Familiebehandling",
    "kontaktperson": "Fast kontaktperson",
    "aflastning": "Aflastning",
    "praktisk-stoette": "Praktisk, pædagogisk støtte i hjemmet",
    "doegnophold": "Døgnophold for barn og forældre",
    "dagtilbud": "Ophold i dagtilbud eller klub",
    "praktiktilbud": "Praktiktilbud",
    "eftervaern": "Efterværn",
    "anden": "Anden hjælp",
    "anbringelse-uden-samtykke": "Anbringelse uden samtykke, § 47",
}
"""Kinds of measure, as stored, and what they are called."""

CAUSES: dict[str, str] = {
    "awaiting others": "Ventede på andre",
    "family cancelled": "Familien meldte afbud",
    "illness": "Sygdom",
    "late intake": "Sagen kom sent til mig",
    "own planning": "Egen planlægning",
}
"""Why something came late, as stored, and in the caseworker's words."""

OUTCOMES: dict[str, str] = {"failed": "Det lykkedes ikke", "child declined": "Barnet ønsker det ikke"}
"""What came of an attempt, as stored, and in words."""

ITEM_WORDS: dict[str, str] = {
    "foranstaltning": "foranstaltning",
    "forældremyndighedsindehaver": "forældremyndighedsindehaver",
    "søskende": "søskende",
    "oplysning": "oplysning",
}

IN_JOURNAL = "¶"
"""Stands at a record, and at a step, that is in the journal."""

CPR_REFUSED = (
    "Det ligner et CPR-nummer, og dem gemmer Rød tråd ikke. "
    "Skriv det om uden nummeret; alt andet står, som du skrev det."
)

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")
_BULLET = re.compile(r"^\s*[-*+]\s+", re.MULTILINE)


def plain(markdown: str) -> str:
    """Handbook Markdown as plain words: links become their text, emphasis goes, bullets become dots."""
    return _MARKS.sub("", _LINK.sub(r"\1", _BULLET.sub("· ", markdown))).strip()


def guidance(text: str, paragraphs: int = 2) -> tuple[str, ...]:
    """The first paragraphs of a step's guidance, plain, each on one line."""
    found = [" ".join(plain(part).split()) for part in text.split("\n\n")]
    return tuple(part for part in found if part)[:paragraphs]


def sentence(text: str) -> str:
    """``text`` with a capital first letter and a full stop when it ends without a mark."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:…" else ".")


def question(label: str) -> str:
    """A field's label as a question: ``begrundelse`` -> ``Begrundelse?``, a written question as it is."""
    text = label.strip() or "Svar"
    asks = "?" not in text or text.rpartition("? ")[2].startswith("Hv")
    return text[0].upper() + text[1:] + ("" if text[-1] in "?.:!)" else "?" if asks else ".")


def joined(parts: Iterable[str]) -> str:
    """``a, b og c``."""
    listed = [p for p in parts if p]
    return " og ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def quoted(text: str) -> str:
    """The text in Danish quotation marks, shortened when it is long."""
    line = " ".join(text.split())
    return f"»{line if len(line) <= 90 else line[:89].rstrip() + '…'}«"


def item_name(item: Item) -> str:
    """What an item is called: its label, else its kind in words, else its id."""
    return item.label or MEASURES.get(item.kind, item.kind) or item.id


def items_named(case: Case, ids: Iterable[str]) -> str:
    """The names of the items behind ``ids``, as one phrase; unknown ids stand as they are."""
    return joined(item_name(case.items[i]) if i in case.items else i for i in ids)


def moment_of(record: Record, now: datetime) -> str:
    """When a record happened, as Danes write it."""
    return format_moment(record.at or record.day, now)


def clauses(references: Iterable[Reference]) -> str:
    """``Lov: SEL § 48, stk. 1; § 48 a. Praksis: ...``: references with the kind of rule as a word."""
    groups: dict[str, list[str]] = {}
    for reference in references:
        doubt = "" if reference.checked else " (ikke kontrolleret)"
        groups.setdefault(BASIS[reference.basis], []).append(plain(reference.clause) + doubt)
    return " ".join(f"{word}: {'; '.join(found)}." for word, found in groups.items())


def finding_text(finding: Finding) -> str:
    """A finding as one calm message: the kind of rule as a word, what is wrong, the clause, and what helps now."""
    clause = f" {sentence(plain(finding.clause))}" if finding.clause else ""
    mend = f" Det hjælper nu: {finding.mend}" if finding.mend else ""
    before = f" {inherited_words(finding, 'du')}" if finding.inherited else ""
    return f"{BASIS[finding.basis]}: {finding_words(finding)}{before}{clause}{mend}"


def inherited_words(finding: Finding, who: str) -> str:
    """That the fault was there before ``who`` took the case over, as a sentence: it is not theirs."""
    what = "Overskredet" if finding.kind in ("overdue", "late") else "Opstået"
    return f"{what}, før {who} overtog sagen."


def finding_words(finding: Finding) -> str:
    """What is wrong, as a sentence; the item it is about stands before the full stop."""
    return sentence(re.sub(r"\. (\([^()]*\))$", r" \1", finding.text.strip()))


def answer_text(case: Case, step: Step, record: Record, now: datetime) -> str:
    """A record as the caseworker would say it: the answer, then when and by whom."""
    said = _STATUS.get(record.status, _done)(step, record, now)
    for field in step.fields:
        run = case.runs.get(str(record.value.get(field.name))) if field.type == "forløb" else None
        if run is not None:
            first = min((r.day for found in run.records.values() for r in found), default=run.start)
            said = said.replace(f": {run.id}", f": den fra {format_day(first, now)}")
    about = f" ({items_named(case, record.items)})" if record.items else ""
    by = f" · {record.by}" if record.by else ""
    note = f" · {record.note}" if record.note else ""
    return f"{said}{about}{by}{note}"


def _done(step: Step, record: Record, now: datetime) -> str:
    chosen = answers(step, record)
    labels = [choice.label if (choice := step.choice(c)) else c for c in chosen] or ["Gjort"]
    told = ["; ".join(labels)]
    if "agreed" not in record.value:
        told.append(moment_of(record, now))
    choice_name = step.choice_field.name if step.choice_field else ""
    for field in step.fields:
        value = record.value.get(field.name)
        if not field.is_time and field.name != choice_name and value not in (None, "", []):
            told.append(f"{field.label.rstrip('?:')}: {value_text(value, now)}")
    bare = record.value.get("")
    if bare not in (None, "") and not chosen:
        told.append(value_text(bare, now))
    return " · ".join([*told, *_extra(record, now)])


def _extra(record: Record, now: datetime) -> list[str]:
    told = []
    if record.value.get("why"):
        told.append(f"Grund: {value_text(record.value['why'], now)}")
    if record.value.get("cause"):
        told.append(f"Årsag: {CAUSES.get(str(record.value['cause']), str(record.value['cause']))}")
    return told


def _planned(step: Step, record: Record, now: datetime) -> str:
    return f"Aftalt til {moment_of(record, now)}"


def _attempted(step: Step, record: Record, now: datetime) -> str:
    outcome = OUTCOMES.get(str(record.value.get("outcome") or "failed"), str(record.value.get("outcome")))
    why = record.value.get("why")
    return f"Forsøgt {moment_of(record, now)}: {outcome}" + (f". {value_text(why, now)}" if why else "")


def _awaiting(step: Step, record: Record, now: datetime) -> str:
    whom = value_text(record.value.get("whom") or "svar", now)
    expected = record.value.get("expected")
    later = f", ventet {value_text(expected, now)}" if expected else ""
    return f"Venter på {whom} siden {moment_of(record, now)}{later}"


def _left_out(step: Step, record: Record, now: datetime) -> str:
    return f"Undladt {moment_of(record, now)}: {value_text(record.value.get('ground') or 'ingen grund noteret', now)}"


_STATUS = {"planned": _planned, "attempted": _attempted, "awaiting": _awaiting, "left out": _left_out}


def value_text(value: Any, now: datetime) -> str:
    """A recorded value in words: ISO dates as Danes write them, lists with commas."""
    if isinstance(value, list | tuple):
        return ", ".join(value_text(v, now) for v in value)
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return format_day(date.fromisoformat(text), now)
        except ValueError:
            return text
    return text


def step_name(step: Step) -> str:
    """The step's short name for lists, its title when it has none."""
    return step.name or step.title


def run_name(procedure: Procedure, run_id: str | None) -> str:
    """``Afgørelse (afgoerelse-1)``; without an id for a run that is only expected."""
    return f"{procedure.title} ({run_id})" if run_id else procedure.title
