"""The steps that bring an older database up to this program. Alembic is imported only when there is one to take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003")
"""Every schema version this program knows, oldest first; the last is the one it works with."""

FOLDER = Path(__file__).parent


def migrate(connection: Connection, revision: str, folder: Path = FOLDER) -> None:
    """Bring the database on ``connection`` to ``revision``, inside the transaction that is open on it.

    The caller commits, or rolls back when this raises. ``folder`` holds env.py and versions/.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
