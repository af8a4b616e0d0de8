"""Where editions are found, and that the room stays light: the handbook is read before anything is painted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from handbook.file import read_file
from handbook.load import HERE, bundled, editions, load


def test_an_edition_is_a_folder_named_after_its_law(tmp_path: Path) -> None:
    (tmp_path / "serviceloven").mkdir()
    (tmp_path / "barnets_lov").mkdir()
    (tmp_path / "practice").mkdir()
    assert editions(tmp_path) == [
        ("serviceloven", tmp_path / "serviceloven"),
        ("barnets_lov", tmp_path / "barnets_lov"),
    ]


def test_a_folder_of_pages_is_an_edition_itself(tmp_path: Path) -> None:
    (tmp_path / "barnets_lov").mkdir()
    assert editions(tmp_path / "barnets_lov") == [("barnets_lov", tmp_path / "barnets_lov")]
    assert editions(tmp_path / "andre") == [("serviceloven", tmp_path / "andre")]


def test_the_bundled_edition_is_read_once_and_lies_in_the_package() -> None:
    book = bundled("serviceloven")
    assert book is bundled("serviceloven")
    assert all(p.path.parent == HERE / "serviceloven" for p in book.procedures.values())
    assert set(book.procedures) | {Path(f.file).stem for f in book.faults} == {
        path.stem for path in (HERE / "serviceloven").glob("*.md")
    }


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    text = "---\nid: p\ntitel: {}\nlov: serviceloven\nhjemmel: SEL § 1\nmodpart: ingen\n---\n## F\n\n{{#a}}\n### A\n"
    (tmp_path / "p.md").write_text(text.format("Før"), encoding="utf-8")
    assert load(tmp_path, "serviceloven").procedures["p"].title == "Før"
    (tmp_path / "p.md").write_text(text.format("Efter"), encoding="utf-8")
    assert load(tmp_path, "serviceloven").procedures["p"].title == "Efter"


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    found = read_file(tmp_path / "ingen.md")
    assert [fault.code for fault in found.faults] == ["unreadable"]


def test_reading_and_checking_load_nothing_but_the_markdown_parser() -> None:
    def modules(statement: str) -> set[str]:
        command = [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"]
        return set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent).stdout.split())

    more = modules("import handbook.check, handbook.flow, handbook.load") - modules("import markdown_it, mdurl")
    assert {name for name in more if name.split(".")[0] not in ("handbook", "mdit_py_plugins")} == set()
    assert {name.split(".")[1] for name in more if name.startswith("mdit_py_plugins.")} <= {
        "attrs",
        "front_matter",
        "utils",
    }
