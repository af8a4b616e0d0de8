"""Where the practice cases are kept: a database of their own beside the user's, so that they never meet real cases."""

from __future__ import annotations


def practice_url() -> str:
    """The practice database's address. Makes the folder (0700), not the file. Raises StoreError."""
    from store.database import default_file
    from store.errors import StoreError

    file = default_file().with_name("practice.db")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Mappen {file.parent} kan ikke oprettes ({error.strerror}). Ret adgangen til den.") from error
    return f"sqlite:///{file.as_posix()}"
