"""What the conversation says and asks, as plain values: the seam between the pure dialogue and whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

PromptKind = Literal["choice", "choices", "text", "moment", "person", "place", "scale", "run", "item", "confirm"]
Speaker = Literal["guide", "dig", "system"]


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the dialogue stands: a step instance, and how far into its fields. Never stored; lost without harm.

    ``act`` is what is being recorded: done, planned, attempted, awaiting or left out. ``field`` is the field asked
    for now; empty asks for the choice itself. ``editing`` is the id of the record being corrected.
    """

    run: str | None
    procedure: str
    step: str
    item: str = ""
    act: str = "done"
    field: str = ""
    editing: str = ""
    text: str = ""
    """A free sentence that waits for the one key that keeps it as a note."""
    serves: str = ""
    """For a run that is only expected (``run`` None): the run it would serve, where several expect the same."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said. ``text`` is plain text (never markup); ``tone`` is "", "warn", "muted" or "law"."""

    speaker: Speaker
    text: str
    tone: str = ""
    focus: Focus | None = None
    """The instance an earlier answer belongs to: opening the message goes back to it."""


@dataclass(frozen=True, slots=True)
class Option:
    """A numbered way to answer. ``id`` is a choice id or a command such as "act:planned"."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked now. ``default`` is what Enter alone gives; empty means that Enter alone asks again."""

    kind: PromptKind
    focus: Focus
    question: str
    options: tuple[Option, ...] = ()
    hint: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation as it stands: everything said so far in this run, then the prompt (None when all is settled)."""

    messages: tuple[Message, ...]
    prompt: Prompt | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A row to be written to the log; the store gives it id and ``recorded``."""

    kind: str
    case: str
    run: str = ""
    procedure: str = ""
    step: str = ""
    items: tuple[str, ...] = ()
    day: date | None = None
    at: datetime | None = None
    value: Any = None
    note: str = ""
    replaces: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer leads to: rows to save, where to go on, or a problem told in Danish (then nothing is saved).

    ``said`` is shown at once, e.g. that a procedure was opened or that sparring is wise. ``screen`` names a screen that
    a command asks for ("ny", "hurtig", "håndbog"); ``argument`` is what stood after the command.
    """

    drafts: tuple[Draft, ...] = ()
    focus: Focus | None = None
    problem: str = ""
    said: tuple[Message, ...] = field(default=())
    screen: str = ""
    argument: str = ""
