"""The municipality's layer: what it may add, that it can touch no rule, and that its faults cost the nation nothing.

``prove.md`` is the national page; a layer's page is written in each test. ◄ marks the line that must be reported.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import layer
from handbook.check import check
from handbook.faults import FAULTS
from handbook.load import HERE, bundled, load
from handbook.model import Handbook, StepRef, Term

GOOD = (Path(__file__).parent / "prove.md").read_text(encoding="utf-8")
FRONT = "---\nid: prove\nlov: serviceloven\nkommune: Lilleby\n---\n\n"
NEW = "## Fase\n\n{#ring}\n### Har du ringet?\n\n- **Registrér:** dato\n- **Hjemmel:** lokal: ringeaftalen\n"
ADDED = "{#svar}\n### Svaret\n\n- **Mål:** højst 2 dage efter [start](#start)\n"

Local = tuple[Handbook, Handbook]


@pytest.fixture
def national(tmp_path: Path) -> Handbook:
    folder = tmp_path / "serviceloven"
    folder.mkdir()
    (folder / "prove.md").write_text(GOOD, encoding="utf-8")
    return load(folder, "serviceloven")


def merged(national: Handbook, folder: Path, text: str, name: str = "prove.md") -> Handbook:
    own = folder / "kommunen" / "serviceloven"
    own.mkdir(parents=True, exist_ok=True)
    (own / name).write_text(text, encoding="utf-8")
    return layer.apply(national, folder / "kommunen")


def codes(book: Handbook) -> list[tuple[str, int]]:
    for fault in check(book, {"barnet er fyldt 15"}, {"svaret passer"}):
        assert "kommunen" in fault.file, "a fault of the layer names the layer's file"
        assert fault.text.endswith((".", "?"))
        assert fault.mend.endswith((".", "?", ")"))
    return [(f.code, f.line) for f in check(book, {"barnet er fyldt 15"}, {"svaret passer"})]


def test_words_are_put_beside_the_nations_own(national: Handbook, tmp_path: Path) -> None:
    lines = "- **Navn:** Svar her\n- **Kilde:** kilden\n- **Tilsyn:** ser\n- **Notat:** noter\n- **Ret op:** ring\n"
    book = merged(national, tmp_path, FRONT + "Velkommen.\n\n" + ADDED + lines + "\nVores egen tekst.\n")
    assert codes(book) == []
    page, before = book.procedures["prove"], national.procedures["prove"].by_id["svar"]
    step = page.by_id["svar"]
    assert page.local_intro == "Velkommen."
    assert (step.name, step.local, step.local_text) == ("Svar her", False, "Vores egen tekst.")
    assert [step.source, step.audit_note, step.journal_note, step.mend] == [
        f"Lokalt (Lilleby): {word}" for word in ("kilden", "ser", "noter", "ring")
    ]
    (target,) = step.targets
    assert target.terms == (Term(2, "dage", (StepRef("prove", "start"),)),)
    assert step.target == "højst 2 dage efter start"
    # nothing that decides anything has moved
    for rule in ("title", "text", "fields", "deadlines", "orders", "conditions", "checks", "references", "choices"):
        assert getattr(step, rule) == getattr(before, rule)
    assert national.procedures["prove"].by_id["svar"] == before


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("14 dage efter [a](#start)", [Term(14, "dage", (StepRef("prove", "start"),))]),
        ("inden for 14 dage efter [a](#start).", [Term(14, "dage", (StepRef("prove", "start"),))]),
        ("inden 1 uge efter [a](#start)", [Term(1, "uger", (StepRef("prove", "start"),))]),
        ("Højst 6 måneder efter [a](#start.planlagt)", [Term(6, "måneder", (StepRef("prove", "start", "planlagt"),))]),
        ("senest [a](#start.planlagt)", [Term(0, "dage", (StepRef("prove", "start", "planlagt"),))]),
    ],
)
def test_targets(national: Handbook, tmp_path: Path, written: str, terms: list[Term]) -> None:
    book = merged(national, tmp_path, FRONT + f"{{#svar}}\n### S\n\n- **Mål:** {written}\n- **Mål:** {written}\n")
    assert codes(book) == []
    assert [list(t.terms) for t in book.procedures["prove"].by_id["svar"].targets] == [terms, terms]


def test_a_new_step_is_local_and_stands_last_in_the_phase_of_the_same_name(national: Handbook, tmp_path: Path) -> None:
    book = merged(national, tmp_path, FRONT + NEW)
    assert codes(book) == []
    page = book.procedures["prove"]
    assert [s.id for s in page.steps] == ["start", "svar", "slut", "ring"]
    step = page.by_id["ring"]
    assert (step.local, step.basis, step.clause, step.references[0].state) == (True, "lokal", "ringeaftalen", "lokal")
    assert page.edition == national.procedures["prove"].edition


PLACED = [
    ("{#ring}\n### R\n\n- **Placering:** efter [s](#start)\n", ["start", "ring", "svar", "slut"], ["Fase"]),
    (
        "{#b}\n### B\n\n- **Placering:** efter [s](#start)\n- **Hjemmel:** lokal\n\n"
        "{#ring}\n### R\n\n- **Placering:** efter [s](#start)\n",
        ["start", "b", "ring", "svar", "slut"],
        ["Fase"],
    ),
    (
        "{#b}\n### B\n\n- **Placering:** efter [s](#svar)\n- **Hjemmel:** lokal\n\n"
        "{#ring}\n### R\n\n- **Placering:** efter [b](#b)\n",
        ["start", "svar", "b", "ring", "slut"],
        ["Fase"],
    ),
    ("## Eget\n\n{#ring}\n### R\n\n", ["start", "svar", "slut", "ring"], ["Fase", "Eget"]),
    (
        "## Eget\n\n{#ring}\n### R\n\n- **Placering:** efter [s](#start)\n",
        ["start", "svar", "slut", "ring"],
        ["Fase", "Eget"],
    ),
]


@pytest.mark.parametrize(("text", "ids", "phases"), PLACED)
def test_where_a_new_step_stands(
    national: Handbook, tmp_path: Path, text: str, ids: list[str], phases: list[str]
) -> None:
    book = merged(national, tmp_path, FRONT + text + "- **Hjemmel:** ringeaftalen\n")
    assert codes(book) == []
    page = book.procedures["prove"]
    assert [s.id for s in page.steps] == ids
    assert [name for name, _ in page.phases] == phases
    assert page.by_id["ring"].references[0].basis == "lokal", "without a prefix a local step's clause is local"


TOUCHES = [
    "**Registrér:** dato",
    "**Frist:** 1 time efter [start](#start)",
    "**Gentages:** senest [start](#start), derefter senest [start](#start)",
    "**Før:** [slut](#slut)",
    "**Efter:** [start](#start)",
    "**For hver:** søskende",
    "**Hvis:** efter behov",
    "**Kontrol:** svaret passer",
    "**Åbner:** [p](prove.md)",
    "**Opretter:** søskende",
    "**Placering:** efter [start](#start)",
    "**Hjemmel:** lokal: vores egen",
]

FAULTY = [
    *(("layer-rule", FRONT + "{#svar}\n### S\n\n- **Navn:** ok\n- " + line + "◄\n") for line in TOUCHES),
    ("layer-rule", FRONT + "{#svar}\n### S\n\n1. Kun ja◄\n"),
    ("unknown-target", FRONT + ADDED.replace("højst 2 dage", "snart◄")),
    ("unknown-target", FRONT + ADDED.replace("efter [start](#start)", "◄")),
    ("unknown-anchor", FRONT + ADDED.replace("#start)", "#starte)◄")),
    ("unknown-predicate", FRONT + ADDED.replace("(#start)\n", "(#start), når solen skinner◄\n")),
    ("deadline-cycle", FRONT + ADDED.replace("#start)", "#svar)◄")),
    ("unknown-line", FRONT + "{#svar}\n### S\n\n- **Målet:** 2 dage◄\n"),
    ("layer-clause", FRONT + NEW.replace("lokal: ringeaftalen", "SEL § 155, stk. 2◄")),
    ("layer-clause", FRONT + NEW.replace("lokal: ringeaftalen", "lov: § 155◄")),
    ("layer-clause", FRONT + NEW.replace("lokal: ringeaftalen", "praksis: egen samtale◄")),
    ("layer-clause", FRONT + NEW.replace("lokal: ringeaftalen", "faglig◄")),
    ("missing-clause", FRONT + NEW.replace("ringet?", "ringet?◄").replace("- **Hjemmel:** lokal: ringeaftalen\n", "")),
    ("layer-reaches", FRONT + NEW + "\n1. Ja◄\n   - **Ikke relevant:** [svar](#svar)\n2. Nej\n"),
    ("layer-reaches", FRONT + NEW + "\n1. Ja◄\n   - **Undlader:** [svar](prove.md#svar)\n2. Nej\n"),
    ("layer-place", FRONT + NEW + "- **Placering:** efter [x](#findes-ikke)◄\n"),
    ("layer-place", FRONT + NEW + "- **Placering:** efter [x](#ring)◄\n"),
    ("bad-place", FRONT + NEW + "- **Placering:** før [x](#start)◄\n"),
    ("bad-place", FRONT + NEW + "- **Placering:** efter [x](anden.md#start)◄\n"),
    ("step-outside-phase", FRONT + NEW.replace("## Fase\n\n", "").replace("ringet?", "ringet?◄")),
    ("step-without-id", FRONT + NEW.replace("{#ring}\n", "").replace("ringet?", "ringet?◄")),
    ("duplicate-id", FRONT + ADDED + "\n" + ADDED.replace("### Svaret", "### Svaret◄")),
    ("circular-order", FRONT + NEW + "- **Før:** [start](#start)◄\n- **Efter:** [slut](#start)\n"),
    ("unknown-check", FRONT + NEW + "- **Kontrol:** findes ikke◄\n"),
    ("unreachable", FRONT + NEW + "- **Hvis:** et valg peger hertil◄\n"),
    ("dead-end", FRONT + NEW.replace("ringet?", "ringet?◄") + "\n1. [Igen](#ring)\n"),
    ("layer-front-matter", "◄" + NEW),
    ("missing-key", "---◄\nid: prove\n---\n" + NEW),
    ("unknown-key", FRONT.replace("kommune: Lilleby", "hjemmel: SEL § 1◄") + NEW),
    ("unknown-law", FRONT.replace("serviceloven", "straffeloven◄") + NEW),
    ("wrong-edition", FRONT.replace("serviceloven", "barnets_lov◄") + NEW),
    ("id-not-file-name", FRONT.replace("id: prove", "id: anden◄") + NEW),
]


@pytest.mark.parametrize(("code", "text"), FAULTY, ids=[code for code, _ in FAULTY])
def test_what_a_layer_may_not_is_one_fault_on_its_line(
    national: Handbook, tmp_path: Path, code: str, text: str
) -> None:
    line = text[: text.index("◄")].count("\n") + 1
    book = merged(national, tmp_path, text.replace("◄", ""))
    assert codes(book)[-1:] == [(code, line)], codes(book)
    assert {found for found, _ in codes(book)} == {code}
    if (code, line) in [(f.code, f.line) for f in book.faults]:  # told when reading, and the page is left out
        assert book.procedures == national.procedures
    drafted = layer.draft(national, tmp_path / "kommunen")
    assert (code, line) in [(f.code, f.line) for f in check(drafted, {"barnet er fyldt 15"}, {"svaret passer"})]


def test_a_step_without_a_clause_is_told_to_write_a_local_one(national: Handbook, tmp_path: Path) -> None:
    text = FRONT + NEW.replace("- **Hjemmel:** lokal: ringeaftalen\n", "")
    (fault,) = check(merged(national, tmp_path, text), {"barnet er fyldt 15"}, {"svaret passer"})
    assert "lokal: " in fault.mend
    assert "faglig" not in fault.mend
    suggested = fault.mend.partition("fx ")[2]
    assert codes(merged(national, tmp_path, FRONT + NEW.replace("lokal: ringeaftalen", suggested))) == []


def test_an_answer_that_would_strike_a_national_step_is_told_once_in_the_layer(
    national: Handbook, tmp_path: Path
) -> None:
    strike = "   - **Ikke relevant:** [svar](#svar)\n"
    merged(national, tmp_path, FRONT + NEW + f"\n1. Ja\n{strike}2. Nej\n{strike}")
    faults = check(layer.draft(national, tmp_path / "kommunen"), {"barnet er fyldt 15"}, {"svaret passer"})
    assert {fault.code for fault in faults} == {"layer-reaches"}
    assert {Path(fault.file).parent.parent.name for fault in faults} == {"kommunen"}


def test_one_bad_page_leaves_the_layers_others_and_the_nations_own(national: Handbook, tmp_path: Path) -> None:
    merged(national, tmp_path, "\xff", "anden.md")
    book = merged(national, tmp_path, FRONT + NEW)
    assert codes(book) == [("layer-page", 1)]
    assert "ring" in book.procedures["prove"].by_id


def test_a_page_over_a_national_page_out_of_order_is_silent(tmp_path: Path) -> None:
    folder = tmp_path / "serviceloven"
    folder.mkdir()
    (folder / "prove.md").write_text(GOOD.replace("modpart: ingen", "modpart:"), encoding="utf-8")
    book = merged(load(folder, "serviceloven"), tmp_path, FRONT + NEW)
    assert [f.code for f in book.faults] == ["missing-key"]


def test_the_same_page_twice(national: Handbook, tmp_path: Path) -> None:
    own = tmp_path / "kommunen"
    own.mkdir()
    (own / "prove.md").write_text(FRONT + NEW, encoding="utf-8")
    assert codes(merged(national, tmp_path, FRONT + NEW)) == [("layer-twice", 1)]


def test_pages_in_the_folder_itself_are_for_the_law_they_name(national: Handbook, tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "prove.md").write_text(FRONT + NEW, encoding="utf-8")
    assert "ring" in layer.apply(national, tmp_path / "k").procedures["prove"].by_id
    other = layer.apply(Handbook("barnets_lov", {}), tmp_path / "k")
    assert (other.layers, other.faults) == ({}, ())


def test_no_folder_an_empty_one_and_one_that_cannot_be_read(national: Handbook, tmp_path: Path) -> None:
    assert [f.code for f in layer.apply(national, tmp_path / "ingen").faults] == ["no-folder"]
    (tmp_path / "tom" / "barnets_lov").mkdir(parents=True)
    assert [f.code for f in layer.apply(national, tmp_path / "tom").faults] == ["no-pages"]
    (tmp_path / "tom" / "barnets_lov" / "p.md").write_text("x")
    assert layer.apply(national, tmp_path / "tom").faults == ()
    (tmp_path / "tom" / "serviceloven" / "prove.md").mkdir(parents=True)
    assert [f.code for f in layer.apply(national, tmp_path / "tom").faults] == ["unreadable"]


def test_earlier_versions_get_the_layer_too(tmp_path: Path) -> None:
    folder = tmp_path / "serviceloven"
    (folder / "tidligere").mkdir(parents=True)
    (folder / "prove.md").write_text(GOOD, encoding="utf-8")
    old = GOOD.replace("version: 2", "version: 1").replace("{#slut}", "{#slutning}").replace("[Ja](#slut)", "Ja")
    (folder / "tidligere" / "prove@1.md").write_text(old, encoding="utf-8")
    text = FRONT + ADDED + "\n{#slut}\n### S\n\nTil slut.\n\n" + NEW + "- **Placering:** efter [slut](#slut)\n"
    book = merged(load(folder, "serviceloven"), tmp_path, text)
    assert codes(book) == []
    assert [s.id for s in book.earlier["prove", 1].steps] == ["start", "svar", "slutning", "ring"]
    assert book.earlier["prove", 1].by_id["svar"].targets
    assert [s.id for s in book.procedures["prove"].steps] == ["start", "svar", "slut", "ring"]


def test_a_layer_is_told_from_whole_pages(tmp_path: Path, national: Handbook) -> None:
    merged(national, tmp_path, FRONT + NEW)
    assert layer.is_layer(tmp_path / "kommunen")
    assert layer.is_layer(HERE / "eksempel_stevns")
    assert not layer.is_layer(HERE)
    assert not layer.is_layer(HERE / "serviceloven")
    assert not layer.is_layer(tmp_path / "ingen")


@pytest.mark.parametrize("law", ["serviceloven", "barnets_lov"])
def test_the_example_layer_is_clean_and_adds_only(law: str) -> None:
    before = bundled("serviceloven" if law == "serviceloven" else "barnets_lov")
    book = layer.apply(before, HERE / "eksempel_stevns")
    own = [f for f in check(book) if "eksempel_stevns" in f.file]
    assert own == []
    assert {"underretning", "screening", "tidlig-indsats", "afgoerelse"} == set(book.layers)
    for page in book.procedures.values():
        kept = [s for s in page.steps if not s.local]
        for step, original in zip(kept, before.procedures[page.id].steps, strict=True):
            assert (step.deadlines, step.orders, step.choices) == (
                original.deadlines,
                original.orders,
                original.choices,
            )
    assert {s.id for p in book.procedures.values() for s in p.steps if s.local} == {
        "indstillingsark",
        "forvisitation",
        "teamleder",
    }
    assert [s.target for s in book.procedures["screening"].steps if s.target] == ["højst 14 dage efter modtagelsen"]


def test_every_fault_of_a_layer_has_a_test() -> None:
    told = {code for code, _ in FAULTY} | {"layer-page", "layer-twice"}
    assert {code for code in FAULTS if code.startswith("layer-")} | {"bad-place", "unknown-target"} <= told
