"""One message of the conversation: plain text in a Static, because Markdown widgets are five times as dear."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from guide.turns import Message
from guide.widgets.words import plain

_MARKS = {("guide", "warn"): "! ", ("dig", ""): "› ", ("system", ""): "· ", ("system", "warn"): "! "}


class MessageView(Static):
    """Draws a ``Message``. The speaker shows by a line to the left (guide) or a mark (the person, the system)."""

    DEFAULT_CSS = """
    MessageView {
        height: auto; margin: 0 0 0 1; padding: 0 1 0 1;
        &.-guide { border-left: outer $primary; }
        &.-warn { color: $text-warning; border-left: outer $warning; }
        &.-dig { color: $text-secondary; padding-left: 2; margin-bottom: 1; }
        &.-system { color: $text-muted; padding-left: 2; }
        &.-muted, &.-law { color: $text-muted; }
        &.-marked { text-style: reverse; }
    }
    """

    def __init__(self, message: Message) -> None:
        mark = _MARKS.get((message.speaker, message.tone), _MARKS.get((message.speaker, ""), ""))
        super().__init__(Content(mark + plain(message.text)), classes=f"-{message.speaker}", markup=False)
        self.message = message
        if message.tone:
            self.add_class(f"-{message.tone}")
        if message.focus is not None and message.speaker == "dig":
            self.tooltip = "Klik for at rette svaret"
