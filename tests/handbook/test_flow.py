"""The flow as Mermaid text: what it shows, and that no page can break out of a label."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from handbook import page
from handbook.flow import escape, flow
from handbook.model import Procedure

TEXT = """\
---
id: p
titel: Prøve
lov: serviceloven
hjemmel: SEL § 1
modpart: ingen
---

# Prøve

## Start

{#modtaget}
### Hvornår?

- **Registrér:** tidspunkt
- **Hjemmel:** SEL § 1

{#end}
### Er "alt" [klar]?

- **Frist:** 24 timer efter [modtagelsen](#modtaget)
- **For hver:** foranstaltning
- **Før:** [afgørelsen](afgoerelse.md#truffet), når anbringelse
- **Åbner:** [tale](boernesamtale.md)
- **Hjemmel:** SEL § 1

1. [Ja](#modtaget)
2. Nej
   - **Åbner:** [undersøgelse](undersoegelse.md)
3. Måske

## Slut

{#sidst}
### Sidst?

- **Hjemmel:** faglig
"""

EXPECTED = """\
flowchart TD
    start(["Prøve"])
    subgraph phase1 ["Start"]
        s_modtaget["Hvornår?"]
        s_end{"Er #34;alt#34; #91;klar#93;?<br>Frist: 24 timer efter modtagelsen<br>For hver foranstaltning"}
    end
    subgraph phase2 ["Slut"]
        s_sidst["Sidst?"]
    end
    start --> s_modtaget
    s_modtaget --> s_end
    s_end -- "Ja" --> s_modtaget
    s_end == "Nej" ==> p_undersoegelse
    s_end -- "Måske" --> s_sidst
    s_end -. "før, når anbringelse" .-> p_afgoerelse__truffet
    s_end == "åbner" ==> p_boernesamtale
    p_afgoerelse__truffet[["afgoerelse: truffet"]]
    p_boernesamtale[["boernesamtale"]]
    p_undersoegelse[["undersoegelse"]]
"""


def procedure() -> Procedure:
    found = page.read(TEXT.encode(), Path("p.md"))
    assert found.faults == ()
    assert found.procedure is not None
    return found.procedure


def test_the_flow_shows_phases_answers_deadlines_order_and_what_is_opened() -> None:
    assert flow(procedure()) == EXPECTED


@given(st.text())
def test_a_label_holds_nothing_that_mermaid_reads_as_syntax(text: str) -> None:
    assert re.fullmatch(r"(?:[^\W_]|[ .,:!?/+–§½'()-]|#\d+;)*", escape(text))


@given(st.text(min_size=1))
def test_whatever_a_title_says_the_flow_keeps_its_lines(title: str) -> None:
    changed = procedure()
    changed = replace(changed, title=title, steps=tuple(replace(s, title=title, phase=title) for s in changed.steps))
    text = flow(changed)
    assert text.count('"') % 2 == 0
    assert sum(line.strip() == "end" for line in text.split("\n")) == 1
    assert len(text.split("\n")) == len(EXPECTED.split("\n")) - 2


def test_a_page_without_steps_is_drawn_as_its_title() -> None:
    assert flow(replace(procedure(), steps=())) == 'flowchart TD\n    start(["Prøve"])\n'
