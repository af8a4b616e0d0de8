"""Parsed pages are kept between starts, and nothing about the cache can change or lose a page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guide import page_cache
from guide.cli import OK, main
from handbook.load import bundled
from handbook.model import Handbook, Law


class Reader:
    """Reads the pages, and counts how often it had to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[Law, Handbook]:
        self.times += 1
        return {"serviceloven": bundled("serviceloven")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kept = tmp_path / "cache"
    kept.mkdir(mode=0o700)
    return kept


def test_the_second_start_reads_no_page_and_finds_the_same(folder: Path) -> None:
    read = Reader()
    fresh = page_cache.editions(read, folder)
    kept = page_cache.editions(read, folder)
    assert read.times == 1
    assert kept == fresh
    assert [p.name for p in folder.iterdir()] == [next(folder.glob("pages-*.pickle")).name]


def test_a_changed_page_is_read_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = tmp_path / "handbook" / "serviceloven"
    pages.mkdir(parents=True)
    (pages / "a.md").write_text("en", encoding="utf-8")
    monkeypatch.setattr(page_cache, "HANDBOOK", pages.parent)
    read = Reader()
    page_cache.editions(read, folder)
    (pages / "a.md").write_text("to", encoding="utf-8")
    page_cache.editions(read, folder)
    assert read.times == 2


@pytest.mark.parametrize("garbage", [b"", b"not a pickle", b"\x80\x05N."])
def test_garbage_in_the_cache_is_as_no_cache(folder: Path, garbage: bytes) -> None:
    read = Reader()
    fresh = page_cache.editions(read, folder)
    next(folder.glob("pages-*.pickle")).write_bytes(garbage)
    assert page_cache.editions(read, folder) == fresh
    assert read.times == 2


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_folder_others_can_write_to_is_never_opened(folder: Path) -> None:
    read = Reader()
    page_cache.editions(read, folder)
    folder.chmod(0o777)
    page_cache.editions(read, folder)
    assert read.times == 2


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    read = Reader()
    assert page_cache.editions(read, tmp_path / "nowhere").keys() == {"serviceloven"}


def test_the_same_pages_elsewhere_are_other_pages(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page knows the path it was read from."""
    read = Reader()
    for place in ("her", "der"):
        pages = tmp_path / place / "serviceloven"
        pages.mkdir(parents=True)
        (pages / "a.md").write_text("en", encoding="utf-8")
        monkeypatch.setattr(page_cache, "HANDBOOK", pages.parent)
        page_cache.editions(read, folder)
    assert read.times == 2


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert page_cache.editions(Reader(), folder).keys() == {"serviceloven"}
    assert not list(folder.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_only_the_user_may_read_it(folder: Path) -> None:
    page_cache.editions(Reader(), folder)
    kept = next(folder.glob("pages-*.pickle"))
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_file_others_can_write_to_is_never_opened(folder: Path) -> None:
    read = Reader()
    page_cache.editions(read, folder)
    next(folder.glob("pages-*.pickle")).chmod(0o666)
    page_cache.editions(read, folder)
    assert read.times == 2


def test_traad_check_reads_the_pages_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(*given: object) -> dict[Law, Handbook]:
        raise AssertionError("the cache was asked")

    monkeypatch.setattr(page_cache, "editions", kept)
    assert main(["check"]) == OK


def test_kept_pages_need_no_markdown_reader(folder: Path) -> None:
    """Also the earlier versions of a page, which are read when they are asked for."""
    page_cache.editions(Reader(), folder)
    script = (
        "import sys; from pathlib import Path; from guide import page_cache;"
        "found = page_cache.editions(lambda: {}, Path(sys.argv[1]));"
        "print(*found, 'markdown_it' in sys.modules)"
    )
    root = Path(page_cache.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, cwd=root)
    assert done.stdout.split() == ["serviceloven", "False"], done.stderr


def test_only_a_few_old_files_stay(folder: Path) -> None:
    for number in range(5):
        (folder / f"pages-{number}.pickle").write_bytes(b"old")
    page_cache.editions(Reader(), folder)
    assert len(list(folder.glob("pages-*.pickle"))) == 3
