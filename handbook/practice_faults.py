"""What can be wrong on a practice page: one stable English code a fault, with the Danish text and what mends it."""

from __future__ import annotations

from dataclasses import dataclass, field

from handbook.model import Fault

FAULTS: dict[str, tuple[str, str]] = {
    "practice-unreadable": ("Øvesagen kan ikke læses: {why}.", "Se efter, om filen findes, og om du må åbne den."),
    "practice-encoding": ("Filen er ikke gemt som UTF-8.", "Gem filen igen, og vælg tegnsættet UTF-8."),
    "practice-front": (
        "Øvesagen begynder ikke med et sidehoved mellem to linjer med ---.",
        "Skriv --- på den allerførste linje, derefter id, titel, dag, født, træner og minutter, og slut med ---.",
    ),
    "practice-front-line": ('Linjen "{line}" i sidehovedet mangler et kolon.', "Skriv den som nøgle: tekst."),
    "practice-key": ('"{key}" hører ikke til i en øvesags sidehoved.', "{hint}"),
    "practice-key-twice": ('"{key}" står to gange i sidehovedet.', "Behold den ene."),
    "practice-missing-key": ('Sidehovedet mangler "{key}".', 'Tilføj en linje med "{key}:" og {example}.'),
    "practice-id": (
        'Øvesagen har id "{id}", men filen hedder {file}.',
        "Lad id og filnavn være ens (små a-z, tal, -).",
    ),
    "practice-born": ('"{text}" er ikke en fødselsmåned.', "Skriv år og måned, fx 2010-11, eller hele dagen."),
    "practice-minutes": ('"{text}" er ikke et antal minutter.', "Skriv et helt tal fra 1 til 240."),
    "practice-day": ('"{text}" er ikke en dag.', "Skriv 7/2-2020, og klokkeslættet med: 7/2-2020 kl. 15.40."),
    "practice-day-order": (
        'Scenen "{scene}" ligger ikke efter den foregående.',
        "Sæt scenerne i rækkefølge; uret går kun frem.",
    ),
    "practice-no-day": ('Scenen "{scene}" har ingen dag.', "Skriv - **Dag:** 10/2-2020 lige under overskriften."),
    "practice-section": ('Øvesagen mangler afsnittet "{name}".', "Skriv ## {name} og det, der hører til."),
    "practice-section-twice": ('Afsnittet "{name}" står to gange.', "Saml det under én overskrift."),
    "practice-line": ('"{word}" er ikke en linje, der kan stå her.', "{hint}"),
    "practice-cells": (
        "Rækken har {count} felter i stedet for seks.",
        "Kolonnerne er: tid, forløb, trin, gælder, svar og note. Et tomt felt skal også have sine streger.",
    ),
    "practice-run": ('"{text}" er ikke et forløb.', "Skriv procedurens id og et tal: underretning-1."),
    "practice-row-day": (
        "Rækken ligger ikke inden for sin scene: {why}.",
        "Ret tiden, eller flyt rækken til den scene, den hører til.",
    ),
    "practice-when": (
        'Linjen "{text}" kan ikke læses.',
        "Skriv fx: [kvitteringen](underretning.md#kvittering) er noteret senest 17/2-2020.",
    ),
    "practice-way": ('Vejen "{text}" kendes ikke.', "Skriv - **Vej:** facit eller - **Vej:** omvej."),
    "practice-point": ('Punktet "{title}" mangler {what}.', "Skriv {example}."),
    "practice-stray": ("Teksten hører ikke til noget punkt.", "Skriv ### og en overskrift over den."),
    "practice-page": ('Siden "{page}" findes ikke under {law}.', "{hint}"),
    "practice-step": ('Trinnet "{target}" findes ikke.', "{hint}"),
    "practice-choice": ('Svaret "{choice}" findes ikke på trinnet "{step}".', "{hint}"),
    "practice-field": ('Feltet "{field}" findes ikke på trinnet "{step}".', "{hint}"),
    "practice-item": ('"{item}" er ikke nævnt før.', "{hint}"),
    "practice-twice": ('To øvesager hedder "{id}".', "Giv den ene et andet id."),
}


@dataclass
class Report:
    """The faults found so far in one file. Lines are counted from 1."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, code: str, /, **words: object) -> None:
        """Note the fault ``code`` at ``line``, its texts filled in with ``words``."""
        text, mend = FAULTS[code]
        shown = {key: " ".join(str(value).split())[:120] for key, value in words.items()}
        self.faults.append(Fault(self.file, max(line, 1), code, text.format(**shown), mend.format(**shown)))
