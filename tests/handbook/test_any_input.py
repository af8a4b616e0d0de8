"""Whatever stands in a file, the reader answers with a procedure or with faults, and the checks with faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook import layer, layer_page, page
from handbook.check import check
from handbook.choices import CHOICE_READERS
from handbook.diff import differences, pairs
from handbook.fields import TYPES
from handbook.flow import flow
from handbook.lines import READERS
from handbook.load import load
from handbook.model import Handbook
from handbook.page import Page
from handbook.provenance import references, signed
from handbook.read_settings import KEYS, WEEKDAYS, read_settings
from handbook.signoffs import COLUMNS, parse, unknown_clauses
from handbook.sources import with_states
from handbook.word_diff import LONGEST, word_diff

FRONT = "---\nid: p\ntitel: T\nlov: serviceloven\nhjemmel: SEL § 1\nmodpart: ingen\n---\n# T\n## F\n"

ids = st.sampled_from(["a", "b", "c", "a-b", "Å", ""])
links = st.builds(
    "[{}]({}{}{}{})".format,
    st.sampled_from(["tekst", "", "a]b", "*x*"]),
    st.sampled_from(["", "p.md", "q.md", "sag:fyldt-18", "https://example.org/"]),
    st.sampled_from(["#", ""]),
    ids,
    st.sampled_from(["", "/a", ".dato", "/"]),
)
DEADLINE_WORDS = "24 timer efter|senest|før|ellers|og|det tidligste af|, når|derefter|højst hver 6. måned|99999 dage"
OTHER_WORDS = "eller|;|,|`x`|mindst 2 gange i 12 måneder efter|et valg peger hertil|efter behov|(ikke kontrolleret)"
words = st.sampled_from(
    [*DEADLINE_WORDS.split("|"), *OTHER_WORDS.split("|"), "praksis:", "SEL § 1", '"x"', "\0", "**", "`", *TYPES]
)
values = st.lists(st.one_of(links, words, st.text(max_size=5)), max_size=6).map(" ".join)
heads = st.sampled_from([*READERS, *CHOICE_READERS, "Noget", ""])
lines = st.builds("{}- **{}:** {}".format, st.sampled_from(["", "   ", "    "]), heads, values)
answers = st.builds("{}. {}".format, st.integers(0, 12), values)
headings = st.builds("{}\n{} {}".format, ids.map("{{#{}}}".format), st.sampled_from(["#", "##", "###", "####"]), values)
pieces = st.lists(
    st.one_of(lines, answers, headings, values, st.just(""), st.just("---"), st.just("```"), st.just("<!--")),
    max_size=25,
)
pages = pieces.map(lambda parts: FRONT + "\n".join(parts))


def holds(found: Page) -> None:
    assert found.procedure is not None or found.faults
    assert all(fault.line >= 1 and fault.text and fault.mend for fault in found.faults)
    if found.procedure:
        book = Handbook("serviceloven", {found.procedure.id: found.procedure}, found.faults)
        assert set(found.faults) <= set(check(book, {"x"}, {"x"}))
        check(Handbook("serviceloven", {found.procedure.id: found.procedure}))
        assert flow(found.procedure).startswith("flowchart TD")


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    holds(page.read(data, Path("p.md")))


@given(st.text())
def test_any_text_after_a_good_beginning(text: str) -> None:
    holds(page.read((FRONT + text).encode("utf-8", "surrogatepass"), Path("p.md")))


@settings(max_examples=300)
@given(pages)
def test_anything_built_of_the_words_of_the_format(text: str) -> None:
    holds(page.read(text.encode("utf-8", "surrogatepass"), Path("p.md")))


@given(st.dictionaries(st.sampled_from(["id", "titel", "lov", "version", "modpart", "x"]), st.text(max_size=20)))
def test_any_front_matter(pairs: dict[str, str]) -> None:
    front = "\n".join(f"{key}: {value}" for key, value in pairs.items())
    holds(page.read(f"---\n{front}\n---\n".encode("utf-8", "surrogatepass"), Path("p.md")))


NATIONAL = page.read((FRONT + "{#a}\n### A\n\n1. Ja\n\n{#b}\n### B\n").encode(), Path("p.md")).procedure
LAYER = "---\nid: p\nlov: serviceloven\n---\n"


def layer_holds(data: bytes) -> None:
    """A layer's page adds to the national one or is a fault; merged or not, everything that reads it ends."""
    found = layer_page.read(data, Path("kommunen/p.md"), frozenset({"a", "b"}))
    assert found.procedure is not None or found.faults
    assert all(fault.line >= 1 and fault.text and fault.mend for fault in found.faults)
    assert NATIONAL is not None
    merged = layer.merge(NATIONAL, found)
    assert [s.id for s in merged.steps if not s.local] == [s.id for s in NATIONAL.steps]
    for step, before in zip([s for s in merged.steps if not s.local], NATIONAL.steps, strict=True):
        rules = ("deadlines", "recurrence", "orders", "conditions", "checks", "choices", "references", "opens", "text")
        assert all(getattr(step, rule) == getattr(before, rule) for rule in rules)
    assert all(r.basis == "lokal" for s in merged.steps if s.local for r in s.references)
    layers = {"p": found.procedure} if found.procedure else {}
    book = Handbook("serviceloven", {"p": merged}, found.faults, layers=layers)
    check(book, {"x"}, {"x"})
    assert flow(merged).startswith("flowchart TD")
    assert all(change.text for change in (*differences(NATIONAL, merged), *differences(merged, NATIONAL)))
    assert {pair.step for pair in pairs(NATIONAL, merged)} == set(merged.by_id)
    assert all(r.pages for r in references([book]))


