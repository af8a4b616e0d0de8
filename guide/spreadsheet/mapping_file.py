"""mapping.toml read and held against the handbook: every fault with its place in the file and what mends it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.spreadsheet.mapping import (
    Answer,
    CaseRule,
    FileRule,
    ItemRule,
    MappingRules,
    Reference,
    RunRule,
    StepRule,
)
from guide.spreadsheet.terms import StepTerms, Terms, field_names, near, reserved
from guide.spreadsheet.toml_table import Table, read_source
from store.checks import shown
from store.privacy import REASON, cpr_like
from store.values import RESERVED

PERSONS = ("forældremyndighedsindehaver", "søskende")
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "cp1252": "cp1252", "utf-16": "utf-16"}
SEPARATORS = (";", ",", "\t", "|")


class MappingFault(ValueError):
    """A mapping that cannot be used. ``faults`` are Danish sentences, each with its place and what mends it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_mapping(path: Path, terms: Terms) -> MappingRules:
    """The mapping in the file. Raises MappingFault with everything that is wrong; OSError when it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError:
        raise MappingFault(["filen er ikke UTF-8. Gem den som UTF-8 i din editor."]) from None
    except tomllib.TOMLDecodeError as error:
        raise MappingFault([f"filen er ikke gyldig TOML: {_where(error)}. Se et eksempel i docs/import."]) from None
    except RecursionError:
        raise MappingFault(["filen er indlejret for dybt."]) from None
    return mapping_of(found, terms, "CPR" if cpr_like(text) else "")


def mapping_of(found: dict[str, Any], terms: Terms, private: str = "") -> MappingRules:
    """The mapping in a parsed TOML document. Raises MappingFault."""
    faults = [f"et sted i filen står noget, der {REASON}."] if private else []
    top = Table(found, "", faults)
    reader = _Reader(terms, faults)
    file = reader.file(top.table("fil"))
    case = reader.case(top.table("sag"))
    run_tables = list(top.tables("forloeb"))
    reader.runs = _named(run_tables, "procedure")
    item_tables = [(t, "foranstaltning") for t in top.tables("indsats")] + [(t, "") for t in top.tables("person")]
    reader.items = _named([table for table, _ in item_tables], "navn")
    items = tuple(reader.item(table, kind) for table, kind in item_tables)
    runs = tuple(reader.run(table) for table in run_tables)
    top.close()
    if faults or case is None:
        raise MappingFault(faults)
    return MappingRules(file, case, items, runs)


def _where(error: tomllib.TOMLDecodeError) -> str:
    place = str(error).rpartition("(at ")[2].rstrip(")")
    return place.replace("line", "linje").replace("column", "tegn").replace("end of document", "slutningen af filen")


def _named(tables: list[Table], otherwise: str) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for table in tables:
        name = table.take("navn", str, "") or table.take(otherwise, str, "")
        if name and name in found:
            table.fault("navn", f"{shown(name)} står der to gange. Giv hver sit navn, så de kan kendes fra hinanden.")
        found[name] = table
    found.pop("", None)
    return found


@dataclass
class _Reader:
    terms: Terms
    faults: list[str]
    runs: Mapping[str, Table] | None = None
    items: Mapping[str, Table] | None = None

    def file(self, table: Table) -> FileRule:
        header = table.take("overskrift", int, 1)
        separator = table.take("skilletegn", str, "")
        encoding = table.take("tegnsaet", str, "").casefold()
        rule = FileRule(table.take("ark", str, ""), header, separator, ENCODINGS.get(encoding, ""))
        table.close()
        if not 1 <= header <= 1000:
            table.fault("overskrift", "er rækkens nummer, som regnearket viser det: 1 eller højere.")
        if separator and separator not in SEPARATORS:
            table.fault("skilletegn", 'skal være ";", ",", "|" eller "\\t" (tabulator).')
        if encoding and encoding not in ENCODINGS:
            table.fault("tegnsaet", f"kendes ikke. {near(encoding, list(ENCODINGS))}")
        return rule

    def case(self, table: Table) -> CaseRule | None:
        number = table.source("nummer", needed=True)
        rule = None
        names = ("foedt", "team", "sagsbehandler", "siden", "kendt_fra")
        born, team, staff, since, known_from = (table.source(name) for name in names)
        if number is not None:
            if number.fixed:
                table.fault("nummer", "skal være en kolonne: hver række siger, hvilken sag den hører til.")
            rule = CaseRule(number, born, team, staff, since, known_from)
        table.close()
        return rule

    def item(self, table: Table, type_: str) -> ItemRule:
        role = type_
        if not type_:
            role = table.take("rolle", str, "")
            if role not in PERSONS:
                table.fault("rolle", f"skal være {' eller '.join(PERSONS)}.")
        name = table.take("navn", str, "")
        if not name:
            table.fault("navn", 'mangler. Giv den et navn, som trinnene kan pege på, fx navn = "foranstaltning".')
        before = table.take("hentet_foer", bool, False)
        run = table.reference("forloeb", "forloeb", self.runs or {}) if type_ else None
        rule = ItemRule(
            key=table.place,
            name=name,
            type=role,
            named=table.source("noegle"),
            kind=table.source("slags", needed=not before) if type_ else None,
            label=None if type_ else table.source("beskrivelse", needed=not before, closed=True),
            start=table.source("fra"),
            end=table.source("til"),
            run=run,
            when=table.condition("naar"),
        )
        table.close()
        self._check_kinds(table, rule)
        return rule

    def run(self, table: Table) -> RunRule:
        procedure = table.take("procedure", str, "")
        steps = self.terms.get(procedure)
        if steps is None:
            said = f"ukendt procedure {shown(procedure)}" if procedure else "mangler"
            table.fault("procedure", f"{said}. {near(procedure, list(self.terms))}")
        runs = self.runs or {}
        links = table.table("regnes_fra")
        day = table.source("dato")
        rule = RunRule(
            key=table.place,
            name=table.take("navn", str, "") or procedure,
            procedure=procedure,
            named=table.source("noegle"),
            day=day,
            end=table.source("slut"),
            serves=table.reference("tjener", "forloeb", runs),
            opened_by=table.reference("aabnet_af", "forloeb", runs),
            links={name: ref for name in links.names() if (ref := self._link(links, name))},
            when=table.condition("naar"),
            steps=tuple(self._step(one, steps, day is not None) for one in table.tables("trin")),
        )
        before = table.take("hentet_foer", bool, False)
        table.close()
        if not rule.steps and rule.day is None and not before:
            table.fault("trin", "mangler. Skriv mindst ét [[forloeb.trin]], eller hvilken kolonne dato er.")
        return rule

    def _link(self, table: Table, procedure: str) -> Reference | None:
        if procedure not in self.terms:
            table.fault(procedure, f"ukendt procedure. {near(procedure, list(self.terms))}")
        return table.reference(procedure, "forloeb", self.runs or {})

    def _step(self, table: Table, steps: Mapping[str, StepTerms] | None, run_has_day: bool) -> StepRule:
        step = table.take("trin", str, "")
        terms = (steps or {}).get(step)
        if terms is None and steps is not None:
            table.fault("trin", f"{f'ukendt trin {shown(step)}' if step else 'mangler'}. {near(step, list(steps))}")
        day = table.source("dato")
        if day is None and terms is not None and (terms.has_time or not run_has_day):
            mend = "" if terms.has_time else " her, eller ved forløbet"
            table.fault("dato", f'mangler: trinnet skal have en dag. Skriv dato = "Kolonnens overskrift"{mend}.')
        wanted = table.raw("for")
        named = wanted if isinstance(wanted, list) else [] if wanted is None else [wanted]
        items = (table.read_reference(one, "for", "indsats", self.items or {}) for one in named)
        rule = StepRule(
            key=table.place,
            step=step,
            day=day,
            clock=table.source("klokken"),
            items=tuple(item for item in items if item),
            answers=self._answers(table.table("felter"), terms),
            note=table.source("note"),
            when=table.condition("naar"),
            number=table.take("nr", int, 1),
            repeat=table.source("gentag"),
        )
        table.close()
        return rule

    def _answers(self, table: Table, step: StepTerms | None) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for name in table.names():
            term = reserved(name) if name in RESERVED else step.fields.get(name) if step else None
            if term is None and step is not None:
                table.fault(name, f"trinnet har ikke feltet. {near(name, field_names(step))}")
            if term is not None and term.type == "forløb":
                run = table.reference(name, "forloeb", self.runs or {})
                found |= {name: Answer(run, term)} if run else {}
                continue
            source = read_source(table.raw(name), table.at(name), self.faults)
            if source is None or term is None:
                continue
            found[name] = Answer(source, term)
            for word, meaning in {**source.words, "fast": source.fixed}.items():
                if meaning and term.choices and meaning.casefold() not in term.choices:
                    where = "fast" if word == "fast" and meaning == source.fixed else f"oversaet ({shown(word)})"
                    self.faults.append(
                        f"{source.key}.{where}: ukendt valg {shown(meaning)}. {near(meaning, list(term.ids))}"
                    )
        return found

    def _check_kinds(self, table: Table, rule: ItemRule) -> None:
        if rule.kind is None:
            return
        known = kinds(self.terms)
        for meaning in (*rule.kind.words.values(), rule.kind.fixed):
            if meaning and meaning not in known.values():
                table.fault(
                    "slags", f"ukendt slags {shown(meaning)}. {near(meaning, list(dict.fromkeys(known.values())))}"
                )


def kinds(terms: Terms) -> dict[str, str]:
    """The kinds of measure a spreadsheet may hold: word (casefolded id or label) -> id."""
    step = terms.get("afgoerelse", {}).get("paataenkt")
    known = dict(step.fields["valg"].choices) if step and "valg" in step.fields else {}
    return {**known, "eftervaern": "eftervaern", "efterværn": "eftervaern", "anden": "anden"}
