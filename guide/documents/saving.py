"""A document put on the disk: readable by its owner alone, whole or not at all, never over an older one unasked."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from guide.documents.word import DocumentError


def save(files: Mapping[Path, bytes], *, overwrite: bool = False) -> None:
    """Write each of ``files`` (0600) so that a crash leaves the old one or the new one.

    Without ``overwrite`` nothing is written when one of them is there already. Raises DocumentError in Danish.
    """
    taken = [path for path in files if path.exists()]
    if taken and not overwrite:
        raise DocumentError(_taken(taken[0]))
    for path, content in files.items():
        _save(path, content, overwrite)


def _save(path: Path, content: bytes, overwrite: bool) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(beside, path, overwrite)
        finally:
            beside.unlink(missing_ok=True)
    except FileExistsError:
        raise DocumentError(_taken(path)) from None
    except OSError as error:
        raise DocumentError(
            f"Filen kan ikke skrives: {path}. Se efter, om mappen findes, og om der er plads og skriveret."
        ) from error


def _put_in_place(beside: Path, path: Path, overwrite: bool) -> None:
    """Under its own name. A link is refused where somebody was quicker; some file systems know no links."""
    if overwrite:
        os.replace(beside, path)
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError from None
        os.replace(beside, path)


def _taken(path: Path) -> str:
    return f"{path} findes allerede og er ikke ændret. Vælg et andet navn, eller skriv --overwrite for at erstatte den."
