"""A case's papers: every field from what is recorded, every gap marked, nothing invented, text shown as text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from guide.documents.papers import make, text, wishes, word
from guide.documents.papers_kinds import KINDS
from guide.documents.papers_model import GAP, context, gaps
from guide.documents.word import DocumentError
from store.events import Event
from tests.guide.paper_cases import books as books
from tests.guide.paper_cases import decided, seen, shown
from tests.guide.paper_cases import demo as demo
from tools.build_templates import build

INVESTIGATION, DECISION = "Børnefaglig undersøgelse", "Afgørelse om støtte"
TALK = "Børnesamtale før afgørelsen › Børnesamtale"
NO_FIELD = "Programmet har intet felt til det; skriv det her"

D10: Mapping[str, str] = {
    "barn": "Sag D10, barn, 14 år",
    "sagsbehandler": "MK",
    "team": "raadgivning",
    "moede": f"[mangler: hvilket møde sagen er på. Noteres i {DECISION} › Visitation]",
    "indstilling": "Familiebehandling og kontaktperson.",
    "kan_vente": "Ja, det kan vente",
    "anledning": "Underretning, modtaget 19. februar 2019 kl. 9.40",
    "underretter": "En fagperson, der skriver i sit arbejde",
    "bekymring": "[mangler: bekymringen. Noteres i Underretning, modtagelse og vurdering › Modtaget]",
    "kendskab": "19. februar 2019",
    "grundlag": "En ny undersøgelse",
    "stadig": "Ikke relevant: afgørelsen bygger ikke på en ældre undersøgelse",
    "faerdig": "4. december 2019",
    "stillingtagen": "Ja, der er grundlag for støtte (2. december 2019)",
    "hvorfor": f"[mangler: begrundelsen. Noteres i {INVESTIGATION} › Stillingtagen]",
    "vurdering": f"[mangler: den faglige vurdering. Noteres i {INVESTIGATION} › Faglig vurdering]",
    "stoetteart": f"[mangler: hvilken slags støtte. Noteres i {INVESTIGATION} › Stillingtagen]",
    "barnets_holdning": "fiktiv: barnets syn er beskrevet",
    "foraeldrenes_holdning": "fiktiv: forældrenes syn er beskrevet",
    "behov": f"[mangler: de behov, støtten er til for. Noteres i {DECISION} › Påtænkt støtte]",
    "m1_bestemmelse": "SEL § 52, stk. 3, nr. 3",
    "m1_samtale": "6. januar 2020 (familiebehandling, MK): Holdt af barnets myndighedssagsbehandler. "
    "Note: kun om familiebehandling",
    "m1_barnets_syn": f"[mangler: barnets syn på familiebehandling. Noteres i {TALK}]",
    "m1_vurdering": f"[mangler: din vurdering af barnets syn. Noteres i {TALK}]",
    "m1_udfoerer": "[mangler: hvem der udfører. Noteres i Handleplan › Hvem gør hvad]",
    "m1_varighed": "[mangler: forventet varighed. Noteres i Handleplan › Hvem gør hvad]",
    "m1_opfoelgning": f"[mangler: støttens start, som første opfølgning regnes fra. Noteres i {DECISION} › Iværksat]",
    "m1_pris": f"[mangler: pris, og hvem der kan bevilge den. {NO_FIELD}]",
    "m2_bestemmelse": "SEL § 52, stk. 3, nr. 6",
    "m2_samtale": f"[mangler: samtale med barnet om kontaktperson. Noteres i {TALK}]",
    "m2_barnets_syn": f"[mangler: barnets syn på kontaktperson. Noteres i {TALK}]",
    "m2_udfoerer": "[mangler: hvem der udfører. Noteres i Handleplan › Hvem gør hvad]",
    "m2_varighed": "[mangler: forventet varighed. Noteres i Handleplan › Hvem gør hvad]",
    "m2_opfoelgning": f"[mangler: støttens start, som første opfølgning regnes fra. Noteres i {DECISION} › Iværksat]",
    "m2_pris": f"[mangler: pris, og hvem der kan bevilge den. {NO_FIELD}]",
    "f1_syn": f"[mangler: synet hos forælder A. Noteres i {INVESTIGATION} › Forældre]",
    "f1_partshoering": "8. januar 2020 (forælder A, MK) "
    f"[mangler: svaret: partshøring. Noteres i {DECISION} › Partshøring]",
    "f1_samtykke": f"12. januar 2020 (forælder A, MK) [mangler: svaret: samtykke. Noteres i {DECISION} › Samtykke]",
    "f1_daekker": f"[mangler: hvad samtykket dækker. Noteres i {DECISION} › Samtykke]",
    "netvaerk": f"[mangler: netværkets ressourcer. Noteres i {INVESTIGATION} › Netværk]",
    "netvaerk_dag": "4. april 2019",
    "tidligere": "[mangler: tidligere indsats, og hvad den hjalp. "
    "Noteres i Screening: tidlig indsats eller undersøgelse › Tidligere indsats]",
    "plan": "Begyndt. [mangler: den færdige plan. Noteres i Handleplan › Handleplan]",
    "maal": "[mangler: målene. Noteres i Handleplan › Konkrete mål]",
    "fravalgt": f"[mangler: hvilke andre muligheder I har overvejet, og hvorfor de er valgt fra. {NO_FIELD}]",
}


def test_d10_before_the_decision_has_every_field_or_its_gap(demo: list[Event], books: Any) -> None:
    paper = make(seen("D10", demo, books, "2020-01-14"), "indstillingsark")
    assert context(paper)["felt"] == D10
    assert paper.subtitle == "Sag D10 · barn, 14 år · serviceloven · skrevet 14. januar 2020"


def test_d10_reads_back_from_word_and_markdown_as_the_same_facts(demo: list[Event], books: Any) -> None:
    paper = make(seen("D10", demo, books, "2020-01-14"), "indstillingsark")
    written, markdown = word(paper), text(paper)
    facts = [fact for part in paper.parts for fact in part.facts]
    for fact in [*paper.facts, *facts]:
        assert fact.text in shown(written)
        assert f"- **{fact.name}:** {GAP.sub(lambda m: f'**{m[0]}**', fact.text)}" in markdown
    document = Document(io.BytesIO(written))
    assert (round(document.sections[0].page_width.cm, 1), round(document.sections[0].page_height.cm, 1)) == (21.0, 29.7)
    runs = [r for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs]
    marked = {run.text for run in runs if run.font.highlight_color is not None}
    assert marked == set(gaps(paper))


@pytest.mark.parametrize("case", ["D1", "D5", "D9", "D14", "E1", "O2"])
def test_every_paper_that_is_offered_can_be_written_and_read(demo: list[Event], books: Any, case: str) -> None:
    file = seen(case, demo, books, "2020-02-17")
    offered = wishes(file)
    assert "overdragelsesnotat" in {wish.kind for wish in offered}
    for wish in offered:
        paper = make(file, wish.kind, wish.item or None, wish.to or None)
        found = shown(word(paper))
        assert "{" not in found
        assert all(mark in found for mark in gaps(paper))
        assert text(paper)


HOSTILE = "[her](http://x) {{ sag }} <b>fed</b> & {% raw %}\x07 [mangler: ikke noget]"


def test_what_a_person_wrote_is_shown_as_text(books: Any) -> None:
    made = decided(books, "2012-03", "2022-03-01")
    made.step("afgoerelse-1/partshoering", "2022-03-08", {"valg": "hoert", "bemaerkninger": HOSTILE}, ("f1",))
    paper = make(made.file("2022-03-10"), "afgoerelse", to="f1")
    assert "[her](http://x) {{ sag }} <b>fed</b> & {% raw %} [mangler: ikke noget]" in shown(word(paper))
    assert "\\[her\\](http://x) {{ sag }} \\<b>fed\\</b> & {% raw %}" in text(paper)


def test_the_municipality_has_its_own_template_for_one_paper(books: Any, demo: list[Event], tmp_path: Path) -> None:
    (tmp_path / "skabeloner").mkdir()
    own = tmp_path / "skabeloner" / "indstillingsark.docx"
    own.write_bytes(build(["# Vores ark", "{{ felt.anledning }}", "{{ felt.bekymring }}"]))
    file = seen("D10", demo, books, "2020-01-14")
    paper = make(file, "indstillingsark")
    assert shown(word(paper, tmp_path)).splitlines() == ["Vores ark", D10["anledning"], D10["bekymring"]]
    assert "Overdragelsesnotat" in shown(word(make(file, "overdragelsesnotat"), tmp_path))
    own.write_bytes(b"brev")
    with pytest.raises(DocumentError, match="Gem den i Word som"):
        word(paper, tmp_path)
    own.write_bytes(build(["{{ felt.findes_ikke }}"]))
    with pytest.raises(DocumentError, match="feltet 'findes_ikke' findes ikke"):
        word(paper, tmp_path)


def test_a_cpr_number_makes_no_paper(books: Any) -> None:
    made = decided(books, "2012-03", "2022-03-01")
    made.step("afgoerelse-1/partshoering", "2022-03-08", {"bemaerkninger": "010203-1234"}, ("f1",))
    with pytest.raises(DocumentError, match="ligner et CPR-nummer"):
        word(make(made.file("2022-03-10"), "afgoerelse", to="f1"))


def test_every_kind_has_a_maker(books: Any, demo: list[Event]) -> None:
    file = seen("D10", demo, books, "2020-01-14")
    assert {make(file, kind).kind for kind in KINDS} == set(KINDS)
    assert replace(make(file, "kvittering"), title="x").case == ""
