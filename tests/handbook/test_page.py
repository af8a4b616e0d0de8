"""A page becomes what it says: every line of the format, read into the model."""

from __future__ import annotations

import time
from collections.abc import Callable
from textwrap import dedent

from handbook import page
from handbook.check import check
from handbook.load import bundled
from handbook.model import (
    Choice,
    Condition,
    Deadline,
    Deficiency,
    Field,
    Handbook,
    Order,
    Procedure,
    Reference,
    Step,
    StepRef,
    Term,
    Weight,
)

ReadPage = Callable[..., Procedure]
ReadStep = Callable[[str], Step]

# the example of the design, which has no step #akut
DESIGN = """\
---
id: underretning
titel: Underretning, modtagelse og vurdering
lov: serviceloven
hjemmel: SEL §§ 153-155 b
modpart: underretning
---

# Underretning

Kort: hvorfor trinnene findes.

## Modtagelse

{#modtaget}
### Hvornår nåede underretningen kommunen?

- **Registrér:** tidspunkt `modtaget`
- **Hjemmel:** SEL § 155, stk. 1

Noter klokkeslættet: fristen på 24 timer løber fra modtagelsen, også i weekender.

{#risikovurdering}
### Er barnets sundhed eller udvikling i fare?

- **Registrér:** valg; tekst `begrundelse`; person `vurderet_af`
- **Frist:** 24 timer efter [modtagelsen](#modtaget)
- **Hjemmel:** SEL § 155, stk. 2
- **Tilsyn:** hvad tilsyn oftest finder galt

Fristen gælder selve vurderingen, ikke kontakten til familien.

1. [Ja, der skal handles nu](#akut)
2. [Nej, ikke akut](#kvittering)

{#kvittering}
### Har underretteren fået besked om, at I har modtaget den?

- **Frist:** 6 hverdage efter [modtagelsen](#modtaget)
- **Hjemmel:** SEL § 155 b, stk. 1
"""


def p(step_id: str, part: str = "") -> StepRef:
    return StepRef("p", step_id, part)


def test_the_example_of_the_design_is_read_as_it_stands(read: ReadPage) -> None:
    procedure = read(DESIGN, "underretning.md")
    assert (procedure.title, procedure.version) == ("Underretning, modtagelse og vurdering", 1)
    assert (procedure.intro, procedure.clause) == ("Kort: hvorfor trinnene findes.", "SEL §§ 153-155 b")
    assert procedure.edition == "serviceloven@1"
    assert [(s.id, s.phase, s.line) for s in procedure.steps] == [
        ("modtaget", "Modtagelse", 16),
        ("risikovurdering", "Modtagelse", 24),
        ("kvittering", "Modtagelse", 37),
    ]
    assert procedure.by_id["modtaget"].fields == (Field("tidspunkt", "modtaget", "modtaget", is_time=True),)
    judged = procedure.by_id["risikovurdering"]
    term = Term(24, "timer", (StepRef("underretning", "modtaget"),))
    assert judged.deadlines == (Deadline((term,), "24 timer efter modtagelsen", line=27),)
    assert [f.label for f in judged.fields] == ["valg", "begrundelse", "vurderet af"]
    assert judged.text == "Fristen gælder selve vurderingen, ikke kontakten til familien."
    assert judged.audit_note == "hvad tilsyn oftest finder galt"
    assert judged.choices[0] == Choice(
        "ja-der-skal-handles-nu", "Ja, der skal handles nu", StepRef("underretning", "akut"), line=33
    )


def test_the_step_that_the_design_leaves_out_is_an_unknown_anchor(read: ReadPage) -> None:
    faults = check(Handbook("serviceloven", {"underretning": read(DESIGN, "underretning.md")}))
    assert [(f.code, f.line) for f in faults] == [("unknown-anchor", 33)]


def test_the_front_matter_is_split_at_the_first_colon(front: str, read: ReadPage) -> None:
    assert read(front + "## F\n\n{#s}\n### S?\n").title == "Titel: med kolon"


def test_fields_take_names_labels_and_defaults(step: ReadStep) -> None:
    found = step(
        """
        - **Registrér:** dato; tidspunkt; flere valg; tekst; tekst `hvorfor_nu` "Hvorfor nu; ikke senere?"; skala 1-5;
          person; sted; forløb `underretning`

        1. Ja
        """
    ).fields
    assert [(f.type, f.name, f.label, f.is_time, f.procedure) for f in found] == [
        ("dato", "dato", "dato", True, ""),
        ("tidspunkt", "tidspunkt", "tidspunkt", False, ""),
        ("flere valg", "valg", "valg", False, ""),
        ("tekst", "tekst", "tekst", False, ""),
        ("tekst", "hvorfor_nu", "Hvorfor nu; ikke senere?", False, ""),
        ("skala 1-5", "skala", "skala", False, ""),
        ("person", "person", "person", False, ""),
        ("sted", "sted", "sted", False, ""),
        ("forløb", "underretning", "underretning", False, "underretning"),
    ]


def test_answers_without_a_field_get_one_first(step: ReadStep) -> None:
    found = step("- **Registrér:** dato; tekst\n\n1. Ja\n2. Nej").fields
    assert [f.name for f in found] == ["valg", "dato", "tekst"]


