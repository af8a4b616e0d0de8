"""For each fault code a minimal page that has it, and nothing else wrong: one slip gives one fault, on its own line.

A case replaces pieces of a good page (code, old, new, old, new ...); ◄ marks the line that must be reported.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import page
from handbook.check import check
from handbook.faults import FAULTS
from handbook.load import drafts, load
from handbook.markup import MarkupError
from handbook.model import Handbook, Law

GOOD = (Path(__file__).parent / "prove.md").read_text(encoding="utf-8")

PREDICATES = {"barnet er fyldt 15", "anbringelse"}
CHECKS = {"svaret passer"}

FRIST = "- **Frist:** 24 timer efter [start](#start)\n"
HVIS = "- **Hvis:** barnet er fyldt 15\n"
SLUT = "- **Registrér:** dato\n- **Hvis:**"
FAGLIG = "- **Hjemmel:** faglig\n"
STRIKE = "   - **Ikke relevant:** [slut](#slut)\n"
ANSWERS = "1. [Ja](#slut) `ja`\n2. Nej\n"

CASES: list[tuple[str, ...]] = [
    # the front matter
    ("front-matter", GOOD[: GOOD.index("# Prøve")], "◄\n"),
    ("front-matter", "---\nid: prove", "◄\n---\nid: prove"),
    ("front-matter-line", "titel: Prøve\n", "titel: Prøve\nhov◄\n"),
    ("front-matter-twice", "lov: serviceloven\n", "lov: serviceloven\nlov: serviceloven◄\n"),
    ("unknown-key", "version: 2", "versjon: 2◄"),
    ("missing-key", "---\nid: prove\ntitel: Prøve\n", "---◄\nid: prove\n"),
    ("missing-key", "modpart: ingen", "modpart:◄"),
    ("bad-version", "version: 2", "version: to◄"),
    ("unknown-law", "lov: serviceloven", "lov: straffeloven◄"),
    ("wrong-edition", "lov: serviceloven", "lov: barnets_lov◄"),
    ("id-not-file-name", "id: prove", "id: noget-andet◄"),
    ("bad-id", "id: prove", "id: Prøve◄"),
    # headings and braces
    ("bad-id", "{#slut}\n### Hvornår er det slut?", "{#Slut_1}\n### Hvornår er det slut?◄", "[Ja](#slut)", "Ja"),
    ("duplicate-id", "{#slut}\n### Hvornår er det slut?", "{#start}\n### Hvornår er det slut?◄", "[Ja](#slut)", "Ja"),
    ("step-without-id", "{#slut}\n### Hvornår er det slut?", "### Hvornår er det slut?◄", "[Ja](#slut)", "Ja"),
    ("loose-braces", "{#slut}\n###", "{#slut}◄\n\n###"),
    ("loose-braces", "\n{#slut}\n", "{#slut}◄\n"),
    ("loose-braces", "{#slut}\n### Hvornår er det slut?", "### Hvornår er det slut? {#slut}◄"),
    ("loose-braces", "Vejledning.", "{#vejledning}◄\nVejledning."),
    ("loose-braces", "## Fase", "{#fase}◄\n## Fase"),
    ("step-outside-phase", "## Fase\n\n{#start}\n### Hvornår begyndte det?", "{#start}\n### Hvornår begyndte det?◄"),
    ("empty-phase", "## Fase\n", "## Baggrund◄\n\n## Fase\n"),
    ("second-title", "## Fase\n", "# Mere◄\n\n## Fase\n"),
    ("underlined-heading", "## Fase", "Fase\n----◄"),
    # lists and lines
    ("unknown-line", "**Kontrol:**", "**Kontroll:**◄"),
    ("unknown-choice-line", "2. Nej\n", "2. Nej\n   - **Mangler:** `kode` tekst◄\n"),
    ("not-a-line", FRIST, FRIST + "- **Frist** uden kolon◄\n"),
    ("not-a-line", "Vejledning.", "- et punkt, der skulle have været vejledning◄"),
    ("not-a-line", "2. Nej\n", "2. Nej\n   - bare en tekst◄\n"),
    ("line-twice", SLUT, "- **Registrér:** dato\n- **Registrér:** sted◄\n- **Hvis:**"),
    ("line-twice", "2. Nej\n", "2. Nej\n   - **Mangel:** `a` tekst\n   - **Mangel:** `b` tekst◄\n"),
    ("empty-line", "- **Kontrol:** svaret passer", "- **Kontrol:**◄"),
    ("empty-line", "2. Nej\n", "2. Nej\n   - **Mangel:**◄\n"),
    ("nested-under-line", FRIST, FRIST + "    - mere◄\n"),
    ("second-list", "Vejledning.", "Vejledning.\n\n- **Tilsyn:** noget◄"),
    ("second-choices", "2. Nej\n", "2. Nej\n\nOg så:\n\n1. Ring◄\n"),
    ("lists-merged", "2. Nej\n", "2. Nej\n\n1. Ring◄\n"),
    # values
    ("long-name", "**Navn:** begyndt", "**Navn:** et navn, der er alt for langt til listen◄"),
    ("unknown-field-type", "- **Registrér:** dato\n", "- **Registrér:** datoo◄\n"),
    ("bad-field", "- **Registrér:** dato\n", "- **Registrér:** dato `Slut Dato`◄\n"),
    ("bad-field", "- **Registrér:** dato\n", '- **Registrér:** dato "a" "b"◄\n'),
    ("reserved-field", "tekst `begrundelse`", "tekst `why`◄"),
    ("field-twice", "tekst `begrundelse`", "tekst; tekst◄"),
    ("run-without-name", "- **Registrér:** dato\n", "- **Registrér:** dato; forløb◄\n"),
    ("choice-field-without-choices", "### Hvad svarer du?\n", "### Hvad svarer du?◄\n", ANSWERS, ""),
    ("two-choice-fields", "valg; tekst `begrundelse`", "valg; flere valg `andre`◄"),
    ("unknown-deadline", FRIST, "- **Frist:** snarest efter [start](#start)◄\n"),
    ("unknown-deadline", FRIST, "- **Frist:** 24 timer◄\n"),
    ("unknown-deadline", FRIST, "- **Frist:** sigt efter snart, senest 24 timer efter [start](#start)◄\n"),
    ("unknown-anchor", FRIST, "- **Frist:** sigt efter 1 dag efter [a](#starte), senest 2 dage efter [b](#start)◄\n"),
    ("unknown-deadline", FRIST, "- **Frist:** det tidligste af 2 dage efter [start](#start)◄\n"),
    ("unknown-recurrence", FRIST, "- **Gentages:** tit efter [start](#start)◄\n"),
    ("unknown-recurrence", FRIST, "- **Gentages:** senest [a](#start), derefter snart [a](#start)◄\n"),
    ("unknown-anchor", FRIST, "- **Gentages:** senest [a](#start), derefter senest [a](#starte.naeste)◄\n"),
    ("unknown-recurrence", FRIST, "- **Gentages:** mindst 0 gange i 12 måneder efter [start](#start)◄\n"),
    ("bad-link", FRIST, "- **Frist:** 24 timer efter [start](#Start)◄\n"),
    ("bad-link", FRIST, "- **Før:** [slut](https://example.org)◄\n"),
    ("bad-link", FRIST, "- **Åbner:** [slut](#slut)◄\n"),
    ("bad-link", HVIS, "- **Hvis:** [Ja](#svar)◄\n"),
    ("bad-link", "1. [Ja](#slut)", "1. [Ja](slut)◄"),
    ("bad-link", "2. Nej\n", "2. Nej\n   - **Taler for:** grunden uden link◄\n"),
    ("bad-order", FRIST, "- **Efter:** starten◄\n"),
    ("bad-order", FRIST, "- **Efter:** [a](#start) og [b](#slut)◄\n"),
    ("bad-condition", HVIS, "- **Hvis:** [Ja](#svar/ja), [Nej](#svar/nej)◄\n"),
    ("bad-condition", HVIS, "- **Hvis:** ikke [Ja](#svar/ja)◄\n"),
    ("bad-links", FRIST, "- **Åbner:** siden prove◄\n"),
    ("bad-links", "2. Nej\n", "2. Nej\n   - **Undlader:** samtalen◄\n"),
    ("unknown-item-type", FRIST, "- **For hver:** forælder◄\n"),
    ("unknown-item-type", FRIST, "- **Opretter:** sag◄\n"),
    # choices
    ("too-many-choices", ANSWERS, "1. Svar 1◄\n" + "".join(f"{n}. Svar {n}\n" for n in range(2, 11))),
    ("bad-choice", "2. Nej\n", "2. [Nej](#slut) og [mere](#start)◄\n"),
    ("bad-choice", "2. Nej\n", "2. Nej `Nej Tak`◄\n"),
    ("bad-choice", "2. Nej\n", "2. ???◄\n"),
    ("bad-choice", "2. Nej\n", "2. Nej\n\n   Et afsnit mere.◄\n"),
    ("duplicate-choice", "2. Nej\n", "2. Nej `ja`◄\n"),
    ("bad-deficiency", "2. Nej\n", "2. Nej\n   - **Mangel:** uden kode◄\n"),
    # across steps and pages
    ("unknown-anchor", "(#slut) `ja`", "(#slutt) `ja`◄"),
    ("unknown-anchor", "(#start)\n", "(#start.begrundelse)◄\n"),
    ("unknown-anchor", "(#start)\n", "(#start.tidspunkt)◄\n"),
    ("unknown-anchor", HVIS, "- **Hvis:** [Ja](#svar/jo)◄\n"),
    ("unknown-anchor", HVIS, "- **Efter:** [b](prove.md#besluttet)◄\n"),
    ("unknown-anchor", "2. Nej\n", "2. Nej\n   - **Ikke relevant:** [b](#besluttet)◄\n"),
    ("unknown-anchor", "2. Nej\n", "2. Nej\n   - **Taler imod:** [ja](#svar/jo), grunden◄\n"),
    ("unknown-page", FRIST, "- **Frist:** 24 timer efter [start](proeve.md#start)◄\n"),
    ("unknown-page", "- **Registrér:** dato\n", "- **Registrér:** dato; forløb `underretning`◄\n"),
    ("unknown-page", "2. Nej\n", "2. Nej\n   - **Åbner:** [b](besluttet.md)◄\n"),
    ("dead-end", "[Ja](#slut)", "[Ja]()◄"),
    ("dead-end", "---\nid: prove", "---◄\nid: prove", GOOD[GOOD.index("## Fase") :], ""),
    ("dead-end", "### Hvad svarer du?", "### Hvad svarer du?◄", ANSWERS, "1. [Igen](#svar)\n"),
    ("unreachable", HVIS, "- **Hvis:** [Ja](#svar/ja)◄\n- **Hvis:** [Nej](#svar/nej)\n"),
    ("unreachable", HVIS, "- **Hvis:** [Ja](#slut/ja)◄\n", FAGLIG, FAGLIG + "\n1. Ja\n"),
    ("unreachable", FRIST, "- **Hvis:** et valg peger hertil◄\n"),
    ("unreachable", HVIS, "- **Hvis:** [Ja](#svar/ja)◄\n", "`ja`\n", "`ja`\n" + STRIKE),
    ("unreachable", HVIS, HVIS[:-1] + "◄\n", "`ja`\n", "`ja`\n" + STRIKE, "2. Nej\n", "2. Nej\n" + STRIKE),
    ("circular-order", FRIST, "- **Før:** [slut](#slut)\n- **Efter:** [slut](#slut)◄\n"),
    ("circular-order", FRIST, "- **Før:** [mig selv](#svar)◄\n"),
    (
        "dead-anchor",
        *(FRIST, "- **Frist:** 2 dage efter [slut](#slut)◄\n- **Hvis:** [Ja](#start/ja)\n"),
        *("stk. 1\n", "stk. 1\n\n1. Ja\n2. Nej\n"),
        *(HVIS, "- **Hvis:** [Nej](#start/nej)\n"),
    ),
    ("deadline-cycle", FRIST, "- **Frist:** 2 dage efter [mig selv](#svar)◄\n"),
    (
        "deadline-cycle",
        *("begyndt\n", "begyndt\n- **Frist:** 2 dage efter [slut](#slut)◄\n"),
        *(HVIS, "- **Frist:** 2 dage efter [start](#start)\n"),
    ),
    ("missing-clause", "### Hvornår er det slut?", "### Hvornår er det slut?◄", FAGLIG, ""),
    ("unclear-clause", "faglig\n", "god skik◄\n"),
    ("unclear-clause", "faglig\n", "faglig skik◄\n"),
    ("local-only", FAGLIG, FAGLIG + "- **Mål:** 14 dage efter [start](#start)◄\n"),
    ("local-only", FAGLIG, FAGLIG + "- **Placering:** efter [start](#start)◄\n"),
    ("unknown-predicate", "barnet er fyldt 15", "barnet er fyldt 51◄"),
    ("unknown-predicate", FRIST, "- **Frist:** 2 dage efter [start](#start), når solen skinner◄\n"),
    ("unknown-check", "svaret passer", "svaret passer ikke◄"),
    ("unknown-counterpart", "modpart: ingen", "modpart: prove-bl◄"),
]


SPECIAL = {"encoding", "empty-page", "no-folder", "no-pages", "unreadable"}
"""Faults of files and folders, each with a test of its own below."""


def book_of(folder: Path, text: str | bytes, name: str = "prove.md", law: Law = "serviceloven") -> Handbook:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return drafts(folder, law)


def found(book: Handbook) -> list[tuple[str, int]]:
    faults = check([book, Handbook("barnets_lov", {})], PREDICATES, CHECKS)
    for fault in faults:
        assert Path(fault.file).name
        assert fault.text.endswith((".", "?"))
        assert fault.mend.endswith((".", "?", ")"))
    return [(fault.code, fault.line) for fault in faults]


def test_the_good_page_has_no_faults(tmp_path: Path) -> None:
    assert found(book_of(tmp_path, GOOD)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_one_slip_is_one_fault_on_its_line(tmp_path: Path, case: tuple[str, ...]) -> None:
    code, *pieces = case
    text = GOOD
    for old, new in zip(pieces[::2], pieces[1::2], strict=True):
        assert text.count(old) == 1, f"the piece to replace must be unique: {old!r}"
        text = text.replace(old, new)
    line = text[: text.index("◄")].count("\n") + 1
    assert found(book_of(tmp_path, text.replace("◄", ""))) == [(code, line)]


def test_every_code_has_a_page_that_provokes_it() -> None:
    told_elsewhere = ("layer", "settings", "earlier", "signoff", "synonym", "law")
    elsewhere = {code for code in FAULTS if code.split("-")[0] in told_elsewhere}
    elsewhere |= {"unknown-target", "bad-place", "bad-setting"}  # each with a test beside what it belongs to
    assert {case[0] for case in CASES} | SPECIAL == set(FAULTS) - elsewhere


def test_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    book = book_of(tmp_path, GOOD.encode("latin-1"))
    assert found(book) == [("encoding", 3)]
    assert book.procedures == {}


def test_a_byte_order_mark_windows_lines_and_split_letters_are_read_as_any_other(tmp_path: Path) -> None:
    import unicodedata

    odd = unicodedata.normalize("NFD", GOOD).replace("\n", "\r\n").encode("utf-8-sig")
    assert found(book_of(tmp_path, odd)) == []
    assert book_of(tmp_path, odd).procedures == book_of(tmp_path, GOOD).procedures


@pytest.mark.parametrize("text", ["", "  \n\n", "\ufeff"])
def test_an_empty_page(tmp_path: Path, text: str) -> None:
    assert found(book_of(tmp_path, text)) == [("empty-page", 1)]


def test_no_folder_and_no_pages(tmp_path: Path) -> None:
    assert found(drafts(tmp_path, "serviceloven")) == [("no-pages", 1)]
    assert found(drafts(tmp_path / "nowhere", "serviceloven")) == [("no-folder", 1)]


def test_a_file_that_cannot_be_opened_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "besvaer.md").mkdir()
    book = book_of(tmp_path, GOOD)
    assert found(book) == [("unreadable", 1)]
    assert list(book.procedures) == ["prove"]


def test_a_parser_that_trips_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(text: str) -> None:
        raise MarkupError("IndexError")

    monkeypatch.setattr("handbook.markup.parse", trip)
    page.read.cache_clear()
    assert found(book_of(tmp_path, GOOD)) == [("unreadable", 1)]


def test_a_page_out_of_order_is_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "anden.md").write_text(GOOD.replace("id: prove", "id: anden").replace("(#start)", "(prove.md#start)"))
    book_of(tmp_path, GOOD.replace("valg; tekst", "valgg; tekst"))
    book = load(tmp_path, "serviceloven")
    assert list(book.procedures) == ["anden"]
    assert [Path(fault.file).name for fault in book.faults] == ["prove.md"]
    # what leans on the bad page is not reported too: it may be right as soon as the page is
    assert [code for code, _ in found(book)] == ["unknown-field-type"]


def test_a_link_that_leads_nowhere_leaves_the_page_in(tmp_path: Path) -> None:
    book_of(tmp_path, GOOD.replace("(#slut)", "(#slutning)"))
    book = load(tmp_path, "serviceloven")
    assert list(book.procedures) == ["prove"]
    assert book.faults == ()


def test_an_anchor_that_is_unreachable_is_told_at_both_ends(tmp_path: Path) -> None:
    text = GOOD.replace(HVIS, "- **Hvis:** et valg peger hertil\n").replace("[Ja](#slut)", "Ja")
    text = text.replace("efter [start](#start)", "efter [slut](#slut)")
    assert [code for code, _ in found(book_of(tmp_path, text))] == ["dead-anchor", "unreachable"]


def test_order_goes_in_a_ring_across_pages(tmp_path: Path) -> None:
    other = GOOD.replace("id: prove", "id: anden").replace(HVIS, "- **Før:** [svar](prove.md#svar)\n")
    (tmp_path / "anden.md").write_text(other)
    text = GOOD.replace(FRIST, "- **Før:** [slut](anden.md#slut)\n")
    assert [code for code, _ in found(book_of(tmp_path, text))] == ["circular-order"]


def test_orders_under_different_conditions_make_no_ring(tmp_path: Path) -> None:
    text = GOOD.replace(FRIST, "- **Før:** [slut](#slut), når anbringelse\n")
    text = text.replace(HVIS, "- **Før:** [svar](#svar), når barnet er fyldt 15\n")
    assert found(book_of(tmp_path, text)) == []


def test_a_suggestion_names_the_nearest_word(tmp_path: Path) -> None:
    book = book_of(tmp_path, GOOD.replace("**Registrér:** dato\n", "**Registrer:** dato\n"))
    assert book.faults[0].mend == 'Mente du "Registrér"?'
