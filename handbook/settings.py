"""What a municipality calls its own things, and when its committees meet: the values read from ``kommune.md``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handbook.timing import Unit


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee that referrals are put before.

    ``id`` is empty for the one written without an id (``udvalg:``). ``days`` are the weekdays it meets, Monday 0 to
    Sunday 6. A referral is in when it arrives ``cutoff`` ``unit`` before the meeting; 0 means no cut-off is known.
    """

    id: str
    name: str
    days: tuple[int, ...] = ()
    cutoff: int = 0
    unit: Unit = "hverdage"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a case is kept after it was closed: so many months, and how the municipality wrote it."""

    months: int
    text: str


@dataclass(frozen=True)
class LocalSettings:
    """The settings page of a municipality's layer. Texts in Danish, as the municipality wrote them."""

    municipality: str
    committees: tuple[Committee, ...] = ()
    teams: dict[str, str] = field(default_factory=dict)
    """Team id as it stands in the cases (``raadgivning``) -> what the team is called."""
    retention: Retention | None = None
    """How long a closed case is kept; None when the municipality has not said."""
    text: str = ""
    """What is written under the front matter (Markdown)."""
    path: Path = field(default=Path(), compare=False)

    def committee(self, committee_id: str = "") -> Committee | None:
        """The committee with that id (the one without an id when none is given), or None."""
        return next((c for c in self.committees if c.id == committee_id), None)
