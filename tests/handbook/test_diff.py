"""What changed between two versions of a page, and between the two laws, in a reader's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import layer_page, page
from handbook.diff import Change, differences, law_change, pairs
from handbook.layer import merge
from handbook.load import bundled
from handbook.model import Procedure
from handbook.word_diff import LONGEST, word_diff

GOOD = (Path(__file__).parent / "prove.md").read_text(encoding="utf-8")


def read(text: str) -> Procedure:
    found = page.read(text.encode(), Path("prove.md"))
    assert found.faults == ()
    assert found.procedure is not None
    return found.procedure


def changes(*pieces: str) -> list[Change]:
    text = GOOD
    for old, new in zip(pieces[::2], pieces[1::2], strict=True):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return list(differences(read(GOOD), read(text)))


def test_nothing_changed() -> None:
    assert changes() == []
    moved_lines = GOOD.replace("Kort om siden.", "Kort om\nsiden.").replace("## Fase", "\n\n## Fase")
    assert differences(read(GOOD), read(moved_lines)) == ()


SLUT = GOOD[GOOD.index("{#slut}") :]

HVIS = "- **Hvis:** barnet er fyldt 15\n"
FRIST = "- **Frist:** 24 timer efter [start](#start)\n"
NEW = "{#ny}\n### Noget nyt?\n\n- **Hjemmel:** faglig\n\n{#slut}"
ELSEWHERE = "»24 timer efter start (før)« er blevet til »24 timer efter start (peger et nyt sted hen)«"

CASES: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("page", "", 'Siden hedder nu "Test" (før "Prøve").', ("titel: Prøve", "titel: Test")),
    ("page", "", 'Sidens hjemmel er nu "SEL § 156" (før "SEL § 155").', ("SEL § 155\n", "SEL § 156\n")),
    ("phase", "", 'Fasen hedder nu "Del" (før "Fase").', ("## Fase", "## Del")),
    ("text", "", "Indledningen: Kort om [væk: siden.] [nyt: det.]", ("om siden.", "om det.")),
    ("added", "ny", 'Nyt trin under "Fase": Noget nyt?', ("{#slut}", NEW)),
    ("removed", "slut", 'Trinnet "Hvornår er det slut?" er fjernet.', (SLUT, "", "[Ja](#slut)", "[Ja](#start)")),
    (
        "renamed",
        "slut",
        'Trinnet hedder nu "Er det slut?" (før "Hvornår er det slut?").',
        ("Hvornår er det slut?", "Er det slut?"),
    ),
    ("renamed", "start", 'I listerne hedder det nu "i gang" (før "begyndt").', ("Navn:** begyndt", "Navn:** i gang")),
    ("moved", "slut", 'Det står nu under "Til sidst" (før "Fase").', ("{#slut}", "## Til sidst\n\n{#slut}")),
    (
        "deadline",
        "svar",
        "Frist: »24 timer efter start« er blevet til »6 hverdage efter start«.",
        ("24 timer", "6 hverdage"),
    ),
    ("deadline", "svar", "Frist: »24 timer efter start« er væk.", (FRIST, "")),
    ("deadline", "svar", f"Frist: {ELSEWHERE}.", ("[start](#start)", "[start](#slut)")),
    (
        "rhythm",
        "slut",
        "Gentages: »højst hver måned efter start« er kommet til.",
        (HVIS, HVIS + "- **Gentages:** højst hver måned efter [start](#start)\n"),
    ),
    (
        "order",
        "slut",
        "Rækkefølge: »efter svaret, når anbringelse« er kommet til.",
        (HVIS, HVIS + "- **Efter:** [svaret](#svar), når anbringelse\n"),
    ),
    (
        "condition",
        "slut",
        "Gælder kun, når: »barnet er fyldt 15« er blevet til »Ja«.",
        (HVIS, "- **Hvis:** [Ja](#svar/ja)\n"),
    ),
    (
        "clause",
        "slut",
        "Hjemmel: »faglig: faglig« er blevet til »SEL § 1 (ikke kontrolleret)«.",
        ("faglig\n", "SEL § 1 (ikke kontrolleret)\n"),
    ),
    ("choices", "svar", "Svar: »Ja; Nej« er blevet til »Ja; Nej; Måske«.", ("2. Nej\n", "2. Nej\n3. Måske\n")),
    (
        "fields",
        "slut",
        "Registreres: »dato (dato)« er blevet til »dato (dato); sted (sted)«.",
        ("dato\n- **Hvis", "dato; sted\n- **Hvis"),
    ),
    ("rule", "svar", "Sætter i gang: »kontrol: svaret passer« er væk.", ("- **Kontrol:** svaret passer\n", "")),
    ("text", "svar", "Vejledningen: [væk: Vejledning.] [nyt: God vejledning.]", ("Vejledning.", "God vejledning.")),
    ("text", "slut", "Kilde: [nyt: loven]", (HVIS, HVIS + "- **Kilde:** loven\n")),
]


@pytest.mark.parametrize(("kind", "step", "text", "pieces"), CASES, ids=[case[0] for case in CASES])
def test_one_change_is_one_sentence(kind: str, step: str, text: str, pieces: tuple[str, ...]) -> None:
    found = changes(*pieces)
    found = [c for c in found if not (kind == "removed" and c.kind == "choices")]
    assert [(c.kind, c.step, c.text) for c in found] == [(kind, step, text)]


def test_a_step_is_named_as_in_the_lists() -> None:
    (found,) = changes("24 timer", "2 dage")
    assert (found.name, found.before, found.after) == ("svar", "24 timer efter start", "2 dage efter start")


def test_what_a_layer_adds_can_be_told() -> None:
    text = "---\nid: prove\nlov: serviceloven\n---\n{#svar}\n### S\n\n"
    text += "- **Mål:** 2 dage efter [start](#start)\n\nEgen tekst.\n"
    local = merge(read(GOOD), layer_page.read(text.encode(), Path("prove.md"), frozenset({"svar"})))
    assert [(c.kind, c.text) for c in differences(read(GOOD), local)] == [
        ("target", "Lokalt mål: »2 dage efter start« er kommet til."),
        ("text", "Den lokale vejledning: [nyt: Egen tekst.]"),
    ]


def test_the_plan_under_the_two_laws() -> None:
    old, new = bundled("serviceloven").procedures["handleplan"], bundled("barnets_lov").procedures["barnets-plan"]
    text = law_change(old, new, "udarbejdet")
    assert text.startswith("Handleplan: før afgørelsen")
    assert "er blevet til Barnets plan: " in text
    assert "3 måneder efter afgørelsen" in text
    assert text.endswith("(BL § 91, stk. 1).")
    back = law_change(new, old, "udarbejdet")
    assert back.startswith("Barnets plan: ")
    assert "er blevet til Handleplan: før afgørelsen" in back
    assert law_change(old, new, "findes-ikke") == ""
    assert law_change(old, new, "stilling") == 'Serviceloven har intet tilsvarende trin på siden "Handleplan".'
    assert law_change(old, new, "formaal") == 'Barnets lov har intet tilsvarende trin på siden "Barnets plan".'


def test_the_same_rule_under_another_paragraph() -> None:
    old, new = bundled("serviceloven").procedures["underretning"], bundled("barnets_lov").procedures["underretning"]
    assert law_change(old, new, "kvittering") == (
        "Frist og rækkefølge er de samme; paragraffen var SEL § 155 b, stk. 1 og er nu BL § 138, stk. 1."
    )


def test_every_bundled_page_can_be_held_against_its_counterpart() -> None:
    bl = bundled("barnets_lov").procedures
    for old in bundled("serviceloven").procedures.values():
        new = bl.get(old.counterpart)
        for one, other in [(old, new), (new, old)] if new else []:
            told = pairs(one, other)
            assert {p.step for p in told} == set(one.by_id) | set(other.by_id)
            assert all(p.text.endswith((".", "?", "!", "]", "…")) for p in told)
            assert all(c.text for c in differences(one, other))


def test_a_word_diff_is_short_and_keeps_the_place() -> None:
    before = "Ring til forælderen i dag og sig, at fristen på fem hverdage begynder, når brevet er sendt til hende."
    after = before.replace("fem", "seks")
    assert word_diff(before, after) == "… sig, at fristen på [væk: fem] [nyt: seks] hverdage begynder, når brevet …"
    assert word_diff("en to", "en  to\n") == ""
    assert word_diff("", "nyt her") == "[nyt: nyt her]"
    assert len(word_diff("a " * 500, "b " * 500)) == LONGEST
