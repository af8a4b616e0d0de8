"""The pages that come with the program, kept parsed between starts: reading them anew costs a fifth of a second.

The cache is a pickle in the user's own cache folder, named after the content of every page, of the reader itself and of
the libraries it reads with, so a changed page or program never meets an old one. A file that others could have written
is not opened: a pickle from somebody else could run anything. Whatever is wrong with the cache, the pages are read as
if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model import Handbook, Law

HANDBOOK = Path(__file__).resolve().parent.parent / "handbook"
_PARTS = ("*.py", "*.csv", "*/*.md", "*/*/*.md")
_LIBRARIES = ("markdown_it", "mdit_py_plugins")
"""What the reader reads with: each says its version in its first file."""
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
    """What the parsed pages depend on. With the folder's own name, for every page knows the path it was read from."""
    digest = hashlib.blake2b(f"{sys.version_info} {HANDBOOK}".encode(), digest_size=16)
    for library in _LIBRARIES:
        found = find_spec(library)
        if found is not None and found.origin:
            digest.update(Path(found.origin).read_bytes())
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
    """Keep ``found`` in ``file`` (0600), whole or not at all; a full or read-only disk is no reason to stop."""
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix="pages-", suffix=".tmp")
        beside = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        beside.replace(file)
        old = sorted(file.parent.glob("pages-*.pickle"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for path in old[_KEPT:]:
            path.unlink()
    except OSError:
        if beside is not None:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
