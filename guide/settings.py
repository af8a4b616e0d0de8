"""Who sits at the keyboard: initials, team and role, kept in a small JSON file in the user's own config folder.

The role only chooses which screen opens first. The file grants nothing: what a person may see is decided by who can
read the database, never by what stands here.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

Role = Literal["ny", "sagsbehandler", "leder"]

ROLES: dict[Role, str] = {
    "ny": "Ny sagsbehandler: vis mig håndbogen først",
    "sagsbehandler": "Sagsbehandler: vis mig mine sager først",
    "leder": "Faglig leder: vis mig hele teamets frister først",
}
"""Role -> how Welcome explains it, in Danish."""

DARK, LIGHT = "traad-mork", "traad-lys"
THEMES = (DARK, LIGHT)

_INITIALS = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's own choices. ``initials`` is empty until the first start has been answered."""

    initials: str = ""
    team: str = ""
    role: Role = "sagsbehandler"
    theme: str = DARK
    checklist: bool = True
    """Whether the checklist stands open beside the conversation where there is room."""
    handbook: str = ""
    """The municipality's own folder, laid over the pages that come with the program; empty for none."""

    @property
    def known(self) -> bool:
        """True when the first start has been answered."""
        return bool(self.initials)

    @property
    def layer(self) -> Path | None:
        """The municipality's own folder, or None."""
        return Path(self.handbook) if self.handbook else None


def default_path() -> Path:
    """The file in the user's config folder; the folder is not created here."""
    from platformdirs import user_config_path

    return user_config_path("roed-traad", appauthor=False) / "hvem.json"


def load(path: Path | None = None) -> Settings:
    """The settings in ``path`` (default: the user's own). A missing or unreadable file gives empty settings.

    A field that is missing or makes no sense falls back to its default, so an old or edited file never stops the app.
    """
    try:
        found = json.loads((path or default_path()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _understood(found) if isinstance(found, dict) else Settings()


def save(settings: Settings, path: Path | None = None) -> None:
    """Write ``settings`` so that a crash leaves either the old file or the new one; mode 0600, folder 0700.

    Raises OSError when the folder cannot be written.
    """
    path = path or default_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def clean_initials(text: str) -> str:
    """``text`` as initials are stored: upper case without spaces. Raises ValueError with a Danish message."""
    initials = re.sub(r"[\s.]", "", text).upper()
    if not _INITIALS.fullmatch(initials):
        raise ValueError("Skriv dine initialer: to til otte bogstaver eller tal, fx LH.")
    return initials


def _understood(found: dict[str, object]) -> Settings:
    handbook = found.get("handbook")
    settings = Settings(handbook=handbook if isinstance(handbook, str) else "")
    try:
        settings = replace(settings, initials=clean_initials(str(found.get("initials", ""))))
    except ValueError:
        return settings
    role, theme, team, checklist = (found.get(name) for name in ("role", "theme", "team", "checklist"))
    return replace(
        settings,
        team=team if isinstance(team, str) else "",
        role=role if role in ROLES else settings.role,
        theme=str(theme) if theme in THEMES else settings.theme,
        checklist=checklist if isinstance(checklist, bool) else settings.checklist,
    )
