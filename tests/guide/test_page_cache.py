"""Parsed pages are kept between starts, and nothing about the cache can change or lose a page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guide import page_cache
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


def test_only_a_few_old_files_stay(folder: Path) -> None:
    for number in range(5):
        (folder / f"pages-{number}.pickle").write_bytes(b"old")
    page_cache.editions(Reader(), folder)
    assert len(list(folder.glob("pages-*.pickle"))) == 3
