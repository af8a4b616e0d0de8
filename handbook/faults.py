"""What can be wrong on a page: one stable English code a fault, with the Danish text and what mends it.

The words in braces are filled in by ``Report.add``. Kept in one table so that the tone is one, and so that a test
can ask for a page that provokes each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from handbook.model import Fault

FAULTS: dict[str, tuple[str, str]] = {
    # the file and its front matter
    "no-folder": ("Mappen {folder} findes ikke.", "Ret stien, eller opret mappen med mindst én side."),
    "no-pages": ("Der er ingen sider i mappen {folder}.", "Læg mindst én side i mappen, med et navn der ender på .md."),
    "unreadable": ("Siden kan ikke læses: {why}.", "Se efter, om filen findes, og om du har ret til at åbne den."),
    "encoding": ("Filen er ikke gemt som UTF-8.", "Gem filen igen, og vælg tegnsættet UTF-8 (uden andre ændringer)."),
    "empty-page": ("Siden er tom.", "Skriv siden, eller slet filen. FORMAT.md viser en hel side at begynde med."),
    "front-matter": (
        "Siden begynder ikke med et sidehoved mellem to linjer med ---.",
        "Skriv --- på den allerførste linje, derefter id, titel, lov, hjemmel og modpart, og slut med --- igen.",
    ),
    "front-matter-line": ('Linjen "{line}" i sidehovedet mangler et kolon.', "Skriv den som nøgle: tekst."),
    "front-matter-twice": ('"{key}" står to gange i sidehovedet.', "Behold den ene."),
    "unknown-key": ('"{key}" hører ikke til i et sidehoved.', "{hint}"),
    "missing-key": ('Sidehovedet mangler "{key}".', 'Tilføj en linje med "{key}:" og {example}.'),
    "bad-version": ('Versionen "{value}" er ikke et helt tal.', "Skriv et helt tal fra 1 og op, fx version: 2."),
    "unknown-law": ('Loven "{law}" kendes ikke.', "Skriv lov: serviceloven eller lov: barnets_lov."),
    "wrong-edition": (
        "Siden siger lov: {law}, men den ligger blandt siderne for {edition}.",
        "Ret lov i sidehovedet, eller flyt filen.",
    ),
    "id-not-file-name": (
        'Siden har id "{id}", men filen hedder {file}.',
        "Lad dem være ens: omdøb filen til {name}, eller ret id (og version) i sidehovedet.",
    ),
    # headings and braces
    "bad-id": (
        'Id\'et "{id}" kan ikke bruges.',
        "Brug små bogstaver a-z, tal og bindestreg, fx {hint}. Skriv ae, oe og aa for æ, ø og å.",
    ),
    "duplicate-id": ('To trin på siden hedder "{id}" (det første i linje {first}).', "Giv det ene trin et andet id."),
    "step-without-id": (
        'Trinnet "{title}" har intet id.',
        "Skriv {{#{hint}}} på linjen lige over overskriften.",
    ),
    "loose-braces": (
        '"{braces}" rører ikke ved nogen overskrift.',
        "Lad {{#id}} stå alene på linjen lige over en overskrift med ###, med en tom linje foran og ingen imellem.",
    ),
    "step-outside-phase": (
        'Trinnet "{title}" står ikke under nogen fase.',
        "Skriv en overskrift med ## og fasens navn et sted over trinnet.",
    ),
    "empty-phase": ('Fasen "{title}" har ingen trin.', "Skriv mindst ét trin i fasen, eller fjern overskriften."),
    "second-title": (
        'Siden har mere end én overskrift med et enkelt #: "{title}".',
        "Brug ## til en fase og ### til et trin.",
    ),
    "underlined-heading": (
        'Linjen under "{title}" gør teksten til en overskrift.',
        "Sæt en tom linje imellem, eller fjern stregerne. Overskrifter skrives med # foran.",
    ),
    # lists and lines
    "unknown-line": ('"{word}" er ikke en linje, et trin kan have.', "{hint}"),
    "unknown-choice-line": ('"{word}" er ikke en linje, et valg kan have.', "{hint}"),
    "not-a-line": (
        'Punktet "{text}" står blandt trinnets linjer, men er ikke en linje.',
        "Skriv det som - **Ord:** tekst. Er det vejledning, så skriv et afsnit mellem linjerne og punkterne: "
        "to lister med kun en tom linje imellem flyder sammen.",
    ),
    "line-twice": ('Linjen "{word}" står to gange i trinnet.', "Saml dem i én linje. {hint}"),
    "empty-line": ('Linjen "{word}" er tom.', "Skriv, hvad der gælder, eller fjern linjen."),
    "nested-under-line": (
        'Der står noget rykket ind under linjen "{word}".',
        "Hold linjen på ét afsnit, og flyt resten ned i teksten under linjerne.",
    ),
    "second-list": (
        "Trinnet har linjer i mere end én liste.",
        "Saml alle linjer med - **Ord:** i den første liste, lige under overskriften.",
    ),
    "second-choices": (
        "Trinnet har mere end én nummereret liste.",
        "Kun svarene skal være nummererede. Skriv andre opremsninger med bindestreg.",
    ),
    "lists-merged": (
        "To nummererede lister er flydt sammen til én.",
        "Skriv den ene med bindestreg, eller sæt et afsnit imellem. En tom linje skiller dem ikke ad.",
    ),
    # values
    "long-name": ('Navnet "{name}" er for langt til listerne.', "Brug højst {most} tegn."),
    "unknown-field-type": ('"{type}" er ikke noget, man kan registrere.', "{hint}"),
    "bad-field": (
        'Feltet "{text}" kan ikke læses.',
        'Skriv typen, så navnet mellem to ` og så teksten i anførselstegn: tekst `begrundelse` "Hvorfor?". '
        "Navnet har små bogstaver a-z, tal, bindestreg eller understreg. Skil felter med semikolon.",
    ),
    "reserved-field": ('Navnet "{name}" bruges af programmet selv.', "Vælg et andet navn til feltet."),
    "field-twice": ('To felter i trinnet hedder "{name}".', "Giv det ene et eget navn mellem to `."),
    "run-without-name": (
        "forløb siger ikke, hvilken slags forløb der kan vælges.",
        "Skriv procedurens id bagefter: forløb `underretning`.",
    ),
    "choice-field-without-choices": (
        "Trinnet registrerer et valg, men har ingen nummererede svar.",
        "Skriv svarene nederst i trinnet som en nummereret liste, eller fjern valg.",
    ),
    "two-choice-fields": ("Trinnet har to felter med valg, men kun én liste af svar.", "Del det i to trin."),
    "unknown-deadline": (
        'Fristen "{text}" kan ikke læses.',
        "Skriv fx 24 timer efter [modtagelsen](#modtaget), 6 hverdage efter ..., senest 6 måneder før ..., "
        "senest [planlagt slut](#tilbud.planlagt_slut) eller det tidligste af ... og ....",
    ),
    "unknown-target": (
        'Målet "{text}" kan ikke læses.',
        "Skriv fx 14 dage efter [modtagelsen](#modtaget) eller højst 6 måneder efter [tilbuddet](#tilbud).",
    ),
    "unknown-recurrence": (
        'Gentagelsen "{text}" kan ikke læses.',
        "Skriv fx senest 3 måneder efter [start](#start), derefter højst hver 6. måned; "
        "senest [start](#start), derefter senest [den aftalte dag](#start.naeste); "
        "eller mindst 2 gange i 12 måneder efter [start](#start).",
    ),
    "bad-link": ('Linket "{href}" kan ikke bruges her.', "Skriv {expected}."),
    "bad-order": (
        '"{text}" siger ikke, hvilket trin rækkefølgen gælder.',
        "Skriv ét link til et trin, fx [afgørelsen](afgoerelse.md#truffet), og evt. derefter , når og en betingelse.",
    ),
    "bad-condition": (
        'Betingelsen "{text}" kan ikke læses.',
        "Skriv links til svar med eller imellem, [Ja](#overgreb/ja) eller [Tvivl](#overgreb/tvivl); ét navn på en "
        "betingelse; et valg peger hertil; eller efter behov.",
    ),
    "bad-links": ('"{text}" skal være et eller flere links.', "Skriv {expected}, skilt med semikolon."),
    "unknown-item-type": (
        '"{text}" kan et trin ikke stå for hver af eller oprette.',
        "Skriv et af disse: foranstaltning, forældremyndighedsindehaver, søskende, oplysning.",
    ),
    # choices
    "too-many-choices": (
        "Trinnet har {count} svar.",
        "Højst 9, så hvert svar kan vælges med én tast. Del trinnet i to, eller saml svar, der fører til det samme.",
    ),
    "bad-choice": (
        'Svaret "{text}" kan ikke læses.',
        "Skriv én tekst, evt. som link til næste trin, og evt. id til sidst mellem to `: 1. [Ja](#akut) `ja`.",
    ),
    "duplicate-choice": ('To svar i trinnet har id "{id}".', "Giv det ene et eget id til sidst på linjen: `andet-id`."),
    "bad-deficiency": (
        "Manglen siger ikke både kode og tekst.",
        "Skriv koden mellem to ` og derefter, hvad der er galt: **Mangel:** `kode` tekst.",
    ),
    # the municipality's layer (handbook.layer)
    "local-only": (
        "Linjen {word} hører kun til i kommunens egne tilføjelser.",
        "Flyt linjen til kommunens mappe, eller skriv det som tekst.",
    ),
    "layer-front-matter": (
        "Siden begynder ikke med et sidehoved mellem to linjer med ---.",
        "Skriv --- på den allerførste linje, derefter id og lov som på landets side, og slut med --- igen.",
    ),
    "layer-page": (
        'Landets håndbog har ingen side med id "{id}".',
        "{hint}",
    ),
    "layer-rule": (
        '{what} kan ikke ændres i kommunens mappe: trinnet "{id}" står i landets håndbog.',
        "Fjern det her. I må skrive Navn, Mål, Kilde, Tilsyn, Notat, Ret op og tekst til trinnet. Vil I kræve mere, så "
        "skriv et nyt trin med sit eget id.",
    ),
    "layer-reaches": (
        'Svaret "{choice}" ville gøre landets trin "{id}" ikke relevant eller undladt.',
        "Fjern linjen. Et lokalt svar kan kun pege på lokale trin på den måde.",
    ),
    "layer-clause": (
        'Hjemlen "{text}" er ikke lokal.',
        "Et lokalt trin bygger på jeres egen retningslinje: skriv lokal: og hvad den hedder. Nævn gerne loven i Kilde.",
    ),
    "layer-place": (
        'Trinnet "{step}" skal stå efter "{target}", som ikke findes på siden.',
        "{hint}",
    ),
    "layer-twice": (
        'Siden "{id}" er der to gange i kommunens mappe.',
        "Saml tilføjelserne på én side.",
    ),
    "bad-place": (
        'Placeringen "{text}" kan ikke læses.',
        "Skriv ét link til et trin på samme side: efter [modtagelsen](#modtaget).",
    ),
    "settings-front-matter": (
        "Siden om kommunen begynder ikke med et sidehoved mellem to linjer med ---.",
        "Skriv --- på den allerførste linje, derefter kommune: og jeres navn, og slut med --- igen.",
    ),
    "bad-setting": ('"{key}: {value}" kan ikke læses.', "Skriv {expected}."),
    # earlier versions (handbook.earlier)
    "earlier-name": (
        "En tidligere version skal hedde id@nummer.md; denne hedder {name}.",
        "Omdøb filen, fx underretning@1.md. Nummeret er versionen i sidehovedet.",
    ),
    "earlier-version": (
        "Version {version} er ikke ældre end den side, der bruges nu (version {current}).",
        "Sæt version op på siden, der bruges nu, eller ret nummeret her.",
    ),
    # the municipality's lawyer's file (handbook.signoffs)
    "signoff-header": (
        "Filens første linje er ikke de seks kolonner.",
        "Skriv clause;law;by;date;text;note på første linje, skilt med semikolon.",
    ),
    "signoff-row": (
        "Linjen har {count} felter i stedet for seks.",
        "Skil felterne med semikolon, og sæt anførselstegn om et felt, der selv har et semikolon.",
    ),
    "signoff-empty": ('Feltet "{field}" er tomt.', "Skriv {expected}."),
    "signoff-law": (
        'Loven "{law}" kendes ikke.',
        "Skriv serviceloven, barnets_lov, SEL eller BL, eller lad feltet stå tomt.",
    ),
    "signoff-date": ('"{date}" er ikke en dato.', "Skriv år, måned og dag: 2026-03-02."),
    "signoff-future": (
        "Dagen {date} ligger efter i dag, {today}.",
        "Skriv den dag, teksten blev læst, fx {today}.",
    ),
    "signoff-clause": ('Ingen side henviser til "{clause}".', "{hint}"),
    # the table of what barnets lov changed (handbook.law_notes)
    "law-note-row": (
        "Linjen har ikke de felter, tabellen skal have.",
        "Skriv {columns} på første linje, og på hver linje derefter alle tre felter med semikolon imellem.",
    ),
    "law-note-twice": ('"{step}" står også i linje {first}.', "Saml det i én linje."),
    "law-note-step": ('Barnets lov har intet trin "{step}".', "{hint}"),
    # the page of everyday words (handbook.synonyms)
    "synonym-heading": ('Overskriften "{heading}" kendes ikke på siden med ord.', "{hint}"),
    "synonym-empty": ('Linjen "{text}" mangler ord.', "Skriv - det, folk siger: det, siderne kalder det."),
    "synonym-twice": ('"{said}" står også i linje {first}.', "Saml ordene i én linje."),
    "synonym-term": ('Ingen side bruger "{term}".', "{hint}"),
    "synonym-step": ('Linket peger på "{target}", som ikke findes.', "{hint}"),
    # across steps and pages (handbook.check)
    "unknown-anchor": ('{what} peger på "{target}", som ikke findes.', "{hint}"),
    "unknown-page": ('{what} peger på siden "{page}", som ikke findes.', "{hint}"),
    "dead-end": ("{what}", "{hint}"),
    "unreachable": (
        'Intet svar kan gøre trinnet "{step}" relevant: {why}.',
        "Se på trinnets Hvis-linjer og på de svar, der peger hertil eller gør trinnet ikke relevant.",
    ),
    "circular-order": (
        "Rækkefølgen går i ring: {ring}.",
        "Fjern eller vend en af linjerne Før og Efter, så et af trinnene kan komme først.",
    ),
    "dead-anchor": (
        'Fristen tæller fra "{target}", men {why}.',
        "Tæl fra et trin, der kan ske, før fristen skal løbe, eller ret det trin, der peges på.",
    ),
    "deadline-cycle": (
        "Fristerne venter på hinanden i ring: {ring}.",
        "Lad en af dem tælle fra noget, der sker af sig selv, fx en modtagelse eller en afgørelse.",
    ),
    "missing-clause": (
        'Trinnet "{step}" siger ikke, hvad det bygger på.',
        "{hint}",
    ),
    "unclear-clause": (
        'Hjemlen "{text}" regnes som lov, men nævner ingen paragraf.',
        "Skriv lov og paragraf, fx SEL § 155, stk. 2; eller sæt praksis: eller faglig: foran.",
    ),
    "unknown-predicate": ('Betingelsen "{name}" kendes ikke.', "{hint}"),
    "unknown-check": ('Kontrollen "{name}" kendes ikke.', "{hint}"),
    "unknown-counterpart": (
        'Modparten "{id}" findes ikke blandt siderne for den anden lov.',
        "Ret modpart i sidehovedet, eller skriv modpart: ingen.",
    ),
}


@dataclass
class Report:
    """The faults found so far in one file. Lines are counted from 1; line 0 never occurs."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, code: str, /, **words: object) -> None:
        """Note the fault ``code`` at ``line``, its texts filled in with ``words``."""
        text, mend = FAULTS[code]
        shown = {key: _short(str(value)) for key, value in words.items()}
        self.faults.append(Fault(self.file, max(line, 1), code, text.format(**shown), mend.format(**shown).strip()))


def _short(text: str) -> str:
    """At most 200 characters on one line: a fault is read in a terminal."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:199] + "…"


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A mend that suggests the known word closest to ``word``, or ``otherwise`` when none is close."""
    # difflib costs a few milliseconds to import, and a handbook without faults never needs it
    from difflib import get_close_matches

    by_fold = {name.casefold(): name for name in known}
    found = get_close_matches(word[:60].casefold(), by_fold, n=1, cutoff=0.6)
    return f'Mente du "{by_fold[found[0]]}"?' if found else otherwise
