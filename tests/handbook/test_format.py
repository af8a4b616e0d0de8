"""FORMAT.md promises that its examples work: every one is read here, and every word the reader knows has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook import layer_page, page
from handbook.check import check
from handbook.choices import CHOICE_READERS
from handbook.fields import RESERVED, TYPES
from handbook.front import LAYER_KEYS, REQUIRED
from handbook.lines import ITEM_TYPES, LOCAL, READERS
from handbook.model import Handbook, Procedure

TEXT = (Path(page.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)

FRONT = "---\nid: eksempel\ntitel: E\nlov: serviceloven\nhjemmel: SEL § 1\nmodpart: ingen\n---\n\n# E\n\n## Fase\n\n"
LAYER_FRONT = b"---\nid: eksempel\nlov: serviceloven\n---\n"
LAYER_EXAMPLES = [e for e in EXAMPLES if any(f"- **{word}:**" in e for word in LOCAL)]
HEADING = "{#trin}\n### Trin?\n\n"


def whole(example: str) -> str:
    """The example as a page: a step, the lines of a step, or answers are given what must stand around them."""
    if example.startswith("---"):
        return example
    return FRONT + (example if example.startswith("{#") else HEADING + example)


def read(example: str) -> Procedure:
    """As a national page, or as one of a municipality's layer when it has words that only stand there."""
    data, path = whole(example).encode(), Path("eksempel.md")
    found: page.Page | layer_page.LayerPage = page.read(data, path)
    if example in LAYER_EXAMPLES:
        text = data if example.startswith("---") else LAYER_FRONT + data.split(b"\n---\n", 1)[1]
        found = layer_page.read(text, path, frozenset({"svar"}))
    assert found.faults == ()
    assert found.procedure is not None
    return found.procedure


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_read_without_a_fault(example: str) -> None:
    procedure = read(example)
    assert procedure.steps


def test_the_whole_page_is_clean_across_steps_too() -> None:
    procedure = read(EXAMPLES[0])
    assert [step.id for step in procedure.steps] == ["modtaget", "fare", "handling", "svar"]
    assert check(Handbook("serviceloven", {procedure.id: procedure}), (), ()) == ()


@pytest.mark.parametrize("word", [*READERS, *CHOICE_READERS])
def test_every_line_has_a_section_with_an_example(word: str) -> None:
    section = TEXT.split(f"\n### {word}\n", 1)
    assert len(section) == 2, f"FORMAT.md has no section on {word}"
    body = re.split(r"^##", section[1], maxsplit=1, flags=re.MULTILINE)[0]
    assert f"- **{word}:** " in "".join(re.findall(r"```markdown\n(.*?)```", body, re.DOTALL))


def test_every_type_key_and_reserved_name_is_told() -> None:
    for word in (*TYPES, *REQUIRED, *LAYER_KEYS, "version", *RESERVED):
        assert f"`{word}`" in TEXT
    for word in ITEM_TYPES:
        assert word in TEXT


def test_the_reader_knows_no_word_that_the_text_does_not_and_the_other_way_round() -> None:
    told = {word for example in EXAMPLES for word in re.findall(r"- \*\*([^*]+):\*\*", example)}
    assert told == {*READERS, *CHOICE_READERS}
