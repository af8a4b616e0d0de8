"""What barnets lov changed in a duty whose deadline is the same: told in one sentence, from a table people can edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.check import check
from handbook.diff import law_change
from handbook.law_notes import TABLE, bundled, note, parse, unknown_steps
from handbook.load import bundled as edition

SEL, BL = edition("serviceloven").procedures, edition("barnets_lov")
HEAD = "side;trin;saetning\n"


def codes(text: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in parse(text.encode(), Path("lovskifte.csv"))[1]]


def test_the_sentence_says_what_changed_and_not_only_the_number() -> None:
    said = law_change(SEL["boernesamtale"], BL.procedures["boernesamtale"], "holdt")
    assert said.startswith("SEL § 48 krævede en samtale før de afgørelser, den nævner; BL § 5, stk. 3, kræver")
    assert said.endswith("om barnets forhold.")


def test_a_step_without_a_sentence_says_what_the_pages_say() -> None:
    said = law_change(SEL["underretning"], BL.procedures["underretning"], "kvittering")
    assert said == "Frist og rækkefølge er de samme; paragraffen var SEL § 155 b, stk. 1 og er nu BL § 138, stk. 1."


def test_the_table_is_one_sentence_a_step_about_both_laws() -> None:
    notes, faults = bundled()
    assert faults == ()
    assert len(notes) > 9
    for sentence, _ in notes.values():
        assert ". " not in sentence.replace("stk. ", "").replace("nr. ", "")
        assert not sentence.endswith(".")


def test_every_sentence_is_shown_somewhere() -> None:
    shown = {
        law_change(SEL[page.counterpart], page, step.id)
        for page in BL.procedures.values()
        if page.counterpart in SEL
        for step in page.steps
    }
    assert {f"{sentence}." for sentence, _ in bundled()[0].values()} <= shown


def test_a_page_or_step_that_is_not_there_is_a_fault_with_its_line() -> None:
    notes, _ = parse(f"{HEAD}boernesamtale;holt;x\nboernesamtal;holdt;x\n".encode(), TABLE)
    faults = unknown_steps(notes, BL, str(TABLE))
    assert [(f.code, f.line, f.mend) for f in faults] == [
        ("law-note-step", 2, 'Mente du "holdt"?'),
        ("law-note-step", 3, 'Mente du "boernesamtale"?'),
    ]
    assert check(BL) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("law-note-row", 1)]),
        ("side;trin\n", [("law-note-row", 1)]),
        (f"{HEAD}a;b\n\nc;d;\n", [("law-note-row", 2), ("law-note-row", 4)]),
        (f"{HEAD}a;b;x\na;b;y\n", [("law-note-twice", 3)]),
        (f"\ufeff{HEAD}a;b;x\n", []),
    ],
)
def test_a_line_that_cannot_be_read_is_told(text: str, found: list[tuple[str, int]]) -> None:
    assert codes(text) == found


def test_a_file_in_another_encoding_is_told() -> None:
    assert [f.code for f in parse(f"{HEAD}a;b;æ\n".encode("latin-1"), TABLE)[1]] == ["encoding"]


def test_no_sentence_for_an_unknown_step() -> None:
    assert note("underretning", "findes-ikke") == ""
