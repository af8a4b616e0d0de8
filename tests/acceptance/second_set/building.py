"""A case of the second set as the rows of an event log, from the facts its table names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from checklists import calendar
from tests.acceptance.second_set.reading import Facts
from tests.checklists.build import Log, Row

PLACED = ("anbringelse", "anbringelse-uden-samtykke")


def rows(case: str, facts: Facts) -> list[Row]:
    """Every row of the case, with ids and case number of its own."""
    built = [*Building(facts).log.rows]
    return [
        replace(r, case=case, id=f"{case}-{r.id}", replaces=f"{case}-{r.replaces}" if r.replaces else "") for r in built
    ]


class Building:
    """Writes the facts one procedure after another; a fact that is ``-`` or absent is not written."""

    def __init__(self, facts: Facts) -> None:
        self.facts = {key: value for key, value in facts.items() if value != "-"}
        self.log = Log(facts["kendt"], facts["født"])
        self.notification()
        self.investigation()
        self.clarification()
        self.offer()
        if "afgørelse" in self.facts:
            self.decision()
            self.talks()
            self.plan()
            self.follow_up()
        self.review()
        if day := self.get("lukket"):
            self.log.run("afslutning-1", day)
            self.log.step("afslutning-1/lukket", day)

    def get(self, key: str) -> str:
        return self.facts.get(key, "")

    def listed(self, key: str) -> list[str]:
        return [part for part in self.get(key).split(" + ") if part]

    def step(self, key: str, path: str, value: Any = None) -> None:
        if when := self.get(key):
            self.log.step(path, when, value)

    def notification(self) -> None:
        if not (received := self.get("modtaget")):
            return
        self.log.run("underretning-1", received[:10])
        self.log.step("underretning-1/modtaget", received)
        self.step("vurderet", "underretning-1/risikovurdering", "nej")
        receipt = self.get("kvittering")
        unknown = receipt == "kan-ikke"
        self.log.step(
            "underretning-1/kvittering", received[:10] if unknown else receipt, receipt if unknown else "sendt"
        )
        if answer := self.get("kompleks"):
            self.log.run("screening-1", received[:10], opened_by="underretning-1")
            self.log.step("screening-1/kompleks", received[:10], answer)

    def investigation(self) -> None:
        if not (begun := self.get("undersøgelse")):
            return
        run = "boernefaglig-undersoegelse-1"
        self.log.run(run, begun, opened_by="underretning-1")
        self.log.step(f"{run}/besluttet", begun)
        self.log.step(f"{run}/art", begun, self.get("art"))
        self.step("opmærksom", f"{run}/udloesende")
        if position := self.get("stillingtagen"):
            kind = {} if position.endswith("uden art") else {"stoetteart": "familiebehandling"}
            self.log.step(f"{run}/stillingtagen", position[:10], {"valg": "stoette", **kind})
        self.step("færdig", f"{run}/afsluttet", "stoette")

    def clarification(self) -> None:
        if begun := self.get("afdækning"):
            self.log.run("afdaekning-1", begun, opened_by="underretning-1")
            self.log.step("afdaekning-1/besluttet", begun)
            self.step("afdækket", "afdaekning-1/afsluttet", "stoette")

    def offer(self) -> None:
        if day := self.get("tilbud"):
            self.log.run("tidlig-indsats-1", day)
            self.log.step("tidlig-indsats-1/tilbud", day, {"valg": "konsulentbistand"})

    def decision(self) -> None:
        run, begun, decided = "afgoerelse-1", self.get("forløb"), self.get("afgørelse")
        opener = "boernefaglig-undersoegelse-1" if self.get("undersøgelse") else "afdaekning-1"
        opened = {"opened_by": opener} if self.get("undersøgelse") or self.get("afdækning") else {}
        self.log.run(run, begun, **opened)
        for number, kind in enumerate(self.listed("støtte"), 1):
            self.log.item(f"m{number}", begun, kind=kind, run=run)
        for number in range(1, int(self.get("forældre") or 1) + 1):
            self.log.item(f"f{number}", self.get("kendt"), "forældremyndighedsindehaver", "")
        self.answer("tempo", f"{run}/tempo", begun)
        if basis := self.get("grundlag"):
            rests_on, _, reason = basis.partition(", ")
            self.log.step(
                f"{run}/grundlag", begun, {"valg": rests_on, **({"stadig_daekkende": reason} if reason else {})}
            )
        if heard := self.get("hørt"):
            self.log.step(f"{run}/partshoering", heard, "hoert", items="f1")
        self.step("barn-hørt", f"{run}/partshoering-barn", "hoert")
        self.corrected(f"{run}/truffet", decided, items=self.measures())
        self.answer("begrundet", f"{run}/begrundelse", decided[:10])
        self.answer("klage", f"{run}/klagevejledning", decided[:10])
        self.answer("årsag", f"{run}/aarsag", decided[:10])
        if sibling := self.get("søskende"):
            self.log.item("s1", begun, "søskende", "")
            if sibling != "ubesvaret":
                self.log.step(f"{run}/soeskende", decided[:10], sibling, items="s1")
        if started := self.get("iværksat"):
            self.log.step(f"{run}/ivaerksat", started, items=self.measures())

    def talks(self) -> None:
        for number, told in enumerate(self.listed("samtale"), 1):
            said, _, about = told.partition(" om ")
            said, _, outsider = said.partition(" af ")
            run = f"boernesamtale-{number}"
            self.log.run(run, self.get("forløb"), serves="afgoerelse-1")
            value = {"holdt_af": outsider or "myndighedssagsbehandler"}
            self.corrected(f"{run}/holdt", said, value, self.measures(about))
        if ground := self.get("undladt"):
            ground, _, about = ground.partition(" om ")
            run = "boernesamtale-9"
            self.log.run(run, self.get("forløb"), serves="afgoerelse-1")
            self.log.step(f"{run}/undladelse", self.get("forløb"), ground, items=self.measures(about))

    def plan(self) -> None:
        made, position = self.get("plan"), self.get("stilling")
        if not made and not position:
            return
        decided = date.fromisoformat(self.get("afgørelse")[:10])
        young = calendar.age_reached(self.get("født"), 16, decided)
        early = (made and made < "2024") or decided.year < 2024
        run = "handleplan-1" if early else "ungeplan-1" if young else "barnets-plan-1"
        self.log.run(run, self.get("forløb"), serves="afgoerelse-1")
        if position:
            day, answer = position.split()
            self.log.step(f"{run}/stilling", day, answer)
        if made:
            self.log.step(f"{run}/udarbejdet", made)

    def follow_up(self) -> None:
        if not (started := self.get("iværksat")):
            return
        self.log.run("opfoelgning-1", started, serves="afgoerelse-1")
        if first := self.get("første"):
            self.log.step("opfoelgning-1/foerste", first, "fortsaet", items="m1")
        for day in self.listed("opfølgning"):
            self.log.step("opfoelgning-1/vurdering", day, "fortsaet", items="m1")
        for told in self.listed("rytme"):
            day, _, coming = told.partition(" næste ")
            self.log.step("opfoelgning-1/rytme", day, {"valg": "fast", "naeste": coming})
        self.log.run("personrettet-tilsyn-1", started, serves="afgoerelse-1")
        for told in self.listed("besøg"):
            where = "andet-sted" if told.endswith("andet sted") else "anbringelsesstedet"
            self.log.step("personrettet-tilsyn-1/besoeg", told[:10], {"sted": where}, items="m1")

    def review(self) -> None:
        for number, day in enumerate(self.listed("gennemgang"), 1):
            run = f"sagsgennemgang-{number}"
            self.log.run(run, day)
            for step in ("barnet", "foraeldre", "stoettegrundlag"):
                self.log.step(f"{run}/{step}", day, self.get(step) or "tilstraekkelig")

    def answer(self, key: str, path: str, day: str) -> None:
        if value := self.get(key):
            self.log.step(path, day, value)

    def corrected(self, path: str, told: str, value: Any = None, items: str = "") -> None:
        """A record that may have been taken back, or corrected to another day."""
        told, _, other = told.partition(" rettet til ")
        said, _, back = told.partition(" trukket tilbage")
        gone = told.endswith("trukket tilbage")
        first = self.log.step(path, said + back, value, items)
        if gone:
            self.log.step(path, said, {"status": "withdrawn"}, items, replaces=first)
        if other:
            self.log.step(path, other, value, items, replaces=first)

    def measures(self, kind: str = "") -> str:
        """The ids of the decision's measures, or of the one of ``kind``."""
        kinds = self.listed("støtte")
        return " ".join(f"m{n}" for n, each in enumerate(kinds, 1) if kind in ("", each))
