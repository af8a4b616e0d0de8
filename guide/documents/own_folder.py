"""The folder with what the program writes for the person who sits here: "Rød tråd" in their documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

NAME = "Rød tråd"
TRIES = 1000


class FolderError(Exception):
    """The folder cannot be made. The message is plain Danish and says what to do."""


def own_folder() -> Path:
    """The folder, made (for its owner alone) when it is not there. Raises FolderError."""
    from platformdirs import user_documents_path

    folder = user_documents_path() / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(f"Mappen {folder} kan ikke laves: {error.strerror or error}.") from error
    return folder


def keep(stem: str, files: Mapping[str, bytes]) -> list[Path]:
    """Write ``files`` (ending -> content) side by side in the folder (0600), under a name that is free.

    Raises FolderError, and DocumentError when a file cannot be written.
    """
    from guide.documents.saving import save

    folder = own_folder()
    safe = re.sub(r"[^\w-]", "_", stem)
    for number in range(1, TRIES):
        name = f"{safe}{f' ({number})' if number > 1 else ''}"
        made = {folder / f"{name}{ending}": content for ending, content in files.items()}
        if not any(path.exists() for path in made):
            save(made)
            return list(made)
    raise FolderError(f"Der er for mange udgaver af {safe} i {folder}. Ryd op i mappen, og prøv igen.")
