"""The answer key of a practice case as it is read afterwards: the course, why, and what this try did not come to."""

from __future__ import annotations

from collections.abc import Sequence

from guide.date_text import format_day
from guide.dialogue.scene import Handbooks
from guide.dialogue.words import step_name
from guide.turns import Message
from handbook.practice_model import Course, Point, PracticePage, law_on


def key_messages(page: PracticePage, books: Handbooks) -> tuple[Message, ...]:
    """The course that would have been in order and why; then how it often goes."""
    return (
        Message("guide", f"Facit: {page.title}"),
        Message("guide", page.key.text),
        *(Message("guide", text, "muted") for text in _lines(page.key, books)),
        Message("guide", f"Den typiske omvej. {page.detour.text}"),
        *(Message("guide", text, "muted") for text in _lines(page.detour, books)),
    )


def not_reached(page: PracticePage, found: Sequence[Point]) -> tuple[Message, ...]:
    """The points on the answer key's course that this try did not come to."""
    left = [p.title for p in page.points if p.way == "facit" and p not in found]
    if not left:
        return (Message("guide", "Du kom forbi alle de steder, facit går.", ""),)
    return (Message("guide", f"Her gik facit en anden vej: {'; '.join(left)}. Se hvorfor med /facit."),)


def _lines(course: Course, books: Handbooks) -> list[str]:
    found = []
    for row in course.rows:
        page = books[law_on(row.moment.day)].procedures.get(row.procedure)
        step = page.by_id.get(row.step) if page else None
        name = step_name(step) if step else (page.title if page else row.procedure)
        labels = [c.label for c in step.choices if c.id in {t for _, t in row.fields}] if step else []
        answer = f": {labels[0]}" if labels else ""
        about = f" ({', '.join(row.items)})" if row.items else ""
        found.append(f"{format_day(row.moment.day)}: {name}{about}{answer}")
    return found
