"""A handbook of a few short pages, so that the tests of the dialogue do not change with the real pages' words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from handbook import page
from handbook.model import Handbook, Procedure

UNDERRETNING = """---
id: underretning
titel: Underretning
lov: serviceloven
hjemmel: SEL § 155
modpart: underretning
---

# Underretning

## Fase

{#modtaget}
### Hvornår nåede underretningen kommunen?

- **Registrér:** tidspunkt `modtaget`
- **Hjemmel:** SEL § 155, stk. 1

Uret starter her.

{#risikovurdering}
### Er barnet i fare?

- **Registrér:** valg; tekst `begrundelse`; person `vurderet_af`
- **Frist:** 24 timer efter [modtagelsen](#modtaget)
- **Hjemmel:** SEL § 155, stk. 2; praksis: skriv altid hvorfor
- **Tilsyn:** begrundelsen mangler tit
- **Notat:** grunden og hvem der vurderede
- **Kilde:** en kilde
- **Ret op:** lav den nu

Fristen gælder **vurderingen**, ikke [kontakten](#kvittering).

1. [Ja, der skal handles nu](#akut) `ja`
2. [Nej, ikke akut](#kvittering) `nej`

{#akut}
### Er barnet i sikkerhed?

- **Hvis:** [Ja](#risikovurdering/ja)
- **Hjemmel:** SEL § 58

{#kvittering}
### Har underretteren fået besked?

- **Frist:** 6 hverdage efter [modtagelsen](#modtaget)
- **Hjemmel:** SEL § 155 b, stk. 1

{#trivsel}
### Hvor godt har barnet det?

- **Registrér:** skala 1-5
- **Hvis:** efter behov
- **Hjemmel:** faglig: trivselslinealen

{#foraeldre}
### Har du talt med forælderen?

- **For hver:** forældremyndighedsindehaver
- **Registrér:** tekst `sagt` "Hvad sagde forælderen?"
- **Hjemmel:** faglig: hør begge forældre

{#vej}
### Hvad er vejen frem?

- **Registrér:** valg
- **Hjemmel:** SEL § 50

1. Undersøgelse `undersoegelse`
   - **Åbner:** [undersøgelse](boernefaglig-undersoegelse.md)
2. Vi venter og ser `vent`
   - **Mangel:** `ground-not-named` At vente er ikke en vej, loven nævner.
"""

SCREENING = """---
id: screening
titel: Screening
lov: serviceloven
hjemmel: SEL § 50
modpart: screening
---

# Screening

## Fase

{#egen-vurdering}
### Hvad mener du selv?

- **Registrér:** valg; tekst `hvorfor`
- **Hjemmel:** faglig: skriv det først

1. [Et tilbud](#afgraenset) `tilbud`
2. [En undersøgelse](#afgraenset) `undersoegelse`

{#afgraenset}
### Er problemet afgrænset?

- **Registrér:** valg
- **Hjemmel:** faglig: spørg om det

1. [Ja](#saerlig-stoette) `ja`
   - **Taler for:** [tilbud](#vejvalg/tilbud), det er afgrænset
2. [Nej](#saerlig-stoette) `nej`
   - **Taler imod:** [tilbud](#vejvalg/tilbud), det er sammensat

{#saerlig-stoette}
### Må det antages, at barnet trænger til særlig støtte?

- **Registrér:** valg
- **Hjemmel:** SEL § 50, stk. 1

1. [Ja](#vejvalg) `ja`
   - **Taler for:** [undersøgelse](#vejvalg/undersoegelse), så skal I undersøge
2. [Nej](#vejvalg) `nej`

{#vejvalg}
### Hvad vælger du?

- **Registrér:** valg; tekst `begrundelse`
- **Hjemmel:** SEL § 50, stk. 1

1. Et tilbud `tilbud`
2. En undersøgelse `undersoegelse`

{#sparring}
### Har du vendt det med lederen?

- **Hvis:** valget afviger
- **Hjemmel:** faglig: sparring
"""

UNDERSOEGELSE = """---
id: boernefaglig-undersoegelse
titel: Børnefaglig undersøgelse
lov: serviceloven
hjemmel: SEL § 50
modpart: boernefaglig-undersoegelse
---

# Undersøgelse

## Fase

{#udloesende}
### Hvilken underretning begynder fristen med?

- **Registrér:** dato; forløb `underretning`; tekst `grund`
- **Hjemmel:** SEL § 50, stk. 7

{#plan}
### Hvad vil I have at vide?

- **Opretter:** oplysning
- **Hjemmel:** faglig: lav en plan

{#fokus}
### Hvilke forhold ser I på?

- **Registrér:** flere valg
- **Hjemmel:** SEL § 50, stk. 2

1. Adfærd `adfaerd`
2. Familie `familie`
3. Skole `skole`

{#afsluttet}
### Er undersøgelsen færdig?

- **Registrér:** dato
- **Frist:** 4 måneder efter [begyndelsen](#udloesende), ellers [modtagelsen](underretning.md#modtaget)
- **Hjemmel:** SEL § 50, stk. 7
"""

AFGOERELSE = """---
id: afgoerelse
titel: Afgørelse
lov: serviceloven
hjemmel: SEL § 52
modpart: afgoerelse
---

# Afgørelse

## Fase

{#paataenkt}
### Hvad overvejer I?

- **Opretter:** foranstaltning
- **Åbner:** [børnesamtale](boernesamtale.md)
- **Hjemmel:** SEL § 52, stk. 3

{#truffet}
### Er afgørelsen truffet?

- **Registrér:** dato
- **For hver:** foranstaltning
- **Hjemmel:** SEL § 52
"""

BOERNESAMTALE = """---
id: boernesamtale
titel: Børnesamtale
lov: serviceloven
hjemmel: SEL § 48
modpart: boernesamtale
---

# Børnesamtale

## Fase

{#holdt}
### Er samtalen holdt?

- **Registrér:** dato; tekst `barnets_ord`
- **For hver:** foranstaltning
- **Før:** [afgørelsen](afgoerelse.md#truffet)
- **Hjemmel:** SEL § 48, stk. 1; praksis: hold den selv
- **Ret op:** hør barnet nu

{#undladelse}
### Hvad taler imod en samtale?

- **Registrér:** valg
- **For hver:** foranstaltning
- **Hvis:** efter behov
- **Hjemmel:** SEL § 48, stk. 2

1. Barnets modenhed `modenhed`
   - **Undlader:** [samtalen](#holdt)
2. Travlhed `travlhed`
   - **Undlader:** [samtalen](#holdt)
   - **Mangel:** `ground-not-named` Travlhed er ikke en grund, loven nævner.
"""


_PAGES = (UNDERRETNING, SCREENING, UNDERSOEGELSE, AFGOERELSE, BOERNESAMTALE)


@cache
def small() -> Handbook:
    """The pages above as an edition of serviceloven."""
    pages: dict[str, Procedure] = {}
    for text in _PAGES:
        name = text.split("id: ", 1)[1].split("\n", 1)[0]
        found = page.read(text.encode(), Path(f"{name}.md"))
        assert not found.faults
        assert found.procedure is not None
        pages[name] = found.procedure
    return Handbook("serviceloven", pages)