@given(st.binary())
def test_any_bytes_as_a_layer(data: bytes) -> None:
    layer_holds(data)


@settings(max_examples=200)
@given(pieces)
def test_a_layer_built_of_the_words_of_the_format(parts: list[str]) -> None:
    layer_holds((LAYER + "\n".join(parts)).encode("utf-8", "surrogatepass"))


@given(
    st.lists(
        st.tuples(st.sampled_from([*KEYS, "møde-a", "team-a", "x"]), st.one_of(st.text(), st.sampled_from(WEEKDAYS)))
    )
)
def test_any_settings(pairs: list[tuple[str, str]]) -> None:
    body = "\n".join(f"{key}: {value}" for key, value in pairs)
    settings, faults = read_settings(f"---\n{body}\n---\n".encode("utf-8", "surrogatepass"), Path("kommune.md"))
    assert (settings is None) == bool(faults)


@given(st.one_of(st.binary(), st.lists(st.one_of(st.just(";"), st.just("\n"), st.text(max_size=8))).map("".join)))
def test_any_sign_off_file(data: bytes | str) -> None:
    raw = data if isinstance(data, bytes) else (";".join(COLUMNS) + "\n" + data).encode("utf-8", "surrogatepass")
    signoffs, faults = parse(raw, Path("kontrol.csv"))
    assert all(fault.line >= 1 for fault in faults)
    book = Handbook("serviceloven", {"p": NATIONAL} if NATIONAL else {})
    assert len(unknown_clauses(signoffs, [book], "kontrol.csv")) == len(signoffs)
    assert references([signed(book, signoffs)]) == references([book], signoffs)


@given(st.text(), st.text())
def test_any_source_and_any_clause(clause: str, source: str) -> None:
    from handbook.lines import reference

    (found,) = with_states([reference(clause)], source, "barnets_lov")
    assert found.checked or found.state == "ikke kontrolleret"


@given(st.text(), st.text())
def test_a_word_diff_of_anything(before: str, after: str) -> None:
    found = word_diff(before, after)
    assert len(found) <= LONGEST
    assert bool(found) == (before.split() != after.split())


DEEP = {
    "quotes": "> " * 3000 + "x",
    "brackets": "- **Frist:** " + "[" * 3000,
    "links": "- **Hvis:** " + "[a](#b/c) eller " * 2000,
    "emphasis": "1. " + "*a **b " * 2000,
    "bullets": "- " * 2000,
    "numbers": "1. " * 2000,
    "steps": "\n".join(" " * n + "- x" for n in range(400)),
    "spaces": "- **Frist:** 2 dage" + " " * 20_000 + "efter",
    "quotation marks": "- **Registrér:** tekst " + '"' * 5000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=list(DEEP))
def test_deep_nesting_ends_in_an_answer(text: str) -> None:
    holds(page.read((FRONT + "{#a}\n### A\n\n" + text).encode(), Path("p.md")))


def test_a_long_chain_of_steps_ends_in_an_answer() -> None:
    step = """{{#s{0}}}\n### S{0}\n
- **Hvis:** [x](#s{1}/ja) eller [y](#s{1}/nej)
- **Efter:** [x](#s{1})
- **Frist:** 1 dag efter [x](#s{1})

1. Ja
2. Nej

"""
    chain = "".join(step.format(n, n - 1) for n in range(1, 300))
    holds(page.read((FRONT + "{#s0}\n### S0\n\n1. Ja\n2. Nej\n\n" + chain).encode(), Path("p.md")))


def test_a_folder_of_rubbish_opens_with_its_faults(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.md").write_bytes(b"---\n")
    (tmp_path / ".skjult.md").write_bytes(b"\xff")
    (tmp_path / "noter.txt").write_bytes(b"\xff")
    book = load(tmp_path, "serviceloven")
    assert book.procedures == {}
    assert [(Path(f.file).name, f.code) for f in book.faults] == [("a.md", "encoding"), ("b.md", "front-matter")]
