"""Word documents from templates: what people write is shown as text, and a broken template is told in Danish."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.documents.saving import save
from guide.documents.word import SHIPPED, DocumentError, markdown, prepared, render, template_path
from tools.build_templates import TEMPLATES, build

LETTER = {
    "sag": "D10",
    "til": "LH",
    "dato": "17. feb. 2020",
    "fra": "FL",
    "styrker": ["Barnets egne ord står for sig."],
    "kvalitet": [{"pejlemaerke": "Inddragelse", "grad": "nogen", "note": "Du kan høre barnet."}],
    "laering": ["Tal om begge foranstaltninger."],
    "rettelser": [],
    "samtale": "Tirs. 25. feb.",
    "svar": [],
}


def texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + cells


def own(folder: Path, *lines: str) -> Path:
    """A municipality's folder with its own "til-dig"."""
    (folder / "skabeloner").mkdir()
    (folder / "skabeloner" / "til-dig.docx").write_bytes(build(lines))
    return folder


def test_the_fields_are_filled_in_and_the_steering_lines_are_gone() -> None:
    found = texts(render("til-dig", LETTER))
    assert "LH · sag D10 · 17. feb. 2020 · fra FL" in found
    assert "Inddragelse: i nogen grad. Du kan høre barnet." in found
    assert not [text for text in found if "{" in text]
    assert "Det har vi aftalt" not in found  # no repairs, no heading


@pytest.mark.parametrize(
    "text",
    [
        "<w:p>& co",
        "{{ sag }} og {% raw %}",
        "{_{ x }_}",
        "&amp; &#65;",
        "]]> <!-- -->",
        "a\tb",
        "\N{RIGHT SINGLE QUOTATION MARK}",
    ],
)
def test_what_a_person_wrote_is_shown_as_text(text: str) -> None:
    assert text in texts(render("til-dig", LETTER | {"styrker": [text]}))


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Nd",)), max_size=40))
def test_any_text_makes_a_document_that_can_be_read(text: str) -> None:
    shown = prepared({"x": text})["x"]
    assert shown in texts(render("til-dig", LETTER | {"styrker": [text]}))
    assert "\0" not in markdown("til-dig", LETTER | {"styrker": [text]})


def test_control_characters_are_taken_out_and_lines_are_kept() -> None:
    assert "to\nlinjer" in texts(render("til-dig", LETTER | {"styrker": ["to\x00\r\nlin\x1bjer\u202e"]}))


def test_text_like_a_cpr_number_makes_no_document() -> None:
    with pytest.raises(DocumentError, match="ligner et CPR-nummer") as refused:
        render("til-dig", LETTER | {"kvalitet": [{"pejlemaerke": "a", "grad": "lav", "note": "se 010203-1234"}]})
    assert "010203" not in str(refused.value)
    assert "kvalitet.note" in str(refused.value)


def test_the_municipality_has_its_own_letter(tmp_path: Path) -> None:
    folder = own(tmp_path, "# Vores brev", "Kære {{ til }}")
    assert texts(render("til-dig", LETTER, folder)) == ["Vores brev", "Kære LH"]
    assert template_path("til-sagen", folder).parent == SHIPPED


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ cpr }}", "feltet 'cpr' findes ikke her. Felterne er: dato, fra"),
        ("{{ til.navn }}", "feltet 'navn' findes ikke"),
        ("{%p for s in styrker %}", "skrevet forkert eller mangler sin slutning"),
        ("{{ til ", "skrevet forkert eller mangler sin slutning"),
        ("{{ til.__class__.__mro__ }}", "findes ikke|ikke må"),
        ("{{ styrker.append(1) }}", "ikke må"),
    ],
)
def test_a_broken_field_is_told_with_the_file(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as broken:
        render("til-dig", LETTER, own(tmp_path, "Kære {{ til }}", line))
    assert "skabeloner" in str(broken.value)
    assert "Ret den i Word" in str(broken.value)


@pytest.mark.parametrize("content", [b"", b"brev", b"PK\x03\x04" + b"x" * 50])
def test_a_file_that_is_no_word_document_is_told(tmp_path: Path, content: bytes) -> None:
    (own(tmp_path, "x") / "skabeloner" / "til-dig.docx").write_bytes(content)
    with pytest.raises(DocumentError, match="Gem den i Word som"):
        render("til-dig", LETTER, tmp_path)


def test_no_template_turns_the_escaping_off(tmp_path: Path) -> None:
    folder = own(tmp_path, "{% autoescape false %}{{ til }} {{ fra|safe }}{% endautoescape %}")
    assert texts(render("til-dig", LETTER | {"til": "<a>", "fra": "</w:t>"}, folder)) == ["<a> </w:t>"]


def test_markdown_shows_marks_as_they_are() -> None:
    text = markdown("til-dig", LETTER | {"styrker": ["# ikke en *overskrift*", "- a\n- b", "1. og <b>"]})
    assert "- \\# ikke en \\*overskrift\\*\n- \\- a\\\n  \\- b\n- 1\\. og \\<b>" in text
    assert "sag D10 · 17. feb. 2020 · fra FL" in text  # no marks where Markdown would not read them


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_shipped_files_are_what_the_tool_builds(name: str) -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return {n: file.read(n) for n in file.namelist()}

    assert parts((SHIPPED / f"{name}.docx").read_bytes()) == parts(build(TEMPLATES[name])), (
        "run tools/build_templates.py"
    )


def test_a_file_is_private_whole_and_never_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "brev.docx"
    save({path: b"et"})
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(DocumentError, match="findes allerede og er ikke ændret"):
        save({tmp_path / "nyt.md": b"to", path: b"to"})
    assert path.read_bytes() == b"et"
    assert not (tmp_path / "nyt.md").exists()
    save({path: b"to"}, overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == ["brev.docx"]
    assert path.read_bytes() == b"to"
    with pytest.raises(DocumentError, match="kan ikke skrives"):
        save({tmp_path / "mangler" / "x.md": b""})


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_field_of_a_template_is_documented(name: str) -> None:
    docs = (SHIPPED.parents[2] / "docs" / "skabeloner.md").read_text("utf-8")
    section = docs.partition(f"### {name}\n")[2].partition("\n### ")[0]
    word = "\n".join(texts((SHIPPED / f"{name}.docx").read_bytes()))
    found = [re.findall(r"{{ ?([a-z_.]+)|(?: in | if )([a-z_]+)", text) for text in (word, _markdown(name))]
    used = {part for pairs in found for pair in pairs for part in "".join(pair).split(".") if len(part) > 1}
    assert used
    assert {field for field in used if f"`{field}`" not in section} == set()


def _markdown(name: str) -> str:
    return (SHIPPED / f"{name}.md").read_text("utf-8")
