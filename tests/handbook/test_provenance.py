"""How sure each reference is: read off the Kilde line, and signed off in a file of the municipality's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbook import page
from handbook.load import bundled
from handbook.model import Handbook, Law, Procedure, Reference
from handbook.provenance import ORDER, Referenced, references, signed
from handbook.signoffs import Signoff, parse, read_signoffs, unknown_clauses
from handbook.sources import paragraphs, with_states

SEL_TEXT, BL_TEXT = "LBK 798 af 07/08/2019", "LBK 282 af 17/03/2025"
PATH = Path("kontrol.csv")
HEADER = "clause;law;by;date;text;note\n"


@pytest.mark.parametrize(
    ("clause", "source", "text"),
    [
        ("SEL § 155, stk. 2", "LBK 798 af 07/08/2019, læst i lovteksten", SEL_TEXT),
        ("§ 155, stk. 2", "LBK 798 af 07/08/2019, læst i lovteksten", SEL_TEXT),
        ("SEL § 155", "LBK 798 af 07/08/2019, læst i lovteksten (stk. 2 i LBK 170 af 24/01/2022)", SEL_TEXT),
        ("FVL § 19", "LBK 798 af 07/08/2019, læst i lovteksten", ""),
        (
            "FVL § 19",
            "LBK 798 af 07/08/2019 og FVL, læst i lovteksten",
            "LBK 798 af 07/08/2019 og FVL, læst i lovteksten",
        ),
        ("FVL § 19", "LBK 798 af 07/08/2019 og LBK 433 af 22/04/2014, læst i lovteksten", "LBK 433 af 22/04/2014"),
        ("RSL § 4", "LBK 798 af 07/08/2019, læst i lovteksten; RSL § 4 læst i LBK 354/2025", "LBK 354 af 02/04/2025"),
        ("RSL § 10", "RSL § 4, læst i LBK 354/2025", ""),
        ("RSL § 11 c, stk. 1", "RSL §§ 10 og 11 c, læst i LBK 354/2025", "LBK 354 af 02/04/2025"),
        ("RSL § 11", "RSL §§ 10 og 11 c, læst i LBK 354/2025", ""),
        ("SEL §§ 153-154", "SEL §§ 152-154, læst i LBK 798 af 07/08/2019", SEL_TEXT),
        ("RSL § 4", "LBK 798 af 07/08/2019, læst i lovteksten; RSL § 4 er ikke læst", ""),
        ("SEL § 50", "Task Forcens rapport, læst i gengivelse", ""),
        ("SEL § 50", "loven sætter ingen dag", ""),
        ("SEL § 50", "", ""),
        ("SEL § 50", "LBK 999 af 01/02/2027, læst i lovteksten", "LBK 999 af 01/02/2027"),
        ("SEL § 50", "lovteksten fra 2019, læst", "lovteksten fra 2019, læst"),
        ("SEL § 50", "SEL § 50, læst. Rapporten er ikke læst", "SEL § 50, læst"),
    ],
)
def test_a_clause_is_checked_when_the_source_says_its_text_was_read(clause: str, source: str, text: str) -> None:
    (found,) = with_states([Reference(clause, "lov")], source, "serviceloven")
    assert (found.state, found.source) == (("kontrolleret", text) if text else ("ikke kontrolleret", ""))
    assert found.checked


@pytest.mark.parametrize(
    ("reference", "state"),
    [
        (Reference("egen samtale", "praksis"), "praksis"),
        (Reference("god skik", "faglig"), "faglig"),
        (Reference("retningslinjen", "lokal"), "lokal"),
        (Reference("egen samtale", "praksis", checked=False), "ikke kontrolleret"),
        (Reference("SEL § 1", "lov", checked=False), "ikke kontrolleret"),
    ],
)
def test_the_other_states(reference: Reference, state: str) -> None:
    (found,) = with_states([reference], "LBK 798 af 07/08/2019, læst i lovteksten", "serviceloven")
    assert found.state == state


def test_paragraphs() -> None:
    assert paragraphs("SEL §§ 46 og 155 a, stk. 2") == {"46", "155 a"}
    assert paragraphs("§§ 152-154, 160") == {"152", "153", "154", "160"}
    assert paragraphs("§§ 9-8 og 1-9999") >= {"9", "8", "1"}
    assert paragraphs("intet") == frozenset()


def book_of(law: Law, *steps: tuple[str, str]) -> Handbook:
    """Steps as (Hjemmel, Kilde) on the page ``p``."""
    body = "".join(
        f"\n{{#s{n}}}\n### S{n}\n\n- **Hjemmel:** {clause}\n" + (f"- **Kilde:** {source}\n" if source else "")
        for n, (clause, source) in enumerate(steps)
    )
    text = f"---\nid: p\ntitel: T\nlov: {law}\nhjemmel: § 1\nmodpart: ingen\n---\n\n# T\n\n## F\n{body}"
    found = page.read(text.encode(), Path("p.md"))
    assert found.faults == ()
    assert found.procedure is not None
    return Handbook(law, {"p": found.procedure})


SEL = book_of(
    "serviceloven",
    ("SEL § 10, stk. 1; FVL § 19; faglig: godt arbejde", "LBK 798 af 07/08/2019, læst i lovteksten"),
    ("SEL § 9", "LBK 798 af 07/08/2019, læst i lovteksten"),
    ("SEL § 10, stk. 1; praksis: egen samtale", "LBK 798/2019, læst"),
    ("SEL § 10, stk. 1 (ikke kontrolleret); faglig: fra den dag (ikke kontrolleret)", "vores læsning"),
)
BL = book_of("barnets_lov", ("FVL § 19; BL § 5", "LBK 282 af 17/03/2025, læst i lovteksten"))


def test_all_references_by_law_state_and_clause() -> None:
    kilde = "LBK 798 af 07/08/2019, læst i lovteksten"
    assert references([BL, SEL]) == (
        Referenced("SEL § 9", "serviceloven", "lov", "kontrolleret", SEL_TEXT, ("p#s1",)),
        Referenced("SEL § 10, stk. 1", "serviceloven", "lov", "kontrolleret", SEL_TEXT, ("p#s0", "p#s2")),
        Referenced("egen samtale", "serviceloven", "praksis", "praksis", "LBK 798/2019, læst", ("p#s2",)),
        Referenced("FVL § 19", "serviceloven", "lov", "ikke kontrolleret", kilde, ("p#s0",)),
        Referenced("SEL § 10, stk. 1", "serviceloven", "lov", "ikke kontrolleret", "vores læsning", ("p#s3",)),
        Referenced("fra den dag", "serviceloven", "faglig", "ikke kontrolleret", "vores læsning", ("p#s3",)),
        Referenced("BL § 5", "barnets_lov", "lov", "kontrolleret", BL_TEXT, ("p#s0",)),
        Referenced(
            "FVL § 19", "barnets_lov", "lov", "ikke kontrolleret", "LBK 282 af 17/03/2025, læst i lovteksten", ("p#s0",)
        ),
    )


def test_a_signature_covers_the_clause_in_its_law_and_the_latest_counts() -> None:
    text = HEADER + "FVL §19;SEL;MJ;2026-03-02;LBK 433;\nfvl § 19.;serviceloven;AB;2026-04-01;LBK 433 igen;note; \n"
    signoffs, faults = parse(text.encode(), PATH)
    assert [f.code for f in faults] == ["signoff-row"]
    signoffs, faults = parse(text.replace("note; ", "note").encode(), PATH)
    assert faults == ()
    rows = {(r.law, r.clause): r for r in references([SEL, BL], signoffs) if r.clause == "FVL § 19"}
    assert rows["serviceloven", "FVL § 19"].state == "signeret"
    assert rows["serviceloven", "FVL § 19"].source == "AB, 2026-04-01: LBK 433 igen"
    assert rows["barnets_lov", "FVL § 19"].state == "ikke kontrolleret"
    both, _ = parse((HEADER + "FVL § 19;;MJ;2026-03-02;LBK 433;\n").encode(), PATH)
    assert {r.state for r in references([SEL, BL], both) if r.clause == "FVL § 19"} == {"signeret"}


def test_a_signed_edition_shows_it_and_the_pages_are_untouched() -> None:
    signoff = Signoff("SEL § 10, stk. 1", None, "MJ", date(2026, 3, 2), "LBK 170 af 24/01/2022")
    book = signed(SEL, [signoff])
    found = [r for s in book.procedures["p"].steps for r in s.references if r.clause == "SEL § 10, stk. 1"]
    assert {(r.state, r.checked, r.source) for r in found} == {
        ("signeret", True, "MJ, 2026-03-02: LBK 170 af 24/01/2022")
    }
    assert signed(SEL, ()) is SEL
    assert SEL.procedures["p"].by_id["s3"].references[0].state == "ikke kontrolleret"
    assert references([book]) == references([SEL], [signoff])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (HEADER, []),
        (HEADER + "\n;;;;;\n", []),
        ("\ufeff" + HEADER.upper() + "SEL § 9;BL;MJ;2026-03-02;t;n\r\n", []),
        ('clause;law;by;date;text;note\n"SEL § 9; note";SEL;MJ;2026-03-02;t;n\n', []),
        ("paragraf;lov\n", [("signoff-header", 1)]),
        (HEADER + "SEL § 9;SEL;MJ;2026-03-02;t\n", [("signoff-row", 2)]),
        (HEADER + ";SEL;MJ;2026-03-02;t;\n", [("signoff-empty", 2)]),
        (HEADER + "SEL § 9;SEL;MJ;2026-03-02;;\n", [("signoff-empty", 2)]),
        (HEADER + "SEL § 9;FVL;MJ;2026-03-02;t;\n", [("signoff-law", 2)]),
        (HEADER + "SEL § 9;SEL;MJ;2. marts;t;\n", [("signoff-date", 2)]),
        (HEADER + "SEL § 9;SEL;MJ;2026-02-30;t;\n", [("signoff-date", 2)]),
        (HEADER + "\n" + "x" * 200_000 + "\n", [("unreadable", 3)]),
    ],
)
def test_the_file(text: str, expected: list[tuple[str, int]]) -> None:
    _, faults = parse(text.encode(), PATH) if text else ((), ())
    assert [(f.code, f.line) for f in faults] == expected
    assert all(f.text.endswith(".") and f.mend.endswith(".") for f in faults)


def test_a_bad_line_costs_only_itself() -> None:
    signoffs, faults = parse((HEADER + "hov\nSEL § 9;;MJ;2026-03-02;t;\n").encode(), PATH)
    assert ([s.clause for s in signoffs], [s.line for s in signoffs], len(faults)) == (["SEL § 9"], [3], 1)
    assert [f.code for f in parse(HEADER.encode("utf-16"), PATH)[1]] == ["encoding"]


def test_the_file_lies_in_the_layer(tmp_path: Path) -> None:
    assert read_signoffs(tmp_path) == ((), ())
    (tmp_path / "kontrol.csv").write_text(HEADER + "SEL § 9;;MJ;2026-03-02;t;\n", encoding="utf-8-sig")
    assert [s.clause for s in read_signoffs(tmp_path)[0]] == ["SEL § 9"]
    (tmp_path / "kontrol.csv").unlink()
    (tmp_path / "kontrol.csv").mkdir()
    assert [f.code for f in read_signoffs(tmp_path)[1]] == ["unreadable"]


def test_a_clause_no_page_has_is_told_with_the_nearest() -> None:
    signoffs, _ = parse((HEADER + "SEL § 10, stk 1;SEL;M;2026-03-02;t;\nSEL § 9 z;;M;2026-03-02;t;\n").encode(), PATH)
    faults = unknown_clauses(signoffs, [SEL, BL], "kontrol.csv")
    assert [(f.code, f.line) for f in faults] == [("signoff-clause", 3)]
    assert faults[0].mend == 'Mente du "SEL § 9"?'


def test_a_clause_signed_under_the_other_law_is_told_which_law_has_it() -> None:
    signoffs, _ = parse((HEADER + "SEL § 9;BL;M;2026-03-02;t;\n").encode(), PATH)
    (fault,) = unknown_clauses(signoffs, [SEL, BL], "kontrol.csv")
    assert fault.mend == 'Den står på siderne for serviceloven: skriv det i kolonnen "law", eller lad den være tom.'


def test_the_bundled_pages_say_what_they_were_checked_against() -> None:
    books = [bundled("serviceloven"), bundled("barnets_lov")]
    found = references(books)
    assert [ORDER.index(r.state) for r in found if r.law == "serviceloven"] == sorted(
        ORDER.index(r.state) for r in found if r.law == "serviceloven"
    )
    checked = [r for r in found if r.state == "kontrolleret"]
    assert checked, "the bundled pages are the measure"
    assert all(r.source and "§" in r.clause for r in checked)
    steps: list[Procedure] = [p for b in books for p in b.procedures.values()]
    assert all(r.state != "kontrolleret" or r.checked for p in steps for s in p.steps for r in s.references)
