"""A form on top of a page of the supervision: longer texts, days and choices; what was typed is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static, TextArea

from guide.app import TraadApp
from guide.widgets.form import FormRow
from guide.widgets.words import plain

Answers = Mapping[str, str]
"""Name of a field -> what was typed in it, without space around it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A line (``line``), a text over several lines (``text``), a day or a day with its hour (``moment``).

    ``needed`` is what is said when it is empty; empty when it may be. ``value`` stands there to begin with.
    """

    name: str
    label: str
    kind: Literal["text", "line", "day", "moment"] = "text"
    needed: str = ""
    value: str = ""
    hint: str = ""


class Ask(ModalScreen[Answers | None]):
    """Returns what was typed, or None on escape; a draft stays under ``keep`` until the page says it was written."""

    NAME = "Skriv"
    ABOUT = "Ctrl+S gemmer. Esc går tilbage; det, du har skrevet, står her, når du kommer igen."
    CSS_PATH: ClassVar[list[str]] = ["modal.tcss", "review.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Gem", id="ask.save", tooltip="Gem det skrevne", priority=True),
        Binding("escape", "leave", "Tilbage", id="ask.leave", tooltip="Tilbage; det skrevne bliver som kladde"),
    ]
    app = getters.app(TraadApp)
    problem = getters.query_one("#problem", Static)

    def __init__(self, title: str, fields: Sequence[Field], keep: str) -> None:
        super().__init__()
        self._title, self._fields, self._keep = title, tuple(fields), keep

    def compose(self) -> ComposeResult:
        """The title, the fields, what is wrong, the keys."""
        with Vertical(id="box"):
            with VerticalScroll(id="scroll", can_focus=False):
                yield Static(Content(plain(self._title)), id="text", markup=False)
                for field in self._fields:
                    value = self.app.drafts.get(f"{self._keep}:{field.name}", field.value)
                    if field.kind == "text":
                        yield Static(Content(plain(field.label)), classes="label", markup=False)
                        yield TextArea(plain(value), id=f"field-{field.name}", tab_behavior="focus", soft_wrap=True)
                    else:
                        row = FormRow(field.label, f"field-{field.name}", value, field.hint, self._reader(field))
                        row.set_class(field.kind == "line", "-line")
                        yield row
            yield Static("", id="problem", markup=False)
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The keyboard begins in the first field, where its text ends."""
        for area in self.query(TextArea):
            area.move_cursor(area.document.end)
        self._focus(self._fields[0].name)

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        found = {}
        for field in self._fields:
            widget = self.query_one(f"#field-{field.name}")
            found[field.name] = (
                plain(widget.text).strip() if isinstance(widget, TextArea) else widget.value  # type: ignore[attr-defined]
            )
        return found

    def action_save(self) -> None:
        """Return the fields when every one of them can be used; else say what is wrong with the first that cannot."""
        found = self.typed()
        self._remember(found)
        for field in self._fields:
            problem = field.needed if field.needed and not found[field.name] else self._fault(field, found[field.name])
            if problem:
                self.problem.update(Content(f"! {plain(problem)}"))
                self._focus(field.name)
                return
        self.dismiss(found)

    def action_leave(self) -> None:
        """Back, with what was typed kept as a draft."""
        self._remember(self.typed())
        self.dismiss(None)

    def _remember(self, found: Answers) -> None:
        for field in self._fields:
            key = f"{self._keep}:{field.name}"
            if found[field.name] != field.value:
                self.app.drafts[key] = found[field.name]
            else:
                self.app.drafts.pop(key, None)

    def _focus(self, name: str) -> None:
        widget = self.query_one(f"#field-{name}")
        (widget.input if isinstance(widget, FormRow) else widget).focus()

    def _reader(self, field: Field) -> Callable[[str], str] | None:
        return partial(self._read, field) if field.kind in ("day", "moment") else None

    def _read(self, field: Field, text: str) -> str:
        """How a day is understood. Raises ValueError in Danish."""
        from guide.date_text import format_moment
        from guide.dates import parse_day, parse_moment

        now = self.app.now()
        if field.kind == "day":
            return f"= {format_moment(parse_day(text, now, prefer_future=True), now)}"
        day, at = parse_moment(text, now, prefer_future=True)
        return f"= {format_moment(at or day, now)}"

    def _fault(self, field: Field, text: str) -> str:
        if not text or field.kind not in ("day", "moment"):
            return ""
        try:
            self._read(field, text)
        except ValueError as error:
            return str(error)
        return ""
