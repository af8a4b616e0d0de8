"""The pages that come with the program, kept parsed between starts: reading them anew costs a fifth of a second.

The cache is a pickle in the user's own cache folder, named after the content of every page and of the reader itself, so
a changed page or program never meets an old one. A file from a folder that others can write to is not opened: a pickle
from somebody else could run anything. Whatever is wrong with the cache, the pages are read as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model import Handbook, Law

HANDBOOK = Path(__file__).resolve().parent.parent / "handbook"
_PARTS = ("*.py", "*.csv", "*/*.md", "*/*/*.md")
_KEPT = 3
"""How many cache files stay: one for each version of the program somebody goes back and forth between."""


def editions(read: Callable[[], dict[Law, Handbook]], folder: Path | None = None) -> dict[Law, Handbook]:
    """The editions as ``read`` gives them, from the cache in ``folder`` (the user's own by default) where it can."""
    try:
        folder = folder or _user_folder()
        if not _private(folder):
            return read()
        file = folder / f"pages-{_digest()}.pickle"
    except OSError:
        return read()
    kept = _load(file)
    if kept is not None:
        return kept
    found = read()
    _save(file, found)
    return found


def _user_folder() -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("roed-traad", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _private(folder: Path) -> bool:
    if os.name != "posix":
        return True  # Windows gives each user a cache folder that others cannot write to
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def _digest() -> str:
    digest = hashlib.blake2b(repr(sys.version_info).encode(), digest_size=16)
    for pattern in _PARTS:
        for path in sorted(HANDBOOK.glob(pattern)):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(HANDBOOK).as_posix()} {len(content)} ".encode())
            digest.update(content)
    return digest.hexdigest()


def _load(file: Path) -> dict[Law, Handbook] | None:
    try:
        if file.is_symlink() or not _private(file):
            return None
        found = pickle.loads(file.read_bytes())
    except Exception:  # a torn or foreign file can raise anything: then the pages are read
        return None
    return found if isinstance(found, dict) and found else None


def _save(file: Path, found: dict[Law, Handbook]) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix="pages-", suffix=".tmp")
        with os.fdopen(handle, "wb") as out:
            out.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        os.replace(name, file)
        old = sorted(file.parent.glob("pages-*.pickle"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for path in old[_KEPT:]:
            path.unlink()
    except OSError:
        return
