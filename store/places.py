"""Where the database lies when nobody names one. Imports no database."""

from __future__ import annotations

from pathlib import Path

APP = "roed-traad"


def default_url() -> str:
    """The database in the user's data folder, ``sqlite:///.../roed-traad/traad.db``. Makes nothing."""
    return f"sqlite:///{default_file()}"


def default_file() -> Path:
    """The file behind ``default_url``."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False) / "traad.db"
