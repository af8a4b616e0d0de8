"""The page of everyday words: how it is read, and what ``traad check`` says when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import layer, synonyms
from handbook.check import check
from handbook.load import HERE, LAWS, bundled, drafts
from handbook.model import StepRef
from handbook.synonyms import Entry, read

PAGE = Path("synonymer.md")


def test_a_page_is_read() -> None:
    found = read(
        b"\xef\xbb\xbf# Ord\r\n\r\nTekst.\n- ikke: en linje\n\n## B\xc3\xb8jninger\n\n- barn: b\xc3\xb8rn\n\n"
        b"## Hverdagsord\n\n- tjekke op, holde \xc3\xb8je: opf\xc3\xb8lgning, "
        b"[kvittering](underretning.md#kvittering)\n",
        PAGE,
    )
    assert found.faults == ()
    assert [(e.said, e.meant, e.line) for e in found.forms] == [(("barn",), ("børn",), 8)]
    assert found.everyday == (
        Entry(("tjekke op", "holde øje"), ("opfølgning",), (StepRef("underretning", "kvittering"),), str(PAGE), 12),
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("## Hverdagsor\n", "synonym-heading"),
        ("## Hverdagsord\n\n- deadline\n", "synonym-empty"),
        ("## Hverdagsord\n\n- deadline:\n", "synonym-empty"),
        ("## Hverdagsord\n\n- : frist\n", "synonym-empty"),
        ("## Hverdagsord\n\n- deadline: frist\n- Deadline: underretning\n", "synonym-twice"),
        ("## Hverdagsord\n\n- deadline: fristt\n", "synonym-term"),
        ("## Hverdagsord\n\n- svar: [kvittering](underretning.md#kvitering)\n", "synonym-step"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, written: str, code: str) -> None:
    (tmp_path / "synonymer.md").write_text(written, encoding="utf-8")
    faults = check([layer.draft(bundled(law), tmp_path) for law in LAWS])
    line = written.rstrip("\n").count("\n") + 1
    assert [(f.file, f.line, f.code) for f in faults] == [(str(tmp_path / "synonymer.md"), line, code)]


def test_what_the_reader_sees_is_told_by_the_app_too(tmp_path: Path) -> None:
    (tmp_path / "synonymer.md").write_text("## Hverdagsord\n\n- deadline\n", encoding="utf-8")
    assert [f.code for f in layer.apply(bundled("barnets_lov"), tmp_path).faults] == ["synonym-empty"]


def test_a_page_that_cannot_be_read_is_a_fault_and_the_rest_is_used(tmp_path: Path) -> None:
    (tmp_path / "synonymer.md").write_bytes("## Hverdagsord\n\n- bøde: frist\n".encode("latin-1"))
    found = synonyms.load(tmp_path)
    assert [f.code for f in found.faults] == ["encoding"]
    assert found.everyday == synonyms.load().everyday
    assert [f.code for f in synonyms.read_file(tmp_path / "borte.md").faults] == ["unreadable"]


def test_the_national_page_is_in_order() -> None:
    faults = check([drafts(HERE / law, law) for law in LAWS])
    assert [f for f in faults if f.file == str(synonyms.NATIONAL)] == []
    assert len(synonyms.load().everyday) > 40