def test_order_conditions_and_the_rest_of_the_lines(step: ReadStep) -> None:
    found = step(
        """
        - **Navn:** kort navn
        - **Før:** [afgørelsen](afgoerelse.md#truffet), når afgørelsen kan vente
        - **Før:** [b](#b)
        - **Efter:** [c](#c)
        - **For hver:** forældremyndighedsindehaver
        - **Hvis:** [Ja](#overgreb/ja) eller [Tvivl](q.md#overgreb/tvivl)
        - **Hvis:** barnet er fyldt 15
        - **Hvis:** et valg peger hertil
        - **Hvis:** efter behov
        - **Kontrol:** én ting; en anden
        - **Åbner:** [a](boernesamtale.md); [b](handleplan.md), [c](q.md)
        - **Opretter:** foranstaltning
        - **Hjemmel:** SEL § 155, stk. 2; praksis: egen *samtale* (ikke kontrolleret); faglig; faglig: skik; lokal: mål
        - **Kilde:** *vejledning* nr. 1
        - **Tilsyn:** med [link](https://example.org)
        - **Notat:** flere
          linjer
        - **Ret op:** hør barnet nu
        """
    )
    assert found.name == "kort navn"
    assert [(o.before, o.anchor, o.when) for o in found.orders] == [
        (True, StepRef("afgoerelse", "truffet"), "afgørelsen kan vente"),
        (True, p("b"), ""),
        (False, p("c"), ""),
    ]
    assert found.orders[0] == Order(True, StepRef("afgoerelse", "truffet"), "afgørelsen kan vente", line=19)
    assert found.for_each == "forældremyndighedsindehaver"
    assert found.conditions == (
        Condition(choices=(p("overgreb", "ja"), StepRef("q", "overgreb", "tvivl")), line=23),
        Condition(predicate="barnet er fyldt 15", line=24),
        Condition(pointed_at=True, line=25),
        Condition(optional=True, line=26),
    )
    assert found.checks == ("én ting", "en anden")
    assert found.opens == ("boernesamtale", "handleplan", "q")
    assert found.creates == "foranstaltning"
    assert found.references == (
        Reference("SEL § 155, stk. 2", "lov"),
        Reference("egen samtale", "praksis", checked=False),
        Reference("faglig", "faglig", state="faglig"),
        Reference("skik", "faglig", state="faglig"),
        Reference("mål", "lokal", state="lokal"),
    )
    assert (found.source, found.audit_note) == ("*vejledning* nr. 1", "med [link](https://example.org)")
    assert (found.journal_note, found.mend) == ("flere linjer", "hør barnet nu")


def test_answers_with_everything_under_them(step: ReadStep) -> None:
    found = step(
        """
        1. [Barnets **alder**](q.md) `alder`
           - **Mangel:** `ground-not-named` Ikke en grund, *loven* nævner.
           - **Ikke relevant:** [a](#a); [b](q.md#b)
           - **Undlader:** [samtalen](#holdt)
           - **Åbner:** [q](q.md)
           - **Taler for:** [x](#valg/x), fordi
           - **Taler imod:** [y](#valg/y)
        2. Årsagen er ½ ukendt
        """
    ).choices
    assert found[0] == Choice(
        "alder",
        "Barnets alder",
        target=StepRef("q", ""),
        deficiency=Deficiency("ground-not-named", "Ikke en grund, *loven* nævner."),
        not_relevant=(p("a"), StepRef("q", "b")),
        leaves_out=(p("holdt"),),
        opens=("q",),
        weights=(Weight(p("valg", "x"), True, "fordi"), Weight(p("valg", "y"), False, "")),
        line=18,
    )
    assert (found[1].id, found[1].label) == ("aarsagen-er-ukendt", "Årsagen er ½ ukendt")


def test_text_is_kept_as_written_and_a_phase_speaks_with_its_first_step(front: str, read: ReadPage) -> None:
    found = read(
        front
        + dedent(
            """
            ## Fase

            Om fasen.

            {#a}
            ### A?

            Foran.

            - **Hjemmel:** faglig

            *Vejledning*, og:

            - et punkt
              - og et til

            <!-- til den næste, der retter -->

            ```
            {#ikke-et-id}
            ```

            #### Mellemrubrik

            1. Ja

            Efter svarene.

            {#b}
            ### B?
            """
        )
    )
    expected = """
        Om fasen.

        Foran.

        *Vejledning*, og:

        - et punkt
          - og et til

        ```
        {#ikke-et-id}
        ```

        #### Mellemrubrik

        Efter svarene."""
    assert found.steps[0].text == dedent(expected).strip()
    assert found.intro == "Indledning."
    assert [name for name, _ in found.phases] == ["Fase"]
    assert [s.name for s in found.steps] == ["a", "b"]


def test_ten_kilobytes_take_a_few_milliseconds() -> None:
    pages = [p for p in bundled("serviceloven").procedures.values() if len(p.source) > 5000]
    assert pages, "the bundled pages are the measure"
    took = []
    for _ in range(3):
        start = time.perf_counter()
        for each in pages:
            page.read.__wrapped__(each.source.encode(), each.path)
        took.append(time.perf_counter() - start)
    per_10_kb = min(took) / sum(len(each.source.encode()) for each in pages) * 10_240
    assert per_10_kb < 0.04, f"{per_10_kb * 1000:.1f} ms"


def test_an_order_may_rest_on_practice_alone() -> None:
    book = bundled("serviceloven")
    finished = book.procedures["boernefaglig-undersoegelse"].by_id["afsluttet"]
    talk = book.procedures["boernesamtale"].by_id["holdt"]
    assert [(o.practice, o.anchor.step) for o in finished.orders] == [(False, "ivaerksat"), (True, "truffet")]
    assert [o.practice for o in talk.orders] == [False]


def test_an_order_may_be_the_pages_own_reading() -> None:
    (order,) = bundled("barnets_lov").procedures["underretning"].by_id["overgreb-samtale"].orders
    assert (order.reading, order.practice, order.basis) == (True, False, "faglig")
    assert order.text == "vejen frem, når vejen ikke er akut"
