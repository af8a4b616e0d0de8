"""What the store says when something is wrong: in plain Danish, what happened and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class StoreError(Exception):
    """Something the store cannot do; the text is Danish, fit to be shown, and says what helps."""


class Conflict(StoreError):
    """Somebody else (another window) wrote first. Nothing was lost: read the case again and repeat the change."""


LOCKED = "Databasen er optaget af et andet program. Vent et øjeblik, og prøv igen. Intet er ændret."
FULL = "Der er ikke mere plads på disken. Det sidste er ikke gemt; alt tidligere er. Frigør plads, og prøv igen."
CORRUPT = (
    "Databasefilen er beskadiget. Luk programmet, tag en kopi af filen, som den er, og gendan den seneste "
    "sikkerhedskopi (den ligger ved siden af filen)."
)
NOT_OURS = "Filen er ikke en Rød tråd-database. Vælg en anden fil med --db. Filen er ikke ændret."
READ_ONLY = (
    "Databasen er skrivebeskyttet. Giv dig selv skriveret til både filen og dens mappe, eller vælg en anden med --db."
)
NO_OPEN = "Databasefilen kan ikke åbnes. Se efter, at mappen findes, og at du har ret til at læse og skrive i den."
DISK = "Disken svarede med en fejl. Det sidste er måske ikke gemt. Se efter, om drevet stadig er forbundet."
NO_SERVER = "Databaseserveren svarer ikke. Se efter, om den kører, og om adressen i --db er rigtig."
ODD = "Databasen kunne ikke udføre det. Intet er ændret. Prøv igen; sker det igen, så kør traad db verify."

TAKEN = "En anden har lige skrevet det samme i sagen. Intet er gået tabt: hent sagen igen, og gentag din ændring."

_SQLITE = (
    ("SQLITE_BUSY", LOCKED),
    ("SQLITE_LOCKED", LOCKED),
    ("SQLITE_FULL", FULL),
    ("SQLITE_CORRUPT", CORRUPT),
    ("SQLITE_NOTADB", NOT_OURS),
    ("SQLITE_READONLY", READ_ONLY),
    ("SQLITE_CANTOPEN", NO_OPEN),
    ("SQLITE_PERM", READ_ONLY),
    ("SQLITE_AUTH", READ_ONLY),
    ("SQLITE_IOERR", DISK),
)
_POSTGRES = {"53100": FULL, "55P03": LOCKED, "57014": LOCKED, "40001": LOCKED, "40P01": LOCKED, "42501": READ_ONLY}


def in_plain_words(error: BaseException) -> StoreError:
    """The error of a database driver (sqlite3 or psycopg, bare or wrapped by SQLAlchemy) as a StoreError.

    A broken uniqueness (two windows writing the same) becomes a Conflict. The driver's own text is left out: it may
    hold what somebody wrote about a child.
    """
    if isinstance(error, StoreError):
        return error
    driver = getattr(error, "orig", None) or error
    name = str(getattr(driver, "sqlite_errorname", "") or "")
    state = str(getattr(driver, "sqlstate", "") or "")
    if name.startswith("SQLITE_CONSTRAINT") or state.startswith("23"):
        return Conflict(TAKEN)
    for start, text in _SQLITE:
        if name.startswith(start):
            return StoreError(text)
    if state in _POSTGRES:
        return StoreError(_POSTGRES[state])
    if not name and "OperationalError" in type(driver).__name__:
        return StoreError(NO_SERVER)
    return StoreError(ODD)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Run a piece of database work; whatever the driver raises comes out as a StoreError."""
    from sqlite3 import Error as SqliteError

    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, SqliteError) as error:
        raise in_plain_words(error) from None
