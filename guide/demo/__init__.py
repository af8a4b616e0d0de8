"""The 20 fictional cases of the published audit, in a database of their own so that nobody's real cases are touched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.cases import Store
    from store.checks import Vocabulary

LOG = Path(__file__).with_name("stevns-2020.csv")
"""The event log the cases are loaded from."""


def demo_url() -> str:
    """The demo's database, beside the user's own. Makes the folder (0700), not the file. Raises StoreError."""
    from store.database import default_file
    from store.errors import StoreError

    file = default_file().with_name("demo.db")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Mappen {file.parent} kan ikke oprettes ({error.strerror}). Vælg en anden med --db."
        ) from error
    return f"sqlite:///{file.as_posix()}"


def load(store: Store, vocabulary: Vocabulary) -> int:
    """Put the cases into ``store``, unless it already has cases. Returns the number of rows written.

    What was practised on the cases stays: a database that has cases is left as it is. Raises StoreError.
    """
    if store.case_ids():
        return 0
    return store.import_log(LOG, vocabulary).written
